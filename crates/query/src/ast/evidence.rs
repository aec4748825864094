//! What of a query shows in the text of a document's passages.

use std::ops::Range;

use super::{Ast, Kind, Node};

impl Ast {
    /// The query for the passages that show why a document matches, to be asked with `match=any` of that document: a
    /// document matches as a whole, so each of its words may stand in another passage. Fields and what must not match
    /// are left out; what was joined by AND is joined by OR. `as_words`: where values stand that their field does not
    /// have, and that were searched as words.
    pub(crate) fn evidence(&self, as_words: &[Range<usize>]) -> Ast {
        Ast { root: self.root.as_ref().and_then(|root| evidence(root, as_words, false)) }
    }
}

// The parser bounds the depth, so recursion is safe.
fn evidence(node: &Node, as_words: &[Range<usize>], in_field: bool) -> Option<Node> {
    let (nodes, is_sequence) = match &node.kind {
        Kind::Sequence(nodes) => (nodes, !in_field),
        Kind::And(nodes) | Kind::Or(nodes) => (nodes, false),
        Kind::Field { value, .. } => return evidence(value, as_words, true),
        Kind::Not(_) | Kind::Years { .. } => return None,
        Kind::Word(_) | Kind::Phrase { .. } | Kind::Prefix(_) | Kind::Fuzzy { .. } => {
            return (!in_field || as_words.contains(&node.span)).then(|| node.clone());
        }
    };
    let mut parts: Vec<Node> = Vec::with_capacity(nodes.len());
    for part in nodes.iter().filter_map(|node| evidence(node, as_words, in_field)) {
        match part.kind {
            Kind::Or(inner) if !is_sequence => parts.extend(inner),
            _ => parts.push(part),
        }
    }
    let kind = if is_sequence { Kind::Sequence } else { Kind::Or };
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Node { kind: kind(parts), span: node.span.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[track_caller]
    fn check(text: &str, evidence: &str) {
        let at = text.find("nowhere").unwrap_or(0);
        let as_words = at..at + "nowhere".len();
        assert_eq!(parse(text, &["rcp", "title"]).0.evidence(&[as_words]).to_string(), evidence, "{text:?}");
    }

    #[test]
    fn what_scores_in_passages_is_kept() {
        check("labour AND (visas OR \"work permits\") -asylum rcp:rcm", "labour OR visas OR \"work permits\"");
        check("a b -c rcp:(rcm OR nowhere) title:d", "a b nowhere");
        check("(a b) AND -(c d) AND migr* AND x~1", "a b OR migr* OR x~1");
        check("-a title:b", "");
    }
}

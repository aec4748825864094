//! What of a query shows in the text of a document's passages.

use std::ops::Range;

use super::{Ast, Kind, Node};

impl Ast {
    /// The query for the passages that show why a document matches, to be asked with `match=any` of that document: a
    /// document matches as a whole, so each of its words may stand in another passage. Fields and what must not match
    /// are left out, and OR joins what is left; only words that stood side by side still do. `as_words`: where values
    /// stand that their field does not have, and that were searched as words.
    pub(crate) fn evidence(&self, as_words: &[Range<usize>]) -> Ast {
        let mut runs = Vec::new();
        if let Some(root) = &self.root {
            add_runs(root, as_words, false, &mut runs);
        }
        Ast { root: one_or(runs, Kind::Or) }
    }
}

/// Adds the runs of words and the phrases of a node. The parser bounds the depth, so recursion is safe.
fn add_runs(node: &Node, as_words: &[Range<usize>], in_field: bool, runs: &mut Vec<Node>) {
    match &node.kind {
        Kind::Word(_) | Kind::Phrase { .. } | Kind::Prefix(_) | Kind::Fuzzy { .. } => {
            runs.extend((!in_field || as_words.contains(&node.span)).then(|| node.clone()));
        }
        Kind::Sequence(nodes) if !in_field => {
            let (leaves, others): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| is_leaf(node));
            runs.extend(one_or(leaves.into_iter().cloned().collect(), Kind::Sequence));
            others.into_iter().for_each(|node| add_runs(node, as_words, in_field, runs));
        }
        Kind::Sequence(nodes) | Kind::And(nodes) | Kind::Or(nodes) => {
            nodes.iter().for_each(|node| add_runs(node, as_words, in_field, runs));
        }
        Kind::Field { value, .. } => add_runs(value, as_words, true, runs),
        Kind::Not(_) | Kind::Years { .. } => {}
    }
}

fn is_leaf(node: &Node) -> bool {
    matches!(node.kind, Kind::Word(_) | Kind::Phrase { .. } | Kind::Prefix(_) | Kind::Fuzzy { .. })
}

/// The only node itself, or the nodes under one; `None` without any.
fn one_or(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> Kind) -> Option<Node> {
    match nodes.as_slice() {
        [] | [_] => nodes.pop(),
        [first, .., last] => {
            let span = first.span.start..last.span.end;
            Some(Node { kind: kind(nodes), span })
        }
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
        check("a b -c rcp:(rcm OR nowhere) title:d", "a b OR nowhere");
        check("rcp:nowhere b (c -d) e", "b e OR nowhere OR c");
        check("(a b) AND -(c d) AND migr* AND x~1", "a b OR migr* OR x~1");
        check("-a title:b", "");
    }
}

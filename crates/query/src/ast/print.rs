//! A tree in the query language.

use std::fmt::{self, Display, Formatter, Write};

use super::{Ast, Kind, Node};

impl Display for Ast {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Word(word) => f.write_str(word),
            Kind::Phrase { text, slop: 0 } => write!(f, "\"{text}\""),
            Kind::Phrase { text, slop } => write!(f, "\"{text}\"~{slop}"),
            Kind::Prefix(prefix) => write!(f, "{prefix}*"),
            Kind::Fuzzy { word, distance } => write!(f, "{word}~{distance}"),
            Kind::Years { from, to } => write_years(f, *from, *to),
            Kind::Field { name, value } => {
                write!(f, "{name}:")?;
                let bare = !matches!(value.kind, Kind::Not(_)) && binding(value) == Binding::Item;
                write_grouped(f, value, !bare)
            }
            Kind::Not(node) => {
                f.write_char('-')?;
                write_grouped(f, node, binding(node) < Binding::Item)
            }
            Kind::Sequence(nodes) => write_joined(f, nodes, " ", Binding::Sequence),
            Kind::And(nodes) => write_joined(f, nodes, " AND ", Binding::And),
            Kind::Or(nodes) => write_joined(f, nodes, " OR ", Binding::Or),
        }
    }
}

/// How tightly a node holds together, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Sequence,
    Item,
}

fn binding(node: &Node) -> Binding {
    match &node.kind {
        Kind::Or(_) => Binding::Or,
        Kind::And(_) => Binding::And,
        Kind::Sequence(_) => Binding::Sequence,
        _ => Binding::Item,
    }
}

fn write_years(f: &mut Formatter<'_>, from: Option<i16>, to: Option<i16>) -> fmt::Result {
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        return write!(f, "{from:04}");
    }
    if let Some(from) = from {
        write!(f, "{from:04}")?;
    }
    f.write_str("..")?;
    to.map_or(Ok(()), |to| write!(f, "{to:04}"))
}

/// Nodes with an operator between; parentheses around those that do not bind tighter than it.
fn write_joined(f: &mut Formatter<'_>, nodes: &[Node], operator: &str, outer: Binding) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(operator)?;
        }
        write_grouped(f, node, binding(node) <= outer)?;
    }
    Ok(())
}

fn write_grouped(f: &mut Formatter<'_>, node: &Node, grouped: bool) -> fmt::Result {
    if grouped { write!(f, "({node})") } else { node.fmt(f) }
}

/// The node with every parenthesis written out, to show how a query was read.
///
/// ```
/// use rcp_query::ast::{explicit, parse};
///
/// let (ast, _) = parse("title:health a OR b", &["title"]);
/// assert_eq!(ast.root.map(|root| explicit(&root)).as_deref(), Some("((title:health a) OR b)"));
/// ```
#[must_use]
pub fn explicit(node: &Node) -> String {
    let joined = |nodes: &[Node], operator: &str| {
        let parts: Vec<String> = nodes.iter().map(explicit).collect();
        format!("({})", parts.join(operator))
    };
    match &node.kind {
        Kind::Sequence(nodes) => joined(nodes, " "),
        Kind::And(nodes) => joined(nodes, " AND "),
        Kind::Or(nodes) => joined(nodes, " OR "),
        Kind::Not(inner) => format!("-{}", explicit(inner)),
        Kind::Field { name, value } if matches!(value.kind, Kind::Not(_)) => format!("{name}:({})", explicit(value)),
        Kind::Field { name, value } => format!("{name}:{}", explicit(value)),
        _ => node.to_string(),
    }
}

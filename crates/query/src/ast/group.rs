//! [`Group`]: a query or a parenthesis under way, and the rules by which items become a tree.

use std::ops::Range;

use super::{Kind, Node};

/// A group under way: alternatives (OR) of operands (AND) of items.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// Finished operands of OR.
    alternatives: Vec<Node>,
    /// Finished operands of AND in the present alternative.
    operands: Vec<Node>,
    /// Items of the present operand.
    items: Vec<Node>,
    /// The AND or OR that waits for its right side.
    pub(super) operator: Option<Range<usize>>,
    /// What waits for the next item, outermost first. At most a NOT, a field, and a NOT inside the field.
    pub(super) prefixes: Vec<Prefix<'a>>,
    /// Field whose value this group belongs to.
    field: Option<&'a str>,
    /// Its opening parenthesis.
    pub(super) opening: Range<usize>,
}

/// What stands in front of an item.
pub(super) enum Prefix<'a> {
    /// NOT or a minus, with its place.
    Not(Range<usize>),
    /// A field with the place of its name and colon.
    Field(&'a str, Range<usize>),
}

impl<'a> Group<'a> {
    /// An empty group behind an opening parenthesis.
    pub(super) fn open(field: Option<&'a str>, opening: Range<usize>) -> Group<'a> {
        Group { field, opening, ..Group::default() }
    }

    /// The field that the next item belongs to.
    pub(super) fn current_field(&self) -> Option<&'a str> {
        let awaited = self.prefixes.iter().find_map(|prefix| match prefix {
            Prefix::Field(name, _) => Some(*name),
            Prefix::Not(_) => None,
        });
        awaited.or(self.field)
    }

    /// Whether a field waits for its value.
    pub(super) fn awaits_value(&self) -> bool {
        self.prefixes.iter().any(|prefix| matches!(prefix, Prefix::Field(..)))
    }

    /// Whether a minus or a field stands directly in front of this place.
    pub(super) fn is_prefix_glued(&self, start: usize) -> bool {
        let (Prefix::Not(span) | Prefix::Field(_, span)) = match self.prefixes.last() {
            Some(prefix) => prefix,
            None => return false,
        };
        span.end == start
    }

    /// A NOT for the next item; a second one takes the first away.
    pub(super) fn negate(&mut self, span: Range<usize>) {
        match self.prefixes.last() {
            Some(Prefix::Not(_)) => drop(self.prefixes.pop()),
            _ => self.prefixes.push(Prefix::Not(span)),
        }
    }

    /// The next item, with what stands in front of it.
    pub(super) fn item(&mut self, node: Node) {
        let mut node = node;
        while let Some(prefix) = self.prefixes.pop() {
            node = match prefix {
                Prefix::Not(span) => not(node, span.start),
                Prefix::Field(name, span) => {
                    let span = span.start..node.span.end;
                    Node { kind: Kind::Field { name: name.to_owned(), value: Box::new(node) }, span }
                }
            };
        }
        self.operator = None;
        self.items.push(node);
    }

    /// An AND or OR: ends the operand to its left. Answers false, and changes nothing, if there is none.
    pub(super) fn operator(&mut self, span: Range<usize>, is_or: bool) -> bool {
        let Some(operand) = join(Kind::Sequence, &mut self.items) else { return false };
        self.operands.push(operand);
        if is_or {
            self.alternatives.extend(join(Kind::And, &mut self.operands));
        }
        self.operator = Some(span);
        true
    }

    /// The tree of the group; `None` if it is empty.
    pub(super) fn finish(mut self) -> Option<Node> {
        self.operands.extend(join(Kind::Sequence, &mut self.items));
        self.alternatives.extend(join(Kind::And, &mut self.operands));
        join(Kind::Or, &mut self.alternatives)
    }
}

/// The only node itself, or the nodes under one; `None` without any. Leaves the list empty.
fn join(kind: fn(Vec<Node>) -> Kind, nodes: &mut Vec<Node>) -> Option<Node> {
    let nodes = std::mem::take(nodes);
    match <[Node; 1]>::try_from(nodes) {
        Ok([node]) => Some(node),
        Err(nodes) => {
            let span = nodes.first()?.span.start..nodes.last()?.span.end;
            Some(Node { kind: kind(nodes), span })
        }
    }
}

/// The opposite of a node, with a span from `start`.
fn not(node: Node, start: usize) -> Node {
    let span = start..node.span.end;
    match node.kind {
        Kind::Not(inner) => Node { kind: inner.kind, span },
        _ => Node { kind: Kind::Not(Box::new(node)), span },
    }
}

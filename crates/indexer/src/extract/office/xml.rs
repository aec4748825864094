//! [`Tree`]: an XML part as a tree of elements, read within limits.
//!
//! Names are compared without their prefix: producers choose prefixes freely, and strict and transitional files differ
//! only in the namespaces behind them.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::extract::ExtractError;

/// Most elements open at once: walkers of the tree may recurse.
const MAX_DEPTH: usize = 128;

/// Most elements and texts of a part: some 1,500 pages.
const MAX_NODES: usize = 3_000_000;

/// Attributes of an element that are looked at.
const MAX_ATTRIBUTES: usize = 100;

/// An XML part.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// In document order; the first is the root.
    nodes: Vec<Node<'a>>,
    /// All texts, one behind the other, without references.
    text: String,
}

#[derive(Debug)]
struct Node<'a> {
    kind: Kind<'a>,
    /// Index of the first child; 0 is none, for the root is nobody's child.
    child: u32,
    /// Index of the next sibling, or 0.
    next: u32,
}

#[derive(Debug)]
enum Kind<'a> {
    /// What stands between the angle brackets, and the length of the name in it.
    Element { tag: &'a str, name: usize },
    /// A range of [`Tree::text`].
    Text { start: usize, end: usize },
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// What an element holds.
pub(super) enum Child<'t> {
    Element(Element<'t>),
    Text(&'t str),
}

impl<'a> Tree<'a> {
    /// Reads a part of a file in this format.
    pub(super) fn parse(xml: &'a str, format: &'static str) -> Result<Tree<'a>, ExtractError> {
        let damaged = |why: String| ExtractError::Damaged { format, why };
        let mut tree = Tree { nodes: Vec::new(), text: String::new() };
        // Open elements with their last child, or 0.
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut reader = Reader::from_str(xml);
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|error| damaged(error.to_string()))?;
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Event::Start(ref tag) | Event::Empty(ref tag) => {
                    if open.is_empty() && !tree.nodes.is_empty() {
                        return Err(damaged("a part has more than one root".to_owned()));
                    }
                    let inside = xml.get(start + 1..end.saturating_sub(1)).unwrap_or("");
                    let inside = inside.strip_suffix('/').unwrap_or(inside);
                    let index = tree.push(&mut open, Kind::Element { tag: inside, name: tag.name().as_ref().len() })?;
                    if matches!(event, Event::Start(_)) {
                        if open.len() == MAX_DEPTH {
                            let limit = format!("{MAX_DEPTH} elements inside one another");
                            return Err(ExtractError::Bomb { what: "the depth", limit });
                        }
                        open.push((index, 0));
                    }
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) => tree.push_text(&mut open, &text.xml10_content())?,
                Event::CData(text) => tree.push_text(&mut open, &text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(|error| damaged(error.to_string()))?;
                    let text = match (character, reference.as_ref()) {
                        (Some(character), _) => character,
                        (None, "lt") => '<',
                        (None, "gt") => '>',
                        (None, "amp") => '&',
                        (None, "apos") => '\'',
                        (None, "quot") => '"',
                        (None, name) => return Err(damaged(format!("unknown entity &{name:.20};"))),
                    };
                    tree.push_text(&mut open, text.encode_utf8(&mut [0; 4]))?;
                }
                Event::DocType(_) => {
                    return Err(damaged("a part declares a document type, which office files never do".to_owned()));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if tree.nodes.is_empty() || !open.is_empty() {
            return Err(damaged("a part ends before its last element".to_owned()));
        }
        Ok(tree)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }

    fn push(&mut self, open: &mut [(u32, u32)], kind: Kind<'a>) -> Result<u32, ExtractError> {
        if self.nodes.len() == MAX_NODES {
            return Err(ExtractError::Bomb { what: "a part", limit: format!("{MAX_NODES} elements and texts") });
        }
        // MAX_NODES fits.
        let index = u32::try_from(self.nodes.len()).unwrap_or(0);
        self.nodes.push(Node { kind, child: 0, next: 0 });
        if let Some((parent, last)) = open.last_mut() {
            let previous = std::mem::replace(last, index);
            if previous == 0 {
                self.node_mut(*parent, |node| node.child = index);
            } else {
                self.node_mut(previous, |node| node.next = index);
            }
        }
        Ok(index)
    }

    fn node_mut(&mut self, index: u32, change: impl FnOnce(&mut Node<'a>)) {
        if let Some(node) = self.nodes.get_mut(index as usize) {
            change(node);
        }
    }

    /// Text belongs to the text in front of it: a reference does not cut it.
    fn push_text(&mut self, open: &mut [(u32, u32)], text: &str) -> Result<(), ExtractError> {
        let Some(&(_, last)) = open.last() else { return Ok(()) };
        let start = self.text.len();
        self.text.push_str(text);
        let grown = self.text.len();
        match self.nodes.get_mut(last as usize) {
            Some(Node { kind: Kind::Text { end, .. }, .. }) if *end == start => *end = grown,
            _ => {
                self.push(open, Kind::Text { start, end: grown })?;
            }
        }
        Ok(())
    }
}

impl<'t> Element<'t> {
    fn node(self) -> Option<&'t Node<'t>> {
        self.tree.nodes.get(self.index as usize)
    }

    /// Tells it from the others of its tree.
    pub(super) fn id(self) -> u32 {
        self.index
    }

    /// Name with its prefix, and the attributes behind it.
    fn tag(self) -> (&'t str, usize) {
        match self.node() {
            Some(Node { kind: Kind::Element { tag, name }, .. }) => (tag, *name),
            _ => ("", 0),
        }
    }

    /// Its name without the prefix.
    pub(super) fn name(self) -> &'t str {
        let (tag, length) = self.tag();
        let name = tag.get(..length).unwrap_or("");
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of its name, or nothing.
    pub(super) fn prefix(self) -> &'t str {
        let (tag, length) = self.tag();
        tag.get(..length).and_then(|name| name.split_once(':')).map_or("", |(prefix, _)| prefix)
    }

    /// The value of its first attribute of this name, whatever the prefix.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let (tag, length) = self.tag();
        let tag = BytesStart::from_content(tag, length);
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).take(MAX_ATTRIBUTES).flatten();
        let mut named = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name);
        let value = named.next()?.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some(Cow::Owned(value.into_owned()))
    }

    /// An attribute that is a number.
    pub(super) fn number<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Elements and texts in it.
    pub(super) fn children(self) -> impl Iterator<Item = Child<'t>> {
        let first = self.node().map_or(0, |node| node.child);
        let at = move |index: u32| (index != 0).then_some(index);
        std::iter::successors(at(first), move |&index| {
            at(self.tree.nodes.get(index as usize).map_or(0, |node| node.next))
        })
        .filter_map(move |index| match &self.tree.nodes.get(index as usize)?.kind {
            Kind::Element { .. } => Some(Child::Element(Element { tree: self.tree, index })),
            Kind::Text { start, end } => Some(Child::Text(self.tree.text.get(*start..*end)?)),
        })
    }

    /// Elements in it.
    pub(super) fn elements(self) -> impl Iterator<Item = Element<'t>> {
        self.children().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Elements of this name in it.
    pub(super) fn named(self, name: &'static str) -> impl Iterator<Item = Element<'t>> {
        self.elements().filter(move |element| element.name() == name)
    }

    /// The first element of this name in it.
    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.elements().find(|element| element.name() == name)
    }

    /// The attribute `val` of the child of this name: how Word writes properties.
    pub(super) fn value(self, name: &str) -> Option<Cow<'t, str>> {
        self.child(name)?.attribute("val")
    }

    /// All elements below it, in document order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let mut stack: Vec<Element<'t>> = vec![self];
        std::iter::from_fn(move || {
            let element = stack.pop()?;
            let from = stack.len();
            stack.extend(element.elements());
            if let Some(children) = stack.get_mut(from..) {
                children.reverse();
            }
            Some(element)
        })
        .skip(1)
    }

    /// The text directly in it.
    pub(super) fn text(self) -> String {
        self.children()
            .filter_map(|child| match child {
                Child::Text(text) => Some(text),
                Child::Element(_) => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(xml: &str, expected: &str) {
        let message = Tree::parse(xml, "DOCX").map(|_| ()).map_err(|error| error.to_string());
        assert!(message.as_ref().is_err_and(|message| message.contains(expected)), "{message:?}");
    }

    #[test]
    fn a_part_is_a_tree_without_prefixes_and_references() {
        let xml = "<?xml version='1.0'?><!-- c --><w:a w:val='x &amp; y'><b>1 &lt; 2&#xe9;<![CDATA[<3>]]></b><w:b/>tail</w:a>";
        let tree = Tree::parse(xml, "DOCX").unwrap();
        let root = tree.root();
        assert_eq!((root.name(), root.prefix()), ("a", "w"));
        assert_eq!(root.attribute("val").as_deref(), Some("x & y"));
        assert_eq!(root.child("b").map(Element::text).as_deref(), Some("1 < 2é<3>"));
        assert_eq!(root.elements().map(Element::name).collect::<Vec<_>>(), ["b", "b"]);
        assert_eq!(root.text(), "tail");
    }

    #[test]
    fn what_office_files_never_hold_is_refused() {
        check_refused("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type");
        check_refused("<a>&b;</a>", "unknown entity &b;");
        check_refused("<a><b></a>", "damaged");
        check_refused("<a><b>", "damaged");
        check_refused("<a/><a/>", "more than one root");
        check_refused("", "damaged");
        check_refused(&"<a>".repeat(100_000), "the limit of 128 elements inside one another");
    }

    #[test]
    fn a_hundred_levels_are_read() {
        let xml = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
        assert_eq!(Tree::parse(&xml, "DOCX").unwrap().root().descendants().count(), 99);
    }
}

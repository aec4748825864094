//! Bytes of markup to a [`Page`]: what is visible of it, in reading order.

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::node::{Element, Node};
use scraper::{Html, HtmlTreeSink};

use super::super::ExtractError;
use super::element;

/// Most elements and texts of a page: each takes some 200 bytes.
const MAX_NODES: usize = 1_000_000;

/// Deepest nesting: a parser of HTML looks through all open elements again and again.
const MAX_DEPTH: usize = 2_000;

/// Bytes after which the limits are looked at: few elements can make many (open `<font>`s begin again in each `<p>`).
const STRIDE: usize = 1_024;

/// Parses a page as browsers do.
///
/// # Errors
/// [`ExtractError::Bomb`] where it has more elements, or nests them deeper, than any page made by people.
pub(super) fn parse(text: &str) -> Result<Html, ExtractError> {
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let border = (STRIDE..rest.len()).find(|&border| rest.is_char_boundary(border)).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(border);
        parser.process(StrTendril::from(chunk));
        check(&parser.tokenizer.sink.sink.0.borrow())?;
        rest = after;
    }
    let html = parser.finish();
    check(&html)?;
    Ok(html)
}

fn check(html: &Html) -> Result<(), ExtractError> {
    let mut nodes = html.tree.nodes();
    if nodes.len() > MAX_NODES {
        return Err(ExtractError::Bomb { what: "the number of elements", limit: format!("{MAX_NODES}") });
    }
    // The latest node is below the elements that are open now.
    if nodes.next_back().is_some_and(|node| node.ancestors().nth(MAX_DEPTH).is_some()) {
        return Err(ExtractError::Bomb { what: "the nesting of elements", limit: format!("{MAX_DEPTH} levels") });
    }
    Ok(())
}

/// The visible nodes of a page in reading order, each followed by what is inside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Page<'a> {
    pub(super) nodes: Vec<PageNode<'a>>,
}

/// An element or a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageNode<'a> {
    pub(super) content: Content<'a>,
    /// The element it is in.
    pub(super) parent: Option<usize>,
    /// Where the nodes inside it end.
    pub(super) end: usize,
    /// Letters and digits in it.
    pub(super) letters: usize,
    /// Those of them that are links.
    pub(super) linked: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    Element(&'a Element),
    Text(&'a str),
}

impl<'a> Page<'a> {
    /// What is visible of a page.
    pub(super) fn of(html: &'a Html) -> Page<'a> {
        let mut page = Page::default();
        // Positions of the nodes above the current one and its own; `None` for those that are no part of the page.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut node = html.tree.root();
        loop {
            let content = match node.value() {
                Node::Element(element) => Some(Content::Element(element)),
                Node::Text(text) => Some(Content::Text(text)),
                _ => None,
            };
            let unseen = matches!(content, Some(Content::Element(element)) if element::is_unseen(element));
            let parent = open.last().copied().flatten();
            open.push(content.filter(|_| !unseen).map(|content| page.open(content, parent)));
            if !unseen && let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            loop {
                if let Some(index) = open.pop().flatten() {
                    page.close(index);
                }
                if let Some(sibling) = node.next_sibling() {
                    node = sibling;
                    break;
                }
                match node.parent() {
                    Some(parent) => node = parent,
                    None => return page,
                }
            }
        }
    }

    /// The page without the elements that `is_dropped` names.
    pub(super) fn without(&self, mut is_dropped: impl FnMut(usize, &Element) -> bool) -> Page<'a> {
        let mut kept = Page::default();
        // Old and new position of each open element.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            while let Some((_, new)) = open.pop_if(|(old, _)| self.end(*old) <= index) {
                kept.close(new);
            }
            if matches!(node.content, Content::Element(element) if is_dropped(index, element)) {
                index = node.end;
                continue;
            }
            let parent = open.last().map(|(_, new)| *new);
            open.push((index, kept.open(node.content, parent)));
            index += 1;
        }
        while let Some((_, new)) = open.pop() {
            kept.close(new);
        }
        kept
    }

    /// Begins an element or text.
    fn open(&mut self, content: Content<'a>, parent: Option<usize>) -> usize {
        self.nodes.push(PageNode { content, parent, end: 0, letters: 0, linked: 0 });
        self.nodes.len() - 1
    }

    /// Ends an element or text: all that is inside it is there.
    fn close(&mut self, index: usize) {
        let end = self.nodes.len();
        let Some(node) = self.nodes.get_mut(index) else { return };
        node.end = end;
        match node.content {
            Content::Text(text) => node.letters = text.chars().filter(|c| c.is_alphanumeric()).count(),
            Content::Element(element) if element::is_link(element) => node.linked = node.letters,
            Content::Element(_) => {}
        }
        let PageNode { parent, letters, linked, .. } = *node;
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.letters += letters;
            parent.linked += linked;
        }
    }

    pub(super) fn end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |node| node.end)
    }

    /// The nodes of an element: itself, and those inside it.
    pub(super) fn inside(&self, index: usize) -> &[PageNode<'a>] {
        self.nodes.get(index..self.end(index)).unwrap_or_default()
    }

    /// The elements of the page with their positions.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &'a Element)> {
        self.nodes.iter().enumerate().filter_map(|(index, node)| match node.content {
            Content::Element(element) => Some((index, element)),
            Content::Text(_) => None,
        })
    }

    /// The element at a position.
    pub(super) fn element(&self, index: usize) -> Option<&'a Element> {
        match self.nodes.get(index)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// The text of an element without the white space around it.
    pub(super) fn text(&self, index: usize) -> String {
        let texts = self.inside(index).iter().filter_map(|node| match node.content {
            Content::Text(text) => Some(text),
            Content::Element(_) => None,
        });
        texts.collect::<String>().trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, what: &str) {
        let refused = parse(text).map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains(what), "{refused}");
    }

    #[test]
    fn pages_that_no_one_made_are_refused() {
        check_refused(&"<div>".repeat(100_000), "nesting");
        let fonts: String = (0..1_500).map(|size| format!("<font size={size}>")).collect();
        check_refused(&format!("<p>{fonts}</p>{}", "<p>a</p>".repeat(10_000)), "number of elements");
    }

    #[test]
    fn letters_are_counted_with_those_of_links() {
        let html = parse("<body><p>ab <a href=x>cd</a><i hidden>no</i></p><script>no</script>é</body>").unwrap();
        let page = Page::of(&html);
        let counts: Vec<(usize, usize)> = page.nodes.iter().map(|node| (node.letters, node.linked)).collect();
        assert_eq!(counts, [(5, 2), (5, 2), (4, 2), (2, 0), (2, 2), (2, 0), (1, 0)]);
        let kept = page.without(|_, element| element.name() == "a");
        assert_eq!(kept.nodes.iter().map(|node| node.letters).collect::<Vec<_>>(), [3, 3, 2, 2, 1]);
        assert_eq!(kept.nodes.iter().map(|node| node.end).collect::<Vec<_>>(), [5, 5, 4, 4, 5]);
    }
}

//! Which links are marks of footnotes, and which blocks are the footnotes.
//!
//! Every writer has its own names for them, but one shape: a link whose text is a mark (`1`, `[1]`, `*`) leads on to
//! the note, and the note leads back.

use std::collections::{BTreeMap, BTreeSet};

use scraper::node::Element;

use super::element::{self, has_role};
use super::tree::{Content, Page};

/// Longest mark without its brackets, in characters.
const MAX_MARK: usize = 4;

/// Texts of links from a note back to its mark.
const ARROWS: [char; 9] = ['↩', '↑', '^', '⤴', '←', '⏎', '⇑', '▲', '↵'];

/// The footnotes of a page, by positions of elements.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Links to notes, with the numbers of the notes.
    pub(super) references: BTreeMap<usize, String>,
    /// Links back.
    pub(super) returns: BTreeSet<usize>,
    /// Blocks that are notes, with their numbers.
    pub(super) notes: BTreeMap<usize, String>,
}

impl Notes {
    /// Finds the footnotes of a page.
    pub(super) fn of(page: &Page<'_>) -> Notes {
        let mut targets: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, element) in page.elements() {
            for name in element.attr("id").into_iter().chain(element.attr("name")) {
                targets.entry(name).or_insert(index);
            }
        }
        let mut notes = Notes::default();
        for (index, element) in page.elements().filter(|(_, element)| element.name() == "a") {
            let Some(fragment) = element.attr("href").and_then(|href| href.rsplit_once('#')).map(|(_, name)| name)
            else {
                continue;
            };
            let target = targets.get(fragment).copied();
            notes.read_link(page, index, element, fragment, target);
        }
        notes
    }

    fn read_link(&mut self, page: &Page<'_>, index: usize, link: &Element, fragment: &str, target: Option<usize>) {
        let text = page.text(index);
        let returns = has_role(link, "doc-backlink") || text.starts_with(ARROWS);
        if returns {
            self.returns.insert(index);
            return;
        }
        let Some(mark) = mark(&text) else { return };
        if !is_named_a_note(link, fragment) && !has_role(link, "doc-noteref") && !is_raised(page, index, &text) {
            return;
        }
        match target {
            Some(target) if target < index => {
                self.returns.insert(index);
            }
            Some(target) => {
                self.references.insert(index, mark.to_owned());
                if let Some(note) = note_around(page, target, index) {
                    self.notes.entry(note).or_insert_with(|| mark.to_owned());
                }
            }
            None => {
                self.references.insert(index, mark.to_owned());
            }
        }
    }
}

/// The number of a mark without its brackets.
pub(super) fn mark(text: &str) -> Option<&str> {
    let mark = text.trim_matches(|c: char| "[](){}.".contains(c) || c.is_whitespace());
    let digits = mark.bytes().all(|byte| byte.is_ascii_digit()) && mark.len() < MAX_MARK;
    let roman = mark.bytes().all(|byte| b"ivx".contains(&byte)) && mark.len() <= MAX_MARK;
    let letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    let signs = mark.chars().all(|c| "*†‡§¶#".contains(c)) && mark.chars().nth(MAX_MARK).is_none();
    (!mark.is_empty() && (digits || roman || letter || signs)).then_some(mark)
}

/// Whether an element holds the notes of a text.
pub(super) fn is_notes_section(element: &Element) -> bool {
    let role = ["doc-endnotes", "doc-footnotes", "doc-footnote"].iter().any(|role| has_role(element, role));
    let class = element.classes().any(|class| matches!(class, "footnotes" | "footnote-list" | "endnotes"));
    let word = element::style(element, "mso-element")
        .is_some_and(|kind| matches!(kind.as_str(), "footnote-list" | "endnote-list"));
    role || class || word
}

/// `#_ftn1`, `#fn1`, `#sdfootnote1sym`, `#cite_note-3`, class `footnote-ref`.
fn is_named_a_note(link: &Element, fragment: &str) -> bool {
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        let word = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        ["fn", "ftn", "edn", "note", "nota"].iter().any(|start| word.starts_with(start))
            || ["footnote", "endnote", "cite_note", "cite_ref"].iter().any(|part| word.contains(part))
    };
    named(fragment) || link.classes().any(named)
}

/// Whether a link is a superscript or in brackets.
fn is_raised(page: &Page<'_>, index: usize, text: &str) -> bool {
    let is_sup = |element: &Element| {
        element.name() == "sup" || element::style(element, "vertical-align").is_some_and(|align| align == "super")
    };
    let inside =
        page.inside(index).iter().any(|node| matches!(node.content, Content::Element(element) if is_sup(element)));
    inside
        || text.starts_with('[')
        || page
            .nodes
            .get(index)
            .and_then(|node| node.parent)
            .and_then(|parent| page.element(parent))
            .is_some_and(is_sup)
}

/// The block of the note that a link leads to: the one around the target, or the one around that where it begins with
/// it. A heading is none.
fn note_around(page: &Page<'_>, target: usize, link: usize) -> Option<usize> {
    let mut block = target;
    while !page.element(block).is_some_and(element::is_block) {
        block = page.nodes.get(block)?.parent?;
    }
    let holds_link = |index: usize| index <= link && link < page.end(index);
    let whole = |element: &Element| matches!(element.name(), "p" | "li" | "div" | "dd" | "aside");
    if holds_link(block) || !page.element(block).is_some_and(whole) {
        return None;
    }
    let parent = page.nodes.get(block)?.parent?;
    let around = page.element(parent).is_some_and(|element| matches!(element.name(), "li" | "div" | "aside"));
    let begins = page.nodes.get(parent + 1..block)?.iter().all(|node| node.letters == 0);
    let parent_is_note = around && begins && !holds_link(parent) && !page.element(parent).is_some_and(is_notes_section);
    // A block of several notes begins with the first of them.
    let single = page.element(block).is_some_and(|element| element.name() == "p")
        && page.inside(parent).iter().filter(|node| node.parent == Some(parent) && node.letters > 0).count()
            <= MAX_PARAGRAPHS;
    Some(if parent_is_note && single && page.element(parent).is_some_and(names_itself) { parent } else { block })
}

/// Most paragraphs of a note.
const MAX_PARAGRAPHS: usize = 20;

/// Whether an element has a name of its own, as the blocks of single notes have.
fn names_itself(element: &Element) -> bool {
    element.name() != "div" || element.id().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_short() {
        for (text, expected) in
            [("[1]", Some("1")), ("12", Some("12")), ("*", Some("*")), ("iv", Some("iv")), ("(a)", Some("a"))]
        {
            assert_eq!(mark(text), expected);
        }
        for text in ["", "[]", "2013", "here", "A", "Notes"] {
            assert_eq!(mark(text), None, "{text}");
        }
    }
}

//! Passages as the elements that show their kinds: paragraphs, lists, tables, footnotes, below their headings.

use rcp_corpus::model::{Language, Passage, PassageKind};
use rcp_query::response::{EvidencePassage, Segment};

use super::Addresses;
use super::outline::{Outline, heading_id};
use crate::params::cite_passage_link;

/// Stands between the cells of a row.
const CELL_SEPARATOR: &str = " | ";

/// Rank of the headings at the top of a document, on a page that has two above them, and the lowest there is.
const TOP: usize = 3;
const LOWEST: usize = 6;

/// A piece of the text.
#[derive(Debug)]
pub(in crate::pages::document) enum Block {
    Heading(HeadingView),
    Passage(Box<PassageView>),
    List(Vec<PassageView>),
    Table(Vec<PassageView>),
}

#[derive(Debug)]
pub(in crate::pages::document) struct HeadingView {
    /// None for one that goes on from the part before.
    pub(in crate::pages::document) id: Option<String>,
    /// From 3 to 6.
    pub(in crate::pages::document) rank: usize,
    pub(in crate::pages::document) lang: Option<&'static str>,
    pub(in crate::pages::document) segments: Vec<Segment>,
}

#[derive(Debug)]
pub(in crate::pages::document) struct PassageView {
    pub(in crate::pages::document) id: String,
    /// Ids that it had before: links to them lead here.
    pub(in crate::pages::document) former: Vec<String>,
    /// What to call it: `para. 21`.
    pub(in crate::pages::document) label: String,
    /// Its number as printed.
    pub(in crate::pages::document) number: Option<String>,
    pub(in crate::pages::document) kind: &'static str,
    /// Its language where that is not the page's.
    pub(in crate::pages::document) lang: Option<&'static str>,
    pub(in crate::pages::document) segments: Vec<Segment>,
    /// Its text by cells, for a row of a table.
    pub(in crate::pages::document) cells: Vec<Vec<Segment>>,
    /// The page on which it begins, where that is another one than before.
    pub(in crate::pages::document) page: Option<PageMark>,
    /// Name and address of the passage that a footnote belongs to.
    pub(in crate::pages::document) note_of: Option<(String, String)>,
    /// Address of its citations.
    pub(in crate::pages::document) cite: String,
    /// Where the other matches are, for one that has what was looked for.
    pub(in crate::pages::document) step: Option<Step>,
}

#[derive(Debug)]
pub(in crate::pages::document) struct PageMark {
    pub(in crate::pages::document) number: u32,
    /// The page in the original.
    pub(in crate::pages::document) url: Option<String>,
}

#[derive(Debug)]
pub(in crate::pages::document) struct Step {
    pub(in crate::pages::document) previous: Option<String>,
    pub(in crate::pages::document) next: Option<String>,
}

/// What blocks are made of.
pub(super) struct Blocks<'a> {
    pub(super) passages: &'a [EvidencePassage],
    pub(super) marked: &'a [Vec<Segment>],
    /// Places of the passages with what was looked for.
    pub(super) matches: &'a [usize],
    pub(super) addresses: &'a Addresses<'a>,
    /// Language of the page around.
    pub(super) language: Language,
    pub(super) pages: Option<String>,
}

impl Blocks<'_> {
    /// The part that is shown; `mark` marks a heading.
    pub(super) fn build(&self, outline: &Outline, mark: impl Fn(&str, Language) -> Vec<Segment>) -> Vec<Block> {
        let shown = self.addresses.shown();
        let mut blocks = Vec::new();
        if let Some(first) = self.passages.get(shown.start).filter(|_| shown.start > 0) {
            blocks.extend(self.continued(&first.passage, outline, shown.start, &mark));
        }
        let mut headings = outline.0.iter().enumerate().filter(|(_, heading)| shown.contains(&heading.at)).peekable();
        for at in shown.clone() {
            while let Some((place, heading)) = headings.next_if(|(_, heading)| heading.at == at) {
                let segments = mark(&heading.text, heading.language);
                blocks.push(self.heading(Some(heading_id(place)), heading.depth, heading.language, segments));
            }
            let kind = self.passages[at].passage.kind;
            let view = self.passage(at);
            match (kind, blocks.last_mut()) {
                (PassageKind::ListItem, Some(Block::List(items))) => items.push(view),
                (PassageKind::ListItem, _) => blocks.push(Block::List(vec![view])),
                (PassageKind::TableRow, Some(Block::Table(rows))) => rows.push(view),
                (PassageKind::TableRow, _) => blocks.push(Block::Table(vec![view])),
                _ => blocks.push(Block::Passage(Box::new(view))),
            }
        }
        blocks
    }

    /// The headings above the first passage of a later part that stand in an earlier one.
    fn continued(
        &self,
        first: &Passage,
        outline: &Outline,
        start: usize,
        mark: impl Fn(&str, Language) -> Vec<Segment>,
    ) -> Vec<Block> {
        let new = outline.0.iter().filter(|heading| heading.at == start).map(|heading| heading.depth).min();
        let above = first.heading_path.iter().enumerate().take(new.unwrap_or(usize::MAX));
        above.map(|(depth, text)| self.heading(None, depth, first.language, mark(text, first.language))).collect()
    }

    fn heading(&self, id: Option<String>, depth: usize, language: Language, segments: Vec<Segment>) -> Block {
        Block::Heading(HeadingView { id, rank: (TOP + depth).min(LOWEST), lang: self.foreign(language), segments })
    }

    fn passage(&self, at: usize) -> PassageView {
        let evidence = &self.passages[at];
        let passage = &evidence.passage;
        let segments = self.marked[at].clone();
        PassageView {
            id: passage.id.to_string(),
            former: self.addresses.former(&passage.id),
            label: evidence.label.clone(),
            number: passage.number.clone(),
            kind: passage.kind.name(),
            lang: self.foreign(passage.language),
            cells: if passage.kind == PassageKind::TableRow { cells(&segments) } else { Vec::new() },
            segments,
            page: self.page(at),
            note_of: passage.footnote_of.as_ref().and_then(|id| self.addresses.named(id.as_str())),
            cite: self.addresses.href(&cite_passage_link(&self.addresses.document.id, &passage.id)),
            step: self.step(at),
        }
    }

    fn page(&self, at: usize) -> Option<PageMark> {
        let number = self.passages[at].passage.page?;
        let before = at.checked_sub(1).and_then(|before| self.passages[before].passage.page);
        let url = self.pages.as_ref().map(|pages| format!("{pages}#page={number}"));
        (before != Some(number) || at == self.addresses.shown().start).then_some(PageMark { number, url })
    }

    fn step(&self, at: usize) -> Option<Step> {
        let place = self.matches.binary_search(&at).ok()?;
        let previous = place.checked_sub(1).map(|place| self.addresses.of(self.matches[place]));
        Some(Step { previous, next: self.matches.get(place + 1).map(|&at| self.addresses.of(at)) })
    }

    fn foreign(&self, language: Language) -> Option<&'static str> {
        (language != self.language).then(|| language.code())
    }
}

/// The text of a row by cells; marks stay within theirs.
fn cells(segments: &[Segment]) -> Vec<Vec<Segment>> {
    let mut cells = vec![Vec::new()];
    for segment in segments {
        for (place, piece) in segment.text.split(CELL_SEPARATOR).enumerate() {
            if place > 0 {
                cells.push(Vec::new());
            }
            let piece = Segment { text: piece.to_owned(), ..segment.clone() };
            if let Some(cell) = cells.last_mut().filter(|_| !piece.text.is_empty()) {
                cell.push(piece);
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_cut_into_its_cells_and_marks_stay_in_theirs() {
        let segment = |text: &str, matched| Segment { text: text.to_owned(), matched, expanded: false };
        let row = [segment("Peru | two ", false), segment("returns", true), segment(" | 2013", false)];
        let shown: Vec<Vec<String>> = cells(&row)
            .into_iter()
            .map(|cell| {
                cell.into_iter().map(|it| if it.matched { format!("[{}]", it.text) } else { it.text }).collect()
            })
            .collect();
        assert_eq!(shown, [vec!["Peru"], vec!["two ", "[returns]"], vec!["2013"]]);
    }
}

//! The text of a document as a page shows it: headings and passages in order, the contents, and what was looked for marked and
//! counted over the whole document. A long document is shown in parts.

mod address;
mod blocks;
mod outline;

use rcp_corpus::model::Language;
use rcp_query::highlight::Marker;
use rcp_query::response::{EvidencePassage, Segment};

pub(super) use address::Addresses;
pub(super) use blocks::Block;
use blocks::Blocks;
use outline::{Contents, outline};

/// Passages that a part shows at most.
const PART: usize = 1_000;

/// Matches in the list of them at most; the others are reached by stepping.
const MAX_LISTED: usize = 100;

/// The text as a page shows it.
#[derive(Debug)]
pub(super) struct Text {
    /// Passages of the document.
    pub(super) passages: usize,
    /// Nested list of the headings; none where there are not at least two.
    pub(super) contents: Vec<Contents>,
    /// What is shown.
    pub(super) blocks: Vec<Block>,
    /// Passages with what was looked for.
    pub(super) matches: usize,
    /// The first of them.
    pub(super) listed: Vec<MatchRow>,
    /// The parts of a long document.
    pub(super) parts: Vec<PartLink>,
    /// Where the script goes from the first match of this part, and from its last.
    pub(super) before: Option<String>,
    pub(super) behind: Option<String>,
    /// How many matches stand in earlier parts.
    pub(super) earlier: usize,
}

/// A passage with what was looked for.
#[derive(Debug)]
pub(super) struct MatchRow {
    pub(super) label: String,
    pub(super) url: String,
    pub(super) lang: &'static str,
    /// Its text around what was looked for.
    pub(super) segments: Vec<Segment>,
}

/// A part of a long document.
#[derive(Debug)]
pub(super) struct PartLink {
    pub(super) number: usize,
    pub(super) url: String,
    pub(super) is_current: bool,
}

/// A text without marks.
pub(super) fn plain(text: &str) -> Vec<Segment> {
    vec![Segment { text: text.to_owned(), matched: false, expanded: false }]
}

impl Text {
    /// The part of the text that is asked for. `pages` is the address of the original where `#page=3` opens its page 3,
    /// `language` that of the page around the text.
    pub(super) fn new(
        passages: &[EvidencePassage],
        marker: Option<&Marker>,
        addresses: &Addresses<'_>,
        language: Language,
        pages: Option<String>,
    ) -> Text {
        let mark = |text: &str, language| marker.map_or_else(|| plain(text), |marker| marker.segments(text, language));
        let marked: Vec<Vec<Segment>> = passages.iter().map(|it| mark(&it.passage.text, it.passage.language)).collect();
        let matches: Vec<usize> = (0..marked.len()).filter(|at| marked[*at].iter().any(|it| it.matched)).collect();
        let outline = outline(passages);
        let shown = addresses.shown();
        let is_shown = |at: &usize| shown.contains(at);
        let listed = matches.iter().take(MAX_LISTED).map(|&at| MatchRow {
            label: passages[at].label.clone(),
            url: addresses.of(at),
            lang: passages[at].passage.language.code(),
            segments: around(&marked[at]),
        });
        let earlier = matches.iter().filter(|at| **at < shown.start).count();
        let before = earlier.checked_sub(1).map(|last| addresses.of(matches[last]));
        let behind = matches.iter().find(|at| **at >= shown.end).map(|&at| addresses.of(at));
        let blocks = Blocks { passages, marked: &marked, matches: &matches, addresses, language, pages };
        Text {
            passages: passages.len(),
            contents: outline.contents(addresses),
            blocks: blocks.build(&outline, mark),
            matches: matches.len(),
            listed: listed.collect(),
            parts: addresses.parts(),
            before,
            behind,
            earlier: if matches.iter().any(is_shown) { earlier } else { 0 },
        }
    }
}

/// Characters around the first mark of a passage in the list of matches.
const AROUND: usize = 60;

/// The text around the first mark, cut at characters of words where it is long.
fn around(segments: &[Segment]) -> Vec<Segment> {
    let Some(first) = segments.iter().position(|segment| segment.matched) else { return Vec::new() };
    let mut shown = Vec::new();
    if let Some(before) = first.checked_sub(1).map(|before| &segments[before].text) {
        shown.extend(plain(&tail(before)));
    }
    shown.push(segments[first].clone());
    if let Some(behind) = segments.get(first + 1) {
        shown.extend(plain(&head(&behind.text)));
    }
    shown
}

fn head(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", &text[..end])
}

fn tail(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let start = text[cut..].find(' ').map_or(cut, |space| cut + space + 1);
    format!("… {}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_matches_shows_whole_words_around_the_first_mark() {
        let long = "á word ".repeat(20);
        let mark = Segment { text: "returns".to_owned(), matched: true, expanded: false };
        let [before, behind] = [&long, &long].map(|text| plain(text).remove(0));
        let shown: Vec<String> =
            around(&[before, mark.clone(), behind]).into_iter().map(|segment| segment.text).collect();
        assert_eq!(shown.len(), 3);
        assert!(shown[0].starts_with("… ") && shown[0].ends_with("word ") && shown[0].len() < 90, "{shown:?}");
        assert!(shown[2].starts_with("á word") && shown[2].ends_with(" …") && shown[2].len() < 90, "{shown:?}");
        assert_eq!(around(std::slice::from_ref(&mark)), [mark]);
    }
}

//! Numbers of paragraphs told from numbers of lists.
//!
//! Reports of the United Nations kind number every paragraph across their sections; other documents number the items
//! of each list from 1. Both look the same on a line. The difference shows over the whole document: numbers of
//! paragraphs run on over headings and stand before sentences; lists are short and begin again.

use std::collections::BTreeMap;

use crate::extract::{Block, BlockKind, Marker, MarkerStyle};

/// Fewest paragraphs of a numbered document or section.
const MIN_RUN: usize = 5;

/// Words that half of the paragraphs of a run have at least, if headings stand between them.
const MIN_WORDS_OVER_HEADINGS: usize = 15;

/// Words that half of the paragraphs of a run have at least, if no heading stands between them.
const MIN_WORDS: usize = 25;

/// Words that half of the numbers of several parts have at least, for all of them to be numbers of paragraphs.
const MIN_WORDS_OF_PARTS: usize = 12;

/// Most words of a heading above numbers of several parts.
const MAX_TITLE_WORDS: usize = 14;

/// Most runs that are open at one place. Deeper nesting is no list.
const MAX_OPEN_RUNS: usize = 16;

/// Numbers that follow each other.
struct Run {
    last: u32,
    blocks: Vec<usize>,
}

/// For each block whether its number is that of a paragraph.
///
/// A run is paragraph numbering if it has at least five members and either headings stand between them and half of
/// them have 15 words or more, or half of them have 25 words and the run spans most of the document's text. A number
/// of several parts (`3.2`) is one if its text has 25 words, or if the document has five and half of them have 12; one
/// with a word for it (`Article 5`) is one in any case.
pub(super) fn numbered_paragraphs(blocks: &[Block]) -> Vec<bool> {
    let words: Vec<usize> = blocks.iter().map(|block| block.text.split_whitespace().count()).collect();
    let word_count = |index: usize| words.get(index).copied().unwrap_or(0);
    let all: usize = words.iter().sum();
    let mut numbered = vec![false; blocks.len()];
    for run in runs(blocks, &words) {
        let (Some(&first), Some(&last)) = (run.blocks.first(), run.blocks.last()) else { continue };
        let mut lengths: Vec<usize> = run.blocks.iter().map(|&index| word_count(index)).collect();
        lengths.sort_unstable();
        let half = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
        let between = blocks.get(first..=last).unwrap_or_default();
        let over_headings = between.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        let spanned: usize = words.get(first..=last).unwrap_or_default().iter().sum();
        let is_numbering = run.blocks.len() >= MIN_RUN
            && ((over_headings && half >= MIN_WORDS_OVER_HEADINGS) || (half >= MIN_WORDS && spanned * 10 >= all * 6));
        if is_numbering {
            for index in run.blocks {
                if let Some(flag) = numbered.get_mut(index) {
                    *flag = true;
                }
            }
        }
    }
    let has_parts = |block: &Block| item_marker(block).is_some_and(|marker| marker.style == MarkerStyle::Parts);
    let mut lengths: Vec<usize> =
        blocks.iter().zip(&words).filter(|(block, _)| has_parts(block)).map(|(_, &words)| words).collect();
    lengths.sort_unstable();
    let all_parts =
        lengths.len() >= MIN_RUN && lengths.get(lengths.len() / 2).is_some_and(|&half| half >= MIN_WORDS_OF_PARTS);
    for (index, (block, flag)) in blocks.iter().zip(&mut numbered).enumerate() {
        let named = item_marker(block).is_some_and(Marker::names_paragraph);
        *flag |= named || (has_parts(block) && (all_parts || word_count(index) >= MIN_WORDS));
    }
    numbered
}

fn item_marker(block: &Block) -> Option<&Marker> {
    block.marker.as_ref().filter(|_| block.kind == BlockKind::ListItem)
}

/// Makes headings of the items that stand over the numbers of their parts: "2. Functions" above "2.1 The secretariat …".
pub(super) fn headings_of_parts(mut blocks: Vec<Block>) -> Vec<Block> {
    for index in 0..blocks.len() {
        let Some(block) = blocks.get(index) else { continue };
        let marker = item_marker(block).filter(|marker| marker.style == MarkerStyle::Dot);
        let Some(marker) = marker else { continue };
        let below = blocks.iter().skip(index + 1).find(|below| below.kind != BlockKind::Footnote);
        let Some(below) = below.and_then(item_marker) else { continue };
        let first_part = below.style == MarkerStyle::Parts && below.number == format!("{}.1", marker.number);
        let short = block.text.split_whitespace().nth(MAX_TITLE_WORDS).is_none();
        if first_part && short && !block.text.ends_with(['.', ';', ':', ',']) {
            let text = format!("{}. {}", marker.number, block.text);
            if let Some(block) = blocks.get_mut(index) {
                *block = Block { kind: BlockKind::Heading(2), text, marker: None, ..block.clone() };
            }
        }
    }
    blocks
}

/// The runs of plain arabic numbers, by style.
///
/// A number goes on with an open run that it follows; the lists inside that run end there. If it follows several, a
/// sentence goes on with the outermost, a short item with the innermost. In a long run one number may be missing
/// (a damaged line).
fn runs(blocks: &[Block], words: &[usize]) -> Vec<Run> {
    let mut open: BTreeMap<MarkerStyle, Vec<Run>> = BTreeMap::new();
    let mut closed = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some((style, value)) = item_marker(block).and_then(|marker| Some((marker.style, marker.value()?))) else {
            continue;
        };
        let open = open.entry(style).or_default();
        let sentence = words.get(index).is_some_and(|&words| words >= MIN_WORDS);
        let follows = |run: &Run| run.last.checked_add(1) == Some(value);
        let skips_one = |run: &Run| run.blocks.len() >= MIN_RUN && run.last.checked_add(2) == Some(value);
        let found = if sentence { open.iter().position(follows) } else { open.iter().rposition(follows) };
        match found.or_else(|| open.iter().rposition(skips_one)) {
            Some(position) => {
                closed.extend(open.drain(position + 1..));
                if let Some(run) = open.last_mut() {
                    run.last = value;
                    run.blocks.push(index);
                }
            }
            None => {
                if open.len() == MAX_OPEN_RUNS {
                    closed.extend(open.drain(1..));
                }
                open.push(Run { last: value, blocks: vec![index] });
            }
        }
    }
    closed.extend(open.into_values().flatten());
    closed
}

/// In a document that numbers its paragraphs, joins the text that a footnote cuts off from its paragraph: a page ends
/// with its notes, and the next one begins without a number.
pub(super) fn join_numbered(blocks: Vec<Block>) -> Vec<Block> {
    let numbered = numbered_paragraphs(&blocks);
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    // Place of the numbered paragraph to which a text would belong, and whether footnotes followed it.
    let mut owner: Option<(usize, bool)> = None;
    for (block, numbered) in blocks.into_iter().zip(numbered) {
        match (block.kind, owner) {
            (BlockKind::Footnote, Some((place, _))) => owner = Some((place, true)),
            (BlockKind::Paragraph, Some((place, true))) => {
                if let Some(paragraph) = joined.get_mut(place) {
                    paragraph.text.push(' ');
                    paragraph.text.push_str(&block.text);
                    paragraph.notes.extend(block.notes);
                    owner = None;
                    continue;
                }
            }
            _ => owner = numbered.then_some((joined.len(), false)),
        }
        joined.push(block);
    }
    joined
}

//! Blocks to [`Reading`]: what a document says, in the pieces that people cite.

mod declaration;
mod declaration_words;
mod footnotes;
mod ids;
mod numbering;
mod opening;
mod opening_line;
mod opening_words;
mod outline;
mod people;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::{Language, Passage, PassageKind};
use rcp_corpus::settings::ExtractionSettings;
use serde::{Deserialize, Serialize};

use crate::extract::{Block, BlockKind, Extracted, Properties, without_addresses};
use crate::language::{self, LanguageDetector};

use declaration::Clause;
pub use opening::Opening;
pub(crate) use opening_line::is_date_line;
pub use opening_line::is_generic_heading;
pub(crate) use opening_words::{JOINING, MEETINGS, REMOTE, TITLE_WORDS};
use outline::HeadingPath;
use people::People;

/// Longest passage, in characters; a longer text is split at the end of a sentence.
pub const MAX_PASSAGE: usize = 2_000;

/// A file as it was read, before anything is concluded from it. What the cache keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Media type found by content.
    pub media_type: String,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
    /// What the file's own metadata says.
    #[serde(default)]
    pub properties: Properties,
    /// What stands before the body: letterhead, title, subtitle, place and date.
    pub opening: Opening,
    /// Every heading once, in order, with its language.
    pub headings: Vec<(String, Language)>,
    /// Languages of the passages, the most used first.
    pub languages: Vec<Language>,
    /// The passages in order, contact data included, without labels.
    pub passages: Vec<Passage>,
}

/// Makes passages of blocks: headings become heading paths, numbers of paragraphs are told from those of lists, the
/// clauses of declarations from other paragraphs, over-long texts are split, footnotes are tied to their paragraphs, each
/// passage gets its id and language.
#[must_use]
pub fn read(extracted: Extracted, settings: &ExtractionSettings) -> Reading {
    let Extracted { media_type, pages, properties, blocks } = extracted;
    let (opening, blocks) = opening::split_opening(without_colons(blocks));
    let blocks = numbering::join_numbered(numbering::headings_of_parts(blocks));
    let numbered = numbering::numbered_paragraphs(&blocks);
    let clauses = declaration::clauses(&opening, &blocks);
    let mut pieces: Vec<Piece> = Vec::new();
    // Each heading with the section that it opens.
    let mut headings: Vec<(String, usize)> = Vec::new();
    let mut path = HeadingPath::default();
    let mut people = People::default();
    let mut section = 0;
    let mut above = Clause::None;
    for ((block, numbered), clause) in blocks.into_iter().zip(numbered).zip(clauses) {
        if let BlockKind::Heading(level) = block.kind {
            path.enter(level, &block.text);
            people.enter(level, &block.text);
            section += 1;
            above = Clause::None;
            headings.push((block.text, section));
            continue;
        }
        // Decisions count from 1 again after the reasons: a section of their own, with or without a heading.
        section += usize::from(above == Clause::Preambular && clause == Clause::Operative);
        above = if clause == Clause::None { above } else { clause };
        let counted = block.marker.as_ref().is_some_and(|marker| marker.value().is_some());
        let numbered = numbered || (clause != Clause::None && counted);
        let kind = if people.hide(&block) { PassageKind::Contact } else { kind(block.kind, numbered, clause) };
        let masked = kind != PassageKind::Contact && !settings.index_contacts;
        let block = if masked { Block { text: without_addresses(block.text), ..block } } else { block };
        pieces.extend(split(&block, kind, numbered, section, &path));
    }
    ids::assign(&mut pieces);
    footnotes::tie(&mut pieces);
    let detector = LanguageDetector::new(&settings.languages);
    let languages = language::assign(&detector, &mut pieces);
    let headings = with_languages(headings, &pieces, &detector, &languages);
    let passages = pieces.into_iter().map(|piece| piece.passage).collect();
    Reading { media_type, pages, properties, opening, headings, languages, passages }
}

/// Headings as they are shown and compared: without the colon at their end.
fn without_colons(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in blocks.iter_mut().filter(|block| matches!(block.kind, BlockKind::Heading(_))) {
        block.text.truncate(block.text.trim_end_matches(':').trim_end().len());
    }
    blocks.retain(|block| !block.text.is_empty());
    blocks
}

/// Every heading once, with its own language, else that of the text below it.
fn with_languages(
    headings: Vec<(String, usize)>,
    pieces: &[Piece],
    detector: &LanguageDetector,
    languages: &[Language],
) -> Vec<(String, Language)> {
    let mut below: BTreeMap<usize, Language> = BTreeMap::new();
    for piece in pieces {
        below.entry(piece.section).or_insert(piece.passage.language);
    }
    let document = languages.first().copied().unwrap_or(Language::Undetermined);
    let mut seen = BTreeSet::new();
    let first = headings.into_iter().filter(|(heading, _)| seen.insert(heading.clone()));
    first
        .map(|(heading, section)| {
            let language = detector.detect(&heading).or_else(|| below.get(&section).copied()).unwrap_or(document);
            (heading, language)
        })
        .collect()
}

/// A passage in the making.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) passage: Passage,
    /// Headings before it, and bodies of decisions that begin without one.
    pub(crate) section: usize,
    /// Whether its number is that of a paragraph, not of an item.
    pub(crate) numbered_paragraph: bool,
    /// Whether it goes on with the passage before it.
    pub(crate) continuation: bool,
    /// Numbers of the footnotes it refers to.
    pub(crate) notes: Vec<String>,
}

/// The kind of passage that a block makes.
fn kind(block: BlockKind, numbered: bool, clause: Clause) -> PassageKind {
    match clause {
        Clause::Preambular => return PassageKind::Preambular,
        Clause::Operative => return PassageKind::Operative,
        Clause::None => {}
    }
    match block {
        BlockKind::ListItem if numbered => PassageKind::Paragraph,
        BlockKind::ListItem => PassageKind::ListItem,
        BlockKind::TableRow => PassageKind::TableRow,
        BlockKind::Footnote => PassageKind::Footnote,
        BlockKind::Contact => PassageKind::Contact,
        BlockKind::Paragraph | BlockKind::Heading(_) => PassageKind::Paragraph,
    }
}

/// One piece of a block, or several if it is too long.
fn split(block: &Block, kind: PassageKind, numbered: bool, section: usize, path: &HeadingPath) -> Vec<Piece> {
    sentences::split(&block.text, MAX_PASSAGE)
        .into_iter()
        .enumerate()
        .map(|(part, text)| Piece {
            passage: Passage {
                number: block.marker.as_ref().map(|marker| marker.number.clone()),
                heading_path: path.texts().map(str::to_owned).collect(),
                page: block.page,
                kind,
                ..Passage::new(ids::placeholder(), 0, Language::Undetermined, text)
            },
            section,
            numbered_paragraph: numbered,
            continuation: part > 0,
            notes: if part == 0 { block.notes.clone() } else { Vec::new() },
        })
        .collect()
}

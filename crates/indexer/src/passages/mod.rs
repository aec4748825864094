//! Blocks to [`Reading`]: what a document says, in the pieces that people cite.

mod ids;
mod numbering;
mod opening;
mod opening_words;
mod people;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::{Language, Passage, PassageKind};
use rcp_corpus::settings::ExtractionSettings;
use serde::{Deserialize, Serialize};

use crate::extract::{Block, BlockKind, Extracted, Properties};
use crate::language::{self, LanguageDetector};

pub(crate) use opening::is_date_line;
pub use opening::{Opening, is_generic_heading};
pub(crate) use opening_words::{JOINING, MEETINGS, REMOTE, TITLE_WORDS};
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

/// Makes passages of blocks: headings become heading paths, numbers of paragraphs are told from those of lists,
/// over-long texts are split, each passage gets its id and language.
#[must_use]
pub fn read(extracted: Extracted, settings: &ExtractionSettings) -> Reading {
    let Extracted { media_type, pages, properties, blocks } = extracted;
    let (opening, blocks) = opening::split_opening(blocks);
    let blocks = numbering::join_numbered(blocks);
    let numbered = numbering::numbered_paragraphs(&blocks);
    let mut pieces = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    let mut path = HeadingPath::default();
    let mut people = People::default();
    let mut section = 0;
    for (block, &numbered) in blocks.into_iter().zip(&numbered) {
        if let BlockKind::Heading(level) = block.kind {
            path.enter(level, &block.text);
            people.enter(level, &block.text);
            section += 1;
            headings.push(block.text);
            continue;
        }
        let kind = if people.hide(&block.text) { PassageKind::Contact } else { kind(block.kind, numbered) };
        pieces.extend(split(&block, kind, numbered, section, &path));
    }
    ids::assign(&mut pieces);
    let detector = LanguageDetector::new(&settings.languages);
    let languages = language::assign(&detector, &mut pieces);
    let mut below: BTreeMap<usize, Language> = BTreeMap::new();
    for piece in &pieces {
        below.entry(piece.section).or_insert(piece.passage.language);
    }
    let document = languages.first().copied().unwrap_or(Language::Undetermined);
    let heading_languages = headings.iter().enumerate().map(|(index, heading)| {
        detector.detect(heading).or_else(|| below.get(&(index + 1)).copied()).unwrap_or(document)
    });
    let mut seen = BTreeSet::new();
    let headings =
        headings.iter().cloned().zip(heading_languages).filter(|(heading, _)| seen.insert(heading.clone())).collect();
    let passages = pieces.into_iter().map(|piece| piece.passage).collect();
    Reading { media_type, pages, properties, opening, headings, languages, passages }
}

/// A passage in the making.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) passage: Passage,
    /// Headings before it.
    pub(crate) section: usize,
    /// Whether its number is that of a paragraph, not of an item.
    pub(crate) numbered_paragraph: bool,
    /// Whether it goes on with the passage before it.
    pub(crate) continuation: bool,
}

/// The kind of passage that a block makes.
fn kind(block: BlockKind, numbered: bool) -> PassageKind {
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
        })
        .collect()
}

/// The headings above the current place, outermost first.
#[derive(Debug, Default)]
struct HeadingPath {
    headings: Vec<(u8, String)>,
}

impl HeadingPath {
    fn enter(&mut self, level: u8, text: &str) {
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, text.to_owned()));
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|(_, text)| text.as_str())
    }
}

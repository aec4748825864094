//! Text to tokens, the same way for documents and queries.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::Language;

/// Stands for a removed position in a token string: a noncharacter, so no text can hold it as a word.
pub const FILLER: &str = "\u{FFFF}";

/// The files of `index-config/analysis/`: `stop-words.toml` and `stems.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnalysisSettings {
    /// Stop words by language, folded.
    pub stop_words: BTreeMap<Language, BTreeSet<String>>,
    /// Stem of single words (lower case, accents kept) by language, where the stemmer's answer would join words
    /// that differ.
    pub stems: BTreeMap<Language, BTreeMap<String, String>>,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The word, folded.
    pub exact: String,
    /// Its folded stem; `None` for a stop word.
    pub stem: Option<String>,
    /// Whether only a hyphen stands between this word and the one before it.
    pub joined: bool,
}

/// A word of a text before any language is known: what the concept matcher reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The word, folded.
    pub folded: String,
    /// Whether only a hyphen stands between this word and the one before it.
    pub joined: bool,
}

/// The words of a text in normal form C, in order: split at hyphens and after elisions (`l'école` is `l`, `ecole`),
/// possessive endings dropped (`children's` is `children`); `5+5` and dotted abbreviations (`U.S.A.`, folded to
/// `usa`) stay whole.
#[must_use]
pub fn words(_text: &str) -> Vec<Word> {
    todo!()
}

/// Turns text into tokens.
#[derive(Debug, Clone)]
pub struct Analyzer {}

impl Analyzer {
    /// An analyzer with the given stop words and stem overrides.
    #[must_use]
    pub fn new(_settings: &AnalysisSettings) -> Analyzer {
        todo!()
    }

    /// The tokens of a text in normal form C, one a position.
    #[must_use]
    pub fn analyze(&self, _text: &str, _language: Language) -> Vec<Token> {
        todo!()
    }
}

/// Lower case, accents off, ligatures apart: the form in which words are compared. `Réfugié` → `refugie`.
#[must_use]
pub fn fold(_text: &str) -> String {
    todo!()
}

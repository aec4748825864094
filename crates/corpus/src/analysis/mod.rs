//! Text to tokens, the same way for documents and queries.
//!
//! ```text
//! text --words--> words with spans --fold--> exact form --stop words, stemmer--> stem form
//! ```
//!
//! Nothing else in the project splits, folds or stems text. An engine receives the tokens as one string with a
//! space between ([`exact_string`], [`stem_string`]) and splits at the spaces, so every engine indexes the same.

mod analyzer;
mod fold;
mod spelling;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use analyzer::{Analyzer, Token, edge, exact_string, stem_string};
pub use fold::fold;
pub use words::{Word, words};

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

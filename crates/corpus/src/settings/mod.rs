//! Settings: the files of `index-config/`, read once, checked, and fingerprinted.
//!
//! ```text
//! index-config/
//!   index.toml        extraction, ranking and search numbers: [`IndexSettings`]
//!   schemes/*.toml    concept schemes: [`crate::taxonomy::Taxonomy`]
//!   analysis/         stop words and stem overrides: [`crate::analysis::AnalysisSettings`]
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::analysis::AnalysisSettings;
use crate::model::Language;
use crate::taxonomy::Taxonomy;

/// Everything `index-config/` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `index.toml`.
    pub index: IndexSettings,
    /// `schemes/*.toml`.
    pub taxonomy: Taxonomy,
    /// `analysis/`.
    pub analysis: AnalysisSettings,
    /// What the four parts of the settings amount to.
    pub fingerprints: Fingerprints,
}

impl Settings {
    /// Reads and checks a configuration folder.
    ///
    /// # Errors
    /// [`SettingsError`] names the file, the line and the key of the first thing that is wrong.
    pub fn load(_folder: &Path) -> Result<Settings, SettingsError> {
        todo!()
    }
}

/// What `index.toml` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexSettings {
    /// How files become passages.
    pub extraction: ExtractionSettings,
    /// How hits are scored.
    pub ranking: RankingSettings,
}

/// How files become passages. A change extracts every file again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractionSettings {
    /// Languages that the detection may answer with.
    pub languages: Vec<Language>,
    /// Whether contact blocks and lists of participants (personal data) are indexed.
    pub index_contacts: bool,
    /// Largest file that is read, in bytes.
    pub max_file_bytes: u64,
}

/// How hits are scored. A change takes effect at the next start; nothing is built again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingSettings {
    /// BM25 term frequency saturation.
    pub k1: f32,
    /// BM25 length normalisation, 0 to 1.
    pub b: f32,
    /// Weight of each document field beside the whole text.
    pub documents: FieldBoosts,
    /// Weight of each passage field beside the passage's own text.
    pub passages: FieldBoosts,
}

/// Weight of the scored fields; 0 leaves a field out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldBoosts {
    /// The text itself.
    pub body: f32,
    /// Title.
    pub title: f32,
    /// Headings.
    pub headings: f32,
    /// Event, venue, dates and processes (documents only).
    pub facts: f32,
}

/// Hashes of the settings by what they influence: a change redoes only what follows it.
///
/// Extraction, then annotation, then analysis build on each other; the query part needs nothing to be built again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// Files to passages.
    pub extraction: String,
    /// Passages to labels: schemes without their `names`.
    pub annotation: String,
    /// Text to tokens: stop words, overrides, and the version of the analysis code.
    pub analysis: String,
    /// Everything that is only used while searching: ranking, `names`.
    pub query: String,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file is missing or cannot be read.
    #[error(
        "{file}: {source}; a configuration folder holds index.toml, schemes/ and analysis/ (choose one with --config)"
    )]
    Read {
        /// The file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A value is missing, misspelt or of the wrong kind.
    #[error("{file}:{line}: {key}: {message}")]
    Value {
        /// The file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// Key, with the id of its concept where it has one: `rcm.broader`.
        key: String,
        /// What is wrong, and what would be right.
        message: String,
    },
}

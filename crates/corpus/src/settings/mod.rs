//! Settings: the files of `index-config/`, read once, checked, and fingerprinted.
//!
//! ```text
//! index-config/
//!   index.toml        extraction, ranking and expansion numbers: [`IndexSettings`]
//!   schemes/*.toml    concept schemes: [`crate::taxonomy::Taxonomy`]
//!   analysis/         stop words and stem overrides: [`crate::analysis::AnalysisSettings`]
//! ```

mod check;
mod file;
mod fingerprint;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use fingerprint::{ANALYSIS_VERSION, ANNOTATION_VERSION, EXTRACTOR, QUERY_VERSION};

use crate::analysis::AnalysisSettings;
use crate::model::Language;
use crate::taxonomy::{Scheme, SchemeError, Step, Taxonomy, key_text};
use file::SettingsFile;

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
    /// Reads and checks a configuration folder: `index.toml`, `analysis/stop-words.toml`, `analysis/stems.toml` and
    /// every `*.toml` file of `schemes/`, in the order of their names.
    ///
    /// # Errors
    /// [`SettingsError`] names the file, the line and the key of the first thing that is wrong.
    pub fn load(folder: &Path) -> Result<Settings, SettingsError> {
        let index = load_index(folder)?;
        let analysis = load_analysis(folder)?;
        let taxonomy = load_taxonomy(folder)?;
        let fingerprints = fingerprint::fingerprints(&index, taxonomy.schemes(), &analysis)
            .map_err(|error| SettingsError::Read { file: folder.display().to_string(), source: error.into() })?;
        Ok(Settings { index, taxonomy, analysis, fingerprints })
    }
}

fn load_index(folder: &Path) -> Result<IndexSettings, SettingsError> {
    let file = SettingsFile::read(&folder.join("index.toml"))?;
    let index = file.parse()?;
    check::check_index(&index).map_err(|fault| at(&file, fault))?;
    Ok(index)
}

fn load_analysis(folder: &Path) -> Result<AnalysisSettings, SettingsError> {
    let file = SettingsFile::read(&folder.join("analysis").join("stop-words.toml"))?;
    let stop_words = check::stop_words(&file.parse()?).map_err(|fault| at(&file, fault))?;
    let file = SettingsFile::read(&folder.join("analysis").join("stems.toml"))?;
    let stems = file.parse()?;
    check::check_stems(&stems).map_err(|fault| at(&file, fault))?;
    Ok(AnalysisSettings { stop_words, stems })
}

fn load_taxonomy(folder: &Path) -> Result<Taxonomy, SettingsError> {
    let mut files = Vec::new();
    let mut schemes = Vec::new();
    for path in scheme_files(&folder.join("schemes"))? {
        let file = SettingsFile::read(&path)?;
        let scheme: Scheme = file.parse()?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if scheme.id != name {
            let place = vec![Step::Key("id".to_owned())];
            let message = format!("the scheme is called {:?} but its file {name:?}; make them the same", scheme.id);
            return Err(at(&file, (place, message)));
        }
        files.push(file);
        schemes.push(scheme);
    }
    let ids: Vec<String> = schemes.iter().map(|scheme| scheme.id.clone()).collect();
    Taxonomy::new(schemes).map_err(|SchemeError { scheme, place, key, message }| {
        match ids.iter().position(|id| *id == scheme).and_then(|position| files.get(position)) {
            Some(file) => file.error_at(&place, key, message),
            None => SettingsError::Value { file: scheme, line: 1, key, message },
        }
    })
}

/// The scheme files of a folder in the order of their names, which is the order of their ids.
fn scheme_files(folder: &Path) -> Result<Vec<PathBuf>, SettingsError> {
    let unreadable = |source| SettingsError::Read { file: folder.display().to_string(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
    Ok(paths)
}

fn at(file: &SettingsFile, (place, message): check::Fault) -> SettingsError {
    file.error_at(&place, key_text(&place, |_| None), message)
}

/// What `index.toml` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexSettings {
    /// How files become passages.
    pub extraction: ExtractionSettings,
    /// How hits are scored.
    pub ranking: RankingSettings,
    /// What other names of a concept count.
    #[serde(default)]
    pub expansion: ExpansionSettings,
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
    /// Longest time that reading one file may take, in seconds.
    pub timeout_seconds: u64,
    /// Most memory that reading one file may take, in bytes of address space.
    pub max_memory_bytes: u64,
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
    /// What a closer look at the first hits adds.
    pub second_stage: SecondStageSettings,
}

/// What a closer look at the first hits adds to their scores. The parts are added; 0 leaves one out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondStageSettings {
    /// Weight of the score of a document's best passage.
    pub passage: f32,
    /// Weight of neighbouring words of the query that stand close together.
    pub proximity: f32,
    /// Part of its first score that the newest hit gets in addition.
    pub recency: f32,
    /// Years after which that part is half as large.
    pub recency_half_life: f32,
    /// Part of its first score that a hit of a type gets in addition, by id of the scheme `document-type`.
    #[serde(default)]
    pub types: BTreeMap<String, f32>,
}

impl Default for ExpansionSettings {
    /// The defaults of `index.toml`.
    fn default() -> ExpansionSettings {
        ExpansionSettings {
            same_language: 0.7,
            other_language: 0.6,
            abbreviation: 0.4,
            everyday_word: 0.2,
            ambiguous: 0.5,
        }
    }
}

impl Default for SecondStageSettings {
    /// Adds nothing.
    fn default() -> SecondStageSettings {
        SecondStageSettings {
            passage: 0.0,
            proximity: 0.0,
            recency: 0.0,
            recency_half_life: 5.0,
            types: BTreeMap::new(),
        }
    }
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

/// What an occurrence of another name of a typed concept counts beside one of the typed words: weights from 0, which
/// leaves such names out, to 1. A change takes effect at the next start.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpansionSettings {
    /// A name in the language of the typed one.
    pub same_language: f32,
    /// A name in another language, or in none.
    pub other_language: f32,
    /// An abbreviation.
    pub abbreviation: f32,
    /// A name that is an everyday word too.
    pub everyday_word: f32,
    /// Factor on the names of a typed abbreviation that stands for several concepts.
    pub ambiguous: f32,
}

/// Hashes of the settings by what they influence: a change redoes only what follows it.
///
/// Extraction, then annotation, then analysis build on each other; the query part needs nothing to be built again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// Files to passages.
    pub extraction: String,
    /// Passages to labels: schemes without their `names` and remarks.
    pub annotation: String,
    /// Text to tokens: stop words, overrides, and the version of the analysis code.
    pub analysis: String,
    /// Everything that is only used or shown while searching: ranking, `names`, remarks (notes, doubts, sources).
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
    /// A file is not TOML.
    #[error("{file}:{line}: not valid TOML: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// What the parser stumbled over.
        message: String,
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

//! Curated metadata: what a person wrote down about a document, beside it.
//!
//! - `NAME.meta.toml` beside the file, NAME being the file's name without its ending;
//! - a folder's `manifest.toml`: `[[document]]` entries with a `file` key and the same keys;
//! - a folder's `metadata.csv`: the same as a spreadsheet, one line a document ([`COLUMNS`]);
//! - in a record of JSON Lines, the same keys beside its text.
//!
//! A file of its own wins over an entry, an entry over a line of a list. A document whose metadata is wrong is not indexed: its collection may be one
//! that not everyone may see.

mod check;
mod file;
mod folder;
mod list;
mod record;

use std::collections::BTreeMap;

use rcp_corpus::model::{DateRange, DocumentId, Event, Evidence, Fact, Label, Language, Provenance};
use rcp_index::scope::PUBLIC;
use serde::{Deserialize, Serialize};

pub use file::{parse_manifest, parse_metadata};
pub use folder::CuratedMetadata;
pub(crate) use folder::without_ending;
pub use list::{COLUMNS, parse_list};

/// Ending of the name of a metadata file.
pub const ENDING: &str = ".meta.toml";

/// Name of the metadata file of a folder.
pub const MANIFEST: &str = "manifest.toml";

/// Name of the list of a folder.
pub const LIST: &str = "metadata.csv";

/// Whether a file's name, without its folder, is that of a metadata file.
pub(crate) fn is_metadata(name: &str) -> bool {
    name.ends_with(ENDING) || name == MANIFEST || name == LIST
}

/// What a person wrote down about one document. A field that is absent is left to inference; an empty list says that
/// there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Id of the document.
    pub id: Option<DocumentId>,
    /// Title.
    pub title: Option<String>,
    /// Languages, the most used first.
    pub languages: Option<Vec<Language>>,
    /// When the event took place, or the document was issued.
    pub date: Option<DateRange>,
    /// Year it is filed under.
    pub year: Option<i16>,
    /// Where the event took place.
    pub venue: Option<String>,
    /// The meeting it comes from.
    pub event: Option<Event>,
    /// Concepts by facet.
    pub concepts: BTreeMap<String, Vec<String>>,
    /// Public address of the original.
    pub url: Option<String>,
    /// Shared by the language versions of one work.
    pub work: Option<String>,
    /// Collection it lives in, if not the public one.
    pub collection: Option<String>,
    /// Outside sources by key of this file.
    pub sources: BTreeMap<String, Vec<String>>,
}

/// Keys that name concepts, with the facet that each feeds.
pub(crate) const CONCEPT_KEYS: [(&str, &str); 6] = [
    ("type", "type"),
    ("rcps", "rcp"),
    ("mentions", "mentions"),
    ("regions", "region"),
    ("themes", "theme"),
    ("countries", "country"),
];

impl Metadata {
    /// The collection that its document lives in.
    pub(crate) fn collection(&self) -> &str {
        self.collection.as_deref().unwrap_or(PUBLIC)
    }

    /// A value of one of its keys as a fact, with its outside sources as evidence.
    pub(crate) fn fact<T>(&self, key: &str, value: T) -> Fact<T> {
        Fact { evidence: self.evidence(key), ..Fact::curated(value) }
    }

    /// Labels of every facet that it decides.
    pub(crate) fn labels(&self) -> Vec<Label> {
        let labels = CONCEPT_KEYS.iter().flat_map(|(key, facet)| {
            let concepts = self.concepts.get(*facet).into_iter().flatten();
            concepts.map(|concept| Label {
                facet: (*facet).to_owned(),
                concept: concept.clone(),
                confidence: 1.0,
                provenance: Provenance::Curated,
                evidence: self.evidence(key),
            })
        });
        labels.collect()
    }

    /// Whether it decides a facet, be it by saying that there is nothing.
    pub(crate) fn decides(&self, facet: &str) -> bool {
        self.concepts.contains_key(facet)
    }

    /// This metadata where it says something, else that of `base`. An id and a title are those of one document.
    pub(crate) fn over(self, base: Metadata) -> Metadata {
        let mut concepts = base.concepts;
        concepts.extend(self.concepts);
        let mut sources = base.sources;
        sources.extend(self.sources);
        Metadata {
            id: self.id,
            title: self.title,
            languages: self.languages.or(base.languages),
            date: self.date.or(base.date),
            year: self.year.or(base.year),
            venue: self.venue.or(base.venue),
            event: self.event.or(base.event),
            concepts,
            url: self.url.or(base.url),
            work: self.work.or(base.work),
            collection: self.collection.or(base.collection),
            sources,
        }
    }

    fn evidence(&self, key: &str) -> Vec<Evidence> {
        let sources = self.sources.get(key).into_iter().flatten();
        sources.map(|source| Evidence { passage: None, span: None, surface: source.clone() }).collect()
    }
}

/// A metadata file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[error("{file}:{line}: {key}: {message}")]
pub struct MetadataError {
    /// Path of the file, relative to the corpus folder.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Key; empty where the file is no TOML.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
    /// Whether the file speaks of a collection, so that its documents may not be for everyone.
    pub names_collection: bool,
}

impl MetadataError {
    /// What cannot be read may name a collection.
    pub(crate) fn unreadable(file: &str, line: usize, error: &std::io::Error) -> MetadataError {
        let (file, key, message) = (file.to_owned(), "file".to_owned(), error.to_string());
        MetadataError { file, line, key, message, names_collection: true }
    }
}

//! The [`Document`]: one text of one process, and everything known about it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DateRange, DocumentId, Fact, Label, Language, PassageId, Precision};

/// One indexed document: its facts and labels, without its text (see [`super::Passage`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Stable, readable, URL-safe id.
    pub id: DocumentId,
    /// Shared by the language versions of one work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Fact<String>>,
    /// Shared by documents with nearly the same text (another format, another state of a web page): the id of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_text: Option<Fact<DocumentId>>,
    /// Collection it lives in: `public`, or the name of a restricted one.
    pub collection: String,
    /// Title, if one is known. A bare "Background" is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Fact<String>>,
    /// The meeting it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Fact<Event>>,
    /// When the event took place, or the document was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Fact<DateRange>>,
    /// Year it is filed under; the year of `date` unless a curator says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Fact<i16>>,
    /// Where the event took place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<Fact<String>>,
    /// Languages of its passages, the most used first.
    pub languages: Vec<Language>,
    /// Concepts: processes it belongs to and mentions, type, regions, themes, countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Ids that passages had in earlier readings of the same file, each with the id that the passage has now. No passage
    /// has one of the former ids now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<PassageId, PassageId>,
    /// The file it was read from.
    pub source: Source,
    /// First time it was indexed.
    pub added: Timestamp,
    /// Last time its text or facts changed.
    pub changed: Timestamp,
}

impl Document {
    /// A document of which nothing is known but its file: no facts, no labels, no languages, not indexed yet (its times
    /// are the beginning of 1970).
    #[must_use]
    pub fn new(id: DocumentId, collection: &str, source: Source) -> Document {
        Document {
            id,
            work: None,
            same_text: None,
            collection: collection.to_owned(),
            title: None,
            event: None,
            date: None,
            year: None,
            venue: None,
            languages: Vec::new(),
            labels: Vec::new(),
            moved: BTreeMap::new(),
            source,
            added: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    /// Ids of the concepts that one facet holds, in the order of the labels.
    pub fn concepts<'a>(&'a self, facet: &'a str) -> impl Iterator<Item = &'a str> {
        self.labels.iter().filter(move |label| label.facet == facet).map(|label| label.concept.as_str())
    }

    /// The id that the passage with this id has now: another one where a better reading of the file gave it another one.
    #[must_use]
    pub fn current_id<'a>(&'a self, id: &'a PassageId) -> &'a PassageId {
        self.moved.get(id).unwrap_or(id)
    }

    /// The title to show: the title, else the file's name.
    #[must_use]
    pub fn display_title(&self) -> &str {
        match &self.title {
            Some(title) => &title.value,
            None => self.source.file.rsplit('/').next().unwrap_or(&self.source.file),
        }
    }
}

/// A meeting of a series: "4th global meeting".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Id of the series, usually that of its process: `grcp`.
    pub series: String,
    /// Number in the series, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u16>,
    /// What tells a meeting without a number from others of its series: its month or year, `2018-08`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Name of the event.
    pub name: String,
}

impl Event {
    /// Id used as facet value and in URLs: `grcp-4`, `grcp-2018-08` without an ordinal, or the series alone.
    #[must_use]
    pub fn id(&self) -> String {
        match (self.ordinal, &self.edition) {
            (Some(ordinal), _) => format!("{}-{ordinal}", self.series),
            (None, Some(edition)) => format!("{}-{edition}", self.series),
            (None, None) => self.series.clone(),
        }
    }

    /// What tells a meeting without a number by its dates: the month of its first day where it is known, else the year.
    #[must_use]
    pub fn edition(date: Option<&DateRange>, year: Option<i16>) -> Option<String> {
        let month =
            |date: &DateRange| (date.precision != Precision::Year).then(|| date.start.strftime("%Y-%m").to_string());
        date.and_then(month).or_else(|| Some(format!("{:04}", year.or_else(|| date.map(DateRange::year))?)))
    }
}

/// The file a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path relative to the corpus folder, `/` between its parts.
    pub file: String,
    /// Public address of the original, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// SHA-256 of the file's bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Media type found by content: `text/plain`, `text/markdown`.
    pub media_type: String,
    /// Number of pages, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Name and version of the extractor that read it.
    pub extractor: String,
}

/// Whether a file of the corpus can be searched, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// Its text is in the index.
    Searchable,
    /// It has no text layer: a scan.
    NoText,
    /// It could not be read.
    Failed {
        /// What went wrong, in words for the person who runs the indexer.
        why: String,
    },
}

//! Where a value came from: [`Provenance`], [`Evidence`], and the two carriers [`Fact`] and [`Label`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::PassageId;

/// Who or what said so. Declared from the most to the least trusted, so that `min` picks the stronger source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// A person wrote it into the curated metadata.
    Curated,
    /// The file's own metadata (PDF info, Word properties).
    FileMetadata,
    /// A rule read it in the text.
    TextRule,
    /// It follows from another value (the region of a process, a broader concept).
    Implied,
    /// It was read from the file's path.
    Path,
}

/// What supports a value: the words, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The passage in which the words stand; `None` for headings, title blocks and outside sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<PassageId>,
    /// Byte range of the words in the passage's text; `None` without a passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
    /// The words as they stand in the text, or the outside source as the curator gave it.
    pub surface: String,
}

/// A value with its origin: a title, a year, a venue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Who or what said so.
    pub provenance: Provenance,
    /// How sure the source is, from 0 to 1. Curated values have 1.
    pub confidence: f32,
    /// What supports it; empty when the source gives nothing to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl<T> Fact<T> {
    /// A value from the curated metadata.
    pub fn curated(value: T) -> Fact<T> {
        Fact { value, provenance: Provenance::Curated, confidence: 1.0, evidence: Vec::new() }
    }
}

/// A concept of a scheme, attached to a document or a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Facet it feeds: `rcp`, `mentions`, `theme`, `region`, `type`, `country` …. One scheme can feed several
    /// facets: a process a document *belongs to* and one it merely *mentions* are different facts.
    pub facet: String,
    /// Id of the concept in its scheme, without its ancestors: `protection-rights.consular`.
    pub concept: String,
    /// How sure the source is, from 0 to 1. Curated labels have 1.
    pub confidence: f32,
    /// Who or what said so.
    pub provenance: Provenance,
    /// What supports it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

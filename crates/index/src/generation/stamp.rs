//! [`DocumentStamp`]: what tells whether a document has changed, and how `added` and `changed` are carried from
//! generation to generation.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rcp_corpus::model::{Document, DocumentId};
use serde::{Deserialize, Serialize};

use super::digest;
use super::error::GenerationError;
use super::manifest::Manifest;

/// The documents of a collection, by id.
pub type DocumentStamps = BTreeMap<DocumentId, DocumentStamp>;

/// State of a document when it was indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentStamp {
    /// SHA-256 of the source file.
    pub source: String,
    /// Hash of everything that is stored of the document, without `added` and `changed`.
    pub metadata: String,
    /// First time it was indexed in its collection.
    pub added: Timestamp,
    /// Last time its source or its metadata changed.
    pub changed: Timestamp,
}

impl DocumentStamp {
    /// The stamp of a document, with the times it holds.
    ///
    /// # Errors
    /// [`GenerationError::Refused`] when its metadata cannot be written as JSON.
    pub fn of(document: &Document) -> Result<DocumentStamp, GenerationError> {
        let timeless = Document { added: Timestamp::UNIX_EPOCH, changed: Timestamp::UNIX_EPOCH, ..document.clone() };
        let json = serde_json::to_vec(&timeless).map_err(|error| GenerationError::Refused {
            document: document.id.to_string(),
            why: format!("its metadata cannot be stored: {error}"),
        })?;
        Ok(DocumentStamp {
            source: document.source.sha256.clone(),
            metadata: digest::of_bytes(&json),
            added: document.added,
            changed: document.changed,
        })
    }

    /// Whether source and metadata are the same, whatever the times.
    #[must_use]
    pub fn same_content(&self, other: &DocumentStamp) -> bool {
        self.source == other.source && self.metadata == other.metadata
    }
}

/// Hash over (id, added, changed) in order of the ids.
pub(super) fn digest_of_times(stamps: &DocumentStamps) -> String {
    let mut digest = digest::TextDigest::default();
    for (id, DocumentStamp { added, changed, .. }) in stamps {
        digest.text(id.as_str()).text(&added.to_string()).text(&changed.to_string());
    }
    digest.hex()
}

/// When a document was added and when it last changed, given the generation before; `now` is the time of the run.
///
/// - The same source and metadata as before: both times are kept.
/// - Changed: `added` is kept, `changed` is now.
/// - Not there before, or in another collection: both are now. A move is an addition to those who may see the new
///   collection, and when something was added to a restricted one is nothing that others may learn.
///
/// The times that `document` itself holds play no part. The indexer stores the answer in the document before it adds
/// it to a [`super::Build`].
///
/// # Errors
/// As [`DocumentStamp::of`].
pub fn carry_times(
    previous: Option<&Manifest>,
    document: &Document,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), GenerationError> {
    let Some(before) = previous.and_then(|manifest| manifest.stamp(&document.collection, &document.id)) else {
        return Ok((now, now));
    };
    let unchanged = before.same_content(&DocumentStamp::of(document)?);
    Ok((before.added, if unchanged { before.changed } else { now }))
}

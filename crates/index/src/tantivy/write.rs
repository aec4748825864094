//! Writes one collection.

use std::path::Path;

use super::super::record::DocumentRecord;
use crate::generation::{CollectionStatistics, EngineError};

/// Writes the documents, passages and vocabulary of one collection into a folder of its own.
pub(crate) struct CollectionWriter {}

impl CollectionWriter {
    /// Starts a collection in an existing empty folder. `facets` are the names of all facets.
    pub(crate) fn create(_folder: &Path, _facets: &[String]) -> Result<CollectionWriter, EngineError> {
        todo!()
    }

    /// Adds a document with its passages. Documents come in rising order of their ids.
    pub(crate) fn add(&mut self, _record: &DocumentRecord) -> Result<(), EngineError> {
        todo!()
    }

    /// Merges to one segment, writes the vocabulary, closes every file. Removes lock files.
    pub(crate) fn finish(self) -> Result<CollectionStatistics, EngineError> {
        todo!()
    }
}

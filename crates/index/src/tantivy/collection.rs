//! Reads one collection.

use std::path::Path;

use crate::generation::{CollectionStatistics, EngineError};

/// One collection open for reading, without write access to its folder.
pub(crate) struct CollectionIndex {}

impl CollectionIndex {
    /// Opens a collection whose files have been verified.
    pub(crate) fn open(_folder: &Path, _statistics: &CollectionStatistics) -> Result<CollectionIndex, EngineError> {
        todo!()
    }
}

//! [`Engine`]: how a generation's collections are written, opened and walked through.
//!
//! The only place where generations meet an engine; their tests write plain files instead.

use std::collections::BTreeMap;
use std::path::Path;

use super::walk::{Published, Walk};
use super::{CollectionStatistics, EngineError};
use crate::record::DocumentRecord;
use crate::tantivy::{self, CollectionIndex, CollectionWriter};

/// Writes one collection into a folder of its own.
pub(super) trait WriteCollection: Send {
    /// Adds a document; ids rise.
    fn add(&mut self, record: &DocumentRecord) -> Result<(), EngineError>;
    /// Closes every file.
    fn finish(self: Box<Self>) -> Result<CollectionStatistics, EngineError>;
}

/// The collections of a generation, open, by name.
pub(super) type Collections = BTreeMap<String, CollectionIndex>;

/// Starts to write a collection.
type StartWriting = fn(&Path, &[String]) -> Result<Box<dyn WriteCollection>, EngineError>;

/// Opens a collection and puts it under its name.
type Open = fn(&mut Collections, &str, &Path, &CollectionStatistics) -> Result<(), EngineError>;

/// Compares everything in a collection with everything else in it, and with what was published. May panic where its
/// files make no sense.
type WalkThrough = fn(&Published<'_>, &mut Walk<'_>);

/// How collections are written, opened and walked through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine {
    /// Starts a collection in an existing empty folder, given the names of all facets.
    pub(super) write: StartWriting,
    /// Opens a collection whose files have been verified.
    pub(super) open: Open,
    /// Walks through a collection whose files have been verified.
    pub(super) walk: WalkThrough,
}

/// The engine in use.
pub(super) const TANTIVY: Engine = Engine {
    write: |folder, facets| Ok(Box::new(CollectionWriter::create(folder, facets)?)),
    open: |collections, name, folder, statistics| {
        collections.insert(name.to_owned(), CollectionIndex::open(folder, statistics)?);
        Ok(())
    },
    walk: tantivy::walk,
};

impl WriteCollection for CollectionWriter {
    fn add(&mut self, record: &DocumentRecord) -> Result<(), EngineError> {
        CollectionWriter::add(self, record)
    }

    fn finish(self: Box<Self>) -> Result<CollectionStatistics, EngineError> {
        CollectionWriter::finish(*self)
    }
}

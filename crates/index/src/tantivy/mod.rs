//! The tantivy engine: one collection's documents, passages and vocabulary in a folder.
//!
//! The only module that knows tantivy.

mod collection;
mod write;

pub(crate) use collection::CollectionIndex;
pub(crate) use write::CollectionWriter;

//! Generations: immutable states of the index on disk, built aside, verified, published by one atomic rename.
//!
//! ```text
//! data/index/.lock               held by the one writer
//! data/index/CURRENT             number of the published generation and the hash of its manifest
//! data/index/generations/000007/
//!     manifest.json              what it holds, with the hash of every other file
//!     manifest.seal              what CURRENT says of it, so that it can be verified when it is replaced
//!     {public,COLLECTION…}/{documents/, passages/, vocabulary, completion}
//! data/index/cache/              extraction results by source hash (the indexer's)
//! ```
//!
//! A run of the indexer: [`Store::lock`], [`Store::current_manifest`], [`carry_times`] and [`DocumentStamp::of`] for each
//! document; where [`Identity::of`] these equals that of the manifest, [`cleanup()`] and done; else [`Build::begin`],
//! [`Build::add`], [`Build::publish`]. A server holds a [`Reader`].
//!
//! The chain of hashes: `CURRENT` holds that of the manifest, the manifest holds that of every other file. All of it
//! is compared before an engine opens a file, because engines may panic, or answer wrongly, on damaged ones.

mod build;
mod check;
mod cleanup;
mod digest;
mod engine;
mod error;
mod files;
mod identity;
mod manifest;
mod pointer;
mod publish;
mod reader;
mod stamp;
mod steps;
mod store;
#[cfg(test)]
mod tests;
mod verify;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use build::{Build, BuildSettings};
pub use check::{CheckProgress, CheckReport, CheckedCollection, CheckedFile, WALK_THREAD, check};
pub use cleanup::{RETENTION, cleanup};
pub use error::{Damage, GenerationError, remedy};
pub use files::FileStamp;
pub use identity::{BuiltWith, Identity};
pub use manifest::{CollectionManifest, FORMAT, Manifest, Predecessor, Withdrawal};
pub use reader::{OpenGeneration, Reader};
pub use stamp::{DocumentStamp, DocumentStamps, carry_times};
pub use steps::{Step, Steps};
pub use store::{Store, WriteLock};
pub use walk::Findings;
pub(crate) use walk::{Published, Walk};

/// What scoring needs to know of a collection, beside the postings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionStatistics {
    /// Documents in the index.
    pub documents: u64,
    /// Passages in the index.
    pub passages: u64,
    /// By field of the documents ([`crate::plan::Field::name`]).
    pub document_fields: BTreeMap<String, FieldStatistics>,
    /// By field of the passages.
    pub passage_fields: BTreeMap<String, FieldStatistics>,
}

/// Size of a field over a whole collection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStatistics {
    /// Tokens, without fillers.
    pub tokens: u64,
    /// Documents (or passages) that have at least one token.
    pub holders: u64,
}

/// The engine failed to write or open files.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct EngineError(pub String);

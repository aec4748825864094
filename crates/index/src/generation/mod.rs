//! Generations: immutable states of the index on disk, built aside, verified, published by one atomic rename.
//!
//! ```text
//! data/index/CURRENT                       number of the published generation and the hash of its manifest
//! data/index/generations/000007/manifest.json
//! data/index/generations/000007/{public,COLLECTION…}/{documents/, passages/, vocabulary}
//! data/index/cache/                        extraction results by source hash (the indexer's)
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

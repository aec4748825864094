//! Files to blocks to passages to labels to a published generation: a batch library.
//!
//! ```text
//! file --extract--> Vec<Block> --passages--> Vec<Passage> --annotate--> Document + labels --record--> DocumentRecord
//! ```

pub mod extract;
pub mod language;
pub mod passages;

use std::path::PathBuf;
use std::time::Duration;

/// What to index, and where to.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Folders to read; every file below them is looked at.
    pub folders: Vec<PathBuf>,
    /// Where the index lives: `data/index`.
    pub index: PathBuf,
    /// Build a generation even where nothing changed, and extract every file again.
    pub rebuild: bool,
    /// Use curated metadata beside the files.
    pub manifests: bool,
}

/// Progress of a run, for a person who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// So many files were found.
    Found(u64),
    /// One more file is done.
    File {
        /// Path relative to its folder.
        file: String,
    },
    /// The index is being written.
    Building,
    /// The new generation is being verified and published.
    Publishing,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of the generation that answers now.
    pub generation: u64,
    /// Whether this run published it; `false` when nothing had changed.
    pub published: bool,
    /// Documents in the index.
    pub documents: u64,
    /// Passages in the index.
    pub passages: u64,
    /// Files that were extracted, not taken from the cache.
    pub extracted: u64,
    /// Files that cannot be searched, with the reason.
    pub failures: Vec<FileFailure>,
    /// Time it took.
    pub took: Duration,
}

/// A file that cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFailure {
    /// Path relative to its folder.
    pub file: String,
    /// Why, in words for the person who runs the indexer.
    pub why: String,
}

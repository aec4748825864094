//! Files to blocks to passages to labels to a published generation: a batch library.
//!
//! ```text
//! file --extract--> Vec<Block> --passages--> Vec<Passage> --annotate--> Document + labels --record--> DocumentRecord
//! ```

pub mod annotate;
mod building;
pub mod cache;
mod candidates;
mod comparison;
mod contents;
mod documents;
pub mod extract;
mod grouping;
mod hash;
mod ids;
pub mod language;
pub mod metadata;
pub mod passages;
pub mod record;
mod run;
pub mod single;
pub mod walk;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use rcp_index::generation::{GenerationError, Steps, remedy};

pub use run::index;

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
    /// Is told of each step before it is taken; by default nobody is.
    pub steps: Steps,
}

/// Progress of a run, for a person who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// So many files were found.
    Found(u64),
    /// One more file is done: compared with the published index or, after [`Progress::Building`], indexed.
    File {
        /// Path relative to its folder.
        file: String,
    },
    /// Something is to be published: all files are indexed now, from the first one on.
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

/// A run that published nothing.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A folder cannot be listed.
    #[error("{}: {source}; name a folder of documents that can be read", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No document below the folders.
    #[error("there is no document in {}; put text or Markdown files there", list(folders))]
    NoFiles {
        /// The folders.
        folders: Vec<PathBuf>,
    },
    /// Not one of the files can be searched.
    #[error("none of the files can be searched{}", first(failures))]
    NothingSearchable {
        /// Every file with its reason.
        failures: Vec<FileFailure>,
    },
    /// The cache cannot be written.
    #[error("the cache cannot be written: {}: {source}; {}", folder.display(), remedy(source))]
    Cache {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The generation cannot be written or read.
    #[error(transparent)]
    Generation(#[from] GenerationError),
}

fn list(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn first(failures: &[FileFailure]) -> String {
    failures.first().map(|failure| format!("; the first: {}: {}", failure.file, failure.why)).unwrap_or_default()
}

//! Files to blocks to passages to labels to a published generation: a batch library.
//!
//! ```text
//! file --extract--> Vec<Block> --passages--> Vec<Passage> --annotate--> Document + labels --record--> DocumentRecord
//! ```
//!
//! The first two steps see what strangers wrote. They run in processes of their own ([`Worker`]).

pub mod annotate;
mod building;
pub mod cache;
mod candidates;
mod comparison;
mod contents;
mod dates;
mod documents;
pub mod extract;
mod grouping;
mod hash;
mod ids;
pub mod language;
pub mod metadata;
mod ordinals;
mod parallel;
pub mod passages;
pub mod record;
mod records;
mod report;
mod run;
pub mod single;
mod survey;
pub mod walk;
pub mod worker;

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use rcp_index::generation::{GenerationError, Steps, remedy};

pub use report::{FileFailure, FileReport, Groups, Known, Report};
pub use run::index;
use worker::Worker;

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
    /// Where files are read.
    pub worker: Worker,
    /// How many files are worked on at the same time.
    pub jobs: NonZeroUsize,
    /// Is told of each step before it is taken; by default nobody is.
    pub steps: Steps,
}

impl IndexOptions {
    /// These folders into this index, with all cores; what did not change is not read again, and what is read is read
    /// in this process.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>, index: PathBuf) -> IndexOptions {
        IndexOptions {
            folders,
            index,
            rebuild: false,
            manifests: true,
            worker: Worker::InProcess,
            jobs: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            steps: Steps::default(),
        }
    }
}

/// Progress of a run, for a person who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// So many files were found.
    Found {
        /// Their number.
        files: u64,
        /// Their length together.
        bytes: u64,
    },
    /// One more file is read, or found unchanged.
    Read {
        /// Path relative to its folder.
        file: String,
        /// Its length; 0 where it was not to be read, or could not be.
        bytes: u64,
    },
    /// One more file is compared with the published index or, after [`Progress::Building`], indexed.
    File {
        /// Path relative to its folder.
        file: String,
    },
    /// Something is to be published: all files are indexed now, from the first one on.
    Building,
    /// The new generation is being verified and published.
    Publishing,
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
    #[error("there is no document in {}; put PDF, Word, HTML or text files there", list(folders))]
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
    /// No process can be started that reads files.
    #[error("files cannot be read apart from this program: {source}")]
    Worker {
        /// What the system or the worker said.
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

//! Reading a file apart from the rest of the program: what is hostile in it can end a worker, never a run.
//!
//! A [`Worker`] is a process of its own, started by the indexer and given one file after the other over its standard
//! streams (`protocol.rs`). It limits itself before it looks at the first byte (`limits.rs`): memory, time, no file or
//! socket can be opened, nothing written. The indexer watches the clock (`process.rs`). What comes back is passages as
//! JSON, or why there are none (`extraction.rs`).

mod extraction;
mod extractor;
mod limits;
mod process;
mod protocol;
mod serve;

use std::path::PathBuf;

pub(crate) use extraction::{Extraction, Summary, Unreadable};
pub(crate) use extractor::{Extractor, Trouble};
pub use serve::{ServeError, serve};

/// Where files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Worker {
    /// In this very process, without limits of time and memory: for files that are trusted, as in tests.
    #[default]
    InProcess,
    /// In processes that run this command, which must come to [`serve()`].
    Process {
        /// The program.
        program: PathBuf,
        /// Its arguments.
        args: Vec<String>,
    },
}

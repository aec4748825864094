//! [`KeysError`]: what can be wrong with keys and their file.

use std::io;
use std::path::PathBuf;

/// Keys that cannot be read, written, or found.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("{}: {source}; the user that runs the server must be able to read the file of keys", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not what `rcp-search key` writes.
    #[error("{}{}: {why}; correct it there, or take the file from a backup", path.display(), at(*line))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where, counted from 1.
        line: Option<usize>,
        /// What is wrong. It quotes nothing of the file.
        why: String,
    },
    /// The file cannot be written.
    #[error("{}: {source}; choose another file with --keys", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No key has this id.
    #[error("there is no key {id:?} in {}; `rcp-search key list` shows them", path.display())]
    UnknownKey {
        /// The id.
        id: String,
        /// The file.
        path: PathBuf,
    },
    /// A key must have a name by which people know whose it is.
    #[error("the name of a key is a line of 1 to 200 characters: say whose it is")]
    Name,
    /// A key grants what cannot be a restricted collection.
    #[error(
        "{name:?} is no restricted collection: these are named by lower-case letters, digits and single hyphens, and \
         \"public\" needs no key"
    )]
    Collection {
        /// What was given.
        name: String,
    },
    /// The system has no random numbers to make a key of.
    #[error("the system gives no random numbers: {0}")]
    NoRandomNumbers(getrandom::Error),
}

fn at(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line}")).unwrap_or_default()
}

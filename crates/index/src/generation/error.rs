//! What can go wrong with generations: [`GenerationError`], and the kinds of [`Damage`].

use std::io;
use std::path::{Path, PathBuf};

use super::manifest::FORMAT;

/// A generation that cannot be written, published or opened. Every message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum GenerationError {
    /// Nothing was ever published in this folder.
    #[error("there is no index in {}; run `rcp-search index`", folder.display())]
    NoIndex {
        /// The index folder.
        folder: PathBuf,
    },
    /// A generation was asked for by number and is not there.
    #[error("there is no published generation {number} in {}; {}", folder.display(), choice(kept))]
    NoGeneration {
        /// The index folder.
        folder: PathBuf,
        /// The number asked for.
        number: u64,
        /// Numbers of the generations on disk, rising.
        kept: Vec<u64>,
    },
    /// A file is not what was published. Nothing older is served in its place unless someone asks for it.
    #[error("{} is damaged: {damage}; run `rcp-search index --rebuild`{}", file.display(), alternative(*older))]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        damage: Damage,
        /// The newest generation on disk before the damaged one.
        older: Option<u64>,
    },
    /// A generation in a format that this program does not read: written by a newer or an older version.
    #[error(
        "{} has format {found} and this program reads format {FORMAT}; use the version of rcp-search that wrote it, or run `rcp-search index --rebuild`",
        manifest.display()
    )]
    Format {
        /// The manifest.
        manifest: PathBuf,
        /// Its format.
        found: u32,
    },
    /// Another process is writing to this index.
    #[error("another `rcp-search index` is running on {}; wait until it has ended", folder.display())]
    Locked {
        /// The index folder.
        folder: PathBuf,
    },
    /// A document that the index cannot take. The caller broke a rule: the run must stop.
    #[error("document {document:?} cannot be indexed: {why}")]
    Refused {
        /// Its id.
        document: String,
        /// The rule.
        why: String,
    },
    /// The engine could not write a collection.
    #[error(
        "collection {collection:?} cannot be written: {why}; nothing was published: see that the disk has room and works, then run `rcp-search index` again"
    )]
    Write {
        /// The collection.
        collection: String,
        /// What the engine said.
        why: String,
    },
    /// The engine could not open a collection although its files are those that were published.
    #[error("collection {collection:?} cannot be opened: {why}; run `rcp-search index --rebuild`")]
    Open {
        /// The collection.
        collection: String,
        /// What the engine said.
        why: String,
    },
    /// The system could not read or write.
    #[error("{}: {source}; {}", path.display(), remedy(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl GenerationError {
    /// For `map_err`: adds the path to what the system said.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> GenerationError + '_ {
        move |source| GenerationError::Io { path: path.to_owned(), source }
    }
}

/// What is wrong with a file of a generation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It was published and is gone.
    #[error("it is missing")]
    Missing,
    /// It was not published.
    #[error("it does not belong to the generation")]
    Unlisted,
    /// A link, a folder or something else stands in its place.
    #[error("it is not a regular file")]
    NotAFile,
    /// It is shorter or longer than published.
    #[error("it has {found} bytes instead of {expected}")]
    Length {
        /// Bytes when it was published.
        expected: u64,
        /// Bytes now.
        found: u64,
    },
    /// Its bytes differ from those published.
    #[error("its content has changed")]
    Content,
    /// A manifest whose hash is not the one that CURRENT (or the generation's own seal) names.
    #[error("its hash is not the one in {witness}")]
    Hash {
        /// Name of the file that holds the hash.
        witness: String,
    },
    /// It does not have the form it must have.
    #[error("{0}")]
    Malformed(String),
}

/// What to do about an error of the system, for the end of a message.
#[must_use]
pub fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room on the disk, or choose another folder with --index, then try again"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "it can be read but not written to: make it writable, or choose another folder with --index"
        }
        io::ErrorKind::PermissionDenied => "let the user who runs rcp-search read it, and write to it for `index`",
        io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where a folder must be, or a folder where a file must be: move it away, or choose another folder with --index"
        }
        _ => "see to the disk, then try again",
    }
}

fn alternative(older: Option<u64>) -> String {
    match older {
        Some(number) => format!(", or serve an older state with `rcp-search serve --generation {number}`"),
        None => String::new(),
    }
}

fn choice(kept: &[u64]) -> String {
    match kept {
        [] => "none is kept; run `rcp-search index`".to_owned(),
        kept => format!("those kept are: {}", kept.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

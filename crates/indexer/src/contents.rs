//! [`Contents`]: what a run has found in the files so far, apart from the documents themselves.

use std::collections::BTreeMap;

use rcp_corpus::model::State;
use rcp_index::backend::Unsearchable;

use crate::annotate::Annotated;
use crate::{FileFailure, IndexError};

/// What was found in the files.
#[derive(Debug)]
pub(crate) struct Contents {
    /// Documents that can be searched.
    pub(crate) documents: u64,
    /// Their passages.
    pub(crate) passages: u64,
    /// What cannot be used.
    pub(crate) failures: Vec<FileFailure>,
    /// Files that cannot be searched, as the coverage shows them, by collection.
    pub(crate) unsearchable: BTreeMap<String, Vec<Unsearchable>>,
}

/// Why a file is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// In words for the person who runs the indexer.
    pub(crate) why: String,
    /// The collection whose coverage shows it; `None` where that may tell too much to the wrong people.
    pub(crate) collection: Option<String>,
}

impl Contents {
    /// Nothing but what was found wanting before the first file was read.
    pub(crate) fn new(faults: &[FileFailure]) -> Contents {
        Contents { documents: 0, passages: 0, failures: faults.to_vec(), unsearchable: BTreeMap::new() }
    }

    pub(crate) fn count(&mut self, annotated: &Annotated) {
        self.documents += 1;
        self.passages += annotated.passages.len() as u64;
    }

    pub(crate) fn fail(&mut self, file: &str, failure: Failure) {
        let Failure { why, collection } = failure;
        if let Some(collection) = collection {
            let state = State::Failed { why: why.clone() };
            self.unsearchable.entry(collection).or_default().push(Unsearchable { file: file.to_owned(), state });
        }
        self.failures.push(FileFailure { file: file.to_owned(), why });
    }

    /// When every file was read: failures in the order of the files.
    ///
    /// # Errors
    /// [`IndexError::NothingSearchable`].
    pub(crate) fn complete(mut self) -> Result<Contents, IndexError> {
        self.failures.sort_by(|a, b| (&a.file, &a.why).cmp(&(&b.file, &b.why)));
        match self.documents {
            0 => Err(IndexError::NothingSearchable { failures: self.failures }),
            _ => Ok(self),
        }
    }
}

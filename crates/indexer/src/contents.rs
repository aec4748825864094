//! [`Contents`]: what a run has found in the files so far, apart from the documents themselves.

use std::collections::BTreeMap;

use rcp_corpus::model::{Document, State};
use rcp_index::backend::Unsearchable;

use crate::IndexError;
use crate::documents::SurveyedCandidate;
use crate::report::{FileFailure, FileReport, Known};
use crate::worker::Unreadable;

/// What was found in the files.
#[derive(Debug)]
pub(crate) struct Contents {
    /// Documents that can be searched.
    pub(crate) documents: u64,
    /// Their passages.
    pub(crate) passages: u64,
    /// Every file.
    pub(crate) files: Vec<FileReport>,
    /// What cannot be used.
    pub(crate) failures: Vec<FileFailure>,
    /// Files that cannot be searched, as the coverage shows them, by collection.
    pub(crate) unsearchable: BTreeMap<String, Vec<Unsearchable>>,
}

/// Why a file is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What the file itself is to blame for, or its metadata.
    pub(crate) why: Unreadable,
    /// The collection whose coverage shows it; `None` where that may tell too much to the wrong people.
    pub(crate) collection: Option<String>,
}

impl Contents {
    /// Nothing but what was found wanting before the first file was read.
    pub(crate) fn new(faults: &[FileFailure]) -> Contents {
        let files = faults.iter().map(FileReport::of_fault).collect();
        Contents { documents: 0, passages: 0, files, failures: faults.to_vec(), unsearchable: BTreeMap::new() }
    }

    /// Takes note of a document.
    pub(crate) fn count(&mut self, file: SurveyedCandidate<'_>, document: &Document, passages: usize) {
        let passages = passages as u64;
        self.documents += 1;
        self.passages += passages;
        let known = Known {
            title: document.title.is_some(),
            year: document.year.is_some(),
            rcps: document.concepts("rcp").next().is_some(),
        };
        self.files.push(FileReport { passages, known: Some(known), ..file_report(file, State::Searchable) });
    }

    /// Takes note of a file that is no document.
    pub(crate) fn fail(&mut self, file: SurveyedCandidate<'_>, failure: Failure) {
        let Failure { why, collection } = failure;
        let (name, state) = (file.0.name(), why.state());
        if let Some(collection) = collection {
            let unsearchable = Unsearchable { file: name.clone(), state: state.clone() };
            self.unsearchable.entry(collection).or_default().push(unsearchable);
        }
        self.files.push(file_report(file, state));
        self.failures.push(FileFailure { file: name, why: why.to_string() });
    }

    /// When every file was read: all in the order of the files.
    ///
    /// # Errors
    /// [`IndexError::NothingSearchable`].
    pub(crate) fn complete(mut self) -> Result<Contents, IndexError> {
        self.failures.sort_by(|a, b| (&a.file, &a.why).cmp(&(&b.file, &b.why)));
        self.files.sort_by(|a, b| (&a.file, &a.id).cmp(&(&b.file, &b.id)));
        match self.documents {
            0 => Err(IndexError::NothingSearchable { failures: self.failures }),
            _ => Ok(self),
        }
    }
}

/// What the survey tells of a file.
fn file_report((candidate, surveyed): SurveyedCandidate<'_>, state: State) -> FileReport {
    let summary = surveyed.and_then(|surveyed| surveyed.kept.outcome.as_ref().ok());
    FileReport {
        file: candidate.name(),
        id: candidate.id.clone(),
        state,
        media_type: summary.map(|summary| summary.media_type.clone()),
        pages: summary.and_then(|summary| summary.pages),
        passages: 0,
        milliseconds: surveyed.map_or(0, |surveyed| surveyed.kept.milliseconds),
        extracted: surveyed.is_some_and(|surveyed| surveyed.extracted),
        known: None,
    }
}

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
pub(crate) struct Contents<'a> {
    /// Documents that can be searched.
    pub(crate) documents: u64,
    /// Their passages.
    pub(crate) passages: u64,
    /// What cannot be used.
    pub(crate) failures: Vec<FileFailure>,
    /// Files that cannot be searched, as the coverage shows them, by collection.
    pub(crate) unsearchable: BTreeMap<String, Vec<Unsearchable>>,
    /// What was found wanting before the first file was read.
    faults: &'a [FileFailure],
    files: Vec<Found<'a>>,
}

/// What was found in a file; the rest of its report the survey knows.
#[derive(Debug)]
struct Found<'a> {
    file: SurveyedCandidate<'a>,
    state: State,
    passages: u32,
    known: Option<Known>,
}

/// Why a file is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What the file itself is to blame for, or its metadata.
    pub(crate) why: Unreadable,
    /// The collection whose coverage shows it; `None` where that may tell too much to the wrong people.
    pub(crate) collection: Option<String>,
}

impl<'a> Contents<'a> {
    /// Nothing but what was found wanting before the first file was read.
    pub(crate) fn new(faults: &'a [FileFailure]) -> Contents<'a> {
        let unsearchable = BTreeMap::new();
        Contents { documents: 0, passages: 0, failures: faults.to_vec(), unsearchable, faults, files: Vec::new() }
    }

    /// Takes note of a document.
    pub(crate) fn count(&mut self, file: SurveyedCandidate<'a>, document: &Document, passages: usize) {
        self.documents += 1;
        self.passages += passages as u64;
        let known = Known {
            title: document.title.is_some(),
            year: document.year.is_some(),
            rcps: document.concepts("rcp").next().is_some(),
        };
        let passages = u32::try_from(passages).unwrap_or(u32::MAX);
        self.files.push(Found { file, state: State::Searchable, passages, known: Some(known) });
    }

    /// Takes note of a file that is no document.
    pub(crate) fn fail(&mut self, file: SurveyedCandidate<'a>, failure: Failure) {
        let Failure { why, collection } = failure;
        let (name, state) = (file.0.name(), why.state());
        if let Some(collection) = collection {
            let unsearchable = Unsearchable { file: name.clone(), state: state.clone() };
            self.unsearchable.entry(collection).or_default().push(unsearchable);
        }
        self.files.push(Found { file, state, passages: 0, known: None });
        self.failures.push(FileFailure { file: name, why: why.to_string() });
    }

    /// When every file was read: the failures in the order of the files.
    ///
    /// # Errors
    /// [`IndexError::NothingSearchable`].
    pub(crate) fn complete(mut self) -> Result<Contents<'a>, IndexError> {
        self.failures.sort_by(|a, b| (&a.file, &a.why).cmp(&(&b.file, &b.why)));
        match self.documents {
            0 => Err(IndexError::NothingSearchable { failures: self.failures }),
            _ => Ok(self),
        }
    }

    /// Every file, in the order of the names.
    pub(crate) fn file_reports(&self) -> Vec<FileReport> {
        let faults = self.faults.iter().map(FileReport::of_fault);
        let mut files: Vec<FileReport> = faults.chain(self.files.iter().map(Found::report)).collect();
        files.sort_by(|a, b| (&a.file, &a.id).cmp(&(&b.file, &b.id)));
        files
    }
}

impl Found<'_> {
    fn report(&self) -> FileReport {
        let (candidate, surveyed) = self.file;
        let summary = surveyed.and_then(|surveyed| surveyed.kept.outcome.as_ref().ok());
        FileReport {
            file: candidate.name(),
            id: candidate.id.clone(),
            state: self.state.clone(),
            media_type: summary.map(|summary| summary.media_type.to_string()),
            pages: summary.and_then(|summary| summary.pages),
            passages: u64::from(self.passages),
            milliseconds: surveyed.map_or(0, |surveyed| surveyed.kept.milliseconds),
            extracted: surveyed.is_some_and(|surveyed| surveyed.extracted),
            known: self.known,
        }
    }
}

//! [`Report`]: what a run did, and what became of each file.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rcp_corpus::model::{DocumentId, State};

use crate::grouping::Kinship;

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
    /// Files that are left aside unseen: hidden ones, and what programs leave behind.
    pub skipped: u64,
    /// Documents that belong together.
    pub groups: Groups,
    /// Every file, in the order of the names.
    pub files: Vec<FileReport>,
    /// Files that cannot be searched, with the reason.
    pub failures: Vec<FileFailure>,
    /// Time it took.
    pub took: Duration,
}

/// How many groups of documents belong together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Groups {
    /// Groups with nearly the same text.
    pub same_text: u64,
    /// Works in several languages.
    pub works: u64,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Path relative to its folder.
    pub file: String,
    /// Id of its document; `None` where the file has none.
    pub id: Option<DocumentId>,
    /// Whether it can be searched.
    pub state: State,
    /// Media type found by content, where it could be read.
    pub media_type: Option<String>,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
    /// Passages in the index.
    pub passages: u64,
    /// Time that reading it took, when it was read: in this run, or in the one that left it in the cache.
    pub milliseconds: u64,
    /// Whether it was read in this run.
    pub extracted: bool,
    /// What is known of its document, if it has one.
    pub known: Option<Known>,
}

/// Which of the facts that people look for first are known of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its title.
    pub title: bool,
    /// Its year.
    pub year: bool,
    /// The processes it belongs to.
    pub rcps: bool,
}

/// A file that cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFailure {
    /// Path relative to its folder.
    pub file: String,
    /// Why, in words for the person who runs the indexer.
    pub why: String,
}

impl Groups {
    pub(crate) fn of(kinships: &BTreeMap<DocumentId, Kinship>) -> Groups {
        let texts = kinships.values().filter_map(|kinship| Some(&kinship.same_text.as_ref()?.value));
        let works = kinships.values().filter_map(|kinship| Some(&kinship.work.as_ref()?.value));
        Groups {
            same_text: texts.collect::<BTreeSet<_>>().len() as u64,
            works: works.collect::<BTreeSet<_>>().len() as u64,
        }
    }
}

impl FileReport {
    /// A folder or metadata file that cannot be used.
    pub(crate) fn of_fault(fault: &FileFailure) -> FileReport {
        FileReport {
            file: fault.file.clone(),
            id: None,
            state: State::Failed { why: fault.why.clone() },
            media_type: None,
            pages: None,
            passages: 0,
            milliseconds: 0,
            extracted: false,
            known: None,
        }
    }
}

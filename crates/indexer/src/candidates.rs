//! [`Candidate`]: a file that may become a document, with the id it will have.

use std::fs::File;
use std::io;

use rcp_corpus::model::DocumentId;

use crate::ids::DocumentIds;
use crate::metadata::CuratedMetadata;
use crate::walk::CorpusFile;

/// A file that may become a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The file.
    pub(crate) file: CorpusFile,
    /// The id of its document; `None` where its curated id is that of another file.
    pub(crate) id: Option<DocumentId>,
}

impl Candidate {
    /// How reports call it.
    pub(crate) fn name(&self) -> String {
        self.file.name.clone()
    }

    /// Opens its bytes.
    pub(crate) fn open(&self) -> io::Result<File> {
        File::open(&self.file.path)
    }
}

/// The files as candidates in the order of their ids, which is the order in which a generation takes documents.
///
/// An id is the curated one, which no other may have (the file whose name comes first keeps it), else one made of the
/// path.
pub(crate) fn candidates(files: Vec<CorpusFile>, curated: &CuratedMetadata) -> Vec<Candidate> {
    let mut ids = DocumentIds::default();
    let claimed: Vec<Option<Option<DocumentId>>> = files
        .iter()
        .map(|file| {
            let id = curated.of(&file.name).ok()?.id?;
            Some(ids.claim(&id).then_some(id))
        })
        .collect();
    let made = |(file, claimed): (CorpusFile, Option<Option<DocumentId>>)| match claimed {
        Some(id) => Candidate { file, id },
        None => Candidate { id: ids.of_path(&file.name), file },
    };
    let mut candidates: Vec<Candidate> = files.into_iter().zip(claimed).map(made).collect();
    candidates.sort_by(|a, b| a.id.cmp(&b.id));
    candidates
}

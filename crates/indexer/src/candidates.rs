//! [`Candidate`]: what may become a document, with the id that it will have.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use rcp_corpus::model::DocumentId;
use rcp_corpus::taxonomy::Taxonomy;

use crate::ids::DocumentIds;
use crate::metadata::{CuratedMetadata, Metadata, MetadataError};
use crate::records::{Record, records};
use crate::walk::CorpusFile;

/// A file, or a record of JSON Lines, that may become a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The file.
    pub(crate) file: Arc<CorpusFile>,
    /// The part of the file that it is; `None` for all of it.
    pub(crate) record: Option<Record>,
    /// The id of its document; `None` where the one it asks for is that of another.
    pub(crate) id: Option<DocumentId>,
}

impl Candidate {
    /// How reports call it: `corpus.jsonl:17` for a record, else the name of the file.
    pub(crate) fn name(&self) -> String {
        match &self.record {
            Some(record) => format!("{}:{}", self.file.name, record.line),
            None => self.file.name.clone(),
        }
    }

    /// Opens its bytes.
    pub(crate) fn open(&self) -> io::Result<io::Take<File>> {
        match &self.record {
            Some(record) => record.open(&self.file.path),
            None => Ok(File::open(&self.file.path)?.take(u64::MAX)),
        }
    }

    /// What people wrote about it: a record itself goes before what stands beside its file.
    ///
    /// # Errors
    /// When the metadata cannot be used.
    pub(crate) fn metadata(&self, curated: &CuratedMetadata, taxonomy: &Taxonomy) -> Result<Metadata, MetadataError> {
        let of_file = curated.of(&self.file.name)?;
        match &self.record {
            None => Ok(of_file),
            Some(record) => {
                let mut json = Vec::new();
                let read = self.open().and_then(|mut bytes| bytes.read_to_end(&mut json));
                let name = &self.file.name;
                match read {
                    Ok(_) => Ok(curated.of_record(name, record.line, &json, taxonomy)?.over(of_file)),
                    Err(error) => Err(MetadataError::unreadable(name, record.line, &error)),
                }
            }
        }
    }

    /// The id that it asks for.
    pub(crate) fn wanted_id(&self, metadata: &Metadata) -> String {
        let curated = metadata.id.as_ref().map(ToString::to_string);
        self.record.as_ref().and_then(|record| record.id.clone()).or(curated).unwrap_or_default()
    }
}

/// The files, and the records of those that are JSON Lines, as candidates in the order of their ids, which is the order
/// in which a collection takes documents.
///
/// An id is the curated one, which no other may have (the file whose name comes first keeps it), else one made of the
/// id of the record or of the path.
pub(crate) fn candidates(files: Vec<CorpusFile>, curated: &CuratedMetadata) -> Vec<Candidate> {
    let mut ids = DocumentIds::default();
    let mut candidates: Vec<Candidate> = files.into_iter().flat_map(parts).collect();
    // Ids that someone gave come first; the others make way for them.
    let mut without_id = Vec::new();
    for (index, candidate) in candidates.iter_mut().enumerate() {
        let given = match &candidate.record {
            Some(record) => record.id.as_ref().and_then(|id| DocumentId::new(id).ok()),
            None => curated.of(&candidate.file.name).ok().and_then(|metadata| metadata.id),
        };
        match given {
            Some(id) => candidate.id = ids.claim(&id).then_some(id),
            None => without_id.push(index),
        }
    }
    for index in without_id {
        let Some(candidate) = candidates.get_mut(index) else { continue };
        candidate.id = match &candidate.record {
            Some(Record { id: Some(id), .. }) => ids.of_record(id),
            Some(Record { line, .. }) => ids.of_line(&candidate.file.name, *line),
            None => ids.of_path(&candidate.file.name),
        };
    }
    candidates.sort_by(|a, b| a.id.cmp(&b.id));
    candidates
}

/// The records of JSON Lines, or the whole file; one that cannot be opened tells that when it is read.
fn parts(file: CorpusFile) -> Vec<Candidate> {
    let records = records(&file.path).unwrap_or_default();
    let file = Arc::new(file);
    let whole = records.is_empty().then_some(None);
    let parts = whole.into_iter().chain(records.into_iter().map(Some));
    parts.map(|record| Candidate { file: Arc::clone(&file), record, id: None }).collect()
}

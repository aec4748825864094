//! [`DocumentReader`]: from a file to a labelled document.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rcp_corpus::model::{DocumentId, Source};
use rcp_corpus::settings::{EXTRACTOR, ExtractionSettings, Settings};
use rcp_index::scope::PUBLIC;

use crate::annotate::{Annotated, Annotator};
use crate::cache::{Cache, FileHashes, Outcome};
use crate::candidates::Candidate;
use crate::contents::Failure;
use crate::extract::{ExtractError, extract};
use crate::hash::sha256_hex;
use crate::metadata::{CuratedMetadata, Metadata};
use crate::passages::{Reading, read};
use crate::{IndexError, IndexOptions};

/// Reads and labels files, one at a time; what did not change comes from the cache.
pub(crate) struct DocumentReader<'a> {
    extraction: &'a ExtractionSettings,
    annotator: Annotator<'a>,
    curated: &'a CuratedMetadata,
    /// Whether every file is extracted, whatever the cache has.
    anew: bool,
    index: PathBuf,
    cache: Cache,
    known_hashes: FileHashes,
    hashes: FileHashes,
    extracted: u64,
}

/// What is read in a file, or why it is no document.
pub(crate) type ReadFile = Result<Annotated, Failure>;

impl<'a> DocumentReader<'a> {
    /// Opens the cache.
    ///
    /// # Errors
    /// When its folder cannot be created.
    pub(crate) fn new(
        options: &IndexOptions,
        settings: &'a Settings,
        annotator: Annotator<'a>,
        curated: &'a CuratedMetadata,
    ) -> Result<DocumentReader<'a>, IndexError> {
        let index = options.index.clone();
        let cache = Cache::open(&index, &settings.fingerprints.extraction, options.steps.clone())
            .map_err(|source| cache_error(&index, source))?;
        Ok(DocumentReader {
            extraction: &settings.index.extraction,
            annotator,
            curated,
            anew: options.rebuild,
            index,
            known_hashes: cache.file_hashes(),
            cache,
            hashes: FileHashes::default(),
            extracted: 0,
        })
    }

    /// The document in a file.
    ///
    /// # Errors
    /// When the cache cannot be written. A file that cannot be read is no error: it is a [`Failure`].
    pub(crate) fn read(&mut self, candidate: &Candidate) -> Result<ReadFile, IndexError> {
        let Candidate { file, id } = candidate;
        let metadata = match self.curated.of(&file.name) {
            Ok(metadata) => metadata,
            // Its document may belong to a collection that not everyone may see: where the metadata does not rule that
            // out, the failure is a line in the report alone.
            Err(error) => {
                let collection = (!error.names_collection).then(|| PUBLIC.to_owned());
                return Ok(Err(Failure { why: error.to_string(), collection }));
            }
        };
        let collection = metadata.collection.as_deref().unwrap_or(PUBLIC);
        let failed = |why| Ok(Err(Failure { why, collection: Some(collection.to_owned()) }));
        let Some(id) = id else {
            let id = metadata.id.as_ref().map(ToString::to_string).unwrap_or_default();
            return failed(format!("its id {id:?} is that of a document before it; give it another one"));
        };
        let (sha256, outcome) = match self.outcome(&file.path)? {
            Ok(found) => found,
            Err(why) => return failed(why),
        };
        let annotated = match outcome {
            Ok(reading) => self.annotate(id, &file.name, sha256, reading, &metadata),
            Err(why) => return failed(why),
        };
        match annotated.passages.is_empty() {
            true => failed("it has no text to index but headings and contact data".to_owned()),
            false => Ok(Ok(annotated)),
        }
    }

    /// Writes what the next run can use and deletes from the cache what it cannot; answers how many files were
    /// extracted.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub(crate) fn finish(self) -> Result<u64, IndexError> {
        self.cache.finish(&self.hashes).map_err(|source| cache_error(&self.index, source))?;
        Ok(self.extracted)
    }

    fn annotate(
        &self,
        id: &DocumentId,
        file: &str,
        sha256: String,
        reading: Reading,
        metadata: &Metadata,
    ) -> Annotated {
        let source = Source {
            file: file.to_owned(),
            url: None,
            sha256,
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
        };
        self.annotator.annotate(id.clone(), source, reading, metadata)
    }

    /// Hash of a file and what is read in it, from the cache where it is known. The inner error says why the file
    /// cannot be opened.
    fn outcome(&mut self, path: &Path) -> Result<Result<(String, Outcome), String>, IndexError> {
        let limit = self.extraction.max_file_bytes;
        let unreadable = |error: io::Error| Ok(Err(format!("it cannot be read: {error}")));
        let metadata = match path.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return unreadable(error),
        };
        let known = self.known_hashes.get(path, &metadata).map(str::to_owned).filter(|_| !self.anew);
        if let Some(sha256) = known
            && let Some(outcome) = self.cache.get(&sha256)
        {
            self.hashes.insert(path, &metadata, &sha256);
            return Ok(Ok((sha256, outcome)));
        }
        let mut bytes = Vec::new();
        // One byte more than allowed tells that a file is too large, however large it is.
        let reading = File::open(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
        if let Err(error) = reading {
            return unreadable(error);
        }
        if bytes.len() as u64 > limit {
            return Ok(Err(ExtractError::TooLarge { limit }.to_string()));
        }
        let sha256 = sha256_hex(&bytes);
        self.hashes.insert(path, &metadata, &sha256);
        let cached = self.cache.get(&sha256).filter(|_| !self.anew);
        if let Some(outcome) = cached {
            return Ok(Ok((sha256, outcome)));
        }
        let outcome =
            extract(&bytes, limit).map(|extracted| read(extracted, self.extraction)).map_err(|error| error.to_string());
        self.extracted += 1;
        self.cache.put(&sha256, &outcome).map_err(|source| cache_error(&self.index, source))?;
        Ok(Ok((sha256, outcome)))
    }
}

fn cache_error(index: &Path, source: io::Error) -> IndexError {
    IndexError::Cache { folder: index.join("cache"), source }
}

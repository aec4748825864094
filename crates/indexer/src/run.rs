//! One run of the indexer.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::{DocumentId, Source, State};
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;
use rcp_index::backend::Unsearchable;
use rcp_index::generation::{
    Build, BuildSettings, GenerationError, Identity, Manifest, Steps, Store, WriteLock, carry_times, cleanup,
};
use rcp_index::scope::PUBLIC;

use crate::annotate::{Annotated, Annotator};
use crate::cache::{Cache, FileHashes, Outcome};
use crate::extract::{EXTRACTOR, ExtractError, extract};
use crate::hash::sha256_hex;
use crate::ids::DocumentIds;
use crate::metadata::{CuratedMetadata, Metadata, MetadataError};
use crate::passages::read;
use crate::record::RecordMaker;
use crate::walk::{CorpusFile, CorpusFiles, walk};
use crate::{FileFailure, IndexError, IndexOptions, Progress, Report};

/// Reads the corpus and publishes a generation, if it differs from the one that answers now.
///
/// One file that cannot be read is a failure in the report and in the coverage, and the run goes on. `progress` is
/// told of every step.
///
/// # Errors
/// [`IndexError`] when there is nothing to index, or the index cannot be written. Nothing is published then, and the
/// generation before goes on answering.
pub fn index(
    options: &IndexOptions,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, IndexError> {
    let start = Instant::now();
    let files = walk(&options.folders).map_err(|(folder, source)| IndexError::Folder { folder, source })?;
    if files.documents.is_empty() {
        return Err(IndexError::NoFiles { folders: options.folders.clone() });
    }
    progress(Progress::Found(files.documents.len() as u64));

    let store = Store::new(&options.index);
    let lock = store.lock()?;
    let previous = match store.current_manifest() {
        // Rebuilding is the remedy for a damaged index.
        Err(GenerationError::Damaged { .. } | GenerationError::Format { .. }) if options.rebuild => None,
        manifest => manifest?,
    };
    let mut run = Run::new(options, settings, files)?;
    run.read_files(progress)?;
    if run.documents.is_empty() {
        return Err(IndexError::NothingSearchable { failures: run.failures });
    }
    run.publish(&lock, previous.as_ref(), progress, start)
}

/// Everything of a run that is known so far.
struct Run<'a> {
    options: &'a IndexOptions,
    settings: &'a Settings,
    files: CorpusFiles,
    cache: Cache,
    known_hashes: FileHashes,
    hashes: FileHashes,
    documents: Vec<Annotated>,
    failures: Vec<FileFailure>,
    unsearchable: BTreeMap<String, Vec<Unsearchable>>,
    extracted: u64,
}

impl<'a> Run<'a> {
    fn new(options: &'a IndexOptions, settings: &'a Settings, files: CorpusFiles) -> Result<Run<'a>, IndexError> {
        let cache = Cache::open(&options.index, &settings.fingerprints.extraction)
            .map_err(|source| IndexError::Cache { folder: options.index.join("cache"), source })?;
        let known_hashes = cache.file_hashes();
        Ok(Run {
            options,
            settings,
            files,
            cache,
            known_hashes,
            hashes: FileHashes::default(),
            documents: Vec::new(),
            failures: Vec::new(),
            unsearchable: BTreeMap::new(),
            extracted: 0,
        })
    }

    /// Reads and labels every file.
    fn read_files(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), IndexError> {
        let taxonomy = &self.settings.taxonomy;
        let matcher = Matcher::new(taxonomy);
        let index_contacts = self.settings.index.extraction.index_contacts;
        let annotator = Annotator { taxonomy, matcher: &matcher, index_contacts };
        let files = std::mem::take(&mut self.files);
        let curated = match self.options.manifests {
            true => CuratedMetadata::read(&files, taxonomy),
            false => CuratedMetadata::default(),
        };
        for (file, why) in curated.faults().chain(files.unreadable.iter().cloned()) {
            self.failures.push(FileFailure { file, why });
        }
        let ids = document_ids(&files.documents, &curated);
        for (file, id) in files.documents.iter().zip(ids) {
            match (curated.of(&file.name), id) {
                (Err(error), _) => self.fail_metadata(&file.name, &error),
                (Ok(metadata), None) => {
                    let id = metadata.id.as_ref().map(ToString::to_string).unwrap_or_default();
                    let why = format!("its id {id:?} is that of a document before it; give it another one");
                    self.fail(&file.name, &metadata, why);
                }
                (Ok(metadata), Some(id)) => self.read_file(&annotator, file, id, &metadata)?,
            }
            progress(Progress::File { file: file.name.clone() });
        }
        self.documents.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        self.failures.sort_by(|a, b| (&a.file, &a.why).cmp(&(&b.file, &b.why)));
        Ok(())
    }

    fn read_file(
        &mut self,
        annotator: &Annotator<'_>,
        file: &CorpusFile,
        id: DocumentId,
        metadata: &Metadata,
    ) -> Result<(), IndexError> {
        let (sha256, outcome) = match self.outcome(&file.path)? {
            Ok(found) => found,
            Err(why) => {
                self.fail(&file.name, metadata, why);
                return Ok(());
            }
        };
        match outcome {
            Err(why) => self.fail(&file.name, metadata, why),
            Ok(reading) => {
                let source = Source {
                    file: file.name.clone(),
                    url: None,
                    sha256,
                    media_type: reading.media_type.clone(),
                    pages: reading.pages,
                    extractor: EXTRACTOR.to_owned(),
                };
                let annotated = annotator.annotate(id, source, reading, metadata);
                if annotated.passages.is_empty() {
                    let why = "it has no text to index but headings and contact data".to_owned();
                    self.fail(&file.name, metadata, why);
                } else {
                    self.documents.push(annotated);
                }
            }
        }
        Ok(())
    }

    /// Hash of a file and what is read in it, from the cache where it is known. The inner error says why the file
    /// cannot be opened.
    fn outcome(&mut self, path: &Path) -> Result<Result<(String, Outcome), String>, IndexError> {
        let limit = self.settings.index.extraction.max_file_bytes;
        let unreadable = |error: io::Error| Ok(Err(format!("it cannot be read: {error}")));
        let metadata = match path.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return unreadable(error),
        };
        let known = self.known_hashes.get(path, &metadata).map(str::to_owned).filter(|_| !self.options.rebuild);
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
        let cached = self.cache.get(&sha256).filter(|_| !self.options.rebuild);
        if let Some(outcome) = cached {
            return Ok(Ok((sha256, outcome)));
        }
        let outcome = extract(&bytes, limit)
            .map(|extracted| read(extracted, &self.settings.index.extraction))
            .map_err(|error| error.to_string());
        self.extracted += 1;
        self.cache
            .put(&sha256, &outcome)
            .map_err(|source| IndexError::Cache { folder: self.options.index.join("cache"), source })?;
        Ok(Ok((sha256, outcome)))
    }

    fn fail(&mut self, file: &str, metadata: &Metadata, why: String) {
        let collection = metadata.collection.clone().unwrap_or_else(|| PUBLIC.to_owned());
        let state = State::Failed { why: why.clone() };
        self.unsearchable.entry(collection).or_default().push(Unsearchable { file: file.to_owned(), state });
        self.failures.push(FileFailure { file: file.to_owned(), why });
    }

    /// A document whose metadata is wrong may belong to a collection that not everyone may see: where the file does
    /// not rule that out, the failure is a line in the report alone.
    fn fail_metadata(&mut self, file: &str, error: &MetadataError) {
        let why = error.to_string();
        if error.names_collection {
            self.failures.push(FileFailure { file: file.to_owned(), why });
        } else {
            self.fail(file, &Metadata::default(), why);
        }
    }

    /// Publishes the documents, unless they and the settings are those of the generation that answers now.
    fn publish(
        mut self,
        lock: &WriteLock,
        previous: Option<&Manifest>,
        progress: &mut dyn FnMut(Progress),
        start: Instant,
    ) -> Result<Report, IndexError> {
        let now = Timestamp::now();
        for annotated in &mut self.documents {
            let (added, changed) = carry_times(previous, &annotated.document, now)?;
            annotated.document.added = added;
            annotated.document.changed = changed;
        }
        let documents = self.documents.len() as u64;
        let passages = self.documents.iter().map(|annotated| annotated.passages.len() as u64).sum();
        let identity = Identity::of(
            &self.settings.fingerprints,
            self.documents.iter().map(|annotated| &annotated.document),
            &self.unsearchable,
        )?;
        let unchanged = previous.filter(|manifest| manifest.identity == identity && !self.options.rebuild);
        let (generation, published) = match unchanged {
            Some(manifest) => {
                cleanup(lock, now)?;
                (manifest.generation, false)
            }
            None => (self.build(lock, previous, now, progress)?, true),
        };
        let folder = self.options.index.join("cache");
        self.cache.finish(&self.hashes).map_err(|source| IndexError::Cache { folder, source })?;
        let (extracted, failures) = (self.extracted, self.failures);
        Ok(Report { generation, published, documents, passages, extracted, failures, took: start.elapsed() })
    }

    /// Writes and publishes a generation; returns its number.
    fn build(
        &mut self,
        lock: &WriteLock,
        previous: Option<&Manifest>,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u64, IndexError> {
        progress(Progress::Building);
        let facets = self.settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let settings = BuildSettings { fingerprints: self.settings.fingerprints.clone(), facets };
        let maker = RecordMaker::new(Analyzer::new(&self.settings.analysis), &self.settings.taxonomy);
        let mut build = Build::begin(lock, previous, settings, Steps::default())?;
        for annotated in std::mem::take(&mut self.documents) {
            build.add(&maker.record(annotated))?;
        }
        progress(Progress::Publishing);
        Ok(build.publish(std::mem::take(&mut self.unsearchable), now)?.generation)
    }
}

/// The id of each document: the curated one, which no other may have (`None` for the second that claims it), else one
/// made of its path.
fn document_ids(files: &[CorpusFile], curated: &CuratedMetadata) -> Vec<Option<DocumentId>> {
    let mut ids = DocumentIds::default();
    let claimed: Vec<Option<Option<DocumentId>>> = files
        .iter()
        .map(|file| {
            let id = curated.of(&file.name).ok()?.id?;
            Some(ids.claim(&id).then_some(id))
        })
        .collect();
    let made = |(file, claimed): (&CorpusFile, Option<Option<DocumentId>>)| match claimed {
        Some(claimed) => claimed,
        None => ids.of_path(&file.name),
    };
    files.iter().zip(claimed).map(made).collect()
}

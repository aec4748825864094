//! One run of the indexer, from folders to a published generation.
//!
//! Ids are known before anything is read. The first half of a run reads what the cache does not know, in any order and
//! apart from this process ([`crate::survey`]). In the second half, documents are labelled in the order of their ids, a
//! few at a time. As long as every document is as the published generation has it, nothing is written
//! ([`crate::comparison`]); from the first difference on, a generation is built of all files ([`crate::building`]).

use std::collections::BTreeMap;
use std::io;
use std::time::Instant;

use jiff::Timestamp;
use rcp_corpus::model::DocumentId;
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;
use rcp_index::generation::{BuiltWith, GenerationError, Manifest, Store, cleanup};
use rcp_index::scope::PUBLIC;

use crate::annotate::Annotator;
use crate::cache::Cache;
use crate::candidates::{Candidate, candidates};
use crate::contents::{Contents, Failure};
use crate::documents::Documents;
use crate::grouping::{Kinship, Member, group};
use crate::metadata::{CuratedMetadata, Metadata};
use crate::report::Groups;
use crate::survey::Surveyed;
use crate::walk::{CorpusFile, walk};
use crate::worker::Unreadable;
use crate::{FileFailure, IndexError, IndexOptions, Progress, Report, building, comparison, survey};

/// Reads the corpus and publishes a generation, if it differs from the one that answers now.
///
/// One file that cannot be read is a failure in the report and in the coverage, and the run goes on. `progress` is
/// told how far it is.
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
    let skipped = files.skipped;
    progress(Progress::Found { files: files.documents.len() as u64, bytes: bytes(&files.documents) });

    let lock = Store::new(&options.index).lock()?;
    let previous = previous(lock.store(), options)?;
    let taxonomy = &settings.taxonomy;
    let curated = if options.manifests { CuratedMetadata::read(&files, taxonomy) } else { CuratedMetadata::default() };
    let faults = curated.faults().chain(files.unreadable).map(|(file, why)| FileFailure { file, why }).collect();
    drop(files.metadata);
    let candidates = candidates(files.documents, &curated);
    let run = Run { options, settings, curated: &curated, candidates, faults };

    let cache = Cache::open(&options.index, &settings.fingerprints.extraction, options.steps.clone())
        .map_err(|source| run.cache_error(source))?;
    let surveyed = survey::survey(&run, &cache, progress)?;
    let kinships = kinships(&run, &cache, &surveyed);
    let groups = Groups::of(&kinships);
    let files: Vec<_> = run.candidates.iter().zip(surveyed.iter().map(Option::as_ref)).collect();

    let matcher = Matcher::new(taxonomy);
    let annotator = Annotator { taxonomy, matcher: &matcher, index_contacts: settings.index.extraction.index_contacts };
    let documents = Documents { run: &run, annotator, cache: &cache, kinships };
    let unchanged = match &previous {
        Some(manifest) if run.may_be(manifest) => comparison::compare(&documents, &files, manifest, progress)?,
        _ => None,
    };
    let published = unchanged.is_none();
    let (generation, contents) = match unchanged {
        Some(unchanged) => {
            cleanup(&lock, &options.steps, Timestamp::now())?;
            unchanged
        }
        None => building::build(&documents, &files, &lock, previous.as_ref(), progress)?,
    };
    survey::finish(&run, &cache, &surveyed)?;
    let extracted = surveyed.iter().flatten().filter(|file| file.extracted).count() as u64;
    let files = contents.file_reports();
    let Contents { documents, passages, failures, .. } = contents;
    let took = start.elapsed();
    Ok(Report { generation, published, documents, passages, extracted, skipped, groups, files, failures, took })
}

/// What the documents have in common with each other, as far as their files can be read.
fn kinships(run: &Run<'_>, cache: &Cache, surveyed: &[Option<Surveyed>]) -> BTreeMap<DocumentId, Kinship> {
    let readable = run.candidates.iter().zip(surveyed).filter_map(|(candidate, surveyed)| {
        let signature = cache.signature(surveyed.as_ref()?.sha256.as_ref()?)?;
        let (id, metadata) = run.metadata(candidate).ok()?;
        Some((id, candidate, metadata.collection().to_owned(), metadata.work, signature))
    });
    let readable: Vec<_> = readable.collect();
    let members: Vec<Member<'_>> = readable
        .iter()
        .map(|(id, candidate, collection, work, signature)| Member {
            id,
            file: &candidate.file.name,
            collection,
            work: work.as_deref(),
            signature,
        })
        .collect();
    group(&members)
}

/// Length of all files together, as far as they can be seen.
fn bytes(files: &[CorpusFile]) -> u64 {
    files.iter().filter_map(|file| Some(file.path.metadata().ok()?.len())).sum()
}

/// The manifest of the published generation, if any.
fn previous(store: &Store, options: &IndexOptions) -> Result<Option<Manifest>, GenerationError> {
    match store.current_manifest() {
        // Rebuilding is the remedy for a damaged index.
        Err(GenerationError::Damaged { .. } | GenerationError::Format { .. }) if options.rebuild => Ok(None),
        manifest => manifest,
    }
}

/// What a run knows before it reads a document.
pub(crate) struct Run<'a> {
    pub(crate) options: &'a IndexOptions,
    pub(crate) settings: &'a Settings,
    /// What people wrote beside the files.
    pub(crate) curated: &'a CuratedMetadata,
    /// The files to read, in the order of their ids.
    pub(crate) candidates: Vec<Candidate>,
    /// Folders and metadata files that cannot be used.
    pub(crate) faults: Vec<FileFailure>,
}

impl Run<'_> {
    /// Id and curated metadata of a candidate, or why it cannot become a document, whatever its file holds.
    pub(crate) fn metadata<'c>(&self, candidate: &'c Candidate) -> Result<(&'c DocumentId, Metadata), Failure> {
        // Its document may belong to a collection that not everyone may see: where the metadata does not rule that
        // out, the failure is a line in the report alone.
        let metadata = candidate.metadata(self.curated, &self.settings.taxonomy).map_err(|error| {
            let collection = (!error.names_collection).then(|| PUBLIC.to_owned());
            Failure { why: Unreadable::Failed(error.to_string()), collection }
        })?;
        match &candidate.id {
            Some(id) => Ok((id, metadata)),
            None => {
                let id = candidate.wanted_id(&metadata);
                let why = format!("its id {id:?} is that of a document before it; give it another one");
                Err(Failure { why: Unreadable::Failed(why), collection: Some(metadata.collection().to_owned()) })
            }
        }
    }

    /// An error of the cache.
    pub(crate) fn cache_error(&self, source: io::Error) -> IndexError {
        IndexError::Cache { folder: self.options.index.join("cache"), source }
    }

    /// Whether the documents may turn out to be those of a generation; where not, they need not be compared.
    fn may_be(&self, manifest: &Manifest) -> bool {
        let same_settings = manifest.identity.built_with == BuiltWith::from(&self.settings.fingerprints);
        let found = |id| self.candidates.binary_search_by(|candidate| candidate.id.as_ref().cmp(&Some(id))).is_ok();
        let mut published = manifest.collections.values().flat_map(|collection| collection.documents.keys());
        same_settings && !self.options.rebuild && published.all(found)
    }
}

//! One run of the indexer, from folders to a published generation.
//!
//! Ids are known before anything is read, so files are read in the order of their ids and each document goes straight
//! into the index: only a few are in memory at a time. As long as every document is as the published generation has
//! it, nothing is written ([`crate::comparison`]); from the first difference on, a generation is built of all files
//! ([`crate::building`]), those already compared coming from the cache once more.

use std::time::Instant;

use jiff::Timestamp;
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;
use rcp_index::generation::{BuiltWith, GenerationError, Manifest, Store, cleanup};

use crate::annotate::Annotator;
use crate::candidates::{Candidate, candidates};
use crate::contents::Contents;
use crate::documents::DocumentReader;
use crate::metadata::CuratedMetadata;
use crate::walk::walk;
use crate::{FileFailure, IndexError, IndexOptions, Progress, Report, building, comparison};

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
    progress(Progress::Found(files.documents.len() as u64));

    let lock = Store::new(&options.index).lock()?;
    let previous = previous(lock.store(), options)?;
    let taxonomy = &settings.taxonomy;
    let curated = if options.manifests { CuratedMetadata::read(&files, taxonomy) } else { CuratedMetadata::default() };
    let faults = curated.faults().chain(files.unreadable).map(|(file, why)| FileFailure { file, why }).collect();
    let run = Run { options, settings, candidates: candidates(files.documents, &curated), faults };

    let matcher = Matcher::new(taxonomy);
    let annotator = Annotator { taxonomy, matcher: &matcher, index_contacts: settings.index.extraction.index_contacts };
    let mut reader = DocumentReader::new(options, settings, annotator, &curated)?;
    let unchanged = match &previous {
        Some(manifest) if run.may_be(manifest) => comparison::compare(&run, manifest, &mut reader, progress)?,
        _ => None,
    };
    let published = unchanged.is_none();
    let (generation, contents) = match unchanged {
        Some(unchanged) => {
            cleanup(&lock, &options.steps, Timestamp::now())?;
            unchanged
        }
        None => building::build(&run, &lock, previous.as_ref(), &mut reader, progress)?,
    };
    let extracted = reader.finish()?;
    let Contents { documents, passages, failures, unsearchable: _ } = contents;
    Ok(Report { generation, published, documents, passages, extracted, failures, took: start.elapsed() })
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
    /// The files to read, in the order of their ids.
    pub(crate) candidates: Vec<Candidate>,
    /// Folders and metadata files that cannot be used.
    pub(crate) faults: Vec<FileFailure>,
}

impl Run<'_> {
    /// Whether the documents may turn out to be those of a generation; where not, they need not be compared.
    fn may_be(&self, manifest: &Manifest) -> bool {
        let same_settings = manifest.identity.built_with == BuiltWith::from(&self.settings.fingerprints);
        let found = |id| self.candidates.binary_search_by(|candidate| candidate.id.as_ref().cmp(&Some(id))).is_ok();
        let mut published = manifest.collections.values().flat_map(|collection| collection.documents.keys());
        same_settings && !self.options.rebuild && published.all(found)
    }
}

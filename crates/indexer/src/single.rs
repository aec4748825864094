//! [`SingleFiles`]: what is known about files, one at a time, without an index.

use std::io::{self, Read};
use std::path::Path;

use rcp_corpus::model::Source;
use rcp_corpus::settings::{EXTRACTOR, Settings};
use rcp_corpus::taxonomy::Matcher;

use crate::annotate::{Annotated, Annotator};
use crate::candidates::{Candidate, candidates};
use crate::extract::ExtractError;
use crate::hash::Sha256;
use crate::metadata::{self, CuratedMetadata, without_ending};
use crate::passages::Reading;
use crate::walk::{CorpusFile, CorpusFiles};
use crate::worker::{Extractor, Trouble, Worker};

/// Reads and labels files as a run would, but keeps nothing.
pub struct SingleFiles<'a> {
    settings: &'a Settings,
    extractor: Extractor<'a>,
    matcher: Matcher,
    /// Whether curated metadata beside a file is used.
    manifests: bool,
}

impl<'a> SingleFiles<'a> {
    /// With these settings; `manifests` says whether to use the curated metadata beside a file, `worker` where files
    /// are read.
    #[must_use]
    pub fn new(settings: &'a Settings, manifests: bool, worker: &'a Worker) -> SingleFiles<'a> {
        let extractor = Extractor::new(worker, &settings.index.extraction);
        SingleFiles { settings, extractor, matcher: Matcher::new(&settings.taxonomy), manifests }
    }

    /// Gives `take` each document of a file, or why there is none, with the name to call it by: one, or as many as a file
    /// of JSON Lines has records.
    ///
    /// # Errors
    /// What `take` answers; then no more is read.
    pub fn annotate<E>(
        &mut self,
        path: &Path,
        mut take: impl FnMut(&str, Result<Annotated, String>) -> Result<(), E>,
    ) -> Result<(), E> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let files = self.with_metadata(path, name);
        let curated = match self.manifests {
            true => CuratedMetadata::read(&files, &self.settings.taxonomy),
            false => CuratedMetadata::default(),
        };
        if !path.metadata().is_ok_and(|about| about.is_file()) {
            let why = path.metadata().map_or_else(|error| cannot_be_read(&error), |_| "it is no file".to_owned());
            return take(&path.to_string_lossy(), Err(why));
        }
        let mut candidates = candidates(files.documents, &curated);
        candidates.sort_by_key(|candidate| candidate.record.as_ref().map(|record| record.line));
        for candidate in &candidates {
            let line = candidate.record.as_ref().map(|record| format!(":{}", record.line)).unwrap_or_default();
            let annotated = self.annotate_candidate(candidate, &curated);
            take(&format!("{}{line}", path.display()), annotated)?;
        }
        Ok(())
    }

    fn annotate_candidate(&mut self, candidate: &Candidate, curated: &CuratedMetadata) -> Result<Annotated, String> {
        let taxonomy = &self.settings.taxonomy;
        let metadata = candidate.metadata(curated, taxonomy).map_err(|error| error.to_string())?;
        let id = candidate.id.clone().ok_or_else(|| "its id is that of another document of the file".to_owned())?;
        let (sha256, reading) = self.reading(candidate)?;
        let source = Source {
            file: candidate.file.name.clone(),
            url: None,
            sha256,
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
        };
        let index_contacts = self.settings.index.extraction.index_contacts;
        let annotator = Annotator { taxonomy, matcher: &self.matcher, index_contacts };
        Ok(annotator.annotate(id, source, reading, &metadata))
    }

    /// What is read in a candidate, with the hash of its bytes.
    fn reading(&mut self, candidate: &Candidate) -> Result<(String, Reading), String> {
        let limit = self.settings.index.extraction.max_file_bytes;
        let mut bytes = candidate.open().map_err(|error| cannot_be_read(&error))?.take(limit.saturating_add(1));
        let sha256 = Sha256::of_all(&mut bytes).map_err(|error| cannot_be_read(&error))?;
        if bytes.limit() == 0 {
            return Err(ExtractError::TooLarge { limit }.to_string());
        }
        let extraction = self.extractor.extract(&sha256, || candidate.open()).map_err(|trouble| match trouble {
            Trouble::File(error) => cannot_be_read(&error),
            Trouble::Changed => "it changes while it is read; try again when it is complete".to_owned(),
            Trouble::Worker(error) => format!("no process can be started that reads it: {error}"),
        })?;
        extraction.outcome.map_err(|why| why.to_string())?;
        let reading = serde_json::from_slice(&extraction.reading).map_err(|error| error.to_string())?;
        Ok((sha256.to_string(), reading))
    }

    /// A file with the metadata files beside it that may speak of it.
    fn with_metadata(&self, path: &Path, name: String) -> CorpusFiles {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let own = format!("{}{}", without_ending(&name), metadata::ENDING);
        let beside = |name: &str| {
            let path = folder.join(name);
            path.is_file().then(|| CorpusFile { name: name.to_owned(), path })
        };
        let names = [own.as_str(), metadata::MANIFEST, metadata::LIST];
        CorpusFiles {
            metadata: names.into_iter().filter_map(beside).collect(),
            documents: vec![CorpusFile { name, path: path.to_owned() }],
            ..CorpusFiles::default()
        }
    }
}

fn cannot_be_read(error: &io::Error) -> String {
    format!("it cannot be read: {error}")
}

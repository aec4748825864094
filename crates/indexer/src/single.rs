//! [`SingleFiles`]: what is known about files, one at a time, without an index.

use std::fs::File;
use std::path::{Path, PathBuf};

use rcp_corpus::model::Source;
use rcp_corpus::settings::{EXTRACTOR, Settings};
use rcp_corpus::taxonomy::Matcher;

use crate::annotate::{Annotated, Annotator};
use crate::extract::ExtractError;
use crate::hash::sha256_of;
use crate::ids::DocumentIds;
use crate::metadata::{self, CuratedMetadata, Metadata, without_ending};
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

    /// The document of a file. The error says why there is none, for the person who wants it read.
    ///
    /// # Errors
    /// When the file cannot be opened, is no document, or its metadata is wrong.
    pub fn annotate(&mut self, path: &Path) -> Result<Annotated, String> {
        let file = file_name(path);
        let metadata = if self.manifests { self.metadata(path, &file)? } else { Metadata::default() };
        let (sha256, reading) = self.reading(path)?;
        let source = Source {
            sha256,
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
            url: None,
            file: file.clone(),
        };
        let id = metadata.id.clone().or_else(|| DocumentIds::default().of_path(&file));
        let id = id.ok_or_else(|| "no id can be made of its name; rename it".to_owned())?;
        let taxonomy = &self.settings.taxonomy;
        let annotator = Annotator {
            taxonomy,
            matcher: &self.matcher,
            index_contacts: self.settings.index.extraction.index_contacts,
        };
        Ok(annotator.annotate(id, source, reading, &metadata))
    }

    /// What is read in a file, with the hash of its bytes.
    fn reading(&mut self, path: &Path) -> Result<(String, Reading), String> {
        let cannot = |error: std::io::Error| format!("it cannot be read: {error}");
        let limit = self.settings.index.extraction.max_file_bytes;
        let about = path.metadata().map_err(cannot)?;
        if !about.is_file() {
            return Err("it is no file".to_owned());
        }
        if about.len() > limit {
            return Err(ExtractError::TooLarge { limit }.to_string());
        }
        let sha256 = File::open(path).and_then(sha256_of).map_err(cannot)?;
        let extraction = self.extractor.extract(&sha256, || File::open(path)).map_err(|trouble| match trouble {
            Trouble::File(error) => cannot(error),
            Trouble::Changed => "it changes while it is read; try again when it is complete".to_owned(),
            Trouble::Worker(error) => format!("no process can be started that reads it: {error}"),
        })?;
        extraction.outcome.map_err(|why| why.to_string())?;
        let reading = serde_json::from_slice(&extraction.reading).map_err(|error| error.to_string())?;
        Ok((sha256, reading))
    }

    /// The curated metadata of a file: its own, or what its folder's files say of it.
    fn metadata(&self, path: &Path, file: &str) -> Result<Metadata, String> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let own = format!("{}{}", without_ending(file), metadata::ENDING);
        let beside = |name: &str| {
            let path: PathBuf = folder.join(name);
            path.is_file().then(|| CorpusFile { name: name.to_owned(), path })
        };
        let names = [own.as_str(), metadata::MANIFEST, metadata::LIST];
        let files = CorpusFiles {
            documents: vec![CorpusFile { name: file.to_owned(), path: path.to_owned() }],
            metadata: names.into_iter().filter_map(beside).collect(),
            ..CorpusFiles::default()
        };
        let curated = CuratedMetadata::read(&files, &self.settings.taxonomy);
        curated.of(file).map_err(|error| error.to_string())
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

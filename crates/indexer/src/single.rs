//! [`SingleFiles`]: what is known about files, one at a time, without an index.

use std::fs;
use std::path::{Path, PathBuf};

use rcp_corpus::model::Source;
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;

use crate::annotate::{Annotated, Annotator};
use crate::extract::{EXTRACTOR, extract};
use crate::hash::sha256_hex;
use crate::ids::DocumentIds;
use crate::metadata::{self, CuratedMetadata, Metadata, without_ending};
use crate::passages::read;
use crate::walk::{CorpusFile, CorpusFiles};

/// Reads and labels files as a run would, but keeps nothing.
pub struct SingleFiles<'a> {
    settings: &'a Settings,
    matcher: Matcher,
    /// Whether curated metadata beside a file is used.
    manifests: bool,
}

impl<'a> SingleFiles<'a> {
    /// With these settings; `manifests` says whether to use the curated metadata beside a file.
    #[must_use]
    pub fn new(settings: &'a Settings, manifests: bool) -> SingleFiles<'a> {
        SingleFiles { settings, matcher: Matcher::new(&settings.taxonomy), manifests }
    }

    /// The documents of a file. The error says why it cannot be read, for the person who wants it read.
    ///
    /// # Errors
    /// When the file cannot be opened, is no document, or its metadata is wrong.
    pub fn annotate(&self, path: &Path) -> Result<Annotated, String> {
        let file = file_name(path);
        let metadata = if self.manifests { self.metadata(path, &file)? } else { Metadata::default() };
        let bytes = fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let extraction = &self.settings.index.extraction;
        let extracted = extract(&bytes, extraction.max_file_bytes).map_err(|error| error.to_string())?;
        let reading = read(extracted, extraction);
        let source = Source {
            sha256: sha256_hex(&bytes),
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
            url: None,
            file: file.clone(),
        };
        let id = metadata.id.clone().or_else(|| DocumentIds::default().of_path(&file));
        let id = id.ok_or_else(|| "no id can be made of its name; rename it".to_owned())?;
        let taxonomy = &self.settings.taxonomy;
        let annotator = Annotator { taxonomy, matcher: &self.matcher, index_contacts: extraction.index_contacts };
        Ok(annotator.annotate(id, source, reading, &metadata))
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
            unreadable: Vec::new(),
        };
        let curated = CuratedMetadata::read(&files, &self.settings.taxonomy);
        curated.of(file).map_err(|error| error.to_string())
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

//! Which metadata belongs to which document.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rcp_corpus::taxonomy::Taxonomy;

use super::record::{parse_record, title_of_record};
use super::{ENDING, LIST, MANIFEST, Metadata, MetadataError, parse_list, parse_manifest, parse_metadata};
use crate::walk::{CorpusFile, CorpusFiles};

/// Largest metadata file, in bytes.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What a file says about the documents of its folder, by their paths as written.
type Entries = BTreeMap<String, Result<Metadata, MetadataError>>;

/// [`Metadata`], or why it cannot be used, as JSON: there is one for every document, and read it takes three times the memory.
#[derive(Debug)]
struct Packed(Box<[u8]>);

impl Packed {
    fn new(entry: &Result<Metadata, MetadataError>) -> Packed {
        // Nothing in it cannot be written; and what could not be read again would be an error for its document.
        Packed(serde_json::to_vec(entry).unwrap_or_default().into())
    }

    fn read(&self, document: &str) -> Result<Metadata, MetadataError> {
        serde_json::from_slice(&self.0)
            .unwrap_or_else(|broken| Err(MetadataError::unreadable(document, 1, &broken.into())))
    }
}

/// The curated metadata of a corpus.
#[derive(Debug, Default)]
pub struct CuratedMetadata {
    /// By the document's path.
    documents: BTreeMap<String, Packed>,
    /// Folders whose manifest or list cannot be used, with the reason. Nothing is known about what lies in them.
    folders: BTreeMap<String, MetadataError>,
    /// Metadata without a document.
    orphans: Vec<(String, String)>,
    /// Whether what records say of themselves is used.
    records: bool,
}

impl CuratedMetadata {
    /// Reads every metadata file of a corpus.
    #[must_use]
    pub fn read(files: &CorpusFiles, taxonomy: &Taxonomy) -> CuratedMetadata {
        let mut curated = CuratedMetadata { records: true, ..CuratedMetadata::default() };
        let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for document in &files.documents {
            names.entry(without_ending(&document.name).to_owned()).or_default().push(&document.name);
        }
        let named =
            |name: &'static str| files.metadata.iter().filter(move |file| file.name.rsplit('/').next() == Some(name));
        // What comes later wins.
        for file in named(LIST) {
            curated.read_folder(file, LIST, files, taxonomy, parse_list);
        }
        for file in named(MANIFEST) {
            curated.read_folder(file, MANIFEST, files, taxonomy, parse_manifest);
        }
        let own = files.metadata.iter().filter(|file| file.name.ends_with(ENDING));
        for file in own {
            let stem = file.name.strip_suffix(ENDING).unwrap_or(&file.name);
            let metadata =
                read_text(&file.path, &file.name).and_then(|text| parse_metadata(&file.name, &text, taxonomy));
            let documents = names.get(stem).cloned().unwrap_or_default();
            if documents.is_empty() {
                curated
                    .orphans
                    .push((file.name.clone(), format!("there is no document {stem}.*; rename or remove it")));
            }
            for document in documents {
                curated.documents.insert(document.to_owned(), Packed::new(&metadata));
            }
        }
        curated
    }

    /// Reads what one file says about the documents of its folder.
    fn read_folder(
        &mut self,
        file: &CorpusFile,
        name: &str,
        files: &CorpusFiles,
        taxonomy: &Taxonomy,
        parse: impl FnOnce(&str, &str, &Taxonomy) -> Result<Entries, MetadataError>,
    ) {
        let folder = file.name.strip_suffix(name).unwrap_or("");
        let entries = read_text(&file.path, &file.name).and_then(|text| parse(&file.name, &text, taxonomy));
        match entries {
            Err(error) => {
                self.folders.insert(folder.to_owned(), error);
            }
            Ok(entries) => {
                for (name, metadata) in entries {
                    let document = format!("{folder}{}", name.trim_start_matches("./"));
                    let found = files.documents.binary_search_by(|file| file.name.as_str().cmp(&document)).is_ok();
                    if found {
                        self.documents.insert(document, Packed::new(&metadata));
                    } else {
                        self.orphans.push((file.name.clone(), format!("it names {name:?}, which is not there")));
                    }
                }
            }
        }
    }

    /// The metadata of a document: empty where nobody wrote any.
    ///
    /// # Errors
    /// When its metadata, or the manifest or list of a folder above it, cannot be used. A file of its own makes the manifest
    /// unimportant.
    pub fn of(&self, document: &str) -> Result<Metadata, MetadataError> {
        if let Some(metadata) = self.documents.get(document) {
            return metadata.read(document);
        }
        match self.folders.iter().find(|(folder, _)| document.starts_with(folder.as_str())) {
            Some((_, error)) => Err(error.clone()),
            None => Ok(Metadata::default()),
        }
    }

    /// What the record in a line of JSON Lines says of itself. Its title is used always: it belongs to the content.
    ///
    /// # Errors
    /// When it cannot be used.
    pub(crate) fn of_record(
        &self,
        file: &str,
        line: usize,
        json: &[u8],
        taxonomy: &Taxonomy,
    ) -> Result<Metadata, MetadataError> {
        if self.records { parse_record(file, line, json, taxonomy) } else { Ok(title_of_record(json)) }
    }

    /// Metadata that cannot be used and belongs to no document: file and reason.
    pub fn faults(&self) -> impl Iterator<Item = (String, String)> {
        let folders = self.folders.values().map(|error| (error.file.clone(), error.to_string()));
        folders.chain(self.orphans.iter().cloned())
    }
}

/// A path without the ending of its file name.
pub(crate) fn without_ending(path: &str) -> &str {
    let name_start = path.rfind('/').map_or(0, |slash| slash + 1);
    match path.rfind('.') {
        Some(dot) if dot > name_start => path.get(..dot).unwrap_or(path),
        _ => path,
    }
}

fn read_text(path: &Path, name: &str) -> Result<String, MetadataError> {
    // What cannot be read may name a collection.
    let fault = |message: String| MetadataError {
        file: name.to_owned(),
        line: 1,
        key: "file".to_owned(),
        message,
        names_collection: true,
    };
    let file = File::open(path).map_err(|error| fault(error.to_string()))?;
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| fault(error.to_string()))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(fault(format!("it has more than {MAX_BYTES} bytes; split the folder")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use rcp_corpus::model::{DocumentId, Event, Language};

    use super::*;

    #[test]
    fn what_is_packed_is_read_again() {
        let lists = |key: &str, values: &[&str]| {
            BTreeMap::from([(key.to_owned(), values.iter().map(|value| (*value).to_owned()).collect())])
        };
        let metadata = Metadata {
            id: Some(DocumentId::new("lima-2013").unwrap()),
            title: Some("Réunion \"mondiale\"".to_owned()),
            languages: Some(vec![Language::Es, Language::Undetermined]),
            date: Some("2013-05-22/2013-05-23".parse().unwrap()),
            year: Some(2013),
            venue: Some("Lima".to_owned()),
            event: Some(Event {
                series: "grcp".to_owned(),
                ordinal: Some(4),
                edition: None,
                name: "Meeting".to_owned(),
            }),
            concepts: lists("theme", &[]),
            url: Some("https://example.org/a".to_owned()),
            work: Some("lima".to_owned()),
            collection: Some("closed".to_owned()),
            sources: lists("date", &["https://example.org"]),
        };
        let error = MetadataError::unreadable("a.meta.toml", 3, &std::io::Error::other("why"));
        for entry in [Ok(metadata), Ok(Metadata::default()), Err(error)] {
            assert_eq!(Packed::new(&entry).read("a.txt"), entry);
        }
    }

    #[test]
    fn what_cannot_be_read_again_may_name_a_collection() {
        let lost = Packed(Box::default()).read("a.txt").unwrap_err();
        assert!(lost.names_collection && lost.file == "a.txt", "{lost}");
    }
}

//! Reads metadata files.

use std::collections::BTreeMap;

use rcp_corpus::taxonomy::Taxonomy;
use serde::Deserialize;
use toml::Spanned;

use super::{Metadata, MetadataError, check};

/// The keys of a document as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMetadata {
    /// In a folder's manifest: the document's file, relative to the manifest.
    pub(super) file: Option<Spanned<String>>,
    pub(super) id: Option<Spanned<String>>,
    pub(super) title: Option<Spanned<String>>,
    #[serde(rename = "type")]
    pub(super) document_type: Option<Spanned<String>>,
    pub(super) languages: Option<Vec<Spanned<String>>>,
    pub(super) date: Option<Spanned<String>>,
    pub(super) year: Option<Spanned<i16>>,
    pub(super) rcps: Option<Vec<Spanned<String>>>,
    pub(super) mentions: Option<Vec<Spanned<String>>>,
    pub(super) regions: Option<Vec<Spanned<String>>>,
    pub(super) themes: Option<Vec<Spanned<String>>>,
    pub(super) countries: Option<Vec<Spanned<String>>>,
    pub(super) venue: Option<Spanned<String>>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) work: Option<Spanned<String>>,
    pub(super) collection: Option<Spanned<String>>,
    /// Remarks for the people who edit the file; nothing is done with them.
    #[serde(default, rename = "notes")]
    pub(super) _notes: Vec<String>,
    pub(super) event: Option<RawEvent>,
    #[serde(default)]
    pub(super) sources: BTreeMap<Spanned<String>, Vec<String>>,
}

/// The keys of `[event]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEvent {
    pub(super) series: Spanned<String>,
    pub(super) ordinal: Option<Spanned<u16>>,
    pub(super) name: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    #[serde(default, rename = "document")]
    documents: Vec<Spanned<RawMetadata>>,
}

/// Reads the metadata file of one document.
///
/// # Errors
/// [`MetadataError`] for the first thing that is wrong: no TOML, an unknown key, an unknown concept (with the nearest
/// ones), a date that is none.
pub fn parse_metadata(file: &str, text: &str, taxonomy: &Taxonomy) -> Result<Metadata, MetadataError> {
    let source = Source { file, text };
    let raw: RawMetadata = source.parse()?;
    if let Some(file) = &raw.file {
        return Err(source.error(
            file.span().start,
            "file",
            "only entries of a manifest.toml have a file; leave it out",
        ));
    }
    check::metadata(&source, raw, taxonomy)
}

/// Reads a folder's manifest: each document's file, as written, with its metadata or what is wrong with it.
///
/// # Errors
/// When the manifest is no TOML, has an unknown key, or an entry without `file` or with one that another entry has:
/// nothing is then known about any document of the folder.
pub fn parse_manifest(
    file: &str,
    text: &str,
    taxonomy: &Taxonomy,
) -> Result<BTreeMap<String, Result<Metadata, MetadataError>>, MetadataError> {
    let source = Source { file, text };
    let manifest: RawManifest = source.parse()?;
    let mut documents = BTreeMap::new();
    for entry in manifest.documents {
        let position = entry.span().start;
        let mut raw = entry.into_inner();
        let Some(name) = raw.file.take() else {
            return Err(source.error(position, "document.file", "the entry needs a file: the path of its document"));
        };
        let position = name.span().start;
        let name = name.into_inner();
        if documents.contains_key(&name) {
            return Err(source.error(position, "document.file", &format!("{name:?} has two entries; keep one")));
        }
        documents.insert(name, check::metadata(&source, raw, taxonomy));
    }
    Ok(documents)
}

/// A metadata file, to tell lines in it.
pub(super) struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// The text of a file.
    pub(super) fn new(file: &'a str, text: &'a str) -> Source<'a> {
        Source { file, text }
    }

    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, MetadataError> {
        toml::from_str(self.text).map_err(|error| {
            let position = error.span().map_or(0, |span| span.start);
            self.error(position, &self.key_at(position), error.message())
        })
    }

    /// An error at a byte of the file.
    pub(super) fn error(&self, position: usize, key: &str, message: &str) -> MetadataError {
        let before = self.text.as_bytes().get(..position).unwrap_or(self.text.as_bytes());
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        MetadataError {
            file: self.file.to_owned(),
            line,
            key: key.to_owned(),
            message: message.to_owned(),
            names_collection: self.text.contains("collection"),
        }
    }

    /// The key of the line at a byte: what stands before its `=`, or the name of its table.
    fn key_at(&self, position: usize) -> String {
        let start = self.text.get(..position).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let key = line.split('=').next().unwrap_or(line);
        key.trim().trim_matches(['[', ']', '"']).chars().take(60).collect()
    }
}

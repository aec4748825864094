//! [`Corpus`]: the documents of a test collection, as the indexer takes them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use rcp_corpus::model::DocumentId;
use serde_json::{Map, Value, json};

use super::lines::{each_line, id, object, text};

/// The ids of all documents, in falling order. A document is indexed under its place in this list, so ids may be of
/// any length and have any characters; and since documents of equal score come in the order of the ids that they are
/// indexed under, they come as `trec_eval` orders them: the greater id first.
#[derive(Debug)]
pub(super) struct Corpus {
    ids: Vec<String>,
}

impl Corpus {
    /// Reads the ids of a file of JSON Lines.
    ///
    /// # Errors
    /// When it cannot be read, has no document, or a line is no document or has the id of another one.
    pub(super) fn read(path: &Path) -> anyhow::Result<Corpus> {
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        each_line(path, |number, line| {
            let object = object(line)?;
            text(&object, "title").and_then(|_| text(&object, "text"))?;
            let id = id(&object)?;
            match lines.insert(id.clone(), number) {
                Some(first) => bail!("the id {id:?} is that of line {first}"),
                None => Ok(()),
            }
        })?;
        if lines.is_empty() {
            bail!("{}: there is no document in it", path.display());
        }
        Ok(Corpus { ids: lines.into_keys().rev().collect() })
    }

    /// Writes the documents to a file that the indexer reads: line for line, so that what it says of a line is true of
    /// this one. Keys other than title, text and paragraphs are left out: some collections use a key of ours for
    /// something else.
    ///
    /// # Errors
    /// When one of the files cannot be read or written.
    pub(super) fn copy(&self, path: &Path, to: &Path) -> anyhow::Result<()> {
        let written = || format!("a copy of {} cannot be written", path.display());
        let mut out = BufWriter::new(File::create(to).with_context(written)?);
        let mut next = 1;
        each_line(path, |number, line| {
            let object = object(line)?;
            for _ in next..number {
                writeln!(out).with_context(written)?;
            }
            next = number + 1;
            let place = self.place(&id(&object)?).context("the file changed while it was read")?;
            writeln!(out, "{}", record(place, &object)).with_context(written)
        })?;
        out.flush().with_context(written)
    }

    /// Number of documents.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is a document with this id.
    pub(super) fn contains(&self, id: &str) -> bool {
        self.place(id).is_some()
    }

    /// All ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The id of a document of the index.
    pub(super) fn id(&self, indexed: &DocumentId) -> anyhow::Result<&str> {
        let place = indexed.as_str().strip_prefix(INDEXED).and_then(|place| place.parse::<usize>().ok());
        let id = place.and_then(|place| self.ids.get(place)).map(String::as_str);
        id.with_context(|| format!("the index has a document {indexed} that is not of the collection"))
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.ids.binary_search_by(|probe| id.cmp(probe)).ok()
    }
}

/// What the id of an indexed document begins with; its place follows, in ten digits so that places and ids have one
/// order.
const INDEXED: &str = "d";

/// A document as the indexer takes it. Where there is nothing but a title, it is the text.
fn record(place: usize, object: &Map<String, Value>) -> Value {
    let is_blank = |key: &str| object.get(key).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty());
    let mut record = json!({ "id": format!("{INDEXED}{place:010}") });
    let paragraphs = object.get("paragraphs").filter(|paragraphs| !paragraphs.is_null());
    if paragraphs.is_none() && is_blank("text") {
        record["text"] = object.get("title").cloned().unwrap_or_default();
        return record;
    }
    for key in ["title", "text", "paragraphs"] {
        if let Some(value) = object.get(key).filter(|value| !value.is_null()) {
            record[key] = value.clone();
        }
    }
    record
}

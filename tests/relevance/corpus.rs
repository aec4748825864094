//! What is searched: the sample documents as they are indexed, without their curated metadata, and beside the fixtures.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rcp_corpus::model::{DocumentId, Language};
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::request::SearchRequest;
use rcp_query::response::{Hits, SearchResponse};
use rcp_query::{Scope, Searcher};
use tempfile::TempDir;

use crate::case::Reference;
use crate::judge::{Answer, Hit};

/// An index of some documents, open.
pub(crate) struct Corpus {
    name: &'static str,
    searcher: Searcher,
    _index: TempDir,
}

/// A corpus by its name in the cases, built when it is asked for first.
pub(crate) fn corpus(name: &str) -> &'static Corpus {
    static SEEDS: OnceLock<Corpus> = OnceLock::new();
    static BARE: OnceLock<Corpus> = OnceLock::new();
    static ALL: OnceLock<Corpus> = OnceLock::new();
    match name {
        "seeds" => SEEDS.get_or_init(|| Corpus::build("seeds", project("seeds"), true)),
        "bare" => BARE.get_or_init(|| Corpus::build("bare", project("seeds"), false)),
        "all" => ALL.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            copy(&project("seeds"), folder.path(), |name| Some(name.to_owned()));
            copy(&project("tests/fixtures/files"), folder.path(), fixture);
            Corpus::build("all", folder.path().to_owned(), true)
        }),
        other => panic!("a corpus is `seeds`, `bare` or `all`, not {other:?}"),
    }
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Copies files under the names that `rename` gives them; of several with one name the first.
fn copy(from: &Path, to: &Path, rename: impl Fn(&str) -> Option<String>) {
    let mut names: Vec<String> =
        fs::read_dir(from).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in names {
        let Some(target) = rename(&name).map(|name| to.join(name)) else { continue };
        if !target.exists() {
            fs::copy(from.join(&name), target).unwrap();
        }
    }
}

/// The DOCX files of the fixtures are named after their source alone: `en01.docx`.
fn fixture(name: &str) -> Option<String> {
    let (source, written_as) = name.split_once('.')?;
    let (_writer, format) = written_as.split_once('.')?;
    (format == "docx").then(|| format!("{source}.docx"))
}

impl Corpus {
    fn build(name: &'static str, folder: PathBuf, manifests: bool) -> Corpus {
        let index = tempfile::tempdir().unwrap();
        let settings = Arc::new(Settings::load(&project("index-config")).unwrap());
        let options = IndexOptions { manifests, ..IndexOptions::new(vec![folder], index.path().to_owned()) };
        let report = rcp_indexer::index(&options, &settings, &mut |_| {}).unwrap();
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        Corpus { name, searcher: Searcher::open(index.path(), settings).unwrap(), _index: index }
    }

    pub(crate) fn ask(&self, request: &SearchRequest) -> Answer {
        let SearchResponse { total, hits, .. } = self.searcher.search(&Scope::public(), request).unwrap();
        let hits = match hits {
            Hits::Documents(hits) => {
                hits.into_iter().map(|hit| Hit { document: hit.document.id.to_string(), text: None }).collect()
            }
            Hits::Passages(hits) => hits
                .into_iter()
                .map(|hit| Hit { document: hit.document.id.to_string(), text: Some(hit.passage.passage.text) })
                .collect(),
        };
        Answer { total, hits }
    }

    /// How often it holds what is meant: a document, or a passage with these words.
    pub(crate) fn count(&self, reference: &Reference) -> usize {
        let Ok(id) = DocumentId::new(&reference.document) else { return 0 };
        let found = self.searcher.snapshot().passages(&Scope::public(), &id, Language::En).unwrap();
        match (found, &reference.words) {
            (None, _) => 0,
            (Some(_), None) => 1,
            (Some(found), Some(words)) => {
                found.passages.iter().filter(|evidence| evidence.passage.text.contains(&**words)).count()
            }
        }
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

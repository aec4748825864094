//! The corpora that are cited: the sample documents, and those that the tests of the extractors read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use rcp_corpus::model::{Document, Language};
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::request::{SearchRequest, Sort, Unit};
use rcp_query::response::Hits;
use rcp_query::{Scope, Searcher};
use rcp_server::{AppState, Originals, ServerConfig};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// Where people would reach the server.
pub(crate) const SITE: &str = "https://search.example.org";

pub(crate) struct Corpus {
    pub(crate) searcher: Arc<Searcher>,
    pub(crate) app: Router,
    /// Holds the files of the index while it is open.
    folder: TempDir,
}

/// The sample documents.
pub(crate) fn seeds() -> &'static Corpus {
    static SEEDS: OnceLock<Corpus> = OnceLock::new();
    SEEDS.get_or_init(|| Corpus::of(&project("seeds")))
}

/// Documents that the extractors are tested with, each as PDF and as made by hand: so most have the citation of another.
pub(crate) fn fixtures() -> &'static Corpus {
    static FIXTURES: OnceLock<(TempDir, Corpus)> = OnceLock::new();
    let (_, corpus) = FIXTURES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(project("tests/fixtures/files")).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            if name.contains(".byhand.") || name.ends_with(".chromium.pdf") {
                std::fs::copy(file.path(), folder.path().join(name)).unwrap();
            }
        }
        let corpus = Corpus::of(folder.path());
        (folder, corpus)
    });
    corpus
}

pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

pub(crate) fn settings() -> Arc<Settings> {
    Arc::new(Settings::load(&project("index-config")).unwrap())
}

impl Corpus {
    /// Indexes the files of a folder.
    pub(crate) fn of(files: &Path) -> Corpus {
        Corpus::in_folder(files, tempfile::tempdir().unwrap())
    }

    /// The folder of the index, when nothing is asked any more.
    pub(crate) fn into_folder(self) -> TempDir {
        self.folder
    }

    /// Indexes the files of a folder where there may be an index already.
    pub(crate) fn in_folder(files: &Path, folder: TempDir) -> Corpus {
        let (index, settings) = (folder.path().join("index"), settings());
        let options = IndexOptions::new(vec![files.to_owned()], index.clone());
        rcp_indexer::index(&options, &settings, &mut |_| {}).unwrap();
        let searcher = Arc::new(Searcher::open(&index, settings).unwrap());
        let config = ServerConfig { public_url: Some(SITE.to_owned()), ..ServerConfig::default() };
        let originals = Originals::new(vec![(String::new(), files.to_owned())]);
        let app = rcp_server::app(AppState::with_originals(Arc::clone(&searcher), config, originals));
        Corpus { searcher, app, folder }
    }

    /// Every document, in the order of titles.
    pub(crate) fn documents(&self) -> Vec<Document> {
        let mut request = SearchRequest { sort: Sort::Title, limit: 100, ..SearchRequest::new(Unit::Documents, "") };
        let mut documents = Vec::new();
        loop {
            let found = self.searcher.search(&Scope::public(), &request).unwrap();
            let Hits::Documents(hits) = found.hits else { panic!("documents were asked for") };
            documents.extend(hits.into_iter().map(|hit| hit.document));
            request.cursor = found.next_cursor;
            if request.cursor.is_none() {
                return documents;
            }
        }
    }

    /// The passages of a document with their citations in a language.
    pub(crate) fn passages(&self, document: &Document, ui: Language) -> Vec<rcp_query::response::EvidencePassage> {
        self.searcher.snapshot().passages(&Scope::public(), &document.id, ui).unwrap().unwrap().passages
    }

    pub(crate) async fn fetch(&self, method: &str, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let (head, body) = self.app.clone().oneshot(request).await.unwrap().into_parts();
        (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    pub(crate) async fn send(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let (status, headers, body) = self.fetch("GET", path).await;
        (status, headers, String::from_utf8(body).unwrap())
    }

    /// Status and JSON of an answer.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let (status, _, body) = self.send(path).await;
        (status.as_u16(), serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error}: {body}")))
    }
}

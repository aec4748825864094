//! Pages through everything: whatever the order, over two collections, far beyond what the second stage ranks, and while the
//! corpus grows, every hit comes once and in its place. The router is called without a socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

mod small_corpus;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use rcp_query::Searcher;
use rcp_server::keys::KeysFile;
use rcp_server::{AppState, ServerConfig};
use serde_json::Value;
use tower::ServiceExt;

use small_corpus::{DOCUMENTS, index, settings, write};

/// Hits on a page.
const PAGE: usize = 7;

/// Pages after which something is published: within what the second stage ranks, and beyond.
const PUBLISHED_AFTER: [usize; 2] = [3, 16];

/// Searches that find some 130 documents, or more passages.
const SEARCHES: [&str; 2] = ["/v1/search?q=sovereignty+visas&match=any", "/v1/passages?q=sovereignty+visas&match=any"];

const SORTS: [&str; 5] = ["relevance", "-date", "date", "title", "-added"];

/// Documents of both collections: no two alike, some without year, many with the same.
fn documents(name: &str, count: usize, collection: &str) -> Vec<(String, String, String)> {
    let one = |at: usize| {
        let year = if at.is_multiple_of(9) { String::new() } else { format!("year = {}\n", 2000 + at * 7 % 13) };
        let title = format!("title = 'Report {} of {name}'\n", at * 31 % 17);
        let text = format!(
            "Report\n\n1. {}Delegates spoke.\n\n2. They spoke of visas{} in room {at}.\n",
            "Of sovereignty. ".repeat(at % 5),
            " and visas".repeat(at % 3),
        );
        (format!("{name}-{at:03}"), format!("{title}{year}collection = '{collection}'"), text)
    };
    (0..count).map(one).collect()
}

struct Site {
    folder: tempfile::TempDir,
    searcher: Arc<Searcher>,
    app: Router,
    key: String,
}

impl Site {
    fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("corpus")).unwrap();
        write(&path("corpus"), &DOCUMENTS);
        for (name, count, collection) in [("open", 90, "public"), ("closed", 45, "closed")] {
            add(&path("corpus"), &documents(name, count, collection));
        }
        index(&path("corpus"), &path("index"));
        let keys = KeysFile::new(path("keys.toml"));
        let (_, key) = keys.add("a test", &["closed".to_owned()]).unwrap();
        let searcher = Arc::new(Searcher::open(&path("index"), settings()).unwrap());
        // Without limit of the rate, for a walk is many requests.
        let keys = Some(path("keys.toml"));
        let config = ServerConfig { keys, requests_per_second: 0, ..ServerConfig::default() };
        let app = rcp_server::app(AppState::new(Arc::clone(&searcher), config));
        Site { key: format!("Bearer {}", key.expose()), folder, searcher, app }
    }

    /// Publishes one more document of each collection, both of which match.
    fn grow(&self, name: &str) {
        for (name, collection) in [(format!("{name}-open"), "public"), (format!("{name}-closed"), "closed")] {
            add(&self.folder.path().join("corpus"), &documents(&name, 1, collection));
        }
        index(&self.folder.path().join("corpus"), &self.folder.path().join("index"));
        assert!(self.searcher.refresh().unwrap());
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        let request = Request::get(path).header("authorization", &self.key).body(Body::empty()).unwrap();
        let (head, body) = self.app.clone().oneshot(request).await.unwrap().into_parts();
        (head.status, serde_json::from_slice(&body.collect().await.unwrap().to_bytes()).unwrap())
    }
}

fn add(corpus: &Path, documents: &[(String, String, String)]) {
    for (name, metadata, text) in documents {
        write(corpus, &[(name, metadata, text)]);
    }
}

/// A walk through the pages of a search.
struct Walk {
    next: Option<String>,
    total: u64,
    seen: Vec<String>,
}

impl Walk {
    fn new(path: String) -> Walk {
        Walk { next: Some(path), total: 0, seen: Vec::new() }
    }

    async fn go(&mut self, site: &Site, pages: usize) {
        for _ in 0..pages {
            let Some(path) = self.next.take() else { return };
            let (status, answer) = site.get(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}: {answer}");
            let name = |hit: &Value| format!("{} {} {}", hit["id"], hit["document"], hit["passage"]);
            self.seen.extend(answer["hits"].as_array().unwrap().iter().map(name));
            self.total = answer["meta"]["total"].as_u64().unwrap();
            self.next = answer["links"]["next"].as_str().map(str::to_owned);
        }
    }
}

#[tokio::test]
async fn every_hit_comes_once_in_every_order_while_the_corpus_grows() {
    let site = Site::new();
    let searches =
        SEARCHES.iter().flat_map(|search| SORTS.iter().map(move |sort| format!("{search}&sort={sort}&facets=none")));
    let mut walks = Vec::new();
    for search in searches {
        let mut whole = Walk::new(format!("{search}&limit=100"));
        whole.go(&site, usize::MAX).await;
        assert!(whole.seen.len() > 120 && whole.seen.len() as u64 == whole.total, "{search}: {}", whole.total);
        assert!(
            whole.seen.iter().any(|hit| hit.contains("closed-")) && whole.seen.iter().any(|hit| hit.contains("open-"))
        );
        walks.push((whole, Walk::new(format!("{search}&limit={PAGE}"))));
    }
    for (pages, name) in PUBLISHED_AFTER.into_iter().zip(["second", "third"]) {
        for (_, walk) in &mut walks {
            let so_far = walk.seen.len() / PAGE;
            walk.go(&site, pages - so_far).await;
            assert_eq!(walk.seen.len(), pages * PAGE);
        }
        site.grow(name);
    }
    for (whole, walk) in &mut walks {
        let search = format!("{:?}", walk.next);
        walk.go(&site, usize::MAX).await;
        assert_eq!(walk.seen, whole.seen, "{search}");
    }
    let (_, now) = site.get(SEARCHES[0]).await;
    assert_eq!(now["meta"]["total"], walks[0].0.total + 4, "who asks anew finds what was added");
}

/// What was withdrawn is withdrawn from every page, at once.
#[tokio::test]
async fn a_walk_ends_where_something_is_withdrawn() {
    let site = Site::new();
    let mut walk = Walk::new(format!("{}&limit={PAGE}", SEARCHES[0]));
    walk.go(&site, 1).await;
    for ending in ["txt", "meta.toml"] {
        std::fs::remove_file(site.folder.path().join(format!("corpus/open-001.{ending}"))).unwrap();
    }
    index(&site.folder.path().join("corpus"), &site.folder.path().join("index"));
    assert!(site.searcher.refresh().unwrap());
    let (status, problem) = site.get(&walk.next.unwrap()).await;
    assert_eq!((status, &problem["code"]), (StatusCode::GONE, &"cursor_expired".into()));
}

//! What clients and proxies may keep: entity tags that name the very bytes of answers, 304, who may keep what, encodings,
//! links, and the server's own kept answers. The router is called without a socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

mod small_corpus;

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rcp_corpus::settings::Settings;
use rcp_query::Searcher;
use rcp_server::{AppState, Originals, ServerConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use small_corpus::{DOCUMENTS, index, settings, write};

/// A document that is added.
const BETA: (&str, &str, &str) = ("beta-2010", "title = 'Beta'", "Beta\n\nA note on sovereignty, sovereignty.\n");

/// Routes whose answers nobody may keep: they tell of the moment, or may be as large as the index.
const KEPT_BY_NOBODY: [&str; 3] = ["/health", "/ready", "/v1/export"];

/// Originals are files, which these servers do not have.
const ORIGINAL: &str = "/v1/documents/{id}/original";

/// Files of absolute addresses, which begin with the host that was asked where the operator has not named one. Every cache
/// keeps the answers of each host apart.
const WITH_HOST: [&str; 3] = ["/opensearch.xml", "/sitemap.xml", "/llms.txt"];

/// Pages and files beside the routes of the API.
const PAGES: [&str; 5] =
    ["/search?q=sovereignty", "/style.css", "/docs/", "/docs/swagger-ui.css", "/documents/alpha-2005"];

/// Files and an index of their own, and the server over it.
struct Site {
    folder: TempDir,
    searcher: Arc<Searcher>,
    app: Router,
}

impl Site {
    fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        write(&folder.path().join("corpus"), &DOCUMENTS);
        publish(folder.path());
        let searcher = Arc::new(Searcher::open(&folder.path().join("index"), settings()).unwrap());
        let originals = Originals::new(vec![(String::new(), folder.path().join("corpus"))]);
        let state = AppState::with_originals(Arc::clone(&searcher), ServerConfig::default(), originals);
        let app = rcp_server::app(state);
        Site { folder, searcher, app }
    }

    /// Publishes what the files are now.
    fn publish(&self) {
        publish(self.folder.path());
        self.searcher.refresh().unwrap();
    }

    /// The same index behind another server.
    fn beside(&self, settings: Arc<Settings>, config: ServerConfig) -> Router {
        let searcher = Searcher::open(&self.folder.path().join("index"), settings).unwrap();
        rcp_server::app(AppState::new(Arc::new(searcher), config))
    }
}

fn remove(folder: &Path, name: &str) {
    let file = folder.join("corpus").join(name);
    fs::remove_file(file.with_extension("txt")).unwrap();
    fs::remove_file(file.with_extension("meta.toml")).unwrap();
}

fn publish(folder: &Path) {
    index(&folder.join("corpus"), &folder.join("index"));
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Got {
    fn tag(&self) -> &str {
        self.header("etag").unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Headers as far as they say what the answer is.
    fn said(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        for of_the_moment in ["server-timing", "x-request-id"] {
            headers.remove(of_the_moment);
        }
        headers
    }
}

async fn send(app: &Router, request: Request<Body>) -> Got {
    let (head, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    Got { status: head.status, headers: head.headers, body: body.collect().await.unwrap().to_bytes() }
}

async fn get(app: &Router, path: &str, headers: &[(&str, &str)]) -> Got {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    send(app, request.body(Body::empty()).unwrap()).await
}

async fn post(app: &Router, path: &str, body: &Value, headers: &[(&str, &str)]) -> Got {
    let request = Request::post(path).header("content-type", "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    send(app, request.body(Body::from(body.to_string())).unwrap()).await
}

/// Every operation to GET of the OpenAPI document, with its address: ids where it has names.
fn operations() -> Vec<(Value, String)> {
    let document: Value = serde_json::from_str(rcp_server::openapi_json()).unwrap();
    let routes = document["paths"].as_object().unwrap();
    let gets = routes.iter().filter(|(path, methods)| methods.get("get").is_some() && *path != ORIGINAL);
    let names = [("{id}", "alpha-2005"), ("{scheme}", "theme"), ("{facet}", "theme")];
    let address = |path: &str| names.iter().fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
    let address = |path: &str| address(path).replace("/v1/cite", "/v1/cite?ref=alpha-2005");
    gets.map(|(path, methods)| (methods["get"].clone(), address(path))).collect()
}

/// Every address to GET: of the OpenAPI document, some searches, and the pages.
fn addresses() -> Vec<String> {
    let searches = ["/v1/search?q=sovereignty&limit=1", "/v1/passages?q=private+sector", "/v1/compare?format=csv"];
    let addresses = operations().into_iter().map(|(_, address)| address);
    let pages = rcp_server::page_paths().into_iter().filter(|path| !path.contains('{'));
    addresses.chain(pages).chain(searches.into_iter().chain(PAGES).map(str::to_owned)).collect()
}

fn decoded(got: &Got) -> Vec<u8> {
    let mut body = Vec::new();
    match got.header("content-encoding") {
        None => body.extend_from_slice(&got.body),
        Some("gzip") => drop(flate2::read::GzDecoder::new(&*got.body).read_to_end(&mut body).unwrap()),
        Some("br") => drop(brotli::Decompressor::new(&*got.body, 4_096).read_to_end(&mut body).unwrap()),
        Some(other) => unreachable!("{other}"),
    }
    body
}

#[tokio::test]
async fn every_answer_has_a_tag_and_says_who_may_keep_it() {
    let site = Site::new();
    for address in addresses() {
        let got = get(&site.app, &address, &[]).await;
        assert_eq!(got.status, StatusCode::OK, "{address}");
        let vary: Vec<&str> = got.headers.get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(vary.contains(&"authorization"), "{address} {vary:?}");
        let has_encodings = address == "/v1/export" || got.headers.contains_key("etag");
        assert_eq!(vary.contains(&"accept-encoding"), has_encodings, "{address} {vary:?}");
        if KEPT_BY_NOBODY.contains(&address.as_str()) {
            assert_eq!((got.header("etag"), got.header("cache-control")), (None, Some("no-store")), "{address}");
            continue;
        }
        let tag = got.tag();
        assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{address} {tag}");
        assert_eq!(got.header("cache-control"), Some("public, max-age=60, must-revalidate"), "{address}");
        let again = get(&site.app, &address, &[]).await;
        assert!(again.said() == got.said() && again.body == got.body, "{address}");
    }
}

#[tokio::test]
async fn an_answer_has_the_headers_that_its_description_names() {
    let site = Site::new();
    for (operation, address) in operations() {
        let got = get(&site.app, &address, &[]).await;
        for name in ["ETag", "Link"] {
            let is_described = operation["responses"]["200"]["headers"][name].is_object();
            assert_eq!(got.headers.contains_key(name), is_described, "{address} {name}");
        }
        assert_eq!(got.headers.contains_key("etag"), operation["responses"]["304"].is_object(), "{address}");
    }
}

#[tokio::test]
async fn a_client_that_holds_the_answer_is_told_so() {
    let site = Site::new();
    for address in addresses().into_iter().filter(|address| !KEPT_BY_NOBODY.contains(&address.as_str())) {
        let first = get(&site.app, &address, &[]).await;
        let tag = first.tag();
        for list in [tag.to_owned(), format!("W/{tag}"), format!("\"a\", {tag}, \"b\""), "*".to_owned()] {
            let got = get(&site.app, &address, &[("if-none-match", &list)]).await;
            assert_eq!((got.status, got.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address} {list}");
            for name in ["etag", "cache-control", "vary"] {
                let of = |got: &Got| got.headers.get_all(name).iter().cloned().collect::<Vec<_>>();
                assert_eq!(of(&got), of(&first), "{address} {name}");
            }
            assert_eq!((got.header("content-type"), got.header("content-length")), (None, None), "{address}");
        }
        let got = get(&site.app, &address, &[("if-none-match", "\"another\"")]).await;
        assert_eq!((got.status, got.body), (StatusCode::OK, first.body.clone()), "{address}");
        let in_brotli = get(&site.app, &address, &[("if-none-match", tag), ("accept-encoding", "br")]).await;
        assert_eq!(in_brotli.status, StatusCode::OK, "the tag of other bytes: {address}");
    }
}

#[tokio::test]
async fn an_answer_is_the_same_in_every_encoding_and_to_head() {
    let site = Site::new();
    for address in addresses() {
        let plain = get(&site.app, &address, &[]).await;
        assert_eq!(plain.header("content-encoding"), None);
        for (accepted, name) in [("gzip", "gzip"), ("br", "br"), ("deflate, gzip;q=0.5, br;q=0.9", "br")] {
            let accepts = [("accept-encoding", accepted)];
            let got = get(&site.app, &address, &accepts).await;
            assert_eq!(decoded(&got), plain.body, "{address} {accepted}");
            // An export is sent while it is made, and no one knows its length.
            let is_encoded = plain.body.len() >= 1_000 || address == "/v1/export";
            assert_eq!(got.header("content-encoding"), is_encoded.then_some(name), "{address} {accepted}");
            if let (Some(tag), Some(plain)) = (got.header("etag"), plain.header("etag")) {
                assert_ne!(tag, plain, "{address}");
                let got = get(&site.app, &address, &[accepts[0], ("if-none-match", tag)]).await;
                assert_eq!(got.status, StatusCode::NOT_MODIFIED, "{address}");
            }
            let head = Request::head(&address).header("accept-encoding", accepted);
            let head = send(&site.app, head.body(Body::empty()).unwrap()).await;
            assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{address}");
            let mut said = got.said();
            // The router leaves it to the connection, but for HEAD, where the body is gone.
            if address != "/v1/export" {
                said.insert(header::CONTENT_LENGTH, got.body.len().into());
            }
            assert_eq!(head.said(), said, "{address}");
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_is_not_kept() {
    let site = Site::new();
    for (address, status) in [
        ("/v1/documents/unknown", 404),
        ("/v1/search?limit=0", 400),
        ("/v1/search?rcp=rmc", 400),
        ("/v1/search?cursor=x", 400),
        ("/v1/schemes/unknown", 404),
        ("/nowhere", 404),
        ("/documents/unknown", 404),
    ] {
        for _ in 0..2 {
            let got = get(&site.app, address, &[("if-none-match", "*"), ("accept-encoding", "gzip")]).await;
            assert_eq!(got.status.as_u16(), status, "{address}");
            assert_eq!((got.header("etag"), got.header("cache-control")), (None, Some("no-store")), "{address}");
        }
    }
}

#[tokio::test]
async fn a_search_that_is_posted_is_answered_alike_and_kept_by_nobody() {
    let site = Site::new();
    for (path, body) in [("/v1/search", json!({"q": "sovereignty"})), ("/v1/compare", json!({"q": "sovereignty"}))] {
        let got = get(&site.app, &format!("{path}?q=sovereignty"), &[]).await;
        let posted = post(&site.app, path, &body, &[("if-none-match", got.tag())]).await;
        assert_eq!((posted.status, &posted.body), (StatusCode::OK, &got.body));
        assert_eq!((posted.header("etag"), posted.header("cache-control")), (None, Some("no-store")));
    }
}

#[tokio::test]
async fn headers_that_make_no_tag_change_no_answer() {
    let site = Site::new();
    let unkeyed = [
        ("host", "forged.example"),
        ("x-forwarded-host", "forged.example"),
        ("x-forwarded-proto", "forged"),
        ("x-original-url", "/v1/coverage"),
        ("forwarded", "host=forged.example"),
        ("origin", "https://forged.example"),
        ("cookie", "ui=forged"),
        ("accept", "text/forged"),
        ("accept-language", "es"),
        ("user-agent", "forged"),
    ];
    for address in addresses() {
        for header in unkeyed {
            if header.0 == "host" && WITH_HOST.contains(&address.as_str()) {
                continue;
            }
            let got = get(&site.app, &address, &[header]).await;
            let plain = get(&site.app, &address, &[]).await;
            if header.0 == "accept-language" && plain.header("content-language").is_some() {
                // Pages are in the language of their readers, and say that it counts.
                assert!(got.tag() != plain.tag() && got.header("content-language") == Some("es"), "{address}");
                assert!(got.headers.get_all("vary").iter().any(|by| by == "accept-language"), "{address}");
                continue;
            }
            assert!(got.said() == plain.said() && got.body == plain.body, "{address} {header:?}");
            assert!(!String::from_utf8_lossy(&got.body).contains("forged"), "{address} {header:?}");
        }
    }
}

#[tokio::test]
async fn a_publish_is_seen_at_once() {
    let site = Site::new();
    let [search, document] = ["/v1/search?q=sovereignty", "/v1/documents/alpha-2005"];
    let (before, document_before) = (get(&site.app, search, &[]).await, get(&site.app, document, &[]).await);
    site.publish();
    assert_eq!(get(&site.app, search, &[]).await.tag(), before.tag(), "nothing was new");
    write(&site.folder.path().join("corpus"), &[BETA]);
    site.publish();
    for _ in 0..2 {
        let after = get(&site.app, search, &[("if-none-match", before.tag())]).await;
        assert_eq!((after.status, &after.json()["meta"]["total"]), (StatusCode::OK, &json!(4)));
        assert_ne!(after.tag(), before.tag());
    }
    let document_after = get(&site.app, document, &[("if-none-match", document_before.tag())]).await;
    assert_eq!(document_after.status, StatusCode::OK, "it shows another index version");
    remove(site.folder.path(), "alpha-2005");
    site.publish();
    let gone = get(&site.app, document, &[("if-none-match", document_after.tag())]).await;
    assert_eq!((gone.status, gone.header("etag")), (StatusCode::NOT_FOUND, None));
}

/// A page behind a cursor belongs to the version that the cursor names, whatever is published.
#[tokio::test]
async fn a_page_behind_a_cursor_keeps_its_tag_until_its_index_is_gone() {
    let site = Site::new();
    let first = get(&site.app, "/v1/search?q=sovereignty&limit=1", &[]).await;
    let next = first.json()["links"]["next"].as_str().unwrap().to_owned();
    let before = get(&site.app, &next, &[]).await;
    assert_ne!(before.tag(), first.tag());
    write(&site.folder.path().join("corpus"), &[BETA]);
    site.publish();
    let after = get(&site.app, &next, &[]).await;
    assert_eq!((after.tag(), &after.body), (before.tag(), &before.body));
    let held = get(&site.app, &next, &[("if-none-match", before.tag())]).await;
    assert_eq!(held.status, StatusCode::NOT_MODIFIED);
    remove(site.folder.path(), "gamma-2009");
    site.publish();
    let gone = get(&site.app, &next, &[("if-none-match", before.tag())]).await;
    assert_eq!((gone.status, gone.header("etag")), (StatusCode::GONE, None));
}

/// The version of an index knows neither when its documents were added nor what orders hits; tags know both.
#[tokio::test]
async fn answers_of_one_version_that_differ_have_different_tags() {
    let site = Site::new();
    let address = "/v1/documents/alpha-2005";
    let before = get(&site.app, address, &[]).await;
    fs::rename(site.folder.path().join("index"), site.folder.path().join("old")).unwrap();
    publish(site.folder.path());
    let anew = get(&site.beside(settings(), ServerConfig::default()), address, &[]).await;
    let (old, new) = (before.json(), anew.json());
    assert_eq!(old["index_version"], new["index_version"]);
    assert_ne!(old["added"], new["added"]);
    assert_ne!(before.tag(), anew.tag());
    let config = ServerConfig { public_url: Some("https://rcp.example".to_owned()), ..ServerConfig::default() };
    let shown = get(&site.beside(settings(), config), address, &[]).await;
    assert_ne!(shown.tag(), anew.tag(), "links may show the address of the server");
    let mut ranked = Settings::clone(&settings());
    ranked.fingerprints.query = "another".to_owned();
    let ranked = get(&site.beside(Arc::new(ranked), ServerConfig::default()), address, &[]).await;
    assert_ne!(ranked.tag(), anew.tag());
}

#[tokio::test]
async fn links_in_headers_lead_where_those_in_the_body_do() {
    let site = Site::new();
    let links = |got: &Got| -> Vec<String> {
        got.headers.get_all("link").iter().map(|link| link.to_str().unwrap().to_owned()).collect()
    };
    let description = "</openapi.json>; rel=\"describedby\"; type=\"application/json\"".to_owned();
    let got = get(&site.app, "/v1/search?limit=1&q=sovereignty&expand_exclude=%3E%22%C3%A9", &[]).await;
    let body = &got.json()["links"];
    let link = |relation: &str, target: &Value| format!("<{}>; rel=\"{relation}\"", target.as_str().unwrap());
    let ways = [description.clone(), link("self", &body["self"]), link("next", &body["next"])];
    assert_eq!(links(&got)[..3], ways);
    let others = [("feed", "application/atom+xml"), ("csv", "text/csv"), ("page", "text/html")];
    let others = others.map(|(name, kind)| format!("{}; type=\"{kind}\"", link("alternate", &body[name])));
    assert_eq!(links(&got)[3..], others);
    let got = get(&site.app, "/v1/documents/alpha-2005", &[]).await;
    assert!(links(&got).contains(&"</documents/alpha-2005>; rel=\"cite-as\"".to_owned()));
    let got = get(&site.app, "/v1/compare?q=sovereignty", &[]).await;
    let csv = got.json()["links"]["csv"].as_str().unwrap().to_owned();
    assert!(links(&got).iter().any(|link| link.starts_with(&format!("<{csv}>; rel=\"alternate\"; type=\"text/csv"))));
    assert_eq!(get(&site.app, &csv, &[]).await.status, StatusCode::OK);
    let got = get(&site.app, "/", &[]).await;
    let services = ["service-desc", "service-doc"].map(|relation| format!("rel=\"{relation}\""));
    assert!(services.iter().all(|service| links(&got).iter().any(|link| link.contains(service))));
}

/// One parameter of a generated request: ways to write it that ask the same, in each row.
const CHOICES: [&[&[&str]]; 12] = [
    &[&["", "q="], &["q=sovereignty"], &["q=private+sector", "q=private%20sector"], &["q=migraci%C3%B3n"]],
    &[&["", "limit=10", "limit=010"], &["limit=1"]],
    &[&["", "offset=0"], &["offset=1"]],
    &[&[""], &["rcp=rcm&rcp=sacm", "rcp=sacm&rcp=rcm", "rcp=sacm&rcp=rcm&rcp=sacm"], &["rcp=rcm"]],
    &[&[""], &["date_from=2005", "date_from=2005-01", "date_from=2005-01-01"]],
    &[&["", "match=most"], &["match=any"]],
    &[&["", "sort=relevance"], &["sort=-date"], &["sort=title"]],
    &[&["", "ui=en"], &["ui=es"]],
    &[&["", "expand=on"], &["expand=off"]],
    &[&[""], &["facets=none"], &["facets=rcp,theme", "facets=rcp&facets=theme"]],
    &[&["", "highlight=segments"], &["highlight=html"]],
    &[&["", "explain=false"], &["explain=true"]],
];

/// Which request and how it is written: a row and a way for each choice, and where the list of parameters begins.
fn written() -> impl Strategy<Value = String> {
    (proptest::collection::vec((0..100_usize, 0..100_usize), CHOICES.len()), 0..CHOICES.len()).prop_map(
        |(picks, start)| {
            let mut pairs: Vec<&str> = CHOICES
                .iter()
                .zip(picks)
                .map(|(rows, (row, way))| {
                    // Most requests leave most parameters out: so that equal ones are met.
                    let row = rows[row.saturating_sub(60) % rows.len()];
                    row[way % row.len()]
                })
                .collect();
            pairs.rotate_left(start);
            pairs.retain(|pair| !pair.is_empty());
            pairs.join("&")
        },
    )
}

/// Answers of a server that keeps none, of one that makes them, and of that again are the same bytes; two requests have
/// one tag exactly if they have one answer. Answers to searches say what was asked, so that different requests never
/// have one answer.
#[test]
fn one_tag_is_one_answer() {
    let site = Site::new();
    let uncached = site.beside(settings(), ServerConfig { cache_bytes: 0, ..ServerConfig::default() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut by_tag, mut by_body) = (HashMap::new(), HashMap::new());
    let mut runner = TestRunner::deterministic();
    let mut pairs = 0;
    let mut check = |path: &str, query: &str| {
        let address = format!("{path}?{query}");
        let answers = async {
            let miss = get(&site.app, &address, &[]).await;
            let hit = get(&site.app, &address, &[]).await;
            (miss, hit, get(&uncached, &address, &[]).await)
        };
        let (miss, hit, plain) = runtime.block_on(answers);
        assert_eq!(miss.status, StatusCode::OK, "{address}");
        assert!(miss.body == hit.body && miss.body == plain.body, "{address}");
        assert!(miss.said() == hit.said() && miss.said() == plain.said(), "{address}");
        let (tag, body) = (miss.tag().to_owned(), miss.body);
        let same_tag = by_tag.entry(tag.clone()).or_insert_with(|| (body.clone(), address.clone()));
        assert!(same_tag.0 == body, "one tag, two answers: {address} and {}", same_tag.1);
        if same_tag.1 != address {
            pairs += 1;
        }
        let same_body = by_body.entry(body).or_insert_with(|| (tag.clone(), address.clone()));
        assert!(same_body.0 == tag, "one answer, two tags: {address} and {}", same_body.1);
    };
    let strategy = (prop_oneof![Just("/v1/search"), Just("/v1/passages")], written());
    for _ in 0..300 {
        let (path, query) = strategy.new_tree(&mut runner).unwrap().current();
        check(path, &query);
    }
    assert!(pairs > 20, "too few requests that are written in two ways: {pairs}");
}

#[tokio::test]
async fn equal_searches_at_once_are_answered_alike() {
    let site = Site::new();
    let asked = (0..16).map(|_| {
        let app = site.app.clone();
        tokio::spawn(async move { get(&app, "/v1/search?q=sovereignty", &[]).await })
    });
    let mut bodies = Vec::new();
    for answer in asked.collect::<Vec<_>>() {
        let got = answer.await.unwrap();
        assert_eq!(got.status, StatusCode::OK);
        bodies.push(got.body);
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

/// A tag is no way in: whoever makes one up learns nothing from it.
#[tokio::test]
async fn a_list_of_tags_without_measure_is_read() {
    let site = Site::new();
    let long = HeaderValue::try_from(vec!["\"x\""; 3_000].join(",")).unwrap();
    let got = get(&site.app, "/v1/search", &[("if-none-match", long.to_str().unwrap())]).await;
    assert_eq!(got.status, StatusCode::OK);
}

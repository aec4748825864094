//! Nothing of a restricted collection shows in an answer to a public request: every route answers with equal bytes with
//! and without one. `access` asks the same requests with keys.
//!
//! The routes and their parameters come from the OpenAPI document, so a new one without requests here fails the test.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

mod access;
mod small_corpus;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use rcp_index::generation::Store;
use rcp_query::Searcher;
use rcp_server::keys::KeysFile;
use rcp_server::{AppState, Originals, ServerConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use access::Keys;
use small_corpus::{DOCUMENTS, index, settings, write};

/// Pages that are followed from each answer.
const PAGES: usize = 3;

/// What only some may see: before, between and behind the public documents, with the same words and with words of its
/// own (`zirconium`), in the same facets and in others; `private-sector` would join two words that all have.
const CLOSED: [(&str, &str, &str); 2] = [
    (
        "aaa-2010",
        "collection = 'closed'\ntitle = 'Alpha workshop of zirconium'\ndate = '2010-02-01'\nrcps = ['rcm', 'cmc']",
        "Alpha workshop of zirconium\n\n1. Sovereignty, sovereignty and once more sovereignty over zirconium.\n\n\
         2. The private-sector of zirconium was not thanked, and nobody spoke of any border.\n",
    ),
    (
        "beta-2004",
        "collection = 'closed'\ntitle = 'Beta meeting'\ndate = '2004'\nrcps = ['sacm']\nthemes = ['health']",
        "Beta meeting\n\n1. Las migraciones y el zirconium: la migración, las familias, las migraciones.\n",
    ),
];

/// What only others may see.
const OTHER_CIRCLE: [(&str, &str, &str); 1] = [(
    "zeta-2013",
    "collection = 'other-circle'\ntitle = 'Zeta'",
    "Zeta\n\nPrivate sovereignty of a private sector.\n",
)];

/// Queries for every kind of leaf, also with words and names that only restricted documents have.
const QUERIES: [&str; 23] = [
    "",
    "sovereignty",
    "zirconium",
    "zirconum",
    "sovereignity",
    "sovereignty+zirconium+border",
    "zirc*",
    "s*",
    "so*",
    "zirconum~1",
    "soverignty~2",
    "%22private+sector%22",
    "%22private+zirconium%22",
    "privatesector",
    "%22spoke+sovereignty%22~5",
    "sovereignty+-zirconium",
    "NOT+zirconium",
    "zirconium+OR+vaccination",
    "title:zirconium",
    "title:alpha",
    "migracion",
    "rcp:rcm+workshop",
    "year:2004..2010+theme:health",
];

/// Parameters of a search beside its query.
const SEARCHES: [&str; 24] = [
    "",
    "match=any&facets=rcp,theme,region,year,type,lang,event,country,mentions,process_type&facet_limit=50",
    "match=all&sort=title&limit=1",
    "sort=-date&limit=1&rcp=rcm&not_rcp=sacm",
    "sort=date&limit=2&offset=1",
    "sort=-added&added_since=2000-01-01",
    "rcp=rcm&rcp=cmc&facets=rcp&highlight=html&ui=es",
    "rcp=none&not_year=2013",
    "year=2010&year=2005&year_from=2004&year_to=2013",
    "date_from=2004-01&date_to=2010-12",
    "theme=health&not_theme=none&region=none&not_region=south-america",
    "country=none&not_country=mx",
    "type=summary-report&not_type=none",
    "lang=en&not_lang=es",
    "event=none&not_event=none",
    "mentions=rcm&not_mentions=sacm",
    "process_type=none&not_process_type=none",
    "highlight=none&facets=none&ui=fr",
    "cursor=nonsense",
    "expand=off&correct=off",
    "expand_exclude=zirconium",
    "explain=true",
    "fields=citation",
    "rcp=rmc",
];

/// Parameters of a list of documents beside those of [`SEARCHES`] that it shares.
const LISTS: [&str; 6] = [
    "ids=alpha-2005,aaa-2010,zeta-2013,unknown",
    "ids=aaa-2010",
    "withdrawn_since=0123456789abcdef",
    "limit=1",
    "sort=title&limit=2&offset=1",
    "ui=es",
];

/// Tables, also of facets that restricted documents have other values in.
const COMPARISONS: [&str; 8] = [
    "rows=rcp&cols=year&format=csv",
    "rows=country&cols=mentions&best=false&limit_rows=50&limit_cols=50",
    "rows=type&cols=lang&ui=es&rcp=rcm&rcp=cmc",
    "rows=event&cols=process_type&limit_rows=1",
    "rows=theme&cols=theme&match=any",
    "rows=rcp&cols=year&expand=off&correct=off",
    "rows=rcp&cols=year&expand_exclude=zirconium&document=alpha-2005",
    "rows=rcp&cols=unknown",
];

/// Exports of every form and order.
const EXPORTS: [&str; 10] = [
    "format=ris",
    "format=bibtex&unit=document",
    "format=ndjson&unit=document&ui=es",
    "format=ndjson&manifest=off&sort=relevance",
    "unit=document&sort=title&bom=on",
    "columns=document,text&sort=-added",
    "unit=document&columns=added&columns=changed",
    "sort=date&expand=off&correct=off",
    "sort=-date&expand_exclude=zirconium&document=alpha-2005&document=aaa-2010",
    "document=aaa-2010&format=ndjson",
];

/// Feeds of either unit, and pages of them.
const FEEDS: [&str; 4] = [
    "unit=document&ui=es&limit=1",
    "expand=off&correct=off&limit=2",
    "expand_exclude=zirconium&document=alpha-2005&document=aaa-2010",
    "cursor=nonsense",
];

/// Documents by id, restricted and unknown ones among them.
const IDS: [&str; 6] = ["alpha-2005", "kappa-2013", "aaa-2010", "beta-2004", "zeta-2013", "unknown"];

/// A request: address and, for a POST, its body.
type Call = (String, Option<Value>);

/// The requests of a route, `None` for one that nobody has written any for.
fn calls(method: &str, path: &str) -> Option<Vec<Call>> {
    let get = |paths: Vec<String>| Some(paths.into_iter().map(|path| (path, None)).collect());
    let with_ids = |suffixes: &[&str]| {
        let paths = IDS
            .iter()
            .flat_map(|id| suffixes.iter().map(move |suffix| format!("{}{suffix}", path.replace("{id}", id))));
        paths.collect()
    };
    match (method, path) {
        ("get", "/health" | "/ready" | "/openapi.json" | "/openapi-3.0.json") => get(vec![path.to_owned()]),
        ("get", "/v1/coverage" | "/v1/schemes") => get(vec![path.to_owned(), format!("{path}?ui=es")]),
        ("get", "/v1/search") => get(searches(path, &["passages=10", "passages=0", "document=alpha-2005"])),
        ("get", "/v1/passages") => get(searches(path, &["document=alpha-2005", "document=aaa-2010"])),
        ("get", "/v1/documents") => {
            let is_of_lists = |set: &&&str| {
                !["match=", "facets=", "highlight=", "fields=", "expand", "explain"]
                    .iter()
                    .any(|name| set.contains(name))
            };
            get(SEARCHES.iter().filter(is_of_lists).chain(&LISTS).map(|set| format!("{path}?{set}")).collect())
        }
        ("get", "/v1/documents/{id}") => get(with_ids(&["", "?ui=es"])),
        ("get", "/v1/documents/{id}/passages") => get(with_ids(&["", "?limit=1&offset=1&ui=fr"])),
        ("get", "/v1/documents/{id}/similar") => {
            // Of a document that is hidden, no filter is ever read.
            let filters = SEARCHES.iter().filter(|set| !set.contains("rmc"));
            let filters: Vec<String> = filters.map(|set| format!("?{}", filters_of(set))).collect();
            let mut sets: Vec<&str> = filters.iter().map(String::as_str).collect();
            sets.extend(["", "?limit=1&ui=es"]);
            get(with_ids(&sets))
        }
        ("get", "/v1/documents/{id}/citation") => {
            get(with_ids(&["", "?format=ris&passage=p1", "?format=bibtex&ui=es", "?format=csl&ui=fr"]))
        }
        ("get", "/v1/documents/{id}/original") => get(with_ids(&[""])),
        ("get", "/v1/cite") => {
            let references = [
                "alpha-2005",
                "aaa-2010%23p1",
                "/documents/aaa-2010%23p1",
                "Alpha+workshop,+April+2005,+para.+1",
                "Alpha+workshop:+Summary+report,+14-15+April+2005",
                "Alpha+workshop+of+zirconium",
                "zirconium+2010",
                "Reunion+kappa+2013",
            ];
            get(references.iter().map(|reference| format!("{path}?ref={reference}&ui=es")).collect())
        }
        ("get", "/v1/compare") => {
            let each_query = QUERIES.iter().map(|query| format!("{path}?q={query}"));
            let each_table = COMPARISONS.iter().map(|set| format!("{path}?q=sovereignty&{set}"));
            let each_filter = SEARCHES.iter().map(|set| format!("{path}?q=sovereignty&{}", filters_of(set)));
            get(each_query.chain(each_table).chain(each_filter).collect())
        }
        ("get", "/v1/export" | "/v1/export/manifest") => {
            let each_query = QUERIES.iter().map(|query| format!("{path}?q={query}&match=any"));
            let each_form = EXPORTS.iter().map(|set| format!("{path}?q=sovereignty&{set}"));
            let each_filter = SEARCHES.iter().map(|set| format!("{path}?q=&{}", filters_of(set)));
            get(each_query.chain(each_form).chain(each_filter).collect())
        }
        ("get", "/v1/feed.atom" | "/v1/feed.json") => {
            let each_query = QUERIES.iter().map(|query| format!("{path}?q={query}&match=any"));
            let each_form = FEEDS.iter().map(|set| format!("{path}?q=sovereignty&{set}"));
            let each_filter = SEARCHES.iter().map(|set| format!("{path}?{}", filters_of(set)));
            get(each_query.chain(each_form).chain(each_filter).collect())
        }
        ("get", "/opensearch.xml" | "/llms.txt") => get(vec![path.to_owned()]),
        ("get", "/sitemap.xml") => get(["", "?part=1", "?part=2"].map(|part| format!("{path}{part}")).into()),
        ("get", "/v1/suggest") => {
            let texts = [
                "",
                "a",
                "al",
                "alp",
                "alpha+wor",
                "zirc",
                "zirconium",
                "sovereignity",
                "privatesec",
                "priv",
                "health",
                "rcm",
                "sector+of+zirc",
            ];
            let sets = ["", "&limit=20", "&ui=es&limit=1", "&format=opensearch"];
            get(texts.iter().flat_map(|text| sets.iter().map(move |set| format!("{path}?q={text}{set}"))).collect())
        }
        ("get", "/v1/facets/{facet}") => {
            let texts = ["", "r", "rcm", "consul", "salud", "20", "zirc"];
            let facets = ["rcp", "theme", "year", "lang", "event"];
            let each_text = facets.iter().flat_map(|facet| texts.iter().map(move |text| format!("{facet}?q={text}")));
            let of_passages = SEARCHES.iter().map(|set| format!("rcp?unit=passage&{}", matching_of(set)));
            let each_query = QUERIES.iter().map(|query| format!("theme?query={query}&limit=1&ui=es"));
            let of_one = ["theme?document=alpha-2005".to_owned()];
            let sets = each_text.chain(of_passages).chain(each_query).chain(of_one);
            get(sets.map(|set| path.replace("{facet}", &set)).collect())
        }
        ("post", "/v1/instantsearch") => {
            let ask = |query: &str| {
                let query = query.replace('+', " ");
                json!([
                    {"indexName": "documents", "params": {"query": query, "facets": ["*"], "page": 0}},
                    {"indexName": "passages_date_asc", "params": {"query": query, "hitsPerPage": 1, "page": 1}},
                    {"indexName": "documents", "type": "facet", "facet": "rcp", "params": {"facetQuery": "r", "query": query}},
                    {"indexName": "documents_title", "params": {"query": query, "facets": "theme.lvl1", "numericFilters": ["year<=2010"]}},
                    {"indexName": "documents", "params": {"facetFilters": [["rcp:rcm", "rcp:cmc"], "theme:-health"], "facets": ["rcp"]}},
                ])
            };
            Some(QUERIES.iter().map(|query| (format!("{path}?ui=es"), Some(ask(query)))).collect())
        }
        ("get", "/v1/schemes/{scheme}") => {
            let schemes = ["rcp", "theme", "region", "country", "document-type", "institution", "unknown"];
            get(schemes.iter().map(|scheme| format!("{}?ui=es", path.replace("{scheme}", scheme))).collect())
        }
        ("post", "/v1/compare") => {
            let body =
                |query: &str| json!({"q": query.replace('+', " "), "match": "any", "rows": "theme", "cols": "rcp"});
            Some(QUERIES.iter().map(|query| (path.to_owned(), Some(body(query)))).collect())
        }
        ("post", "/v1/export") => {
            let body = |query: &str| json!({"q": query.replace('+', " "), "match": "any", "format": "ndjson"});
            Some(QUERIES.iter().map(|query| (path.to_owned(), Some(body(query)))).collect())
        }
        ("post", "/v1/search" | "/v1/passages") => {
            let body = |query: &str| json!({"q": query.replace('+', " "), "match": "any", "limit": 1});
            Some(QUERIES.iter().map(|query| (path.to_owned(), Some(body(query)))).collect())
        }
        _ => None,
    }
}

/// What a set of parameters filters by.
fn filters_of(set: &str) -> String {
    const OTHERS: [&str; 14] = [
        "match",
        "expand",
        "expand_exclude",
        "correct",
        "sort",
        "limit",
        "offset",
        "cursor",
        "facets",
        "facet_limit",
        "highlight",
        "fields",
        "explain",
        "ui",
    ];
    let is_filter = |pair: &&str| !OTHERS.contains(&pair.split('=').next().unwrap_or_default());
    set.split('&').filter(is_filter).collect::<Vec<_>>().join("&")
}

/// What a set of parameters makes match.
fn matching_of(set: &str) -> String {
    const OTHERS: [&str; 10] = [
        "sort=",
        "limit=",
        "offset=",
        "cursor=",
        "facets=",
        "facet_limit=",
        "highlight=",
        "fields=",
        "explain=",
        "ui=",
    ];
    let matches = |pair: &&str| !OTHERS.iter().any(|other| pair.starts_with(other));
    set.split('&').filter(matches).collect::<Vec<_>>().join("&")
}

/// Every query with a few sets of parameters, and every set with a few queries.
fn searches(path: &str, more: &[&str]) -> Vec<String> {
    let sets: Vec<&str> = SEARCHES.iter().chain(more).copied().collect();
    let each_query = QUERIES.iter().flat_map(|query| sets[..4].iter().map(move |set| (query, *set)));
    let each_set = sets.iter().flat_map(|set| QUERIES[..3].iter().map(move |query| (query, *set)));
    each_query.chain(each_set).map(|(query, set)| format!("{path}?q={query}&{set}")).collect()
}

/// The same public documents, alone and beside restricted ones.
struct Corpora {
    alone: Router,
    /// Beside one restricted collection.
    circle: Router,
    /// Beside both.
    beside: Router,
    /// The keys that all of them know.
    keys: Keys,
    _folder: TempDir,
}

impl Corpora {
    /// The public documents are indexed, the index is copied, then the others are added: so they keep their times.
    fn build() -> Corpora {
        let folder = tempfile::tempdir().unwrap();
        let [files, beside, circle, alone] =
            ["corpus", "beside", "circle", "alone"].map(|name| folder.path().join(name));
        fs::create_dir(&files).unwrap();
        write(&files, &DOCUMENTS);
        write_unreadable(&files, "public.bin", "");
        let report = index(&files, &beside);
        assert_eq!((report.documents, report.failures.len()), (DOCUMENTS.len() as u64, 1), "{:?}", report.failures);
        copy(&beside, &alone);
        write(&files, &OTHER_CIRCLE);
        index(&files, &beside);
        copy(&beside, &circle);
        write(&files, &CLOSED);
        write_unreadable(&files, "closed.bin", "collection = 'closed'\n");
        index(&files, &beside);
        let manifest = Store::new(&beside).current_manifest().unwrap().unwrap();
        let sizes = |name: &str| {
            let collection = &manifest.collections[name];
            (collection.documents.len(), collection.unsearchable.len())
        };
        assert_eq!((sizes("public"), sizes("closed"), sizes("other-circle")), ((4, 1), (2, 1), (1, 0)));
        let file = KeysFile::new(folder.path().join("keys.toml"));
        let keys = Keys::make(&file);
        let app = |index: &Path| app(index, file.path());
        Corpora { alone: app(&alone), circle: app(&circle), beside: app(&beside), keys, _folder: folder }
    }

    /// Compares the answers to a request, and those to the pages behind it.
    async fn check(&self, (path, body): Call) {
        let mut next = Some((path, body));
        for _ in 0..PAGES {
            let Some(call) = next else { break };
            let alone = send(&self.alone, &call, &[]).await;
            let beside = send(&self.beside, &call, &[]).await;
            assert_eq!(alone, beside, "{call:?}");
            assert_eq!(alone.0, expected_status(&call.0), "{call:?}: {}", alone.2);
            next = next_page(&call, &alone.2);
        }
    }
}

/// The request for the page behind an answer, if there is one.
fn next_page((path, body): &Call, answer: &str) -> Option<Call> {
    // A table for spreadsheets has no next page.
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let Some(body) = body else {
        return answer["links"]["next"].as_str().map(|next| (next.to_owned(), None));
    };
    let mut body = body.clone();
    body["cursor"] = answer["meta"]["next_cursor"].as_str()?.into();
    Some((path.clone(), Some(body)))
}

/// A request that is refused by mistake would compare nothing.
fn expected_status(path: &str) -> StatusCode {
    let is_refused = ["cursor=nonsense", "rcp=rmc", "cols=unknown"].iter().any(|mistake| path.contains(mistake));
    let is_hidden = ["aaa-2010", "beta-2004", "zeta-2013", "unknown"].iter().any(|id| path.contains(&format!("/{id}")));
    if path.contains("withdrawn_since=") {
        return StatusCode::GONE;
    }
    let is_meant = !["aaa-2010", "zirconium"].iter().any(|hidden| path.contains(hidden));
    match (is_refused, is_hidden || (path.starts_with("/v1/cite") && !is_meant)) {
        (true, _) => StatusCode::BAD_REQUEST,
        (_, true) => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    }
}

/// Writes a file that cannot be read.
fn write_unreadable(folder: &Path, name: &str, metadata: &str) {
    fs::write(folder.join(name), [0, 1, 2, 255, 254, 0, 0, 7]).unwrap();
    fs::write(folder.join(name).with_extension("meta.toml"), metadata).unwrap();
}

fn app(index: &Path, keys: &Path) -> Router {
    let config = ServerConfig { keys: Some(keys.to_owned()), ..ServerConfig::default() };
    let searcher = Arc::new(Searcher::open(index, settings()).unwrap());
    // The files of restricted documents stand in the same folder.
    let originals = Originals::new(vec![(String::new(), index.with_file_name("corpus"))]);
    rcp_server::app(AppState::with_originals(searcher, config, originals))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Status, headers without the time that the answer took, and body.
type Answer = (StatusCode, HeaderMap, String);

/// Sends a request with more headers.
async fn send(app: &Router, (path, body): &Call, headers: &[(&str, &str)]) -> Answer {
    let request = match body {
        None => Request::get(path),
        Some(_) => Request::post(path).header("content-type", "application/json"),
    };
    let body = body.as_ref().map_or(Body::empty(), |body| Body::from(body.to_string()));
    let mut request = request.header("x-request-id", "the-same");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(app, request.body(body).unwrap()).await
}

async fn answer(app: &Router, request: Request<Body>) -> Answer {
    let (mut head, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    head.headers.remove("server-timing");
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (head.status, head.headers, String::from_utf8(body).unwrap())
}

/// Every route and method of the OpenAPI document, with the names of its query parameters.
fn routes() -> Vec<(String, String, Vec<String>)> {
    let document: Value = serde_json::from_str(rcp_server::openapi_json()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
            let of_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
            let names = of_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect();
            routes.push((method.clone(), path.clone(), names));
        }
    }
    routes
}

#[tokio::test]
async fn a_restricted_collection_changes_no_byte_of_a_public_answer() {
    let corpora = Corpora::build();
    let mut answered = 0;
    for (method, path, parameters) in routes() {
        let calls = calls(&method, &path).unwrap_or_else(|| panic!("{method} {path} has no requests in this test"));
        for name in parameters {
            let is_used = |(path, _): &Call| path.contains(&format!("?{name}=")) || path.contains(&format!("&{name}="));
            assert!(calls.iter().any(is_used), "no request of {method} {path} has the parameter {name}");
        }
        for call in calls {
            corpora.check(call).await;
            answered += 1;
        }
    }
    assert!(answered > 300, "{answered}");
}

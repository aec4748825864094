//! Exports over a real index: a made-up corpus with hostile text is indexed, and the server's router is called without a
//! socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::Searcher;
use rcp_server::{AppState, ServerConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

#[path = "exports/feeds.rs"]
mod feeds;

/// Documents of filling beside the written ones, in a site whose exports are more than is sent ahead of their clients.
const MANY: usize = 20;
/// The same in other sites.
const FEW: usize = 3;

/// A corpus, its index, and a server over it.
struct Site {
    folder: TempDir,
    searcher: Arc<Searcher>,
    app: Router,
}

impl Site {
    fn new(config: ServerConfig, filling: usize) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("corpus");
        fs::create_dir(&files).unwrap();
        write(
            &files,
            "hostile",
            "title = '=1+1'\ndate = '2009'\nrcps = ['rcm', 'sacm']\nthemes = ['health', 'protection-rights.consular']",
            "=1+1\n\n1. Visas, \"quotes\"; semicolons and\u{2028}é & ＝2+2 < 5.\n\n2. Nothing else.\n",
        );
        write(&files, "informe", "title = 'Informe'", "Informe\n\n1. Los visados y la migración en la región.\n");
        for number in 0..filling {
            let passages: Vec<String> =
                (1..=20).map(|at| format!("{at}. Visas {}\n\n", "of the delegation ".repeat(20))).collect();
            write(
                &files,
                &format!("filling-{number:02}"),
                "date = '2013'",
                &format!("Filling\n\n{}", passages.concat()),
            );
        }
        let site = folder.path().join("index");
        index(&files, &site);
        let searcher = Arc::new(Searcher::open(&site, settings()).unwrap());
        let app = rcp_server::app(AppState::new(Arc::clone(&searcher), config));
        Site { folder, searcher, app }
    }

    fn shared() -> &'static Site {
        static SITE: std::sync::OnceLock<Site> = std::sync::OnceLock::new();
        SITE.get_or_init(|| {
            let terms = Some("https://example.org/terms".to_owned());
            Site::new(ServerConfig { terms, max_exports: 64, ..ServerConfig::default() }, FEW)
        })
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Body) {
        let (head, body) = self.app.clone().oneshot(request).await.unwrap().into_parts();
        (head.status, head.headers, body)
    }

    async fn get(&self, path: &str) -> (HeaderMap, String) {
        let (status, headers, body) = self.send(Request::get(path).body(Body::empty()).unwrap()).await;
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        (headers, text)
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await.1).unwrap()
    }

    async fn problem(&self, path: &str, status: u16, code: &str) -> Value {
        let (actual, _, body) = self.send(Request::get(path).body(Body::empty()).unwrap()).await;
        let problem: Value = serde_json::from_slice(&body.collect().await.unwrap().to_bytes()).unwrap();
        assert_eq!((actual.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
        problem
    }

    /// The lines of NDJSON.
    async fn lines(&self, path: &str) -> Vec<Value> {
        let (headers, text) = self.get(path).await;
        assert_eq!(headers["content-type"], "application/x-ndjson");
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The rows of CSV, by column.
    async fn table(&self, path: &str) -> Vec<BTreeMap<String, String>> {
        let (_, text) = self.get(path).await;
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
    }
}

fn write(files: &Path, id: &str, metadata: &str, text: &str) {
    fs::write(files.join(format!("{id}.txt")), text).unwrap();
    fs::write(files.join(format!("{id}.meta.toml")), format!("id = \"{id}\"\n{metadata}\n")).unwrap();
}

fn settings() -> Arc<Settings> {
    let config: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config");
    Arc::new(Settings::load(&config).unwrap())
}

fn index(files: &Path, index: &Path) {
    let options = IndexOptions::new(vec![files.to_owned()], index.to_owned());
    let report = rcp_indexer::index(&options, &settings(), &mut |_| {}).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

/// Every hit of a search, page by page, as what tells it from others.
async fn hits(site: &Site, first: &str) -> Vec<String> {
    let (mut hits, mut next) = (Vec::new(), Some(first.to_owned()));
    while let Some(path) = next {
        let answer = site.json(&path).await;
        hits.extend(answer["hits"].as_array().unwrap().iter().map(|hit| match hit["passage"].as_str() {
            Some(passage) => format!("{} {passage}", hit["document"].as_str().unwrap()),
            None => hit["id"].as_str().unwrap().to_owned(),
        }));
        next = answer["links"]["next"].as_str().map(str::to_owned);
    }
    hits
}

fn name(row: &Value) -> String {
    match row["passage"].as_str() {
        Some(passage) => format!("{} {passage}", row["document"].as_str().unwrap()),
        None => row["document"].as_str().unwrap().to_owned(),
    }
}

#[tokio::test]
async fn an_export_holds_what_a_search_finds() {
    let site = Site::shared();
    for (search, unit, query) in [
        ("/v1/passages", "passage", "q=visas"),
        ("/v1/passages", "passage", "q=visas+migracion&match=any&lang=es"),
        ("/v1/passages", "passage", "q=nothing+vis*"),
        ("/v1/search", "document", "year=2009"),
        ("/v1/search", "document", "q=visas"),
        ("/v1/search", "document", "q=no+such+words"),
    ] {
        let mut expected = hits(site, &format!("{search}?{query}&limit=100&facets=none")).await;
        for (sort, is_corpus_order) in [("corpus", true), ("relevance", false)] {
            let lines = site.lines(&format!("/v1/export?format=ndjson&unit={unit}&sort={sort}&{query}")).await;
            let [manifest, rows @ .., end] = &lines[..] else { panic!("{lines:?}") };
            if is_corpus_order {
                let ranked = std::mem::take(&mut expected);
                let mut in_order = rows.iter().map(name).collect::<Vec<_>>();
                let documents: Vec<&str> = rows.iter().map(|row| row["document"].as_str().unwrap()).collect();
                assert!(documents.is_sorted(), "{query}");
                let mut sorted = ranked.clone();
                sorted.sort();
                in_order.sort();
                assert_eq!(in_order, sorted, "{query}");
                expected = ranked;
            } else {
                assert_eq!(rows.iter().map(name).collect::<Vec<_>>(), expected, "{query}");
            }
            assert_eq!(*end, json!({"end": {"rows": rows.len()}}));
            assert_eq!(manifest["manifest"]["meta"]["rows"], rows.len());
        }
    }
}

#[tokio::test]
async fn the_manifest_says_what_was_asked() {
    let site = Site::shared();
    let lines = site.lines("/v1/export?format=ndjson&q=visaz&rcp=rcm&columns=text,document").await;
    let (manifest, row) = (&lines[0]["manifest"], &lines[1]);
    assert_eq!(lines[0]["date"].as_str().unwrap().len(), 10);
    assert_eq!(manifest["meta"]["documents"], 1);
    assert_eq!(manifest["interpretation"]["corrections"][0]["from"], "visaz");
    assert_eq!((&manifest["request"]["rcp"], &manifest["request"]["unit"]), (&json!(["rcm"]), &json!("passage")));
    assert_eq!(manifest["terms"], "https://example.org/terms");
    assert_eq!(manifest["coverage"]["documents"], FEW + 2);
    let columns: Vec<&str> =
        manifest["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
    assert_eq!(columns, ["text", "document"]);
    assert_eq!(row.as_object().unwrap().len(), 2);
    assert_eq!(site.json(manifest["links"]["self"].as_str().unwrap()).await, *manifest);
    let again = site.lines(manifest["links"]["export"].as_str().unwrap()).await;
    assert_eq!(again, lines);
    let bare = site.lines("/v1/export?format=ndjson&q=visaz&rcp=rcm&columns=text,document&manifest=off").await;
    assert_eq!(bare, lines[1..lines.len() - 1]);
    let body = Body::from(manifest["request"].to_string());
    let request = Request::post("/v1/export").header("content-type", "application/json").body(body).unwrap();
    let (_, _, body) = site.send(request).await;
    assert_eq!(
        body.collect().await.unwrap().to_bytes(),
        site.get(manifest["links"]["export"].as_str().unwrap()).await.1
    );
}

#[tokio::test]
async fn csv_is_a_table_that_no_spreadsheet_runs() {
    let site = Site::shared();
    let (headers, text) = site.get("/v1/export?q=quotes&rcp=rcm").await;
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8; header=present");
    let version = site.json("/v1/search?limit=1").await["meta"]["index_version"].clone();
    let file = format!("attachment; filename=\"rcp-passages-{}.csv\"", version.as_str().unwrap());
    assert_eq!(headers["content-disposition"], *file);
    assert_eq!(headers["link"], "</v1/export/manifest?q=quotes&rcp=rcm>; rel=\"describedby\"");
    assert!(text.ends_with("\r\n") && !text.starts_with('\u{FEFF}'));
    let with_mark = site.get("/v1/export?q=quotes&rcp=rcm&bom=on").await.1;
    assert_eq!(with_mark.strip_prefix('\u{FEFF}'), Some(text.as_str()));

    let rows = site.table("/v1/export?q=quotes&rcp=rcm").await;
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((row["document"].as_str(), row["passage"].as_str(), row["title"].as_str()), ("hostile", "p1", "'=1+1"));
    assert!(row["text"].contains("\"quotes\"; semicolons") && row["text"].ends_with("é & ＝2+2 < 5."), "{row:?}");
    assert!(row["citation"].starts_with("'=1+1") && row["citation"].ends_with(" 1"), "{row:?}");
    assert_eq!(row["url"], "/documents/hostile#p1");
    assert_eq!(row["rcps"], "rcm; sacm");
    for row in site.table("/v1/export?unit=document").await.iter().chain(&rows) {
        assert!(row.values().all(|cell| !cell.starts_with(['=', '+', '-', '@', '＝'])), "{row:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_exported_so_is_refused() {
    let site = Site::shared();
    let refused = site.problem("/v1/export?columns=txt", 400, "invalid_parameter").await;
    assert_eq!(refused["invalid_params"][0]["nearest"], json!(["text"]));
    site.problem("/v1/export?unit=document&columns=text", 400, "invalid_parameter").await;
    site.problem("/v1/export?format=ndjson&bom=on", 400, "invalid_parameter").await;
    site.problem("/v1/export?limit=10", 400, "unknown_parameter").await;
    site.problem("/v1/export?rcp=rmc", 400, "unknown_value").await;
    site.problem("/v1/export/manifest?format=xls", 400, "invalid_parameter").await;
}

/// Read by parsers that are not ours.
#[tokio::test]
async fn references_go_into_reference_managers() {
    let site = Site::shared();
    for (unit, query) in [("passage", "q=visas"), ("document", "q=visas+visados&match=any")] {
        let rows = site.table(&format!("/v1/export?unit={unit}&{query}")).await;
        let keys: Vec<String> = rows
            .iter()
            .map(|row| match row.get("passage") {
                Some(passage) => format!("{}#{passage}", row["document"]),
                None => row["document"].clone(),
            })
            .collect();
        assert!(keys.len() > 3);
        let ris = site.get(&format!("/v1/export?format=ris&unit={unit}&{query}")).await.1;
        assert_eq!(ris.matches("TY  - RPRT\r\n").count(), keys.len());
        let ids: Vec<&str> = ris.lines().filter_map(|line| line.strip_prefix("ID  - ")).collect();
        assert_eq!(ids, keys, "{unit}");
        let (headers, bibtex) = site.get(&format!("/v1/export?format=bibtex&unit={unit}&{query}")).await;
        assert_eq!(headers["content-type"], "application/x-bibtex; charset=utf-8");
        let entries = biblatex::Bibliography::parse(&bibtex).unwrap();
        assert_eq!(entries.len(), keys.len());
    }
    site.problem("/v1/export?format=ris&columns=title", 400, "invalid_parameter").await;
}

/// The first piece is read, then the index is replaced by one without most of the documents.
#[tokio::test]
async fn an_export_stays_with_the_index_it_began_with() {
    let site = Site::new(ServerConfig { max_exports: 1, ..ServerConfig::default() }, MANY);
    let path = "/v1/export?format=ndjson&q=visas";
    let whole = site.get(path).await.1;
    let (status, _, mut body) = site.send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(first.len() < whole.len() / 3, "all is sent at once");
    site.problem(path, 503, "too_many_exports").await;

    let files = site.folder.path().join("corpus");
    for number in 0..MANY {
        fs::remove_file(files.join(format!("filling-{number:02}.txt"))).unwrap();
        fs::remove_file(files.join(format!("filling-{number:02}.meta.toml"))).unwrap();
    }
    index(&files, &site.folder.path().join("index"));
    assert!(site.searcher.refresh().unwrap());
    let rest = body.collect().await.unwrap().to_bytes();
    assert_eq!(first.len() + rest.len(), whole.len());
    assert!(whole.ends_with(std::str::from_utf8(&rest).unwrap()));
    assert_eq!(site.table("/v1/export?q=visas").await.len(), 1);
    assert_eq!(site.json("/v1/search").await["coverage"]["documents"], 2);
}

/// What a copy of the corpus has to delete: what everyone could see and can see no longer, and nothing else.
#[tokio::test]
async fn what_was_withdrawn_since_a_version_can_be_listed() {
    let site = Site::new(ServerConfig::default(), FEW);
    let files = site.folder.path().join("corpus");
    let reindex = || {
        index(&files, &site.folder.path().join("index"));
        assert!(site.searcher.refresh().unwrap());
    };
    let since = |version: &str| format!("/v1/documents?withdrawn_since={version}");
    let first = site.json("/v1/search").await["meta"]["index_version"].as_str().unwrap().to_owned();
    assert_eq!(site.json(&since(&first)).await["withdrawn"], json!([]));

    fs::remove_file(files.join("informe.txt")).unwrap();
    fs::remove_file(files.join("informe.meta.toml")).unwrap();
    // Restricted from now on, and a restricted one that nobody saw.
    write(&files, "filling-00", "collection = 'closed'", "Filling\n\n1. Visas.\n");
    write(&files, "secret", "collection = 'closed'", "Secret\n\n1. Visas.\n");
    reindex();
    fs::remove_file(files.join("secret.txt")).unwrap();
    fs::remove_file(files.join("secret.meta.toml")).unwrap();
    fs::remove_file(files.join("filling-01.txt")).unwrap();
    fs::remove_file(files.join("filling-01.meta.toml")).unwrap();
    reindex();
    let answer = site.json(&since(&first)).await;
    assert_eq!(answer["withdrawn"], json!(["filling-00", "filling-01", "informe"]));
    assert_eq!((&answer["meta"]["total"], &answer["documents"]), (&json!(3), &json!([])));
    let now = answer["meta"]["index_version"].as_str().unwrap();
    assert_eq!(site.json(&since(now)).await["withdrawn"], json!([]));
    assert_eq!(site.json(answer["links"]["self"].as_str().unwrap()).await, answer);
    site.problem(&since("0123456789abcdef"), 410, "unknown_version").await;
    site.problem(&format!("{}&rcp=rcm", since(&first)), 400, "invalid_parameter").await;
    site.problem(&format!("{}&ids=informe", since(&first)), 400, "invalid_parameter").await;
}

//! The API over a real index: a small made-up corpus is indexed, and the server's router is called without a socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::Searcher;
use rcp_server::{AppState, ServerConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// Name, metadata and text of each document. The texts are made up; `&` and `<` are there to be escaped.
const CORPUS: &[(&str, &str, &str)] = &[
    (
        "alpha-2005",
        r#"
            title = "Alpha workshop"
            type = "summary-report"
            date = "2005-04-14/2005-04-15"
            rcps = ["rcm"]
            regions = ["central-america"]
            themes = ["protection-rights.consular"]
        "#,
        "Alpha workshop\n\n1. Ministers spoke of sovereignty and of the dignity of travellers at the border.\n\n\
         2. Dialogue with the private sector was useful & quick (3 < 4) for every delegation that took part.\n\n\
         3. The secretariat will prepare a compendium of practices before the next session.\n",
    ),
    (
        "beta-2009",
        r#"
            title = "Beta meeting"
            type = "summary-report"
            date = "2009"
            rcps = ["bali-process"]
            regions = ["global"]
            themes = ["health"]
        "#,
        "Beta meeting\n\n1. Sovereignty was mentioned once, and the private sector was thanked twice.\n\n\
         2. Participants compared their experience with vaccination of seasonal workers.\n",
    ),
    (
        "gamma-2013",
        r#"
            title = "Reunión gamma"
            type = "summary-report"
            date = "2013-05-22"
            rcps = ["sacm"]
            regions = ["south-america"]
        "#,
        "Reunión gamma\n\n1. Los países conversaron sobre las migraciones y la situación de las familias.\n\n\
         2. La migración ordenada fue el tema de la tarde y se acordó seguir trabajando.\n",
    ),
    ("delta-undated", "title = \"Delta note\"", "Delta note\n\nA short note without any particular date.\n"),
];

struct Corpus {
    /// Holds the files of the index while it is open.
    _folder: TempDir,
    app: Router,
}

fn app() -> Router {
    static INDEXED: OnceLock<Corpus> = OnceLock::new();
    INDEXED.get_or_init(build).app.clone()
}

fn build() -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("corpus");
    std::fs::create_dir(&files).unwrap();
    for (name, metadata, text) in CORPUS {
        std::fs::write(files.join(format!("{name}.txt")), text).unwrap();
        std::fs::write(files.join(format!("{name}.meta.toml")), format!("id = \"{name}\"\n{metadata}")).unwrap();
    }
    let index = folder.path().join("index");
    let settings = Arc::new(Settings::load(&config()).unwrap());
    let options = IndexOptions::new(vec![files], index.clone());
    let report = rcp_indexer::index(&options, &settings, &mut |_| {}).unwrap();
    assert_eq!(report.documents, 4, "{:?}", report.failures);
    let searcher = Arc::new(Searcher::open(&index, settings).unwrap());
    let app = rcp_server::app(AppState::new(searcher, ServerConfig::default()));
    Corpus { _folder: folder, app }
}

fn config() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config")
}

async fn send(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = app().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (head.status, head.headers, String::from_utf8(body).unwrap())
}

async fn send_get(path: &str) -> (StatusCode, HeaderMap, String) {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

/// The answer to a GET that succeeds.
async fn get(path: &str) -> Value {
    let (status, _, body) = send_get(path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// The problem of a GET that does not.
async fn problem(path: &str, status: u16, code: &str) -> Value {
    let (actual, headers, body) = send_get(path).await;
    let problem: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((actual.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
    assert_eq!(headers["content-type"], "application/problem+json");
    problem
}

/// The answer to a POST that succeeds.
async fn post(path: &str, body: &Value) -> Value {
    let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string()));
    let (status, _, body) = send(request.unwrap()).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn texts(answer: &Value, list: &str, key: &str) -> Vec<String> {
    let items = answer[list].as_array().unwrap();
    items.iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

/// Expects exactly these documents, in any order.
async fn check(path: &str, expected: &[&str]) {
    let answer = get(path).await;
    let mut found = texts(&answer, "hits", "id");
    found.sort();
    assert_eq!(found, expected, "{path}");
    assert_eq!(answer["meta"]["total"], expected.len(), "{path}");
}

#[tokio::test]
async fn filters_are_or_inside_a_facet_and_and_between() {
    check("/v1/search?q=sovereignty", &["alpha-2005", "beta-2009"]).await;
    check("/v1/search?q=sovereignty&rcp=rcm", &["alpha-2005"]).await;
    check("/v1/search?rcp=rcm&rcp=sacm", &["alpha-2005", "gamma-2013"]).await;
    check("/v1/search?rcp=rcm&rcp=sacm&year=2013", &["gamma-2013"]).await;
    check("/v1/search?theme=protection-rights", &["alpha-2005"]).await;
    check("/v1/search?region=global", &["beta-2009"]).await;
    check("/v1/search?year_from=2006&year_to=2012", &["beta-2009"]).await;
    check("/v1/search?date_from=2009-06&date_to=2013-05", &["beta-2009", "gamma-2013"]).await;
    check("/v1/search?not_rcp=rcm&not_rcp=none", &["beta-2009", "gamma-2013"]).await;
    check("/v1/search?year=none", &["delta-undated"]).await;
    check("/v1/search?year=1999", &[]).await;
    check("/v1/search?added_since=2000-01-01&q=compendium", &["alpha-2005"]).await;
    check("/v1/search?document=alpha-2005&document=gamma-2013&rcp=rcm", &["alpha-2005"]).await;
    check("/v1/search?document=no-such-document", &[]).await;
}

/// A document shows its best passages; the address beside them gives them all.
#[tokio::test]
async fn every_matching_passage_can_be_reached() {
    let answer = get("/v1/search?q=sovereignty+AND+private&rcp=rcm&passages=1&expand=off&ui=fr").await;
    let hit = &answer["hits"][0];
    let total = hit["passages_total"].as_u64().unwrap();
    assert!(total > 1, "{hit}");
    let url = hit["passages_url"].as_str().unwrap();
    let passages = get(url).await;
    assert_eq!(
        (passages["meta"]["total"].as_u64(), passages["meta"]["total_documents"].as_u64()),
        (Some(total), Some(1))
    );
    assert_eq!(passages["request"]["expand"], "off");
    let first = &passages["hits"][0];
    assert_eq!((&first["document"], &first["passage"]), (&hit["id"], &hit["passages"][0]["passage"]));
    let whole = get("/v1/search?q=sovereignty+AND+private&rcp=rcm&passages=10").await;
    assert_eq!(whole["hits"][0]["passages_url"], Value::Null);
}

#[tokio::test]
async fn a_hit_can_be_shown_cited_and_opened() {
    let answer = get("/v1/search?q=private+sector&rcp=rcm&highlight=html").await;
    let hit = &answer["hits"][0];
    assert_eq!((hit["id"].as_str(), hit["year"].as_i64()), (Some("alpha-2005"), Some(2005)));
    assert_eq!(hit["date"], "2005-04-14/2005-04-15");
    assert_eq!(hit["rcps"][0]["id"], "rcm");
    assert!(hit["citation"].as_str().unwrap().contains("Alpha workshop"));
    let passage = &hit["passages"][0];
    assert_eq!((passage["document"].as_str(), passage["passage"].as_str()), (Some("alpha-2005"), Some("p2")));
    assert_eq!(passage["url"], "/documents/alpha-2005#p2");
    let html = passage["html"].as_str().unwrap();
    assert!(html.contains("<mark>private"), "{html}");
    assert!(html.contains("useful &amp; quick (3 &lt; 4)"), "{html}");
    assert_eq!(answer["coverage"], json!({"documents": 4, "searchable": 4, "without_text": 0}));
    assert_eq!(answer["interpretation"]["relaxed"], Value::Null);
    let plain = get("/v1/search?q=private+sector&rcp=rcm&highlight=none").await;
    let segments = plain["hits"][0]["passages"][0]["segments"].as_array().unwrap();
    assert!(segments.len() == 1 && segments[0]["match"] == false);
}

#[tokio::test]
async fn passages_are_hits_of_their_own() {
    let answer = get("/v1/passages?q=%22private+sector%22").await;
    let mut found = texts(&answer, "hits", "document");
    found.sort();
    assert_eq!(found, ["alpha-2005", "beta-2009"]);
    assert_eq!((answer["meta"]["total"].as_u64(), answer["meta"]["total_documents"].as_u64()), (Some(2), Some(2)));
    assert_eq!(get("/v1/passages?q=migracion").await["meta"]["total"], 2);
    assert!(answer["request"].get("passages").is_none());
}

#[tokio::test]
async fn a_selected_facet_still_shows_its_other_values() {
    let answer = get("/v1/search?rcp=rcm&facets=rcp,year").await;
    let values = answer["facets"]["rcp"]["values"].as_array().unwrap();
    let value = |id: &str| values.iter().find(|value| value["value"] == id).unwrap();
    assert_eq!(value("rcm")["selected"], true);
    assert_eq!((value("sacm")["count"].as_u64(), value("sacm")["count_if_added"].as_u64()), (Some(1), Some(2)));
    assert_eq!(answer["facets"]["year"]["values"].as_array().unwrap().len(), 1);
    assert!(get("/v1/search?facets=none").await["facets"].as_object().unwrap().is_empty());
}

#[tokio::test]
async fn labels_are_in_the_language_asked_for() {
    let label = |answer: &Value| answer["hits"][0]["themes"][0]["label"].as_str().unwrap().to_owned();
    let english = label(&get("/v1/search?rcp=rcm").await);
    assert_ne!(english, label(&get("/v1/search?rcp=rcm&ui=es").await));
}

#[tokio::test]
async fn following_the_links_gives_every_hit_once() {
    for first in ["/v1/search?limit=1&sort=title", "/v1/search?limit=1&sort=-date", "/v1/passages?limit=2&facets=none"]
    {
        let total = get(first).await["meta"]["total"].as_u64().unwrap();
        let (mut seen, mut next) = (Vec::new(), Some(first.to_owned()));
        while let Some(path) = next {
            let answer = get(&path).await;
            let hits = answer["hits"].as_array().unwrap();
            seen.extend(hits.iter().map(|hit| format!("{} {} {}", hit["id"], hit["document"], hit["passage"])));
            next = answer["links"]["next"].as_str().map(str::to_owned);
        }
        let count = seen.len() as u64;
        seen.sort();
        seen.dedup();
        assert_eq!((count, seen.len() as u64), (total, total), "{first}");
    }
    let cursor = get("/v1/search?limit=1").await["meta"]["next_cursor"].as_str().unwrap().to_owned();
    let refused = problem(&format!("/v1/search?limit=1&q=border&cursor={cursor}"), 400, "invalid_cursor").await;
    assert_eq!(refused["invalid_params"][0]["name"], "cursor");
    problem("/v1/search?cursor=nonsense", 400, "invalid_cursor").await;
}

/// What a client does not need stays away, whatever the form of the request; the ids are always there.
#[tokio::test]
async fn hits_hold_the_keys_asked_for() {
    let keys = |answer: &Value| -> Vec<String> {
        answer["hits"].as_array().unwrap().iter().flat_map(|hit| hit.as_object().unwrap().keys().cloned()).collect()
    };
    for (path, expected) in [
        ("/v1/search?limit=1&fields=title,citation", &["citation", "id", "title"] as &[&str]),
        ("/v1/search?limit=1&fields=title&fields=id", &["id", "title"]),
        ("/v1/passages?limit=1&fields=citation", &["citation", "document", "passage"]),
    ] {
        assert_eq!(keys(&get(path).await), expected, "{path}");
    }
    let answer = get("/v1/search?limit=1&fields=title").await;
    assert_eq!(post("/v1/search", &answer["request"]).await["hits"], answer["hits"]);
    assert!(answer["links"]["next"].as_str().unwrap().contains("fields=title"));
    let refused = problem("/v1/search?fields=titel", 400, "invalid_parameter").await;
    assert_eq!(refused["invalid_params"][0]["nearest"], json!(["title"]));
}

/// The page has neither the parameters of programs nor the place in their results.
#[tokio::test]
async fn the_page_of_a_search_is_linked() {
    for (path, page) in [
        ("/v1/search", "/search"),
        ("/v1/search?sort=relevance&highlight=html&fields=title&facets=none&offset=1", "/search"),
        ("/v1/search?q=border&not_rcp=sacm&sort=-date&ui=es", "/search?not_rcp=sacm&q=border&sort=-date&ui=es"),
        ("/v1/passages?q=border&limit=2", "/search?limit=2&q=border&unit=passage"),
    ] {
        assert_eq!(get(path).await["links"]["page"], page, "{path}");
    }
}

/// An address over the limit would be refused: a search that is too long for one goes on as POST.
#[tokio::test]
async fn no_link_is_too_long_to_be_followed() {
    let long = "sovereignty ".repeat(165);
    let path = format!("/v1/search?limit=1&sort=title&q={}", long.trim().replace(' ', "+"));
    let answer = get(&path).await;
    assert_eq!((answer["meta"]["total"].as_u64(), answer["links"]["next"].as_str()), (Some(2), None));
    assert_eq!(get(answer["links"]["self"].as_str().unwrap()).await, answer);
    let body = json!({"q": long.repeat(2), "limit": 1, "sort": "title"});
    let answer = post("/v1/search", &body).await;
    assert_eq!(answer["links"], json!({"self": null, "next": null, "feed": null, "csv": null, "page": null}));
    let mut next = body;
    next["cursor"] = answer["meta"]["next_cursor"].clone();
    assert_ne!(texts(&post("/v1/search", &next).await, "hits", "id"), texts(&answer, "hits", "id"));
}

#[tokio::test]
async fn post_and_get_give_equal_bytes() {
    let (_, headers, got) = send_get("/v1/search?q=sovereignty&rcp=rcm").await;
    assert!(headers["server-timing"].to_str().unwrap().starts_with("total;dur="));
    let answer: Value = serde_json::from_str(&got).unwrap();
    for body in [json!({"q": "sovereignty", "rcp": ["rcm"]}), answer["request"].clone()] {
        let request = Request::post("/v1/search").header("content-type", "application/json; charset=utf-8");
        let (status, _, posted) = send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!((status, posted), (StatusCode::OK, got.clone()));
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_taken_is_refused() {
    let json = "application/json";
    for (path, media_type, body, status, code) in [
        ("/v1/search", "text/plain", "{}".to_owned(), 415, "unsupported_media_type"),
        ("/v1/search?q=a", json, "{}".to_owned(), 400, "query_with_body"),
        ("/v1/search", json, "[".repeat(10_000), 400, "invalid_json"),
        ("/v1/passages", json, json!({"passages": 3}).to_string(), 400, "unknown_parameter"),
        ("/v1/passages", json, json!({"passages": ["3"]}).to_string(), 400, "unknown_parameter"),
        ("/v1/search", json, json!({"q": "(".repeat(100_000)}).to_string(), 413, "body_too_large"),
        ("/v1/coverage", json, "{}".to_owned(), 405, "method_not_allowed"),
    ] {
        let request = Request::post(path).header("content-type", media_type).body(Body::from(body)).unwrap();
        let (actual, _, body) = send(request).await;
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((actual.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_with_what_would_be_right() {
    for name in ["rcp", "not_rcp"] {
        let refused = problem(&format!("/v1/search?{name}=rmc"), 400, "unknown_value").await;
        assert_eq!(refused["invalid_params"][0]["name"], name);
        assert!(refused["invalid_params"][0]["nearest"].as_array().unwrap().contains(&json!("rcm")), "{refused}");
    }
    let refused = problem("/v1/documents?themes=health", 400, "unknown_parameter").await;
    assert_eq!(refused["invalid_params"][0]["nearest"], json!(["theme"]));
    problem("/v1/coverage?limit=5", 400, "unknown_parameter").await;
    problem("/v1/documents/nothing-here", 404, "unknown_document").await;
    problem("/v1/documents/nothing-here/passages", 404, "unknown_document").await;
    problem("/v1/documents/..%2F..%2Fetc", 404, "unknown_document").await;
    let refused = problem("/v1/schemes/themes", 404, "unknown_scheme").await;
    assert!(refused["detail"].as_str().unwrap().contains("did you mean theme?"), "{refused}");
    problem(&format!("/v1/search?q={}", "(".repeat(60_000)), 414, "uri_too_long").await;
    problem(&format!("/v1/search?q={}", "(".repeat(3_000)), 400, "query_too_long").await;
    get(&format!("/v1/search?q={}", "(".repeat(2_000))).await;
}

#[tokio::test]
async fn warnings_come_in_the_order_of_the_query_and_not_without_end() {
    let answer = get("/v1/search?q=rcp:nowhere+(border+theme:nothing+%22open").await;
    let warnings = answer["interpretation"]["warnings"].as_array().unwrap();
    let codes: Vec<_> = warnings.iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown_value", "unclosed_parenthesis", "unknown_value", "unclosed_quote"]);
    assert_eq!(warnings[0]["message"], "\"nowhere\" is no value of rcp; it was searched as words.");
    let many = get(&format!("/v1/search?q={}", "rcp:x+".repeat(60))).await;
    assert_eq!(many["interpretation"]["warnings"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn documents_are_listed_by_filter_and_by_id() {
    let answer = get("/v1/documents").await;
    assert_eq!(texts(&answer, "documents", "id"), ["gamma-2013", "beta-2009", "alpha-2005", "delta-undated"]);
    assert_eq!(texts(&get("/v1/documents?rcp=sacm&sort=title").await, "documents", "id"), ["gamma-2013"]);
    let answer = get("/v1/documents?ids=beta-2009,nothing,alpha-2005").await;
    assert_eq!(texts(&answer, "documents", "id"), ["beta-2009", "alpha-2005"]);
    assert_eq!(answer["not_found"], json!(["nothing"]));
}

#[tokio::test]
async fn a_document_shows_where_its_facts_come_from() {
    let document = get("/v1/documents/alpha-2005").await;
    let title = &document["title"];
    assert_eq!((title["value"].as_str(), title["provenance"].as_str()), (Some("Alpha workshop"), Some("curated")));
    assert_eq!(document["year"]["value"], 2005);
    let labels = document["labels"].as_array().unwrap();
    let rcp = labels.iter().find(|label| label["facet"] == "rcp").unwrap();
    assert_eq!(rcp["concept"]["id"], "rcm");
    assert_ne!(rcp["concept"]["label"], "rcm");
    assert_eq!(document["source"]["sha256"].as_str().unwrap().len(), 64);
}

#[tokio::test]
async fn the_passages_of_a_document_come_in_order_and_in_parts() {
    let path = get("/v1/documents/alpha-2005").await["links"]["passages"].as_str().unwrap().to_owned();
    let all = texts(&get(&path).await, "passages", "passage");
    let numbered: Vec<&String> = all.iter().filter(|id| id.starts_with('p')).collect();
    assert_eq!(numbered, ["p1", "p2", "p3"]);
    let part = get(&format!("{path}?limit=1&offset=1")).await;
    assert_eq!(texts(&part, "passages", "passage"), all[1..2]);
    assert_eq!(part["links"]["next"], format!("{path}?limit=1&offset=2"));
}

#[tokio::test]
async fn vocabularies_and_coverage_count_documents() {
    let list = get("/v1/schemes?ui=fr").await;
    let entry = list["schemes"].as_array().unwrap().iter().find(|scheme| scheme["id"] == "theme").unwrap();
    let scheme = get(&format!("{}?ui=fr", entry["url"].as_str().unwrap())).await;
    for field in ["id", "label", "facets"] {
        assert_eq!(entry[field], scheme[field]);
    }
    assert_eq!(entry["concepts"], scheme["concepts"].as_array().unwrap().len());
    let concepts = scheme["concepts"].as_array().unwrap();
    let parent = concepts.iter().find(|concept| concept["id"] == "protection-rights").unwrap();
    assert_eq!(parent["counts"]["theme"], 1);
    assert!(parent["narrower"].as_array().unwrap().contains(&json!("protection-rights.consular")));
    let coverage = get("/v1/coverage").await;
    assert_eq!((coverage["documents"].as_u64(), coverage["searchable"].as_u64()), (Some(4), Some(4)));
    assert_eq!(coverage["facets"]["year"]["missing"], 1);
    assert_eq!(coverage["index_version"], scheme["index_version"]);
}

#[tokio::test]
async fn probes_and_descriptions_answer() {
    assert_eq!(get("/health").await["status"], "ok");
    assert_eq!(get("/ready").await["status"], "ready");
    assert_eq!(send_get("/openapi.json").await.2, rcp_server::openapi_json());
    assert_eq!(send_get("/openapi-3.0.json").await.2, rcp_server::openapi_3_0_json());
    let head = Request::builder().method(Method::HEAD).uri("/v1/search").body(Body::empty()).unwrap();
    let (status, _, body) = send(head).await;
    assert!(status == StatusCode::OK && body.is_empty());
}

#[tokio::test]
async fn browsers_and_crawlers_find_their_way() {
    let ask = |path: &str, headers: &[(&'static str, &'static str)]| {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        headers.iter().for_each(|(name, value)| drop(request.headers_mut().insert(*name, value.parse().unwrap())));
        send(request)
    };
    let (_, headers, description) = ask("/opensearch.xml", &[("host", "search.example:81")]).await;
    assert_eq!(headers["content-type"], "application/opensearchdescription+xml");
    let suggestions = "http://search.example:81/v1/suggest?format=opensearch&amp;q={searchTerms}";
    assert!(description.contains(suggestions), "{description}");
    // Whoever asks may not say where others are led.
    let forged = [("host", "a.example"), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")];
    for path in ["/opensearch.xml", "/sitemap.xml", "/robots.txt", "/llms.txt"] {
        let (status, _, body) = ask(path, &forged).await;
        assert!(status == StatusCode::OK && body.contains("http://a.example/") && !body.contains("evil"), "{body}");
        let (_, _, other) = ask(path, &[("host", "b.example")]).await;
        assert!(other.contains("http://b.example/") && !other.contains("a.example/"), "{other}");
    }
    let (_, headers, sitemap) = ask("/sitemap.xml", &forged).await;
    assert_eq!(headers["content-type"], "application/xml");
    assert_eq!(sitemap.matches("<loc>http://a.example/documents/").count(), 4, "{sitemap}");
    assert_eq!(ask("/sitemap.xml?part=2", &forged).await.2.matches("<loc>").count(), 0);
    let concepts = ["processes/rcm", "processes/sacm", "themes/protection-rights", "themes/protection-rights.consular"];
    for concept in concepts {
        assert!(sitemap.contains(&format!("<loc>http://a.example/{concept}</loc>")), "{concept} in {sitemap}");
    }
    assert!(!sitemap.contains("/processes/mtm<"), "a process without documents has no page worth reading: {sitemap}");
    problem("/sitemap.xml?part=0", 400, "invalid_parameter").await;
    assert!(send_get("/").await.2.contains("rel=\"search\" type=\"application/opensearchdescription+xml\""));
}

/// Every facet of the configuration is a parameter, and is documented.
#[tokio::test]
async fn every_facet_is_a_parameter() {
    let document: Value = serde_json::from_str(rcp_server::openapi_json()).unwrap();
    let parameters = document["paths"]["/v1/search"]["get"]["parameters"].as_array().unwrap();
    for facet in Settings::load(&config()).unwrap().taxonomy.facets() {
        let name = facet.name;
        get(&format!("/v1/search?{name}=none&not_{name}=none&facets={name}")).await;
        assert!(parameters.iter().any(|parameter| parameter["name"] == name.as_str()), "{name} is not documented");
    }
}

/// The suggestions of a kind as `text (documents)`.
fn suggested(answer: &Value, kind: &str) -> Vec<String> {
    let suggestions = answer["suggestions"].as_array().unwrap().iter().filter(|it| it["kind"] == kind);
    suggestions.map(|it| format!("{} ({})", it["text"].as_str().unwrap(), it["documents"])).collect()
}

#[tokio::test]
async fn suggestions_complete_what_is_typed() {
    let answer = get("/v1/suggest?q=PRIV").await;
    assert_eq!(suggested(&answer, "word"), ["private (2)"]);
    assert_eq!(suggested(&answer, "phrase"), ["private sector (2)"]);
    assert_eq!(answer["did_you_mean"], Value::Null);
    let word = answer["suggestions"].as_array().unwrap().iter().find(|it| it["kind"] == "word").unwrap();
    assert_eq!(word["segments"][0], json!({"text": "priv", "match": true, "expanded": false}));
    assert_eq!(word["segments"][1], json!({"text": "ate", "match": false, "expanded": false}));
    // The last word of a longer text; what is typed already is no suggestion.
    assert_eq!(
        suggested(&get("/v1/suggest?q=thanks+to+the+private+sec").await, "phrase"),
        ["thanks to the private sector (2)"]
    );
    assert_eq!(suggested(&get("/v1/suggest?q=private+sector").await, "phrase"), [""; 0]);
    for nothing in ["", "p", "%22%22", "zzyzx"] {
        assert_eq!(get(&format!("/v1/suggest?q={nothing}")).await["suggestions"], json!([]), "{nothing}");
    }
}

#[tokio::test]
async fn suggestions_name_concepts_and_documents() {
    let concept = |answer: &Value| {
        let found = answer["suggestions"].as_array().unwrap().iter().find(|it| it["value"] == "rcm").cloned();
        let found = found.unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(
            (&found["kind"], &found["facet"], &found["documents"]),
            (&json!("concept"), &json!("rcp"), &json!(1))
        );
        assert_eq!(found["text"], found["label"]);
        (found["label"].as_str().unwrap().to_owned(), found["name"].clone())
    };
    assert_eq!(concept(&get("/v1/suggest?q=rcm").await).1, "RCM");
    let (label, name) = concept(&get("/v1/suggest?q=conferencia+regional&ui=es").await);
    assert!(label.starts_with("Conferencia Regional") && name.is_null(), "{label} {name}");
    assert!(concept(&get("/v1/suggest?q=regional+conf&ui=es").await).1.as_str().unwrap().starts_with("Regional Conf"));
    let answer = get("/v1/suggest?q=gam").await;
    let title = answer["suggestions"].as_array().unwrap().iter().find(|it| it["kind"] == "title").unwrap();
    assert_eq!(
        (&title["text"], &title["document"], &title["url"]),
        (&json!("Reunión gamma"), &json!("gamma-2013"), &json!("/documents/gamma-2013"))
    );
    let limited = get("/v1/suggest?q=re&limit=1").await;
    assert_eq!(limited["suggestions"].as_array().unwrap().len(), 1);
    problem("/v1/suggest?q=re&limit=21", 400, "invalid_parameter").await;
}

#[tokio::test]
async fn misspelt_words_are_corrected_in_suggestions_and_searches() {
    for (typed, meant) in [
        ("sovereignity", json!("sovereignty")),
        ("sovereignity+and+mor", json!("sovereignty and mor")),
        ("migraciom", json!("migracion")),
        // Not finished, and so not wrong.
        ("soverei", Value::Null),
        ("sovereignty", Value::Null),
    ] {
        assert_eq!(get(&format!("/v1/suggest?q={typed}")).await["did_you_mean"], meant, "{typed}");
    }
    let answer = get("/v1/search?q=sovereignity").await;
    let correction = json!([{"from": "sovereignity", "to": ["sovereignty"], "start": 0, "end": 12}]);
    assert_eq!((&answer["interpretation"]["corrections"], &answer["meta"]["total"]), (&correction, &json!(2)));
    assert_eq!(get("/v1/search?q=sovereignity&correct=off").await["meta"]["total"], 0);
}

#[tokio::test]
async fn browsers_get_suggestions_in_their_own_form() {
    let (status, headers, body) = send_get("/v1/suggest?q=private+sect&format=opensearch").await;
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"application/x-suggestions+json".parse().unwrap())
    );
    let answer: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(answer[0], "private sect");
    let at = answer[1].as_array().unwrap().iter().position(|text| text == "private sector").unwrap();
    assert_eq!(answer[3][at], "/search?q=private+sector");
    assert!([2, 3].iter().all(|&list| answer[list].as_array().unwrap().len() == answer[1].as_array().unwrap().len()));
    let misspelt: Value =
        serde_json::from_str(&send_get("/v1/suggest?q=sovereignity&format=opensearch").await.2).unwrap();
    assert_eq!(misspelt[1][0], "sovereignty");
}

#[tokio::test]
async fn values_are_found_inside_a_facet() {
    for (path, expected) in [
        ("rcp", vec!["bali-process", "rcm", "sacm"]),
        ("rcp?q=PUEBLA", vec!["rcm"]),
        ("rcp?q=rcm", vec!["rcm"]),
        ("rcp?q=conferencia+sudamericana", vec!["sacm"]),
        ("rcp?q=process+bali", vec!["bali-process"]),
        ("rcp?q=uebla", vec![]),
        ("rcp?q=&query=vaccination", vec!["bali-process"]),
        ("rcp?year_to=2005", vec!["rcm"]),
        ("rcp?rcp=rcm&limit=2", vec!["bali-process", "rcm"]),
        ("year?q=20", vec!["2013", "2009", "2005"]),
        ("year?q=2009", vec!["2009"]),
        ("lang?q=español&ui=fr", vec!["es"]),
        ("region?q=central-AM", vec!["central-america"]),
    ] {
        let found = get(&format!("/v1/facets/{path}")).await;
        assert_eq!(texts(&found, "values", "value"), expected, "{path}");
    }
    let found = get("/v1/facets/theme?q=consul&ui=es&rcp=rcm").await;
    let mut values = found["values"].as_array().unwrap().iter();
    let value =
        values.find(|value| value["value"] == "protection-rights.consular").unwrap_or_else(|| panic!("{found}"));
    assert_eq!(value["paths"], json!([["protection-rights", "protection-rights.consular"]]));
    assert_eq!((value["path_labels"][0][1].clone(), value["count"].as_u64()), (value["label"].clone(), Some(1)));
    assert!(value["segments"].as_array().unwrap().iter().any(|piece| piece["match"] == true), "{value}");
    assert_eq!((found["meta"]["total"].as_u64(), found["truncated"].as_bool()), (Some(1), Some(false)));
    let other = get("/v1/facets/rcp?rcp=rcm&q=sacm").await;
    let value = &other["values"][0];
    assert_eq!((value["count"].as_u64(), value["count_if_added"].as_u64()), (Some(1), Some(2)));
    assert_eq!(get("/v1/facets/rcp?limit=1").await["truncated"], true);
    let passages = get("/v1/passages?rcp=rcm&limit=1").await;
    assert_eq!(get("/v1/facets/rcp?unit=passage&rcp=rcm").await["meta"]["total"], passages["meta"]["total"]);
    assert_eq!(get("/v1/facets/rcp").await["missing"], 1);
    let refused = problem("/v1/facets/themes", 404, "unknown_facet").await;
    assert!(refused["detail"].as_str().unwrap().contains("did you mean theme?"), "{refused}");
    problem("/v1/facets/theme?facets=rcp", 400, "unknown_parameter").await;
}

/// What a client of InstantSearch sends for one change on the page: hits, counts without each own filter, a value.
#[tokio::test]
async fn a_page_of_instantsearch_is_answered_in_order() {
    let processes = get("/v1/facets/rcp").await;
    let label = |id: &str| {
        let found = processes["values"].as_array().unwrap().iter().find(|value| value["value"] == id);
        found.unwrap()["label"].as_str().unwrap().to_owned()
    };
    let (rcm, sacm) = (label("rcm"), label("sacm"));
    let chosen = json!([[format!("rcp:{rcm}"), format!("rcp:{sacm}")]]);
    let requests = json!([
        {"indexName": "documents_date_desc", "params": {
            "query": "", "facets": ["rcp", "year", "theme.lvl0", "theme.lvl1"], "facetFilters": chosen, "tagFilters": "",
            "numericFilters": ["year>=2005"], "hitsPerPage": 1, "page": 1, "maxValuesPerFacet": 10, "analytics": false,
        }},
        {"indexName": "documents_date_desc", "params": {"facets": "rcp", "numericFilters": ["year>=2005"], "hitsPerPage": 0}},
        {"indexName": "documents", "type": "facet", "facet": "rcp", "params": {"facetQuery": "conf", "maxFacetHits": 10}},
        {"indexName": "passages", "params": {"query": "private sector", "highlightPreTag": "<<", "highlightPostTag": ">>"}},
        {"indexName": "documents", "params": {"query": "alpha", "facetFilters": ["theme:-health"]}},
    ]);
    let answer = post("/v1/instantsearch", &requests).await;
    let [page, counts, values, passages, titles] = answer["results"].as_array().unwrap().as_slice() else {
        panic!("{answer}")
    };
    assert_eq!(
        (&page["nbHits"], &page["nbPages"], &page["page"], &page["hitsPerPage"]),
        (&json!(2), &json!(2), &json!(1), &json!(1))
    );
    assert_eq!((&page["hits"][0]["objectID"], &page["index"]), (&json!("alpha-2005"), &json!("documents_date_desc")));
    assert_eq!(page["hits"][0]["rcp"], json!([rcm]));
    assert_eq!(page["facets"]["rcp"], json!({&rcm: 1, &sacm: 1}));
    assert_eq!(page["facets_stats"]["year"], json!({"min": 2005.0, "max": 2013.0, "avg": 2009.0, "sum": 4018.0}));
    let theme = get("/v1/facets/theme?q=consul").await["values"][0]["path_labels"][0].clone();
    let [parent, child] = [0, 1].map(|level| theme[level].as_str().unwrap());
    assert_eq!(page["facets"]["theme.lvl0"], json!({parent: 1}));
    assert_eq!(page["facets"]["theme.lvl1"], json!({format!("{parent} > {child}"): 1}));
    assert_eq!((counts["hits"].as_array().unwrap().len(), counts["facets"]["rcp"].as_object().unwrap().len()), (0, 3));
    let found = values["facetHits"].as_array().unwrap();
    assert!(found.iter().any(|hit| hit["value"] == rcm.as_str() && hit["count"] == 1), "{values}");
    assert!(
        found[0]["highlighted"].as_str().unwrap().contains("__ais-highlight__Conf__/ais-highlight__erence"),
        "{values}"
    );
    let hit = passages["hits"].as_array().unwrap().iter().find(|hit| hit["objectID"] == "alpha-2005#p2").unwrap();
    let marked = &hit["_highlightResult"]["text"];
    // Raw text: the client escapes it.
    assert!(
        marked["value"].as_str().unwrap().contains("<<private>> <<sector>> was useful & quick (3 < 4)"),
        "{marked}"
    );
    assert_eq!((&marked["matchLevel"], &marked["matchedWords"]), (&json!("full"), &json!(["private", "sector"])));
    assert_eq!(hit["_snippetResult"]["text"], *marked);
    assert_eq!(
        titles["hits"][0]["_highlightResult"]["title"]["value"],
        "__ais-highlight__Alpha__/ais-highlight__ workshop"
    );
    assert_eq!(post("/v1/instantsearch", &json!({"requests": requests})).await, answer);
    let narrowed =
        json!([{"indexName": "documents", "params": {"facetFilters": [[format!("theme.lvl1:{parent} > {child}")]]}}]);
    assert_eq!(post("/v1/instantsearch", &narrowed).await["results"][0]["nbHits"], 1);
    let spanish =
        post("/v1/instantsearch?ui=es", &json!([{"indexName": "documents", "params": {"facets": ["lang"]}}])).await;
    assert_eq!(spanish["results"][0]["facets"]["lang"]["inglés"], 2);
}

/// All that is chosen of one attribute holds where a page joins it by AND.
#[tokio::test]
async fn filters_of_instantsearch_are_and_outside_and_or_inside() {
    for (filters, expected) in [
        (json!([]), 4),
        (json!(["rcp:rcm", "rcp:sacm"]), 0),
        (json!([["rcp:rcm", "rcp:sacm"]]), 2),
        (json!([["rcp:rcm", "theme:health"]]), 2),
        (json!([["rcp:rcm", "theme:-health"]]), 3),
        (json!(["rcp:-rcm"]), 3),
        (json!(["rcp:none"]), 1),
        (json!(["theme:protection-rights"]), 1),
        (json!([["year:2005", "year:2013"], "lang:es"]), 1),
    ] {
        let request = json!([{"indexName": "documents", "params": {"facetFilters": filters, "hitsPerPage": 0}}]);
        assert_eq!(post("/v1/instantsearch", &request).await["results"][0]["nbHits"], expected, "{filters}");
    }
}

#[tokio::test]
async fn what_instantsearch_cannot_ask_is_refused() {
    let one = |params: Value| json!([{"indexName": "documents", "params": params}]);
    let many: Vec<Value> = (0..21).map(|_| json!({"indexName": "documents"})).collect();
    for (body, code, name) in [
        (json!("x"), "invalid_json", Value::Null),
        (json!({}), "invalid_json", Value::Null),
        (json!({"requests": {}}), "invalid_json", Value::Null),
        (json!(many), "invalid_parameter", json!("requests")),
        (json!([5]), "invalid_parameter", json!("requests[0]")),
        (json!([{"indexName": "documents", "params": []}]), "invalid_parameter", json!("requests[0].params")),
        (json!([{"indexName": "documents"}, {}]), "invalid_parameter", json!("requests[1].indexName")),
        (one(json!({"filters": "rcp:rcm"})), "invalid_parameter", json!("requests[0].params.filters")),
        (one(json!({"facets": ["colour"]})), "invalid_parameter", json!("requests[0].params.facets")),
        (one(json!({"facets": [5]})), "invalid_parameter", json!("requests[0].params.facets")),
        (one(json!({"facetFilters": ["rcp"]})), "invalid_parameter", json!("requests[0].params.facetFilters")),
        (one(json!({"facetFilters": ["rcp:rmc"]})), "unknown_value", json!("rcp")),
        (one(json!({"numericFilters": ["date>5"]})), "invalid_parameter", json!("requests[0].params.numericFilters")),
        (one(json!({"hitsPerPage": 101})), "invalid_parameter", json!("requests[0].params.hitsPerPage")),
        (one(json!({"page": -1})), "invalid_parameter", json!("requests[0].params.page")),
        (one(json!({"query": 5})), "invalid_parameter", json!("requests[0].params.query")),
        (
            one(json!({"highlightPreTag": "x".repeat(101)})),
            "invalid_parameter",
            json!("requests[0].params.highlightPreTag"),
        ),
        (json!([{"indexName": "documents", "type": "facet"}]), "invalid_parameter", json!("requests[0].facet")),
    ] {
        let request = Request::post("/v1/instantsearch").header("content-type", "application/json");
        let (status, _, answer) = send(request.body(Body::from(body.to_string())).unwrap()).await;
        let problem: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((status.as_u16(), problem["code"].as_str()), (400, Some(code)), "{body} {problem}");
        assert_eq!(problem["invalid_params"][0]["name"], name, "{body}");
    }
    // As much as can be reached, and nothing behind it.
    let far = post("/v1/instantsearch", &one(json!({"page": 65_535, "hitsPerPage": 100}))).await;
    assert_eq!((far["results"][0]["hits"].clone(), far["results"][0]["nbHits"].clone()), (json!([]), json!(4)));
}

#[tokio::test]
async fn a_table_compares_two_facets() {
    let table = get("/v1/compare?q=sovereignty&rows=rcp&cols=year&expand=off").await;
    let values = |axis: &str| -> Vec<String> {
        let values = table[axis]["values"].as_array().unwrap();
        values.iter().map(|value| value["value"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (values("rows"), values("cols")),
        (vec!["bali-process".to_owned(), "rcm".to_owned()], vec!["2005".to_owned(), "2009".to_owned()])
    );
    assert_eq!(table["total"]["documents"], 2);
    let cell = &table["cells"][1][0];
    assert_eq!((cell["documents"].as_u64(), cell["passages"].as_u64()), (Some(1), Some(1)));
    let rate = 1000.0 / cell["all_passages"].as_f64().unwrap();
    assert!((cell["rate"].as_f64().unwrap() - rate).abs() < 0.01, "{cell}");
    assert_eq!((cell["best"]["document"].as_str(), cell["best"]["passage"].as_str()), (Some("alpha-2005"), Some("p1")));
    assert_eq!(table["cells"][0][0]["best"], Value::Null);
    assert_eq!(post("/v1/compare", &table["request"]).await["cells"], table["cells"]);

    let (status, headers, csv) = send_get(table["links"]["csv"].as_str().unwrap()).await;
    assert_eq!(
        (status, headers["content-type"].to_str().unwrap()),
        (StatusCode::OK, "text/csv; charset=utf-8; header=present")
    );
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert!(lines[0].starts_with("row,row_label,col,col_label,documents,passages,all_passages,rate,"), "{csv}");
    assert!(lines.iter().any(|line| line.starts_with("rcm,") && line.contains(",alpha-2005,p1,")), "{csv}");
    assert!(lines.last().unwrap().starts_with("total,,total,,2,2,"), "{csv}");

    let refused = problem("/v1/compare?rows=rpc", 400, "invalid_parameter").await;
    assert_eq!(
        (&refused["invalid_params"][0]["name"], &refused["invalid_params"][0]["nearest"]),
        (&json!("rows"), &json!(["rcp"]))
    );
    problem("/v1/compare?limit_rows=50&limit_cols=50", 400, "invalid_parameter").await;
    assert!(get("/v1/compare?limit_rows=50&limit_cols=50&best=false").await["cells"].is_array());
}

#[tokio::test]
async fn similar_documents_say_why() {
    let answer = get("/v1/documents/alpha-2005").await;
    let similar = get(answer["links"]["similar"].as_str().unwrap()).await;
    assert_eq!(texts(&similar, "similar", "id"), ["beta-2009"]);
    let why = similar["similar"][0]["why"].as_array().unwrap();
    assert!(why.contains(&json!("sovereignty")) && why.len() <= 5, "{why:?}");
    assert_eq!(similar["document"]["id"], "alpha-2005");
    assert!(get("/v1/documents/alpha-2005/similar?rcp=rcm").await["similar"].as_array().unwrap().is_empty());
    problem("/v1/documents/unknown/similar", 404, "unknown_document").await;
}

/// A server whose schemes give a theme another id twice over.
fn renamed() -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    let [files, schemes] = ["corpus", "config/schemes"].map(|name| folder.path().join(name));
    for place in ["", "schemes", "analysis"] {
        let target = folder.path().join("config").join(place);
        std::fs::create_dir_all(&target).unwrap();
        for entry in std::fs::read_dir(config().join(place)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), target.join(entry.file_name())).unwrap();
            }
        }
    }
    let themes = std::fs::read_to_string(schemes.join("theme.toml")).unwrap();
    let replaced = |id: &str, by: &str| {
        format!("\n[[concept]]\nid = \"{id}\"\nlabel = {{ en = \"Formerly {id}\" }}\nreplaced_by = \"{by}\"\n")
    };
    let themes = themes + &replaced("old-health", "former-health") + &replaced("former-health", "health");
    std::fs::write(schemes.join("theme.toml"), themes).unwrap();
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("a.txt"), "A note\n\n1. Of vaccination and of clinics.\n").unwrap();
    std::fs::write(files.join("a.meta.toml"), "id = \"a\"\nthemes = [\"health\"]\n").unwrap();
    let index = folder.path().join("index");
    let settings = Arc::new(Settings::load(&folder.path().join("config")).unwrap());
    rcp_indexer::index(&IndexOptions::new(vec![files], index.clone()), &settings, &mut |_| {}).unwrap();
    let searcher = Arc::new(Searcher::open(&index, settings).unwrap());
    Corpus { app: rcp_server::app(AppState::new(searcher, ServerConfig::default())), _folder: folder }
}

#[tokio::test]
async fn a_renamed_concept_leads_to_its_new_id() {
    let server = renamed();
    let ask = |request: Request<Body>| {
        let app = server.app.clone();
        async move {
            let (head, body) = app.oneshot(request).await.unwrap().into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let location = head.headers.get("location").map(|location| location.to_str().unwrap().to_owned());
            (head.status, location, serde_json::from_slice::<Value>(&body).unwrap_or_default())
        }
    };
    let ask_get = |path: &str| ask(Request::get(path).body(Body::empty()).unwrap());
    for (path, expected) in [
        ("/v1/search?theme=old-health&q=a+%26+b", "/v1/search?theme=health&q=a+%26+b"),
        ("/v1/passages?rcp=rcm&theme=former-health", "/v1/passages?rcp=rcm&theme=health"),
        ("/v1/documents?not_theme=old-health", "/v1/documents?not_theme=health"),
        ("/v1/compare?theme=old-health&theme=health", "/v1/compare?theme=health&theme=health"),
        ("/v1/facets/theme?theme=old-health", "/v1/facets/theme?theme=health"),
        ("/v1/documents/a/similar?theme=old-health", "/v1/documents/a/similar?theme=health"),
    ] {
        let (status, location, body) = ask_get(path).await;
        assert_eq!((status.as_u16(), location.as_deref(), body), (308, Some(expected), Value::Null), "{path}");
        assert_eq!(ask_get(expected).await.0, StatusCode::OK);
    }
    // Only what is an id of the facet, and what is no longer one.
    for path in ["/v1/search?q=old-health", "/v1/search?theme=health", "/v1/suggest?q=old-health"] {
        assert_eq!(ask_get(path).await.0, StatusCode::OK, "{path}");
    }
    assert_eq!(ask_get("/v1/search?rcp=old-health").await.0, StatusCode::BAD_REQUEST);
    let body = json!({"theme": ["old-health"]}).to_string();
    let posted = Request::post("/v1/search").header("content-type", "application/json").body(Body::from(body));
    let (status, _, answer) = ask(posted.unwrap()).await;
    assert_eq!((status, answer["meta"]["total"].as_u64()), (StatusCode::OK, Some(1)));
    let pages = json!([{"indexName": "documents", "params": {"facetFilters": ["theme:old-health"]}}]).to_string();
    let posted = Request::post("/v1/instantsearch").header("content-type", "application/json").body(Body::from(pages));
    assert_eq!(ask(posted.unwrap()).await.2["results"][0]["nbHits"], 1);
}

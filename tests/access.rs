//! Every route of the OpenAPI document x {no key, a key for another collection, a wrong one, a revoked one, the right one}:
//! each caller sees what the key grants, and nothing else, also through caches, conditional requests and cursors.
//!
//! A new route takes part by its requests in `scope::calls`. It must show something to the right key, or be one of
//! [`SILENT`].

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use rcp_server::keys::{KeyText, KeysFile};
use serde_json::{Value, json};

use super::{Answer, Call, Corpora, answer, calls, next_page, routes, send};

/// Routes whose answers say nothing of any document.
const SILENT: [&str; 4] = ["/health", "/opensearch.xml", "/openapi.json", "/openapi-3.0.json"];

/// Pages that are no part of the OpenAPI document.
const PAGES: [&str; 29] = [
    "/",
    "/search",
    "/search?q=zebra&all=rcp",
    "/style.css",
    "/docs/",
    "/widget/rcp-search.js",
    "/documents/alpha-2005",
    "/documents/aaa-2010",
    "/documents/aaa-2010?q=zirconium&ui=es",
    "/cite?document=aaa-2010&document=alpha-2005&passage=aaa-2010%23p1",
    "/cite?ref=%2Fdocuments%2Faaa-2010%23p1",
    "/nowhere",
    "/compare",
    "/compare?q=zirconium",
    "/compare?q=sovereignty&rows=event&cols=theme&measure=share",
    "/compare?q=sovereignty&cell=rcm,2010",
    "/compare?rows=nothing",
    "/processes",
    "/processes/cmc",
    "/themes",
    "/themes/health",
    "/regions",
    "/regions/central-america",
    "/countries",
    "/countries/mx",
    "/events/rcm",
    "/coverage",
    "/coverage?ui=fr",
    "/help",
];

/// Whether an address is one of a path such as `/documents/{id}`.
fn is_of(address: &str, path: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    let mut parts = address.split('/').zip(path.split('/'));
    address.matches('/').count() == path.matches('/').count() && parts.all(|(a, b)| a == b || b.starts_with('{'))
}

/// Values of the header `Authorization`.
pub(super) struct Keys {
    /// Grants what the questions are about.
    closed: String,
    /// Grants the other restricted collection.
    circle: String,
    /// Grants a collection that no index has.
    elsewhere: String,
    /// What must be refused, by what it is.
    refused: Vec<(&'static str, String)>,
}

impl Keys {
    pub(super) fn make(file: &KeysFile) -> Keys {
        let add = |collection: &str| file.add("a test", &[collection.to_owned()]).unwrap().1;
        let [closed, circle, elsewhere, revoked] = ["closed", "other-circle", "elsewhere", "closed"].map(add);
        file.revoke(revoked.id()).unwrap();
        let closed_key = closed.expose();
        let secret = circle.expose().rsplit('_').next().unwrap();
        let cut = &closed_key[..closed_key.len() - 1];
        let refused = [
            ("a wrong key", format!("Bearer rcp_{}_{secret}", closed.id())),
            ("a revoked key", bearer(&revoked)),
            ("an unknown key", format!("Bearer rcp_00000000_{secret}")),
            ("half a key", format!("Bearer {cut}")),
            ("no key at all", "Bearer".to_owned()),
            ("an empty key", "Bearer ".to_owned()),
            ("a key under another scheme", format!("Basic {closed_key}")),
            ("a key without a scheme", closed_key.to_owned()),
            ("two keys", format!("Bearer {closed_key}, Bearer {closed_key}")),
        ];
        let [closed, circle, elsewhere] = [&closed, &circle, &elsewhere].map(bearer);
        Keys { closed, circle, elsewhere, refused: refused.into() }
    }
}

fn bearer(key: &KeyText) -> String {
    format!("Bearer {}", key.expose())
}

struct Walk {
    corpora: Corpora,
    /// How every key that is not valid is answered, whatever was asked.
    refusal: Answer,
}

impl Walk {
    async fn new() -> Walk {
        let corpora = Corpora::build();
        let (_, wrong) = &corpora.keys.refused[0];
        let call = ("/v1/search?q=zirconium".to_owned(), None);
        let refusal = send(&corpora.beside, &call, &[("authorization", wrong)]).await;
        Walk { corpora, refusal }
    }

    async fn ask(&self, call: &Call, key: &str) -> Answer {
        send(&self.corpora.beside, call, &[("authorization", key)]).await
    }

    /// Asks as everyone; answers whether the right key sees another answer than the public.
    async fn check(&self, call: &Call) -> bool {
        let Walk { corpora, refusal } = self;
        let keys = &corpora.keys;
        // The right key first: what a cache keeps of its answer would show in the next ones.
        let closed = self.ask(call, &keys.closed).await;
        let public = send(&corpora.beside, call, &[]).await;
        assert_eq!(public, send(&corpora.alone, call, &[]).await, "{call:?}: without a key");
        let circle = self.ask(call, &keys.circle).await;
        let apart = send(&corpora.circle, call, &[("authorization", &keys.circle)]).await;
        assert_eq!(circle, apart, "{call:?}: with a key for another collection");
        let elsewhere = self.ask(call, &keys.elsewhere).await;
        assert_eq!((elsewhere.0, &elsewhere.2), (public.0, &public.2), "{call:?}: with a key that grants nothing here");
        assert_eq!(self.ask(call, &keys.closed).await, closed, "{call:?}: with the right key, once more");
        assert_eq!(&self.ask(call, &keys.refused[0].1).await, refusal, "{call:?}: with a wrong key");
        assert_eq!(&self.ask(call, &keys.refused[1].1).await, refusal, "{call:?}: with a revoked key");
        for (_, headers, body) in [&closed, &public, &circle, &elsewhere] {
            assert!(varies(headers), "{call:?}: {headers:?}");
            for key in [&keys.closed, &keys.circle, &keys.elsewhere].map(|key| key.trim_start_matches("Bearer ")) {
                assert!(!body.contains(key) && !format!("{headers:?}").contains(key), "{call:?}: a key in the answer");
            }
        }
        for (_, headers, _) in [&closed, &circle, &elsewhere] {
            let keeping = headers["cache-control"].to_str().unwrap();
            assert!(["private, no-cache", "no-store"].contains(&keeping), "{call:?}: {keeping}");
            let is_tagged = headers.contains_key("etag");
            assert!(is_tagged || keeping == "no-store", "{call:?}: it can be kept, but not asked for again");
        }
        let differs = closed.2 != public.2;
        if differs {
            self.check_conditional(call, &closed, &public).await;
            self.check_cursors(call, &closed.2, &public.2).await;
        }
        if call.1.is_none() {
            self.check_head(&call.0, &closed, &public).await;
        }
        differs
    }

    /// An answer that someone has does not tell whether another may have it.
    async fn check_conditional(&self, call: &Call, closed: &Answer, public: &Answer) {
        let [Some(closed_tag), Some(public_tag)] = [closed, public].map(|answer| answer.1.get("etag")) else { return };
        assert_ne!(closed_tag, public_tag, "{call:?}");
        let has_closed = ("if-none-match", closed_tag.to_str().unwrap());
        let has_public = ("if-none-match", public_tag.to_str().unwrap());
        let (app, keys) = (&self.corpora.beside, &self.corpora.keys);
        assert_eq!(&send(app, call, &[has_closed]).await, public, "{call:?}");
        assert_eq!(&send(app, call, &[has_public, ("authorization", &keys.closed)]).await, closed, "{call:?}");
        let still = send(app, call, &[has_closed, ("authorization", &keys.closed)]).await;
        assert_eq!((still.0, still.2.as_str()), (StatusCode::NOT_MODIFIED, ""), "{call:?}");
        for (what, key) in &keys.refused[..2] {
            let refused = send(app, call, &[has_closed, ("authorization", key)]).await;
            assert_eq!(refused, self.refusal, "{call:?}: with {what}");
        }
    }

    /// A cursor goes on in the answer that it came from, and in no other.
    async fn check_cursors(&self, call: &Call, closed: &str, public: &str) {
        let of_another_scope = |(status, _, body): Answer| {
            let is_problem = body.contains("\"invalid_cursor\"") || body.contains("\"cursor_expired\"");
            assert!(is_problem && [400, 410].contains(&status.as_u16()), "{call:?}: {status}: {body}");
        };
        if let Some(next) = next_page(call, closed) {
            of_another_scope(send(&self.corpora.beside, &next, &[]).await);
            of_another_scope(self.ask(&next, &self.corpora.keys.circle).await);
            assert_eq!(self.ask(&next, &self.corpora.keys.closed).await.0, StatusCode::OK, "{call:?}");
        }
        if let Some(next) = next_page(call, public) {
            of_another_scope(self.ask(&next, &self.corpora.keys.closed).await);
        }
    }

    /// A head is that of the answer to the same caller.
    async fn check_head(&self, path: &str, closed: &Answer, public: &Answer) {
        for (key, expected) in [(None, public), (Some(&self.corpora.keys.closed), closed)] {
            let request = Request::head(path).header("x-request-id", "the-same");
            let request = key.into_iter().fold(request, |request, key| request.header("authorization", key));
            let (status, mut headers, body) = answer(&self.corpora.beside, request.body(Body::empty()).unwrap()).await;
            // A body that was never made has no length to tell.
            headers.remove("content-length");
            let mut others = expected.1.clone();
            others.remove("content-length");
            assert_eq!((status, headers, body.as_str()), (expected.0, others, ""), "HEAD {path}");
        }
    }
}

fn varies(headers: &HeaderMap) -> bool {
    headers.get_all("vary").iter().any(|value| value.to_str().unwrap().to_lowercase().contains("authorization"))
}

#[tokio::test]
async fn each_caller_sees_what_its_key_grants_on_every_route() {
    let walk = Walk::new().await;
    for (method, path, _) in routes() {
        let mut shows = false;
        for call in calls(&method, &path).unwrap_or_else(|| panic!("{method} {path} has no requests in this test")) {
            shows |= walk.check(&call).await;
        }
        let is_silent = SILENT.contains(&path.as_str());
        assert_eq!(shows, !is_silent, "{method} {path}: does the right key show what no key does?");
    }
    for path in rcp_server::page_paths() {
        assert!(PAGES.iter().any(|page| is_of(page, &path)), "{path} is asked by no one here");
    }
    for page in PAGES {
        let shows = walk.check(&(page.to_owned(), None)).await;
        assert!(shows || !page.contains("aaa-2010"), "{page}: the right key shows nothing");
    }
}

#[tokio::test]
async fn what_is_no_valid_key_is_refused_at_every_address() {
    let walk = Walk::new().await;
    let (status, headers, body) = &walk.refusal;
    assert_eq!(status, &StatusCode::UNAUTHORIZED);
    let problem: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&problem["code"], &problem["invalid_params"]), (&json!("invalid_key"), &json!([])));
    assert!(headers["www-authenticate"].to_str().unwrap().starts_with("Bearer "), "{headers:?}");
    assert!(headers["cache-control"] == "no-store" && varies(headers), "{headers:?}");
    let of_document = routes().into_iter().filter_map(|(method, path, _)| calls(&method, &path)?.into_iter().next());
    let pages = PAGES.iter().map(|page| ((*page).to_owned(), None));
    for call in of_document.chain(pages) {
        for (what, key) in &walk.corpora.keys.refused {
            assert_eq!(walk.ask(&call, key).await, walk.refusal, "{call:?}: with {what}");
        }
        let twice = [("authorization", walk.corpora.keys.closed.as_str()); 2];
        assert_eq!(send(&walk.corpora.beside, &call, &twice).await, walk.refusal, "{call:?}: with two headers");
    }
}

/// Who has a key may write it in every way that HTTP allows.
#[tokio::test]
async fn the_scheme_is_read_in_capitals_or_not() {
    let walk = Walk::new().await;
    let call = ("/v1/search?q=zirconium".to_owned(), None);
    let expected = walk.ask(&call, &walk.corpora.keys.closed).await;
    assert!(expected.2.contains("aaa-2010"), "{}", expected.2);
    for scheme in ["bearer", "BEARER", "Bearer  "] {
        let key = walk.corpora.keys.closed.replace("Bearer", scheme);
        assert_eq!(walk.ask(&call, &key).await, expected, "{scheme}");
    }
}

/// Addresses are kept in logs and histories.
#[tokio::test]
async fn no_address_takes_a_key() {
    let walk = Walk::new().await;
    let key = walk.corpora.keys.closed.strip_prefix("Bearer ").unwrap();
    let mut refused = 0;
    for (method, path, _) in routes() {
        let Some((call, None)) = calls(&method, &path).unwrap_or_default().into_iter().next() else { continue };
        let public = send(&walk.corpora.beside, &(call.clone(), None), &[]).await;
        for name in ["key", "api_key", "access_token", "X-API-Key"] {
            let joint = if call.contains('?') { '&' } else { '?' };
            let with_key = (format!("{call}{joint}{name}={key}"), None);
            let (status, _, body) = send(&walk.corpora.beside, &with_key, &[]).await;
            if path.starts_with("/v1/") || ["/sitemap.xml", "/llms.txt"].contains(&path.as_str()) {
                assert_eq!(status, StatusCode::BAD_REQUEST, "{with_key:?}");
                assert!(body.contains("Authorization: Bearer") && !body.contains(key), "{with_key:?}: {body}");
                refused += 1;
            } else {
                assert_eq!((status, body), (public.0, public.2.clone()), "{with_key:?}");
            }
        }
    }
    assert!(refused > 30, "{refused}");
}

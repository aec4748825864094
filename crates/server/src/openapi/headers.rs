//! Headers of answers that clients act on, each described once.

use axum::http::StatusCode;
use serde_json::json;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{Components, ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr};

/// Name, meaning and an example of each header.
const HEADERS: [(&str, &str, &str); 6] = [
    (
        ETAG,
        "Names these very bytes: sent back as `If-None-Match`, it is answered with 304 as long as they are the same. An answer that is `partial` has none.",
        "\"9f86d081884c7d659a2feaa0c55ad015\"",
    ),
    (
        LINK,
        "Addresses that belong to the answer (RFC 8288): its description, and as far as there are any, itself, the next page, and other forms.",
        "</openapi.json>; rel=\"describedby\"; type=\"application/json\"",
    ),
    (
        RATE_LIMIT,
        "What is left of the rate: `r` requests now, and nothing is missing in `t` seconds. A client without a limit is told none.",
        "\"default\";r=199;t=1",
    ),
    (RATE_LIMIT_POLICY, "The rate: `q` requests in `w` seconds.", "\"default\";q=200;w=10"),
    (RETRY_AFTER, "Seconds to wait before the request is sent again.", "1"),
    (WWW_AUTHENTICATE, "How a key is sent.", "Bearer"),
];
const ETAG: &str = "ETag";
const LINK: &str = "Link";
const RATE_LIMIT: &str = "RateLimit";
const RATE_LIMIT_POLICY: &str = "RateLimit-Policy";
const RETRY_AFTER: &str = "Retry-After";
const WWW_AUTHENTICATE: &str = "WWW-Authenticate";

/// Name of the answer to a client that holds what it asks for.
const NOT_MODIFIED: &str = "NotModified";

/// What tells of the moment, or may be as large as the index: it has no tag.
const UNTAGGED: [&str; 3] = ["/health", "/ready", "/v1/export"];
/// What says nothing beside its bytes.
const UNLINKED: [&str; 6] =
    ["/health", "/ready", "/openapi.json", "/openapi-3.0.json", "/opensearch.xml", "/v1/documents/{id}/original"];

/// Adds the headers themselves, and the answer 304.
pub(super) fn describe(components: &mut Components) {
    for (name, description, example) in HEADERS {
        components.headers.insert(name.to_owned(), header(description, example).into());
    }
    let held = ResponseBuilder::new().description("The client holds the answer, as its `If-None-Match` says.");
    let mut held = held.build();
    refer(&mut held, &[ETAG, RATE_LIMIT, RATE_LIMIT_POLICY]);
    components.responses.insert(NOT_MODIFIED.to_owned(), held.into());
}

fn header(description: &str, example: &str) -> Header {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    HeaderBuilder::new().schema(Some(text)).description(Some(description)).example(Some(json!(example))).build()
}

/// Names the headers of a problem.
pub(super) fn add_to_problem(status: StatusCode, problem: &mut Response) {
    match status {
        StatusCode::TOO_MANY_REQUESTS => refer(problem, &[RETRY_AFTER, RATE_LIMIT, RATE_LIMIT_POLICY]),
        StatusCode::SERVICE_UNAVAILABLE => refer(problem, &[RETRY_AFTER]),
        StatusCode::UNAUTHORIZED => refer(problem, &[WWW_AUTHENTICATE]),
        _ => {}
    }
}

/// Names the headers of what an operation answers, and declares 304 where it has a tag.
pub(super) fn add(path: &str, is_post: bool, operation: &mut Operation) {
    let is_tagged = !is_post && !UNTAGGED.contains(&path);
    let (tag, link): (&[_], &[_]) =
        (&[ETAG][..usize::from(is_tagged)], &[LINK][..usize::from(!UNLINKED.contains(&path))]);
    // Probes count for nothing.
    let rate: &[_] = if path == "/health" || path == "/ready" { &[] } else { &[RATE_LIMIT, RATE_LIMIT_POLICY] };
    if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") {
        [tag, link, rate].into_iter().for_each(|names| refer(answer, names));
    }
    if is_tagged {
        let held = RefOr::Ref(Ref::from_response_name(NOT_MODIFIED));
        operation.responses.responses.insert("304".to_owned(), held);
    }
}

fn refer(response: &mut Response, names: &[&str]) {
    for name in names {
        let reference = Ref::new(format!("#/components/headers/{name}"));
        response.headers.insert((*name).to_owned(), RefOr::Ref(reference));
    }
}

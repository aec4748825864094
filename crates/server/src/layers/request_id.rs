//! A request id on every request and answer: the caller's, if it is well-formed, else a new one.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};

/// The header that carries it, both ways.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id accepted from a caller, in bytes.
const MAX_LENGTH: usize = 64;

/// Gives the request an id, and the answer the same.
pub(super) async fn identify(mut request: Request, next: Next) -> Response {
    let id = match request.headers().get(HEADER) {
        Some(given) if is_well_formed(given) => given.clone(),
        _ => new_id(&request),
    };
    request.headers_mut().insert(HEADER, id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, id);
    response
}

/// The id of a request that has passed this layer.
pub(super) fn of(headers: &HeaderMap) -> String {
    headers.get(HEADER).and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned()
}

fn new_id(request: &Request) -> HeaderValue {
    let id = MakeRequestUuid.make_request_id(request);
    id.map_or(HeaderValue::from_static("unknown"), tower_http::request_id::RequestId::into_header_value)
}

/// Letters, digits, `-`, `_`, `.`: nothing that could forge a line of a log.
fn is_well_formed(id: &HeaderValue) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=MAX_LENGTH).contains(&id.len()) && id.as_bytes().iter().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_could_forge_a_log_line_are_replaced() {
        for (id, expected) in
            [("abc-1_2.3", true), ("", false), ("a b", false), ("a\"b", false), (&"x".repeat(65), false)]
        {
            assert_eq!(is_well_formed(&HeaderValue::from_str(id).unwrap()), expected, "{id:?}");
        }
    }
}

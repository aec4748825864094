//! What the head of a request may be.

use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::clients::Peer;
use crate::connections::framing::Framing;
use crate::problem::ApiError;

/// Longest path and query string, in bytes.
const MAX_URI: usize = 8_192;
/// Most headers.
const MAX_HEADERS: usize = 100;
/// Most bytes of all headers, names and values.
const MAX_HEADER_BYTES: usize = 16 * 1_024;

/// Refuses a head that is too long, and one that others could understand differently. The connection of the latter is
/// closed: what follows on it is nobody's.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let is_from_socket = request.extensions().get::<Peer>().is_some();
    let framing = request.extensions().get::<Framing>().copied();
    if is_from_socket && !framing.is_some_and(Framing::is_clear) {
        let detail = "the request must say once where it ends: by one Content-Length, or by Transfer-Encoding alone";
        return refuse_for_good(ApiError::new(StatusCode::BAD_REQUEST, "ambiguous_length", detail));
    }
    if is_from_socket && !has_one_host(request.version(), request.headers()) {
        let detail = "the request must name the host it is for, in one Host header";
        return refuse_for_good(ApiError::new(StatusCode::BAD_REQUEST, "invalid_host", detail));
    }
    if request.uri().path_and_query().is_some_and(|path| path.as_str().len() > MAX_URI) {
        return ApiError::from_status(StatusCode::URI_TOO_LONG).into_response();
    }
    if is_too_large(request.headers()) {
        return ApiError::from_status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).into_response();
    }
    let mut response = next.run(request).await;
    if framing.is_some_and(Framing::is_chunked) {
        close(&mut response);
    }
    response
}

fn refuse_for_good(error: ApiError) -> Response {
    let mut response = error.into_response();
    close(&mut response);
    response
}

fn close(response: &mut Response) {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
}

/// Since HTTP/1.1, every request has exactly one.
fn has_one_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).into_iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => host
            .to_str()
            .is_ok_and(|host| host.is_empty() || (!host.contains('@') && host.parse::<Authority>().is_ok())),
        (Some(_), Some(_)) => false,
    }
}

fn is_too_large(headers: &HeaderMap) -> bool {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    headers.len() > MAX_HEADERS || bytes > MAX_HEADER_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(version: Version, hosts: &[&str], expected: bool) {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        assert_eq!(has_one_host(version, &headers), expected, "{version:?} {hosts:?}");
    }

    #[test]
    fn a_request_names_one_host() {
        for host in ["example.org", "example.org:8080", "[::1]:8080", "127.0.0.1", ""] {
            check(Version::HTTP_11, &[host], true);
        }
        check(Version::HTTP_10, &[], true);
        check(Version::HTTP_11, &[], false);
        check(Version::HTTP_11, &["a", "a"], false);
        check(Version::HTTP_10, &["a", "b"], false);
        for host in ["a b", "user@example.org", "a/b", "http://a", "[::1", "a,b c"] {
            check(Version::HTTP_11, &[host], false);
        }
    }
}

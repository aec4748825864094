//! Headers that keep a browser from making more of an answer than it is.

use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::answer::NO_STORE;

/// For answers that are data: a browser that shows one as a page may load and run nothing.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Adds the headers; a page that needs more than data sets its own content security policy.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    // What does not say who may keep it, such as an error, is kept by nobody.
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    response
}

//! One line of log a request, and its time in a header. Neither holds a query or a key: the line names the route that
//! matched, and the id of the key.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::caller::KeyId;

/// Header with the time an answer took: in the body it would make equal answers differ.
pub(super) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Logs method, matched route, status, time, request id and the id of a valid key.
pub(super) async fn record(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let request_id = super::request_id::of(request.headers());
    let mut response = next.run(request).await;
    let milliseconds = began.elapsed().as_secs_f64() * 1_000.0;
    tracing::info!(
        %method,
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        status = response.status().as_u16(),
        milliseconds,
        request_id,
        key = response.extensions().get::<KeyId>().map(KeyId::as_str),
        "request"
    );
    if let Ok(timing) = HeaderValue::from_str(&format!("total;dur={milliseconds:.3}")) {
        response.headers_mut().insert(SERVER_TIMING, timing);
    }
    response
}

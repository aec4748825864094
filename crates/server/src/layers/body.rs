//! Bodies are taken whole before anything is done with them: they are short, and no search waits for a slow one.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time;

use crate::params::MAX_BODY;
use crate::problem::ApiError;

/// Takes the body within the time, or refuses the request: 408 if it is slow, 413 if it is long, 415 if it is compressed.
pub(super) async fn take(State(timeout): State<Duration>, request: Request, next: Next) -> Response {
    if is_compressed(request.headers()) {
        // A few bytes could be a great many.
        let error = ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_content_encoding",
            "send the body as it is, without a Content-Encoding",
        );
        return ([(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))], error).into_response();
    }
    // What is announced as too long is not waited for.
    if request.body().size_hint().lower() > MAX_BODY as u64 {
        return ApiError::from_status(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    }
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let error = match time::timeout(timeout, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => return next.run(Request::from_parts(head, Body::from(body.to_bytes()))).await,
        Ok(Err(error)) if error.is::<LengthLimitError>() => ApiError::from_status(StatusCode::PAYLOAD_TOO_LARGE),
        // The client went away, or its chunks are none.
        Ok(Err(_)) => ApiError::from_status(StatusCode::BAD_REQUEST),
        Err(_) => ApiError::from_status(StatusCode::REQUEST_TIMEOUT),
    };
    error.into_response()
}

fn is_compressed(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::CONTENT_ENCODING);
    encodings.iter().any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

//! What every request passes on its way in and out, from the outside: request id and log, security headers, CORS,
//! problems, caught panics, limits and timeouts.

mod headers;
mod log;
pub(crate) mod problems;
mod request_id;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as AnyOrigin, CorsLayer};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::config::ServerConfig;
use crate::params::MAX_BODY;
use crate::problem::ApiError;

/// Longest path and query string, in bytes.
const MAX_URI: usize = 8_192;

/// Puts every layer around a router.
pub(crate) fn wrap(router: Router, config: &ServerConfig) -> Router {
    // Each layer stands around those above it.
    router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(RequestBodyTimeoutLayer::new(config.body_timeout))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, config.request_timeout))
        .layer(from_fn(refuse_long_uri))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(problems::write))
        .layer(cors())
        .layer(from_fn(headers::secure))
        .layer(from_fn(log::record))
        .layer(from_fn(request_id::identify))
}

async fn refuse_long_uri(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > MAX_URI {
        return ApiError::from_status(StatusCode::URI_TOO_LONG).into_response();
    }
    next.run(request).await
}

/// The message of a panic could hold the text of a query: it stays out of the log.
fn caught(_: Box<dyn Any + Send>) -> Response {
    ApiError::internal("a handler panicked").into_response()
}

/// Anyone's page may read, without credentials: those that a browser would add by itself. A page that has a key may
/// send it.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([
            header::ACCEPT,
            header::IF_NONE_MATCH,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            request_id::HEADER,
        ])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            header::WWW_AUTHENTICATE,
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
            log::SERVER_TIMING,
            request_id::HEADER,
        ])
        .max_age(Duration::from_secs(86_400))
}

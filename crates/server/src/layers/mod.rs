//! What every request passes on its way in and out, from the outside: request id, log and counts, security headers, CORS,
//! problems, caught panics, what a head may be, who asks, rates, keys that are refused, times, bodies.

mod body;
mod head;
mod headers;
mod log;
pub(crate) mod problems;
mod rate_limit;
mod request_id;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::{self, HeaderName};
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as AnyOrigin, CorsLayer};
use tower_http::timeout::TimeoutLayer;

use crate::caller;
use crate::config::ServerConfig;
use crate::keys::HeldKeys;
use crate::metrics::Metrics;
use crate::problem::ApiError;

/// What layers share with the rest of the server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) keys: Arc<HeldKeys>,
}

/// Puts every layer around a router.
pub(crate) fn wrap(router: Router, config: &ServerConfig, Shared { metrics, keys }: &Shared) -> Router {
    let limit = rate_limit::RateLimit::new(config, Arc::clone(metrics));
    let log = log::Log::new(Arc::clone(metrics));
    // Each layer stands around those above it.
    router
        .layer(from_fn_with_state(config.body_timeout, body::take))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, config.request_timeout))
        .layer(from_fn(caller::admit))
        .layer(from_fn_with_state(Arc::new(limit), rate_limit::limit))
        .layer(from_fn_with_state(Arc::clone(keys), caller::identify))
        .layer(from_fn(head::check))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(problems::write))
        .layer(cors())
        .layer(from_fn(headers::secure))
        .layer(from_fn_with_state(Arc::new(log), log::record))
        .layer(from_fn(request_id::identify))
}

/// Puts the layers around the routes of the admin address: they are neither counted nor logged, and no page asks them.
pub(crate) fn wrap_admin(router: Router, config: &ServerConfig, keys: &Arc<HeldKeys>) -> Router {
    router
        .layer(from_fn_with_state(config.body_timeout, body::take))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, config.request_timeout))
        .layer(from_fn(caller::admit))
        .layer(from_fn_with_state(Arc::clone(keys), caller::identify))
        .layer(from_fn(head::check))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(problems::write))
        .layer(from_fn(headers::secure))
        .layer(from_fn(request_id::identify))
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
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            request_id::HEADER,
        ])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            header::WWW_AUTHENTICATE,
            rate_limit::RATE_LIMIT,
            rate_limit::RATE_LIMIT_POLICY,
            HeaderName::from_static("server-timing"),
            request_id::HEADER,
        ])
        .max_age(Duration::from_secs(86_400))
        // The answer is the same for every origin.
        .vary([])
}

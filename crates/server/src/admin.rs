//! The routes of the admin address: `/metrics`, `/health`, `/ready`. They are for those who run the server, and no part of
//! the API.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::caller::public_scope;
use crate::metrics::VersionLabel;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::{layers, routes};

const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Every route of the admin address with the layers that all requests pass.
pub(crate) fn app(state: AppState) -> Router {
    let config = state.config().clone();
    let keys = Arc::clone(state.keys());
    let router = Router::new()
        .route("/metrics", get(metrics))
        .route("/health", get(routes::operations::get_health))
        .route("/ready", get(routes::operations::get_readiness))
        .with_state(state);
    layers::wrap_admin(router, &config, &keys)
}

async fn metrics(State(state): State<AppState>) -> Result<Response, ApiError> {
    let now = &state.metrics().now;
    let (running, waiting) = state.places().busy();
    now.searches_running.set(gauge(running));
    now.searches_waiting.set(gauge(waiting));
    now.response_cache_bytes.set(gauge(state.cache().bytes()));
    now.index_degraded.set(i64::from(state.trouble().is_some()));
    let snapshot = state.searcher().snapshot();
    // Whoever asks: a key would turn counts that are watched into those of another scope.
    let scope = public_scope();
    let coverage = snapshot.coverage(&scope);
    now.documents.set(gauge(coverage.documents));
    now.documents_searchable.set(gauge(coverage.searchable));
    now.index_version.clear();
    now.index_version.get_or_create(&VersionLabel { version: snapshot.version(&scope) }).set(1);
    let text = state.metrics().text().map_err(|error| ApiError::internal(format!("metrics: {error}")))?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}

fn gauge(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

//! [`app`]: the whole server as one value, without a socket.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;

use crate::problem::ApiError;
use crate::state::AppState;
use crate::{answer, layers, pages, routes};

/// Every route with every layer; a test can call it as it is.
pub fn app(state: AppState) -> Router {
    let config = state.config().clone();
    let shared = layers::Shared { metrics: Arc::clone(state.metrics()), keys: Arc::clone(state.keys()) };
    let (api, _) = routes::all().split_for_parts();
    let complete = from_fn_with_state(state.clone(), answer::complete);
    let router = api.merge(pages::all()).fallback(not_found).with_state(state).layer(complete);
    layers::wrap(router, &config, &shared)
}

async fn not_found() -> ApiError {
    ApiError::from_status(StatusCode::NOT_FOUND)
}

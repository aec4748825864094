//! [`app`]: the whole server as one value, without a socket.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;

use crate::problem::ApiError;
use crate::state::AppState;
use crate::{answer, caller, layers, pages, routes};

/// Every route with every layer; a test can call it as it is.
pub fn app(state: AppState) -> Router {
    let config = state.config().clone();
    let metrics = Arc::clone(state.metrics());
    let (api, _) = routes::all().split_for_parts();
    let complete = from_fn_with_state(state.clone(), answer::complete);
    let identify = from_fn_with_state(state.clone(), caller::identify);
    let router = api.merge(pages::all()).fallback(not_found).with_state(state).layer(complete).layer(identify);
    layers::wrap(router, &config, &metrics)
}

async fn not_found() -> ApiError {
    ApiError::from_status(StatusCode::NOT_FOUND)
}

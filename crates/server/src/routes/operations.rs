//! `/openapi.json`, `/openapi-3.0.json`, `/health`, `/ready`: the API's own description, and what operators probe.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::answer::NO_STORE;
use crate::caller::Caller;
use crate::openapi::{openapi_3_0_json, openapi_json};
use crate::problem::ApiError;
use crate::responses::{Health, Readiness};
use crate::state::AppState;

const OLDER_INDEX: &str = "the newest index cannot be opened, an older one answers; see the server's log";
const NO_KEYS: &str = "the file of the keys cannot be read, requests with a key are refused; see the server's log";
const OLDER_INDEX_AND_NO_KEYS: &str =
    "the newest index cannot be opened, nor the file of the keys be read; see the server's log";

/// Get this document
///
/// The OpenAPI 3.1 description of the API.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "get_openapi", tag = "operations",
    responses((status = 200, description = "The document.", body = serde_json::Value, example = json!({"openapi": "3.1.0"}))),
)]
pub(super) async fn get_openapi() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], openapi_json()).into_response()
}

/// Get this document for older tools
///
/// The same description in OpenAPI 3.0.
#[utoipa::path(
    get, path = "/openapi-3.0.json", operation_id = "get_openapi_3_0", tag = "operations",
    responses((status = 200, description = "The document.", body = serde_json::Value, example = json!({"openapi": "3.0.3"}))),
)]
pub(super) async fn get_openapi_3_0() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], openapi_3_0_json()).into_response()
}

/// Probe the process
///
/// Answers as long as the process lives, whatever the index.
#[utoipa::path(
    get, path = "/health", operation_id = "get_health", tag = "operations",
    responses((status = 200, description = "The process lives.", body = Health)),
)]
pub(crate) async fn get_health() -> Response {
    now(Health { status: "ok" })
}

/// Probe the index
///
/// 200 while searches are answered, `degraded` when they are answered from an older index since the newest could not
/// be opened, or when keys are refused since their file cannot be read; 503 while the server stops.
#[utoipa::path(
    get, path = "/ready", operation_id = "get_readiness", tag = "operations",
    responses((status = 200, description = "Searches are answered.", body = Readiness)),
)]
pub(crate) async fn get_readiness(State(state): State<AppState>, caller: Caller) -> Result<Response, ApiError> {
    if state.is_stopping() {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the server is stopping"));
    }
    let index_version = state.searcher().snapshot().version(&caller.scope);
    let (status, detail) = match (state.trouble(), state.keys().are_readable()) {
        (None, true) => ("ready", None),
        (Some(_), true) => ("degraded", Some(OLDER_INDEX)),
        (None, false) => ("degraded", Some(NO_KEYS)),
        (Some(_), false) => ("degraded", Some(OLDER_INDEX_AND_NO_KEYS)),
    };
    Ok(now(Readiness { status, detail, index_version }))
}

/// What is true of this moment, and not to be kept.
fn now(body: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, NO_STORE)], Json(body)).into_response()
}

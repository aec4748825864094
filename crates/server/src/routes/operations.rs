//! `/openapi.json`, `/health`, `/ready`: the API's own description, and what operators probe.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::caller::Caller;
use crate::openapi::openapi_json;
use crate::problem::ApiError;
use crate::responses::{Health, Readiness};
use crate::state::{AppState, json};

/// Get this document
///
/// The OpenAPI 3.1 description of the API.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "get_openapi", tag = "operations",
    responses((status = 200, description = "The document.", body = serde_json::Value, example = json!({"openapi": "3.1.0"}))),
)]
pub(super) async fn get_openapi() -> Response {
    json(Body::from(openapi_json()))
}

/// Probe the process
///
/// Answers as long as the process lives, whatever the index.
#[utoipa::path(
    get, path = "/health", operation_id = "get_health", tag = "operations",
    responses((status = 200, description = "The process lives.", body = Health)),
)]
pub(crate) async fn get_health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Probe the index
///
/// 200 while searches are answered, `degraded` when they are answered from an older index since the newest could not
/// be opened; 503 while the server stops.
#[utoipa::path(
    get, path = "/ready", operation_id = "get_readiness", tag = "operations",
    responses((status = 200, description = "Searches are answered.", body = Readiness)),
)]
pub(crate) async fn get_readiness(State(state): State<AppState>, caller: Caller) -> Result<Json<Readiness>, ApiError> {
    if state.is_stopping() {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the server is stopping"));
    }
    let index_version = state.searcher().snapshot().version(&caller.scope);
    let (status, detail) = match state.trouble() {
        None => ("ready", None),
        Some(_) => ("degraded", Some("the newest index cannot be opened, an older one answers; see the server's log")),
    };
    Ok(Json(Readiness { status, detail, index_version }))
}

//! `/v1/passages`: ranked passages.

use axum::extract::State;
use axum::response::Response;

use super::search::answer;
use crate::caller::Caller;
use crate::params::{Params, PassagesParams};
use crate::problem::ApiError;
use crate::responses::{PassageHit, SearchResponse};
use crate::state::AppState;

/// Search passages
///
/// Ranked paragraphs, each with what is needed to cite it. Theme, country, mentions and language are the passage's
/// own; process, region, type and year those of its document. Facets count passages.
#[utoipa::path(
    get, path = "/v1/passages", operation_id = "search_passages", tag = "search", params(Params<PassagesParams>),
    responses((status = 200, description = "The passages that match.", body = SearchResponse<PassageHit>)),
)]
pub(super) async fn search_passages(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<PassagesParams>,
) -> Result<Response, ApiError> {
    answer::<PassageHit>(&state, caller, params.0).await
}

/// Search passages (parameters in the body)
///
/// The same as GET, for requests that are too long for an address.
#[utoipa::path(
    post, path = "/v1/passages", operation_id = "search_passages_post", tag = "search",
    request_body(content = PassagesParams, description = "The parameters of GET as one JSON object, at most 16 kB."),
    responses((status = 200, description = "The passages that match.", body = SearchResponse<PassageHit>)),
)]
pub(super) async fn search_passages_post(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<PassagesParams>,
) -> Result<Response, ApiError> {
    answer::<PassageHit>(&state, caller, params.0).await
}

//! `/v1/suggest`: what to offer while someone types.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Serialize;

use crate::caller::Caller;
use crate::params::{Params, SuggestFormat, SuggestParams};
use crate::problem::ApiError;
use crate::responses::{OpenSearchSuggestions, Suggestions};
use crate::state::AppState;

/// Media type of suggestions for browsers.
const OPENSEARCH: &str = "application/x-suggestions+json";

/// Suggest
///
/// Completes what someone types: concepts to filter by, found by their names in any language; phrases, words and titles of
/// the documents; and the text with its misspelt words corrected.
#[utoipa::path(
    get, path = "/v1/suggest", operation_id = "suggest", tag = "search", params(Params<SuggestParams>),
    responses((
        status = 200, description = "The suggestions.",
        content((Suggestions = "application/json"), (OpenSearchSuggestions = "application/x-suggestions+json")),
    )),
)]
pub(super) async fn suggest(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<SuggestParams>,
) -> Result<Response, ApiError> {
    let format = params.format;
    let work = move |state: &AppState| {
        let SuggestParams { request, format } = params;
        let response = state.searcher().snapshot().suggest(&caller.scope, &request)?;
        Ok(match format {
            SuggestFormat::Json => Answer::Json(Suggestions::from(response)),
            SuggestFormat::OpenSearch => Answer::OpenSearch(OpenSearchSuggestions::new(request.text, response)),
        })
    };
    let mut response = state.answer(work).await?;
    if format == SuggestFormat::OpenSearch {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(OPENSEARCH));
    }
    Ok(response)
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Json(Suggestions),
    OpenSearch(OpenSearchSuggestions),
}

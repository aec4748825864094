//! `/v1/suggest`: what to offer while someone types.

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
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
    let work = |basis: &Basis<'_>, SuggestParams { request, format }: SuggestParams| {
        let response = basis.snapshot.suggest(basis.scope, &request)?;
        match format {
            SuggestFormat::Json => Answer::json(&Suggestions::from(response)),
            SuggestFormat::OpenSearch => {
                Ok(Answer::json(&OpenSearchSuggestions::new(request.text, response))?.with_type(OPENSEARCH))
            }
        }
    };
    state.answer(caller, params, work).await
}

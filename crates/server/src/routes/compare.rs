//! `/v1/compare`: two facets crossed over the passages that match.

use axum::extract::State;
use axum::response::Response;

use crate::caller::Caller;
use crate::params::{CompareFormat, CompareParams, Params};
use crate::problem::ApiError;
use crate::responses::{self, Comparison};
use crate::state::AppState;

/// Media type of tables for spreadsheets.
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Compare
///
/// A table of any two facets: how many passages match in each cell, in how many documents, how many of each 1,000
/// passages that is, and the best one. Theme, country, mentions and language are the passage's own; process, region, type
/// and year those of its document.
#[utoipa::path(
    get, path = "/v1/compare", operation_id = "compare", tag = "search", params(Params<CompareParams>),
    responses((
        status = 200, description = "The table.",
        content((Comparison = "application/json"), (String = "text/csv", example = json!("row,row_label,col,col_label,documents,passages,all_passages,rate,best_document,best_passage,best_citation\r\n"))),
    )),
)]
pub(super) async fn compare(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<CompareParams>,
) -> Result<Response, ApiError> {
    answer(&state, caller, params).await
}

/// Compare (parameters in the body)
///
/// The same as GET, for requests that are too long for an address.
#[utoipa::path(
    post, path = "/v1/compare", operation_id = "compare_post", tag = "search",
    request_body(content = CompareParams, description = "The parameters of GET as one JSON object, at most 16 kB."),
    responses((
        status = 200, description = "The table.",
        content((Comparison = "application/json"), (String = "text/csv", example = json!("row,row_label,col,col_label,documents,passages,all_passages,rate,best_document,best_passage,best_citation\r\n"))),
    )),
)]
pub(super) async fn compare_post(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<CompareParams>,
) -> Result<Response, ApiError> {
    answer(&state, caller, params).await
}

async fn answer(state: &AppState, caller: Caller, params: CompareParams) -> Result<Response, ApiError> {
    let format = params.format;
    let table = move |state: &AppState| {
        let response = state.searcher().snapshot().compare(&caller.scope, &params.request);
        let response = response.map_err(|error| ApiError::from_search(error, &params.request.search))?;
        Ok((response, params))
    };
    match format {
        CompareFormat::Json => {
            let work = move |state: &AppState| {
                table(state).map(|(response, params)| Comparison::new(response, &params, state.facets()))
            };
            state.answer(work).await
        }
        CompareFormat::Csv => {
            state.answer_as(CSV, move |state| table(state).and_then(|(response, _)| responses::csv(response))).await
        }
    }
}

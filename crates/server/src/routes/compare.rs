//! `/v1/compare`: two facets crossed over the passages that match.

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{CompareFormat, CompareParams, Params};
use crate::problem::ApiError;
use crate::responses::{self, CompareLinks, Comparison};
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
    let work = |basis: &Basis<'_>, params: CompareParams| {
        let table = basis.snapshot.compare(basis.scope, &params.request);
        let table = table.map_err(|error| ApiError::from_search(error, &params.request.search))?;
        let is_partial = table.partial;
        let links = CompareLinks::new(&params, basis.facets());
        let answer = match params.format {
            CompareFormat::Json => {
                let answer = Answer::json(&Comparison::new(table, &params, basis.facets()))?;
                links.csv.iter().fold(answer, |answer, csv| answer.link("alternate", csv, Some(CSV)))
            }
            CompareFormat::Csv => Answer::of(CSV, responses::csv(table)?),
        };
        Ok(answer.pages(links.this.as_deref(), None).partial(is_partial))
    };
    state.answer(caller, params, work).await
}

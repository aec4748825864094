//! `/v1/coverage`: what is searchable, and what is not and why.

use axum::extract::State;
use axum::response::Response;
use rcp_corpus::model::Language;
use rcp_query::request::{SearchRequest, Unit};

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{Params, UiParams};
use crate::problem::ApiError;
use crate::responses::Coverage;
use crate::state::AppState;

/// Get coverage
///
/// What is searchable, by facet, and which files are not, and why.
#[utoipa::path(
    get, path = "/v1/coverage", operation_id = "get_coverage", tag = "documents", params(Params<UiParams>),
    responses((status = 200, description = "The coverage.", body = Coverage)),
)]
pub(super) async fn get_coverage(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<UiParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, params: UiParams| {
        let (coverage, is_partial) = coverage(basis, params.ui)?;
        Ok(Answer::json(&coverage)?.partial(is_partial))
    };
    state.answer(caller, params, work).await
}

/// What is searchable, with labels in a language, and whether counting it ended before all was seen.
pub(crate) fn coverage(basis: &Basis<'_>, ui: Language) -> Result<(Coverage, bool), ApiError> {
    let everything = SearchRequest {
        // The hits are not shown.
        limit: 0,
        passages: 0,
        facets: basis.facets().to_vec(),
        facet_limit: usize::from(SearchRequest::MAX_FACET_LIMIT),
        ui,
        ..SearchRequest::new(Unit::Documents, "")
    };
    let found = basis.snapshot.search(basis.scope, &everything)?;
    let is_partial = found.partial;
    Ok((Coverage::from(found), is_partial))
}

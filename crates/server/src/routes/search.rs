//! `/v1/search`: ranked documents with evidence.

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{Params, SearchParams};
use crate::problem::ApiError;
use crate::responses::{DocumentHit, Hit, Links, SearchLinks, SearchResponse};
use crate::state::AppState;

/// Search documents
///
/// Ranked documents with their best passages, facet counts and coverage. Filters of one facet are joined by OR,
/// different facets by AND. Facets of the server's configuration beyond those listed here are parameters too.
#[utoipa::path(
    get, path = "/v1/search", operation_id = "search_documents", tag = "search", params(Params<SearchParams>),
    responses((status = 200, description = "The documents that match.", body = SearchResponse<DocumentHit>)),
)]
pub(super) async fn search_documents(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<SearchParams>,
) -> Result<Response, ApiError> {
    answer::<DocumentHit>(&state, caller, params).await
}

/// Search documents (parameters in the body)
///
/// The same as GET, for requests that are too long for an address.
#[utoipa::path(
    post, path = "/v1/search", operation_id = "search_documents_post", tag = "search",
    request_body(content = SearchParams, description = "The parameters of GET as one JSON object, at most 16 kB."),
    responses((status = 200, description = "The documents that match.", body = SearchResponse<DocumentHit>)),
)]
pub(super) async fn search_documents_post(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<SearchParams>,
) -> Result<Response, ApiError> {
    answer::<DocumentHit>(&state, caller, params).await
}

/// Answers a search for either kind of hits.
pub(super) async fn answer<H>(state: &AppState, caller: Caller, params: SearchParams) -> Result<Response, ApiError>
where
    H: Hit + serde::Serialize + 'static,
{
    let snapshot = state.searcher().snapshot_for(&caller.scope, &params.request);
    let snapshot = snapshot.map_err(|error| ApiError::from_search(error, &params.request))?;
    let work = |basis: &Basis<'_>, params: SearchParams| {
        let found = basis.snapshot.search(basis.scope, &params.request);
        let found = found.map_err(|error| ApiError::from_search(error, &params.request))?;
        let response = SearchResponse::<H>::new(found, &params, basis.facets(), &basis.labels(params.request.ui))?;
        let SearchLinks { pages: Links { this, next }, feed, csv, page } = &response.links;
        let answer = Answer::json(&response)?.pages(this.as_deref(), next.as_deref());
        let answer =
            feed.iter().fold(answer, |answer, feed| answer.link("alternate", feed, Some("application/atom+xml")));
        let answer = csv.iter().fold(answer, |answer, csv| answer.link("alternate", csv, Some("text/csv")));
        let answer = page.iter().fold(answer, |answer, page| answer.link("alternate", page, Some("text/html")));
        Ok(answer.partial(response.meta.partial))
    };
    state.answer_from(snapshot, caller, params, work).await
}

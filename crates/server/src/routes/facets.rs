//! `/v1/facets/{facet}`: search inside the values of a facet.

use axum::extract::{Path, State};
use axum::response::Response;
use rcp_query::facets::search::FacetRequest;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{FacetParams, Params, nearest};
use crate::problem::{ApiError, shortened};
use crate::responses::FacetSearch;
use crate::state::AppState;

/// Search inside a facet
///
/// The values of a facet that are named so, with their counts among the matches of a search: for a facet with more
/// values than a list can show. Takes the filters of a search; its query text is `query`.
#[utoipa::path(
    get, path = "/v1/facets/{facet}", operation_id = "search_facet", tag = "vocabularies",
    params(("facet" = String, Path, description = "Name of the facet.", example = "theme"), Params<FacetParams>),
    responses((status = 200, description = "The values that are named so.", body = FacetSearch)),
)]
pub(super) async fn search_facet(
    State(state): State<AppState>,
    caller: Caller,
    Path(facet): Path<String>,
    Params(params): Params<FacetParams>,
) -> Result<Response, ApiError> {
    let work = move |basis: &Basis<'_>, params: FacetParams| {
        if !basis.facets().contains(&facet) {
            return Err(unknown_facet(&facet, basis.facets()));
        }
        let FacetParams { text, search, limit } = params;
        let request = FacetRequest { facet, text, search, limit };
        let found = basis.snapshot.facet_values(basis.scope, &request);
        let found = found.map_err(|error| ApiError::from_search(error, &request.search))?;
        let is_partial = found.partial;
        Ok(Answer::json(&FacetSearch::new(found, &request, basis.taxonomy()))?.partial(is_partial))
    };
    state.answer(caller, params, work).await
}

fn unknown_facet(name: &str, known: &[String]) -> ApiError {
    let nearest = nearest(name, known.iter().map(String::as_str));
    let meant = if nearest.is_empty() { String::new() } else { format!(" (did you mean {}?)", nearest.join(" or ")) };
    let detail = format!("there is no facet {:?}{meant}; there are {}", shortened(name), known.join(", "));
    ApiError::not_found("unknown_facet", detail)
}

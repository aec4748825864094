//! [`search_json`]: the answer of a search as the API gives it, for callers without HTTP.

use rcp_query::Searcher;
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response;
use serde::Serialize;

use crate::params::{Highlight, SearchParams};
use crate::problem::ApiError;
use crate::responses::{DocumentHit, Hit, Labels, PassageHit, SearchResponse};

/// An answer that cannot be written as JSON. Does not happen with hits of the unit that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("the answer cannot be written as JSON: {0}")]
pub struct JsonError(String);

/// The body of `/v1/search` or `/v1/passages`, indented, for the answer to a request.
///
/// # Errors
/// When the hits are not of the unit that the request asks for.
pub fn search_json(
    searcher: &Searcher,
    request: &SearchRequest,
    highlight: Highlight,
    response: response::SearchResponse,
) -> Result<String, JsonError> {
    let params = SearchParams { request: request.clone(), highlight };
    match request.unit {
        Unit::Documents => body::<DocumentHit>(searcher, &params, response),
        Unit::Passages => body::<PassageHit>(searcher, &params, response),
    }
}

fn body<H: Hit + Serialize>(
    searcher: &Searcher,
    params: &SearchParams,
    response: response::SearchResponse,
) -> Result<String, JsonError> {
    let taxonomy = &searcher.settings().taxonomy;
    let facets: Vec<String> = taxonomy.facets().into_iter().map(|facet| facet.name).collect();
    let labels = Labels::new(taxonomy, params.request.ui);
    let failed = |error: ApiError| JsonError(error.detail);
    let body = SearchResponse::<H>::new(response, params, &facets, &labels).map_err(failed)?;
    serde_json::to_string_pretty(&body).map_err(|error| JsonError(error.to_string()))
}

//! The answers of searches and comparisons as the API gives them, for callers without HTTP.

use rcp_query::Searcher;
use rcp_query::compare::{CompareRequest, CompareResponse};
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response;
use serde::Serialize;

use crate::params::{CompareFormat, CompareParams, Highlight, SearchParams};
use crate::problem::ApiError;
use crate::responses::{Comparison, DocumentHit, Hit, Labels, PassageHit, SearchResponse, csv};

/// An answer that cannot be written as JSON or CSV. Does not happen with hits of the unit that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("the answer cannot be written: {0}")]
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
    let params = SearchParams { request: request.clone(), highlight, fields: None };
    match request.unit {
        Unit::Documents => body::<DocumentHit>(searcher, &params, response),
        Unit::Passages => body::<PassageHit>(searcher, &params, response),
    }
}

/// The body of `/v1/compare`, indented, for the answer to a request.
///
/// # Errors
/// Does not happen: the answer is texts and numbers.
pub fn compare_json(
    searcher: &Searcher,
    request: &CompareRequest,
    response: CompareResponse,
) -> Result<String, JsonError> {
    let params = CompareParams { request: request.clone(), format: CompareFormat::Json };
    let body = Comparison::new(response, &params, &facets(searcher));
    serde_json::to_string_pretty(&body).map_err(|error| JsonError(error.to_string()))
}

/// The body of `/v1/compare?format=csv`.
///
/// # Errors
/// Does not happen: it is written to memory.
pub fn compare_csv(response: CompareResponse) -> Result<String, JsonError> {
    let bytes = csv(response).map_err(|error| JsonError(error.detail))?;
    String::from_utf8(bytes).map_err(|error| JsonError(error.to_string()))
}

fn facets(searcher: &Searcher) -> Vec<String> {
    searcher.settings().taxonomy.facets().into_iter().map(|facet| facet.name).collect()
}

fn body<H: Hit + Serialize>(
    searcher: &Searcher,
    params: &SearchParams,
    response: response::SearchResponse,
) -> Result<String, JsonError> {
    let taxonomy = &searcher.settings().taxonomy;
    let facets = facets(searcher);
    let labels = Labels::new(taxonomy, params.request.ui);
    let failed = |error: ApiError| JsonError(error.detail);
    let body = SearchResponse::<H>::new(response, params, &facets, &labels).map_err(failed)?;
    serde_json::to_string_pretty(&body).map_err(|error| JsonError(error.to_string()))
}

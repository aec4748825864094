//! `/v1/instantsearch`: the searches of a page made with InstantSearch.

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::instantsearch::{InstantSearchBody, InstantSearchResults, Requests};
use crate::params::{Params, UiParams};
use crate::problem::ApiError;
use crate::state::AppState;

/// Search from an InstantSearch page
///
/// The contract of an InstantSearch `searchClient`: send its requests as they are, at most 20, and give back what is
/// answered. Attributes are the facets, with labels as values, and the levels of a hierarchy (`theme.lvl0`, `theme.lvl1`);
/// index names choose documents or passages and the order. Time is not measured in the body: `processingTimeMS` is 0.
#[utoipa::path(
    post, path = "/v1/instantsearch", operation_id = "instantsearch", tag = "search", params(Params<UiParams>),
    request_body(content = InstantSearchBody, description = "The requests of the page, at most 16 kB."),
    responses((status = 200, description = "The results, in the order of the requests.", body = InstantSearchResults)),
)]
pub(super) async fn instantsearch(
    State(state): State<AppState>,
    caller: Caller,
    requests: Requests,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, requests: Requests| {
        let results = InstantSearchResults::new(basis, requests)?;
        let is_partial = results.is_partial();
        Ok(Answer::json(&results)?.partial(is_partial))
    };
    state.answer(caller, requests, work).await
}

//! `/search`: a search for people, from the same answer as `/v1/search` and `/v1/passages`.
//!
//! What is searched for is the address of the page ([`address`]); every facet, chip, bar and page number is a link or a
//! field of one form that changes it. The page without script is the whole page.

mod address;
mod facets;
mod filters;
mod hits;
mod names;
mod paging;
mod understood;
mod view;
mod way_out;
mod years;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::Reader;
use super::frame::page;
use crate::answer::Basis;
use crate::caller::Caller;
use crate::params::{PageParams, SearchPageParams};
use crate::problem::ApiError;
use crate::state::AppState;
use view::SearchPage;

/// The handler of the page.
pub(super) async fn search(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    PageParams(asked): PageParams<SearchPageParams>,
) -> Result<Response, ApiError> {
    let asked = asked.map(|mut params| {
        params.search.request.ui = reader.language();
        params
    });
    let searcher = state.searcher();
    let pinned = asked.and_then(|params| {
        let snapshot = searcher.snapshot_for(&caller.scope, &params.search.request);
        let snapshot = snapshot.map_err(|error| ApiError::from_search(error, &params.search.request))?;
        Ok((snapshot, params))
    });
    // What was asked wrongly is shown beside the index of now.
    let (snapshot, asked) = match pinned {
        Ok((snapshot, params)) => (snapshot, Ok(params)),
        Err(error) => (searcher.snapshot(), Err(error)),
    };
    let work = |basis: &Basis<'_>, (asked, reader): (Result<SearchPageParams, ApiError>, Reader)| {
        let found = asked.and_then(|params| SearchPage::found(basis, &params, &reader));
        let (shown, status) = match found {
            Ok(shown) => (shown, StatusCode::OK),
            Err(error) if is_shown_here(&error) => {
                let status = error.status;
                (SearchPage::refused(basis, error, &reader), status)
            }
            Err(error) => return Err(error),
        };
        Ok(page(&shown, &shown.frame)?.status(status).partial(shown.is_partial()))
    };
    state.answer_from(snapshot, caller, (asked, reader), work).await
}

/// Whether a problem is for the page to show, with the form as it was sent.
fn is_shown_here(error: &ApiError) -> bool {
    matches!(error.status, StatusCode::BAD_REQUEST | StatusCode::GONE)
}

//! `/v1/feed.atom`, `/v1/feed.json`: a query to follow.

use axum::extract::State;
use axum::response::Response;

use crate::caller::Caller;
use crate::params::{FeedParams, Params};
use crate::problem::ApiError;
use crate::responses::{ATOM_TYPE, Feed, JSON_FEED_TYPE, JsonFeed, Labels};
use crate::state::{AppState, json_bytes};

/// Follow a query (Atom)
///
/// The documents or passages that a query finds, those of the documents added last first, for feed readers. An entry
/// keeps its id; `updated` says when its document last changed. The next page is linked.
#[utoipa::path(
    get, path = "/v1/feed.atom", operation_id = "get_atom_feed", tag = "search", params(Params<FeedParams>),
    responses((
        status = 200, description = "The feed.",
        content((String = "application/atom+xml", example = json!("<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>"))),
    )),
)]
pub(super) async fn get_atom_feed(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<FeedParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| Ok(feed(state, &caller, &params)?.atom().into_bytes());
    state.answer_as(ATOM_TYPE, work).await
}

/// Follow a query (JSON Feed)
///
/// The same as JSON Feed 1.1.
#[utoipa::path(
    get, path = "/v1/feed.json", operation_id = "get_json_feed", tag = "search", params(Params<FeedParams>),
    responses((status = 200, description = "The feed.", content((JsonFeed = "application/feed+json")))),
)]
pub(super) async fn get_json_feed(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<FeedParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| json_bytes(&JsonFeed::from(feed(state, &caller, &params)?));
    state.answer_as(JSON_FEED_TYPE, work).await
}

fn feed(state: &AppState, caller: &Caller, params: &FeedParams) -> Result<Feed, ApiError> {
    let response = state.searcher().search(&caller.scope, &params.0);
    let response = response.map_err(|error| ApiError::from_search(error, &params.0))?;
    let labels = Labels::new(&state.searcher().settings().taxonomy, params.0.ui);
    Ok(Feed::new(response, params, state.config().public_url.as_deref(), state.facets(), &labels))
}

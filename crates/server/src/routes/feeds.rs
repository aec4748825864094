//! `/v1/feed.atom`, `/v1/feed.json`: a query to follow.

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{FeedParams, Params};
use crate::problem::ApiError;
use crate::responses::{ATOM_TYPE, Feed, JSON_FEED_TYPE, JsonFeed};
use crate::state::AppState;

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
    answer(&state, caller, params, |feed| Ok(Answer::of(ATOM_TYPE, feed.atom().into_bytes()))).await
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
    answer(&state, caller, params, |feed| Ok(Answer::json(&JsonFeed::from(feed))?.with_type(JSON_FEED_TYPE))).await
}

async fn answer(
    state: &AppState,
    caller: Caller,
    params: FeedParams,
    write: fn(Feed) -> Result<Answer, ApiError>,
) -> Result<Response, ApiError> {
    let snapshot = state.searcher().snapshot_for(&caller.scope, &params.0);
    let snapshot = snapshot.map_err(|error| ApiError::from_search(error, &params.0))?;
    let work = move |basis: &Basis<'_>, params: FeedParams| {
        let found = basis.snapshot.search(basis.scope, &params.0);
        let found = found.map_err(|error| ApiError::from_search(error, &params.0))?;
        let (is_partial, site) = (found.partial, basis.state.config().public_url.as_deref());
        let feed = Feed::new(found, &params, site, basis.facets(), &basis.labels(params.0.ui));
        Ok(write(feed)?.partial(is_partial))
    };
    state.answer_from(snapshot, caller, params, work).await
}

//! `/v1/cite`: from a reference to what it means.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use rcp_query::cite::CiteResponse;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{CiteParams, Params};
use crate::problem::{ApiError, shortened};
use crate::responses::Resolved;
use crate::state::AppState;

/// Resolve a reference
///
/// The document or passage that a reference means: 200 where it means one, 300 with all of them where it may mean several or
/// says too little to be certain, 404 with what was understood where it means none. A description means a document only
/// if every word of it stands in the document's title, event, venue, date, type or the names of its processes: nothing is
/// guessed, corrected or left out. Places are understood in English, Spanish and French.
#[utoipa::path(
    get, path = "/v1/cite", operation_id = "resolve_reference", tag = "documents", params(Params<CiteParams>),
    responses(
        (status = 200, description = "What it means.", body = Resolved),
        (status = 300, description = "What it may mean, at most 20.", body = Resolved),
    ),
)]
pub(super) async fn resolve_reference(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<CiteParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, params: CiteParams| {
        let found = basis.snapshot.cite(basis.scope, &params.reference, params.ui)?;
        if found.candidates.is_empty() {
            return Err(nothing_meant(&found));
        }
        let status = if found.is_certain { StatusCode::OK } else { StatusCode::MULTIPLE_CHOICES };
        Ok(Answer::json(&Resolved::from(found))?.status(status))
    };
    state.answer(caller, params, work).await
}

/// What was understood, for a person.
fn nothing_meant(found: &CiteResponse) -> ApiError {
    let understood = &found.understood;
    let parts = [
        understood.document.as_ref().map(|id| format!("the document {:?}", shortened(id))),
        understood.words.as_ref().map(|words| format!("a document described by {:?}", shortened(words))),
        understood.place.as_ref().map(|place| format!("the place {:?} in it", shortened(place))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let detail = format!(
        "nothing here is what was understood: {}; /v1/search finds documents by their text",
        parts.join(" and ")
    );
    ApiError::not_found("unknown_reference", detail)
}

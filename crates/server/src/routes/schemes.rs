//! `/v1/schemes`, `/v1/schemes/{scheme}`: the controlled vocabularies as directories.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{Params, UiParams, nearest};
use crate::problem::{ApiError, shortened};
use crate::responses::{SCHEMES, Scheme, Schemes};
use crate::state::AppState;

/// List the vocabularies
///
/// The controlled vocabularies, each with the facets that it feeds: processes, themes, regions, types, countries and
/// others.
#[utoipa::path(
    get, path = "/v1/schemes", operation_id = "list_schemes", tag = "vocabularies", params(Params<UiParams>),
    responses((status = 200, description = "The vocabularies.", body = Schemes)),
)]
pub(super) async fn list_schemes(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<UiParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, params: UiParams| {
        let list = Schemes::new(basis.taxonomy().schemes(), basis.version(), params.ui);
        let answer = Answer::json(&list)?;
        Ok(list.schemes.iter().fold(answer, |answer, scheme| answer.link("item", &scheme.url, None)))
    };
    state.answer(caller, params, work).await
}

/// Get a vocabulary
///
/// Its concepts with labels in every language, hierarchy, other names, facts and counts: for `rcp`, the directory of
/// processes.
#[utoipa::path(
    get, path = "/v1/schemes/{scheme}", operation_id = "get_scheme", tag = "vocabularies",
    params(("scheme" = String, Path, description = "Id of the vocabulary.", example = "theme"), Params<UiParams>),
    responses((status = 200, description = "The vocabulary.", body = Scheme)),
)]
pub(super) async fn get_scheme(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(params): Params<UiParams>,
) -> Result<Response, ApiError> {
    let work = move |basis: &Basis<'_>, params: UiParams| {
        let taxonomy = basis.taxonomy();
        let unknown = || unknown_scheme(&id, taxonomy.schemes().iter().map(|scheme| scheme.id.as_str()));
        let scheme = taxonomy.scheme(&id).ok_or_else(unknown)?;
        let view = basis.snapshot.scheme(basis.scope, &id)?.ok_or_else(unknown)?;
        let answer = Answer::json(&Scheme::new(scheme, &view, basis.version(), params.ui))?;
        Ok(answer.link("collection", SCHEMES, None))
    };
    state.answer(caller, params, work).await
}

fn unknown_scheme<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> ApiError {
    let nearest = nearest(id, known.clone());
    let meant = if nearest.is_empty() { String::new() } else { format!(" (did you mean {}?)", nearest.join(" or ")) };
    let known: Vec<&str> = known.collect();
    let detail = format!("there is no vocabulary {:?}{meant}; there are {}", shortened(id), known.join(", "));
    ApiError::not_found("unknown_scheme", detail)
}

//! `/v1/schemes/{scheme}`: the controlled vocabularies as directories.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::caller::Caller;
use crate::params::{Params, UiParams, nearest};
use crate::problem::{ApiError, shortened};
use crate::responses::Scheme;
use crate::state::AppState;

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
    let work = move |state: &AppState| {
        let (searcher, scope) = (state.searcher(), &caller.scope);
        let snapshot = searcher.snapshot();
        let unknown =
            || unknown_scheme(&id, searcher.settings().taxonomy.schemes().iter().map(|scheme| scheme.id.as_str()));
        let scheme = searcher.settings().taxonomy.scheme(&id).ok_or_else(unknown)?;
        let view = snapshot.scheme(scope, &id)?.ok_or_else(unknown)?;
        Ok(Scheme::new(scheme, &view, snapshot.version(scope), params.ui))
    };
    state.answer(work).await
}

fn unknown_scheme<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> ApiError {
    let nearest = nearest(id, known.clone());
    let meant = if nearest.is_empty() { String::new() } else { format!(" (did you mean {}?)", nearest.join(" or ")) };
    let known: Vec<&str> = known.collect();
    let detail = format!("there is no vocabulary {:?}{meant}; there are {}", shortened(id), known.join(", "));
    ApiError::not_found("unknown_scheme", detail)
}

//! `/v1/documents`: the documents as a list, one by one, and their passages.

use axum::extract::{Path, State};
use axum::response::Response;
use rcp_corpus::model::DocumentId;

use crate::caller::Caller;
use crate::params::{DocumentPassagesParams, DocumentsParams, Listing, Params, SimilarParams, UiParams};
use crate::problem::{ApiError, shortened};
use crate::responses::{DocumentDetail, Documents, Labels, Passages, Similar};
use crate::state::AppState;

/// List documents
///
/// Documents by filter, without a query, or those with given ids.
#[utoipa::path(
    get, path = "/v1/documents", operation_id = "list_documents", tag = "documents", params(Params<DocumentsParams>),
    responses((status = 200, description = "The documents.", body = Documents)),
)]
pub(super) async fn list_documents(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<DocumentsParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| {
        let labels = Labels::new(&state.searcher().settings().taxonomy, params.request.ui);
        match &params.listing {
            Listing::Ids(ids) => {
                let snapshot = state.searcher().snapshot();
                let views = snapshot.documents(&caller.scope, ids, params.request.ui)?;
                Ok(Documents::with_ids(views, snapshot.version(&caller.scope), &params, state.facets(), &labels))
            }
            Listing::Filtered => {
                let response = state.searcher().search(&caller.scope, &params.request);
                let response = response.map_err(|error| ApiError::from_search(error, &params.request))?;
                Documents::filtered(response, &params, state.facets(), &labels)
            }
        }
    };
    state.answer(work).await
}

/// Get a document
///
/// Every fact about it, with where the fact comes from.
#[utoipa::path(
    get, path = "/v1/documents/{id}", operation_id = "get_document", tag = "documents",
    params(("id" = String, Path, description = "Id of the document.", example = "gcim-iom-workshop-2005-report"), Params<UiParams>),
    responses((status = 200, description = "The document.", body = DocumentDetail)),
)]
pub(super) async fn get_document(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(params): Params<UiParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| {
        let (id, snapshot) = (document_id(&id)?, state.searcher().snapshot());
        let found = snapshot.documents(&caller.scope, std::slice::from_ref(&id), params.ui)?;
        let view = found.into_iter().next().flatten().ok_or_else(|| unknown_document(id.as_str()))?;
        let labels = Labels::new(&state.searcher().settings().taxonomy, params.ui);
        Ok(DocumentDetail::new(view, snapshot.version(&caller.scope), &labels))
    };
    state.answer(work).await
}

/// List the passages of a document
///
/// In the order of the document, as they can be searched and cited.
#[utoipa::path(
    get, path = "/v1/documents/{id}/passages", operation_id = "list_document_passages", tag = "documents",
    params(
        ("id" = String, Path, description = "Id of the document.", example = "gcim-iom-workshop-2005-report"),
        Params<DocumentPassagesParams>,
    ),
    responses((status = 200, description = "Its passages.", body = Passages)),
)]
pub(super) async fn list_document_passages(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(params): Params<DocumentPassagesParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| {
        let (id, snapshot) = (document_id(&id)?, state.searcher().snapshot());
        let view = snapshot.passages(&caller.scope, &id, params.ui)?.ok_or_else(|| unknown_document(id.as_str()))?;
        let labels = Labels::new(&state.searcher().settings().taxonomy, params.ui);
        Ok(Passages::new(view, snapshot.version(&caller.scope), params, &labels))
    };
    state.answer(work).await
}

/// List similar documents
///
/// Other documents with the words that tell this one from others, and with names of its concepts in any language; with
/// filters as in a search.
#[utoipa::path(
    get, path = "/v1/documents/{id}/similar", operation_id = "list_similar_documents", tag = "documents",
    params(
        ("id" = String, Path, description = "Id of the document.", example = "gcim-iom-workshop-2005-report"),
        Params<SimilarParams>,
    ),
    responses((status = 200, description = "Similar documents.", body = Similar)),
)]
pub(super) async fn list_similar_documents(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(params): Params<SimilarParams>,
) -> Result<Response, ApiError> {
    let work = move |state: &AppState| {
        let (id, SimilarParams(request)) = (document_id(&id)?, &params);
        let found = state.searcher().snapshot().similar(&caller.scope, &id, request);
        let found = found.map_err(|error| ApiError::from_search(error, request))?;
        let found = found.ok_or_else(|| unknown_document(id.as_str()))?;
        let labels = Labels::new(&state.searcher().settings().taxonomy, request.ui);
        Ok(Similar::new(found, &params, state.facets(), &labels))
    };
    state.answer(work).await
}

/// An id that no document can have is unknown, as any other.
pub(super) fn document_id(id: &str) -> Result<DocumentId, ApiError> {
    DocumentId::new(id).map_err(|_| unknown_document(id))
}

pub(super) fn unknown_document(id: &str) -> ApiError {
    let detail = format!("there is no document {:?}; /v1/documents lists them", shortened(id));
    ApiError::not_found("unknown_document", detail)
}

//! `/v1/documents`: the documents as a list, one by one, and their passages.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rcp_corpus::model::DocumentId;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{DocumentPassagesParams, DocumentsParams, Listing, Params, SimilarParams, UiParams};
use crate::problem::{ApiError, shortened};
use crate::responses::{DocumentDetail, Documents, Passages, Similar};
use crate::state::AppState;

/// List documents
///
/// Documents by filter, without a query, or those with given ids; or the ids of those that were withdrawn.
#[utoipa::path(
    get, path = "/v1/documents", operation_id = "list_documents", tag = "documents", params(Params<DocumentsParams>),
    responses((status = 200, description = "The documents.", body = Documents)),
)]
pub(super) async fn list_documents(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<DocumentsParams>,
) -> Result<Response, ApiError> {
    let refused = |error| ApiError::from_search(error, &params.request);
    let snapshot = state.searcher().snapshot_for(&caller.scope, &params.request).map_err(refused)?;
    let work = |basis: &Basis<'_>, params: DocumentsParams| {
        let (DocumentsParams { request, listing }, labels) = (&params, basis.labels(params.request.ui));
        let (list, is_partial) = match listing {
            Listing::Ids(ids) => {
                let views = basis.snapshot.documents(basis.scope, ids, request.ui)?;
                (Documents::with_ids(views, basis.version(), &params, basis.facets(), &labels), false)
            }
            Listing::WithdrawnSince(version) => {
                let withdrawn = basis.snapshot.withdrawn_since(basis.scope, version).ok_or_else(unknown_version)?;
                (Documents::withdrawn(withdrawn, basis.version(), &params, basis.facets()), false)
            }
            Listing::Filtered => {
                let found = basis.snapshot.search(basis.scope, request);
                let found = found.map_err(|error| ApiError::from_search(error, request))?;
                let is_partial = found.partial;
                (Documents::filtered(found, &params, basis.facets(), &labels)?, is_partial)
            }
        };
        Ok(Answer::json(&list)?.pages(list.links.this.as_deref(), list.links.next.as_deref()).partial(is_partial))
    };
    state.answer_from(snapshot, caller, params, work).await
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
    let work = move |basis: &Basis<'_>, params: UiParams| {
        let id = document_id(&id)?;
        let found = basis.snapshot.documents(basis.scope, std::slice::from_ref(&id), params.ui)?;
        let view = found.into_iter().next().flatten().ok_or_else(|| unknown_document(id.as_str()))?;
        let document = DocumentDetail::new(view, basis.version(), &basis.labels(params.ui));
        let answer = Answer::json(&document)?.pages(Some(&document.links.this), None);
        Ok(answer.link("cite-as", &document.url, None))
    };
    state.answer(caller, params, work).await
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
    let work = move |basis: &Basis<'_>, params: DocumentPassagesParams| {
        let id = document_id(&id)?;
        let view = basis.snapshot.passages(basis.scope, &id, params.ui)?;
        let view = view.ok_or_else(|| unknown_document(id.as_str()))?;
        let list = Passages::new(view, basis.version(), params, &basis.labels(params.ui));
        let answer = Answer::json(&list)?.pages(list.links.this.as_deref(), list.links.next.as_deref());
        Ok(answer.link("cite-as", &list.document.url, None))
    };
    state.answer(caller, params, work).await
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
    let work = move |basis: &Basis<'_>, params: SimilarParams| {
        let (id, SimilarParams(request)) = (document_id(&id)?, &params);
        let found = basis.snapshot.similar(basis.scope, &id, request);
        let found = found.map_err(|error| ApiError::from_search(error, request))?;
        let found = found.ok_or_else(|| unknown_document(id.as_str()))?;
        let list = Similar::new(found, &params, basis.facets(), &basis.labels(request.ui));
        Ok(Answer::json(&list)?.pages(list.links.this.as_deref(), None).partial(list.meta.partial))
    };
    state.answer(caller, params, work).await
}

/// An id that no document can have is unknown, as any other.
pub(super) fn document_id(id: &str) -> Result<DocumentId, ApiError> {
    DocumentId::new(id).map_err(|_| unknown_document(id))
}

fn unknown_version() -> ApiError {
    let detail = "the index does not remember such a version; make the copy anew, for example from /v1/export";
    ApiError::new(StatusCode::GONE, "unknown_version", detail)
}

pub(super) fn unknown_document(id: &str) -> ApiError {
    let detail = format!("there is no document {:?}; /v1/documents lists them", shortened(id));
    ApiError::not_found("unknown_document", detail)
}

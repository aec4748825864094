//! `/v1/documents/{id}/citation`: how to cite a document or a passage of it.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rcp_corpus::model::{DocumentId, PassageId};

use super::documents::{document_id, unknown_document};
use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{CitationFormat, CitationParams, Params};
use crate::problem::{ApiError, shortened};
use crate::responses::CslItem;
use crate::state::AppState;

/// Cite a document
///
/// A document, or one of its passages, for a footnote or a reference manager. What is not known is left out. RIS, BibTeX and
/// CSL-JSON hold the permanent address where the operator has said what the public address of the server is, else the
/// address of the original where that is known. An id that a passage had before leads with 308 to the one that it has now.
#[utoipa::path(
    get, path = "/v1/documents/{id}/citation", operation_id = "cite_document", tag = "documents",
    params(
        ("id" = String, Path, description = "Id of the document.", example = "gcim-iom-workshop-2005-report"),
        Params<CitationParams>,
    ),
    responses((
        status = 200, description = "The citation.",
        content(
            (String = "text/plain", example = json!("GCIM – IOM Workshop on Regional Consultative Processes: Summary report, Geneva, Switzerland, 14–15 April 2005, para. 21")),
            (String = "application/x-research-info-systems", example = json!("TY  - RPRT\r\nID  - report-2005#p21\r\nTI  - Report\r\nPY  - 2005\r\nSE  - para. 21\r\nER  - \r\n")),
            (String = "application/x-bibtex", example = json!("@techreport{report-2005:p21,\n  title = {{Report}},\n  year = {2005},\n  note = {para. 21}\n}\n")),
            (Vec<CslItem> = "application/vnd.citationstyles.csl+json"),
        ),
    )),
)]
pub(super) async fn cite_document(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(params): Params<CitationParams>,
) -> Result<Response, ApiError> {
    let id = document_id(&id)?;
    let passage = params.passage.as_deref().map(|passage| passage_id(&id, passage)).transpose()?;
    let site = state.site().map(str::to_owned);
    let work = move |basis: &Basis<'_>, (params, site): (CitationParams, Option<String>)| {
        let cited = basis.snapshot.cited(basis.scope, &id, passage.as_ref(), params.ui)?;
        let cited = cited.ok_or_else(|| unknown_document(id.as_str()))?;
        if let Some(passage) = &passage {
            let found = cited.passage.as_ref().map(|found| &found.passage.id);
            let found = found.ok_or_else(|| unknown_passage(&id, passage.as_str()))?;
            let moved = (found != passage).then(|| params.link(&id, found)).flatten();
            if let Some(location) = moved {
                return Err(ApiError::moved(&location));
            }
        }
        let reference = || cited.reference(basis.taxonomy(), site.as_deref(), params.ui);
        let answer = match params.format {
            CitationFormat::Text => Answer::of(params.format.media_type(), cited.citation().to_owned().into_bytes()),
            CitationFormat::Ris => Answer::of(params.format.media_type(), reference().ris().into_bytes()),
            CitationFormat::Bibtex => Answer::of(params.format.media_type(), reference().bibtex().into_bytes()),
            CitationFormat::Csl => Answer::json(&[CslItem::from(reference())])?.with_type(params.format.media_type()),
        };
        let name = file_name(&id, passage.as_ref(), params.format).and_then(|name| HeaderValue::from_str(&name).ok());
        Ok(match name {
            Some(name) => answer.header(header::CONTENT_DISPOSITION, name),
            None => answer,
        })
    };
    state.answer(caller, (params, site), work).await
}

/// `attachment` with a name made of ids, which need no escaping; `None` for what is shown and not saved.
fn file_name(id: &DocumentId, passage: Option<&PassageId>, format: CitationFormat) -> Option<String> {
    let ending = format.ending()?;
    let passage = passage.map(|passage| format!("-{passage}")).unwrap_or_default();
    Some(format!("attachment; filename=\"{id}{passage}.{ending}\""))
}

/// An id that no passage can have is unknown, as any other.
fn passage_id(document: &DocumentId, id: &str) -> Result<PassageId, ApiError> {
    PassageId::new(id).map_err(|_| unknown_passage(document, id))
}

pub(super) fn unknown_passage(document: &DocumentId, id: &str) -> ApiError {
    let detail = format!("{document} has no passage {:?}; /v1/documents/{document}/passages lists them", shortened(id));
    ApiError::not_found("unknown_passage", detail)
}

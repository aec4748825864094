//! `/cite`: documents and paragraphs that were chosen, as a list of citations to copy; and what a reference means.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use rcp_corpus::model::{DocumentId, PassageId};
use rcp_query::citation::Reference;
use rcp_query::cite::{CiteResponse, Cited};

use super::Reader;
use super::citation_forms::{CitationForm, forms};
use super::frame::{Frame, Section, page};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::params::{CitationFormat, CitePageParams, PageParams, cite_passage_link};
use crate::problem::ApiError;
use crate::state::AppState;

/// The page of citations.
#[derive(Debug, Template)]
#[template(path = "cite.html")]
struct CitePage {
    frame: Frame,
    chosen: Vec<CitedRow>,
    /// What was chosen and is not here.
    missing: Vec<String>,
    forms: Vec<CitationForm>,
    /// The reference to be resolved, as typed.
    reference: String,
    found: Option<Found>,
}

/// A citation with where it leads.
#[derive(Debug)]
struct CitedRow {
    citation: String,
    url: String,
    /// Address of the citation in every form.
    cite: String,
    title: String,
    lang: &'static str,
    /// Its text, where it is a paragraph.
    text: Option<(String, &'static str)>,
}

/// What a reference means.
#[derive(Debug)]
struct Found {
    is_certain: bool,
    rows: Vec<CitedRow>,
}

/// The handler of the page.
pub(super) async fn cite(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    PageParams(params): PageParams<CitePageParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, (reader, params): (Reader, CitePageParams)| {
        let shown = CitePage::new(basis, &reader, &params)?;
        page(&shown, &shown.frame)
    };
    state.answer(caller, (reader, params?), work).await
}

impl CitePage {
    fn new(basis: &Basis<'_>, reader: &Reader, params: &CitePageParams) -> Result<CitePage, ApiError> {
        let (ui, site) = (reader.language(), basis.state.site());
        let (mut cited, mut missing) = (Vec::new(), Vec::new());
        let passages = params.passages.iter().map(|(document, passage)| (document, Some(passage)));
        for (document, passage) in params.documents.iter().map(|document| (document, None)).chain(passages) {
            match basis.snapshot.cited(basis.scope, document, passage, ui)? {
                Some(found) if found.passage.is_some() == passage.is_some() => cited.push(found),
                _ => missing.push(name(document, passage)),
            }
        }
        let references: Vec<Reference> = cited.iter().map(|one| one.reference(basis.taxonomy(), site, ui)).collect();
        let forms = if cited.is_empty() { Vec::new() } else { forms(&references, |format| download(params, format))? };
        let reference = params.reference.clone().unwrap_or_default();
        let found = params.reference.as_ref().map(|text| basis.snapshot.cite(basis.scope, text, ui)).transpose()?;
        let t = reader.texts();
        let title = if cited.is_empty() { t.say("cite-title") } else { t.count("cite-title-count", cited.len()) };
        let frame = Frame::new(reader, title, Some(Section::Search));
        Ok(CitePage {
            chosen: cited.iter().map(|one| CitedRow::new(one, &frame)).collect(),
            found: found.map(|found| Found::new(&found, &frame)),
            missing,
            forms,
            reference,
            frame,
        })
    }
}

impl Found {
    fn new(found: &CiteResponse, frame: &Frame) -> Found {
        let rows = found.candidates.iter().map(|one| CitedRow::new(one, frame)).collect();
        Found { is_certain: found.is_certain, rows }
    }
}

impl CitedRow {
    fn new(cited: &Cited, frame: &Frame) -> CitedRow {
        let document = &cited.document.document;
        let passage = cited.passage.as_ref().map(|evidence| &evidence.passage);
        let (url, cite) = match passage {
            Some(passage) => (
                format!("/documents/{}?passage={1}#{1}", document.id, passage.id),
                cite_passage_link(&document.id, &passage.id),
            ),
            None => (format!("/documents/{}", document.id), format!("/cite?document={}", document.id)),
        };
        CitedRow {
            citation: cited.citation().to_owned(),
            url: frame.href(&url),
            cite: frame.href(&cite),
            title: document.display_title().to_owned(),
            lang: document.languages.first().map_or("und", |language| language.code()),
            text: passage.map(|passage| (passage.text.clone(), passage.language.code())),
        }
    }
}

fn name(document: &DocumentId, passage: Option<&PassageId>) -> String {
    match passage {
        Some(passage) => format!("{document}#{passage}"),
        None => document.to_string(),
    }
}

/// Where what was chosen can be had as one file: one thing alone, or documents as a whole.
fn download(params: &CitePageParams, format: CitationFormat) -> Option<String> {
    let word = format.word();
    match (params.documents.as_slice(), params.passages.as_slice()) {
        ([document], []) => Some(format!("/v1/documents/{document}/citation?format={word}")),
        ([], [(document, passage)]) => {
            Some(format!("/v1/documents/{document}/citation?format={word}&passage={passage}"))
        }
        (documents, []) if format != CitationFormat::Csl => {
            let documents: String = documents.iter().map(|document| format!("&document={document}")).collect();
            Some(format!("/v1/export?format={word}&unit=document{documents}"))
        }
        _ => None,
    }
}

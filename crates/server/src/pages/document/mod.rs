//! `/documents/{id}`: the permanent address of a document, as a page: what it is, how to cite it, its passages each under its
//! own id with what was looked for marked, its facts with what in the text says so, and the documents around it.

mod facts;
mod kin;
mod text;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rcp_corpus::model::{DocumentId, Language};
use rcp_query::citation::Reference;
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::{DocumentView, PassagesView, Segment};

use super::Reader;
use super::citation_forms::{CitationForm, forms};
use super::frame::{Alternate, Frame, Section, page};
use super::metadata::{citation_elements, for_script, json_ld};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::params::{CitationFormat, DocumentPageParams, PageParams};
use crate::problem::ApiError;
use crate::state::AppState;
use facts::{FactRow, facts, summary};
use kin::{Kin, kin};
use text::{Addresses, Block, Text};

/// Similar documents that are shown.
const SIMILAR: usize = 6;

const PDF: &str = "application/pdf";

/// The page of a document. Everything in it is escaped, but for the JSON-LD, which cannot end its element.
#[derive(Debug, Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    /// Language of the document, where it has but one.
    lang: Option<&'static str>,
    meta: Vec<(&'static str, String)>,
    json_ld: String,
    title: Vec<Segment>,
    summary: Vec<FactRow>,
    original: Option<Original>,
    citation: String,
    forms: Vec<CitationForm>,
    query: String,
    /// This page without marks.
    unmarked: String,
    text: Text,
    facts: Vec<FactRow>,
    kin: Kin,
    /// Address of the facts for programs.
    data: String,
}

/// Where the file of a document is.
#[derive(Debug)]
struct Original {
    /// At this server.
    kept: Option<String>,
    /// Where it was published.
    published: Option<String>,
    /// `PDF`, `DOCX`: the ending of its name.
    format: String,
    pages: Option<u32>,
}

/// The handler of the page.
pub(super) async fn document(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    Path(id): Path<String>,
    PageParams(params): PageParams<DocumentPageParams>,
) -> Result<Response, ApiError> {
    let mut params = params?;
    params.request.ui = reader.language();
    // Whether originals are kept is a matter of how the server was started.
    let shown = (reader, params, state.originals().are_kept());
    let work = move |basis: &Basis<'_>, (reader, params, _): (Reader, DocumentPageParams, bool)| {
        let unknown = || ApiError::not_found("unknown_document", "there is no such document; /v1/documents lists them");
        let id = DocumentId::new(&id).map_err(|_| unknown())?;
        let view = basis.snapshot.passages(basis.scope, &id, reader.language())?.ok_or_else(unknown)?;
        let (shown, is_partial) = DocumentPage::new(view, basis, &reader, &params)?;
        Ok(page(&shown, &shown.frame)?.partial(is_partial))
    };
    state.answer(caller, shown, work).await
}

impl DocumentPage {
    fn new(
        view: PassagesView,
        basis: &Basis<'_>,
        reader: &Reader,
        params: &DocumentPageParams,
    ) -> Result<(DocumentPage, bool), ApiError> {
        let PassagesView { document: DocumentView { document, citation }, passages } = view;
        let (ui, taxonomy, scope, site) = (reader.language(), basis.taxonomy(), basis.scope, basis.state.site());
        let query = params.request.query.trim().to_owned();
        let marker = (!query.is_empty()).then(|| basis.snapshot.marker(scope, &params.request)).transpose()?;
        let language = document.languages.first().copied().unwrap_or(Language::Undetermined);
        let reference = Reference::new(&document, taxonomy, site, ui);
        let title = match &marker {
            Some(marker) => marker.segments(&reference.title, language),
            None => text::plain(&reference.title),
        };
        let original = original(&document, basis);
        let frame = frame(&document.id, &reference, site, reader);
        let original_pages = original.kept.clone().filter(|_| document.source.media_type == PDF);
        let addresses = Addresses::new(&document, reader, params, &passages);
        let text = Text::new(&passages, marker.as_ref(), &addresses, ui, original_pages);
        let related = basis.snapshot.related(scope, &document, ui)?;
        let wanted = SearchRequest { limit: SIMILAR, ui, ..SearchRequest::new(Unit::Documents, "") };
        let similar = basis.snapshot.similar(scope, &document.id, &wanted)?;
        let is_partial = similar.as_ref().is_some_and(|similar| similar.partial);
        let themes: Vec<String> =
            basis.labels(ui).concepts(&document, "theme").into_iter().map(|it| it.label).collect();
        let shown = DocumentPage {
            meta: citation_elements(&document, &reference, site),
            json_ld: for_script(&json_ld(&document, &reference, &themes, site)),
            lang: <[Language; 1]>::try_from(document.languages.as_slice()).ok().map(|[language]| language.code()),
            forms: forms(std::slice::from_ref(&reference), |format| Some(citation_link(&document.id, format)))?,
            summary: summary(&document, taxonomy, &frame),
            facts: facts(&document, taxonomy, &frame, &addresses),
            kin: kin(related, similar, taxonomy, &frame),
            unmarked: frame.href(&format!("/documents/{}", document.id)),
            data: format!("/v1/documents/{}", document.id),
            original: Some(original).filter(|original| original.kept.is_some() || original.published.is_some()),
            frame,
            title,
            citation,
            query,
            text,
        };
        Ok((shown, is_partial))
    }
}

fn frame(id: &DocumentId, reference: &Reference, site: Option<&str>, reader: &Reader) -> Frame {
    let mut frame = Frame::new(reader, reference.title.clone(), Some(Section::Search));
    frame.canonical = site.map(|site| format!("{site}/documents/{id}"));
    let formats = [CitationFormat::Ris, CitationFormat::Bibtex, CitationFormat::Csl];
    let cited = formats.map(|format| Alternate {
        title: CitationForm::name_of(format).to_owned(),
        media_type: format.media_type(),
        url: citation_link(id, format),
    });
    let data = Alternate {
        title: frame.t.say("document-data"),
        media_type: "application/json",
        url: format!("/v1/documents/{id}"),
    };
    frame.alternates = cited.into_iter().chain([data]).collect();
    frame
}

fn citation_link(id: &DocumentId, format: CitationFormat) -> String {
    format!("/v1/documents/{id}/citation?format={}", format.word())
}

fn original(document: &rcp_corpus::model::Document, basis: &Basis<'_>) -> Original {
    let source = &document.source;
    let name = source.file.rsplit('/').next().unwrap_or(&source.file);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    // Without a site, the address of a reference is that of the original, if that leads to the web.
    let published = Reference::new(document, basis.taxonomy(), None, Language::En).url;
    Original {
        kept: basis.state.originals().are_kept().then(|| format!("/v1/documents/{}/original", document.id)),
        published,
        format: ending.to_uppercase(),
        pages: source.pages,
    }
}

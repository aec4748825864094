//! `/documents/{id}`: the permanent address of a document, as a page: its facts with where they come from, how to cite it, and
//! its passages, each under its own id.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rcp_corpus::model::{Document, DocumentId, Fact, Language, Provenance};
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::citation::{Reference, format_date_range};
use rcp_query::response::PassagesView;

use super::Reader;
use super::frame::{Alternate, Frame, page};
use super::metadata::{citation_elements, for_script, json_ld};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::params::CitationFormat;
use crate::problem::ApiError;
use crate::state::AppState;

/// The page of a document. Everything in it is escaped, but for the JSON-LD, which cannot end its element.
#[derive(Debug, Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    /// Language of the document, where it has but one.
    lang: Option<&'static str>,
    meta: Vec<(&'static str, String)>,
    json_ld: String,
    facts: Vec<FactRow>,
    citation: String,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct FactRow {
    name: &'static str,
    values: Vec<FactValue>,
}

#[derive(Debug)]
struct FactValue {
    text: String,
    /// Where it comes from.
    origin: Option<&'static str>,
}

/// Passages below one heading.
#[derive(Debug)]
struct Part {
    heading: Option<String>,
    passages: Vec<PagePassage>,
}

#[derive(Debug)]
struct PagePassage {
    id: String,
    label: String,
    lang: &'static str,
    text: String,
}

/// The handler of the page.
pub(super) async fn document(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let site = state.site().map(str::to_owned);
    let work = move |basis: &Basis<'_>, (site, reader): (Option<String>, Reader)| {
        let unknown = || ApiError::not_found("unknown_document", "there is no such document; /v1/documents lists them");
        let id = DocumentId::new(&id).map_err(|_| unknown())?;
        let view = basis.snapshot.passages(basis.scope, &id, Language::En)?.ok_or_else(unknown)?;
        let shown = DocumentPage::new(view, basis.taxonomy(), site.as_deref(), &reader);
        page(&shown, &shown.frame)
    };
    state.answer(caller, (site, reader), work).await
}

impl DocumentPage {
    fn new(view: PassagesView, taxonomy: &Taxonomy, site: Option<&str>, reader: &Reader) -> DocumentPage {
        let document = &view.document.document;
        let reference = Reference::new(document, taxonomy, site, Language::En);
        let themes = labels(document, "theme", taxonomy).map(|value| value.text).collect::<Vec<_>>();
        let mut frame = Frame::new(reader, reference.title.clone(), None);
        frame.canonical = site.map(|site| format!("{site}/documents/{}", document.id));
        frame.alternates = alternates(&document.id);
        DocumentPage {
            frame,
            meta: citation_elements(document, &reference, site),
            json_ld: for_script(&json_ld(document, &reference, &themes, site)),
            facts: facts(document, taxonomy),
            lang: <[Language; 1]>::try_from(document.languages.as_slice()).ok().map(|[language]| language.code()),
            citation: view.document.citation,
            parts: parts(view.passages),
        }
    }
}

fn alternates(id: &DocumentId) -> Vec<Alternate> {
    let formats = [
        ("RIS, for reference managers", CitationFormat::Ris),
        ("BibTeX", CitationFormat::Bibtex),
        ("CSL-JSON", CitationFormat::Csl),
    ];
    let cited = formats.map(|(label, format)| Alternate {
        title: label.to_owned(),
        media_type: format.media_type(),
        url: format!("/v1/documents/{id}/citation?format={}", format.word()),
    });
    let data = Alternate {
        title: "All facts, with their evidence (JSON)".to_owned(),
        media_type: "application/json",
        url: format!("/v1/documents/{id}"),
    };
    cited.into_iter().chain([data]).collect()
}

fn facts(document: &Document, taxonomy: &Taxonomy) -> Vec<FactRow> {
    let fact = |text: String, provenance| vec![FactValue { text, origin: Some(origin(provenance)) }];
    fn of<T>(fact: Option<&Fact<T>>, text: impl Fn(&T) -> String) -> Vec<FactValue> {
        let value = |fact: &Fact<T>| FactValue { text: text(&fact.value), origin: Some(origin(fact.provenance)) };
        fact.map(value).into_iter().collect()
    }
    let year = document.year.as_ref().filter(|_| document.date.is_none());
    let languages = document.languages.iter().filter(|language| **language != Language::Undetermined);
    let languages = languages.map(|language| FactValue { text: language_name(*language).to_owned(), origin: None });
    let url = document.source.url.as_ref().map(|url| FactValue { text: url.clone(), origin: None });
    let rows = [
        ("Type", labels(document, "type", taxonomy).collect()),
        ("Process", labels(document, "rcp", taxonomy).collect()),
        ("Event", of(document.event.as_ref(), |event| event.name.clone())),
        ("Date", of(document.date.as_ref(), |date| format_date_range(date, Language::En))),
        ("Year", year.map(|year| fact(year.value.to_string(), year.provenance)).unwrap_or_default()),
        ("Place", of(document.venue.as_ref(), String::clone)),
        ("Languages", languages.collect()),
        ("Regions", labels(document, "region", taxonomy).collect()),
        ("Themes", labels(document, "theme", taxonomy).collect()),
        ("File", vec![FactValue { text: document.source.file.clone(), origin: None }]),
        ("Published at", url.into_iter().collect()),
    ];
    let rows = rows.into_iter().map(|(name, values)| FactRow { name, values });
    rows.filter(|row: &FactRow| !row.values.is_empty()).collect()
}

/// The concepts that a document has in a facet, as a reader calls them.
fn labels<'a>(
    document: &'a Document,
    facet: &'a str,
    taxonomy: &'a Taxonomy,
) -> impl Iterator<Item = FactValue> + use<'a> {
    document.labels.iter().filter(move |label| label.facet == facet).map(move |label| FactValue {
        text: taxonomy
            .concept(facet, &label.concept)
            .map_or(&*label.concept, |it| it.label.get(Language::En))
            .to_owned(),
        origin: Some(origin(label.provenance)),
    })
}

fn origin(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Curated => "from a curator",
        Provenance::FileMetadata => "from the properties of the file",
        Provenance::TextRule => "read in the text",
        Provenance::Implied => "follows from other facts",
        Provenance::Path => "from the name of the file",
    }
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Es => "Spanish",
        Language::Fr => "French",
        Language::Undetermined => "not known",
    }
}

/// The passages, together as long as they stand below the same headings.
fn parts(passages: Vec<rcp_query::response::EvidencePassage>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for evidence in passages {
        let passage = evidence.passage;
        let heading = (!passage.heading_path.is_empty()).then(|| passage.heading_path.join(" › "));
        let shown = PagePassage {
            id: passage.id.into(),
            label: evidence.label,
            lang: passage.language.code(),
            text: passage.text,
        };
        match parts.last_mut().filter(|part| part.heading == heading) {
            Some(part) => part.passages.push(shown),
            None => parts.push(Part { heading, passages: vec![shown] }),
        }
    }
    parts
}

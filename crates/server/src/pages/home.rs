//! `/`: the first page.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use rcp_corpus::model::Language;
use rcp_query::request::{SearchRequest, Sort, Unit};
use rcp_query::response::{DocumentHit, Facet, Hits};
use serde_json::json;

use super::Reader;
use super::frame::{Frame, NAME, page};
use super::metadata::for_script;
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// Processes and themes that are listed.
const ENTRIES: usize = 8;
/// Documents that are listed.
const LATEST: usize = 5;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    json_ld: String,
    /// Searches to try: words, address.
    examples: Vec<(String, String)>,
    /// What is here: number, of what.
    figures: Vec<(String, String)>,
    processes: Vec<Entry>,
    themes: Vec<Entry>,
    latest: Vec<LatestView>,
}

/// A value of a facet, as a way in.
#[derive(Debug)]
struct Entry {
    label: String,
    count: String,
    url: String,
}

/// A document that was added last.
#[derive(Debug)]
struct LatestView {
    title: String,
    lang: Option<&'static str>,
    date: Option<String>,
    url: String,
}

/// The handler of the page.
pub(super) async fn home(State(state): State<AppState>, caller: Caller, reader: Reader) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, reader: Reader| {
        let home = HomePage::new(basis, &reader)?;
        let answer = page(&home, &home.frame)?;
        // The address of the server leads to what describes it (RFC 8631).
        Ok(answer.link("service-desc", "/openapi.json", Some("application/json")).link(
            "service-doc",
            "/docs/",
            Some("text/html"),
        ))
    };
    state.answer(caller, reader, work).await
}

impl HomePage {
    fn new(basis: &Basis<'_>, reader: &Reader) -> Result<HomePage, ApiError> {
        let mut frame = Frame::new(reader, String::new(), None);
        frame.search_box = None;
        let t = frame.t;
        let counted = ["rcp", "theme", "year", "lang"].map(str::to_owned);
        let everything = SearchRequest {
            sort: Sort::AddedDescending,
            limit: LATEST,
            passages: 0,
            facets: counted.into_iter().filter(|facet| basis.facets().contains(facet)).collect(),
            facet_limit: usize::from(SearchRequest::MAX_FACET_LIMIT),
            ui: reader.language(),
            ..SearchRequest::new(Unit::Documents, "")
        };
        let found = basis.snapshot.search(basis.scope, &everything)?;
        let facet = |name: &str| found.facets.iter().find(|facet| facet.name == name);
        let number = |name: &str| facet(name).map_or(0, |facet| facet.total_values);
        let years = facet("year").and_then(|facet| {
            // The latest comes first.
            let (last, first) = (facet.values.first()?, facet.values.last()?);
            Some((format!("{}–{}", first.value, last.value), t.say("home-years")))
        });
        let figures = [
            (found.total, t.count("home-documents", found.total)),
            (number("rcp") as u64, t.count("home-of-processes", number("rcp"))),
            (number("lang") as u64, t.count("home-languages", number("lang"))),
        ];
        let figures = figures.into_iter().map(|(n, words)| (t.number(n), words)).chain(years).collect();
        let entries = |name: &str| facet(name).map_or_else(Vec::new, |facet| entries(facet, &frame));
        let (processes, themes) = (entries("rcp"), entries("theme"));
        let Hits::Documents(hits) = found.hits else { return Err(ApiError::internal("documents were asked for")) };
        let latest = hits.into_iter().map(|hit| LatestView::new(&hit, &frame)).collect();
        let json_ld = for_script(&catalog(&t.say("home-purpose")));
        let examples = examples(&frame);
        Ok(HomePage { json_ld, examples, figures, processes, themes, latest, frame })
    }
}

/// The values of a facet with most documents.
fn entries(facet: &Facet, frame: &Frame) -> Vec<Entry> {
    let entry = |value: &rcp_query::response::FacetValue| Entry {
        label: value.label.clone(),
        count: frame.t.number(value.count),
        url: frame.href(&search_address(&facet.name, &value.value)),
    };
    facet.values.iter().take(ENTRIES).map(entry).collect()
}

fn examples(frame: &Frame) -> Vec<(String, String)> {
    let messages = ["home-example-words", "home-example-phrase", "home-example-field"];
    let example = |message: &str| {
        let words = frame.t.say(message);
        let url = frame.href(&search_address("q", &words));
        (words, url)
    };
    messages.into_iter().map(example).collect()
}

/// Address of a search by one parameter.
fn search_address(name: &str, value: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    format!("/search?{query}")
}

impl LatestView {
    fn new(hit: &DocumentHit, frame: &Frame) -> LatestView {
        let document = &hit.document;
        let year = document.year.as_ref().map(|year| year.value.to_string());
        LatestView {
            title: document.display_title().to_owned(),
            lang: <[Language; 1]>::try_from(document.languages.as_slice()).ok().map(|[language]| language.code()),
            date: document.date.as_ref().map(|date| frame.t.date(&date.value)).or(year),
            url: frame.href(&format!("/documents/{}", document.id)),
        }
    }
}

/// The collection, in the words of schema.org.
fn catalog(description: &str) -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": "/#catalog",
        "name": NAME,
        "dataset": {
            "@type": "Dataset",
            "@id": "/#dataset",
            "name": "Documents of Regional Consultative Processes on Migration",
            "description": description,
            "url": "/",
            "includedInDataCatalog": { "@id": "/#catalog" },
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": "/v1/documents",
            },
        },
    })
}

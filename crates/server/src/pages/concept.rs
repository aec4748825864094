//! Pages of concepts: processes, themes, regions, countries. What a page shows follows from the concept and from what is
//! held of it; another vocabulary's page is a line in [`KINDS`].

mod facts;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::{Concept, Taxonomy};
use rcp_query::facets::NO_VALUE;
use rcp_query::request::{SearchRequest, Selection, Sort};
use rcp_query::response::{Facet, SearchResponse};

use super::Reader;
use super::address::address;
use super::frame::{Alternate, Frame, Section, page};
use super::listed::{ListedDocument, documents_with, found};
use super::years::{YearBar, year_bars};
use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::responses::{ATOM, ATOM_TYPE};
use crate::state::AppState;
use facts::{Fact, facts};
pub(super) use facts::{status, values};

/// Longest range of years in which each has a bar of its own.
const MOST_BARS: i32 = 81;

/// A vocabulary whose concepts have pages.
#[derive(Debug)]
pub(super) struct Kind {
    /// Address of its directory; a concept's page is below it.
    pub(super) path: &'static str,
    /// Facet whose values the concepts are.
    pub(super) facet: &'static str,
    /// The part of the site.
    pub(super) section: Option<Section>,
    /// Message with the name of the directory.
    pub(super) directory: &'static str,
    /// Message that says what the directory is.
    pub(super) about: &'static str,
    /// Facets of its documents that the page shows.
    beside: &'static [&'static str],
}

/// Every vocabulary with pages.
pub(super) static KINDS: [Kind; 4] = [
    Kind {
        path: "/processes",
        facet: "rcp",
        section: Some(Section::Processes),
        directory: "nav-processes",
        about: "processes-about",
        beside: &["theme", "type"],
    },
    Kind {
        path: "/themes",
        facet: "theme",
        section: Some(Section::Themes),
        directory: "nav-themes",
        about: "themes-about",
        beside: &["rcp", "region"],
    },
    Kind {
        path: "/regions",
        facet: "region",
        section: None,
        directory: "regions",
        about: "regions-about",
        beside: &["rcp", "theme"],
    },
    Kind {
        path: "/countries",
        facet: "country",
        section: None,
        directory: "countries",
        about: "countries-about",
        beside: &["rcp", "theme"],
    },
];

/// The directory of the processes.
pub(super) static PROCESSES: &Kind = &KINDS[0];

/// Documents that are looked at for meetings.
const LOOKED_AT: usize = 100;
/// Documents that are listed.
const LATEST: usize = 10;
/// Values of a facet that are listed.
const VALUES: usize = 12;

/// Address of the page of a value of a facet, where it has one.
pub(super) fn page_of(facet: &str, value: &str) -> Option<String> {
    // Who is mentioned is the same process.
    let facet = if facet == "mentions" { PROCESSES.facet } else { facet };
    let kind = KINDS.iter().find(|kind| kind.facet == facet && value != NO_VALUE)?;
    Some(format!("{}/{value}", kind.path))
}

/// The pages of all concepts, each with its path.
pub(super) fn routes() -> impl Iterator<Item = (String, MethodRouter<AppState>)> {
    KINDS.iter().map(|kind| {
        let show = move |State(state): State<AppState>, caller: Caller, reader: Reader, Path(id): Path<String>| {
            concept(kind, state, caller, reader, id)
        };
        (format!("{}/{{id}}", kind.path), get(show))
    })
}

/// A link with the number of documents behind it.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) label: String,
    pub(super) url: String,
    pub(super) documents: u64,
    /// The number as it is written.
    pub(super) shown: String,
}

/// A heading over counted links.
#[derive(Debug)]
struct CountedList {
    heading: String,
    links: Vec<Counted>,
}

/// Names in one language.
#[derive(Debug)]
struct Names {
    lang: &'static str,
    language: String,
    names: Vec<String>,
}

/// The page of a concept.
#[derive(Debug, Template)]
#[template(path = "concept.html")]
struct ConceptPage {
    frame: Frame,
    /// Name and address of the directory.
    directory: (String, String),
    /// What it is about, in English.
    scope: Option<String>,
    labels: Vec<Names>,
    other_names: Vec<String>,
    former_names: Vec<String>,
    searched_by: Vec<Names>,
    broader: Vec<Counted>,
    narrower: Vec<Counted>,
    facts: Vec<Fact>,
    /// In English, as the vocabulary has them.
    notes: Vec<String>,
    doubts: Vec<String>,
    sources: Vec<String>,
    /// Number of documents in words; `None` where nothing is held.
    held: Option<String>,
    years: Vec<YearBar>,
    /// The latest ones.
    documents: Vec<ListedDocument>,
    meetings: Vec<Counted>,
    beside: Vec<CountedList>,
    /// Documents of others that speak of it, and their search.
    mentioned: Option<(String, String)>,
    /// The filter of its documents.
    narrowed: (&'static str, String),
    search: String,
    feed: String,
    compare: String,
}

/// The page that says that there is no such concept.
#[derive(Debug, Template)]
#[template(path = "unknown.html")]
struct UnknownPage {
    frame: Frame,
    directory: (String, String),
    nearest: Vec<Counted>,
}

/// What is held of a concept.
struct Held {
    response: SearchResponse,
    counts: BTreeMap<String, u64>,
    mentions: Option<u64>,
}

async fn concept(
    kind: &'static Kind,
    state: AppState,
    caller: Caller,
    reader: Reader,
    id: String,
) -> Result<Response, ApiError> {
    let work = move |basis: &Basis<'_>, reader: Reader| {
        let taxonomy = basis.taxonomy();
        let Some(concept) = taxonomy.concept(kind.facet, &id) else {
            return unknown(kind, &id, basis, &reader);
        };
        if concept.replaced_by.is_some()
            && let Some(current) = taxonomy.resolve(kind.facet, &concept.id).first()
        {
            return Err(ApiError::moved(&reader.href(&format!("{}/{}", kind.path, current.id))));
        }
        let held = held(kind, concept, basis, reader.language())?;
        let is_partial = held.response.partial;
        let shown = ConceptPage::new(kind, concept, held, basis, &reader);
        Ok(page(&shown, &shown.frame)?.partial(is_partial))
    };
    state.answer(caller, reader, work).await
}

fn unknown(kind: &Kind, id: &str, basis: &Basis<'_>, reader: &Reader) -> Result<Answer, ApiError> {
    let t = reader.texts();
    let frame = Frame::new(reader, t.with("unknown-title", crate::problem::shortened(id)), kind.section);
    let labels = basis.labels(reader.language());
    let nearest = basis.taxonomy().nearest(kind.facet, id, 5).into_iter().map(|near| Counted {
        label: labels.concept(kind.facet, near).label,
        url: frame.href(&format!("{}/{near}", kind.path)),
        documents: 0,
        shown: String::new(),
    });
    let nearest = nearest.collect();
    let directory = (t.say(kind.directory), frame.href(kind.path));
    let shown = UnknownPage { frame, directory, nearest };
    Ok(page(&shown, &shown.frame)?.status(StatusCode::NOT_FOUND))
}

fn held(kind: &Kind, concept: &Concept, basis: &Basis<'_>, ui: Language) -> Result<Held, ApiError> {
    let known = |facet: &&&str| basis.facets().iter().any(|known| known == **facet);
    let request = SearchRequest {
        limit: LOOKED_AT,
        sort: Sort::DateDescending,
        facets: kind.beside.iter().chain(&["year"]).filter(known).map(ToString::to_string).collect(),
        facet_limit: usize::from(SearchRequest::MAX_FACET_LIMIT),
        ..documents_with(kind.facet, &concept.id, ui)
    };
    let response = basis.snapshot.search(basis.scope, &request)?;
    let scheme = basis.taxonomy().scheme_of_facet(kind.facet);
    let view = scheme.map(|scheme| basis.snapshot.scheme(basis.scope, &scheme.id)).transpose()?.flatten();
    let counts = view.and_then(|mut view| view.counts.remove(kind.facet)).unwrap_or_default();
    let mentions = scheme.and_then(|scheme| scheme.mentioned_as.as_deref()).filter(|facet| *facet != kind.facet);
    let mentions = mentions.map(|facet| {
        let mut request = documents_with(facet, &concept.id, ui);
        let exclude = vec![concept.id.clone()];
        request.filters.insert(kind.facet.to_owned(), Selection { exclude, ..Selection::default() });
        basis.snapshot.search(basis.scope, &request).map(|response| response.total)
    });
    Ok(Held { response, counts, mentions: mentions.transpose()? })
}

impl ConceptPage {
    fn new(kind: &'static Kind, concept: &Concept, held: Held, basis: &Basis<'_>, reader: &Reader) -> ConceptPage {
        let (t, ui) = (reader.texts(), reader.language());
        let mut frame = Frame::new(reader, full_label(concept, ui), kind.section);
        let filter = (kind.facet, concept.id.as_str());
        let feed = address(ATOM, [filter]);
        frame.canonical = basis.state.site().map(|site| format!("{site}{}/{}", kind.path, concept.id));
        frame.alternates =
            vec![Alternate { media_type: ATOM_TYPE, title: t.with("concept-feed", &frame.title), url: feed.clone() }];
        let taxonomy = basis.taxonomy();
        let scheme = taxonomy.scheme_of_facet(kind.facet);
        let related = |id: &String| {
            let concept = taxonomy.concept(kind.facet, id)?;
            let documents = held.counts.get(id).copied().unwrap_or(0);
            let url = frame.href(&format!("{}/{id}", kind.path));
            Some(Counted { label: concept.label.get(ui).to_owned(), url, documents, shown: t.number(documents) })
        };
        let narrower = scheme.into_iter().flat_map(|scheme| &scheme.concepts);
        let narrower = narrower.filter(|other| other.broader.contains(&concept.id) && other.replaced_by.is_none());
        let narrower = narrower.filter_map(|other| related(&other.id)).collect();
        let broader = concept.broader.iter().filter_map(related).collect();
        let mentioned = held.mentions.filter(|count| *count > 0).map(|count| {
            let pairs = [("mentions", concept.id.as_str()), ("not_rcp", concept.id.as_str())];
            (t.count("concept-mentioned", count), frame.href(&address("/search", pairs)))
        });
        let year = held.response.facets.iter().find(|facet| facet.name == "year");
        let link = |from: &str, to: &str| address("/search", [filter, ("year_from", from), ("year_to", to)]);
        let years = year.map(|facet| year_bars(facet, MOST_BARS, &frame, link)).unwrap_or_default();
        let beside = held.response.facets.iter().filter(|facet| facet.name != "year");
        let beside = beside.map(|facet| counted_list(facet, filter, taxonomy, &frame));
        let beside = beside.filter(|list| !list.links.is_empty()).collect();
        let total = held.response.total;
        let all = found(held.response);
        let labels = basis.labels(ui);
        let meetings = if kind.facet == PROCESSES.facet { meetings(&all, &concept.id, &frame) } else { Vec::new() };
        ConceptPage {
            directory: (t.say(kind.directory), frame.href(kind.path)),
            scope: concept.attributes.get("scope").and_then(|scope| scope.as_str()).map(str::to_owned),
            labels: Language::ANALYSED.into_iter().filter_map(|language| label_in(concept, language, &frame)).collect(),
            other_names: concept.aliases.clone(),
            former_names: concept.former_names.clone(),
            searched_by: searched_by(concept, &frame),
            broader,
            narrower,
            facts: facts(concept, taxonomy, &frame),
            notes: concept.notes.clone(),
            doubts: concept.doubts.clone(),
            sources: concept.source.clone(),
            held: (total > 0).then(|| t.count("concept-held", total)),
            years,
            documents: all.iter().take(LATEST).map(|one| ListedDocument::new(one, &labels, &frame)).collect(),
            meetings,
            beside,
            mentioned,
            narrowed: (kind.facet, concept.id.clone()),
            search: frame.href(&address("/search", [filter, ("sort", "-date")])),
            feed,
            compare: frame.href(&compare(kind, &concept.id)),
            frame,
        }
    }
}

/// The label of a concept with its short form.
pub(super) fn full_label(concept: &Concept, ui: Language) -> String {
    let label = concept.label.get(ui);
    match &concept.abbreviation {
        Some(short) if !label.contains(short.as_str()) => format!("{label} ({short})"),
        _ => label.to_owned(),
    }
}

/// The comparison that a concept suggests: its themes over the years, or those who speak of it.
fn compare(kind: &Kind, id: &str) -> String {
    let rows = if kind.facet == PROCESSES.facet { "theme" } else { PROCESSES.facet };
    address("/compare", [("rows", rows), ("cols", "year"), (kind.facet, id)])
}

fn label_in(concept: &Concept, language: Language, frame: &Frame) -> Option<Names> {
    let (_, label) = concept.label.iter().find(|(of, _)| *of == language)?;
    let language_name = frame.t.language_name(language);
    Some(Names { lang: language.code(), language: language_name, names: vec![label.to_owned()] })
}

/// The names that find a concept in texts, by language.
fn searched_by(concept: &Concept, frame: &Frame) -> Vec<Names> {
    let of = |language: Language| {
        let terms = concept.names.iter().filter_map(|group| group.terms.get(&language)).flatten();
        let mut names: Vec<String> = Vec::new();
        for term in terms {
            if !names.contains(term) {
                names.push(term.clone());
            }
        }
        Names { lang: language.code(), language: frame.t.language_name(language), names }
    };
    Language::ANALYSED.map(of).into_iter().filter(|names| !names.names.is_empty()).collect()
}

fn counted_list(facet: &Facet, filter: (&str, &str), taxonomy: &Taxonomy, frame: &Frame) -> CountedList {
    let links = facet.values.iter().take(VALUES).map(|value| Counted {
        label: value.label.clone(),
        url: frame.href(&address("/search", [filter, (facet.name.as_str(), value.value.as_str())])),
        documents: value.count,
        shown: frame.t.number(value.count),
    });
    CountedList { heading: facet_name(&facet.name, taxonomy, frame), links: links.collect() }
}

/// What a facet is called; one that a configuration adds by the label of its vocabulary.
pub(super) fn facet_name(facet: &str, taxonomy: &Taxonomy, frame: &Frame) -> String {
    let message = match facet {
        "rcp" => "by-rcp",
        "mentions" => "by-mentions",
        "theme" => "by-theme",
        "region" => "by-region",
        "country" => "by-country",
        "type" => "by-type",
        "process_type" => "by-process-type",
        "year" => "by-year",
        "lang" => "by-lang",
        "event" => "by-event",
        _ => {
            let scheme = taxonomy.scheme_of_facet(facet);
            return scheme.map_or(facet, |scheme| scheme.label.get(frame.t.language())).to_owned();
        }
    };
    frame.t.say(message)
}

/// The meetings of a series among documents, in the order of these.
fn meetings(documents: &[rcp_corpus::model::Document], series: &str, frame: &Frame) -> Vec<Counted> {
    let mut meetings: Vec<(String, Counted)> = Vec::new();
    for event in documents.iter().filter_map(|document| document.event.as_ref()) {
        let event = &event.value;
        if event.series != series {
            continue;
        }
        let id = event.id();
        match meetings.iter_mut().find(|(known, _)| *known == id) {
            Some((_, meeting)) => meeting.documents += 1,
            None => {
                let url = frame.href(&super::events::event_url(&id));
                let label = event.name.clone();
                meetings.push((id, Counted { label, url, documents: 1, shown: String::new() }));
            }
        }
    }
    let counted = |(_, meeting): (_, Counted)| Counted { shown: frame.t.number(meeting.documents), ..meeting };
    meetings.into_iter().map(counted).collect()
}

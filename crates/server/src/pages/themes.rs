//! `/themes`, `/regions`, `/countries`: vocabularies as directories of two levels, with the documents held.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use rcp_corpus::analysis::fold;
use rcp_corpus::taxonomy::Concept;

use super::Reader;
use super::concept::{Counted, KINDS, Kind, PROCESSES, full_label};
use super::frame::{Frame, page};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// A directory.
#[derive(Debug, Template)]
#[template(path = "themes.html")]
struct ThemesPage {
    frame: Frame,
    about: String,
    find: String,
    tops: Vec<Top>,
    /// Names that were found, in words; `None` where all are shown.
    found: Option<String>,
}

/// A concept of the upper level with those below it.
#[derive(Debug)]
struct Top {
    itself: Counted,
    /// Number of its documents in words.
    held: String,
    below: Vec<Counted>,
}

/// The directories but that of the processes, each with its path.
pub(super) fn routes() -> impl Iterator<Item = (String, MethodRouter<AppState>)> {
    KINDS.iter().filter(|kind| kind.path != PROCESSES.path).map(|kind| {
        let show = move |State(state): State<AppState>, caller: Caller, reader: Reader, RawQuery(query)| {
            directory(kind, state, caller, reader, wanted(query))
        };
        (kind.path.to_owned(), get(show))
    })
}

/// The names that are looked for.
pub(super) fn wanted(query: Option<String>) -> String {
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find_map(|(name, value)| (name == "find").then(|| value.trim().to_owned())).unwrap_or_default()
}

/// Whether every word that is looked for begins a word of a name of a concept, whatever its letter case and accents.
pub(super) fn is_named(concept: &Concept, find: &str) -> bool {
    let names: Vec<String> = concept.every_name().chain([concept.id.as_str()]).map(fold).collect();
    let begins = |name: &String, word: &str| {
        name.split(|next: char| !next.is_alphanumeric()).any(|of_name| of_name.starts_with(word))
    };
    fold(find).split_whitespace().all(|word| names.iter().any(|name| begins(name, word)))
}

async fn directory(
    kind: &'static Kind,
    state: AppState,
    caller: Caller,
    reader: Reader,
    find: String,
) -> Result<Response, ApiError> {
    let work = move |basis: &Basis<'_>, (reader, find): (Reader, String)| {
        let (t, ui) = (reader.texts(), reader.language());
        let frame = Frame::new(&reader, t.say(kind.directory), kind.section);
        let scheme = basis.taxonomy().scheme_of_facet(kind.facet);
        let concepts = scheme.map(|scheme| scheme.concepts.as_slice()).unwrap_or_default();
        let view = scheme.map(|scheme| basis.snapshot.scheme(basis.scope, &scheme.id)).transpose()?.flatten();
        let counts = view.and_then(|mut view| view.counts.remove(kind.facet)).unwrap_or_default();
        let counted = |concept: &Concept| {
            let documents = counts.get(&concept.id).copied().unwrap_or(0);
            let url = frame.href(&format!("{}/{}", kind.path, concept.id));
            Counted { label: full_label(concept, ui), url, documents, shown: t.number(documents) }
        };
        let held = |concept: &Concept| match counts.get(&concept.id) {
            Some(documents) if *documents > 0 => t.count("results-documents", *documents),
            _ => t.say("held-nothing"),
        };
        let current = || concepts.iter().filter(|concept| concept.replaced_by.is_none());
        let top = |top: &Concept| {
            let is_whole = is_named(top, &find);
            let below = current().filter(|concept| concept.broader.contains(&top.id));
            let below: Vec<Counted> =
                below.filter(|concept| is_whole || is_named(concept, &find)).map(counted).collect();
            (is_whole || !below.is_empty()).then(|| Top { held: held(top), itself: counted(top), below })
        };
        let tops: Vec<Top> = current().filter(|concept| concept.broader.is_empty()).filter_map(top).collect();
        let names = tops.iter().map(|top| 1 + top.below.len()).sum::<usize>();
        let found = (!find.is_empty()).then(|| t.count_with("directory-found", names as u64, &find));
        let shown = ThemesPage { about: t.say(kind.about), find, tops, found, frame };
        page(&shown, &shown.frame)
    };
    state.answer(caller, (reader, find), work).await
}

//! `/processes`: the directory of the processes, by kind.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use rcp_corpus::analysis::fold;
use rcp_corpus::taxonomy::{Concept, Taxonomy};

use super::Reader;
use super::concept::{PROCESSES, status, values};
use super::frame::{Frame, page};
use super::themes::{is_named, wanted};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// The facet with the kinds of processes.
const KIND: &str = "process_type";

/// The directory.
#[derive(Debug, Template)]
#[template(path = "processes.html")]
struct ProcessesPage {
    frame: Frame,
    find: String,
    groups: Vec<Group>,
    /// Names that were found, in words; `None` where all are shown.
    found: Option<String>,
}

/// Processes of one kind.
#[derive(Debug)]
struct Group {
    id: String,
    heading: String,
    processes: Vec<Process>,
}

#[derive(Debug)]
struct Process {
    name: String,
    abbreviation: String,
    url: String,
    regions: String,
    founded: String,
    status: String,
    /// Number of members; empty where it is not known.
    members: String,
    documents: u64,
    shown: String,
}

/// The handler of the page.
pub(super) async fn processes(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, (reader, find): (Reader, String)| {
        let t = reader.texts();
        let frame = Frame::new(&reader, t.say("nav-processes"), PROCESSES.section);
        let taxonomy = basis.taxonomy();
        let scheme = taxonomy.scheme_of_facet(PROCESSES.facet);
        let view = scheme.map(|scheme| basis.snapshot.scheme(basis.scope, &scheme.id)).transpose()?.flatten();
        let counts = view.and_then(|mut view| view.counts.remove(PROCESSES.facet)).unwrap_or_default();
        let concepts = scheme.map(|scheme| scheme.concepts.as_slice()).unwrap_or_default();
        let named = concepts.iter().filter(|concept| concept.replaced_by.is_none() && is_named(concept, &find));
        let groups = groups(named, &counts, taxonomy, &frame);
        let names: usize = groups.iter().map(|group| group.processes.len()).sum();
        let found = (!find.is_empty()).then(|| t.count_with("directory-found", names as u64, &find));
        let shown = ProcessesPage { find, groups, found, frame };
        page(&shown, &shown.frame)
    };
    state.answer(caller, (reader, wanted(query)), work).await
}

/// The processes by kind, in the order of the kinds; those of no known kind come last.
fn groups<'a>(
    concepts: impl Iterator<Item = &'a Concept>,
    counts: &BTreeMap<String, u64>,
    taxonomy: &Taxonomy,
    frame: &Frame,
) -> Vec<Group> {
    let ui = frame.t.language();
    let kinds = taxonomy.scheme_of_facet(KIND).map(|scheme| scheme.concepts.as_slice()).unwrap_or_default();
    let group = |id: &str, heading: String| Group { id: id.to_owned(), heading, processes: Vec::new() };
    let mut groups: Vec<Group> = kinds.iter().map(|kind| group(&kind.id, kind.label.get(ui).to_owned())).collect();
    groups.push(group("other", frame.t.say("processes-other")));
    for concept in concepts {
        let kind = concept.implies.get(KIND).and_then(|kinds| kinds.first());
        let place = groups.iter().position(|group| Some(&group.id) == kind).unwrap_or(groups.len() - 1);
        groups[place].processes.push(Process::new(concept, counts, taxonomy, frame));
    }
    groups.retain(|group| !group.processes.is_empty());
    for group in &mut groups {
        group.processes.sort_by_cached_key(|process| fold(&process.name));
    }
    groups
}

impl Process {
    fn new(concept: &Concept, counts: &BTreeMap<String, u64>, taxonomy: &Taxonomy, frame: &Frame) -> Process {
        let (t, ui) = (frame.t, frame.t.language());
        let region = |id: &String| taxonomy.concept("region", id).map_or(id.as_str(), |it| it.label.get(ui)).to_owned();
        let regions = concept.implies.get("region").into_iter().flatten().map(region).collect::<Vec<_>>().join(", ");
        let documents = counts.get(&concept.id).copied().unwrap_or(0);
        let members = values(concept, "members").len();
        Process {
            name: concept.label.get(ui).to_owned(),
            abbreviation: concept.abbreviation.clone().unwrap_or_default(),
            url: frame.href(&format!("{}/{}", PROCESSES.path, concept.id)),
            regions,
            founded: values(concept, "established").join(", "),
            status: values(concept, "status").iter().map(|word| status(word, frame)).collect::<Vec<_>>().join(", "),
            members: if members > 0 { t.number(members as u64) } else { String::new() },
            documents,
            shown: t.number(documents),
        }
    }
}

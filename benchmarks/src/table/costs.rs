//! What each part of an answer costs: the same requests, with one thing more at each step.

use std::path::Path;
use std::sync::Arc;

use rcp_corpus::settings::Settings;
use rcp_index::generation::{Reader, Store};
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::suggest::SuggestRequest;
use rcp_query::{Scope, Searcher, Snapshot};
use serde_json::json;

use super::say;
use crate::measure::{Summary, Timings};
use crate::queries::{DEFAULT_FACETS, Queries, Query, Shape};
use crate::report::Section;

/// Shapes of the table beside names of concepts.
const SHAPES: [Shape; 5] = [Shape::Words(1), Shape::Words(2), Shape::Words(4), Shape::Words(8), Shape::Phrase];

/// A step: its name, whether the second stage runs in it, and what the request has more from there on.
type Step = (&'static str, bool, fn(&mut SearchRequest));

const STEPS: [Step; 6] = [
    ("words alone", false, |request| {
        request.expand = false;
        request.correct = false;
        request.passages = 0;
    }),
    ("+ spelling", false, |request| request.correct = true),
    ("+ expansion", false, |request| request.expand = true),
    ("+ second stage", true, |_| {}),
    ("+ evidence, highlights", true, |request| request.passages = 3),
    ("+ facets", true, |request| request.facets = DEFAULT_FACETS.map(str::to_owned).into()),
];

/// Measures `SearchRequest` to `SearchResponse`, step by step, over documents and over passages; and suggestions.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn costs(index: &Path, settings: &Arc<Settings>, requests: usize) -> anyhow::Result<Vec<Section>> {
    let generation = Reader::open(Store::new(index))?.current();
    let queries = Queries::of(&generation)?;
    let mut one_stage = Settings::clone(settings);
    one_stage.index.ranking.second_stage.passage = 0.0;
    one_stage.index.ranking.second_stage.proximity = 0.0;
    let without = Searcher::open(index, Arc::new(one_stage))?;
    let with = Searcher::open(index, Arc::clone(settings))?;
    let mut sections = Vec::new();
    for (unit, name) in [(Unit::Documents, "documents"), (Unit::Passages, "passages")] {
        say(&format!("costs: {name}"));
        let mut section = Section::new(&format!("What an answer costs, {name}: p50 (p99) in ms"), &columns());
        for shape in SHAPES {
            let drawn = queries.draw(shape, requests, 13)?;
            section.row(row(&shape.name(), &drawn, unit, &without, &with)?);
        }
        section.row(row("name of a concept", &concept_names(settings, requests), unit, &without, &with)?);
        section.note(
            "Each column has what the one before has, and one thing more; ten hits, facets seven. In process, one thread, warm.",
        );
        sections.push(section);
    }
    sections.push(suggestions(&queries, &with.snapshot(), requests)?);
    Ok(sections)
}

fn columns() -> Vec<&'static str> {
    std::iter::once("query").chain(STEPS.iter().map(|step| step.0)).chain(["queries"]).collect()
}

fn row(
    name: &str,
    queries: &[Query],
    unit: Unit,
    without: &Searcher,
    with: &Searcher,
) -> anyhow::Result<Vec<serde_json::Value>> {
    let scope = Scope::public();
    let mut row = vec![json!(name)];
    for step in 0..STEPS.len() {
        let searcher = if STEPS[step].1 { with } else { without };
        let mut timings = Timings::default();
        for (at, query) in queries.iter().enumerate() {
            let mut request = query.request(unit);
            STEPS[..=step].iter().for_each(|(_, _, change)| change(&mut request));
            if at < queries.len() / 10 {
                // The first tenth is run once before, to warm caches.
                searcher.search(&scope, &request)?;
            }
            timings.time(|| searcher.search(&scope, &request))?;
        }
        row.push(cell(timings.summary()));
    }
    row.push(json!(queries.len()));
    Ok(row)
}

fn cell(summary: Summary) -> serde_json::Value {
    json!(format!("{:.2} ({:.2})", summary.p50, summary.p99))
}

/// The labels of the concepts of every scheme, one after the other in each language.
fn concept_names(settings: &Settings, count: usize) -> Vec<Query> {
    let concepts = settings.taxonomy.schemes().iter().flat_map(|scheme| &scheme.concepts);
    let labels = concepts.flat_map(|concept| concept.label.iter().map(|(_, label)| label.to_owned()));
    let labels = labels.map(|text| Query { text, filters: Vec::new() });
    labels.take(count).collect()
}

/// What is offered for the beginning of queries, a letter more each time.
fn suggestions(queries: &Queries<'_>, snapshot: &Snapshot, requests: usize) -> anyhow::Result<Section> {
    say("costs: suggestions");
    let mut section =
        Section::new("Suggestions while someone types", &["typed", "p50 ms", "p99 ms", "max ms", "requests"]);
    for shape in [Shape::Words(1), Shape::Words(2), Shape::Words(8)] {
        let mut timings = Timings::default();
        for query in queries.draw(shape, requests / 5, 17)? {
            for (end, letter) in query.text.char_indices() {
                let text = query.text[..end + letter.len_utf8()].to_owned();
                let request = SuggestRequest { text, limit: 10, ui: rcp_corpus::model::Language::En };
                timings.time(|| snapshot.suggest(&Scope::public(), &request))?;
            }
        }
        let summary = timings.summary();
        section.row(vec![
            json!(shape.name()),
            json!(summary.p50),
            json!(summary.p99),
            json!(summary.max),
            json!(summary.runs),
        ]);
    }
    section.note("After each letter of a query, the first one included; ten suggestions. In process, one thread.");
    Ok(section)
}

//! `/coverage`: what is searchable, and what is not and why.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::tz::TimeZone;
use rcp_corpus::model::{DateRange, Precision};
use rcp_query::facets::NO_VALUE;

use super::Reader;
use super::address::address;
use super::concept::{Counted, PROCESSES, facet_name, page_of};
use super::frame::{Frame, Section, page};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::responses::Coverage;
use crate::routes::coverage::coverage as find;
use crate::state::AppState;

/// Facets that the page shows, in its order.
const SHOWN: [&str; 5] = ["rcp", "year", "lang", "type", "region"];

/// The page.
#[derive(Debug, Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    frame: Frame,
    documents: String,
    searchable: String,
    without_text: String,
    passages: String,
    version: String,
    /// When the newest change was made, where anything is held.
    changed: Option<String>,
    tables: Vec<Table>,
    /// Processes of which nothing is held.
    nothing_of: Vec<Counted>,
    /// Their number in words.
    nothing_of_many: String,
    /// Years between the first and the last of which nothing is held.
    empty_years: Vec<String>,
    unsearchable: Vec<Unsearchable>,
}

/// Documents by the values of a facet.
#[derive(Debug)]
struct Table {
    facet: String,
    heading: String,
    rows: Vec<Row>,
    /// Documents without a value.
    missing: Option<Counted>,
}

#[derive(Debug)]
struct Row {
    counted: Counted,
    /// Page of the value.
    page: Option<String>,
}

#[derive(Debug)]
struct Unsearchable {
    file: String,
    state: String,
    /// In English, as the indexer says it.
    why: Option<String>,
}

/// The handler of the page.
pub(super) async fn coverage(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, reader: Reader| {
        let (coverage, is_partial) = find(basis, reader.language())?;
        let shown = CoveragePage::new(&coverage, basis, &reader);
        let answer = page(&shown, &shown.frame)?.partial(is_partial);
        Ok(answer.link("alternate", "/v1/coverage", Some("application/json")))
    };
    state.answer(caller, reader, work).await
}

impl CoveragePage {
    fn new(coverage: &Coverage, basis: &Basis<'_>, reader: &Reader) -> CoveragePage {
        let t = reader.texts();
        let frame = Frame::new(reader, t.say("nav-coverage"), Some(Section::Coverage));
        let tables = SHOWN.into_iter().filter_map(|facet| table(facet, coverage, basis, &frame)).collect();
        let unsearchable = coverage.not_searchable.iter().map(|file| Unsearchable {
            file: file.file.clone(),
            state: t.say(if file.state == "no-text" { "coverage-scan" } else { "coverage-failed" }),
            why: file.why.clone(),
        });
        let nothing_of = nothing_of(coverage, basis, &frame);
        CoveragePage {
            documents: t.number(coverage.documents),
            searchable: t.number(coverage.searchable),
            without_text: t.number(coverage.documents.saturating_sub(coverage.searchable)),
            passages: t.number(coverage.passages),
            version: coverage.index_version.clone(),
            changed: changed(basis, &frame),
            tables,
            nothing_of_many: t.count("coverage-processes", nothing_of.len()),
            nothing_of,
            empty_years: empty_years(coverage),
            unsearchable: unsearchable.collect(),
            frame,
        }
    }
}

/// The day of the newest change, in Coordinated Universal Time.
fn changed(basis: &Basis<'_>, frame: &Frame) -> Option<String> {
    let changed = basis.snapshot.changes(basis.scope).into_values().max()?;
    let day = changed.to_zoned(TimeZone::UTC).date();
    Some(frame.t.date(&DateRange { start: day, end: day, precision: Precision::Day }))
}

fn table(facet: &str, coverage: &Coverage, basis: &Basis<'_>, frame: &Frame) -> Option<Table> {
    let counts = coverage.facets.get(facet)?;
    let link = |value: &str, label: &str, documents: u64| Counted {
        label: label.to_owned(),
        url: frame.href(&address("/search", [(facet, value)])),
        documents,
        shown: frame.t.number(documents),
    };
    let row = |value: &crate::responses::FacetValue| Row {
        counted: link(&value.value, &value.label, value.count),
        page: page_of(facet, &value.value).map(|url| frame.href(&url)),
    };
    let missing = (counts.missing > 0).then(|| link(NO_VALUE, &frame.t.say("coverage-missing"), counts.missing));
    let rows: Vec<Row> = counts.values.iter().map(row).collect();
    let heading = facet_name(facet, basis.taxonomy(), frame);
    (!rows.is_empty() || missing.is_some()).then(|| Table { facet: facet.to_owned(), heading, rows, missing })
}

fn nothing_of(coverage: &Coverage, basis: &Basis<'_>, frame: &Frame) -> Vec<Counted> {
    let mut held: Vec<&str> = Vec::new();
    let mut pending: Vec<_> =
        coverage.facets.get(PROCESSES.facet).into_iter().flat_map(|facet| &facet.values).collect();
    while let Some(value) = pending.pop() {
        held.push(&value.value);
        pending.extend(&value.children);
    }
    let scheme = basis.taxonomy().scheme_of_facet(PROCESSES.facet);
    let concepts = scheme.into_iter().flat_map(|scheme| &scheme.concepts);
    let without = concepts.filter(|concept| concept.replaced_by.is_none() && !held.contains(&concept.id.as_str()));
    let link = |concept: &rcp_corpus::taxonomy::Concept| Counted {
        label: concept.label.get(frame.t.language()).to_owned(),
        url: frame.href(&format!("{}/{}", PROCESSES.path, concept.id)),
        documents: 0,
        shown: frame.t.number(0_u64),
    };
    without.map(link).collect()
}

/// The years between the first and the last that no document is filed under, neighbours as ranges.
fn empty_years(coverage: &Coverage) -> Vec<String> {
    let years = coverage.facets.get("year").into_iter().flat_map(|facet| &facet.values);
    let mut years: Vec<i16> = years.filter_map(|value| value.value.parse().ok()).collect();
    years.sort_unstable();
    let gaps = years.windows(2).filter_map(|pair| match *pair {
        [before, behind] if behind - before == 2 => Some((before + 1).to_string()),
        [before, behind] if behind - before > 2 => Some(format!("{}–{}", before + 1, behind - 1)),
        _ => None,
    });
    gaps.collect()
}

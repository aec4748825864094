//! What was understood of a search, in words.

use rcp_corpus::model::DocumentId;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::citation::format_date;
use rcp_query::facets::label;
use rcp_query::request::{SearchRequest, Sort};
use rcp_query::response::{Expansion, Interpretation, SuggestedFilter};

use crate::terminal;

/// The query as it was understood, the filters and the order on one line: `return; rcp: SACM or none; from 2005`. Empty
/// where everything was asked for.
pub(super) fn understood(query: &str, request: &SearchRequest, taxonomy: &Taxonomy) -> String {
    let mut parts = Vec::new();
    if !query.is_empty() {
        parts.push(query.to_owned());
    }
    for (facet, selection) in &request.filters {
        for (word, values) in [("", &selection.include), ("not ", &selection.exclude)] {
            let labels: Vec<String> = values.iter().map(|value| label(taxonomy, facet, value, request.ui)).collect();
            if !labels.is_empty() {
                parts.push(format!("{word}{facet}: {}", labels.join(" or ")));
            }
        }
    }
    let documents: Vec<&str> = request.documents.iter().map(DocumentId::as_str).collect();
    if !documents.is_empty() {
        parts.push(format!("documents: {}", documents.join(" or ")));
    }
    let year = |year: i16| year.to_string();
    parts.extend(range("years", request.year_from.map(year), request.year_to.map(year)));
    let day = |day| format_date(day, request.ui);
    parts.extend(range("dates", request.date_from.map(day), request.date_to.map(day)));
    parts.extend(request.added_since.map(|time| format!("added since {time}")));
    parts.extend(order(request.sort).map(str::to_owned));
    parts.join("; ")
}

/// What was read into the words, one note a line: corrections, expansions, filters to choose.
pub(super) fn notes(interpretation: &Interpretation) -> Vec<String> {
    let corrections = interpretation.corrections.iter();
    let mut notes: Vec<String> = corrections
        .map(|word| format!("no text has {}; searched: {} (off: --no-correct)", word.from, word.to.join(", ")))
        .collect();
    if !interpretation.expansions.is_empty() {
        let terms: Vec<String> = interpretation.expansions.iter().map(expansion).collect();
        notes.push(format!("also searched: {} (off: --no-expand)", terms.join(", ")));
    }
    if !interpretation.suggested_filters.is_empty() {
        let filters: Vec<String> = interpretation.suggested_filters.iter().map(suggestion).collect();
        notes.push(format!("to narrow: {}", filters.join(", ")));
    }
    notes
}

/// `human trafficking (2 documents)`; the number where nothing else finds them.
fn expansion(expansion: &Expansion) -> String {
    match expansion.documents {
        0 => expansion.term.clone(),
        alone => format!("{} ({})", expansion.term, terminal::count(alone, "document")),
    }
}

/// `-f rcp=rcm (Regional Conference on Migration)`.
fn suggestion(filter: &SuggestedFilter) -> String {
    let SuggestedFilter { facet, value, label, .. } = filter;
    if label == value { format!("-f {facet}={value}") } else { format!("-f {facet}={value} ({label})") }
}

fn range(of: &str, from: Option<String>, to: Option<String>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{of} {from} to {to}")),
        (Some(from), None) => Some(format!("{of} from {from}")),
        (None, Some(to)) => Some(format!("{of} to {to}")),
        (None, None) => None,
    }
}

fn order(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::DateDescending => Some("newest first"),
        Sort::DateAscending => Some("oldest first"),
        Sort::Title => Some("by title"),
        Sort::AddedDescending => Some("latest added first"),
        Sort::Relevance | Sort::Corpus => None,
    }
}

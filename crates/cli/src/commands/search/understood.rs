//! What was understood of a search, in words.

use rcp_corpus::model::DocumentId;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::citation::format_date;
use rcp_query::facets::label;
use rcp_query::request::{SearchRequest, Sort};

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

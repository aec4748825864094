//! What was typed as a [`SearchRequest`].

use rcp_corpus::model::Language;
use rcp_query::request::{SearchRequest, Sort, Unit};

use crate::args::{FilterArgs, SearchArgs, SortArg, UiArg};

pub(super) fn request(args: &SearchArgs) -> SearchRequest {
    let unit = if args.passages_only { Unit::Passages } else { Unit::Documents };
    let mut request = SearchRequest::new(unit, &args.query.join(" "));
    add_filters(&args.filters, &mut request);
    request.match_mode = args.match_mode.mode();
    request.expand = !args.no_expand;
    request.expand_exclude.clone_from(&args.expand_exclude);
    request.correct = !args.no_correct;
    request.sort = match args.sort {
        SortArg::Relevance => Sort::Relevance,
        SortArg::Newest => Sort::DateDescending,
        SortArg::Oldest => Sort::DateAscending,
        SortArg::Title => Sort::Title,
        SortArg::Added => Sort::AddedDescending,
    };
    request.ui = language(args.ui);
    request.limit = usize::from(args.limit);
    request.offset = usize::from(args.offset);
    request.cursor.clone_from(&args.cursor);
    request.passages = usize::from(args.passages);
    request.facets.clone_from(&args.facets);
    request.explain = args.explain;
    request.facet_limit = usize::from(args.facet_limit);
    request
}

/// The language of labels.
pub(in crate::commands) fn language(ui: UiArg) -> Language {
    match ui {
        UiArg::En => Language::En,
        UiArg::Es => Language::Es,
        UiArg::Fr => Language::Fr,
    }
}

/// Filters in the form that the API gives them, sorted and each value once: equal choices are equal requests, and a
/// cursor of one goes on in the other.
pub(in crate::commands) fn add_filters(filters: &FilterArgs, request: &mut SearchRequest) {
    for (facet, value) in filters.included() {
        request.filters.entry(facet.to_owned()).or_default().include.push(value.to_owned());
    }
    for (facet, value) in &filters.not {
        request.filters.entry(facet.clone()).or_default().exclude.push(value.clone());
    }
    for selection in request.filters.values_mut() {
        for values in [&mut selection.include, &mut selection.exclude] {
            values.sort_unstable();
            values.dedup();
        }
    }
    request.documents = filters.document.clone();
    request.documents.sort_unstable();
    request.documents.dedup();
    request.year_from = filters.year_from;
    request.year_to = filters.year_to;
    request.date_from = filters.date_from.map(|days| days.start);
    request.date_to = filters.date_to.map(|days| days.end);
    request.added_since = filters.added_since;
}

//! Tables of two facets, against an obvious count over the passages that a plain search finds.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rcp_query::compare::{Axis, Cell, CompareRequest, CompareResponse, Counts};
use rcp_query::facets::NO_VALUE;

use super::*;

static INDEX: LazyLock<Index> = LazyLock::new(index);

fn compare(request: &CompareRequest) -> CompareResponse {
    INDEX.searcher.snapshot().compare(&Scope::public(), request).unwrap()
}

/// Document and passage of every passage that a search finds, the best first.
fn found(request: &SearchRequest) -> Vec<(String, String)> {
    let request = SearchRequest { unit: Unit::Passages, limit: 100, ..request.clone() };
    let response = INDEX.searcher.search(&Scope::public(), &request).unwrap();
    let Hits::Passages(hits) = response.hits else { unreachable!() };
    hits.iter().map(|hit| (hit.document.id.to_string(), hit.passage.passage.id.to_string())).collect()
}

/// The values of a document in a facet, `none` where it has no other.
fn values(document: &str, facet: &str) -> Vec<String> {
    let (_, language, year, rcps, ..) = *DOCUMENTS.iter().find(|(id, ..)| *id == document).unwrap();
    match facet {
        "year" => vec![year.to_string()],
        "lang" => vec![language.code().to_owned()],
        _ if rcps.is_empty() => vec![NO_VALUE.to_owned()],
        _ => rcps.iter().map(|&rcp| rcp.to_owned()).collect(),
    }
}

fn counts<'a>(
    matching: &'a [(String, String)],
    all: &[(String, String)],
    is_here: impl Fn(&str) -> bool,
) -> (Counts, Vec<&'a (String, String)>) {
    let here: Vec<_> = matching.iter().filter(|(document, _)| is_here(document)).collect();
    let documents: BTreeSet<&str> = here.iter().map(|(document, _)| document.as_str()).collect();
    let all_passages = all.iter().filter(|(document, _)| is_here(document)).count() as u64;
    (Counts { documents: documents.len() as u64, passages: here.len() as u64, all_passages }, here)
}

fn check_axis(axis: &Axis, matching: &[(String, String)], all: &[(String, String)]) {
    let expected: BTreeSet<String> = matching.iter().flat_map(|(document, _)| values(document, &axis.facet)).collect();
    let shown: BTreeSet<String> = axis.values.iter().map(|value| value.value.clone()).collect();
    assert_eq!(shown, expected, "{}", axis.facet);
    assert_eq!(axis.total_values, expected.iter().filter(|value| *value != NO_VALUE).count());
    for value in &axis.values {
        let has_value = |document: &str| values(document, &axis.facet).contains(&value.value);
        assert_eq!(value.counts, counts(matching, all, has_value).0, "{}", value.value);
    }
}

fn facet() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["rcp", "year", "lang"])
}

fn filters() -> impl Strategy<Value = SearchRequest> {
    let queries = ["", "visas", "borders", "labour borders", "sovereignty visas", "health", "-visas", "unheardof"];
    let modes = [MatchMode::Most, MatchMode::All, MatchMode::Any];
    let selected = prop::collection::vec(prop::sample::select(vec!["rcm", "sacm", NO_VALUE]), 0..3);
    let left_out = prop::sample::select(vec![None, None, Some("rcm"), Some(NO_VALUE)]);
    let years = prop::sample::select(vec![None, Some(2009), Some(2012)]);
    let year = prop::sample::select(vec![None, None, Some("2020"), Some("2009")]);
    let parts =
        (prop::sample::select(queries.to_vec()), prop::sample::select(modes.to_vec()), selected, left_out, years, year);
    parts.prop_map(|(query, match_mode, selected, left_out, year_from, year)| {
        let mut request = SearchRequest { match_mode, year_from, ..documents(query) };
        request.filters.entry("year".to_owned()).or_default().include.extend(year.map(str::to_owned));
        let rcps = request.filters.entry("rcp".to_owned()).or_default();
        rcps.include = selected.into_iter().map(str::to_owned).collect();
        rcps.exclude = left_out.into_iter().map(str::to_owned).collect();
        request
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_table_counts_what_plain_searches_find(search in filters(), rows in facet(), columns in facet()) {
        let matching = found(&search);
        let all = found(&SearchRequest { query: String::new(), ..search.clone() });
        let table = compare(&CompareRequest::new(search, rows, columns));
        prop_assert_eq!(table.total, counts(&matching, &all, |_| true).0);
        check_axis(&table.rows, &matching, &all);
        check_axis(&table.columns, &matching, &all);
        prop_assert_eq!(table.cells.len(), table.rows.values.len());
        for (row, cells) in table.rows.values.iter().zip(&table.cells) {
            prop_assert_eq!(cells.len(), table.columns.values.len());
            for (column, cell) in table.columns.values.iter().zip(cells) {
                let is_here = |document: &str| {
                    values(document, rows).contains(&row.value) && values(document, columns).contains(&column.value)
                };
                let (expected, here) = counts(&matching, &all, is_here);
                prop_assert_eq!(cell.counts, expected, "{} {}", row.value, column.value);
                let best = cell.best.as_ref();
                let best = best.map(|hit| (hit.document.id.to_string(), hit.passage.passage.id.to_string()));
                prop_assert_eq!(best.is_some(), !here.is_empty());
                prop_assert!(best.is_none_or(|best| here.contains(&&best)));
            }
        }
    }

    /// With every value of every facet in turn, selected or not, as a real search counts it.
    #[test]
    fn what_a_value_would_add_is_what_it_adds(search in filters(), unit in prop::sample::select(vec![Unit::Documents, Unit::Passages])) {
        let facets = ["rcp", "year", "lang"].map(str::to_owned).to_vec();
        let search = SearchRequest { unit, facets, ..search };
        let response = INDEX.searcher.search(&Scope::public(), &search).unwrap();
        for facet in &response.facets {
            for value in &facet.values {
                let mut added = search.clone();
                let include = &mut added.filters.entry(facet.name.clone()).or_default().include;
                if !include.contains(&value.value) {
                    include.push(value.value.clone());
                }
                let total = INDEX.searcher.search(&Scope::public(), &added).unwrap().total;
                prop_assert_eq!(value.count_if_added, total, "{} {}", facet.name, value.value);
            }
        }
    }
}

#[test]
fn a_table_shows_the_best_passage_of_each_cell() {
    let request = CompareRequest::new(documents("visas"), "rcp", "year");
    let table = compare(&request);
    let labels = |axis: &Axis| axis.values.iter().map(|value| value.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&table.rows), ["South American Conference", "Regional Conference"]);
    assert_eq!(labels(&table.columns), ["2009", "2013"]);
    let shown = |cell: &Cell| {
        let best = cell.best.as_ref();
        best.map(|hit| (hit.passage.citation.clone(), hit.passage.segments.iter().any(|segment| segment.matched)))
    };
    let [south, north] = &table.cells[..] else { panic!("{table:#?}") };
    assert_eq!(shown(&north[0]), None);
    assert_eq!(shown(&south[1]), shown(&north[1]));
    // The shorter of the two passages.
    let best = south[1].best.as_ref().unwrap();
    assert_eq!((best.document.id.as_str(), best.passage.passage.id.as_str()), ("labour", "n1"));
    assert!(best.score > 0.0 && best.passage.segments[0].matched);
    assert_eq!((table.total.passages, table.total.documents, table.total.all_passages), (3, 2, 13));
    assert!((south[1].counts.rate() - 1000.0).abs() < 1e-9 && (table.total.rate() - 3000.0 / 13.0).abs() < 1e-9);
    let bare = compare(&CompareRequest { best: false, ..request });
    assert!(bare.cells.iter().flatten().all(|cell| cell.best.is_none()));
}

#[test]
fn a_table_is_cut_and_says_so() {
    let request =
        CompareRequest { limit_rows: 1, limit_columns: 2, ..CompareRequest::new(documents(""), "rcp", "year") };
    let table = compare(&request);
    let values = |axis: &Axis| axis.values.iter().map(|value| value.value.clone()).collect::<Vec<_>>();
    // Process sacm has as many documents but fewer passages; no process at all is a row of its own.
    assert_eq!((values(&table.rows), table.rows.total_values), (vec!["rcm".to_owned(), NO_VALUE.to_owned()], 2));
    assert_eq!((values(&table.columns), table.columns.total_values), (vec!["2013".to_owned(), "2020".to_owned()], 5));
}

/// In 2020 no document has both words, in 2013 one has: with that year, one with one word alone is no match any more.
#[test]
fn a_value_with_all_words_adds_only_what_has_them() {
    let mut request = SearchRequest { facets: vec!["year".to_owned()], ..documents("labour borders") };
    request.filters.entry("year".to_owned()).or_default().include.push("2020".to_owned());
    let response = search(&request);
    assert_eq!((ids(&response), response.interpretation.relaxed.is_some()), (vec!["zeta".to_owned()], true));
    assert_eq!(super::counts(&response.facets[0].values), "2020! 1/1, 2013 1/1, 2009 1/2");
    request.filters.entry("year".to_owned()).or_default().include.push("2013".to_owned());
    assert_eq!(ids(&search(&request)), ["labour"]);
}

#[test]
fn fewer_words_are_asked_for_in_a_table_too() {
    let table = compare(&CompareRequest::new(documents("sovereignty visas"), "rcp", "year"));
    assert_eq!(table.interpretation.relaxed.map(|relaxed| relaxed.required), Some(1));
    assert_eq!(table.total.passages, found(&documents("sovereignty visas")).len() as u64);
    let unknown = CompareRequest::new(documents(""), "rcp", "colour");
    let error = INDEX.searcher.snapshot().compare(&Scope::public(), &unknown).unwrap_err();
    assert!(error.to_string().starts_with("there is no facet \"colour\""));
}

//! Facet counts: hierarchies, selections, missing values, several collections.

use rcp_index::backend::{FacetCount, Page};
use rcp_index::plan::{Clause, Filter};

use crate::corpus::{Corpus, both, doc};
use crate::engine::Engine;
use crate::plans::{counting, documents, has, not, passages, select};

cases! {
    a_value_counts_once_a_record_with_its_ancestors,
    a_selected_facet_still_counts_its_other_values,
    two_facets_hold_each_other_back,
    selecting_no_value_counts_as_a_selection,
    what_is_excluded_is_not_counted,
    a_selection_in_a_facet_that_is_not_counted_is_a_filter,
    a_facet_asked_for_twice_is_counted_once,
    collections_in_scope_are_added_up,
    selections_in_one_facet_add_up,
    a_condition_of_the_tree_is_no_selection,
    passages_count_by_their_own_values,
    ten_thousand_values_are_counted,
}

fn corpus<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").text("x").text("x").facet("rcp", &["puebla"]).facet("region", &["americas", "central"]),
        doc("b").text("x").facet("rcp", &["puebla", "sacm"]).facet("region", &["americas", "central", "south"]),
        doc("c").text("x").facet("region", &["africa"]),
        doc("d").text("y").facet("rcp", &["sacm"]).facet("region", &["americas", "south"]),
        doc("e").text("x").facet("rcp", &["migas"]).facet("region", &["africa"]).collection("closed"),
    ])
}

/// Counts of a facet: `value count/count_if_added`, then the records without a value.
fn table(page: &Page, facet: &str) -> String {
    let counts = &page.facets[facet];
    let values = counts
        .values
        .iter()
        .map(|(value, FacetCount { count, count_if_added })| format!("{value} {count}/{count_if_added}, "));
    values.collect::<String>() + &format!("none {}", counts.missing)
}

fn a_value_counts_once_a_record_with_its_ancestors<E: Engine>() {
    let page = corpus::<E>().search(&counting(documents(has("x")), &["rcp", "region", "theme"]));
    assert_eq!(table(&page, "rcp"), "puebla 2/2, sacm 1/1, none 1");
    assert_eq!(table(&page, "region"), "africa 1/1, americas 2/2, central 2/2, south 1/1, none 0");
    assert_eq!(table(&page, "theme"), "none 3");
    let page = corpus::<E>().search(&counting(passages(has("x")), &["rcp"]));
    assert_eq!(table(&page, "rcp"), "puebla 3/3, sacm 1/1, none 1");
}

fn a_selected_facet_still_counts_its_other_values<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["puebla"])];
    let page = corpus::<E>().search(&plan);
    assert_eq!(page.total, 2);
    assert_eq!(table(&page, "rcp"), "puebla 2/2, sacm 2/3, none 1");
    assert_eq!(table(&page, "region"), "americas 2/2, central 2/2, south 1/1, none 0");
}

fn two_facets_hold_each_other_back<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["puebla"]), select("region", &["south"])];
    let page = corpus::<E>().search(&plan);
    assert_eq!(page.total, 1);
    assert_eq!(table(&page, "rcp"), "puebla 1/1, sacm 2/2, none 0");
    assert_eq!(table(&page, "region"), "americas 2/2, central 2/2, south 1/1, none 0");
}

fn selecting_no_value_counts_as_a_selection<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    plan.filters = vec![select("rcp", &["none"])];
    let page = corpus::<E>().search(&plan);
    assert_eq!((page.total, table(&page, "rcp")), (1, "puebla 2/3, sacm 2/3, none 1".to_owned()));
}

fn what_is_excluded_is_not_counted<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    plan.filters = vec![not(select("rcp", &["puebla"]))];
    let page = corpus::<E>().search(&plan);
    assert_eq!(table(&page, "rcp"), "sacm 1/1, none 1");
}

fn a_selection_in_a_facet_that_is_not_counted_is_a_filter<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["region"]);
    plan.filters = vec![select("rcp", &["sacm"])];
    let page = corpus::<E>().search(&plan);
    assert_eq!(table(&page, "region"), "americas 2/2, central 1/1, south 2/2, none 0");
}

fn a_facet_asked_for_twice_is_counted_once<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "rcp"]);
    plan.filters = vec![select("rcp", &["puebla"])];
    assert_eq!(table(&corpus::<E>().search(&plan), "rcp"), "puebla 2/2, sacm 2/3, none 1");
}

fn collections_in_scope_are_added_up<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    let page = corpus::<E>().search_in(&both(), &plan);
    assert_eq!(table(&page, "rcp"), "migas 1/1, puebla 2/2, sacm 2/2, none 1");
    plan.filters = vec![select("rcp", &["migas"])];
    let page = corpus::<E>().search_in(&both(), &plan);
    assert_eq!(table(&page, "rcp"), "migas 1/1, puebla 2/3, sacm 2/3, none 1");
}

/// Two selections in one facet are both its own.
fn selections_in_one_facet_add_up<E: Engine>() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["puebla"]), select("rcp", &["sacm"])];
    let page = corpus::<E>().search(&plan);
    assert_eq!((page.total, table(&page, "rcp")), (1, "puebla 2/2, sacm 2/2, none 1".to_owned()));
    assert_eq!(table(&page, "region"), "americas 1/1, central 1/1, south 1/1, none 0");
}

/// A condition inside the tree is part of the query, not a selection.
fn a_condition_of_the_tree_is_no_selection<E: Engine>() {
    let plan = counting(documents(Clause::Filter(select("rcp", &["puebla"]))), &["rcp"]);
    assert_eq!(table(&corpus::<E>().search(&plan), "rcp"), "puebla 2/2, sacm 1/1, none 0");
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    plan.filters = vec![Filter::Years { from: Some(1900), to: None }, select("rcp", &["sacm"])];
    assert_eq!(table(&corpus::<E>().search(&plan), "rcp"), "none 0");
}

fn passages_count_by_their_own_values<E: Engine>() {
    let document = doc("a").facet("theme", &["health", "labour"]).text("x").own("theme", &["health"]);
    let document = document.text("x").own("theme", &[]);
    let corpus = Corpus::<E>::new([document, doc("b").facet("theme", &["labour"]).text("x")]);
    let mut plan = counting(passages(has("x")), &["theme"]);
    assert_eq!(table(&corpus.search(&plan), "theme"), "health 1/1, labour 1/1, none 1");
    plan.filters = vec![select("theme", &["health"])];
    assert_eq!(table(&corpus.search(&plan), "theme"), "health 1/1, labour 1/2, none 1");
}

/// 400 documents with 50 values each; every value is in two of them.
fn ten_thousand_values_are_counted<E: Engine>() {
    let document = |number: usize| {
        let mut values: Vec<String> = (0..50).map(|value| format!("v{:05}", (number * 25 + value) % 10_000)).collect();
        values.sort();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        doc(&format!("d{number:03}")).text("x").facet("theme", &values)
    };
    let corpus = Corpus::<E>::new((0..400).map(document));
    let mut plan = counting(documents(has("x")), &["theme"]);
    let counts = &corpus.search(&plan).facets["theme"];
    assert_eq!((counts.values.len(), counts.missing), (10_000, 0));
    assert!(counts.values.values().all(|count| *count == FacetCount { count: 2, count_if_added: 2 }));
    // v00030 is in the first two; with another value come the documents that have it beside these.
    plan.filters = vec![select("theme", &["v00030"])];
    let page = corpus.search(&plan);
    let counts = &page.facets["theme"].values;
    assert_eq!((page.total, counts.len()), (2, 10_000));
    let count = |value: &str| (counts[value].count, counts[value].count_if_added);
    assert_eq!((count("v00030"), count("v00010"), count("v05000")), ((2, 2), (2, 3), (2, 4)));
}

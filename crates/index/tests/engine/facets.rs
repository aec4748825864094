//! Facet counts: hierarchies, selections, missing values, several collections.

use rcp_index::backend::{FacetCount, Page};
use rcp_index::plan::{Clause, Plan};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, doc};
use crate::plans::{documents, has, not, passages, select};

fn corpus() -> Corpus {
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

fn counting(mut plan: Plan, facets: &[&str]) -> Plan {
    plan.facets = facets.iter().map(|&facet| facet.to_owned()).collect();
    plan
}

#[test]
fn a_value_counts_once_a_record_with_its_ancestors() {
    let page = corpus().search(&counting(documents(has("x")), &["rcp", "region", "theme"]));
    assert_eq!(table(&page, "rcp"), "puebla 2/2, sacm 1/1, none 1");
    assert_eq!(table(&page, "region"), "africa 1/1, americas 2/2, central 2/2, south 1/1, none 0");
    assert_eq!(table(&page, "theme"), "none 3");
    let page = corpus().search(&counting(passages(has("x")), &["rcp"]));
    assert_eq!(table(&page, "rcp"), "puebla 3/3, sacm 1/1, none 1");
}

#[test]
fn a_selected_facet_still_counts_its_other_values() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["puebla"])];
    let page = corpus().search(&plan);
    assert_eq!(page.total, 2);
    assert_eq!(table(&page, "rcp"), "puebla 2/2, sacm 2/3, none 1");
    assert_eq!(table(&page, "region"), "americas 2/2, central 2/2, south 1/1, none 0");
}

#[test]
fn two_facets_hold_each_other_back() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["puebla"]), select("region", &["south"])];
    let page = corpus().search(&plan);
    assert_eq!(page.total, 1);
    assert_eq!(table(&page, "rcp"), "puebla 1/1, sacm 2/2, none 0");
    assert_eq!(table(&page, "region"), "americas 2/2, central 2/2, south 1/1, none 0");
}

#[test]
fn selecting_no_value_counts_as_a_selection() {
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    plan.filters = vec![select("rcp", &["none"])];
    let page = corpus().search(&plan);
    assert_eq!((page.total, table(&page, "rcp")), (1, "puebla 2/3, sacm 2/3, none 1".to_owned()));
}

#[test]
fn what_is_excluded_is_not_counted() {
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    plan.filters = vec![not(select("rcp", &["puebla"]))];
    let page = corpus().search(&plan);
    assert_eq!(table(&page, "rcp"), "sacm 1/1, none 1");
}

#[test]
fn a_selection_in_a_facet_that_is_not_counted_is_a_filter() {
    let mut plan = counting(documents(Clause::Everything), &["region"]);
    plan.filters = vec![select("rcp", &["sacm"])];
    let page = corpus().search(&plan);
    assert_eq!(table(&page, "region"), "americas 2/2, central 1/1, south 2/2, none 0");
}

#[test]
fn a_facet_asked_for_twice_is_counted_once() {
    let mut plan = counting(documents(Clause::Everything), &["rcp", "rcp"]);
    plan.filters = vec![select("rcp", &["puebla"])];
    assert_eq!(table(&corpus().search(&plan), "rcp"), "puebla 2/2, sacm 2/3, none 1");
}

#[test]
fn collections_in_scope_are_added_up() {
    let scope = Scope::with(["closed".to_owned()]);
    let mut plan = counting(documents(Clause::Everything), &["rcp"]);
    let page = corpus().search_in(&scope, &plan);
    assert_eq!(table(&page, "rcp"), "migas 1/1, puebla 2/2, sacm 2/2, none 1");
    plan.filters = vec![select("rcp", &["migas"])];
    let page = corpus().search_in(&scope, &plan);
    assert_eq!(table(&page, "rcp"), "migas 1/1, puebla 2/3, sacm 2/3, none 1");
}

/// Counts belong to the whole answer, whatever page of it is returned.
#[test]
fn the_page_does_not_matter() {
    let mut plan = counting(documents(has("x")), &["rcp"]);
    let whole = corpus().search(&plan);
    plan.page.limit = 0;
    let page = corpus().search(&plan);
    assert!(page.hits.is_empty());
    assert_eq!((page.total, page.facets), (whole.total, whole.facets));
}

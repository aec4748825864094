//! Conditions that do not score, over documents and passages.

use rcp_index::backend::{BackendError, IndexBackend};
use rcp_index::plan::{Clause, Filter};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, added, doc};
use crate::plans::{documents, not, passages, select};

fn corpus() -> Corpus {
    Corpus::new([
        doc("a").text("x").facet("rcp", &["puebla"]).facet("region", &["americas", "central"]).date("1969-11/1970-02"),
        doc("b")
            .text("x")
            .text("y")
            .facet("rcp", &["puebla", "sacm"])
            .facet("region", &["americas"])
            .date("2009-05-12"),
        doc("c").text("x").added(5).date("2011"),
        doc("d").facet("rcp", &["puebla"]).added(9),
    ])
}

/// A filter and its negation part the documents; passages go with their documents.
#[track_caller]
fn check(filter: &Filter, expected: &str) {
    let corpus = corpus();
    let with = |filters: Vec<Filter>| {
        [documents, passages].map(|plan| {
            let mut plan = plan(Clause::Everything);
            plan.filters = filters.clone();
            plan
        })
    };
    let ids: Vec<&str> = ["a", "b", "c", "d"].into_iter().filter(|id| expected.split(' ').any(|e| e == *id)).collect();
    let others: Vec<&str> = ["a", "b", "c", "d"].into_iter().filter(|id| !ids.contains(id)).collect();
    let of_passages = |ids: &[&str]| {
        let all = ["a#0", "b#0", "b#1", "c#0"];
        all.into_iter().filter(|name| ids.iter().any(|id| name.starts_with(id))).collect::<Vec<_>>().join(" ")
    };
    let [plain, of_passage] = with(vec![filter.clone()]);
    corpus.check(&plain, &ids.join(" "));
    corpus.check(&of_passage, &of_passages(&ids));
    let [plain, of_passage] = with(vec![not(filter.clone())]);
    corpus.check(&plain, &others.join(" "));
    corpus.check(&of_passage, &of_passages(&others));
    let [twice, _] = with(vec![not(not(filter.clone())), filter.clone()]);
    corpus.check(&twice, &ids.join(" "));
}

#[test]
fn facet_values_are_alternatives() {
    check(&select("rcp", &["puebla"]), "a b d");
    check(&select("rcp", &["sacm"]), "b");
    check(&select("rcp", &["sacm", "puebla", "unknown"]), "a b d");
    check(&select("rcp", &["unknown"]), "");
    check(&select("rcp", &[]), "");
    check(&select("region", &["central"]), "a");
    check(&select("region", &["americas"]), "a b");
}

#[test]
fn having_no_value_can_be_asked_for() {
    check(&select("rcp", &["none"]), "c");
    check(&select("rcp", &["none", "sacm"]), "b c");
    check(&select("theme", &["none"]), "a b c d");
    check(&select("theme", &["health"]), "");
}

#[test]
fn years_include_both_ends_and_need_a_year() {
    let years = |from, to| Filter::Years { from, to };
    check(&years(Some(2009), Some(2011)), "b c");
    check(&years(Some(2010), Some(2010)), "");
    check(&years(Some(2010), None), "c");
    check(&years(None, Some(2009)), "a b");
    check(&years(None, None), "a b c");
    check(&years(Some(2011), Some(2009)), "");
}

#[test]
fn date_ranges_overlap() {
    let dates = |from: &str, to: &str| Filter::Dates { from: from.parse().ok(), to: to.parse().ok() };
    check(&dates("2009-05-12", "2009-05-12"), "b");
    check(&dates("2009-05-13", "2010-12-31"), "");
    check(&dates("2011-12-31", ""), "c");
    check(&dates("", "1969-11-01"), "a");
    check(&dates("", "1969-10-31"), "");
    check(&dates("1970-02-28", ""), "a b c");
    check(&dates("1970-03-01", ""), "b c");
    check(&dates("", ""), "a b c");
}

#[test]
fn added_since_includes_the_moment() {
    check(&Filter::AddedSince(added(5)), "c d");
    check(&Filter::AddedSince(added(6)), "d");
    check(&Filter::AddedSince(added(0)), "a b c d");
}

#[test]
fn documents_are_named() {
    let ids = |ids: &[&str]| {
        Filter::Documents(ids.iter().map(|id| rcp_corpus::model::DocumentId::new(id).unwrap()).collect())
    };
    check(&ids(&["d", "b", "unknown", "b"]), "b d");
    check(&ids(&[]), "");
}

#[test]
fn several_filters_all_hold() {
    let mut plan = documents(Clause::Everything);
    plan.filters = vec![select("rcp", &["puebla"]), not(select("rcp", &["sacm"])), Filter::AddedSince(added(1))];
    corpus().check(&plan, "d");
}

#[test]
fn a_facet_without_any_value_is_known_and_another_is_not() {
    let corpus = corpus();
    let mut plan = documents(Clause::Everything);
    plan.filters = vec![select("country", &["none"])];
    corpus.check(&plan, "a b c d");
    plan.filters = vec![select("colour", &["red"])];
    let answer = corpus.generation.search(&Scope::public(), &plan);
    assert!(matches!(answer, Err(BackendError::UnknownFacet(facet)) if facet == "colour"));
    plan.filters.clear();
    plan.facets = vec!["colour".to_owned()];
    assert!(matches!(corpus.generation.search(&Scope::public(), &plan), Err(BackendError::UnknownFacet(_))));
}

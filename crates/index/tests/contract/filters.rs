//! Conditions that do not score, over documents and passages.

use rcp_index::plan::{Clause, Filter, Plan, Unit};

use crate::corpus::{Corpus, added, doc, ids};
use crate::engine::Engine;
use crate::plans::{documents, everything, has, must, not, passages, select};

cases! {
    facet_values_are_alternatives,
    having_no_value_can_be_asked_for,
    years_include_both_ends_and_need_a_year,
    date_ranges_overlap,
    added_since_includes_the_moment,
    documents_are_named,
    several_filters_all_hold,
    a_facet_without_any_value_is_known,
    passages_are_filtered_by_their_own_values,
    long_columns_are_read_whole,
}

fn corpus<E: Engine>() -> Corpus<E> {
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
fn check<E: Engine>(filter: &Filter, expected: &str) {
    let corpus = corpus::<E>();
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

fn facet_values_are_alternatives<E: Engine>() {
    check::<E>(&select("rcp", &["puebla"]), "a b d");
    check::<E>(&select("rcp", &["sacm"]), "b");
    check::<E>(&select("rcp", &["sacm", "puebla", "unknown"]), "a b d");
    check::<E>(&select("rcp", &["unknown"]), "");
    check::<E>(&select("rcp", &[]), "");
    check::<E>(&select("region", &["central"]), "a");
    check::<E>(&select("region", &["americas"]), "a b");
}

fn having_no_value_can_be_asked_for<E: Engine>() {
    check::<E>(&select("rcp", &["none"]), "c");
    check::<E>(&select("rcp", &["none", "sacm"]), "b c");
    check::<E>(&select("theme", &["none"]), "a b c d");
    check::<E>(&select("theme", &["health"]), "");
}

fn years_include_both_ends_and_need_a_year<E: Engine>() {
    let years = |from, to| Filter::Years { from, to };
    check::<E>(&years(Some(2009), Some(2011)), "b c");
    check::<E>(&years(Some(2010), Some(2010)), "");
    check::<E>(&years(Some(2010), None), "c");
    check::<E>(&years(None, Some(2009)), "a b");
    check::<E>(&years(None, None), "a b c");
    check::<E>(&years(Some(2011), Some(2009)), "");
    check::<E>(&years(Some(i16::MIN), Some(i16::MAX)), "a b c");
}

fn date_ranges_overlap<E: Engine>() {
    let dates = |from: &str, to: &str| Filter::Dates { from: from.parse().ok(), to: to.parse().ok() };
    check::<E>(&dates("2009-05-12", "2009-05-12"), "b");
    check::<E>(&dates("2009-05-13", "2010-12-31"), "");
    check::<E>(&dates("2011-12-31", ""), "c");
    check::<E>(&dates("", "1969-11-01"), "a");
    check::<E>(&dates("", "1969-10-31"), "");
    check::<E>(&dates("1970-02-28", ""), "a b c");
    check::<E>(&dates("1970-03-01", ""), "b c");
    check::<E>(&dates("", ""), "a b c");
    // No day lies in both, although the document begins before the one and ends after the other.
    check::<E>(&dates("1970-01-02", "1970-01-01"), "");
}

fn added_since_includes_the_moment<E: Engine>() {
    check::<E>(&Filter::AddedSince(added(5)), "c d");
    check::<E>(&Filter::AddedSince(added(6)), "d");
    check::<E>(&Filter::AddedSince(added(0)), "a b c d");
}

fn documents_are_named<E: Engine>() {
    check::<E>(&Filter::Documents(ids(&["d", "b", "unknown", "b"])), "b d");
    check::<E>(&Filter::Documents(Vec::new()), "");
}

fn several_filters_all_hold<E: Engine>() {
    let mut plan = documents(Clause::Everything);
    plan.filters = vec![select("rcp", &["puebla"]), not(select("rcp", &["sacm"])), Filter::AddedSince(added(1))];
    corpus::<E>().check(&plan, "d");
}

fn a_facet_without_any_value_is_known<E: Engine>() {
    check::<E>(&select("country", &["none"]), "a b c d");
    check::<E>(&select("country", &["mexico"]), "");
}

/// Facets are the passage's own, all else is its document's.
fn passages_are_filtered_by_their_own_values<E: Engine>() {
    let document = doc("a").facet("theme", &["health", "labour"]).date("2009");
    let document = document.text("x").own("theme", &["health"]).text("x").own("theme", &[]);
    let corpus = Corpus::<E>::new([document]);
    let check = |filter, expected: &str| {
        corpus.check(&Plan { filters: vec![filter], ..passages(Clause::Everything) }, expected);
    };
    check(select("theme", &["health"]), "a#0");
    check(select("theme", &["labour"]), "");
    check(select("theme", &["none"]), "a#1");
    check(Filter::Years { from: Some(2009), to: None }, "a#0 a#1");
}

/// More records than an engine looks at together, with many values and with none; alone, behind words, and beside others.
fn long_columns_are_read_whole<E: Engine>() {
    const VALUES: [&str; 6] = ["s", "t", "u", "v", "w", "x"];
    // Each value is of every second, third … seventh passage.
    let has_value = |at: u32, value: u32| at.is_multiple_of(value + 2);
    let values = |at: u32| (0..6).filter(|&value| has_value(at, value)).map(|value| VALUES[value as usize]).collect();
    let document = |number: u32| {
        (0..300).fold(doc(&format!("d{number:02}")), |document, at| {
            let values: Vec<&str> = values(number * 300 + at);
            document.text(if at % 250 == 0 { "rare" } else { "all" }).own("theme", &values)
        })
    };
    let corpus = Corpus::<E>::new((0..20).map(document));
    let check = |plan: &Plan, matches: &dyn Fn(u32) -> bool| {
        let expected = (0..6_000).filter(|&at| matches(at)).map(|at| format!("d{:02}#{}", at / 300, at % 300));
        corpus.check(plan, &expected.collect::<Vec<_>>().join(" "));
    };
    let any_of = |at: u32, values: &[u32]| values.iter().any(|&value| has_value(at, value));
    let filtered = |plan: Plan, filters: &[Filter]| Plan { filters: filters.to_vec(), ..plan };
    let all = everything(Unit::Passages);
    check(&filtered(all.clone(), &[select("theme", &["u"])]), &|at| any_of(at, &[2]));
    check(&filtered(all.clone(), &[select("theme", &["x", "s", "t"])]), &|at| any_of(at, &[0, 1, 5]));
    check(&filtered(all.clone(), &[select("theme", &["s", "u"])]), &|at| any_of(at, &[0, 2]));
    check(&filtered(all.clone(), &[select("theme", &["none"])]), &|at| !any_of(at, &[0, 1, 2, 3, 4, 5]));
    check(&filtered(all.clone(), &[select("theme", &["x", "none"])]), &|at| {
        has_value(at, 5) || !any_of(at, &[0, 1, 2, 3, 4])
    });
    check(&filtered(all.clone(), &[select("country", &["x"])]), &|_| false);
    check(&filtered(all.clone(), &[select("theme", &["missing"])]), &|_| false);
    let both = [select("theme", &["s"]), not(select("theme", &["t", "v"]))];
    check(&filtered(all, &both), &|at| has_value(at, 0) && !any_of(at, &[1, 3]));
    let rare = |at: u32| (at % 300).is_multiple_of(250);
    check(&filtered(passages(has("rare")), &[select("theme", &["t"])]), &|at| rare(at) && has_value(at, 1));
    let inside = must([Clause::Filter(select("theme", &["t"])), has("rare"), Clause::Filter(select("theme", &["s"]))]);
    check(&passages(Clause::Boolean(inside)), &|at| rare(at) && has_value(at, 0) && has_value(at, 1));
}

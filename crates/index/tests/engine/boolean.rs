//! The boolean tree over documents and passages.

use rcp_index::plan::{Boolean, Clause, Filter, Sort};

use crate::corpus::{Corpus, doc};
use crate::plans::{documents, has, must, passages, select, should};

fn corpus() -> Corpus {
    Corpus::new([
        doc("a").text("p").text("q"),
        doc("b").text("p q").facet("rcp", &["rcm"]),
        doc("c").text("q r"),
        doc("d").text("s"),
    ])
}

#[track_caller]
fn check(clause: Boolean, expected_documents: &str, expected_passages: &str) {
    let corpus = corpus();
    corpus.check(&documents(Clause::Boolean(clause.clone())), expected_documents);
    corpus.check(&passages(Clause::Boolean(clause)), expected_passages);
}

#[test]
fn all_of_must() {
    check(must([has("p"), has("q")]), "a b", "b#0");
    check(must([has("p"), Clause::Everything]), "a b", "a#0 b#0");
    check(must([has("p"), Clause::Nothing]), "", "");
}

#[test]
fn enough_of_should() {
    let three = || [has("p"), has("q"), has("r")];
    check(should(1, three()), "a b c", "a#0 a#1 b#0 c#0");
    check(should(2, three()), "a b c", "b#0 c#0");
    check(should(3, three()), "", "");
    check(should(4, three()), "", "");
    check(should(1, []), "", "");
}

#[test]
fn should_without_a_minimum_only_scores() {
    check(should(0, [has("p")]), "a b c d", "a#0 a#1 b#0 c#0 d#0");
    let clause = Boolean { should: vec![has("p")], ..must([has("q")]) };
    let mut plan = documents(Clause::Boolean(clause));
    plan.sort = Sort::Relevance;
    let scores: Vec<_> = corpus().search(&plan).hits.iter().map(|hit| (hit.document.to_string(), hit.score)).collect();
    assert_eq!(scores[2].0, "c", "{scores:?}");
    assert!(scores[1].1 > scores[2].1, "{scores:?}");
}

#[test]
fn none_of_must_not() {
    check(Boolean { must_not: vec![has("p"), has("r")], ..Boolean::default() }, "d", "a#1 d#0");
    check(Boolean { must_not: vec![has("r")], ..must([has("q")]) }, "a b", "a#1 b#0");
    check(Boolean { must_not: vec![Clause::Everything], ..must([has("q")]) }, "", "");
    check(Boolean { must_not: vec![Clause::Nothing], ..Boolean::default() }, "a b c d", "a#0 a#1 b#0 c#0 d#0");
    check(Boolean::default(), "a b c d", "a#0 a#1 b#0 c#0 d#0");
}

#[test]
fn trees_stand_in_trees() {
    let neither = Clause::Boolean(Boolean { must_not: vec![has("p"), has("r")], ..Boolean::default() });
    check(should(1, [has("r"), neither.clone()]), "c d", "a#1 c#0 d#0");
    let not_neither = Boolean { must_not: vec![neither], ..Boolean::default() };
    check(not_neither, "a b c", "a#0 b#0 c#0");
    check(must([Clause::Boolean(should(1, [has("p"), has("r")])), has("q")]), "a b c", "b#0 c#0");
}

#[test]
fn a_filter_is_a_clause_without_score() {
    let in_rcm = || Clause::Filter(select("rcp", &["rcm"]));
    check(must([in_rcm()]), "b", "b#0");
    check(should(1, [in_rcm(), has("s")]), "b d", "b#0 d#0");
    check(Boolean { must_not: vec![in_rcm()], ..must([has("p")]) }, "a", "a#0");
    let plain = corpus().search(&documents(has("p")));
    let filtered = corpus().search(&documents(Clause::Boolean(must([has("p"), in_rcm()]))));
    assert_eq!(plain.hits[1].score.to_bits(), filtered.hits[0].score.to_bits());
    check(must([Clause::Filter(Filter::Documents(Vec::new()))]), "", "");
}

#[test]
fn scores_of_must_and_should_are_added() {
    let corpus = corpus();
    let score = |clause| {
        corpus.search(&documents(clause)).hits.iter().find(|hit| hit.document.as_str() == "b").map(|hit| hit.score)
    };
    let sum = score(has("p")).zip(score(has("q"))).map(|(p, q)| p + q);
    assert_eq!(score(Clause::Boolean(must([has("p"), has("q")]))), sum);
    assert_eq!(score(Clause::Boolean(should(1, [has("p"), has("q")]))), sum);
    assert_eq!(score(Clause::Boolean(Boolean { should: vec![has("q")], ..must([has("p")]) })), sum);
}

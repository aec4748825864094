//! The boolean tree over documents and passages.

use rcp_index::plan::{Boolean, Clause, Filter, Sort};

use crate::corpus::{Corpus, doc};
use crate::engine::Engine;
use crate::plans::{documents, has, must, passages, select, should};

cases! {
    all_of_must,
    enough_of_should,
    should_without_a_minimum_only_scores,
    none_of_must_not,
    trees_stand_in_trees,
    a_filter_is_a_clause_without_score,
    scores_of_must_and_should_are_added,
}

fn corpus<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").text("p").text("q"),
        doc("b").text("p q").facet("rcp", &["rcm"]),
        doc("c").text("q r"),
        doc("d").text("s"),
    ])
}

#[track_caller]
fn check<E: Engine>(clause: Boolean, expected_documents: &str, expected_passages: &str) {
    let corpus = corpus::<E>();
    corpus.check(&documents(Clause::Boolean(clause.clone())), expected_documents);
    corpus.check(&passages(Clause::Boolean(clause)), expected_passages);
}

fn all_of_must<E: Engine>() {
    check::<E>(must([has("p"), has("q")]), "a b", "b#0");
    check::<E>(must([has("p"), Clause::Everything]), "a b", "a#0 b#0");
    check::<E>(must([has("p"), Clause::Nothing]), "", "");
}

fn enough_of_should<E: Engine>() {
    let three = || [has("p"), has("q"), has("r")];
    check::<E>(should(1, three()), "a b c", "a#0 a#1 b#0 c#0");
    check::<E>(should(2, three()), "a b c", "b#0 c#0");
    check::<E>(should(3, three()), "", "");
    check::<E>(should(4, three()), "", "");
    check::<E>(should(1, []), "", "");
    // Also beside what must match.
    let beside = |minimum| Boolean { must: vec![has("q")], ..should(minimum, [has("p"), has("r")]) };
    check::<E>(beside(1), "a b c", "b#0 c#0");
    check::<E>(beside(2), "", "");
}

fn should_without_a_minimum_only_scores<E: Engine>() {
    check::<E>(should(0, [has("p")]), "a b c d", "a#0 a#1 b#0 c#0 d#0");
    let clause = Boolean { should: vec![has("p")], ..must([has("q")]) };
    let mut plan = documents(Clause::Boolean(clause));
    plan.sort = Sort::Relevance;
    let scores: Vec<_> =
        corpus::<E>().search(&plan).hits.iter().map(|hit| (hit.document.to_string(), hit.score)).collect();
    assert_eq!(scores[2].0, "c", "{scores:?}");
    assert!(scores[1].1 > scores[2].1, "{scores:?}");
}

fn none_of_must_not<E: Engine>() {
    check::<E>(Boolean { must_not: vec![has("p"), has("r")], ..Boolean::default() }, "d", "a#1 d#0");
    check::<E>(Boolean { must_not: vec![has("r")], ..must([has("q")]) }, "a b", "a#1 b#0");
    check::<E>(Boolean { must_not: vec![Clause::Everything], ..must([has("q")]) }, "", "");
    check::<E>(Boolean { must_not: vec![Clause::Nothing], ..Boolean::default() }, "a b c d", "a#0 a#1 b#0 c#0 d#0");
    check::<E>(Boolean::default(), "a b c d", "a#0 a#1 b#0 c#0 d#0");
}

fn trees_stand_in_trees<E: Engine>() {
    let neither = Clause::Boolean(Boolean { must_not: vec![has("p"), has("r")], ..Boolean::default() });
    check::<E>(should(1, [has("r"), neither.clone()]), "c d", "a#1 c#0 d#0");
    let not_neither = Boolean { must_not: vec![neither], ..Boolean::default() };
    check::<E>(not_neither, "a b c", "a#0 b#0 c#0");
    check::<E>(must([Clause::Boolean(should(1, [has("p"), has("r")])), has("q")]), "a b c", "b#0 c#0");
}

fn a_filter_is_a_clause_without_score<E: Engine>() {
    let in_rcm = || Clause::Filter(select("rcp", &["rcm"]));
    check::<E>(must([in_rcm()]), "b", "b#0");
    check::<E>(should(1, [in_rcm(), has("s")]), "b d", "b#0 d#0");
    check::<E>(Boolean { must_not: vec![in_rcm()], ..must([has("p")]) }, "a", "a#0");
    let plain = corpus::<E>().search(&documents(has("p")));
    let filtered = corpus::<E>().search(&documents(Clause::Boolean(must([has("p"), in_rcm()]))));
    assert_eq!(plain.hits[1].score.to_bits(), filtered.hits[0].score.to_bits());
    check::<E>(must([Clause::Filter(Filter::Documents(Vec::new()))]), "", "");
}

fn scores_of_must_and_should_are_added<E: Engine>() {
    let corpus = corpus::<E>();
    let score = |clause| {
        corpus.search(&documents(clause)).hits.iter().find(|hit| hit.document.as_str() == "b").map(|hit| hit.score)
    };
    let sum = score(has("p")).zip(score(has("q"))).map(|(p, q)| p + q).unwrap();
    let optional = Boolean { should: vec![has("q")], ..must([has("p")]) };
    for clause in [must([has("p"), has("q")]), should(1, [has("p"), has("q")]), optional] {
        let score = score(Clause::Boolean(clause)).unwrap();
        assert!((score - sum).abs() < 1e-6 * sum, "{score} {sum}");
    }
}

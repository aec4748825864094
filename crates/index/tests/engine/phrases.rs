//! Phrases: order, gaps, slop, alternatives, and where they end.

use rcp_index::plan::{Field, Form, Leaf, Member};

use crate::corpus::{Corpus, doc};
use crate::plans::{any, body, documents, passages, phrase};

/// Finds phrases in texts that are documents `a`, `b`, `c` … of one passage each.
#[track_caller]
fn check(texts: &[&str], cases: &[(Member, &str)]) {
    let ids = 'a'..='z';
    let corpus = Corpus::new(ids.zip(texts).map(|(id, text)| doc(&id.to_string()).text(text)));
    for (member, expected) in cases {
        corpus.check(&documents(any([body(std::slice::from_ref(member))])), expected);
    }
}

#[test]
fn words_stand_side_by_side_and_in_order() {
    let texts = ["private sector", "sector private", "private public sector", "private", "the private sector grows"];
    check(&texts, &[(phrase("private sector", 0), "a e"), (phrase("private public sector", 0), "c")]);
}

#[test]
fn a_gap_is_one_word_or_stop_word() {
    let texts = ["freedom of movement", "freedom movement", "freedom loves movement", "freedom of the movement"];
    check(&texts, &[(phrase("freedom _ movement", 0), "a c"), (phrase("freedom movement", 0), "b")]);
}

#[test]
fn slop_is_extra_words_in_all_and_keeps_the_order() {
    let texts = ["p q r", "p x q r", "p x q x r", "p x x q x r", "r q p", "q p x r"];
    let cases = [
        (phrase("p q r", 0), "a"),
        (phrase("p q r", 1), "a b"),
        (phrase("p q r", 2), "a b c"),
        (phrase("p q r", 3), "a b c d"),
        (phrase("q p", 50), "e f"),
        (phrase("p r", 1), "a f"),
    ];
    check(&texts, &cases);
}

#[test]
fn a_repeated_word_stands_twice() {
    let texts = ["very very large", "very large", "very x very large"];
    check(&texts, &[(phrase("very very", 0), "a"), (phrase("very very", 1), "a c"), (phrase("very very", 50), "a c")]);
}

#[test]
fn a_slot_has_alternatives() {
    let texts = ["border control", "frontier control", "border guard", "frontier x control"];
    let cases = [
        (phrase("border|frontier control", 0), "a b"),
        (phrase("border|frontier control|guard", 0), "a b c"),
        (phrase("border|missing control", 0), "a"),
        (phrase("missing control", 5), ""),
        (phrase("border|frontier", 0), "a b c d"),
    ];
    check(&texts, &cases);
}

#[test]
fn every_place_where_it_starts_counts() {
    let corpus = Corpus::new([
        doc("a").text("p q p q p q x x"),
        doc("b").text("p q x x x x x x"),
        doc("c").text("p q p q x x x x"),
    ]);
    let mut plan = documents(any([body(&[phrase("p q", 0)])]));
    plan.sort = rcp_index::plan::Sort::Relevance;
    corpus.check(&plan, "a c b");
}

#[test]
fn no_phrase_crosses_from_one_passage_or_heading_to_the_next() {
    let corpus = Corpus::new([
        doc("a").text("private").text("sector"),
        doc("b").heading("private").text("sector"),
        doc("c").text("private sector"),
        doc("d").text("x private").text("the of").text("sector"),
        doc("e").title("private").text("sector"),
    ]);
    for slop in [0, 50] {
        let leaf = body(&[phrase("private sector", slop)]);
        corpus.check(&documents(any([leaf.clone()])), "c");
        corpus.check(&passages(any([leaf.clone()])), "c#0");
        let exact = Field { form: Form::Exact, ..leaf.field };
        corpus.check(&documents(any([Leaf { field: exact, ..leaf }])), "c");
    }
}

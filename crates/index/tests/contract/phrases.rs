//! Phrases: order, gaps, slop, alternatives, and where they end.

use rcp_index::plan::{Field, Form, Leaf, Member};

use crate::corpus::{Corpus, doc};
use crate::engine::Engine;
use crate::plans::{any, body, documents, passages, phrase};

cases! {
    words_stand_side_by_side_and_in_order,
    a_gap_is_one_word_or_stop_word,
    slop_is_extra_words_in_all_and_keeps_the_order,
    a_repeated_word_stands_twice,
    a_slot_has_alternatives,
    the_first_way_through_is_not_the_only_one,
    a_gap_may_be_wide_and_combine_with_slop,
    no_phrase_crosses_from_one_passage_or_heading_to_the_next,
}

/// Finds phrases in texts that are documents `a`, `b`, `c` … of one passage each.
#[track_caller]
fn check<E: Engine>(texts: &[&str], cases: &[(Member, &str)]) {
    let ids = 'a'..='z';
    let corpus = Corpus::<E>::new(ids.zip(texts).map(|(id, text)| doc(&id.to_string()).text(text)));
    for (member, expected) in cases {
        corpus.check(&documents(any([body(std::slice::from_ref(member))])), expected);
    }
}

fn words_stand_side_by_side_and_in_order<E: Engine>() {
    let texts = ["private sector", "sector private", "private public sector", "private", "the private sector grows"];
    check::<E>(&texts, &[(phrase("private sector", 0), "a e"), (phrase("private public sector", 0), "c")]);
}

fn a_gap_is_one_word_or_stop_word<E: Engine>() {
    let texts = ["freedom of movement", "freedom movement", "freedom loves movement", "freedom of the movement"];
    check::<E>(&texts, &[(phrase("freedom _ movement", 0), "a c"), (phrase("freedom movement", 0), "b")]);
}

fn slop_is_extra_words_in_all_and_keeps_the_order<E: Engine>() {
    let texts = ["p q r", "p x q r", "p x q x r", "p x x q x r", "r q p", "q p x r"];
    let cases = [
        (phrase("p q r", 0), "a"),
        (phrase("p q r", 1), "a b"),
        (phrase("p q r", 2), "a b c"),
        (phrase("p q r", 3), "a b c d"),
        (phrase("q p", 50), "e f"),
        (phrase("p r", 1), "a f"),
    ];
    check::<E>(&texts, &cases);
}

fn a_repeated_word_stands_twice<E: Engine>() {
    let texts = ["very very large", "very large", "very x very large"];
    check::<E>(
        &texts,
        &[(phrase("very very", 0), "a"), (phrase("very very", 1), "a c"), (phrase("very very", 50), "a c")],
    );
}

fn a_slot_has_alternatives<E: Engine>() {
    let texts = ["border control", "frontier control", "border guard", "frontier x control"];
    let cases = [
        (phrase("border|frontier control", 0), "a b"),
        (phrase("border|frontier control|guard", 0), "a b c"),
        (phrase("border|missing control", 0), "a"),
        (phrase("missing control", 5), ""),
        (phrase("border|frontier", 0), "a b c d"),
    ];
    check::<E>(&texts, &cases);
}

/// Within the slop, a later word may stand where an earlier one already did.
fn the_first_way_through_is_not_the_only_one<E: Engine>() {
    let texts = ["p q q r", "p r q r", "p q x q r", "p p q"];
    let cases = [
        (phrase("p q r", 0), ""),
        (phrase("p q r", 1), "a b"),
        (phrase("p q r", 2), "a b c"),
        (phrase("p _ r", 0), ""),
        (phrase("p _ r", 1), "a b"),
        (phrase("p p q", 0), "d"),
        (phrase("q|p q|r r", 1), "a b c"),
    ];
    check::<E>(&texts, &cases);
}

fn a_gap_may_be_wide_and_combine_with_slop<E: Engine>() {
    let texts = ["p x x q", "p x q", "p x x x q", "p the of q", "p x the x q"];
    let cases = [(phrase("p _ _ q", 0), "a d"), (phrase("p _ _ q", 1), "a c d e"), (phrase("p _ q", 1), "a b d")];
    check::<E>(&texts, &cases);
}

fn no_phrase_crosses_from_one_passage_or_heading_to_the_next<E: Engine>() {
    let corpus = Corpus::<E>::new([
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

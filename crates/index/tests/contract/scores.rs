//! Scores, held against the formula with numbers counted by hand.

use rcp_index::plan::{Field, Form, Leaf, Member, Plan, Similarity, Text};

use crate::corpus::{Corpus, doc};
use crate::engine::Engine;
use crate::plans::{any, body, documents, has, leaf, passages, phrase, word};

cases! {
    a_score_is_bm25,
    statistics_are_those_of_the_unit,
    a_field_that_is_missing_counts_in_no_statistic,
    removed_words_count_in_no_length,
    a_length_is_kept_in_one_byte,
    a_synonym_group_scores_as_one_term,
    a_group_is_as_frequent_as_its_most_frequent_member,
    a_phrase_is_as_frequent_as_its_rarest_slot,
    a_phrase_counts_wherever_it_starts,
    a_phrase_beside_tokens_is_one_term_with_them,
    a_token_inside_a_phrase_of_its_group_counts_as_well,
    a_boost_is_a_factor,
    the_parameters_are_those_of_the_plan,
    what_matches_is_added_up,
}

/// A term over documents.
fn term(token: &str) -> Plan {
    documents(has(token))
}

fn group(members: &[Member]) -> Plan {
    documents(any([body(members)]))
}

/// `n` records have the field, `df` of them the term, `tf` times in one of `length` tokens.
fn bm25(n: f64, df: f64, tf: f64, length: f64, mean: f64) -> f64 {
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln() * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean))
}

#[track_caller]
fn check<E: Engine>(corpus: &Corpus<E>, plan: &Plan, name: &str, expected: f64) {
    let score = f64::from(corpus.score(plan, name));
    assert!((score - expected).abs() < 1e-6 * expected, "{name}: {score} instead of {expected}");
}

fn a_score_is_bm25<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("visa coast"), doc("b").text("coast coast coast coast")]);
    // ln 2 / (1 + 1.2 × (0.25 + 0.75 × 2 / 3)), and ln 1.2 × 4 / (4 + 1.2 × (0.25 + 0.75 × 4 / 3)).
    check(&corpus, &term("visa"), "a", 0.364_814_305);
    check(&corpus, &term("coast"), "b", 0.132_597_489);
    assert!((bm25(2.0, 1.0, 1.0, 2.0, 3.0) - 0.364_814_305).abs() < 1e-8);
}

fn statistics_are_those_of_the_unit<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").heading("labour").text("visa visa").text("coast coast coast"),
        doc("b").text("visa").text("coast coast"),
    ]);
    // Documents: a has 6 tokens, its heading among them, b has 3. Passages: 2, 3, 1 and 2.
    check(&corpus, &term("visa"), "a", bm25(2.0, 2.0, 2.0, 6.0, 4.5));
    check(&corpus, &passages(has("visa")), "a#0", bm25(4.0, 2.0, 2.0, 2.0, 2.0));
    check(&corpus, &passages(has("visa")), "b#0", bm25(4.0, 2.0, 1.0, 1.0, 2.0));
}

fn a_field_that_is_missing_counts_in_no_statistic<E: Engine>() {
    let titled = || [doc("a").title("visa coast"), doc("b").title("labour").text("visa")];
    let title = documents(any([leaf(Text::Title, &[Member::term("visa")])]));
    let alone = Corpus::<E>::new(titled());
    check(&alone, &title, "a", bm25(2.0, 1.0, 1.0, 2.0, 1.5));
    // A title of stop words alone is none.
    let others = [doc("c").text("visa"), doc("d"), doc("e").title("of the")];
    let beside = Corpus::<E>::new(titled().into_iter().chain(others));
    assert_eq!(alone.score(&title, "a").to_bits(), beside.score(&title, "a").to_bits());
}

fn removed_words_count_in_no_length<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("visa of the"), doc("b").text("visa x"), doc("c").text("the visa")]);
    check(&corpus, &term("visa"), "a", bm25(3.0, 3.0, 1.0, 1.0, 4.0 / 3.0));
    assert_eq!(corpus.score(&term("visa"), "a").to_bits(), corpus.score(&term("visa"), "c").to_bits());
    // As written, all words are there.
    let exact = Field { form: Form::Exact, text: Text::Body };
    let plan = documents(any([Leaf { field: exact, ..body(&[Member::term("visa")]) }]));
    check(&corpus, &plan, "a", bm25(3.0, 3.0, 1.0, 3.0, 7.0 / 3.0));
}

/// Exact up to 40; then 41 is as 40, and 42 is not. 1,000 is as 984, the next number that is kept below it.
fn a_length_is_kept_in_one_byte<E: Engine>() {
    let text = |length: usize| format!("visa{}", " x".repeat(length - 1));
    let lengths = ["a", "b", "c", "d", "e"].into_iter().zip([39, 40, 41, 42, 1_000]);
    let corpus = Corpus::<E>::new(lengths.map(|(id, length)| doc(id).text(&text(length))));
    let mean = (39.0 + 40.0 + 41.0 + 42.0 + 1_000.0) / 5.0;
    for (name, length) in [("a", 39.0), ("b", 40.0), ("c", 40.0), ("d", 42.0), ("e", 984.0)] {
        check(&corpus, &term("visa"), name, bm25(5.0, 5.0, 1.0, length, mean));
    }
}

/// The weighted frequencies are summed before the score is taken, so twice half a word is once the word.
fn a_synonym_group_scores_as_one_term<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").text("visa visa coast"),
        doc("b").text("permit permit coast"),
        doc("c").text("visa permit coast"),
        doc("d").text("coast coast coast"),
    ]);
    let score = |members: &[Member], id: &str| corpus.score(&group(members), id);
    let weighed = [Member::term("visa"), Member { weight: 0.5, ..Member::term("permit") }];
    check(&corpus, &group(&weighed), "c", bm25(4.0, 2.0, 1.5, 3.0, 3.0));
    let same = [Member::term("visa"), Member::term("permit")];
    assert_eq!(score(&same, "a").to_bits(), score(&same, "c").to_bits());
    assert_eq!(score(&weighed, "b").to_bits(), score(&[Member::term("visa")], "c").to_bits());
}

fn a_group_is_as_frequent_as_its_most_frequent_member<E: Engine>() {
    let texts = ["visa x", "visa x", "visa x", "permit x", "coast x"];
    let corpus = Corpus::<E>::new(('a'..='e').zip(texts).map(|(id, text)| doc(&id.to_string()).text(text)));
    for members in [["visa", "permit"], ["permit", "visa"]] {
        let plan = group(&members.map(Member::term));
        check(&corpus, &plan, "d", bm25(5.0, 3.0, 1.0, 2.0, 2.0));
        check(&corpus, &plan, "a", bm25(5.0, 3.0, 1.0, 2.0, 2.0));
    }
    check(&corpus, &group(&[Member::term("permit"), Member::term("missing")]), "d", bm25(5.0, 1.0, 1.0, 2.0, 2.0));
}

fn a_phrase_is_as_frequent_as_its_rarest_slot<E: Engine>() {
    let texts = ["visa labour", "visa x", "visa x", "permit x", "labour x"];
    let corpus = Corpus::<E>::new(('a'..='e').zip(texts).map(|(id, text)| doc(&id.to_string()).text(text)));
    check(&corpus, &group(&[phrase("visa labour", 0)]), "a", bm25(5.0, 2.0, 1.0, 2.0, 2.0));
    // A slot is as frequent as the most frequent word that may stand there.
    check(&corpus, &group(&[phrase("visa|permit labour|x", 0)]), "a", bm25(5.0, 3.0, 1.0, 2.0, 2.0));
    check(&corpus, &group(&[phrase("visa|permit", 0)]), "d", bm25(5.0, 3.0, 1.0, 2.0, 2.0));
}

fn a_phrase_counts_wherever_it_starts<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("p q p q p q x x"), doc("b").text("p p q x x x x x")]);
    check(&corpus, &group(&[phrase("p q", 0)]), "a", bm25(2.0, 2.0, 3.0, 8.0, 8.0));
    check(&corpus, &group(&[phrase("p q", 0)]), "b", bm25(2.0, 2.0, 1.0, 8.0, 8.0));
    // With an extra position, both of its first words reach the second.
    check(&corpus, &group(&[phrase("p q", 1)]), "b", bm25(2.0, 2.0, 2.0, 8.0, 8.0));
    check(&corpus, &group(&[phrase("p|x q|x", 0)]), "b", bm25(2.0, 2.0, 5.0, 8.0, 8.0));
}

/// Its frequency is weighted as that of a token, and its rarest word may make the group more frequent than the token does.
fn a_phrase_beside_tokens_is_one_term_with_them<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").text("trafficking x x x"),
        doc("b").text("trata de personas x"),
        doc("c").text("trafficking trata de personas"),
        doc("d").text("trata x x x"),
        doc("e").text("de personas personas x"),
    ]);
    let name = |weight| Member { weight, ..phrase("trata de personas", 0) };
    // Two have the token, three each word of the name: the group is in three, though two have the phrase.
    for members in [[Member::term("trafficking"), name(0.5)], [name(0.5), Member::term("trafficking")]] {
        check(&corpus, &group(&members), "a", bm25(5.0, 3.0, 1.0, 4.0, 4.0));
        check(&corpus, &group(&members), "b", bm25(5.0, 3.0, 0.5, 4.0, 4.0));
        check(&corpus, &group(&members), "c", bm25(5.0, 3.0, 1.5, 4.0, 4.0));
        assert_eq!(corpus.search(&group(&members)).total, 3);
    }
    // Two phrases, one of them with a slop that reaches further.
    let near = Member { weight: 0.25, ..phrase("trafficking personas", 2) };
    check(&corpus, &group(&[name(0.5), near]), "c", bm25(5.0, 3.0, 0.75, 4.0, 4.0));
}

/// Frequencies are added member by member: what stands in two members counts in both. Who does not want that leaves such
/// members out of the group.
fn a_token_inside_a_phrase_of_its_group_counts_as_well<E: Engine>() {
    let corpus =
        Corpus::<E>::new([doc("a").text("border control x"), doc("b").text("border x x"), doc("c").text("x x x")]);
    let members = [Member::term("border"), Member { weight: 0.5, ..phrase("border control", 0) }];
    check(&corpus, &group(&members), "a", bm25(3.0, 2.0, 1.5, 3.0, 3.0));
    check(&corpus, &group(&members), "b", bm25(3.0, 2.0, 1.0, 3.0, 3.0));
    let twice = [Member::term("border"), Member::term("border")];
    check(&corpus, &group(&twice), "b", bm25(3.0, 2.0, 2.0, 3.0, 3.0));
}

fn a_boost_is_a_factor<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("visa"), doc("b").text("x")]);
    let score = |boost| corpus.score(&documents(any([Leaf { boost, ..body(&[Member::term("visa")]) }])), "a");
    assert!((score(3.0) / score(1.0) - 3.0).abs() < 1e-6);
    assert_eq!(score(0.0).to_bits(), 0.0_f32.to_bits());
}

fn the_parameters_are_those_of_the_plan<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("visa visa visa"), doc("b").text("visa x x x x x x")]);
    let with = |k1, b| Plan { similarity: Similarity { k1, b }, ..term("visa") };
    let idf = 1.2_f64.ln();
    check(&corpus, &with(0.0, 0.75), "a", idf);
    check(&corpus, &with(0.0, 0.75), "b", idf);
    check(&corpus, &with(2.0, 0.0), "a", idf * 3.0 / 5.0);
    check(&corpus, &with(1.0, 1.0), "a", idf * 3.0 / 3.6);
    check(&corpus, &with(1.0, 1.0), "b", idf / 2.4);
}

/// A leaf that is no anchor adds its score as well, and one that does not match adds nothing.
fn what_matches_is_added_up<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").title("visa").text("visa labour"),
        doc("b").title("coast").text("visa labour"),
        doc("c").text("x x"),
    ]);
    let leaves = [word(0, Text::Body, "visa"), word(0, Text::Title, "visa"), word(1, Text::Body, "missing")];
    let plan = documents(any(leaves));
    let of_body = bm25(3.0, 2.0, 1.0, 2.0, 2.0);
    check(&corpus, &plan, "a", of_body + bm25(2.0, 1.0, 1.0, 1.0, 1.0));
    check(&corpus, &plan, "b", of_body);
}

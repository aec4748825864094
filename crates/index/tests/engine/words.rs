//! Terms, synonym groups and unions of leaves: what matches, and how it scores.

use rcp_index::plan::{Clause, Field, Form, Leaf, Member, Text, Words};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, doc, names};
use crate::plans::{any, body, documents, has, leaf, passages, plan, word};
use crate::scan::scan;

fn weighted(token: &str, weight: f32) -> Member {
    Member { weight, ..Member::term(token) }
}

fn small() -> Corpus {
    Corpus::new([
        doc("a").title("border").text("visa visa coast").text("labour"),
        doc("b").heading("visa").text("labour the coast").facts("geneva"),
        doc("c").text("border labour labour labour"),
        doc("d").title("the coast").text("移民 Ελλάδα co-operation"),
    ])
}

#[test]
fn a_term_finds_the_texts_that_have_it() {
    let corpus = small();
    corpus.check(&documents(has("visa")), "a b");
    corpus.check(&passages(has("visa")), "a#0");
    corpus.check(&documents(has("missing")), "");
    corpus.check(&documents(any([leaf(Text::Title, &[Member::term("border")])])), "a");
    corpus.check(&documents(any([leaf(Text::Facts, &[Member::term("geneva")])])), "b");
    corpus.check(&passages(any([leaf(Text::Facts, &[Member::term("geneva")])])), "");
}

#[test]
fn words_of_every_script_are_found() {
    let corpus = small();
    for token in ["移", "民", "ελλαδα", "co", "operation"] {
        corpus.check(&documents(has(token)), "d");
    }
}

#[test]
fn stop_words_are_in_the_exact_form_alone() {
    let corpus = small();
    let the = |form| any([Leaf { field: Field { text: Text::Body, form }, ..body(&[Member::term("the")]) }]);
    corpus.check(&documents(the(Form::Stem)), "");
    corpus.check(&documents(the(Form::Exact)), "b");
}

#[test]
fn the_filler_is_no_word() {
    small().check(&documents(has(rcp_corpus::analysis::FILLER)), "");
    small().check(&documents(has("")), "");
}

#[test]
fn a_union_asks_for_as_many_different_words_as_its_minimum() {
    let corpus = small();
    let union = |minimum| {
        let leaves = vec![word(0, Text::Body, "visa"), word(1, Text::Body, "labour"), word(2, Text::Body, "border")];
        documents(Clause::Words(Words { leaves, minimum }))
    };
    for (minimum, expected) in [(0, "a b c"), (1, "a b c"), (2, "a b c"), (3, "")] {
        corpus.check(&union(minimum), expected);
    }
    // Two leaves of one word cover one word.
    let leaves = vec![word(0, Text::Body, "visa"), word(0, Text::Body, "coast")];
    corpus.check(&documents(Clause::Words(Words { leaves, minimum: 2 })), "");
}

#[test]
fn a_member_that_replaces_two_words_covers_both() {
    let corpus = small();
    let both = Leaf { words: 0b11, ..body(&[Member::term("visa")]) };
    corpus.check(&documents(Clause::Words(Words { leaves: vec![both], minimum: 2 })), "a b");
}

#[test]
fn heading_and_title_count_only_beside_the_passages_own_words() {
    let corpus = small();
    let leaves = |minimum| {
        let leaves =
            vec![word(0, Text::Body, "labour"), word(1, Text::Headings, "visa"), word(2, Text::Title, "border")];
        passages(Clause::Words(Words { leaves, minimum }))
    };
    corpus.check(&leaves(1), "a#1 b#0 c#0");
    corpus.check(&leaves(2), "a#1 b#0");
    let heading_alone = vec![word(0, Text::Headings, "visa")];
    corpus.check(&passages(Clause::Words(Words { leaves: heading_alone, minimum: 0 })), "");
    // They add to the score as well.
    let page = corpus.search(&leaves(1));
    let scores: Vec<f32> = page.hits.iter().map(|hit| hit.score).collect();
    assert!(scores[1] > scores[2], "{scores:?}");
}

#[test]
fn hits_that_cover_all_words_are_counted() {
    let corpus = small();
    let leaves = vec![word(0, Text::Body, "labour"), word(1, Text::Body, "coast")];
    let mut plan = documents(Clause::Words(Words { leaves, minimum: 1 }));
    plan.words = 0b11;
    let page = corpus.search(&plan);
    assert_eq!((page.total, page.total_all_words), (4 - 1, 2));
}

#[test]
fn different_documents_among_passages_are_counted() {
    let page = small().search(&passages(Clause::Everything));
    assert_eq!((page.total, page.total_documents), (5, 4));
}

/// A group scores as one term with the sum of the weighted frequencies; so twice half a word is once the word.
#[test]
fn a_synonym_group_scores_as_one_term() {
    let corpus = Corpus::new([
        doc("a").text("visa visa coast"),
        doc("b").text("permit permit coast"),
        doc("c").text("visa permit coast"),
        doc("d").text("coast coast coast"),
    ]);
    let score = |members: &[Member], id: &str| {
        let page = corpus.search(&documents(any([body(members)])));
        let at = names(&page).iter().position(|name| name == id).unwrap();
        page.hits[at].score
    };
    let group = [Member::term("visa"), weighted("permit", 0.5)];
    let same = [Member::term("visa"), Member::term("permit")];
    assert_eq!(score(&same, "a").to_bits(), score(&same, "c").to_bits());
    assert!(score(&group, "a") > score(&group, "c") && score(&group, "c") > score(&group, "b"));
    // tf 1 (half of two): as a document that has the word once, of the same length and df.
    assert_eq!(score(&group, "b").to_bits(), score(&[Member::term("visa")], "c").to_bits());
}

#[test]
fn a_boost_is_a_factor() {
    let corpus = small();
    let score = |boost| {
        let leaf = Leaf { boost, ..body(&[Member::term("visa")]) };
        corpus.search(&documents(any([leaf]))).hits[0].score
    };
    assert!((score(3.0) / score(1.0) - 3.0).abs() < 1e-6);
    assert_eq!(score(0.0).to_bits(), 0.0_f32.to_bits());
}

/// More records than are scored together, and lists that a conjunction skips in: compared with the scan.
#[test]
fn long_lists_are_read_whole() {
    let words = |at: u32| -> String {
        let has = [(3, "visa"), (7, "labour"), (11, "coast"), (1_009, "border"), (1, "all")];
        has.iter().filter(|(step, _)| at.is_multiple_of(*step)).map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    };
    let document = |number: u32| {
        (0..250).fold(doc(&format!("d{number:02}")), |document, at| document.text(&words(number * 250 + at)))
    };
    let corpus = Corpus::new((0..20).map(document));
    let union = |minimum, tokens: &[&str]| {
        let leaves = (0..).zip(tokens).map(|(number, token)| word(number, Text::Body, token)).collect();
        Clause::Words(Words { leaves, minimum })
    };
    let clauses = [
        has("all"),
        union(0, &["visa", "labour"]),
        union(2, &["visa", "labour", "coast"]),
        union(2, &["border", "all"]),
        Clause::Boolean(crate::plans::must([has("border"), union(1, &["visa", "labour", "coast"])])),
        Clause::Boolean(crate::plans::must([union(1, &["visa", "labour", "coast"]), has("border")])),
        Clause::Boolean(crate::plans::should(2, [has("border"), has("visa"), has("all")])),
    ];
    for clause in clauses {
        let plan = plan(rcp_index::plan::Unit::Passages, clause);
        let expected = scan(&corpus.records, &Scope::public(), &plan).names();
        assert!(!expected.is_empty());
        assert_eq!(names(&corpus.search(&plan)), expected, "{:?}", plan.clause);
    }
}

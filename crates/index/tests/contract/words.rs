//! Terms, groups and unions of leaves: what matches, and which words it covers. How it scores is in [`crate::scores`].

use rcp_index::plan::{Boolean, Clause, Field, Form, Leaf, Member, Plan, Text, Words};

use crate::corpus::{Corpus, doc};
use crate::engine::Engine;
use crate::plans::{any, body, documents, has, leaf, must, passages, phrase, should, word};

cases! {
    a_term_finds_the_texts_that_have_it,
    stop_words_are_in_the_exact_form_alone,
    the_filler_is_no_word,
    a_union_asks_for_as_many_different_words_as_its_minimum,
    a_member_that_replaces_two_words_covers_both,
    heading_and_title_count_only_beside_the_passages_own_words,
    hits_that_cover_all_words_are_counted,
    different_documents_among_passages_are_counted,
    every_text_is_searched_in_both_forms,
    a_group_matches_where_any_member_does,
    words_covered_are_gathered_over_the_tree,
    long_lists_are_read_whole,
}

fn small<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").title("border").text("visa visa coast").text("labour"),
        doc("b").heading("visa").text("labour the coast").facts("geneva"),
        doc("c").text("border labour labour labour"),
        doc("d").title("the coast").text("none of it"),
    ])
}

fn a_term_finds_the_texts_that_have_it<E: Engine>() {
    let corpus = small::<E>();
    corpus.check(&documents(has("visa")), "a b");
    corpus.check(&passages(has("visa")), "a#0");
    corpus.check(&documents(has("missing")), "");
    corpus.check(&documents(any([leaf(Text::Title, &[Member::term("border")])])), "a");
    corpus.check(&documents(any([leaf(Text::Facts, &[Member::term("geneva")])])), "b");
    corpus.check(&passages(any([leaf(Text::Facts, &[Member::term("geneva")])])), "");
}

fn stop_words_are_in_the_exact_form_alone<E: Engine>() {
    let corpus = small::<E>();
    let the = |form| any([Leaf { field: Field { text: Text::Body, form }, ..body(&[Member::term("the")]) }]);
    corpus.check(&documents(the(Form::Stem)), "");
    corpus.check(&documents(the(Form::Exact)), "b");
}

fn the_filler_is_no_word<E: Engine>() {
    small::<E>().check(&documents(has(rcp_corpus::analysis::FILLER)), "");
    small::<E>().check(&documents(has("")), "");
}

fn a_union_asks_for_as_many_different_words_as_its_minimum<E: Engine>() {
    let corpus = small::<E>();
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

fn a_member_that_replaces_two_words_covers_both<E: Engine>() {
    let corpus = small::<E>();
    let both = Leaf { words: 0b11, ..body(&[Member::term("visa")]) };
    corpus.check(&documents(Clause::Words(Words { leaves: vec![both], minimum: 2 })), "a b");
}

fn heading_and_title_count_only_beside_the_passages_own_words<E: Engine>() {
    let corpus = small::<E>();
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

fn hits_that_cover_all_words_are_counted<E: Engine>() {
    let corpus = small::<E>();
    let leaves = vec![word(0, Text::Body, "labour"), word(1, Text::Body, "coast")];
    let mut plan = documents(Clause::Words(Words { leaves, minimum: 1 }));
    plan.words = 0b11;
    let page = corpus.search(&plan);
    assert_eq!((page.total, page.total_all_words), (4 - 1, 2));
}

fn different_documents_among_passages_are_counted<E: Engine>() {
    let page = small::<E>().search(&passages(Clause::Everything));
    assert_eq!((page.total, page.total_documents), (5, 4));
}

/// Headings are part of a document's body, and no part of a passage's own text.
fn every_text_is_searched_in_both_forms<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").title("the alpha").heading("the beta").text("the gamma").facts("the delta"),
        doc("b").title("the delta").heading("the gamma").text("the beta").facts("the alpha"),
    ]);
    let cases = [
        (Text::Body, ["", "a b", "a b", ""], ["", "b#0", "a#0", ""]),
        (Text::Title, ["a", "", "", "b"], ["a#0", "", "", "b#0"]),
        (Text::Headings, ["", "a", "b", ""], ["", "a#0", "b#0", ""]),
        (Text::Facts, ["b", "", "", "a"], ["", "", "", ""]),
    ];
    for (text, of_documents, of_passages) in cases {
        for form in [Form::Stem, Form::Exact] {
            let leaf = |member: Member| any([Leaf { field: Field { text, form }, ..body(&[member]) }]);
            for (at, token) in ["alpha", "beta", "gamma", "delta"].into_iter().enumerate() {
                corpus.check(&documents(leaf(Member::term(token))), of_documents[at]);
                corpus.check(&passages(leaf(Member::term(token))), of_passages[at]);
                // The stop word before it is a gap in one form and a word in the other.
                let after_the = documents(leaf(phrase(&format!("the {token}"), 0)));
                corpus.check(&after_the, if form == Form::Exact { of_documents[at] } else { "" });
            }
        }
    }
}

fn a_group_matches_where_any_member_does<E: Engine>() {
    let corpus = small::<E>();
    let group = |members: &[Member]| any([body(members)]);
    corpus.check(&documents(group(&[Member::term("visa"), Member::term("border")])), "a b c");
    corpus.check(&passages(group(&[Member::term("missing"), phrase("border labour", 0)])), "c#0");
    corpus.check(&documents(group(&[])), "");
    corpus.check(&documents(any([])), "");
}

/// Words covered by `must` and `should` count together, those of `must_not` and of clauses that do not match do not.
fn words_covered_are_gathered_over_the_tree<E: Engine>() {
    let corpus = small::<E>();
    let one = |number, token| any([word(number, Text::Body, token)]);
    let all_words = |clause: Boolean| {
        let page = corpus.search(&Plan { words: 0b11, ..documents(Clause::Boolean(clause)) });
        (page.total, page.total_all_words)
    };
    let optional = Boolean { should: vec![one(1, "coast")], ..must([one(0, "labour")]) };
    assert_eq!(all_words(optional), (3, 2));
    assert_eq!(all_words(must([one(0, "labour"), one(1, "coast")])), (2, 2));
    assert_eq!(all_words(should(1, [one(0, "labour"), one(1, "coast")])), (3, 2));
    let nested = must([Clause::Boolean(should(1, [one(0, "labour"), one(0, "visa")])), one(1, "border")]);
    assert_eq!(all_words(nested), (1, 1));
    let excluded = Boolean { must_not: vec![one(1, "coast")], ..must([one(0, "labour")]) };
    assert_eq!(all_words(excluded), (1, 0));
    assert_eq!(all_words(must([one(0, "labour"), Clause::Everything])), (3, 0));
}

/// More records than an engine scores together, and lists that a conjunction skips in.
fn long_lists_are_read_whole<E: Engine>() {
    const STEPS: [(u32, &str); 5] = [(1, "all"), (3, "visa"), (7, "labour"), (11, "coast"), (1_009, "border")];
    let words = |at: u32| -> String {
        let here = STEPS.iter().filter(|(step, _)| at.is_multiple_of(*step));
        here.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    };
    let document = |number: u32| {
        (0..250).fold(doc(&format!("d{number:02}")), |document, at| document.text(&words(number * 250 + at)))
    };
    let corpus = Corpus::<E>::new((0..20).map(document));
    let union = |minimum, tokens: &[&str]| {
        let leaves = (0..).zip(tokens).map(|(number, token)| word(number, Text::Body, token)).collect();
        Clause::Words(Words { leaves, minimum })
    };
    let check = |clause, matches: &dyn Fn(u32) -> bool| {
        let expected = (0..5_000).filter(|&at| matches(at)).map(|at| format!("d{:02}#{}", at / 250, at % 250));
        corpus.check(&passages(clause), &expected.collect::<Vec<_>>().join(" "));
    };
    let [visa, labour, coast, border] = [3, 7, 11, 1_009].map(|step: u32| move |at: u32| at.is_multiple_of(step));
    let of_three = |at| u32::from(visa(at)) + u32::from(labour(at)) + u32::from(coast(at));
    check(has("all"), &|_| true);
    check(union(0, &["visa", "labour"]), &|at| visa(at) || labour(at));
    check(union(2, &["visa", "labour", "coast"]), &|at| of_three(at) >= 2);
    check(union(2, &["border", "all"]), &border);
    let three = || union(1, &["visa", "labour", "coast"]);
    check(Clause::Boolean(must([has("border"), three()])), &|at| border(at) && of_three(at) > 0);
    check(Clause::Boolean(must([three(), has("border")])), &|at| border(at) && of_three(at) > 0);
    check(Clause::Boolean(should(2, [has("border"), has("visa"), has("all")])), &|at| border(at) || visa(at));
}

//! The best passages of documents.

use rcp_corpus::model::PassageKind;
use rcp_index::backend::{Evidence, EvidenceRequest};
use rcp_index::plan::{Budget, Clause, Leaf, Plan, Similarity, Text, Words};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, both, doc, ids};
use crate::engine::Engine;
use crate::plans::{passages, word};

cases! {
    the_best_passages_come_first_and_equal_ones_in_their_order,
    a_heading_adds_to_the_score_of_matching_passages_alone,
    a_match_in_a_heading_alone_shows_the_first_passage_below_it,
    a_match_in_the_title_alone_shows_the_lead_paragraph,
    a_word_that_is_never_required_makes_no_evidence_beside_others,
    documents_are_answered_in_the_order_asked_for,
    without_a_limit_to_show_the_passages_are_still_counted_and_scored,
    a_lead_is_looked_for_at_the_beginning_alone,
    scores_are_those_of_a_search_for_passages,
}

fn corpus<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").title("visa").text("coast").text("visa labour").text("visa").heading("border").text("coast").text("x"),
        doc("b").title("visa").passage(PassageKind::TableRow, "row").text("first paragraph").text("second"),
        doc("c").title("visa").passage(PassageKind::TableRow, "row").passage(PassageKind::ListItem, "item"),
        doc("d").heading("other").text("x").heading("visa coast").text("below").text("further below"),
        doc("e").text("visa").text("visa").text("visa").text("visa coast").collection("closed"),
        doc("f").title("visa"),
    ])
}

/// Leaves over own text, headings and title for some words.
fn leaves(tokens: &[&str]) -> Vec<Leaf> {
    let texts = [Text::Body, Text::Headings, Text::Title];
    let numbered = (0..).zip(tokens).flat_map(|(number, token)| texts.map(|text| word(number, text, token)));
    numbered.collect()
}

fn evidence<E: Engine>(scope: &Scope, ids: &[&str], leaves: &[Leaf], limit: usize) -> Vec<Evidence> {
    let documents = self::ids(ids);
    let request = EvidenceRequest {
        documents: &documents,
        leaves,
        limit,
        similarity: Similarity::default(),
        budget: Budget::default(),
    };
    corpus::<E>().backend().evidence(scope, &request).unwrap()
}

/// Ordinals of the passages shown, `?` behind one that only stands in, and how many there are in all.
fn shown(evidence: &Evidence) -> String {
    let mark = |matched| if matched { "" } else { "?" };
    let passages =
        evidence.passages.iter().map(|scored| format!("{}{} ", scored.passage.ordinal, mark(scored.matched)));
    passages.collect::<String>() + &format!("of {}", evidence.total)
}

#[track_caller]
fn check<E: Engine>(id: &str, tokens: &[&str], expected: &str) {
    let found = evidence::<E>(&both(), &[id], &leaves(tokens), 3);
    assert_eq!(shown(&found[0]), expected);
}

fn the_best_passages_come_first_and_equal_ones_in_their_order<E: Engine>() {
    check::<E>("a", &["visa"], "2 1 of 2");
    check::<E>("a", &["visa", "labour"], "1 2 of 2");
    check::<E>("e", &["visa"], "0 1 2 of 4");
}

fn a_heading_adds_to_the_score_of_matching_passages_alone<E: Engine>() {
    check::<E>("a", &["border", "coast"], "3 0 of 2");
}

fn a_match_in_a_heading_alone_shows_the_first_passage_below_it<E: Engine>() {
    check::<E>("d", &["visa"], "1? of 0");
    check::<E>("d", &["other"], "0? of 0");
    check::<E>("d", &["other", "visa"], "0? of 0");
}

fn a_match_in_the_title_alone_shows_the_lead_paragraph<E: Engine>() {
    check::<E>("b", &["visa"], "1? of 0");
    check::<E>("c", &["visa"], "0? of 0");
    check::<E>("f", &["visa"], "of 0");
    check::<E>("b", &[], "1? of 0");
}

fn a_word_that_is_never_required_makes_no_evidence_beside_others<E: Engine>() {
    let optional = Leaf { words: 0, ..word(0, Text::Body, "coast") };
    let scope = Scope::public();
    let with_other = [optional.clone(), word(1, Text::Body, "labour")];
    assert_eq!(shown(&evidence::<E>(&scope, &["a"], &with_other, 3)[0]), "1 of 1");
    assert_eq!(shown(&evidence::<E>(&scope, &["a"], &[optional], 3)[0]), "0 3 of 2");
}

fn documents_are_answered_in_the_order_asked_for<E: Engine>() {
    let found = evidence::<E>(&both(), &["e", "d", "unknown", "a", "e", "b"], &leaves(&["visa"]), 1);
    let shown: Vec<String> = found.iter().map(shown).collect();
    assert_eq!(shown, ["0 of 4", "1? of 0", "of 0", "2 of 2", "0 of 4", "1? of 0"]);
    let hidden = evidence::<E>(&Scope::public(), &["e"], &leaves(&["visa"]), 1);
    assert_eq!(self::shown(&hidden[0]), "of 0");
}

fn without_a_limit_to_show_the_passages_are_still_counted_and_scored<E: Engine>() {
    let find = |limit| evidence::<E>(&Scope::public(), &["a", "b"], &leaves(&["visa"]), limit);
    let (found, all) = (find(0), find(9));
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["of 2", "of 0"]);
    for (found, all) in found.iter().zip(&all) {
        let best = all.passages.iter().map(|scored| scored.score).fold(0.0, f32::max);
        assert_eq!([found.best, all.best].map(f32::to_bits), [best, best].map(f32::to_bits));
    }
    assert!(found[0].best > 0.0 && found[1].best == 0.0);
}

fn a_lead_is_looked_for_at_the_beginning_alone<E: Engine>() {
    let rows = |count| (0..count).fold(doc("a"), |document, _| document.passage(PassageKind::ListItem, "item"));
    for (items, expected) in [(7, "7? of 0"), (8, "0? of 0")] {
        let corpus = Corpus::<E>::new([rows(items).text("paragraph")]);
        let documents = ids(&["a"]);
        let request = EvidenceRequest {
            documents: &documents,
            leaves: &[],
            limit: 3,
            similarity: Similarity::default(),
            budget: Budget::default(),
        };
        assert_eq!(shown(&corpus.backend().evidence(&Scope::public(), &request).unwrap()[0]), expected);
    }
}

fn scores_are_those_of_a_search_for_passages<E: Engine>() {
    let leaves = leaves(&["visa", "coast"]);
    let corpus = corpus::<E>();
    let clause = Clause::Words(Words { leaves: leaves.clone(), minimum: 1 });
    for similarity in [Similarity::default(), Similarity { k1: 2.0, b: 0.1 }] {
        let hits = corpus.search(&Plan { similarity, ..passages(clause.clone()) }).hits;
        let documents = ids(&["a"]);
        let request =
            EvidenceRequest { documents: &documents, leaves: &leaves, limit: 9, similarity, budget: Budget::default() };
        let found = &corpus.backend().evidence(&Scope::public(), &request).unwrap()[0];
        assert_eq!(found.passages.len(), 4);
        for shown in &found.passages {
            let ordinal = Some(shown.passage.ordinal);
            let hit = hits.iter().find(|hit| hit.document == documents[0] && hit.passage == ordinal);
            assert_eq!(hit.unwrap().score.to_bits(), shown.score.to_bits());
        }
    }
}

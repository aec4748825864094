//! The best passages of documents.

use rcp_corpus::model::{DocumentId, PassageKind};
use rcp_index::backend::{Evidence, EvidenceRequest, IndexBackend};
use rcp_index::plan::{Leaf, Similarity, Text};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, doc};
use crate::plans::word;

fn corpus() -> Corpus {
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

fn evidence(scope: &Scope, ids: &[&str], leaves: &[Leaf], limit: usize) -> Vec<Evidence> {
    let documents: Vec<DocumentId> = ids.iter().map(|id| DocumentId::new(id).unwrap()).collect();
    let request = EvidenceRequest { documents: &documents, leaves, limit, similarity: Similarity::default() };
    corpus().generation.evidence(scope, &request).unwrap()
}

/// Ordinals of the passages shown, `?` behind one that only stands in, and how many there are in all.
fn shown(evidence: &Evidence) -> String {
    let mark = |matched| if matched { "" } else { "?" };
    let passages =
        evidence.passages.iter().map(|scored| format!("{}{} ", scored.passage.ordinal, mark(scored.matched)));
    passages.collect::<String>() + &format!("of {}", evidence.total)
}

#[track_caller]
fn check(id: &str, tokens: &[&str], expected: &str) {
    let found = evidence(&Scope::with(["closed".to_owned()]), &[id], &leaves(tokens), 3);
    assert_eq!(shown(&found[0]), expected);
}

#[test]
fn the_best_passages_come_first_and_equal_ones_in_their_order() {
    check("a", &["visa"], "2 1 of 2");
    check("a", &["visa", "labour"], "1 2 of 2");
    check("e", &["visa"], "0 1 2 of 4");
}

#[test]
fn a_heading_adds_to_the_score_of_matching_passages_alone() {
    check("a", &["border", "coast"], "3 0 of 2");
}

#[test]
fn a_match_in_a_heading_alone_shows_the_first_passage_below_it() {
    check("d", &["visa"], "1? of 0");
    check("d", &["other"], "0? of 0");
    check("d", &["other", "visa"], "0? of 0");
}

#[test]
fn a_match_in_the_title_alone_shows_the_lead_paragraph() {
    check("b", &["visa"], "1? of 0");
    check("c", &["visa"], "0? of 0");
    check("f", &["visa"], "of 0");
    check("b", &[], "1? of 0");
}

#[test]
fn a_word_that_is_never_required_makes_no_evidence_beside_others() {
    let optional = Leaf { words: 0, ..word(0, Text::Body, "coast") };
    let scope = Scope::public();
    let with_other = [optional.clone(), word(1, Text::Body, "labour")];
    assert_eq!(shown(&evidence(&scope, &["a"], &with_other, 3)[0]), "1 of 1");
    assert_eq!(shown(&evidence(&scope, &["a"], &[optional], 3)[0]), "0 3 of 2");
}

#[test]
fn documents_are_answered_in_the_order_asked_for() {
    let scope = Scope::with(["closed".to_owned()]);
    let found = evidence(&scope, &["e", "d", "unknown", "a", "e", "b"], &leaves(&["visa"]), 1);
    let shown: Vec<String> = found.iter().map(shown).collect();
    assert_eq!(shown, ["0 of 4", "1? of 0", "of 0", "2 of 2", "0 of 4", "1? of 0"]);
    let hidden = evidence(&Scope::public(), &["e"], &leaves(&["visa"]), 1);
    assert_eq!(self::shown(&hidden[0]), "of 0");
}

#[test]
fn without_a_limit_to_show_the_passages_are_still_counted() {
    let found = evidence(&Scope::public(), &["a", "b"], &leaves(&["visa"]), 0);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["of 2", "of 0"]);
}

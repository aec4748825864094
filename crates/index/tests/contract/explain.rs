//! What leaves score on given records.

use rcp_corpus::model::DocumentId;
use rcp_index::backend::{ExplainRequest, Explanation, LeafMatch, LeafStatistics};
use rcp_index::plan::{Budget, Clause, Leaf, Member, Plan, Similarity, Text, Unit, Words};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, both, doc, ids};
use crate::engine::Engine;
use crate::plans::{any, body, leaf, passages, phrase, plan, word};

cases! {
    the_numbers_make_the_score,
    scores_add_up_to_that_of_a_search,
    records_are_answered_in_the_order_asked_for,
    what_is_unknown_or_outside_the_scope_scores_nothing,
    statistics_are_those_of_the_scope,
    a_field_that_the_unit_lacks_scores_nothing,
    passages_are_named_by_their_ordinals,
    long_lists_are_skipped_in,
}

fn corpus<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").title("visa").text("visa permit labour").text("coast visa visa"),
        doc("b").title("coast").text("labour permit x").gap().text("private sector visa labour"),
        doc("c").text("x x x"),
        doc("d").title("visa labour").text("visa visa visa").collection("closed"),
    ])
}

fn records(names: &[(&str, u32)]) -> Vec<(DocumentId, u32)> {
    names.iter().map(|&(id, ordinal)| (ids(&[id]).remove(0), ordinal)).collect()
}

fn explain<E: Engine>(scope: &Scope, unit: Unit, leaves: &[Leaf], names: &[(&str, u32)]) -> Explanation {
    let request = ExplainRequest {
        unit,
        leaves,
        similarity: Similarity::default(),
        records: &records(names),
        budget: Budget::default(),
    };
    corpus::<E>().backend().explain(scope, &request).unwrap()
}

/// Groups of tokens and phrases over several fields.
fn leaves() -> Vec<Leaf> {
    let group = [Member::term("visa"), Member { weight: 0.5, ..Member::term("permit") }, phrase("private sector", 0)];
    let near = [phrase("visa|permit labour", 2)];
    vec![body(&group), leaf(Text::Title, &group), body(&near), word(1, Text::Body, "labour"), body(&[])]
}

fn the_numbers_make_the_score<E: Engine>() {
    let leaves = [Leaf { boost: 3.0, ..leaves().remove(0) }];
    let found = explain::<E>(&Scope::public(), Unit::Documents, &leaves, &[("a", 0)]);
    let LeafStatistics { df, records, mean_length } = found.leaves[0];
    assert_eq!((df, records), (2, 3));
    assert!((mean_length - 16.0 / 3.0).abs() < 1e-6, "{mean_length}");
    let LeafMatch { frequency, length, score } = found.records[0][0];
    assert_eq!((frequency, length), (3.5, 6));
    let idf = (1.0_f32 + (3.0 - 2.0 + 0.5) / (2.0 + 0.5)).ln();
    let expected = 3.0 * idf * frequency / (frequency + 1.2 * (0.25 + 0.75 * 6.0 / mean_length));
    assert!((score - expected).abs() < 1e-5, "{score} {expected}");
}

/// For documents and passages, also where phrases and several members stand in a group. Of the engine of the product this
/// holds to the bit: see [`crate::agreement`].
fn scores_add_up_to_that_of_a_search<E: Engine>() {
    let corpus = corpus::<E>();
    for unit in [Unit::Documents, Unit::Passages] {
        for similarity in [Similarity::default(), Similarity { k1: 0.0, b: 1.0 }] {
            let plan = Plan { similarity, ..plan(unit, any(leaves())) };
            let hits = corpus.search(&plan).hits;
            assert!(hits.len() >= 2);
            let records: Vec<_> = hits.iter().map(|hit| (hit.document.clone(), hit.passage.unwrap_or(0))).collect();
            let request =
                ExplainRequest { unit, leaves: &leaves(), similarity, records: &records, budget: Budget::default() };
            let found = corpus.backend().explain(&Scope::public(), &request).unwrap();
            for (hit, leaves) in hits.iter().zip(&found.records) {
                let sum = leaves.iter().fold(0.0, |sum, leaf| sum + leaf.score);
                assert!((sum - hit.score).abs() <= 1e-6 * sum, "{hit:?} {leaves:?}");
            }
        }
    }
}

fn records_are_answered_in_the_order_asked_for<E: Engine>() {
    let asked = [("d", 0), ("a", 0), ("c", 0), ("b", 0), ("a", 0)];
    let found = explain::<E>(&both(), Unit::Documents, &leaves(), &asked);
    let frequencies = |at: usize| found.records.iter().map(|leaves| leaves[at].frequency).collect::<Vec<_>>();
    assert_eq!(frequencies(0), [3.0, 3.5, 0.0, 2.5, 3.5]);
    assert_eq!(frequencies(1), [1.0, 1.0, 0.0, 0.0, 1.0]);
    assert_eq!(frequencies(2), [0.0, 2.0, 0.0, 1.0, 2.0]);
    assert_eq!(frequencies(4), [0.0; 5]);
}

fn what_is_unknown_or_outside_the_scope_scores_nothing<E: Engine>() {
    let unknown = [("unknown", 0), ("d", 0), ("0", 0), ("zz", 7)];
    let found = explain::<E>(&Scope::public(), Unit::Documents, &leaves(), &unknown);
    assert_eq!(found.records, vec![vec![LeafMatch::default(); 5]; 4]);
    assert_eq!(explain::<E>(&both(), Unit::Documents, &leaves(), &[]).records, Vec::<Vec<LeafMatch>>::new());
    assert_eq!(explain::<E>(&both(), Unit::Documents, &[], &[("a", 0)]).records, [Vec::new()]);
}

fn statistics_are_those_of_the_scope<E: Engine>() {
    let leaves = [word(0, Text::Body, "visa")];
    let of = |scope: &Scope| explain::<E>(scope, Unit::Passages, &leaves, &[]).leaves[0];
    assert_eq!(of(&Scope::public()), LeafStatistics { df: 3, records: 5, mean_length: 16.0 / 5.0 });
    assert_eq!(of(&both()), LeafStatistics { df: 4, records: 6, mean_length: 19.0 / 6.0 });
    assert_eq!(of(&Scope::with(["nowhere".to_owned()])), of(&Scope::public()));
}

fn a_field_that_the_unit_lacks_scores_nothing<E: Engine>() {
    let leaves = [word(0, Text::Facts, "visa")];
    let found = explain::<E>(&Scope::public(), Unit::Passages, &leaves, &[("a", 0)]);
    assert_eq!(found.leaves, [LeafStatistics::default()]);
    assert_eq!(found.records, [[LeafMatch::default()]]);
}

fn passages_are_named_by_their_ordinals<E: Engine>() {
    let leaves = [word(0, Text::Body, "labour")];
    let asked = [("b", 2), ("b", 1), ("b", 0), ("a", 1), ("a", 9)];
    let found = explain::<E>(&Scope::public(), Unit::Passages, &leaves, &asked);
    let frequencies: Vec<_> = found.records.iter().map(|leaves| leaves[0].frequency).collect();
    assert_eq!(frequencies, [1.0, 0.0, 1.0, 0.0, 0.0]);
    let lengths: Vec<_> = found.records.iter().map(|leaves| leaves[0].length).collect();
    assert_eq!(lengths, [4, 0, 3, 3, 0]);
    let clause = Clause::Words(Words { leaves: leaves.to_vec(), minimum: 1 });
    assert_eq!(corpus::<E>().score(&passages(clause), "b#2").to_bits(), found.records[0][0].score.to_bits());
}

/// Records far apart in lists of many blocks: of every third record, and of every seventh, two words side by side, with as
/// many copies as the record asks for.
fn long_lists_are_skipped_in<E: Engine>() {
    let text = |at: u32| {
        let pairs = if at.is_multiple_of(7) { "private sector ".repeat(1 + at as usize % 5) } else { String::new() };
        format!("{pairs}x{}", if at.is_multiple_of(3) { " private" } else { "" })
    };
    let document = |number: u32| {
        (0..250).fold(doc(&format!("d{number:02}")), |document, at| document.text(&text(number * 250 + at)))
    };
    let corpus = Corpus::<E>::new((0..20).map(document));
    let leaves = [body(&[Member::term("private"), Member::term("sector")]), body(&[phrase("private sector", 3)])];
    let asked = [4_998_u32, 3, 1_001, 1_000, 21, 2_100, 4_999, 0, 4_200];
    let names: Vec<_> = asked.iter().map(|at| (ids(&[&format!("d{:02}", at / 250)]).remove(0), at % 250)).collect();
    let request = ExplainRequest {
        unit: Unit::Passages,
        leaves: &leaves,
        similarity: Similarity::default(),
        records: &names,
        budget: Budget::default(),
    };
    let found = corpus.backend().explain(&Scope::public(), &request).unwrap();
    for (at, found) in asked.into_iter().zip(&found.records) {
        let pairs = if at.is_multiple_of(7) { 1 + at % 5 } else { 0 };
        let words = 2 * pairs + u32::from(at.is_multiple_of(3));
        assert_eq!([found[0].frequency, found[1].frequency], [words, pairs].map(|count| count as f32), "{at}");
    }
}

//! What a budget pays for: the first records, and nothing that is wrong about them. Steps are counted as an engine sees
//! fit, so these cases are for the engine of the product alone: the referee never stops.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rcp_corpus::model::DocumentId;
use rcp_index::backend::{Evidence, EvidenceRequest, ExplainRequest, LeafMatch, Page, ScanEnd};
use rcp_index::plan::{Budget, Clause, Filter, Leaf, Plan, Similarity, Text, Unit, Words};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, Doc, both, doc, ids, names};
use crate::engine::Engine;
use crate::plans::{any, body, counting, everything, has, must, not, passages, phrase, plan, word};
use crate::random::{self, config, many};
use crate::scans::{in_corpus_order, scanned};

cases!(tantivy crate::engine::Tantivy:
    a_partial_answer_is_that_of_the_first_records,
    every_kind_of_plan_ends_with_its_budget,
    without_a_budget_nothing_is_seen,
    collections_are_paid_for_in_their_order,
    a_scan_visits_the_first_matches_its_budget_pays_for,
    evidence_is_whole_or_missing,
    an_explanation_is_whole_or_missing_leaf_by_leaf,
);

/// 20 documents of 250 passages; every passage has `all`, every third `visa`.
fn corpus<E: Engine>() -> Corpus<E> {
    let text = |at: u32| if at.is_multiple_of(3) { "all visa visa" } else { "all labour coast" };
    let document = |number: u32| {
        let document = doc(&format!("d{number:02}")).facet("rcp", &["puebla"]);
        (0..250).fold(document, |document, at| document.text(text(number * 250 + at)))
    };
    Corpus::new((0..20).map(document))
}

fn with_budget(plan: Plan, budget: u64) -> Plan {
    Plan { budget: Budget(budget), ..plan }
}

/// Random plans under random budgets: there are so many first documents that the answer is that over these alone.
fn a_partial_answer_is_that_of_the_first_records<E: Engine>() {
    let strategy = (random::contents(9), prop::collection::vec((random::plan(), 0..6_000_u64), 12));
    let result = TestRunner::new(config(24)).run(&strategy, |(contents, plans)| {
        let documents = random::docs(&contents).into_iter().filter(|document| document.is_in("public"));
        let corpus = Corpus::<E>::new(documents);
        let all: Vec<DocumentId> =
            corpus.search(&everything(Unit::Documents)).hits.into_iter().map(|hit| hit.document).collect();
        for (plan, budget) in plans {
            let plan = Plan { unit: Unit::Documents, ..plan };
            let page = corpus.search(&with_budget(plan.clone(), budget));
            let of_first = |seen: usize| {
                let mut plan = plan.clone();
                plan.filters.push(Filter::Documents(all[..seen].to_vec()));
                Page { partial: page.partial, ..corpus.search(&plan) }
            };
            let whole = of_first(all.len());
            let is_right =
                if page.partial { (0..=all.len()).any(|seen| of_first(seen) == page) } else { whole == page };
            prop_assert!(is_right, "{:?} {:?} of {:?}", plan, names(&page), names(&whole));
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// The first passages, some and not all; with enough, all.
fn every_kind_of_plan_ends_with_its_budget<E: Engine>() {
    let corpus = corpus::<E>();
    let all = has("all");
    let clause = |boolean| Clause::Boolean(boolean);
    let cases = [
        (all.clone(), 3_000),
        (Clause::Everything, 3_000),
        (any([body(&[phrase("all visa", 50)])]), 60_000),
        (any([body(&many("all"))]), 145_000),
        (any([body(&many("all")), word(0, Text::Title, "visa")]), 145_000),
        // Enough to count whatever is found, and not to read it all.
        (any(vec![body(&many("all")); 12]), 1_624_512),
        (clause(must([all.clone(), all.clone()])), 6_000),
        (Clause::Filter(not(Filter::Years { from: Some(2000), to: None })), 3_000),
    ];
    for (clause, budget) in cases {
        let plan = counting(passages(clause), &["rcp"]);
        let whole = corpus.search(&plan);
        assert!(!whole.partial);
        let page = corpus.search(&with_budget(plan.clone(), budget));
        assert!(page.partial && page.total > 0 && page.total < whole.total, "{} of {}", page.total, whole.total);
        assert_eq!(page.hits, whole.hits[..page.hits.len()]);
        assert_eq!(page.total, page.hits.len() as u64);
        assert_eq!(page.facets["rcp"].values["puebla"].count, page.total);
        assert_eq!(corpus.search(&with_budget(plan, budget)), page);
    }
}

fn without_a_budget_nothing_is_seen<E: Engine>() {
    let corpus = corpus::<E>();
    for clause in [has("all"), Clause::Everything, any([body(&many("all"))])] {
        let page = corpus.search(&with_budget(plan(Unit::Passages, clause), 0));
        assert_eq!((page.total, page.hits.len(), page.partial), (0, 0, true));
    }
    assert!(corpus.search(&with_budget(passages(Clause::Nothing), 10)).total == 0);
}

fn collections_are_paid_for_in_their_order<E: Engine>() {
    let texts = |document: Doc| (0..200).fold(document, |document, _| document.text("x"));
    let corpus = Corpus::<E>::new([texts(doc("a")), texts(doc("b")).collection("closed")]);
    let page = corpus.search_in(&both(), &with_budget(everything(Unit::Passages), 500));
    assert!(page.partial && page.total > 200 && page.total < 400, "{}", page.total);
    assert_eq!(page.hits.iter().filter(|hit| hit.document.as_str() == "b").count(), 200);
}

/// Random plans under random budgets, over collections by turns. What pays for a search pays for a scan.
fn a_scan_visits_the_first_matches_its_budget_pays_for<E: Engine>() {
    let strategy = (random::contents(9), prop::collection::vec((random::plan(), 0..6_000_u64), 12));
    let result = TestRunner::new(config(24)).run(&strategy, |(contents, plans)| {
        let corpus = Corpus::<E>::new(random::docs(&contents));
        for (plan, budget) in plans {
            let all = in_corpus_order(corpus.backend(), &both(), &plan);
            let plan = counting(with_budget(Plan { crosses: Vec::new(), ..plan }, budget), &[]);
            let (hits, end) = scanned(corpus.backend(), &both(), &plan);
            prop_assert_eq!(&hits[..], &all[..hits.len()]);
            let is_enough = !corpus.search_in(&both(), &plan).partial;
            prop_assert!(end == ScanEnd::Spent || (end == ScanEnd::Complete && hits.len() == all.len()));
            prop_assert!(end == ScanEnd::Complete || !is_enough, "{} of {}", hits.len(), all.len());
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

fn evidence_is_whole_or_missing<E: Engine>() {
    let corpus = corpus::<E>();
    let documents = ids(&["d03", "d00", "d12", "d03"]);
    let leaves = [word(0, Text::Body, "visa"), word(0, Text::Body, "all")];
    let find = |leaves: &[Leaf], budget: u64| -> Vec<Evidence> {
        let request = EvidenceRequest {
            documents: &documents,
            leaves,
            limit: 2,
            similarity: Similarity::default(),
            budget: Budget(budget),
        };
        corpus.backend().evidence(&Scope::public(), &request).unwrap()
    };
    let wide = [body(&many("visa"))];
    for (leaves, budgets) in [(&leaves[..], 0..3_000_u64), (&wide[..], 130_000..150_000)] {
        let whole = find(leaves, Budget::default().0);
        assert!(whole.iter().all(|found| !found.partial && found.total > 0));
        let mut counts = Vec::new();
        for budget in budgets.step_by(100) {
            let found = find(leaves, budget);
            for (found, whole) in found.iter().zip(&whole) {
                let missing = Evidence { passages: Vec::new(), total: 0, best: 0.0, partial: true };
                assert!(found == whole || *found == missing, "{found:?}");
            }
            counts.push(found.iter().filter(|found| found.partial).count());
        }
        assert!(counts.is_sorted_by(|left, right| left >= right), "{counts:?}");
        let is_between = |count: &usize| (1..4).contains(count);
        assert!(counts.contains(&4) && counts.contains(&0) && counts.iter().any(is_between), "{counts:?}");
    }
}

fn an_explanation_is_whole_or_missing_leaf_by_leaf<E: Engine>() {
    let corpus = corpus::<E>();
    let records: Vec<(DocumentId, u32)> = (0..20).map(|at| (ids(&["d07"]).remove(0), at * 9)).collect();
    let leaves = [word(0, Text::Body, "all"), body(&[phrase("all visa", 3)]), word(0, Text::Body, "visa")];
    let explain = |budget: u64| {
        let request = ExplainRequest {
            unit: Unit::Passages,
            leaves: &leaves,
            similarity: Similarity::default(),
            records: &records,
            budget: Budget(budget),
        };
        corpus.backend().explain(&Scope::public(), &request).unwrap()
    };
    let whole = explain(Budget::default().0);
    assert!(!whole.partial);
    let mut seen = Vec::new();
    for budget in (0..20_000).step_by(500) {
        let found = explain(budget);
        let known =
            |leaf: usize| found.records.iter().zip(&whole.records).all(|(found, whole)| found[leaf] == whole[leaf]);
        let unknown = |leaf: usize| found.records.iter().all(|found| found[leaf] == LeafMatch::default());
        let so_far = (0..3).take_while(|&leaf| known(leaf)).count();
        assert!((so_far..3).all(unknown) && found.partial == (so_far < 3), "{found:?}");
        seen.push(so_far);
    }
    assert!(seen.is_sorted() && seen.contains(&1) && seen.contains(&3), "{seen:?}");
}

/// A union over many tokens is filled at once, and must not be told from one that is not.
#[test]
fn many_tokens_score_as_few_do() {
    let corpus = corpus::<crate::engine::Tantivy>();
    let leaves = |members: Vec<_>| vec![body(&members), word(1, Text::Body, "labour"), word(2, Text::Title, "visa")];
    for minimum in [0, 1] {
        let search = |members| corpus.search(&passages(Clause::Words(Words { leaves: leaves(members), minimum })));
        let few = search(many("visa").into_iter().take(2).collect());
        assert_eq!(search(many("visa")), few);
        assert!(few.total > 1_000);
    }
}

//! The engine of the product and the referee on random corpora and plans: the same match sets, counts, tables and
//! evidence; the same order wherever scores differ by more than [`TOLERANCE`].

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rcp_corpus::model::DocumentId;
use rcp_index::backend::{
    CrossCell, CrossHit, CrossTab, Evidence, EvidenceRequest, ExplainRequest, Explanation, Hit, IndexBackend, Page,
    ScanEnd,
};
use rcp_index::plan::{Budget, PageRequest, Plan, Sort, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{both, contents, name, names};
use crate::engine::{Contents, Engine, Tantivy};
use crate::pages::behind;
use crate::plans::{any, plan};
use crate::random::{self, Asked, Content, Cut, config};
use crate::reading::words;
use crate::referee::Referee;
use crate::scans::{in_corpus_order, scanned};

/// How far a score may be from the referee's, which computes with more digits, as a part of it.
const TOLERANCE: f32 = 1e-5;

/// One corpus in both.
struct Pair {
    contents: Contents,
    tantivy: Tantivy,
    referee: Referee,
}

impl Pair {
    fn new(documents: &[Content]) -> Pair {
        let contents = contents(random::docs(documents));
        Pair { tantivy: Tantivy::of(&contents), referee: Referee::of(&contents), contents }
    }

    fn backends(&self) -> [&dyn IndexBackend; 2] {
        [self.tantivy.backend(), self.referee.backend()]
    }

    fn check_plan(&self, scope: &Scope, plan: &Plan, cut: &Cut) -> Result<(), TestCaseError> {
        let [page, expected] = self.backends().map(|backend| backend.search(scope, plan).unwrap());
        prop_assert_eq!(counts(&page), counts(&expected));
        check_best(&page, &expected)?;
        check_hits(plan.sort, &page.hits, &expected.hits)?;
        for (backend, whole) in self.backends().into_iter().zip([&page, &expected]) {
            check_part(backend, scope, plan, cut, whole)?;
            let scanned = scanned(backend, scope, plan);
            prop_assert_eq!(scanned, (in_corpus_order(backend, scope, plan), ScanEnd::Complete));
        }
        Ok(())
    }

    fn check_evidence(&self, scope: &Scope, asked: &Asked) -> Result<(), TestCaseError> {
        let Asked { documents, leaves, limit, similarity } = asked;
        let find = |backend: &dyn IndexBackend, limit: usize| {
            let request =
                EvidenceRequest { documents, leaves, limit, similarity: *similarity, budget: Budget::default() };
            backend.evidence(scope, &request).unwrap()
        };
        let [tantivy, referee] = self.backends();
        self.check_explained(scope, asked)?;
        let all = find(referee, usize::MAX);
        for ((found, expected), all) in find(tantivy, *limit).iter().zip(find(referee, *limit)).zip(all) {
            check_found(found, &expected, &all)?;
        }
        Ok(())
    }

    /// The same numbers from both, and scores that add up to those of a search bit for bit.
    fn check_explained(&self, scope: &Scope, asked: &Asked) -> Result<(), TestCaseError> {
        let Asked { documents, leaves, similarity, .. } = asked;
        let explain = |backend: &dyn IndexBackend, unit, records: &[(DocumentId, u32)]| {
            let request = ExplainRequest { unit, leaves, similarity: *similarity, records, budget: Budget::default() };
            backend.explain(scope, &request).unwrap()
        };
        let [tantivy, referee] = self.backends();
        for unit in [Unit::Documents, Unit::Passages] {
            let records: Vec<_> = documents.iter().cloned().zip([2, 0, 3, 1, 0, 2]).collect();
            check_explanation(&explain(tantivy, unit, &records), &explain(referee, unit, &records))?;
            let plan = Plan { similarity: *similarity, ..plan(unit, any(leaves.clone())) };
            let hits = tantivy.search(scope, &plan).unwrap().hits;
            let records: Vec<_> = hits.iter().map(|hit| (hit.document.clone(), hit.passage.unwrap_or(0))).collect();
            for (hit, leaves) in hits.iter().zip(explain(tantivy, unit, &records).records) {
                let sum = leaves.iter().fold(0.0, |sum, leaf| sum + leaf.score);
                prop_assert_eq!(sum.to_bits(), hit.score.to_bits(), "{:?} {:?}", hit, leaves);
            }
        }
        Ok(())
    }

    fn check_reading(&self, scope: &Scope) -> Result<(), TestCaseError> {
        let [tantivy, referee] = self.backends();
        let ids: Vec<_> = self.contents.records.iter().map(|record| record.document.id.clone()).collect();
        prop_assert_eq!(tantivy.documents(scope, &ids).unwrap(), referee.documents(scope, &ids).unwrap());
        for id in &ids {
            prop_assert_eq!(tantivy.passages(scope, id).unwrap(), referee.passages(scope, id).unwrap());
        }
        let places: Vec<_> = ids.iter().flat_map(|id| (0..8).map(|ordinal| (id.clone(), ordinal))).collect();
        prop_assert_eq!(tantivy.passages_at(scope, &places).unwrap(), referee.passages_at(scope, &places).unwrap());
        prop_assert_eq!(words(tantivy, scope), words(referee, scope));
        prop_assert_eq!(tantivy.coverage(scope), referee.coverage(scope));
        prop_assert_eq!(tantivy.version(scope), referee.version(scope));
        Ok(())
    }
}

/// A page without its hits, those of its tables included.
fn counts(page: &Page) -> Page {
    let mut page = Page { hits: Vec::new(), ..page.clone() };
    page.cross_tabs.iter_mut().flat_map(cells_mut).for_each(|cell| cell.best = None);
    page
}

fn cells_mut(table: &mut CrossTab) -> impl Iterator<Item = &mut CrossCell> {
    table.cells.values_mut().chain(table.rows.values_mut()).chain(table.columns.values_mut())
}

/// The best match of each cell is a hit with that score, and the referee knows none that is better by more than the
/// tolerance.
fn check_best(page: &Page, expected: &Page) -> Result<(), TestCaseError> {
    let best = |page: &Page| -> Vec<Option<CrossHit>> {
        page.cross_tabs.clone().iter_mut().flat_map(cells_mut).map(|cell| cell.best.take()).collect()
    };
    for (found, expected) in best(page).into_iter().zip(best(expected)) {
        let (found, expected) = (found.unwrap(), expected.unwrap());
        prop_assert!(is_near(found.score, expected.score), "{:?} {:?}", found, expected);
        let hit = page.hits.iter().find(|hit| hit.document == found.document && hit.passage == found.passage);
        prop_assert_eq!(hit.unwrap().score.to_bits(), found.score.to_bits());
    }
    Ok(())
}

fn is_near(left: f32, right: f32) -> bool {
    (left - right).abs() <= TOLERANCE * right
}

fn check_hits(sort: Sort, hits: &[Hit], expected: &[Hit]) -> Result<(), TestCaseError> {
    let sorted = |hits: &[Hit]| {
        let mut hits = hits.to_vec();
        hits.sort_by_key(|hit| (hit.document.clone(), hit.passage));
        hits
    };
    let (found, all) = (sorted(hits), sorted(expected));
    prop_assert_eq!(found.len(), all.len());
    for (hit, expected) in found.iter().zip(&all) {
        prop_assert_eq!(name(hit), name(expected));
        prop_assert!(is_near(hit.score, expected.score), "{:?} {:?}", hit, expected);
    }
    if sort != Sort::Relevance {
        let places = |hits: &[Hit]| hits.iter().map(behind).collect::<Vec<_>>();
        prop_assert_eq!(places(hits), places(expected));
        return Ok(());
    }
    let score = |hit: &Hit| all.iter().find(|one| name(one) == name(hit)).unwrap().score;
    for pair in hits.windows(2) {
        let [left, right] = [score(&pair[0]), score(&pair[1])];
        prop_assert!(left >= right * (1.0 - TOLERANCE), "{:?}, by the referee {} {}", pair, left, right);
        if pair[0].score.to_bits() == pair[1].score.to_bits() {
            prop_assert!((&pair[0].document, pair[0].passage) < (&pair[1].document, pair[1].passage));
        }
    }
    Ok(())
}

/// A part of the hits is cut out of the whole, and everything else stays as it is.
fn check_part(
    backend: &dyn IndexBackend,
    scope: &Scope,
    plan: &Plan,
    cut: &Cut,
    whole: &Page,
) -> Result<(), TestCaseError> {
    let after = cut.after.filter(|_| !whole.hits.is_empty()).map(|after| after.index(whole.hits.len()));
    let after_hit = after.map(|at| behind(&whole.hits[at]));
    let page = PageRequest { offset: cut.offset, limit: cut.limit, after: after_hit };
    let part = backend.search(scope, &Plan { page, ..plan.clone() }).unwrap();
    let first = after.map_or(0, |at| at + 1) + cut.offset;
    let expected: Vec<Hit> = whole.hits.iter().skip(first).take(cut.limit).cloned().collect();
    prop_assert_eq!(&part.hits, &expected, "{:?} {:?}", names(&part), names(whole));
    prop_assert_eq!(Page { hits: whole.hits.clone(), ..part }, whole.clone());
    Ok(())
}

/// `all` is the evidence without a limit, to know the score of a passage whose place another one may have taken.
fn check_found(found: &Evidence, expected: &Evidence, all: &Evidence) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.total, expected.total);
    prop_assert!(is_near(found.best, expected.best), "{:?} {:?}", found, expected);
    prop_assert_eq!(found.passages.len(), expected.passages.len());
    for (found, expected) in found.passages.iter().zip(&expected.passages) {
        prop_assert_eq!(found.matched, expected.matched);
        prop_assert!(is_near(found.score, expected.score), "{:?} {:?}", found, expected);
        let same = all.passages.iter().find(|one| one.passage == found.passage).unwrap();
        prop_assert!(is_near(found.score, same.score), "{:?} {:?}", found, same);
    }
    let is_in_order = |pair: &[rcp_index::backend::ScoredPassage]| {
        let [left, right] = [&pair[0], &pair[1]].map(|found| (-found.score, found.passage.ordinal));
        left < right
    };
    prop_assert!(found.passages.windows(2).all(is_in_order), "{:?}", found);
    Ok(())
}

fn check_explanation(found: &Explanation, expected: &Explanation) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.leaves.len(), expected.leaves.len());
    for (found, expected) in found.leaves.iter().zip(&expected.leaves) {
        prop_assert_eq!((found.df, found.records), (expected.df, expected.records));
        prop_assert!(is_near(found.mean_length, expected.mean_length), "{:?} {:?}", found, expected);
    }
    prop_assert_eq!(found.records.len(), expected.records.len());
    for (found, expected) in found.records.iter().flatten().zip(expected.records.iter().flatten()) {
        prop_assert_eq!((found.frequency, found.length), (expected.frequency, expected.length));
        prop_assert!(is_near(found.score, expected.score), "{:?} {:?}", found, expected);
    }
    Ok(())
}

/// One corpus for many plans.
static SHARED: LazyLock<Pair> = LazyLock::new(|| {
    let mut runner = TestRunner::deterministic();
    let contents = prop::collection::vec(random::content(), 40).new_tree(&mut runner).unwrap().current();
    Pair::new(&contents)
});

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn on_one_corpus_both_answer_alike(
        scope in random::scope(),
        plan in random::plan(),
        cut in random::cut(),
        asked in random::asked(),
    ) {
        SHARED.check_plan(&scope, &plan, &cut)?;
        SHARED.check_evidence(&scope, &asked)?;
    }
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn on_any_corpus_both_answer_alike(
        contents in random::contents(7),
        requests in prop::collection::vec((random::scope(), random::plan(), random::cut(), random::asked()), 10),
    ) {
        let pair = Pair::new(&contents);
        pair.check_reading(&Scope::public())?;
        pair.check_reading(&both())?;
        for (scope, plan, cut, asked) in requests {
            pair.check_plan(&scope, &plan, &cut)?;
            pair.check_evidence(&scope, &asked)?;
        }
    }
}

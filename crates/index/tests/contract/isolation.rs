//! A restricted collection changes nothing for those who may not see it: random public documents, alone and beside
//! random restricted ones, give the same answers bit for bit.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rcp_corpus::model::{DocumentId, State};
use rcp_index::backend::{EvidenceRequest, ExplainRequest, IndexBackend, Page, Unsearchable};
use rcp_index::plan::{Budget, PageRequest, Plan, Unit};
use rcp_index::scope::{PUBLIC, Scope};

use crate::corpus::{both, contents};
use crate::engine::Engine;
use crate::pages::behind;
use crate::random::{self, Asked, Content, Cut, config};
use crate::reading::words;
use crate::scans::scanned;

cases! {
    what_is_restricted_changes_no_bit_of_a_public_answer,
}

/// A generation with the restricted documents and one without.
struct Pair<E> {
    alone: E,
    beside: E,
    /// Of all documents.
    ids: Vec<DocumentId>,
}

impl<E: Engine> Pair<E> {
    fn new(documents: &[Content]) -> Pair<E> {
        let unsearchable = |file: &str| vec![Unsearchable { file: file.to_owned(), state: State::NoText }];
        let mut beside = contents(random::docs(documents));
        beside.unsearchable = [(PUBLIC.to_owned(), unsearchable("scan.pdf"))].into();
        let mut alone = beside.clone();
        alone.records.retain(|record| record.document.collection == PUBLIC);
        beside.unsearchable.insert("closed".to_owned(), unsearchable("closed.pdf"));
        let ids = beside.records.iter().map(|record| record.document.id.clone()).collect();
        Pair { alone: E::of(&alone), beside: E::of(&beside), ids }
    }

    /// Holds an answer of one against that of the other.
    fn check<T: PartialEq + std::fmt::Debug>(
        &self,
        answer: impl Fn(&dyn IndexBackend) -> T,
    ) -> Result<(), TestCaseError> {
        prop_assert_eq!(answer(self.alone.backend()), answer(self.beside.backend()));
        Ok(())
    }

    /// Every answer of the face but those that need a plan or leaves.
    fn check_reading(&self) -> Result<(), TestCaseError> {
        let public = Scope::public();
        self.check(|backend| backend.documents(&public, &self.ids).unwrap())?;
        self.check(|backend| self.ids.iter().map(|id| backend.passages(&public, id).unwrap()).collect::<Vec<_>>())?;
        let places: Vec<_> = self.ids.iter().flat_map(|id| (0..4).map(|ordinal| (id.clone(), ordinal))).collect();
        self.check(|backend| backend.passages_at(&public, &places).unwrap())?;
        self.check(|backend| words(backend, &public))?;
        self.check(|backend| backend.coverage(&public))?;
        self.check(|backend| backend.version(&public))
    }

    fn check_search(&self, plan: &Plan, cut: &Cut) -> Result<(), TestCaseError> {
        let search = |backend: &dyn IndexBackend, plan: &Plan| bits(backend.search(&Scope::public(), plan).unwrap());
        self.check(|backend| search(backend, plan))?;
        self.check(|backend| scanned(backend, &Scope::public(), plan))?;
        // Someone goes on behind a hit that perhaps only a wider scope shows.
        let wide = self.beside.backend().search(&both(), plan).unwrap();
        let after = cut.after.filter(|_| !wide.hits.is_empty()).map(|after| behind(after.get(&wide.hits)));
        let page = PageRequest { offset: cut.offset, limit: cut.limit, after };
        self.check(|backend| search(backend, &Plan { page: page.clone(), ..plan.clone() }))
    }

    fn check_evidence(&self, asked: &Asked) -> Result<(), TestCaseError> {
        let Asked { documents, leaves, limit, similarity } = asked;
        let request =
            EvidenceRequest { documents, leaves, limit: *limit, similarity: *similarity, budget: Budget::default() };
        self.check(|backend| {
            let evidence = backend.evidence(&Scope::public(), &request).unwrap();
            let scores = evidence.iter().flat_map(|found| &found.passages).map(|found| found.score.to_bits());
            (scores.collect::<Vec<_>>(), evidence)
        })?;
        let records: Vec<_> = documents.iter().map(|id| (id.clone(), 0)).collect();
        let request = ExplainRequest {
            unit: Unit::Passages,
            leaves,
            similarity: *similarity,
            records: &records,
            budget: Budget::default(),
        };
        self.check(|backend| {
            let found = backend.explain(&Scope::public(), &request).unwrap();
            let scores = found.records.iter().flatten().map(|leaf| leaf.score.to_bits());
            (scores.collect::<Vec<_>>(), found)
        })
    }
}

/// A page, and its scores as bits: floating-point numbers can be equal without being the same.
fn bits(page: Page) -> (Vec<u32>, Page) {
    (page.hits.iter().map(|hit| hit.score.to_bits()).collect(), page)
}

fn what_is_restricted_changes_no_bit_of_a_public_answer<E: Engine>() {
    let requests = prop::collection::vec((random::plan(), random::cut(), random::asked()), 10);
    let strategy = (random::contents(9), requests);
    let result = TestRunner::new(config(16)).run(&strategy, |(contents, requests)| {
        let pair = Pair::<E>::new(&contents);
        pair.check_reading()?;
        let all = Asked { documents: pair.ids.clone(), ..requests[0].2.clone() };
        for (plan, cut, asked) in &requests {
            pair.check_search(plan, cut)?;
            pair.check_evidence(asked)?;
        }
        pair.check_evidence(&all)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

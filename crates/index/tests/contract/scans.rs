//! Every match in corpus order, one at a time.

use std::ops::ControlFlow;

use rcp_index::backend::{Hit, IndexBackend, ScanEnd};
use rcp_index::plan::{Clause, PageRequest, Plan, Sort, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, both, doc, name};
use crate::cross_tabs::cross;
use crate::engine::Engine;
use crate::order::{SORTS, sorted, texts};
use crate::plans::{counting, documents, has, passages};

cases! {
    every_match_is_visited_in_corpus_order,
    a_scan_ends_where_its_visitor_has_enough,
    nothing_is_visited_where_nothing_matches,
}

/// All matches of a plan in corpus order, by [`IndexBackend::scan`], and how it ended.
pub(crate) fn scanned(backend: &dyn IndexBackend, scope: &Scope, plan: &Plan) -> (Vec<Hit>, ScanEnd) {
    let mut hits = Vec::new();
    let mut visit = |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    };
    let end = backend.scan(scope, plan, &mut visit).unwrap();
    (hits, end)
}

/// The same by a search.
pub(crate) fn in_corpus_order(backend: &dyn IndexBackend, scope: &Scope, plan: &Plan) -> Vec<Hit> {
    let page = PageRequest { offset: 0, limit: 10_000, after: None };
    backend.search(scope, &Plan { sort: Sort::Corpus, page, ..plan.clone() }).unwrap().hits
}

/// Whatever the plan says of sort, page and counts; documents of two collections by turns.
fn every_match_is_visited_in_corpus_order<E: Engine>() {
    let corpus = Corpus::<E>::new(texts().into_iter().map(|document| document.facet("rcp", &["puebla"])));
    for (scope, expected) in
        [(both(), "a#0 a#1 b#0 c#0 d#1 f#0 f#1 f#2 g#0 h#0"), (Scope::public(), "a#0 a#1 d#1 f#0 f#1 f#2")]
    {
        for sort in SORTS {
            let mut plan = counting(sorted(Unit::Passages, has("x"), sort), &["rcp"]);
            plan.crosses = vec![cross("rcp", "theme")];
            plan.page = PageRequest { offset: 2, limit: 1, after: None };
            let (hits, end) = scanned(corpus.backend(), &scope, &plan);
            assert_eq!(
                (hits.iter().map(name).collect::<Vec<_>>().join(" "), end),
                (expected.to_owned(), ScanEnd::Complete)
            );
            assert_eq!(hits, in_corpus_order(corpus.backend(), &scope, &plan));
        }
    }
}

fn a_scan_ends_where_its_visitor_has_enough<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
    let mut seen = Vec::new();
    let mut visit = |hit: Hit| {
        seen.push(name(&hit));
        if seen.len() < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let end = corpus.backend().scan(&both(), &documents(Clause::Everything), &mut visit).unwrap();
    assert_eq!((seen.join(" "), end), ("a b c".to_owned(), ScanEnd::Stopped));
}

fn nothing_is_visited_where_nothing_matches<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("x")]);
    for plan in [passages(Clause::Nothing), passages(has("y")), documents(has("y"))] {
        assert_eq!(scanned(corpus.backend(), &both(), &plan), (Vec::new(), ScanEnd::Complete));
    }
    let elsewhere = Scope::with(["elsewhere".to_owned()]);
    let empty = Corpus::<E>::new([]);
    assert_eq!(scanned(empty.backend(), &elsewhere, &documents(Clause::Everything)).1, ScanEnd::Complete);
}

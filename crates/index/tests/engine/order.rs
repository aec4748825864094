//! The order of hits, with ties, and paging through all of them.

use rcp_index::backend::Hit;
use rcp_index::plan::{Clause, PageRequest, Plan, Position, Sort, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, doc, names};
use crate::plans::{documents, has, plan};
use crate::scan::scan;

const SORTS: [Sort; 6] =
    [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending, Sort::Corpus];

/// Equal and missing dates, titles and times, over two collections.
fn corpus() -> Corpus {
    Corpus::new([
        doc("a").title("Zeta").text("x").text("x").date("2009-05").added(3),
        doc("b").text("x x x").text("y").added(3).collection("closed"),
        doc("c").title("Élan").text("x y").date("1968-01-02").collection("closed"),
        doc("d").title("élan").text("y").text("x").date("2009-05-01"),
        doc("e").title("Alpha").collection("closed").date("2009-05").added(9),
        doc("f").text("x").text("x").text("x"),
        doc("g").title("Zeta").text("x x").date("1968-01-02/1970-03-04").collection("closed"),
        doc("h").title("Beta").text("x").date("2024").added(9).collection("closed"),
    ])
}

fn both() -> Scope {
    Scope::with(["closed".to_owned()])
}

fn sorted(unit: Unit, clause: Clause, sort: Sort) -> Plan {
    Plan { sort, ..plan(unit, clause) }
}

#[test]
fn hits_stand_in_the_order_asked_for_and_ties_in_that_of_their_ids() {
    for (sort, expected) in [
        (Sort::DateDescending, "h a d e c g b f"),
        (Sort::DateAscending, "c g a d e h b f"),
        (Sort::Title, "e h c d a g b f"),
        (Sort::AddedDescending, "e h a b c d f g"),
        (Sort::Corpus, "a b c d e f g h"),
        (Sort::Relevance, "a b c d e f g h"),
    ] {
        let page = corpus().search_in(&both(), &sorted(Unit::Documents, Clause::Everything, sort));
        assert_eq!(names(&page).join(" "), expected, "{sort:?}");
    }
}

#[test]
fn the_best_score_comes_first() {
    let corpus = Corpus::new([
        doc("a").text("x y z"),
        doc("b").text("x x z"),
        doc("c").text("x"),
        doc("d").text("x y z"),
        doc("e").text("y y y"),
    ]);
    corpus.check(&Plan { sort: Sort::Relevance, ..documents(has("x")) }, "c b a d");
}

/// Equal to the order of a stable sort over all records, for documents and passages.
#[test]
fn the_order_is_that_of_the_scan() {
    let corpus = corpus();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in SORTS {
            let plan = sorted(unit, has("x"), sort);
            let expected = scan(&corpus.records, &both(), &plan).names();
            assert_eq!(names(&corpus.search_in(&both(), &plan)), expected, "{sort:?} {unit:?}");
        }
    }
}

fn behind(hit: &Hit) -> Position {
    Position { key: hit.key.clone(), document: hit.document.clone(), passage: hit.passage.unwrap_or(0) }
}

#[test]
fn pages_join_to_the_whole_without_loss_or_repetition() {
    let corpus = corpus();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in SORTS {
            for clause in [Clause::Everything, has("x")] {
                let mut plan = sorted(unit, clause, sort);
                let whole = corpus.search_in(&both(), &plan);
                for limit in 1..=7 {
                    plan.page = PageRequest { offset: 0, limit, after: None };
                    let mut hits = Vec::new();
                    loop {
                        let page = corpus.search_in(&both(), &plan);
                        assert_eq!(page.total, whole.total);
                        plan.page.after = page.hits.last().map(behind);
                        hits.extend(page.hits);
                        if plan.page.after.is_none() {
                            break;
                        }
                        assert!(hits.len() <= whole.hits.len(), "{sort:?} {unit:?} by {limit}: {hits:?}");
                    }
                    assert_eq!(hits, whole.hits, "{sort:?} {unit:?} by {limit}");
                }
            }
        }
    }
}

/// A client pages on behind a hit that its scope no longer shows, or that is in the other collection.
#[test]
fn a_page_can_start_behind_any_hit() {
    let corpus = corpus();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in SORTS {
            let mut plan = sorted(unit, Clause::Everything, sort);
            let (whole, public) = (corpus.search_in(&both(), &plan), corpus.search(&plan));
            for (at, hit) in whole.hits.iter().enumerate() {
                plan.page.after = Some(behind(hit));
                let rest = &whole.hits[at + 1..];
                let expected: Vec<&Hit> = public.hits.iter().filter(|hit| rest.contains(hit)).collect();
                let page = corpus.search(&plan);
                assert_eq!(page.hits.iter().collect::<Vec<_>>(), expected, "{sort:?} behind {hit:?}");
            }
        }
    }
}

#[test]
fn an_offset_skips_behind_the_position() {
    let corpus = corpus();
    let mut plan = sorted(Unit::Documents, Clause::Everything, Sort::Title);
    let whole = corpus.search_in(&both(), &plan);
    plan.page = PageRequest { offset: 2, limit: 3, after: Some(behind(&whole.hits[0])) };
    assert_eq!(corpus.search_in(&both(), &plan).hits, whole.hits[3..6]);
    plan.page = PageRequest { offset: usize::MAX, limit: usize::MAX, after: None };
    assert!(corpus.search_in(&both(), &plan).hits.is_empty());
}

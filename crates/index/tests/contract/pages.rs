//! Parts of the ordered hits: limits, offsets, and going on behind a hit.

use rcp_index::backend::{Hit, Page};
use rcp_index::plan::{Clause, PageRequest, Plan, Position, Sort, SortKey, Unit};

use crate::corpus::{Corpus, both, doc, ids, names};
use crate::cross_tabs::cross;
use crate::engine::Engine;
use crate::order::{SORTS, sorted, texts};
use crate::plans::{counting, documents, has};

cases! {
    a_limit_and_an_offset_cut_a_part_out,
    a_page_goes_on_behind_a_place_that_no_hit_has,
    pages_join_to_the_whole_without_loss_or_repetition,
    a_page_can_start_behind_any_hit,
    the_page_changes_no_count,
}

/// The place of a hit.
pub(crate) fn behind(hit: &Hit) -> Position {
    Position { key: hit.key.clone(), document: hit.document.clone(), passage: hit.passage.unwrap_or(0) }
}

fn letters<E: Engine>() -> Corpus<E> {
    Corpus::new(["a", "b", "d", "e"].map(|id| doc(id).title(id).text("x").text("x").date("2009")))
}

fn a_limit_and_an_offset_cut_a_part_out<E: Engine>() {
    let corpus = letters::<E>();
    for (offset, limit, expected) in [
        (0, 1, "a"),
        (1, 2, "b d"),
        (3, 5, "e"),
        (4, 5, ""),
        (0, 0, ""),
        (2, 0, ""),
        (usize::MAX, 1, ""),
        (1, usize::MAX, "b d e"),
        (usize::MAX, usize::MAX, ""),
    ] {
        let page = PageRequest { offset, limit, after: None };
        let page = corpus.search(&Plan { page, ..documents(Clause::Everything) });
        assert_eq!((names(&page).join(" "), page.total), (expected.to_owned(), 4), "{offset} {limit}");
    }
}

/// Between two documents, before the first and behind the last; a title, day or score that no document has.
fn a_page_goes_on_behind_a_place_that_no_hit_has<E: Engine>() {
    let corpus = letters::<E>();
    let check = |sort, key: SortKey, document: &str, passage, expected: [&str; 2]| {
        for (unit, expected) in [Unit::Documents, Unit::Passages].into_iter().zip(expected) {
            let after = Some(Position { key: key.clone(), document: ids(&[document])[0].clone(), passage });
            let page = PageRequest { offset: 0, limit: 9, after };
            let plan = Plan { page, ..sorted(unit, has("x"), sort) };
            assert_eq!(names(&corpus.search(&plan)).join(" "), expected, "{plan:#?}");
        }
    };
    let all = ["a b d e", "a#0 a#1 b#0 b#1 d#0 d#1 e#0 e#1"];
    let from_d = ["d e", "d#0 d#1 e#0 e#1"];
    check(Sort::Corpus, SortKey::Id, "c", 0, from_d);
    check(Sort::Corpus, SortKey::Id, "0", 7, all);
    check(Sort::Corpus, SortKey::Id, "z", 0, ["", ""]);
    check(Sort::Corpus, SortKey::Id, "d", 0, ["e", "d#1 e#0 e#1"]);
    let title = |title: &str| SortKey::Text(Some(title.to_owned()));
    check(Sort::Title, title("c"), "a", 0, from_d);
    check(Sort::Title, title("b"), "z", 9, from_d);
    check(Sort::Title, title("b"), "a", 9, ["b d e", "b#0 b#1 d#0 d#1 e#0 e#1"]);
    check(Sort::Title, title(""), "z", 0, all);
    check(Sort::Title, SortKey::Text(None), "a", 0, ["", ""]);
    // All are of 2009-01-01, 14,245 days after the first of 1970.
    let day = |day| SortKey::Number(Some(day));
    check(Sort::DateAscending, day(14_244), "z", 0, all);
    check(Sort::DateAscending, day(14_245), "c", 0, from_d);
    check(Sort::DateAscending, day(14_246), "0", 0, ["", ""]);
    check(Sort::DateDescending, day(14_246), "z", 0, all);
    check(Sort::DateDescending, day(14_244), "0", 0, ["", ""]);
    check(Sort::DateDescending, SortKey::Number(None), "0", 0, ["", ""]);
    check(Sort::Relevance, SortKey::Score(1_000.0), "z", 0, all);
    check(Sort::Relevance, SortKey::Score(0.0), "0", 0, ["", ""]);
}

fn pages_join_to_the_whole_without_loss_or_repetition<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
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
fn a_page_can_start_behind_any_hit<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
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

/// An offset skips behind the position; totals, facets and tables are those of the whole answer.
fn the_page_changes_no_count<E: Engine>() {
    let corpus = Corpus::<E>::new(texts().into_iter().map(|document| document.facet("rcp", &["puebla"])));
    let mut plan = counting(sorted(Unit::Passages, has("x"), Sort::Title), &["rcp"]);
    plan.crosses = vec![cross("rcp", "theme")];
    let whole = corpus.search(&plan);
    assert_eq!((whole.total, whole.total_documents, whole.hits.len()), (6, 3, 6));
    for (offset, limit, expected) in [(1, 2, 3..5), (0, 0, 0..0)] {
        plan.page = PageRequest { offset, limit, after: Some(behind(&whole.hits[1])) };
        let part = corpus.search(&plan);
        assert_eq!(part.hits, whole.hits[expected]);
        assert_eq!(Page { hits: whole.hits.clone(), ..part }, whole);
    }
}

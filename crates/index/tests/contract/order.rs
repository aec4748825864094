//! The order of hits, with ties and missing keys.

use rcp_index::backend::Page;
use rcp_index::plan::{Clause, Plan, Sort, SortKey, Unit};

use crate::corpus::{Corpus, Doc, added, both, doc, names};
use crate::engine::Engine;
use crate::plans::{documents, has, plan};

cases! {
    documents_stand_in_the_order_asked_for_and_ties_in_that_of_their_ids,
    passages_stand_in_the_order_of_their_documents,
    the_best_score_comes_first,
    equal_scores_stand_in_the_order_of_ids,
    a_hit_has_the_key_that_it_is_sorted_by,
    years_and_ends_of_dates_do_not_sort,
}

pub(crate) const SORTS: [Sort; 6] =
    [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending, Sort::Corpus];

/// Equal and missing dates, titles and times, over two collections.
pub(crate) fn texts() -> Vec<Doc> {
    vec![
        doc("a").title("Zeta").text("x").text("x").date("2009-05").added(3),
        doc("b").text("x x x").text("y").added(3).collection("closed"),
        doc("c").title("Élan").text("x y").date("1968-01-02").collection("closed"),
        doc("d").title("élan").text("y").text("x").date("2009-05-01"),
        doc("e").title("Alpha").collection("closed").date("2009-05").added(9),
        doc("f").text("x").text("x").text("x"),
        doc("g").title("Zeta").text("x x").date("1968-01-02/1970-03-04").collection("closed"),
        doc("h").title("Beta").text("x").date("2024").added(9).collection("closed"),
    ]
}

pub(crate) fn sorted(unit: Unit, clause: Clause, sort: Sort) -> Plan {
    Plan { sort, ..plan(unit, clause) }
}

fn search<E: Engine>(unit: Unit, clause: Clause, sort: Sort) -> Page {
    Corpus::<E>::new(texts()).search_in(&both(), &sorted(unit, clause, sort))
}

fn documents_stand_in_the_order_asked_for_and_ties_in_that_of_their_ids<E: Engine>() {
    for (sort, expected) in [
        (Sort::DateDescending, "h a d e c g b f"),
        (Sort::DateAscending, "c g a d e h b f"),
        (Sort::Title, "e h c d a g b f"),
        (Sort::AddedDescending, "e h a b c d f g"),
        (Sort::Corpus, "a b c d e f g h"),
        (Sort::Relevance, "a b c d e f g h"),
    ] {
        let page = search::<E>(Unit::Documents, Clause::Everything, sort);
        assert_eq!(names(&page).join(" "), expected, "{sort:?}");
    }
}

fn passages_stand_in_the_order_of_their_documents<E: Engine>() {
    for (sort, expected) in [
        (Sort::DateDescending, "h#0 a#0 a#1 d#1 c#0 g#0 b#0 f#0 f#1 f#2"),
        (Sort::DateAscending, "c#0 g#0 a#0 a#1 d#1 h#0 b#0 f#0 f#1 f#2"),
        (Sort::Title, "h#0 c#0 d#1 a#0 a#1 g#0 b#0 f#0 f#1 f#2"),
        (Sort::AddedDescending, "h#0 a#0 a#1 b#0 c#0 d#1 f#0 f#1 f#2 g#0"),
        (Sort::Corpus, "a#0 a#1 b#0 c#0 d#1 f#0 f#1 f#2 g#0 h#0"),
        // By tf and length: three of three, two of two, one of one, one of two.
        (Sort::Relevance, "b#0 g#0 a#0 a#1 d#1 f#0 f#1 f#2 h#0 c#0"),
    ] {
        let page = search::<E>(Unit::Passages, has("x"), sort);
        assert_eq!(names(&page).join(" "), expected, "{sort:?}");
    }
}

fn the_best_score_comes_first<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").text("x y z"),
        doc("b").text("x x z"),
        doc("c").text("x"),
        doc("d").text("x y z"),
        doc("e").text("y y y"),
    ]);
    corpus.check(&Plan { sort: Sort::Relevance, ..documents(has("x")) }, "c b a d");
}

fn equal_scores_stand_in_the_order_of_ids<E: Engine>() {
    let many = (0..60).map(|number| {
        let document = doc(&format!("d{number:02}")).text(if number % 7 == 0 { "x x" } else { "x y" });
        if number % 3 == 0 { document.collection("closed") } else { document }
    });
    let corpus = Corpus::<E>::new(many);
    let page = corpus.search_in(&both(), &sorted(Unit::Documents, has("x"), Sort::Relevance));
    let by_rule = |better: bool| (0..60).filter(move |number| (number % 7 == 0) == better);
    let expected: Vec<String> = by_rule(true).chain(by_rule(false)).map(|number| format!("d{number:02}")).collect();
    assert_eq!(names(&page), expected);
}

fn a_hit_has_the_key_that_it_is_sorted_by<E: Engine>() {
    let keys = |sort| {
        let page = search::<E>(Unit::Passages, has("x"), sort);
        let find = |name: &str| page.hits.iter().find(|hit| hit.document.as_str() == name).unwrap().key.clone();
        (find("a"), find("b"))
    };
    let title = |title: Option<&str>| SortKey::Text(title.map(str::to_owned));
    assert_eq!(keys(Sort::Title), (title(Some("zeta")), title(None)));
    // 2009-05-01 is 14,365 days after the first of 1970.
    assert_eq!(keys(Sort::DateDescending), (SortKey::Number(Some(14_365)), SortKey::Number(None)));
    assert_eq!(keys(Sort::DateAscending), keys(Sort::DateDescending));
    let time = SortKey::Number(Some(added(3).as_microsecond()));
    assert_eq!(keys(Sort::AddedDescending), (time.clone(), time));
    assert_eq!(keys(Sort::Corpus), (SortKey::Id, SortKey::Id));
    let page = search::<E>(Unit::Passages, has("x"), Sort::Relevance);
    assert!(page.hits.iter().all(|hit| hit.key == SortKey::Score(hit.score)));
}

/// Days before 1970 sort as others do.
fn years_and_ends_of_dates_do_not_sort<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").date("1969-12-31/2024-01-01").year(2030),
        doc("b").date("1969-12-30").year(1950),
        doc("c").year(1900),
        doc("d").date("1970-01-01"),
    ]);
    corpus.check(&sorted(Unit::Documents, Clause::Everything, Sort::DateAscending), "b a d c");
    corpus.check(&sorted(Unit::Documents, Clause::Everything, Sort::DateDescending), "d a b c");
}

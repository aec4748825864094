//! Cross-tabs: the matches by the values of two facets.

use rcp_index::backend::{CrossCell, CrossHit, CrossTab, CrossValue};
use rcp_index::plan::{Clause, Cross, Plan};

use crate::corpus::{Corpus, Doc, both, doc, name};
use crate::engine::Engine;
use crate::plans::{counting, documents, has, passages, select};

cases! {
    a_match_counts_once_in_each_of_its_cells,
    every_filter_holds,
    a_facet_crosses_with_itself,
    a_facet_without_values_is_one_row,
    passages_are_crossed_by_their_own_values,
    tables_come_in_the_order_asked_for,
    collections_in_scope_are_added_up,
    ten_thousand_values_are_crossed,
    a_cell_counts_documents_beside_passages,
    a_cell_names_its_best_match,
    of_equal_matches_the_first_in_corpus_order_is_the_best,
}

/// Two facets to cross, with the best matches.
pub(crate) fn cross(rows: &str, columns: &str) -> Cross {
    Cross { rows: rows.to_owned(), columns: columns.to_owned(), best: true }
}

fn corpus<E: Engine>() -> Corpus<E> {
    Corpus::new([
        doc("a").text("x").text("x").facet("rcp", &["puebla"]).facet("region", &["americas", "central"]),
        doc("b").text("x").facet("rcp", &["puebla", "sacm"]).facet("region", &["americas", "central", "south"]),
        doc("c").text("x").facet("region", &["africa"]),
        doc("d").text("y").facet("rcp", &["sacm"]),
        doc("e")
            .text("x")
            .facet("rcp", &["migas", "puebla"])
            .facet("region", &["africa", "americas"])
            .collection("closed"),
    ])
}

fn crossing(plan: Plan, crosses: &[(&str, &str)]) -> Plan {
    Plan { crosses: crosses.iter().map(|(rows, columns)| cross(rows, columns)).collect(), ..plan }
}

/// `row/column count` for each cell, then the totals of rows and of columns; `-` for no value.
fn show(table: &CrossTab) -> String {
    let value = |value: &CrossValue| value.clone().unwrap_or_else(|| "-".to_owned());
    let total = |(of, cell): (&CrossValue, &CrossCell)| format!("{} {}", value(of), cell.count);
    let cell = |((row, column), cell): (&(CrossValue, CrossValue), &CrossCell)| {
        format!("{}/{} {}", value(row), value(column), cell.count)
    };
    let cells = table.cells.iter().map(cell);
    let cells = cells.collect::<Vec<_>>().join(", ");
    let rows = table.rows.iter().map(total).collect::<Vec<_>>().join(", ");
    let columns = table.columns.iter().map(total).collect::<Vec<_>>().join(", ");
    format!("{cells}; {rows}; {columns}")
}

#[track_caller]
fn check<E: Engine>(plan: Plan, rows: &str, columns: &str, expected: &str) {
    let page = corpus::<E>().search(&crossing(plan, &[(rows, columns)]));
    assert_eq!(page.cross_tabs.iter().map(show).collect::<Vec<_>>(), [expected]);
}

/// The row `puebla` has one document with two regions and one with three: two in all.
fn a_match_counts_once_in_each_of_its_cells<E: Engine>() {
    let expected = "-/africa 1, puebla/americas 2, puebla/central 2, puebla/south 1, sacm/- 1, sacm/americas 1, \
                    sacm/central 1, sacm/south 1; - 1, puebla 2, sacm 2; - 1, africa 1, americas 2, central 2, south 1";
    check::<E>(documents(Clause::Everything), "rcp", "region", expected);
    let expected = "-/sacm 1, africa/- 1, americas/puebla 2, americas/sacm 1, central/puebla 2, central/sacm 1, \
                    south/puebla 1, south/sacm 1; - 1, africa 1, americas 2, central 2, south 1; - 1, puebla 2, sacm 2";
    check::<E>(documents(Clause::Everything), "region", "rcp", expected);
    check::<E>(documents(Clause::Nothing), "rcp", "region", "; ; ");
}

/// Also a selection in one of the two facets, whose own counts ignore it.
fn every_filter_holds<E: Engine>() {
    let mut plan = counting(documents(has("x")), &["rcp", "region"]);
    plan.filters = vec![select("rcp", &["sacm", "none"])];
    let expected = "-/africa 1, puebla/americas 1, puebla/central 1, puebla/south 1, sacm/americas 1, sacm/central 1, \
                    sacm/south 1; - 1, puebla 1, sacm 1; africa 1, americas 1, central 1, south 1";
    check::<E>(plan.clone(), "rcp", "region", expected);
    plan.filters.push(select("region", &["south"]));
    let expected = "puebla/puebla 1, puebla/sacm 1, sacm/puebla 1, sacm/sacm 1; puebla 1, sacm 1; puebla 1, sacm 1";
    check::<E>(plan, "rcp", "rcp", expected);
}

fn a_facet_crosses_with_itself<E: Engine>() {
    let expected = "-/- 1, puebla/puebla 2, puebla/sacm 1, sacm/puebla 1, sacm/sacm 2; - 1, puebla 2, sacm 2; \
                    - 1, puebla 2, sacm 2";
    check::<E>(documents(Clause::Everything), "rcp", "rcp", expected);
}

fn a_facet_without_values_is_one_row<E: Engine>() {
    let expected = "-/- 1, -/puebla 2, -/sacm 2; - 4; - 1, puebla 2, sacm 2";
    check::<E>(documents(Clause::Everything), "country", "rcp", expected);
    check::<E>(documents(Clause::Everything), "country", "country", "-/- 4; - 4; - 4");
}

fn passages_are_crossed_by_their_own_values<E: Engine>() {
    let document = doc("a").facet("rcp", &["puebla"]).facet("theme", &["health", "labour"]);
    let document = document.text("x").own("theme", &["health"]).text("x").text("x").own("theme", &[]);
    let page = Corpus::<E>::new([document]).search(&crossing(passages(has("x")), &[("rcp", "theme")]));
    let expected = "puebla/- 1, puebla/health 2, puebla/labour 1; puebla 3; - 1, health 2, labour 1";
    assert_eq!(show(&page.cross_tabs[0]), expected);
}

fn tables_come_in_the_order_asked_for<E: Engine>() {
    let crosses = [("region", "rcp"), ("rcp", "country"), ("region", "rcp")];
    let page = corpus::<E>().search(&crossing(documents(has("y")), &crosses));
    let expected = ["-/sacm 1; - 1; sacm 1", "sacm/- 1; sacm 1; - 1", "-/sacm 1; - 1; sacm 1"];
    assert_eq!(page.cross_tabs.iter().map(show).collect::<Vec<_>>(), expected);
    assert!(corpus::<E>().search(&documents(has("y"))).cross_tabs.is_empty());
}

fn collections_in_scope_are_added_up<E: Engine>() {
    let plan = crossing(documents(has("x")), &[("rcp", "region")]);
    let page = corpus::<E>().search_in(&both(), &plan);
    let expected = "-/africa 1, migas/africa 1, migas/americas 1, puebla/africa 1, puebla/americas 3, puebla/central 2, \
                    puebla/south 1, sacm/americas 1, sacm/central 1, sacm/south 1; - 1, migas 1, puebla 3, sacm 1; \
                    africa 2, americas 3, central 2, south 1";
    assert_eq!(show(&page.cross_tabs[0]), expected);
}

/// 500 documents with 20 values each in both facets, no value in two documents; those of a column belong to the row of the
/// document before.
fn ten_thousand_values_are_crossed<E: Engine>() {
    let values = |block: usize| (0..20).map(move |value| format!("v{:05}", block * 20 + value)).collect::<Vec<_>>();
    let document = |number: usize| {
        let facet = |document: Doc, facet, block| {
            let values = values(block);
            document.facet(facet, &values.iter().map(String::as_str).collect::<Vec<_>>())
        };
        facet(facet(doc(&format!("d{number:03}")), "rcp", number), "theme", (number + 1) % 500)
    };
    let corpus = Corpus::<E>::new((0..500).map(document));
    let page = corpus.search(&crossing(documents(Clause::Everything), &[("rcp", "theme")]));
    let table = &page.cross_tabs[0];
    assert_eq!((table.cells.len(), table.rows.len(), table.columns.len()), (500 * 20 * 20, 10_000, 10_000));
    let block = |value: &CrossValue| value.as_ref().and_then(|value| value[1..].parse::<usize>().ok()).unwrap() / 20;
    let is_of_one_document = |((row, column), cell): (&(CrossValue, CrossValue), &CrossCell)| {
        cell.count == 1 && block(column) == (block(row) + 1) % 500
    };
    assert!(table.cells.iter().all(is_of_one_document));
}

/// Passages of one document may fall in and out of a cell.
fn a_cell_counts_documents_beside_passages<E: Engine>() {
    let of_two =
        doc("a").facet("rcp", &["puebla"]).text("x").own("theme", &["health"]).text("x").own("theme", &["labour"]);
    let of_two = of_two.text("x").own("theme", &["health"]);
    let of_one = doc("b").facet("rcp", &["puebla", "sacm"]).facet("theme", &["health"]).text("x").text("y");
    let corpus = Corpus::<E>::new([of_two, of_one, doc("c").text("x").text("x")]);
    let page = corpus.search(&crossing(passages(has("x")), &[("rcp", "theme")]));
    let counts = |cell: &CrossCell| (cell.count, cell.documents);
    let table = &page.cross_tabs[0];
    assert_eq!(table.cells.values().map(counts).collect::<Vec<_>>(), [(2, 1), (3, 2), (1, 1), (1, 1)]);
    assert_eq!(table.rows.values().map(counts).collect::<Vec<_>>(), [(2, 1), (4, 2), (1, 1)]);
    assert_eq!(table.columns.values().map(counts).collect::<Vec<_>>(), [(2, 1), (3, 2), (1, 1)]);
    let page = corpus.search(&crossing(documents(has("x")), &[("rcp", "theme")]));
    assert!(page.cross_tabs[0].cells.values().all(|cell| cell.count == cell.documents));
}

/// Name of the best match of each cell, or of each row.
fn bests<'a>(cells: impl Iterator<Item = &'a CrossCell>) -> String {
    let name = |hit: &CrossHit| match hit.passage {
        Some(ordinal) => format!("{}#{ordinal}", hit.document),
        None => hit.document.to_string(),
    };
    cells.map(|cell| cell.best.as_ref().map_or("-".to_owned(), name)).collect::<Vec<_>>().join(" ")
}

fn a_cell_names_its_best_match<E: Engine>() {
    let corpus = Corpus::<E>::new([
        doc("a").facet("rcp", &["puebla"]).text("x y y").text("x y").text("x x"),
        doc("b").facet("rcp", &["puebla", "sacm"]).text("y").text("x y y y").text("x y"),
        doc("c").facet("rcp", &["sacm"]).text("x y z").collection("closed"),
        doc("d").facet("rcp", &["migas"]).text("x x x").text("x x").collection("closed"),
    ]);
    let plan = crossing(passages(has("x")), &[("rcp", "country")]);
    let page = corpus.search_in(&both(), &plan);
    let table = &page.cross_tabs[0];
    // The cells of migas, puebla and sacm, then their rows, then the one column.
    assert_eq!(bests(table.cells.values()), "d#0 a#2 b#2");
    assert_eq!(bests(table.rows.values()), "d#0 a#2 b#2");
    assert_eq!(bests(table.columns.values()), "d#0");
    let of_hit = page.hits.iter().find(|hit| name(hit) == "a#2").unwrap().score;
    let of_cell = table.cells.values().nth(1).unwrap().best.as_ref().unwrap().score;
    assert_eq!(of_cell.to_bits(), of_hit.to_bits());
    assert_eq!(
        bests(corpus.search(&crossing(documents(has("x")), &[("rcp", "country")])).cross_tabs[0].cells.values()),
        "a b"
    );
    let unasked = Plan { crosses: vec![Cross { best: false, ..cross("rcp", "country") }], ..plan };
    assert_eq!(bests(corpus.search(&unasked).cross_tabs[0].cells.values()), "- -");
}

/// Also where a document of the other collection comes first, and where nothing scores.
fn of_equal_matches_the_first_in_corpus_order_is_the_best<E: Engine>() {
    for (closed, best) in [("a", "a#1"), ("z", "b#1")] {
        let corpus = Corpus::<E>::new([
            doc("b").text("y").text("x").text("x"),
            doc("c").text("x"),
            doc(closed).text("y").text("x").collection("closed"),
        ]);
        let page = corpus.search_in(&both(), &crossing(passages(has("x")), &[("rcp", "theme")]));
        assert_eq!(bests(page.cross_tabs[0].cells.values()), best);
        let page = corpus.search_in(&both(), &crossing(passages(Clause::Everything), &[("rcp", "theme")]));
        assert_eq!(bests(page.cross_tabs[0].cells.values()), best.replace("#1", "#0"));
    }
}

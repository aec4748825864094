//! Everything that a request matches, row by row.

use std::ops::ControlFlow;

use rcp_query::export::Export;

use super::*;

fn export(searcher: &Searcher, request: &SearchRequest) -> Export {
    searcher.snapshot().export(&Scope::public(), request).unwrap()
}

/// What tells the rows of an export from each other, in their order.
fn rows(export: &Export) -> Vec<String> {
    let mut rows = Vec::new();
    let read = export.read(&mut |row| {
        let document = row.document.document.id.to_string();
        rows.push(match &row.passage {
            Some(passage) => format!("{document}#{}", passage.passage.id),
            None => document,
        });
        ControlFlow::Continue(())
    });
    read.unwrap();
    rows
}

#[test]
fn an_export_holds_what_a_search_finds_in_the_order_asked_for() {
    let Index { searcher, .. } = &index();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in [Sort::Corpus, Sort::Relevance, Sort::DateAscending, Sort::Title, Sort::AddedDescending] {
            // The last one is relaxed.
            for query in ["", "visas borders", "labour -migration", "sovereignty visas"] {
                let request = SearchRequest { sort, limit: 100, ..SearchRequest::new(unit, query) };
                let response = searcher.search(&Scope::public(), &request).unwrap();
                let export = export(searcher, &SearchRequest { limit: 1, offset: 3, ..request });
                assert_eq!(rows(&export), ids(&response), "{unit:?} {sort:?} {query:?}");
                assert_eq!(export.summary.total, response.total);
                assert_eq!(export.summary.total_documents, response.total_documents);
                assert_eq!(export.summary.interpretation, response.interpretation);
                assert_eq!(export.summary.index_version, response.index_version);
            }
        }
    }
}

#[test]
fn a_passage_is_exported_whole_with_its_citation() {
    let Index { searcher, .. } = &index();
    let mut seen = Vec::new();
    let request = SearchRequest::new(Unit::Passages, "sovereignty");
    let flow = export(searcher, &request).read(&mut |row| {
        let passage = row.passage.as_ref().unwrap();
        seen.push((passage.passage.text.clone(), passage.citation.starts_with(&row.document.citation)));
        ControlFlow::Continue(())
    });
    flow.unwrap();
    assert_eq!(seen, [("Sovereignty of the coast. WHO takes part.".to_owned(), true)]);
}

#[test]
fn rows_end_where_nobody_wants_more() {
    let Index { searcher, .. } = &index();
    for sort in [Sort::Corpus, Sort::Title] {
        let mut seen = 0;
        let read = export(searcher, &SearchRequest { sort, ..documents("") }).read(&mut |_| {
            seen += 1;
            if seen < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert!(read.is_ok() && seen == 2, "{sort:?}");
    }
}

/// More rows than are read at once, and one more than are sorted.
#[test]
fn only_the_order_of_the_corpus_has_no_limit() {
    let texts: Vec<String> = (0..=Export::MAX_SORTED).map(|number| format!("visa {number}")).collect();
    let passages: Vec<&str> = texts.iter().map(String::as_str).collect();
    let long = ("long", Language::En, 2005, &[][..], "Long", &passages[..]);
    let Index { searcher, .. } = &index_of(settings(), &[long]);
    let request = SearchRequest::new(Unit::Passages, "visa");
    let corpus = SearchRequest { sort: Sort::Corpus, ..request.clone() };
    let expected: Vec<String> = (0..passages.len()).map(|number| format!("long#n{number}")).collect();
    assert_eq!(rows(&export(searcher, &corpus)), expected);
    let error = searcher.snapshot().export(&Scope::public(), &request).unwrap_err();
    assert!(matches!(error, SearchError::TooManyToSort { total: 10_001, most: 10_000 }), "{error}");
    let fewer = SearchRequest { query: "visa -7".to_owned(), ..request };
    assert_eq!(rows(&export(searcher, &fewer)).len(), Export::MAX_SORTED);
}

/// An export goes on in its generation, even when a newer one withdraws its documents.
#[test]
fn an_export_keeps_its_generation() {
    let Index { searcher, store, .. } = &index();
    let export = export(searcher, &SearchRequest { sort: Sort::Corpus, ..documents("") });
    publish(store, searcher.settings(), &DOCUMENTS[..1]);
    assert!(searcher.refresh().unwrap());
    assert_eq!(rows(&export).len(), DOCUMENTS.len());
}

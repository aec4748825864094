//! Every order, paged through by cursors.

use super::*;

/// Everything that a request finds, two hits a page, from the generation that its cursors name.
fn paged(searcher: &Searcher, request: &SearchRequest, between: impl Fn()) -> Vec<String> {
    let mut request = SearchRequest { limit: 2, ..request.clone() };
    let mut found = Vec::new();
    for _ in 0..20 {
        let response = searcher.search(&Scope::public(), &request).unwrap();
        found.extend(ids(&response));
        request.cursor = response.next_cursor;
        if request.cursor.is_none() {
            break;
        }
        between();
    }
    found
}

#[test]
fn cursors_go_through_every_order_once() {
    let Index { searcher, .. } = &index();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending] {
            for query in ["", "visas borders"] {
                let request =
                    SearchRequest { sort, match_mode: MatchMode::Any, limit: 100, ..SearchRequest::new(unit, query) };
                let whole = ids(&searcher.search(&Scope::public(), &request).unwrap());
                assert!(whole.len() > 2, "{unit:?} {sort:?} {query:?}");
                assert_eq!(paged(searcher, &request, || ()), whole, "{unit:?} {sort:?} {query:?}");
            }
        }
    }
    let titles = SearchRequest { sort: Sort::Title, ..documents("") };
    let by_title = ids(&searcher.search(&Scope::public(), &titles).unwrap());
    assert_eq!(by_title, ["migracion", "coast", "labour", "refugies", "dialogue", "zeta"].map(str::to_owned).to_vec());
}

/// A cursor goes on in the generation that it comes from, whatever was added since.
#[test]
fn cursors_go_on_across_a_publish() {
    for sort in [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending] {
        let Index { searcher, store, .. } = &index_of(settings(), &DOCUMENTS[..5]);
        let request = SearchRequest { sort, limit: 100, ..documents("") };
        let whole = ids(&searcher.search(&Scope::public(), &request).unwrap());
        let grow = || {
            publish(store, searcher.settings(), &DOCUMENTS);
            searcher.refresh().unwrap();
        };
        assert_eq!(paged(searcher, &request, grow), whole, "{sort:?}");
        assert_eq!(searcher.search(&Scope::public(), &request).unwrap().total, 6);
    }
}

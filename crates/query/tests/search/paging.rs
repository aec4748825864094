//! Pages of 7 through everything: across the first hundred hits, in every order, over two collections, and on when the
//! index grows in between.

use std::time::{Duration, Instant};

use super::*;

const SORTS: [Sort; 6] = [
    Sort::Relevance,
    Sort::DateDescending,
    Sort::DateAscending,
    Sort::Title,
    Sort::AddedDescending,
    Sort::Corpus,
];

const QUERIES: [&str; 3] = ["", "visas", "visas borders coast"];

/// Documents with the ids `d000`, `d001` …, every third in a restricted collection. Scores, years and titles are often
/// equal, and some are unlike any other.
fn records(numbers: impl Iterator<Item = u16>) -> Vec<DocumentRecord> {
    let settings = settings();
    let one = |number: u16| {
        let id = format!("d{number:03}");
        let title = ["Visas", "Borders", "Coast"][usize::from(number % 3)];
        let year = 2000 + i16::try_from(number % 5).unwrap();
        let visas = "visas ".repeat(1 + usize::from(number % 7));
        let passages = ["visas borders", &visas, "coast"];
        let mut record = record(&settings, (&id, Language::En, year, &["rcm"], title, &passages));
        if number.is_multiple_of(3) {
            record.document.collection = "closed".to_owned();
        }
        record
    };
    numbers.map(one).collect()
}

fn both() -> Scope {
    Scope::with(["closed".to_owned()])
}

/// Everything that a request finds, 7 hits a page; `between` is called behind every page.
fn paged(searcher: &Searcher, scope: &Scope, request: &SearchRequest, mut between: impl FnMut()) -> Vec<String> {
    let mut request = SearchRequest { limit: 7, ..request.clone() };
    let (mut found, mut total) = (Vec::new(), None);
    loop {
        let response = searcher.search(scope, &request).unwrap();
        assert_eq!(*total.get_or_insert(response.total), response.total);
        assert!(found.len() as u64 <= response.total, "{request:?} never ends");
        found.extend(ids(&response));
        request.cursor = response.next_cursor;
        if request.cursor.is_none() {
            return found;
        }
        between();
    }
}

fn distinct(mut found: Vec<String>) -> usize {
    found.sort();
    found.dedup();
    found.len()
}

#[test]
fn pages_lead_through_everything_once() {
    let Index { searcher, .. } = &index_of_records(settings(), records(0..150));
    for (scope, documents) in [(both(), 150), (Scope::public(), 100)] {
        for unit in [Unit::Documents, Unit::Passages] {
            for sort in SORTS {
                for query in QUERIES {
                    let match_mode = MatchMode::Any;
                    let request = SearchRequest { sort, match_mode, passages: 0, ..SearchRequest::new(unit, query) };
                    let found = paged(searcher, &scope, &request, || ());
                    let all = if unit == Unit::Documents { documents } else { documents * 3 };
                    let total = if query == "visas" && unit == Unit::Passages { documents * 2 } else { all };
                    assert_eq!((found.len(), distinct(found.clone())), (total, total), "{unit:?} {sort:?} {query:?}");
                    // The same hits in the same order as on pages of another size.
                    let mut whole = Vec::new();
                    let mut request = SearchRequest { limit: 100, ..request };
                    while whole.len() < total {
                        let response = searcher.search(&scope, &request).unwrap();
                        whole.extend(ids(&response));
                        request.cursor = response.next_cursor;
                    }
                    assert_eq!(found, whole, "{unit:?} {sort:?} {query:?}");
                }
            }
        }
    }
}

/// Before, between and behind the documents that are there, and in both collections.
#[test]
fn an_index_that_grows_in_between_loses_and_repeats_nothing() {
    let every = |remainder: u16| (0..260).filter(move |number| number % 2 == remainder);
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in SORTS {
            let Index { searcher, store, .. } = &index_of_records(settings(), records(every(1)));
            let request = SearchRequest { sort, passages: 0, ..SearchRequest::new(unit, "visas") };
            let expected = paged(searcher, &both(), &request, || ());
            let mut pages = 0;
            let found = paged(searcher, &both(), &request, || {
                pages += 1;
                // Within the first hundred hits, and behind them.
                if pages == 3 || pages == 16 {
                    let more = if pages == 3 { 200 } else { 260 };
                    let numbers = every(1).chain(every(0).filter(|number| *number < more));
                    publish_records(store, searcher.settings(), records(numbers));
                    assert!(searcher.refresh().unwrap());
                }
            });
            assert!(pages > 16 && found.len() > 100);
            assert_eq!(found, expected, "{unit:?} {sort:?}");
            assert!(searcher.search(&both(), &request).unwrap().total > expected.len() as u64);
        }
    }
}

#[test]
fn a_cursor_lasts_for_fifteen_minutes_after_its_index_was_replaced() {
    let Index { searcher, store, .. } = &index_of_records(settings(), records(0..20));
    let mut request = SearchRequest { limit: 7, ..documents("visas") };
    request.cursor = searcher.search(&both(), &request).unwrap().next_cursor;
    publish_records(store, searcher.settings(), records(0..30));
    let replaced = Instant::now();
    assert!(searcher.refresh_at(replaced).unwrap());
    assert!(!searcher.refresh_at(replaced + Duration::from_secs(15 * 60 - 1)).unwrap());
    assert!(searcher.search(&both(), &request).is_ok());
    assert!(!searcher.refresh_at(replaced + Duration::from_secs(15 * 60)).unwrap());
    assert!(matches!(searcher.search(&both(), &request), Err(SearchError::CursorExpired)));
}

//! Pages of 7 through everything: across the first hundred hits, in every order, over two collections, and on when the
//! index grows in between.

use std::time::{Duration, Instant};

use super::*;

const SORTS: [Sort; 6] =
    [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending, Sort::Corpus];

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

/// A request that is answered in pages of 7, one after the other.
struct Paging {
    request: SearchRequest,
    found: Vec<String>,
    is_done: bool,
}

impl Paging {
    fn new(unit: Unit, sort: Sort, query: &str) -> Paging {
        let request = SearchRequest {
            sort,
            match_mode: MatchMode::Any,
            passages: 0,
            limit: 7,
            ..SearchRequest::new(unit, query)
        };
        Paging { request, found: Vec::new(), is_done: false }
    }

    fn turn(&mut self, searcher: &Searcher, scope: &Scope) {
        if self.is_done {
            return;
        }
        let response = searcher.search(scope, &self.request).unwrap();
        assert!((self.found.len() as u64) < response.total, "{:?} never ends", self.request);
        self.found.extend(ids(&response));
        self.request.cursor = response.next_cursor;
        self.is_done = self.request.cursor.is_none();
    }
}

fn paged(searcher: &Searcher, scope: &Scope, unit: Unit, sort: Sort, query: &str) -> Vec<String> {
    let mut paging = Paging::new(unit, sort, query);
    while !paging.is_done {
        paging.turn(searcher, scope);
    }
    paging.found
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
                    let found = paged(searcher, &scope, unit, sort, query);
                    let all = if unit == Unit::Documents { documents } else { documents * 3 };
                    let total = if query == "visas" && unit == Unit::Passages { documents * 2 } else { all };
                    assert_eq!((found.len(), distinct(found.clone())), (total, total), "{unit:?} {sort:?} {query:?}");
                    // The same hits in the same order as on pages of another size.
                    let mut whole = Vec::new();
                    let mut request = SearchRequest { limit: 100, ..Paging::new(unit, sort, query).request };
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

/// Documents are added before, between and behind those that are there, in both collections: within the first hundred
/// hits, and behind them.
#[test]
fn an_index_that_grows_in_between_loses_and_repeats_nothing() {
    let Index { searcher, store, .. } =
        &index_of_records(settings(), records((0..260).filter(|number| number % 2 == 1)));
    let requests = || [Unit::Documents, Unit::Passages].into_iter().flat_map(|unit| SORTS.map(|sort| (unit, sort)));
    let before: Vec<Vec<String>> =
        requests().map(|(unit, sort)| paged(searcher, &both(), unit, sort, "visas")).collect();
    let mut pagings: Vec<Paging> = requests().map(|(unit, sort)| Paging::new(unit, sort, "visas")).collect();
    let mut pages = 0;
    while pagings.iter().any(|paging| !paging.is_done) {
        if pages == 3 || pages == 16 {
            let limit = if pages == 3 { 200 } else { 260 };
            publish_records(store, searcher.settings(), records((0..260).filter(|n| n % 2 == 1 || *n < limit)));
            assert!(searcher.refresh().unwrap());
        }
        pagings.iter_mut().for_each(|paging| paging.turn(searcher, &both()));
        pages += 1;
    }
    for (paging, before) in pagings.iter().zip(before) {
        assert!(before.len() > 16 * 7);
        assert_eq!(paging.found, before, "{:?}", paging.request);
        let after = SearchRequest { cursor: None, ..paging.request.clone() };
        assert!(searcher.search(&both(), &after).unwrap().total > before.len() as u64);
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

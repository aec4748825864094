//! Readers that go on answering while generations are exchanged under them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rcp_index::generation::{GenerationError, OpenGeneration, Reader, Store};
use rcp_index::scope::Scope;
use rcp_query::SearchError;
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::{Hits, SearchResponse};

use super::place::{Answers, MARKER, Place, changed, corpus, restricted, withdrawn};
use crate::server::Server;

/// Generations that are published while readers search.
const PUBLISHED: usize = 12;

/// Threads that search.
const READERS: usize = 3;

fn any_generation(_: &OpenGeneration) -> Result<(), GenerationError> {
    Ok(())
}

#[test]
fn every_answer_during_publishes_is_wholly_of_one_generation() {
    let place = Place::new();
    let states = [corpus(6), changed(corpus(6)), withdrawn(corpus(6)), restricted(corpus(6))];
    let answers = states.each_ref().map(|files| {
        place.write(files);
        place.run();
        place.answers().unwrap()
    });
    let searcher = place.searcher().unwrap();
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    Answers::each(&searcher, |at, answer| {
                        assert!(answers.iter().any(|answers| answers.has(at, &answer)), "{answer:?}");
                    });
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        for at in 0..PUBLISHED {
            let state = at % states.len();
            place.write(&states[state]);
            place.run();
            assert!(searcher.refresh().unwrap());
            assert!(Answers::of(&searcher) == answers[state]);
            let before = asked.load(Ordering::SeqCst);
            while asked.load(Ordering::SeqCst) < before + READERS {
                thread::yield_now();
            }
        }
        done.store(true, Ordering::SeqCst);
    });
    place.is_tidy();
}

fn ids(answer: &SearchResponse) -> Vec<String> {
    match &answer.hits {
        Hits::Documents(hits) => hits.iter().map(|hit| hit.document.id.to_string()).collect(),
        Hits::Passages(_) => Vec::new(),
    }
}

#[test]
fn a_client_pages_on_in_what_was_replaced_but_not_in_what_was_withdrawn() {
    let place = Place::new();
    place.write(&corpus(6));
    place.run();
    let searcher = place.searcher().unwrap();
    let mut request = SearchRequest::new(Unit::Documents, "return");
    let whole = searcher.search(&Scope::public(), &request).unwrap();
    request.limit = 3;
    let first = searcher.search(&Scope::public(), &request).unwrap();
    request.cursor = first.next_cursor.clone();

    place.write(&changed(corpus(6)));
    place.run();
    assert!(searcher.refresh().unwrap());
    let second = searcher.search(&Scope::public(), &request).unwrap();
    assert_eq!((&second.index_version, second.total), (&first.index_version, first.total));
    assert_eq!([ids(&first), ids(&second)].concat(), ids(&whole)[..6]);

    place.write(&withdrawn(changed(corpus(6))));
    place.run();
    assert!(searcher.refresh().unwrap());
    let gone = searcher.search(&Scope::public(), &request);
    assert!(matches!(gone, Err(SearchError::CursorExpired)), "{gone:?}");
}

#[test]
fn withdrawn_and_restricted_documents_leave_the_disk_and_open_readers() {
    for (after, public_only) in [(withdrawn(corpus(3)), false), (restricted(corpus(3)), true)] {
        let place = Place::new();
        place.write(&corpus(3));
        place.run();
        place.write(&changed(corpus(3)));
        place.run();
        let reader = Reader::open(Store::new(place.index())).unwrap();
        let version = reader.current().manifest().version(&Scope::public());
        assert!(!place.marked_files().is_empty());

        place.write(&after);
        place.run();
        let marked = place.marked_files();
        let allowed = |file: &String| public_only && (file.contains("/drafts/") || file.starts_with("cache/"));
        assert!(marked.iter().all(allowed), "{marked:?}");
        assert_eq!(marked.is_empty(), !public_only);
        assert!(reader.refresh(any_generation).unwrap());
        assert!(reader.find_version(&Scope::public(), &version).is_none());
        assert!(reader.find_number(1).is_none() && reader.find_number(2).is_none());
    }
}

#[test]
fn a_server_lets_go_of_withdrawn_documents() {
    let place = Place::new();
    place.write(&corpus(6));
    place.run();
    let server = Server::start(&place.sandbox, &[]);
    let marked = format!("/v1/search?q={MARKER}");
    assert_eq!(server.get(&marked).json()["meta"]["total"], 1);
    let page = server.get("/v1/search?q=return&limit=3").json();
    let next = format!("/v1/search?q=return&limit=3&cursor={}", page["meta"]["next_cursor"].as_str().unwrap());
    assert_eq!(server.get(&next).status, 200);

    place.write(&withdrawn(corpus(6)));
    place.run();
    server.wait_for(&marked, |answer| answer.json()["meta"]["total"] == 0);
    let gone = server.get(&next);
    assert_eq!((gone.status, &gone.json()["code"]), (410, &"cursor_expired".into()));
    assert_eq!(server.get("/ready").json()["status"], "ready");
    server.stop().expect(0);
}

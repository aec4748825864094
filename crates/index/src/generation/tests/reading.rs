//! Readers: opening, following what is published, and letting go.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::scope::Scope;

fn generation(reader: &Reader) -> u64 {
    reader.current().manifest().generation
}

#[test]
fn an_index_that_was_never_built_says_so() {
    let place = Place::new();
    let message = Reader::open(place.store.clone()).unwrap_err().to_string();
    assert!(message.contains("there is no index in") && message.ends_with("run `rcp-search index`"), "{message}");
    assert!(!place.store.root().exists(), "a reader creates nothing");
    drop(place.store.lock().unwrap());
    assert!(matches!(Reader::open(place.store.clone()), Err(GenerationError::NoIndex { .. })));
}

#[test]
fn a_corpus_without_documents_can_be_published_and_opened() {
    let place = Place::new();
    let lock = place.store.lock().unwrap();
    let build = Build::begin(&lock, None, settings(), Steps::default()).unwrap();
    let scans = vec![unsearchable("b.pdf"), unsearchable("a.pdf")];
    build.publish(BTreeMap::from([("public".to_owned(), scans)]), clock(0)).unwrap();
    let current = Reader::open(place.store.clone()).unwrap().current();
    assert!(current.collection("public").is_none());
    assert_eq!(current.manifest().collections["public"].unsearchable, [unsearchable("a.pdf"), unsearchable("b.pdf")]);
}

#[cfg(unix)]
#[test]
fn reading_needs_no_right_to_write_and_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.publish(&["a public One"], 0);
    let before = place.names();
    let set_mode = |mode: u32| {
        for entry in files::walk(place.folder.path()).unwrap().iter().filter(|entry| entry.is_folder) {
            fs::set_permissions(&entry.path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set_mode(0o555);
    let reader = Reader::open(place.store.clone());
    let refreshed = reader.as_ref().map(|reader| reader.refresh(any_generation));
    set_mode(0o755);
    assert!(matches!(refreshed, Ok(Ok(false))), "{refreshed:?}");
    assert_eq!(place.names(), before);
}

#[test]
fn a_refresh_exchanges_the_generation_and_leaves_held_ones_alone() {
    let place = Place::new();
    let first = place.publish(&["a public One"], 0);
    let reader = Reader::open(place.store.clone()).unwrap();
    assert!(!reader.refresh(any_generation).unwrap());
    let held = reader.current();
    let second = place.publish(&["a public One", "b public Two"], 1);
    assert_eq!(generation(&reader), 1, "nothing changes before a refresh");
    assert!(reader.refresh(any_generation).unwrap());
    assert!(!reader.refresh(any_generation).unwrap());
    assert_eq!(reader.current().manifest(), &second);
    assert_eq!(held.manifest(), &first);

    let version = first.version(&Scope::public());
    let found = reader.find_version(&Scope::public(), &version).unwrap();
    assert!(Arc::ptr_eq(&found, &held));
    assert!(Arc::ptr_eq(&reader.find_number(2).unwrap(), &reader.current()));
    assert!(reader.find_version(&Scope::public(), "0000000000000000").is_none());
}

#[test]
fn a_replaced_generation_is_let_go_after_a_while() {
    let place = Place::new();
    place.publish(&["a public One"], 0);
    let reader = Reader::open(place.store.clone()).unwrap();
    let weak = Arc::downgrade(&reader.current());
    place.publish(&["a public Two"], 1);
    let start = Instant::now();
    assert!(reader.refresh_at(start, any_generation).unwrap());
    let is_first = |manifest: &Manifest| manifest.generation == 1;
    let nearly = start + RETENTION - Duration::from_secs(1);
    assert!(!reader.refresh_at(nearly, any_generation).unwrap());
    assert!(reader.find(nearly, is_first).is_some());
    assert!(reader.find(start + RETENTION, is_first).is_none(), "not found even before the next refresh");
    assert!(weak.upgrade().is_some());
    assert!(!reader.refresh_at(start + RETENTION, any_generation).unwrap());
    assert!(weak.upgrade().is_none(), "closed by the next refresh");
}

#[test]
fn a_reader_lets_go_at_once_of_what_shows_withdrawn_documents() {
    #[track_caller]
    fn check(after: &[&str], kept: &[u64]) {
        let place = Place::new();
        place.publish(&["a public One"], 0);
        let reader = Reader::open(place.store.clone()).unwrap();
        place.publish(&["a public One", "b public Two", "c staff Three"], 1);
        assert!(reader.refresh(any_generation).unwrap());
        place.publish(after, 2);
        assert!(reader.refresh(any_generation).unwrap());
        let found: Vec<u64> = (1..4).filter(|&number| reader.find_number(number).is_some()).collect();
        assert_eq!(found, kept);
    }
    check(&["a public One", "b public Two", "c public Three"], &[1, 2, 3]);
    check(&["a public One", "b public Two"], &[1, 3]);
    check(&["a public One", "b staff Two", "c staff Three"], &[1, 3]);
    check(&["b public Two", "c staff Three"], &[3]);
}

#[test]
fn a_damaged_new_generation_is_reported_and_the_open_one_goes_on() {
    let place = Place::new();
    place.publish(&["a public One"], 0);
    let reader = Reader::open(place.store.clone()).unwrap();
    place.publish(&["a public Two"], 1);
    let path = place.path("generations/000002/public/vocabulary");
    let sound = fs::read(&path).unwrap();
    fs::write(&path, "").unwrap();
    for _ in 0..2 {
        assert!(reader.refresh(any_generation).unwrap_err().to_string().contains("vocabulary"));
        assert_eq!(generation(&reader), 1);
    }
    fs::write(&path, sound).unwrap();
    assert!(reader.refresh(any_generation).unwrap());
    assert_eq!(generation(&reader), 2);
    fs::write(place.path("CURRENT"), "none\n").unwrap();
    assert!(matches!(reader.refresh(any_generation), Err(GenerationError::NoIndex { .. })));
    fs::remove_file(place.path("CURRENT")).unwrap();
    assert!(reader.refresh(any_generation).unwrap_err().to_string().contains("CURRENT"));
    assert_eq!(generation(&reader), 2);
}

#[test]
fn an_index_that_was_built_anew_from_nothing_is_followed() {
    let place = Place::new();
    place.publish(&["a public One"], 0);
    let reader = Reader::open(place.store.clone()).unwrap();
    fs::remove_dir_all(place.store.root()).unwrap();
    let anew = place.publish(&["a public Two"], 1);
    assert_eq!(anew.generation, 1);
    assert!(reader.refresh(any_generation).unwrap());
    assert_eq!(reader.current().manifest(), &anew);
}

#[test]
fn readers_during_publishes_always_see_a_whole_generation() {
    let place = Place::new();
    place.publish(&["a public 0"], 0);
    let reader = Reader::open(place.store.clone()).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            // Each withdraws what the one before showed, so the files vanish under an opening reader.
            for round in 1..30 {
                place.publish(&[&format!("d{round} public {round}")], round);
            }
        });
        while !writer.is_finished() {
            reader.refresh(any_generation).unwrap();
            let current = reader.current();
            let documents = &current.manifest().collections["public"].documents;
            assert_eq!(documents.len(), 1);
            assert!(Reader::open(place.store.clone()).is_ok());
        }
    });
    reader.refresh(any_generation).unwrap();
    assert_eq!(generation(&reader), 30);
}

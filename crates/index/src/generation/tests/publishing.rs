//! Building and publishing: what is on disk, who may write, and what a crash leaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[test]
fn a_generation_holds_its_files_and_nothing_of_the_engines_housekeeping() {
    let place = Place::new();
    let manifest = place.publish(&["a public One", "b public Two", "c staff Three"], 0);
    assert_eq!(
        place.names(),
        [
            ".lock",
            "CURRENT",
            "generations",
            "generations/000001",
            "generations/000001/manifest.json",
            "generations/000001/manifest.seal",
            "generations/000001/public",
            "generations/000001/public/documents",
            "generations/000001/public/documents/lines",
            "generations/000001/public/vocabulary",
            "generations/000001/staff",
            "generations/000001/staff/documents",
            "generations/000001/staff/documents/lines",
            "generations/000001/staff/vocabulary",
        ]
    );
    assert_eq!(place.store.current_manifest().unwrap(), Some(manifest.clone()));
    assert_eq!((manifest.generation, manifest.created), (1, clock(0)));
    assert_eq!(manifest.facets, ["rcp", "theme"]);
    assert_eq!(manifest.collections["public"].statistics.documents, 2);
    let files: Vec<(&str, u64)> =
        manifest.collections["staff"].files.iter().map(|(name, stamp)| (name.as_str(), stamp.length)).collect();
    assert_eq!(files, [("documents/lines", 8), ("vocabulary", 9)]);
}

#[cfg(unix)]
#[test]
fn every_user_can_read_a_generation() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.publish(&["a public One"], 0);
    for entry in files::walk(place.store.root()).unwrap().iter().filter(|entry| entry.name != ".lock") {
        let mode = fs::metadata(&entry.path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if entry.is_folder { 0o755 } else { 0o644 }, "{}", entry.name);
    }
}

#[test]
fn a_second_writer_is_told_of_the_first() {
    let place = Place::new();
    let first = place.store.lock().unwrap();
    let message = place.store.lock().unwrap_err().to_string();
    assert!(message.starts_with("another `rcp-search index` is running"), "{message}");
    drop(first);
    assert!(place.store.lock().is_ok());
}

#[test]
fn documents_that_break_a_rule_are_refused() {
    #[track_caller]
    fn check(documents: &[&str], expected: &str) {
        let place = Place::new();
        let message = place.try_publish(documents, 0, Steps::default()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
        assert!(matches!(Reader::open(place.store.clone()), Err(GenerationError::NoIndex { .. })));
    }
    check(&["b public One", "a public Two"], "comes after b");
    check(&["a public One", "a public Two"], "comes after a");
    check(&["a public One", "a staff Two"], "collection \"public\" has a document of this id");
    check(&["a public One", "b staff Two", "c public Three"], "its collection is finished");
    for name in ["..", "a/b", "", "A", "documents.json", "é", "-", &"x".repeat(65)] {
        check(&[&format!("a {name} One")], "a collection's name has at most 64");
    }
}

#[test]
fn unsearchable_files_of_an_impossible_collection_are_refused() {
    let place = Place::new();
    let lock = place.store.lock().unwrap();
    let build = Build::begin(&lock, None, settings(), Steps::default()).unwrap();
    let files = BTreeMap::from([("../public".to_owned(), vec![unsearchable("a.pdf")])]);
    let error = build.publish(files, clock(0)).unwrap_err();
    assert!(matches!(&error, GenerationError::Write { collection, .. } if collection == "../public"), "{error}");
    assert_eq!(place.store.current_manifest().unwrap(), None);
}

#[test]
fn a_collection_that_lost_a_document_is_not_published() {
    struct Forgetful(Box<dyn WriteCollection>);
    impl WriteCollection for Forgetful {
        fn add(&mut self, record: &DocumentRecord) -> Result<(), EngineError> {
            if record.document.id.as_str() == "b" { Ok(()) } else { self.0.add(record) }
        }
        fn finish(self: Box<Self>) -> Result<CollectionStatistics, EngineError> {
            self.0.finish()
        }
    }
    let forgetful = Engine { write: |folder, facets| Ok(Box::new(Forgetful((PLAIN.write)(folder, facets)?))), ..PLAIN };
    let mut place = Place::new();
    place.store = Store::with_engine(place.store.root(), forgetful);
    let error = place.try_publish(&["a public One", "b public Two"], 0, Steps::default()).unwrap_err();
    assert!(error.to_string().contains("2 documents were added and 1 are in the index"), "{error}");
    assert_eq!(place.store.current_manifest().unwrap(), None);
}

/// Lets `passes` steps pass, then stops the run as a full disk would. Counts the steps.
fn stop_after(passes: usize, reached: &Arc<AtomicUsize>) -> Steps {
    let reached = Arc::clone(reached);
    Steps::observed(move |_| match reached.fetch_add(1, Ordering::SeqCst) {
        count if count < passes => Ok(()),
        _ => Err(std::io::Error::other("stopped")),
    })
}

#[test]
fn steps_are_reached_in_their_order_and_all_of_them() {
    let place = Place::new();
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let steps = Steps::observed(move |step| {
        sink.lock().unwrap().push(step);
        Ok(())
    });
    place.try_publish(&["a public One"], 0, steps).unwrap();
    // Those of the cache are the indexer's.
    let of_cache = |step: &Step| matches!(step, Step::KeepReading | Step::KeepHashes | Step::ClearCache);
    assert_eq!(*seen.lock().unwrap(), Step::ALL.into_iter().filter(|step| !of_cache(step)).collect::<Vec<_>>());
    assert!(Step::ALL.is_sorted());
}

#[test]
fn a_run_that_fails_at_any_step_leaves_one_whole_generation_answering() {
    let (old, new) = (["a public One", "b staff Two"], ["a public One", "c public Three", "d staff Four"]);
    for first_build in [true, false] {
        let mut stopped = 0;
        for passes in 0.. {
            let place = Place::new();
            if !first_build {
                place.publish(&old, 0);
            }
            let reached = Arc::new(AtomicUsize::new(0));
            let result = place.try_publish(&new, 1, stop_after(passes, &reached));
            let ids = Reader::open(place.store.clone()).map(|reader| {
                let current = reader.current();
                let collections = current.manifest().collections.values();
                collections.flat_map(|collection| collection.documents.keys().cloned()).collect::<Vec<_>>()
            });
            let flipped = matches!(&ids, Ok(ids) if ids.contains(&id("c")));
            match ids {
                Ok(ids) if flipped => assert_eq!(ids, [id("a"), id("c"), id("d")]),
                Ok(ids) => assert_eq!(ids, [id("a"), id("b")]),
                Err(error) => assert!(first_build && matches!(error, GenerationError::NoIndex { .. }), "{error}"),
            }
            assert!(flipped || result.is_err());
            let published = place.store.current().unwrap().map_or(0, |pointer| pointer.generation);
            assert!(place.numbers().iter().all(|&number| number <= published), "what failed is removed from disk");
            assert!(!place.names().contains(&"CURRENT.new".to_owned()));

            let next = place.publish(&new, 2);
            assert_eq!(place.store.current_manifest().unwrap().as_ref(), Some(&next));
            let kept: Vec<u64> = place.numbers();
            // Document b is withdrawn, so the first generation goes at once, even where the run that should have
            // deleted it was stopped; the new one of that run is kept beside its successor.
            let published: Vec<u64> =
                flipped.then_some(next.generation - 1).into_iter().chain([next.generation]).collect();
            assert_eq!(kept, published, "stopped after {passes} steps");
            if result.is_ok() {
                break;
            }
            stopped += 1;
        }
        assert!(stopped > 17, "{stopped} steps were tried");
    }
}

#[test]
fn a_run_that_publishes_nothing_clears_what_an_interrupted_one_left() {
    let place = Place::new();
    place.publish(&["a public One", "b public Two"], 0);
    let stopped_at = |step| Steps::observed(move |at| if at == step { Err(std::io::Error::other("")) } else { Ok(()) });
    place.try_publish(&["a public One"], 1, stopped_at(Step::DeleteReplaced)).unwrap_err();
    // As if the process had ended: a build that is only dropped clears up after itself.
    let lock = place.store.lock().unwrap();
    std::mem::forget(Build::begin(&lock, None, settings(), Steps::default()).unwrap());
    fs::write(place.path("CURRENT.new"), "000003 ").unwrap();
    assert_eq!(place.numbers(), [1, 2, 3]);
    let unpublished = Reader::open_number(place.store.clone(), 3);
    assert!(matches!(unpublished, Err(GenerationError::NoGeneration { number: 3, .. })), "{unpublished:?}");
    cleanup(&lock, &Steps::default(), clock(3)).unwrap();
    assert_eq!(place.numbers(), [2]);
    assert!(!place.names().contains(&"CURRENT.new".to_owned()));
}

#[test]
fn numbers_never_go_back() {
    let place = Place::new();
    place.publish(&["a public One"], 0);
    place.publish(&["a public Two"], 20);
    assert_eq!(place.numbers(), [1, 2]);
    place.publish(&["a public Three"], 40);
    assert_eq!(place.numbers(), [2, 3]);
    fs::create_dir(place.path("generations/000041")).unwrap();
    assert_eq!(place.publish(&["a public Four"], 60).generation, 42);
    assert_eq!(place.numbers(), [3, 42]);
    fs::remove_dir_all(place.path("generations")).unwrap();
    let lock = place.store.lock().unwrap();
    let build = Build::begin(&lock, None, settings(), Steps::default()).unwrap();
    assert_eq!(build.publish(BTreeMap::new(), clock(80)).unwrap().generation, 43, "CURRENT remembers the last one");
}

#[test]
fn replaced_generations_are_kept_for_a_while() {
    let place = Place::new();
    place.publish(&["a public One"], 0);
    place.publish(&["a public Two"], 10);
    // The first was replaced at minute 10: 14 minutes ago, then 15.
    place.publish(&["a public Three"], 24);
    assert_eq!(place.numbers(), [1, 2, 3]);
    place.publish(&["a public Four"], 25);
    assert_eq!(place.numbers(), [2, 3, 4]);
    fs::write(place.path("generations/000003/manifest.json"), "{}").unwrap();
    place.publish(&["a public Five"], 26);
    assert_eq!(place.numbers(), [2, 4, 5], "a generation without a sound manifest goes at once");
}

#[test]
fn what_is_withdrawn_or_restricted_leaves_the_disk_at_once() {
    #[track_caller]
    fn check(before: &[&str], after: &[&str], kept: &[u64]) {
        let place = Place::new();
        place.publish(&["a public One"], 0);
        place.publish(before, 1);
        place.publish(after, 2);
        assert_eq!(place.numbers(), kept);
    }
    check(&["a public One", "b public Two"], &["a public One", "b public Changed"], &[1, 2, 3]);
    check(&["a public One", "b staff Two"], &["a public One", "b public Two"], &[1, 2, 3]);
    // Only the generations that show the document go: the first never had it.
    check(&["a public One", "b public Two"], &["a public One"], &[1, 3]);
    check(&["a public One", "b public Two"], &["a public One", "b staff Two"], &[1, 3]);
    check(&["a public One", "b staff Two"], &["a public One", "b board Two"], &[1, 3]);
    check(&["a public One", "b staff Two"], &["b staff Two"], &[3]);
}

#[test]
fn a_rebuild_over_damage_starts_anew_and_keeps_no_generation_that_shows_more() {
    let place = Place::new();
    place.publish(&["a public One", "b public Two"], 0);
    fs::write(place.path("CURRENT"), "000001 ").unwrap();
    let lock = place.store.lock().unwrap();
    assert!(place.store.current_manifest().is_err());
    let mut build = Build::begin(&lock, None, settings(), Steps::default()).unwrap();
    build.add(&record("a public One")).unwrap();
    let manifest = build.publish(BTreeMap::new(), clock(1)).unwrap();
    assert_eq!(manifest.generation, 2);
    assert_eq!(place.numbers(), [2]);
    assert_eq!(Reader::open(place.store.clone()).unwrap().current().manifest(), &manifest);
}

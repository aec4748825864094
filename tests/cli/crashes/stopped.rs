//! A run that is stopped by an error of the system just before a step.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcp_index::generation::{Steps, Store};

use super::scenario::{Change, Scenario};

/// What the system may say, with what the message must advise.
const ERRORS: [(io::ErrorKind, &str); 4] = [
    (io::ErrorKind::StorageFull, "make room on the disk"),
    (io::ErrorKind::PermissionDenied, "let the user who runs rcp-search"),
    (io::ErrorKind::ReadOnlyFilesystem, "make it writable"),
    (io::ErrorKind::Other, "see to the disk"),
];

#[track_caller]
fn check(change: Change) {
    let scenario = Scenario::new(change);
    for (at, &(fatal, time)) in scenario.points.iter().enumerate() {
        let (kind, advice) = ERRORS[at % ERRORS.len()];
        scenario.restart();
        let reached = AtomicUsize::new(0);
        let steps = Steps::observed(move |step| {
            let fails = step == fatal && reached.fetch_add(1, Ordering::SeqCst) + 1 == time;
            if fails { Err(kind.into()) } else { Ok(()) }
        });
        let message = scenario.place.run_with(&scenario.options(steps)).unwrap_err().to_string();
        assert!(message.contains(advice), "{fatal:?}, time {time}: {message}");
        scenario.one_generation_answers(fatal);

        // What was not published is removed at once, so that a full disk has room again.
        let index = scenario.place.index();
        let current = Store::new(&index).current_manifest().unwrap().map_or(0, |manifest| manifest.generation);
        let generations = index.join("generations");
        let numbers = generations.is_dir().then(|| std::fs::read_dir(&generations).unwrap()).into_iter().flatten();
        let mut numbers = numbers.map(|entry| entry.unwrap().file_name().to_string_lossy().parse::<u64>().unwrap());
        assert!(numbers.all(|number| number <= current), "{fatal:?}, time {time}: half a generation is left");
        assert!(!index.join("CURRENT.new").exists(), "{fatal:?}, time {time}");

        scenario.the_next_run_heals();
    }
}

#[test]
fn a_first_build_that_fails_at_any_step_says_what_to_do_and_leaves_nothing_half() {
    check(Change::FirstBuild);
}

#[test]
fn an_update_that_fails_at_any_step_says_what_to_do_and_leaves_the_old_answers() {
    check(Change::Changed);
}

#[test]
fn a_withdrawal_that_fails_at_any_step_is_finished_by_the_next_run() {
    check(Change::Withdrawn);
}

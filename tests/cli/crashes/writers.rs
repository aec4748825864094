//! Two runs over one index.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::place::{Place, corpus};
use crate::sandbox::run;

/// Attempts to catch a run in its midst.
const ATTEMPTS: usize = 10;

fn signal(process: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
}

/// A run of the real binary that was stopped (not ended) while it holds the lock.
fn halted(place: &Place) -> Child {
    let readings = place.index().join("cache/readings");
    for _ in 0..ATTEMPTS {
        if place.index().exists() {
            std::fs::remove_dir_all(place.index()).unwrap();
        }
        let mut process = place.binary(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // It has begun to read, so it has the lock, and there is much left to read.
        while process.try_wait().unwrap().is_none() {
            if std::fs::read_dir(&readings).is_ok_and(|mut entries| entries.next().is_some()) {
                signal(&process, "-STOP");
                if process.try_wait().unwrap().is_none() {
                    return process;
                }
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    panic!("every run ended before it could be halted");
}

#[test]
fn a_second_writer_is_refused_at_once_and_the_first_goes_on() {
    let place = Place::new();
    place.write(&corpus(150));
    let mut first = halted(&place);
    let index = place.index().display().to_string();
    let refused = run(place.binary(&[])).fails(1, &["another `rcp-search index` is running on", &index, "wait until"]);
    assert_eq!(refused.err.lines().count(), 1, "{}", refused.err);
    signal(&first, "-CONT");
    assert!(first.wait().unwrap().success());
    assert_eq!(place.answers().unwrap().marked(), (1, 1));
    place.is_tidy();
}

#[test]
fn the_lock_of_a_killed_writer_is_free() {
    let place = Place::new();
    place.write(&corpus(150));
    let mut first = halted(&place);
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(place.index().join(".lock").exists(), "the file stays");
    run(place.binary(&[])).expect(0);
    assert_eq!(place.answers().unwrap().marked(), (1, 1));
    place.is_tidy();
}

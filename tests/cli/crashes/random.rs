//! The real binary, killed at any time.

use std::env;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::place::{Answers, Files, Place, changed, corpus, withdrawn};

/// How many runs are killed; more where this is set.
const KILLS: &str = "RCP_SEARCH_TEST_KILLS";

/// Runs that are killed when nobody asks for more.
const FEW: usize = 30;

/// Every so many runs the index is a new one.
const NEW_INDEX: usize = 5;

/// Documents of the corpus: a run is to take some time.
const DOCUMENTS: usize = 40;

/// Two states of a corpus, of which the second withdraws a document of the first.
struct State {
    files: Files,
    answers: Option<Answers>,
    /// How long the binary takes to publish it over the other one.
    takes: Duration,
}

#[test]
fn a_run_that_is_killed_at_any_time_leaves_whole_answers() {
    let place = Place::new();
    let old = corpus(DOCUMENTS);
    let new = withdrawn(changed(old.clone()));
    let states = [old, new].map(|files| {
        place.write(&files);
        let start = Instant::now();
        let output = place.binary(&[]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let takes = start.elapsed();
        State { answers: place.answers(), files, takes }
    });
    let kills = env::var(KILLS).map_or(FEW, |kills| kills.parse().unwrap());
    let mut random = Random(20_051_111);
    let mut ended_before = 0;
    for kill in 0..kills {
        let [before, after] = [&states[(kill + 1) % 2], &states[kill % 2]];
        let new_index = kill % NEW_INDEX == 0;
        if new_index {
            std::fs::remove_dir_all(place.index()).unwrap();
        }
        place.write(&after.files);
        let mut process = place.binary(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let delay = after.takes.mul_f64(random.below_one() * 1.1);
        thread::sleep(delay);
        ended_before += usize::from(process.try_wait().unwrap().is_some());
        process.kill().unwrap();
        process.wait().unwrap();

        let answers = place.answers();
        let expected = if new_index { &None } else { &before.answers };
        assert!(answers == *expected || answers == after.answers, "kill {kill}, after {delay:?}: half an answer");
        place.run();
        assert!(place.answers() == after.answers, "kill {kill}, after {delay:?}: other answers after the next run");
        place.is_tidy();
        assert_eq!(place.marked_files().is_empty(), kill % 2 == 1, "kill {kill}, after {delay:?}");
    }
    assert!(ended_before < kills, "no run was killed");
}

/// Numbers that are the same in every run of the test (splitmix64).
struct Random(u64);

impl Random {
    /// From 0 on, below 1.
    fn below_one(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

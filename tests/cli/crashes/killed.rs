//! A run that is killed just before a step: at every step of every kind of run.
//!
//! The run is this very test program, started again with nothing but [`doomed`] to do, which ends itself at its step
//! without any clearing up.

use std::env;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use rcp_corpus::settings::Settings;
use rcp_index::generation::{Step, Steps};
use rcp_indexer::IndexOptions;

use super::place::index_when_free;
use super::scenario::{Change, Scenario};

/// Tells [`doomed`] what to do: folder, step, how manieth time, whether to rebuild.
const ORDERS: &str = "RCP_SEARCH_TEST_DOOMED";

/// Signal of `abort`.
const SIGABRT: i32 = 6;

#[track_caller]
fn check(change: Change) {
    let scenario = Scenario::new(change);
    assert!(scenario.points.len() >= 17, "{:?}", scenario.points);
    for &(step, time) in &scenario.points {
        scenario.restart();
        let at = Step::ALL.iter().position(|&other| other == step).unwrap();
        let orders = [scenario.place.sandbox.path("").display().to_string(), at.to_string(), time.to_string()];
        let status = Command::new(env::current_exe().unwrap())
            .args(["crashes::killed::doomed", "--exact", "--ignored"])
            .env(ORDERS, format!("{}\n{}", orders.join("\n"), scenario.rebuild))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.signal(), Some(SIGABRT), "{step:?}, time {time}: it was not reached");
        scenario.one_generation_answers(step);
        scenario.the_next_run_heals();
    }
}

/// The run that is killed; without orders it does nothing.
#[test]
#[ignore = "started by the other tests"]
fn doomed() {
    let Ok(orders) = env::var(ORDERS) else { return };
    let [folder, step, time, rebuild] = orders.lines().collect::<Vec<_>>().try_into().unwrap();
    let folder = std::path::Path::new(folder);
    let fatal = Step::ALL[step.parse::<usize>().unwrap()];
    let time: usize = time.parse().unwrap();
    let reached = AtomicUsize::new(0);
    let steps = Steps::observed(move |step| {
        if step == fatal && reached.fetch_add(1, Ordering::SeqCst) + 1 == time {
            std::process::abort();
        }
        Ok(())
    });
    let folders = vec![folder.join("corpus")];
    let options =
        IndexOptions { rebuild: rebuild == "true", steps, ..IndexOptions::new(folders, folder.join("index")) };
    let settings = Settings::load(&folder.join("config")).unwrap();
    index_when_free(&options, &settings).unwrap();
}

#[test]
fn a_first_build_that_is_killed_at_any_step_leaves_no_index_or_a_whole_one() {
    check(Change::FirstBuild);
}

#[test]
fn an_update_that_is_killed_at_any_step_leaves_the_old_or_the_new_answers() {
    check(Change::Changed);
}

#[test]
fn a_withdrawal_that_is_killed_at_any_step_is_finished_by_the_next_run() {
    check(Change::Withdrawn);
}

#[test]
fn a_restriction_that_is_killed_at_any_step_is_finished_by_the_next_run() {
    check(Change::Restricted);
}

#[test]
fn a_rebuild_that_is_killed_at_any_step_leaves_the_same_answers() {
    check(Change::Rebuild);
}

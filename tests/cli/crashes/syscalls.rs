//! The real binary, killed or failed by the system at its calls, one after the other. Not part of the usual run: it
//! needs strace, and minutes.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Output;

use super::run_by;
use super::scenario::{Change, Scenario};

/// At most so many calls of each kind are disturbed, spread evenly; all where this is `all`.
const CALLS: &str = "RCP_SEARCH_TEST_CALLS";

/// Calls of a kind that are disturbed when nobody asks for more.
const FEW: usize = 5;

/// The calls that change what is on disk.
const KINDS: [&str; 16] = [
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "ftruncate",
    "chmod",
    "fchmod",
    "fchmodat",
];

/// What happens instead of a call.
const DISTURBANCES: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

const SIGKILL: i32 = 9;

#[test]
#[ignore = "needs strace; RCP_SEARCH_TEST_CALLS=all cargo test -p rcp-search --test cli syscalls -- --ignored --nocapture --test-threads 1"]
fn a_run_that_is_disturbed_at_any_call_leaves_whole_answers() {
    let most = match env::var(CALLS) {
        Ok(all) if all == "all" => usize::MAX,
        Ok(number) => number.parse().unwrap(),
        Err(_) => FEW,
    };
    for change in [Change::FirstBuild, Change::Withdrawn] {
        let scenario = Scenario::new(change);
        scenario.restart();
        let (output, log) = traced(&scenario, &["-e", &format!("trace={}", KINDS.join(","))]);
        assert!(output.status.success(), "strace cannot be used here: {output:?}");
        let (mut disturbed, mut missed) = (0, 0);
        for (kind, calls) in calls(&log) {
            let step = calls.div_ceil(most).max(1);
            for at in (1..=calls).step_by(step) {
                for disturbance in DISTURBANCES {
                    match disturb(&scenario, &kind, disturbance, at) {
                        true => disturbed += 1,
                        false => missed += 1,
                    }
                }
            }
        }
        eprintln!("{change:?}: {disturbed} runs were disturbed, {missed} ended before their call");
        assert!(disturbed > missed);
    }
}

/// A process that is killed loses nothing that it wrote, a machine without power does: so a generation must be on the
/// disk before `CURRENT` names it.
#[test]
#[ignore = "needs strace; cargo test -p rcp-search --test cli syscalls -- --ignored --test-threads 1"]
fn a_generation_is_on_the_disk_before_it_is_named() {
    let scenario = Scenario::new(Change::Changed);
    scenario.restart();
    let (output, log) = traced(&scenario, &["-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2"]);
    assert!(output.status.success(), "strace cannot be used here: {output:?}");
    let index = scenario.place.index();
    let named = log.find("CURRENT.new\", \"").unwrap_or_else(|| panic!("no rename in {log}"));
    let (before, after) = log.split_at(named);
    let is_synced = |part: &str, path: &Path| {
        let synced = format!("<{}>)", path.display());
        part.lines().any(|line| line.contains("sync(") && line.contains(&synced))
    };
    let generation = index.join("generations/000002");
    let mut waiting = vec![generation.clone()];
    while let Some(path) = waiting.pop() {
        assert!(is_synced(before, &path), "{} may be lost", path.display());
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    for path in [index.join("generations"), index.join("CURRENT.new")] {
        assert!(is_synced(before, &path), "{} may be lost", path.display());
    }
    assert!(is_synced(after, &index), "the new CURRENT may be lost");
}

/// Disturbs the call of this number that a thread makes; answers whether it came to it.
#[track_caller]
fn disturb(scenario: &Scenario, kind: &str, disturbance: &str, at: usize) -> bool {
    scenario.restart();
    let inject = format!("inject={kind}:{disturbance}:when={at}");
    let (output, log) = traced(scenario, &["-e", &format!("trace={kind}"), "-e", &inject]);
    let killed = output.status.signal() == Some(SIGKILL);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(killed || matches!(output.status.code(), Some(0 | 1 | 3)), "{inject}: {output:?}");
    assert!(!errors.contains("panicked at"), "{inject}: {errors}");
    // The call was that of a worker: a file is missing, not half of an answer, and the next run reads it.
    let lost_a_file = output.status.code() == Some(3);
    let answers = scenario.place.answers();
    assert!(
        lost_a_file || answers == scenario.before || answers == scenario.after,
        "{inject}: half an answer; {errors}"
    );
    scenario.the_next_run_heals();
    killed || log.contains("(INJECTED)")
}

/// Runs the binary under strace; what it did, and the log.
fn traced(scenario: &Scenario, options: &[&str]) -> (Output, String) {
    let log = scenario.place.sandbox.path("strace.log");
    let log_name = log.display().to_string();
    let strace = [&["strace", "-f", "-qq", "-o", &log_name], options].concat();
    let output = run_by(&strace, &scenario.place.binary(&[])).output().unwrap();
    (output, fs::read_to_string(log).unwrap())
}

/// How often the thread that makes a call most often makes it, by the name of the call: strace counts by thread.
fn calls(log: &str) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(char::is_whitespace) else { continue };
        let Some((kind, _)) = call.trim_start().split_once('(') else { continue };
        if KINDS.contains(&kind) {
            *counts.entry((thread, kind)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<String, usize> = BTreeMap::new();
    for ((_, kind), count) in counts {
        let most = most.entry(kind.to_owned()).or_default();
        *most = count.max(*most);
    }
    most
}

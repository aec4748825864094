//! A disk without room: files that may not grow, and a small file system.

use std::fs;

use rcp_index::generation::Step;

use super::place::run_when_free;
use super::scenario::{Change, Scenario};
use super::{in_shell, namespace, skipped};
use crate::sandbox::{Run, run};

/// Looks at what a run left that had too little room; answers whether it failed.
#[track_caller]
fn had_too_little(scenario: &Scenario, run: Run) -> bool {
    if run.code == Some(0) {
        scenario.one_generation_answers(Step::DeleteReplaced);
        return false;
    }
    let run = run.fails(1, &["room"]);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    scenario.one_generation_answers(Step::FlipPointer);
    true
}

#[track_caller]
fn check_limits(change: Change) {
    let scenario = Scenario::new(change);
    let mut failed = 0;
    for blocks in [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32] {
        scenario.restart();
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let run = run_when_free(|| in_shell(&[], &limited, &scenario.place.binary(&[])));
        failed += usize::from(had_too_little(&scenario, run));
        scenario.the_next_run_heals();
    }
    assert!(failed >= 5, "{failed} runs failed");
}

#[test]
fn a_first_build_whose_files_may_not_grow_publishes_nothing() {
    check_limits(Change::FirstBuild);
}

#[test]
fn an_update_whose_files_may_not_grow_leaves_the_old_answers() {
    check_limits(Change::Changed);
}

/// The index lies on a file system of its own that is full after some more kilobytes, and grows after the first run.
#[test]
fn a_full_file_system_leaves_the_old_answers_and_heals_when_there_is_room() {
    const SCRIPT: &str = r#"
        mount -t tmpfs -o size="$SIZE"k none "$INDEX" && cp -a "$BEFORE/." "$INDEX" || exit 98
        "$@"; code=$?
        cp -a "$INDEX/." "$FULL"
        mount -o remount,size=64m "$INDEX"
        "$@" || exit 99
        cp -a "$INDEX/." "$FREED"
        exit $code
    "#;
    let Some(namespace) = namespace() else { return skipped("this process may not mount a file system") };
    let scenario = Scenario::new(Change::Changed);
    let path = |name: &str| scenario.place.sandbox.path(name);
    let mut failed = 0;
    for more in [24, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512, 4_096] {
        scenario.restart();
        for name in ["full", "freed"] {
            fs::create_dir_all(path(name)).unwrap();
            fs::remove_dir_all(path(name)).unwrap();
            fs::create_dir(path(name)).unwrap();
        }
        let mut command = in_shell(namespace, SCRIPT, &scenario.place.binary(&["--json"]));
        command.env("SIZE", (kilobytes(&path("before")) + more).to_string());
        for (variable, name) in [("INDEX", "index"), ("BEFORE", "before"), ("FULL", "full"), ("FREED", "freed")] {
            command.env(variable, path(name));
        }
        let Run { code, err, .. } = run(command);
        scenario.place.restore_index("full");
        // The second run has answered on standard output, whatever the first did.
        failed += usize::from(had_too_little(&scenario, Run { code, out: String::new(), err }));
        scenario.place.restore_index("freed");
        assert!(scenario.place.answers() == scenario.after, "{more} kB: other answers when there is room again");
        scenario.place.is_tidy();
    }
    assert!(failed >= 3, "{failed} runs failed");
}

/// What a folder takes on a file system of pages.
fn kilobytes(folder: &std::path::Path) -> u64 {
    let size = |entry: fs::DirEntry| match entry.path().is_dir() {
        true => kilobytes(&entry.path()),
        false => entry.metadata().unwrap().len().div_ceil(4_096) * 4,
    };
    fs::read_dir(folder).unwrap().map(|entry| size(entry.unwrap())).sum()
}

//! `index --watch`: a change of the folders is in the index soon, whatever came before.

use serde_json::Value;

use crate::process::Process;
use crate::sandbox::Sandbox;

/// A watched corpus of one document, with the process after its first run.
fn watched(args: &[&str]) -> (Sandbox, Process) {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    let corpus = sandbox.path("corpus").display().to_string();
    let process = Process::start(sandbox.command(&[&["index", &corpus, "--watch", "--json"], args].concat()));
    let first = report(&process);
    assert_eq!((&first["generation"], &first["documents"]), (&1.into(), &1.into()));
    assert_eq!(process.note(), Some(format!("watching {corpus}; Ctrl-C ends it")));
    (sandbox, process)
}

/// The next report: one line.
#[track_caller]
fn report(process: &Process) -> Value {
    let line = process.line().unwrap_or_else(|| panic!("it ended: {:?}", process.note()));
    serde_json::from_str(&line).unwrap()
}

#[test]
fn a_change_is_indexed_and_a_failing_run_ends_nothing() {
    let (sandbox, process) = watched(&[]);
    for left_behind in [".two.md.swp", "two.md~", "~$two.docx"] {
        sandbox.write(&format!("corpus/{left_behind}"), "What an editor keeps beside the file.");
    }
    sandbox.write("corpus/two.md", "# Two\n\nA text about xylophones.\n");
    let second = report(&process);
    assert_eq!((&second["generation"], &second["documents"], &second["extracted"]), (&2.into(), &2.into(), &1.into()));
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 1);
    process.note();

    // The folder is gone: the run fails, the index stays, and the watching goes on.
    std::fs::rename(sandbox.path("corpus"), sandbox.path("elsewhere")).unwrap();
    let error = process.note().unwrap();
    assert!(error.starts_with("error: ") && error.contains("name a folder of documents"), "{error}");
    process.note();
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 1);
    sandbox.write("elsewhere/three.md", "# Three\n\nA text about zithers.\n");
    std::fs::rename(sandbox.path("elsewhere"), sandbox.path("corpus")).unwrap();
    assert_eq!(report(&process)["documents"], 3);
    assert_eq!(sandbox.json(&["search", "zithers"])["meta"]["total"], 1);

    process.signal("INT");
    process.end().expect(0);
}

#[test]
fn only_the_first_run_rebuilds() {
    let (sandbox, process) = watched(&["--rebuild"]);
    sandbox.write("corpus/two.md", "# Two\n\nA text about xylophones.\n");
    assert_eq!(report(&process)["extracted"], 1, "the other file comes from the cache");
    process.signal("TERM");
    process.end().expect(0);
}

#[test]
fn what_is_written_must_not_be_what_is_watched() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    sandbox.write("index/one.md", "# One\n\nA text about consular protection.\n");
    let [corpus, index, report] = ["corpus", "index", "corpus/new/report.json"].map(|name| sandbox.path(name));
    let [corpus, index, report] = [&corpus, &index, &report].map(|path| path.display().to_string());
    sandbox.run(&["index", &corpus, "--report", &report]).fails(2, &[&report, &corpus, "--report"]);
    let around = sandbox.path("").display().to_string();
    sandbox.run(&["index", &around, "--watch"]).fails(2, &[&index, &around, "--index"]);
}

/// What is free goes back to the system; else the memory of a long run would grow with what it has read.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn a_run_settles_its_allocator_unless_someone_has() {
    let settings = |command: std::process::Command| -> Vec<String> {
        let process = Process::start(command);
        report(&process);
        let environment = std::fs::read(format!("/proc/{}/environ", process.id())).unwrap();
        process.signal("INT");
        process.end().expect(0);
        let entries = environment.split(|byte| *byte == 0).map(|entry| String::from_utf8_lossy(entry).into_owned());
        entries.filter(|entry| entry.starts_with("MALLOC_")).collect()
    };
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    let corpus = sandbox.path("corpus").display().to_string();
    let watch = || sandbox.command(&["index", &corpus, "--watch", "--json"]);
    let mut settled = settings(watch());
    settled.sort();
    assert_eq!(settled, ["MALLOC_ARENA_MAX=4", "MALLOC_MMAP_THRESHOLD_=1048576"]);
    let mut command = watch();
    command.env("MALLOC_ARENA_MAX", "7");
    assert_eq!(settings(command), ["MALLOC_ARENA_MAX=7"]);
}

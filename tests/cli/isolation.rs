//! Files that end, stop or bloat whoever reads them: the run goes on without them.
//!
//! What a worker can do at its worst is done by shell scripts in its place; what it is allowed, by the real one.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use rcp_corpus::settings::EXTRACTOR;
use rcp_corpus::settings::Settings;
use rcp_indexer::worker::Worker;
use rcp_indexer::{IndexError, IndexOptions, Report};

use crate::process::PATIENCE;
use crate::sandbox::{Sandbox, binary, project};

/// A file that a bad worker meets, and one that it does not.
fn corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/bad.md", "# Bad\n\nA text about xylophones.\n");
    sandbox.write("corpus/good.md", "# Good\n\nA text about consular protection.\n");
    sandbox
}

fn settings() -> Arc<Settings> {
    let mut settings = Settings::load(&project("index-config")).unwrap();
    settings.index.extraction.timeout_seconds = 2;
    Arc::new(settings)
}

/// Runs with a worker that greets, and then does `bad` if no worker has done it before so often, or else works.
fn run(sandbox: &Sandbox, bad: &str, times: usize, change: impl Fn(&mut IndexOptions)) -> Result<Report, IndexError> {
    let ready = format!("{{\"extractor\":\"{EXTRACTOR}\"}}");
    let count = sandbox.path("count").display().to_string();
    let script = format!(
        "echo >> '{count}'; [ $(wc -l < '{count}') -gt {times} ] && exec \"$0\" extract-worker; \
         printf '\\{:03o}\\000\\000\\000%s' '{ready}'; {bad}",
        ready.len()
    );
    let program = binary().get_program().to_string_lossy().into_owned();
    let worker = Worker::Process { program: "sh".into(), args: vec!["-c".to_owned(), script, program] };
    let usual = IndexOptions::new(vec![sandbox.path("corpus")], sandbox.path("index"));
    let mut options = IndexOptions { worker, jobs: std::num::NonZeroUsize::MIN, ..usual };
    change(&mut options);
    rcp_indexer::index(&options, &settings(), &mut |_| {})
}

fn failures(report: &Report) -> Vec<(&str, &str)> {
    report.failures.iter().map(|failure| (failure.file.as_str(), failure.why.as_str())).collect()
}

/// A worker that fails at the first file does no harm to the second; `why` is said, and the next run knows it still.
#[track_caller]
fn check_lasting(bad: &str, why: &str) {
    let sandbox = corpus();
    let report = run(&sandbox, bad, 1, |_| {}).unwrap();
    assert_eq!((report.documents, report.failures.len()), (1, 1), "{report:?}");
    let (file, said) = failures(&report)[0];
    assert!(file == "bad.md" && said.contains(why), "{file}: {said}");
    let again = run(&sandbox, bad, 1, |_| {}).unwrap();
    assert_eq!((again.extracted, failures(&again)), (0, failures(&report)), "it would come to the same");
    let rebuilt = run(&sandbox, bad, 1, |options| options.rebuild = true).unwrap();
    assert_eq!((rebuilt.extracted, rebuilt.documents), (2, 2), "but who asks for it has it tried again");
}

#[test]
fn what_a_file_does_to_its_reader_is_a_line_in_the_report() {
    check_lasting("exec sleep 1000", "it took longer than 2 seconds");
    check_lasting("kill -SEGV $$", "its reader crashed (signal 11)");
    check_lasting("kill -XCPU $$", "it took longer than 2 seconds");
    check_lasting("echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$", "it needs more than 512 MB");
    check_lasting("echo 'thread main has overflowed its stack' >&2; kill -ABRT $$", "it is nested too deeply");
}

#[test]
fn a_reader_that_is_ended_from_outside_is_replaced() {
    for bad in ["kill -KILL $$", "exit 3", "printf '\\377\\377\\377\\377'", "printf '\\002\\000\\000\\000{]'"] {
        let sandbox = corpus();
        let report = run(&sandbox, bad, 1, |_| {}).unwrap();
        assert_eq!((report.documents, report.extracted), (2, 2), "{bad}: {report:?}");
        // Twice in a row it is given up, for this run.
        let sandbox = corpus();
        let report = run(&sandbox, bad, 2, |_| {}).unwrap();
        assert_eq!(report.documents, 1, "{bad}");
        let (file, why) = failures(&report)[0];
        assert!(file == "bad.md" && why.contains("its reader was ended"), "{why}");
        let again = run(&sandbox, bad, 2, |_| {}).unwrap();
        assert_eq!((again.documents, again.extracted), (2, 1), "{bad}: it was not the file's fault");
    }
}

#[test]
fn a_worker_that_is_none_ends_the_run_before_anything_is_published() {
    let sandbox = corpus();
    for (program, says) in [("/no/such/program", "No such file"), ("true", "files cannot be read apart")] {
        let worker = Worker::Process { program: program.into(), args: Vec::new() };
        let error = run(&sandbox, "", 0, |options| options.worker = worker.clone()).unwrap_err();
        assert!(matches!(error, IndexError::Worker { .. }) && error.to_string().contains(says), "{error}");
    }
    assert!(sandbox.published().is_empty());
}

#[test]
fn the_real_worker_is_held_to_the_memory_it_may_have() {
    let sandbox = Sandbox::with_own_config();
    sandbox.replace("config/index.toml", "max_memory_bytes = 536870912", "max_memory_bytes = 134217728");
    sandbox.write("corpus/good.md", "# Good\n\nA text about consular protection.\n");
    sandbox.write("corpus/large.txt", "word ".repeat(13_000_000));
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.run(&["index", &corpus, "--json"]).expect(3).json();
    let why = report["failures"][0]["why"].as_str().unwrap();
    assert_eq!(
        (&report["documents"], why.split(" (").next()),
        (&1.into(), Some("it needs more than 128 MB of memory"))
    );
}

/// A worker by itself, as the indexer starts it, with the answer to its orders.
fn worker() -> Child {
    let mut worker = binary();
    worker.arg("extract-worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut worker = worker.spawn().unwrap();
    let orders = serde_json::json!({ "settings": settings().index.extraction }).to_string();
    let input = worker.stdin.as_mut().unwrap();
    input.write_all(&frame(orders.as_bytes())).unwrap();
    let mut ready = [0; 4];
    worker.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
    let mut ready = vec![0; u32::from_le_bytes(ready) as usize];
    worker.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
    assert!(String::from_utf8(ready).unwrap().contains(EXTRACTOR));
    worker
}

fn frame(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).unwrap().to_le_bytes(), bytes].concat()
}

#[track_caller]
fn ends(mut worker: Child) {
    let start = std::time::Instant::now();
    while worker.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "it goes on");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_limits_itself_and_ends_with_the_indexer() {
    let mut worker = worker();
    let limits = fs::read_to_string(Path::new("/proc").join(worker.id().to_string()).join("limits")).unwrap();
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..].split_whitespace().take(2).map(|value| value.parse().unwrap()).collect::<Vec<u64>>()
    };
    for (name, expected) in [
        ("Max address space", 512 << 20),
        ("Max cpu time", 5),
        ("Max core file size", 0),
        ("Max file size", 0),
        ("Max open files", 3),
    ] {
        assert_eq!(limit(name), [expected, expected], "{name}");
    }
    // In the middle of a file.
    worker.stdin.as_mut().unwrap().write_all(&frame(b"half a file")).unwrap();
    drop(worker.stdin.take());
    ends(worker);
}

#[test]
fn a_worker_is_of_no_use_to_people() {
    let mut command = Command::new(binary().get_program());
    let output = command.arg("extract-worker").stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("started by `rcp-search index`"));
}

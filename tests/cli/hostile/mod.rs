//! Files made to do harm: each is settled in its time, and the run neither ends nor grows.

mod archives;
mod pdf;
mod texts;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::sandbox::Sandbox;

/// Files by name.
type Files = Vec<(String, Vec<u8>)>;

/// Time that a file may take here, in seconds.
const TIMEOUT: u64 = 8;

/// By how much a run over such files may take more memory than one without them, in kilobytes.
const GROWTH: u64 = 50 << 10;

fn file(name: &str, bytes: Vec<u8>) -> (String, Vec<u8>) {
    (name.to_owned(), bytes)
}

/// A sound file, cut off at several places and with a few wrong bits.
fn damaged(name: &str, ending: &str, bytes: &[u8]) -> Files {
    let cut = [10, 50, 90].map(|percent| {
        file(&format!("{name}-{percent}-percent.{ending}"), bytes[..bytes.len() * percent / 100].to_vec())
    });
    let flipped = [3, 5, 7].map(|part| {
        let mut flipped = bytes.to_vec();
        // Not in the first bytes, which tell the format.
        flipped.iter_mut().skip(8 + part).step_by(bytes.len() / part).for_each(|byte| *byte ^= 1 << part);
        file(&format!("{name}-flipped-{part}.{ending}"), flipped)
    });
    cut.into_iter().chain(flipped).collect()
}

/// A place with documents that are as they should be, and little time and memory for each.
fn place() -> Sandbox {
    let sandbox = Sandbox::with_own_config();
    sandbox.replace("config/index.toml", "timeout_seconds = 30", &format!("timeout_seconds = {TIMEOUT}"));
    for at in 0..20 {
        let text =
            format!("# Report {at}\n\n1. Delegates of Peru heard xylophones {at} times.\n\n2. They went home.\n");
        sandbox.write(&format!("corpus/good/{at}.md"), text);
    }
    sandbox
}

/// Names and kinds of files that no document has.
fn odd_files(sandbox: &Sandbox) {
    use std::os::unix::ffi::OsStrExt;
    let odd = |name: &[u8]| sandbox.path("corpus/odd").join(std::ffi::OsStr::from_bytes(name));
    sandbox.write("corpus/odd/sub/text.md", "# Text\n\nDelegates spoke of bassoons.\n");
    symlink(sandbox.path("corpus"), odd(b"up")).unwrap();
    symlink(odd(b"itself"), odd(b"itself")).unwrap();
    symlink("/no/such/file", odd(b"dangling.txt")).unwrap();
    symlink("/dev/zero", odd(b"zero.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(odd(b"pipe.txt")).status().unwrap().success());
    std::os::unix::net::UnixListener::bind(odd(b"socket.txt")).unwrap();
    for name in [&b"line\nbreak.txt"[..], b"\xFF\xFE.txt", b"\x1b[2J.txt", b"..txt..", b"-rf", b" ", &[b'n'; 250]] {
        fs::write(odd(name), "Delegates spoke of zithers.\n").unwrap();
    }
    fs::write(odd(b"~$lock.docx"), "lock").unwrap();
}

/// Runs `index` to its end; its exit code, and the most memory it held, in kilobytes.
fn run(sandbox: &Sandbox, report: &str) -> (Option<i32>, u64) {
    let corpus = sandbox.path("corpus").display().to_string();
    let mut command = sandbox.command(&["index", &corpus, "--jobs", "2", "--report", report]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let seen = fs::read_to_string(&status).unwrap_or_default();
        let line = seen.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(most);
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), most);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn hostile_files_are_settled_and_the_good_ones_indexed() {
    let sandbox = place();
    let report = sandbox.path("report.jsonl").display().to_string();
    let (code, before) = run(&sandbox, &report);
    assert_eq!(code, Some(0));

    let hostile: Files = [archives::files(), pdf::files(), texts::files()].concat();
    assert!(hostile.len() >= 120, "{}", hostile.len());
    for (name, bytes) in &hostile {
        sandbox.write(&format!("corpus/hostile/{name}"), bytes);
    }
    odd_files(&sandbox);
    let (code, most) = run(&sandbox, &report);
    assert_eq!(code, Some(3));
    println!("{before} kB without the hostile files, {most} kB with them");
    assert!(most < before + GROWTH, "it took {most} kB, and {before} kB without the hostile files");

    let lines = fs::read_to_string(&report).unwrap();
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let settled = |name: &str| {
        let line = lines.iter().find(|line| line["file"] == name).unwrap_or_else(|| panic!("{name} is missing"));
        // Twice, if the worker was ended from outside; and a busy machine takes its time to start one.
        let milliseconds = line["milliseconds"].as_u64().unwrap();
        assert!(milliseconds < (2 * TIMEOUT + 20) * 1_000, "{line}");
        line["state"].as_str().unwrap().to_owned()
    };
    for (name, _) in &hostile {
        let state = settled(&format!("hostile/{name}"));
        assert!(["searchable", "no-text", "failed"].contains(&state.as_str()), "{name}: {state}");
    }
    for name in [
        "hostile/too-much.txt",
        "hostile/empty.txt",
        "hostile/zeros.txt",
        "hostile/picture.pdf",
        "odd/dangling.txt",
        "odd/itself",
    ] {
        assert_eq!(settled(name), "failed", "{name}");
    }
    for name in ["odd/line\nbreak.txt", "odd/\u{FFFD}ff\u{FFFD}fe.txt", "odd/\u{1b}[2J.txt", "odd/-rf", "good/0.md"] {
        assert_eq!(settled(name), "searchable", "{name}");
    }
    for name in ["odd/pipe.txt", "odd/zero.txt", "odd/socket.txt", "odd/~$lock.docx"] {
        assert!(lines.iter().all(|line| line["file"] != name), "{name} is no file");
    }
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 20);
    assert_eq!(sandbox.json(&["search", "bassoons"])["meta"]["total"], 1);
    let text = fs::read_to_string(sandbox.path("report.jsonl")).unwrap();
    assert!(!text.contains("root:x:"), "a file was read that nobody asked for");
    assert!(!std::path::Path::new("/tmp/out.xml").exists());
}

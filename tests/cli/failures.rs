//! `index` where files, folders or the index cannot be used.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::sandbox::{Sandbox, copy_folder, project};

#[test]
fn a_bad_file_is_a_line_in_the_report_and_the_good_ones_are_searchable() {
    let sandbox = Sandbox::new();
    copy_folder(&project("seeds"), &sandbox.path("corpus"));
    sandbox.write("corpus/scan.pdf", b"%PDF-1.4\n\x00\x01\x02\x03");
    sandbox.write("corpus/empty.txt", "");
    sandbox.write("corpus/noise.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254].repeat(40));
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.run(&["index", &corpus, "--json"]).expect(3).json();
    assert_eq!(report["documents"], 5);
    let failures = report["failures"].as_array().unwrap();
    let files: Vec<_> = failures.iter().map(|failure| failure["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["empty.txt", "noise.txt", "scan.pdf"]);
    assert!(failures.iter().all(|failure| !failure["why"].as_str().unwrap().is_empty()), "{failures:?}");

    // A second run knows it still, extracts nothing, and says it in words too.
    let run = sandbox.run(&["index", &corpus]).expect(3);
    assert!(run.out.contains("nothing changed") && run.out.contains("  scan.pdf: "), "{}", run.out);
    let answer = sandbox.json(&["search", "sovereignty"]);
    assert!(answer["meta"]["total"].as_u64().unwrap() > 0);
    assert_eq!(answer["coverage"]["documents"], 8);
    assert_eq!(answer["coverage"]["searchable"], 5);
}

#[test]
fn a_corpus_that_cannot_be_indexed_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.write("hidden/.secret.txt", "A text that nobody asked to index.");
    sandbox.write("file.txt", "A text, not a folder.");
    let check = |name: &str, says: &str| {
        let path = sandbox.path(name).display().to_string();
        let run = sandbox.run(&["index", &path]).fails(1, &[&path, says]);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert!(sandbox.has_no_index(), "{name}: an index was begun");
        sandbox.run(&["serve", "--corpus", &path, "--listen", "127.0.0.1:0"]).fails(1, &[&path, says]);
        assert!(sandbox.has_no_index(), "{name}: an index was begun");
    };
    check("missing", "name a folder of documents");
    check("file.txt", "name a folder of documents");
    check("empty", "there is no document in");
    check("hidden", "there is no document in");
}

#[test]
fn a_corpus_of_bad_files_alone_publishes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/empty.txt", "");
    let corpus = sandbox.path("corpus").display().to_string();
    sandbox.run(&["index", &corpus]).fails(1, &["none of the files can be searched", "empty.txt"]);
    assert!(sandbox.published().is_empty(), "no half index");
    sandbox.run(&["search", "x"]).fails(1, &["there is no index", "rcp-search index"]);
}

#[test]
fn a_corpus_that_went_away_leaves_the_index_alone() {
    let sandbox = Sandbox::with_seeds_indexed();
    let before = sandbox.published();
    let missing = sandbox.path("missing").display().to_string();
    sandbox.run(&["index", &missing]).fails(1, &["missing"]);
    std::fs::create_dir(sandbox.path("missing")).unwrap();
    sandbox.run(&["index", &missing]).fails(1, &["there is no document"]);
    assert!(sandbox.published() == before);
}

/// A folder below a plain file: no one can make it, not even the superuser.
#[test]
fn an_index_that_cannot_be_written_is_said() {
    let sandbox = Sandbox::new();
    sandbox.write("index", "in the way");
    let run = sandbox.run(&["index", "seeds"]).fails(1, &[&sandbox.path("index").display().to_string()]);
    assert_eq!(std::fs::read_to_string(sandbox.path("index")).unwrap(), "in the way", "{}", run.err);
}

#[test]
fn a_full_disk_under_the_output_is_an_error_and_a_closed_pipe_is_none() {
    let sandbox = Sandbox::with_seeds_indexed();
    let mut command = sandbox.command(&["search", "migration", "--json"]);
    // A pipe whose reader ends at once: what `| head` does.
    let mut reader = Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
    let pipe = reader.stdin.take().unwrap();
    reader.wait().unwrap();
    let status = command.stdout(pipe).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((status.status.code(), status.stderr.as_slice()), (Some(0), b"".as_slice()));

    if let Ok(full) = File::options().write(true).open("/dev/full") {
        let mut command = sandbox.command(&["search", "migration"]);
        let status = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(status.status.code(), Some(1));
        assert!(String::from_utf8(status.stderr).unwrap().contains("error: "));
    }
}

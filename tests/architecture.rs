//! The architecture, read from the manifests: which crate may use which, and where each heavy dependency lives.
//!
//! ARCHITECTURE.md gives the reasons. A failure names the manifest and the arrow that must not be there.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Crates of the workspace: package, folder, and the crates it may use.
const CRATES: [(&str, &str, &[&str]); 7] = [
    ("rcp-corpus", "crates/corpus", &[]),
    ("rcp-index", "crates/index", &["rcp-corpus"]),
    ("rcp-indexer", "crates/indexer", &["rcp-corpus", "rcp-index"]),
    ("rcp-query", "crates/query", &["rcp-corpus", "rcp-index"]),
    ("rcp-server", "crates/server", &["rcp-corpus", "rcp-query"]),
    ("rcp-search", "crates/cli", &["rcp-corpus", "rcp-index", "rcp-indexer", "rcp-query", "rcp-server"]),
    ("rcp-benchmarks", "benchmarks", &["rcp-corpus", "rcp-index", "rcp-indexer", "rcp-query"]),
];

/// Heavy dependencies with the crates they may be used in. A name ending in `*` stands for every name that begins so.
const HOMES: [(&str, &[&str]); 23] = [
    ("tantivy*", &["rcp-index"]),
    ("whatlang", &["rcp-indexer"]),
    ("pdf_oxide", &["rcp-indexer"]),
    ("office_oxide", &["rcp-indexer"]),
    ("quick-xml", &["rcp-indexer"]),
    ("zip", &["rcp-indexer"]),
    ("scraper", &["rcp-indexer"]),
    ("html5ever", &["rcp-indexer"]),
    ("encoding_rs", &["rcp-indexer"]),
    ("chardetng", &["rcp-indexer"]),
    ("rlimit", &["rcp-indexer", "rcp-search"]),
    ("rust-stemmers", &["rcp-corpus"]),
    ("axum*", &["rcp-server"]),
    ("tower*", &["rcp-server"]),
    ("http*", &["rcp-server"]),
    ("hyper*", &["rcp-server"]),
    ("utoipa*", &["rcp-server"]),
    ("prometheus-client", &["rcp-server"]),
    ("tokio*", &["rcp-server", "rcp-search"]),
    ("clap*", &["rcp-search", "rcp-benchmarks"]),
    ("indicatif", &["rcp-search"]),
    ("anyhow", &["rcp-search", "rcp-benchmarks"]),
    ("divan", &["rcp-benchmarks"]),
];

/// What the benchmarks use beside that: the engine alone, to compare with.
const COMPARED: (&str, &str) = ("rcp-benchmarks", "tantivy");

/// What the end-to-end tests of the binary's crate may use beside that: to call the server without a socket, to look into
/// files, and to read the pages of guides.
const END_TO_END: [&str; 5] = ["axum", "http-body-util", "scraper", "tower", "zip"];

/// One line of a manifest: a package uses another one, in its code, its tests or its build script.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Arrow {
    from: String,
    to: String,
    is_for_tests: bool,
}

impl Arrow {
    /// Why the arrow must not be there; `None` for one that may.
    fn fault(&self) -> Option<String> {
        let arrow = format!("{} -> {}", self.from, self.to);
        let Some((_, folder, allowed)) = CRATES.iter().find(|(name, ..)| *name == self.from) else {
            return Some(format!("{arrow}: {} is not in the list of crates of this test", self.from));
        };
        let manifest = format!("{folder}/Cargo.toml");
        if CRATES.iter().any(|(name, ..)| *name == self.to) {
            let is_allowed = allowed.contains(&self.to.as_str());
            return (!is_allowed).then(|| format!("{manifest}: {arrow} is no arrow of the architecture"));
        }
        let (_, homes) = HOMES.iter().find(|(pattern, _)| is_named(&self.to, pattern))?;
        let is_at_home = homes.contains(&self.from.as_str());
        let is_end_to_end = self.from == "rcp-search" && self.is_for_tests && END_TO_END.contains(&self.to.as_str());
        let fault = || format!("{manifest}: {arrow}, but {} belongs in {} alone", self.to, homes.join(" and "));
        let is_compared = (self.from.as_str(), self.to.as_str()) == COMPARED;
        (!is_at_home && !is_end_to_end && !is_compared).then(fault)
    }
}

fn is_named(name: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(name == pattern, |beginning| name.starts_with(beginning))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The packages of the workspace as cargo reads their manifests: inherited, renamed and target-specific dependencies
/// included, nothing resolved or downloaded.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn arrows() -> Vec<Arrow> {
    let of_package = |package: Value| {
        let from = package["name"].as_str().unwrap().to_owned();
        let dependencies = package["dependencies"].as_array().unwrap().clone();
        dependencies.into_iter().map(move |dependency| Arrow {
            from: from.clone(),
            to: dependency["name"].as_str().unwrap().to_owned(),
            is_for_tests: dependency["kind"] == "dev",
        })
    };
    packages().into_iter().flat_map(of_package).collect()
}

#[test]
fn no_crate_uses_what_it_must_not() {
    let arrows = arrows();
    let faults: Vec<String> = arrows.iter().filter_map(Arrow::fault).collect();
    assert!(faults.is_empty(), "\n{}\n(ARCHITECTURE.md says which arrows there are)", faults.join("\n"));
    // The manifests were really read: these arrows carry the project.
    for (from, to) in [("rcp-server", "rcp-query"), ("rcp-index", "tantivy"), ("rcp-search", "tokio")] {
        assert!(arrows.iter().any(|arrow| arrow.from == from && arrow.to == to), "{from} -> {to}");
    }
}

#[test]
fn the_crates_are_the_ones_that_this_test_knows() {
    let found: BTreeSet<String> =
        packages().iter().map(|package| package["name"].as_str().unwrap().to_owned()).collect();
    let known: BTreeSet<String> = CRATES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(found, known, "a new crate needs its arrows in tests/architecture.rs and its place in ARCHITECTURE.md");
}

#[test]
fn a_wrong_arrow_is_found() {
    #[track_caller]
    fn check(from: &str, to: &str, is_for_tests: bool, fault: Option<&str>) {
        let arrow = Arrow { from: from.to_owned(), to: to.to_owned(), is_for_tests };
        assert_eq!(arrow.fault().as_deref(), fault);
    }
    check("rcp-server", "rcp-query", false, None);
    check("rcp-search", "tower", true, None);
    check("rcp-corpus", "serde", false, None);
    check("rcp-benchmarks", "tantivy", false, None);
    check(
        "rcp-search",
        "rcp-benchmarks",
        true,
        Some("crates/cli/Cargo.toml: rcp-search -> rcp-benchmarks is no arrow of the architecture"),
    );
    check(
        "rcp-server",
        "rcp-index",
        true,
        Some("crates/server/Cargo.toml: rcp-server -> rcp-index is no arrow of the architecture"),
    );
    check(
        "rcp-query",
        "tantivy-query-grammar",
        false,
        Some(
            "crates/query/Cargo.toml: rcp-query -> tantivy-query-grammar, but tantivy-query-grammar belongs in rcp-index alone",
        ),
    );
    check(
        "rcp-search",
        "axum",
        false,
        Some("crates/cli/Cargo.toml: rcp-search -> axum, but axum belongs in rcp-server alone"),
    );
    check("rcp-new", "serde", false, Some("rcp-new -> serde: rcp-new is not in the list of crates of this test"));
}

#[test]
fn the_code_map_names_every_crate() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, after) = text.split_once("\n## Code map\n").unwrap();
    let code_map = after.split("\n## ").next().unwrap();
    for (package, folder, _) in CRATES {
        let heading = format!("### `{folder}` ({package})");
        assert!(code_map.contains(&heading), "the code map of ARCHITECTURE.md lacks {heading:?}");
    }
}

/// Every path in backticks that begins with one of the project's folders must be there: documents grow stale first.
#[test]
fn the_documents_name_files_that_exist() {
    const BEGINNINGS: [&str; 7] = ["benchmarks/", "crates/", "index-config/", "openapi/", "seeds/", "tests/", ".ci/"];
    let root = root();
    let mut found = 0;
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        for path in text.split('`').skip(1).step_by(2) {
            let is_path = BEGINNINGS.iter().any(|beginning| path.starts_with(beginning));
            if is_path && !path.contains(|c: char| c.is_whitespace() || "*{<".contains(c)) {
                assert!(root.join(path).exists(), "{document} names {path}, which is not there");
                found += 1;
            }
        }
    }
    assert!(found > 20, "only {found} paths were found: does this test still read the documents rightly?");
}

/// What lies beside the project on someone's machine is no part of it.
#[test]
fn nothing_refers_to_files_outside_the_project() {
    let outside = concat!("..", "/shared");
    let mut files = 0;
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() && !is_generated(&path) {
                folders.push(path);
            } else if kind.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                let refers = bytes.windows(outside.len()).any(|window| window == outside.as_bytes());
                assert!(!refers, "{} refers to {outside}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 100, "only {files} files were read");
}

/// Folders that git ignores or keeps for itself, and build folders wherever they were put.
fn is_generated(folder: &Path) -> bool {
    let is_ignored = [".git", "target", "data", "node_modules"].iter().any(|name| folder == root().join(name));
    is_ignored || folder.join("CACHEDIR.TAG").exists()
}

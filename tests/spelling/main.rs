//! Spelling over the vocabulary of the seeds and the fixtures: which word is looked for where one is mistyped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rcp_corpus::analysis::fold;
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::request::{MatchMode, SearchRequest, Unit};
use rcp_query::response::{Correction, SearchResponse};
use rcp_query::{Scope, Searcher};
use tempfile::TempDir;

/// Share of the typing errors for which the right word must come first, or be found by its stem, which the error left as
/// it is (`developement`). The test prints the others: mostly words of one language that are nearer to another's.
const RIGHT_FIRST: f64 = 0.85;

struct Indexed {
    searcher: Searcher,
    _folder: TempDir,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The seeds, and a file of each fixture.
fn indexed() -> &'static Indexed {
    static INDEXED: OnceLock<Indexed> = OnceLock::new();
    INDEXED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).unwrap();
        let files = fs::read_dir(root().join("tests/fixtures/files")).unwrap().map(|file| file.unwrap().path());
        let is_quick = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "docx" || kind == "html");
        let mut files: Vec<PathBuf> = files.filter(is_quick).collect();
        files.sort();
        // NAME.WRITER.FORMAT: one file of each document.
        let document =
            |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
        files.dedup_by_key(|path| document(path));
        for path in files {
            fs::copy(&path, corpus.join(path.file_name().unwrap())).unwrap();
        }
        let index = folder.path().join("index");
        let settings = Arc::new(Settings::load(&root().join("index-config")).unwrap());
        let options = IndexOptions::new(vec![root().join("seeds"), corpus], index.clone());
        let report = rcp_indexer::index(&options, &settings, &mut |_| {}).unwrap();
        assert!(report.documents > 30, "{:?}", report.failures);
        Indexed { searcher: Searcher::open(&index, settings).unwrap(), _folder: folder }
    })
}

fn search(request: &SearchRequest) -> SearchResponse {
    indexed().searcher.search(&Scope::public(), request).unwrap()
}

fn corrections(query: &str) -> Vec<Correction> {
    search(&SearchRequest::new(Unit::Documents, query)).interpretation.corrections
}

/// Compares the words and what is looked for instead, the most likely alone, as `typed>right`.
#[track_caller]
fn check(query: &str, expected: &str) {
    let corrected: Vec<String> = corrections(query)
        .iter()
        .map(|correction| format!("{}>{}", correction.from, fold(&correction.to[0])))
        .collect();
    assert_eq!(corrected.join(" "), expected, "{query}");
}

#[test]
fn the_right_word_comes_first() {
    let text = fs::read_to_string(root().join("tests/spelling/typos.toml")).unwrap();
    let typos: BTreeMap<String, Vec<(String, String)>> = toml::from_str(&text).unwrap();
    let total = |word: &str| search(&SearchRequest::new(Unit::Documents, word)).total;
    let (mut all, mut first, mut by_stem) = (0, 0, 0);
    for (language, typos) in &typos {
        for (typed, right) in typos {
            let read = corrections(typed).into_iter().flat_map(|correction| correction.to);
            let read: Vec<String> = read.map(|word| fold(&word)).collect();
            all += 1;
            if read.first() == Some(right) {
                first += 1;
            } else if read.is_empty() && total(typed) >= total(right) {
                by_stem += 1;
            } else {
                println!("{language}: {typed} is {right}, and was read as {read:?}");
            }
        }
    }
    println!("of {all} typing errors {first} are read as the right word first, {by_stem} have its stem as they are");
    assert!(all >= 60 && f64::from(first + by_stem) / f64::from(all) >= RIGHT_FIRST);
}

#[test]
fn each_word_is_corrected_by_itself() {
    check("smugling of migrants and traficking in persons", "smugling>smuggling traficking>trafficking");
    check("title:(secreteriat meeting)", "secreteriat>secretariat");
    check("smugling OR asyllum", "smugling>smuggling asyllum>asylum");
    check("regionalprocess", "regionalprocess>regional process");
    check("SMUGLING, smugling", "SMUGLING>smuggling smugling>smuggling");
    let places: Vec<_> = corrections("éa smugling").into_iter().map(|correction| correction.span).collect();
    assert_eq!(places, vec![std::ops::Range { start: 4, end: 12 }]);
}

#[test]
fn what_is_right_is_let_be() {
    for query in [
        "migration",
        // Another form of a word that the texts have.
        "migrations smuggled regionally",
        // In the name of a concept, if in no text.
        "Tuvalu Kiribati",
        // Numbers, codes, short words and stop words.
        "20133 A1234567 xyz teh",
        // As asked for.
        "\"smugling\" smugl* smugling~ -smugling NOT smugling",
        // Apart, a known word.
        "traf ficking",
    ] {
        check(query, "");
    }
    let mut request = SearchRequest::new(Unit::Documents, "smugling");
    request.correct = false;
    let response = search(&request);
    assert_eq!((response.total, response.interpretation.corrections.len()), (0, 0));
}

#[test]
fn a_corrected_word_finds_what_the_right_one_finds() {
    for (typed, right) in [("smugling", "smuggling"), ("smugling of migrants", "smuggling of migrants")] {
        let total = |query: &str, mode| {
            let mut request = SearchRequest::new(Unit::Passages, query);
            request.match_mode = mode;
            search(&request).total
        };
        for mode in [MatchMode::Most, MatchMode::All] {
            assert!(total(right, mode) > 0);
            assert_eq!(total(typed, mode), total(right, mode), "{typed}");
        }
    }
}

#[test]
fn a_word_near_to_none_finds_nothing() {
    for query in ["zzyzxqwv", "qqqqwwww xxyyzz", "wxyzwxyzwxyz"] {
        for mode in [MatchMode::Most, MatchMode::All, MatchMode::Any] {
            let mut request = SearchRequest::new(Unit::Documents, query);
            request.match_mode = mode;
            let response = search(&request);
            assert_eq!((response.total, response.interpretation.corrections.len()), (0, 0), "{query}");
        }
    }
}

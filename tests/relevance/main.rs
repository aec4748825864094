//! Relevance as data: the cases of `tests/relevance/*.toml` over the sample documents and the fixtures, asked as a program
//! asks the library. How a case is written is in `tests/relevance/README.md`.
//!
//! ```sh
//! cargo test -p rcp-search --test relevance -- --nocapture
//! ```

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails, in its helpers too")]

mod case;
mod corpus;
mod judge;
mod report;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use case::{Case, Expectation, Reference, cases};
use corpus::{Corpus, corpus};
use judge::judge;
use report::{Outcome, Report};

/// Queries of `queries.toml` in which a named document stands first, at least.
const FIRST: usize = 18;

/// Queries of `queries.toml` in which all named documents stand before the others, at least.
const LEADING: usize = 16;

#[test]
fn every_case_holds_unless_it_is_a_known_gap() {
    let report = Report { outcomes: cases().iter().map(Outcome::of).collect() };
    let table = Path::new(env!("CARGO_TARGET_TMPDIR")).join("relevance.tsv");
    fs::write(&table, report.every_case()).unwrap();
    println!("{}\nEvery case: {}", report.summary(), table.display());
    let unexpected = report.unexpected();
    assert!(unexpected.is_empty(), "\n{unexpected}\n{}", report.summary());
}

/// The twenty queries of `queries.toml` with the sample documents as they are indexed, and by their text alone.
#[test]
fn the_queries_over_the_sample_documents_reach_their_floor() {
    for corpus in ["seeds", "bare"].map(corpus) {
        let count = |expected: &dyn Fn(&Case) -> Expectation| {
            let queries = cases().iter().filter(|case| case.corpora().iter().any(|one| std::ptr::eq(*one, corpus)));
            let twenty = queries.filter(|case| case.expect.kind() == "leading");
            let holds = |case: &&Case| judge(&expected(case), &corpus.ask(&case.request(&case.query, true)), &[]).holds;
            twenty.filter(holds).count()
        };
        let named = |case: &Case| case.expect.references().into_iter().cloned().collect::<Vec<_>>();
        let first = count(&|case| Expectation::First(named(case)));
        let leading = count(&|case| Expectation::Leading(named(case)));
        println!("{corpus}: a named document first in {first}, all named before the others in {leading} of 20");
        assert!(first >= FIRST && leading >= LEADING, "{corpus}: {first} first, {leading} leading");
    }
}

#[test]
fn every_expectation_names_what_its_corpora_hold() {
    let missing = |case: &'static Case| {
        let references = case.expect.references().into_iter();
        let places = references.flat_map(|one| case.corpora().into_iter().map(move |corpus| (one, corpus)));
        let say = |(one, corpus): (&Reference, &Corpus)| {
            let count = corpus.count(one);
            (count != 1).then(|| format!("{}: {one} is {count} times in {corpus}", case.name))
        };
        places.filter_map(say).collect::<Vec<_>>()
    };
    let missing: Vec<String> = cases().iter().flat_map(missing).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn there_are_enough_cases_of_every_kind() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "names tell cases apart");
    let without_reason: Vec<&str> = cases.iter().filter(|case| case.why.is_empty()).map(|case| &*case.name).collect();
    assert_eq!(without_reason, [""; 0]);
    let count = |wanted: &dyn Fn(&&Case) -> bool| cases.iter().filter(wanted).count();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    assert!(count(&|case| case.is_cross_language()) >= 40, "cross-language cases");
    assert!(count(&|case| case.expect.asks_for_passages()) >= 25, "cases of passages");
    for language in ["en", "es", "fr"] {
        assert!(count(&|case| case.languages.of_query == language) >= 25, "queries in {language}");
    }
    for kind in ["first", "leading", "found", "before", "same", "nothing"] {
        assert!(count(&|case| case.expect.kind() == kind) >= 3, "cases of the kind {kind}");
    }
}

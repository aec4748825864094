//! `search` over the seeds: filters, facets, passages.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::server::Server;

const GCIM_2005: &str = "gcim-iom-workshop-2005-report";
const GLOBAL_2009: &str = "global-rcp-meeting-2009-background";
const GLOBAL_2013: &str = "global-rcp-meeting-2013-rcm-report";
const RCM_2004: &str = "rcm-overview-2004";
const PLENARY_2022: &str = "rcm-sacm-plenary-2022-concept-note";

/// Ids of the documents found, in the order of their ids.
fn found(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let answer = sandbox.json(&[&["search"], args].concat());
    let hits = answer["hits"].as_array().unwrap();
    let mut ids: Vec<String> = hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(answer["meta"]["total"], ids.len());
    ids.sort();
    ids
}

#[test]
fn filters_select_documents() {
    let sandbox = Sandbox::with_seeds_indexed();
    let check = |args: &[&str], expected: &[&str]| assert_eq!(found(&sandbox, args), expected, "{args:?}");
    let all = [GCIM_2005, GLOBAL_2009, GLOBAL_2013, RCM_2004, PLENARY_2022];
    check(&[], &all);
    check(&["sovereignty", "--rcp", "rcm"], &[GLOBAL_2013, RCM_2004]);

    // Belonging and mentioning are two facts.
    check(&["--rcp", "rcm"], &[GLOBAL_2013, RCM_2004, PLENARY_2022]);
    check(&["--mentions", "rcm"], &[GCIM_2005]);

    // A parent includes its descendants; the document of 2004 has the subtheme with it, that of 2022 another one.
    check(&["--theme", "protection-rights"], &[GLOBAL_2013, RCM_2004, PLENARY_2022]);
    check(&["--theme", "protection-rights.consular"], &[RCM_2004]);
    check(&["--region", "global"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013]);
    check(&["--region", "americas"], &[RCM_2004, PLENARY_2022]);

    check(&["--year-from", "2005", "--year-to", "2013"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013]);
    check(&["--year-from", "2014"], &[PLENARY_2022]);
    check(&["--year-to", "1990"], &[]);
    check(&["--year", "2004", "--year", "2022"], &[RCM_2004, PLENARY_2022]);
    check(&["--date-from", "2005-04", "--date-to", "2009"], &[GCIM_2005, GLOBAL_2009]);
    check(&["--date-from", "2005-04-16", "--date-to", "2009"], &[GLOBAL_2009]);
    check(&["--added-since", "2000-01-01"], &all);
    check(&["--added-since", "9999-01-01"], &[]);
    check(&["--added-since", "2000-01-01T12:00:00Z"], &all);
    check(&["--process-type", "global"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013]);

    check(&["--not", "rcp=rcm"], &[GCIM_2005, GLOBAL_2009]);
    check(&["--not", "rcp=rcm", "--not", "year=2005"], &[GLOBAL_2009]);
    check(&["--event", "none"], &[RCM_2004]);
    check(&["--mentions", "none"], &[RCM_2004]);
    check(&["--not", "event=none"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013, PLENARY_2022]);

    // Any facet by its name, joined with what its own option says.
    check(&["--filter", "rcp=rcm"], &[GLOBAL_2013, RCM_2004, PLENARY_2022]);
    check(&["--year", "2004", "-f", "year=2022", "-f", "rcp=rcm"], &[RCM_2004, PLENARY_2022]);

    // OR within a facet, AND across facets.
    check(&["--rcp", "sacm", "--rcp", "grcp"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013, PLENARY_2022]);
    check(&["--rcp", "sacm", "--rcp", "grcp", "--region", "global"], &[GCIM_2005, GLOBAL_2009, GLOBAL_2013]);
    check(&["--rcp", "rcm", "--region", "global"], &[GLOBAL_2013]);
    check(&["--type", "concept-note", "--lang", "en"], &[PLENARY_2022]);
    check(&["--lang", "es"], &[]);

    // A query that begins with a hyphen is told from an option as everywhere.
    check(&["--year", "2004", "--", "-readmission return"], &[RCM_2004]);
}

/// Every value of a facet with its count, those of subthemes with them.
fn counts(facet: &Value) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let mut waiting: Vec<&Value> = facet["values"].as_array().unwrap().iter().collect();
    while let Some(value) = waiting.pop() {
        counts.insert(value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap());
        waiting.extend(value["children"].as_array().unwrap());
    }
    counts
}

#[test]
fn a_selected_facet_still_counts_its_other_values() {
    let sandbox = Sandbox::with_seeds_indexed();
    let answer = sandbox.json(&["search", "", "--rcp", "sacm", "--facets", "rcp,year"]);
    assert_eq!(answer["meta"]["total"], 1);
    let rcps = counts(&answer["facets"]["rcp"]);
    assert_eq!([rcps["grcp"], rcps["rcm"], rcps["sacm"]], [3, 3, 1]);
    let values = answer["facets"]["rcp"]["values"].as_array().unwrap();
    let selected: Vec<_> = values.iter().filter(|value| value["selected"] == true).map(|v| &v["value"]).collect();
    assert_eq!(selected, ["sacm"]);
    assert_eq!(counts(&answer["facets"]["year"]), BTreeMap::from([("2022".to_owned(), 1)]), "the others are narrowed");
}

/// What `count` and `count_if_added` promise, held against the searches that they announce.
#[test]
fn every_count_is_the_total_of_the_search_it_announces() {
    let sandbox = Sandbox::with_seeds_indexed();
    let answer = sandbox.json(&["search", "migration", "--rcp", "sacm", "--facets", "rcp"]);
    for value in answer["facets"]["rcp"]["values"].as_array().unwrap() {
        let id = value["value"].as_str().unwrap();
        let alone = sandbox.json(&["search", "migration", "--rcp", id]);
        assert_eq!(alone["meta"]["total"], value["count"], "{id}");
        let added = sandbox.json(&["search", "migration", "--rcp", "sacm", "--rcp", id]);
        assert_eq!(added["meta"]["total"], value["count_if_added"], "{id}");
    }
}

#[test]
fn private_sector_is_found_in_paragraphs_21_and_22() {
    let sandbox = Sandbox::with_seeds_indexed();
    let answer = sandbox.json(&["search", "\"private sector\"", "--passages-only"]);
    let first_two = answer["hits"].as_array().unwrap().iter().take(2);
    let mut labels: Vec<_> = first_two.map(|hit| (passage(hit, "document"), passage(hit, "label"))).collect();
    labels.sort();
    assert_eq!(labels, [(GCIM_2005, "para. 21"), (GCIM_2005, "para. 22")]);
}

fn passage<'a>(hit: &'a Value, key: &str) -> &'a str {
    hit[key].as_str().unwrap()
}

/// Passages found, each by document and id, sorted.
fn passages(sandbox: &Sandbox, query: &str) -> Vec<(String, String)> {
    let answer = sandbox.json(&["search", query, "--passages-only", "--limit", "100"]);
    let hits = answer["hits"].as_array().unwrap();
    let mut found: Vec<_> =
        hits.iter().map(|hit| (passage(hit, "document").to_owned(), passage(hit, "passage").to_owned())).collect();
    found.sort();
    found
}

#[test]
fn a_compound_is_found_however_it_is_written() {
    let sandbox = Sandbox::with_seeds_indexed();
    let hyphen = passages(&sandbox, "cross-fertilization");
    assert!(!hyphen.is_empty());
    assert_eq!(passages(&sandbox, "cross fertilization"), hyphen);
    assert_eq!(passages(&sandbox, "crossfertilization"), hyphen);
    let documents = ["cooperation", "co-operation", "co operation"].map(|query| found(&sandbox, &[query]));
    assert!(!documents[0].is_empty() && documents[1] == documents[0] && documents[2] == documents[0]);
}

#[test]
fn spanish_words_are_found_with_and_without_accents() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "corpus/declaracion.md",
        "# Declaración final\n\n1. Las migraciones en la región requieren la cooperación de los países de origen.\n\n\
         2. Los Estados acordaron proteger los derechos humanos de las personas en la migración internacional.\n\n\
         3. La reunión se celebró en la ciudad de San José.\n",
    );
    sandbox.run(&["index", &sandbox.path("corpus").display().to_string()]).expect(0);
    let answers = ["migracion", "migración", "migraciones", "MIGRACIÓN"].map(|query| passages(&sandbox, query));
    assert_eq!(answers[0].len(), 2, "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[test]
fn the_report_of_2005_has_49_numbered_paragraphs() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let answer = server.get(&format!("/v1/documents/{GCIM_2005}/passages?limit=100")).json();
    let labels = answer["passages"].as_array().unwrap().iter().map(|hit| passage(hit, "label"));
    let numbered: Vec<&str> = labels.filter(|label| label.starts_with("para. ")).collect();
    let expected: Vec<String> = (1..=49).map(|number| format!("para. {number}")).collect();
    assert_eq!(numbered, expected);
}

#[test]
fn a_hundred_thousand_parentheses_are_answered() {
    let sandbox = Sandbox::with_seeds_indexed();
    for query in
        ["(".repeat(100_000), ")".repeat(100_000), "(a ".repeat(33_000), "a -(".repeat(25_000), "\"".repeat(100_000)]
    {
        let answer = sandbox.json(&["search", &query]);
        assert!(!answer["interpretation"]["warnings"].as_array().unwrap().is_empty());
    }
}

//! Facets, hierarchy, and the concepts that a text names.

use super::taxonomy;

const THEME: &str = r#"
id = "theme"
label.en = "Theme"
facets = ["theme"]
[[concept]]
id = "rights"
label = { en = "Rights", es = "Derechos", fr = "Droits" }
[[concept]]
id = "work"
label = { en = "Work", es = "Trabajo", fr = "Travail" }
[[concept]]
id = "rights.consular"
label = { en = "Consular protection", es = "Protección consular", fr = "Protection consulaire" }
broader = ["rights"]
[[concept]]
id = "work.rights"
label = { en = "Rights at work", es = "Derechos laborales" }
broader = ["work", "rights"]
[[concept]]
id = "work.rights.unions"
label = { en = "Unions" }
broader = ["work.rights"]
"#;

const PROCESS: &str = r#"
id = "rcp"
label.en = "Process"
facets = ["mentions", "rcp"]
[[concept]]
id = "hill"
label = { en = "Hill Process", es = "Proceso de la Colina" }
abbreviation = "HP"
aliases = ["Hill Country Consultations"]
former_names = ["Inter-Valley Forum"]
[[concept]]
id = "hamlet"
label.en = "Hamlet Process"
weak_aliases = ["HP", "Hamlet"]
[[concept]]
id = "old-hill"
label.en = "Old Hill Process"
replaced_by = "older-hill"
[[concept]]
id = "older-hill"
label.en = "Older Hill Process"
replaced_by = "hill"
"#;

const OTHERS: [&str; 3] = [
    "id = \"a-topic\"\nlabel.en = \"Topic\"\nfacets = [\"zone\"]",
    "id = \"sector\"\nlabel.en = \"Sector\"\nfacets = [\"basin\", \"country\"]",
    "id = \"words\"\nlabel.en = \"Words\"",
];

#[test]
fn facets_have_one_order() {
    let all = taxonomy(&[OTHERS[0], THEME, OTHERS[1], PROCESS, OTHERS[2]]);
    let facets: Vec<String> = all.facets().into_iter().map(|facet| facet.name).collect();
    assert_eq!(facets, ["rcp", "mentions", "theme", "country", "basin", "zone", "year", "lang", "event"]);
    assert_eq!(all.facets()[3].scheme.as_deref(), Some("sector"));
    assert_eq!(all.scheme_of_facet("mentions").map(|scheme| scheme.id.as_str()), Some("rcp"));
    assert!(all.scheme_of_facet("year").is_none());
}

#[test]
fn ancestors_come_once_nearest_first() {
    let themes = taxonomy(&[THEME]);
    assert_eq!(themes.with_ancestors("theme", "rights"), ["rights"]);
    assert_eq!(
        themes.with_ancestors("theme", "work.rights.unions"),
        ["work.rights.unions", "work.rights", "work", "rights"]
    );
    assert!(themes.with_ancestors("theme", "unknown").is_empty());
    assert!(themes.with_ancestors("year", "rights").is_empty());
}

#[test]
fn a_concept_with_two_parents_has_two_paths() {
    let themes = taxonomy(&[THEME]);
    assert_eq!(themes.paths("theme", "rights"), [["rights"]]);
    assert_eq!(
        themes.paths("theme", "work.rights.unions"),
        [["work", "work.rights", "work.rights.unions"], ["rights", "work.rights", "work.rights.unions"]]
    );
    assert!(themes.paths("theme", "unknown").is_empty());
}

/// Sixty layers of two, each below both of the layer above: 2^60 paths.
#[test]
fn a_hierarchy_with_endless_paths_is_read_in_time() {
    let mut ladder = "id = \"ladder\"\nlabel.en = \"Ladder\"\nfacets = [\"ladder\"]\n".to_owned();
    for layer in 0..60 {
        for side in ["a", "b"] {
            ladder.push_str(&format!("[[concept]]\nid = \"{side}{layer}\"\nlabel.en = \"{side}{layer}\"\n"));
            if layer > 0 {
                ladder.push_str(&format!("broader = [\"a{0}\", \"b{0}\"]\n", layer - 1));
            }
        }
    }
    let ladder = taxonomy(&[&ladder]);
    assert_eq!(ladder.paths("ladder", "a59").len(), 64);
    assert_eq!(ladder.with_ancestors("ladder", "a59").len(), 119);
}

#[track_caller]
fn check_resolve(text: &str, expected: &[&str]) {
    let processes = taxonomy(&[PROCESS]);
    let found: Vec<&str> = processes.resolve("rcp", text).into_iter().map(|concept| concept.id.as_str()).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn a_text_names_concepts_by_every_name_they_have() {
    check_resolve("hill", &["hill"]);
    check_resolve(" HILL ", &["hill"]);
    check_resolve("proceso de la COLÍNA", &["hill"]);
    check_resolve("hill  country consultations", &["hill"]);
    check_resolve("inter valley forum", &["hill"]);
    check_resolve("hp", &["hill", "hamlet"]);
    check_resolve("process", &[]);
    check_resolve("", &[]);
    check_resolve("…", &[]);
}

#[test]
fn an_id_wins_over_a_name() {
    check_resolve("hamlet", &["hamlet"]);
}

#[test]
fn a_replaced_concept_answers_with_the_present_one() {
    check_resolve("old-hill", &["hill"]);
    check_resolve("Old Hill Process", &["hill"]);
    let processes = taxonomy(&[PROCESS]);
    assert_eq!(processes.concept("rcp", "old-hill").map(|concept| concept.id.as_str()), Some("old-hill"));
}

#[test]
fn a_mistyped_id_has_near_ones() {
    let themes = taxonomy(&[THEME]);
    assert_eq!(themes.nearest("theme", "rigths", 1), ["rights"]);
    assert_eq!(themes.nearest("theme", "consullar", 5), ["rights.consular"]);
    assert_eq!(themes.nearest("theme", "derecho", 5), ["rights", "work.rights"]);
    assert!(themes.nearest("theme", "volcano", 5).is_empty());
    assert!(themes.nearest("theme", "", 5).is_empty());
    assert!(themes.nearest("theme", "xy", 5).is_empty());
    assert!(themes.nearest("theme", "rigths", 0).is_empty());
    assert!(taxonomy(&[PROCESS]).nearest("rcp", "old hil process", 9).iter().all(|id| *id != "old-hill"));
}

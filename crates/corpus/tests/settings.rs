//! Loading a configuration folder: what is read, what is refused and with which words, and what changes which
//! fingerprint.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::Path;

use rcp_corpus::model::Language;
use rcp_corpus::settings::{Fingerprints, Settings};

const INDEX: &str = r#"
[extraction]
languages = ["en", "es"]
index_contacts = false
max_file_bytes = 1000
timeout_seconds = 30
max_memory_bytes = 134217728

[ranking]
k1 = 1.2
b = 0.75
documents = { body = 1.0, title = 1.5, headings = 0.6, facts = 0.8 }
passages = { body = 1.0, title = 0.2, headings = 0.4, facts = 0.0 }
second_stage = { passage = 0.5, proximity = 0.4, recency = 0, recency_half_life = 5, types = { declaration = 0.1 } }
"#;

const THEME: &str = r#"
id = "theme"
label = { en = "Theme" }
facets = ["theme"]
notes = ["Written for tests."]

[classification]
strong = 3
weak = 1
cap_per_phrase = 5
primary_limit = 3
primary_density = 0.5
primary_hits = 3
primary_distinct = 2
secondary_density = 0.3
secondary_hits = 2
background = ["talks"]
mask = ["Council of Examples"]

[[concept]]
id = "talks"
label = { en = "Talks", es = "Diálogo" }

[[concept]]
id = "talks.rules"
label.en = "Rules of talks"
broader = ["talks"]
phrases.en.strong = ["rule* of procedure"]
phrases.en.weak = ["rules"]

[[concept.names]]
en = ["rules of procedure"]
es = ["reglamento interno", "reglamento"]
risk = { es = ["reglamento"] }
why = "also any other regulation"
"#;

const RCP: &str = r#"
id = "rcp"
label = { en = "Process" }
facets = ["rcp", "mentions"]
mentioned_as = "mentions"

[[concept]]
id = "hill-process"
label = { en = "Hill Process" }
abbreviation = "HP"
aliases = ["Hill Country Consultations"]
implies = { theme = ["talks"] }
attributes = { members = ["aa", "bb"], founded = 1999, active = true }

[[concept]]
id = "old-hill"
label = { en = "Old Hill Process" }
replaced_by = "hill-process"
"#;

const STOP_WORDS: &str = "en = [\"the\"]\nes = [\"él\"]\n";

const STEMS: &str = "[en]\ninternational = \"international\"\n";

/// Writes the configuration into a folder, one text of one file replaced.
fn write(folder: &Path, file: &str, from: &str, to: &str) {
    fs::create_dir_all(folder.join("schemes")).unwrap();
    fs::create_dir_all(folder.join("analysis")).unwrap();
    for (name, text) in [
        ("index.toml", INDEX),
        ("schemes/theme.toml", THEME),
        ("schemes/rcp.toml", RCP),
        ("analysis/stop-words.toml", STOP_WORDS),
        ("analysis/stems.toml", STEMS),
    ] {
        if name == file {
            assert!(text.contains(from), "{file} does not hold {from:?}");
            fs::write(folder.join(name), text.replacen(from, to, 1)).unwrap();
        } else {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}

#[test]
fn a_folder_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "", "", "");
    fs::write(folder.path().join("schemes/README.md"), "not a scheme").unwrap();
    let settings = Settings::load(folder.path()).unwrap();
    let schemes: Vec<&str> = settings.taxonomy.schemes().iter().map(|scheme| scheme.id.as_str()).collect();
    assert_eq!(schemes, ["rcp", "theme"]);
    assert_eq!(settings.index.extraction.languages, [Language::En, Language::Es]);
    assert!(settings.analysis.stop_words[&Language::Es].contains("el"), "stop words are folded");
    let process = settings.taxonomy.concept("rcp", "hill-process").unwrap();
    assert_eq!(process.attributes["founded"], 1999);
    let group = &settings.taxonomy.concept("theme", "talks.rules").unwrap().names[0];
    assert_eq!(group.terms[&Language::Es], ["reglamento interno", "reglamento"]);
    assert_eq!(group.risk[&Language::Es], ["reglamento"]);
    let again: rcp_corpus::taxonomy::NameGroup = serde_json::from_str(&serde_json::to_string(group).unwrap()).unwrap();
    assert_eq!(&again, group);
}

/// Replaces one text of one file and compares the error, `FILE` standing for the path of the file.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), file, from, to);
    let error = Settings::load(folder.path()).unwrap_err().to_string();
    let error = error.replace(&folder.path().join(file).display().to_string(), "FILE");
    assert!(error.starts_with(expected), "{to:?}\n  expected {expected}\n  found    {error}");
}

#[test]
fn a_file_that_is_not_toml() {
    check("index.toml", "k1 = 1.2", "k1 = ", "FILE:10: not valid TOML: ");
    check("schemes/rcp.toml", "id = \"rcp\"", "id = \"rcp", "FILE:2: not valid TOML: ");
    check("schemes/theme.toml", "primary_limit = 3", "primary_limit = 3\nweak = 2", "FILE:12: not valid TOML: ");
    check("analysis/stems.toml", "[en]", "[[[[[[", "FILE:1: not valid TOML: ");
}

#[test]
fn unknown_keys_and_wrong_types() {
    check("index.toml", "index_contacts", "index_contact", "FILE:4: extraction.index_contact: unknown field");
    check("index.toml", "\"es\"]", "\"latin\"]", "FILE:3: extraction.languages: unknown variant `latin`");
    check("index.toml", "max_file_bytes = 1000", "", "FILE:2: extraction: missing field `max_file_bytes`");
    check("index.toml", "[extraction]", "[extract]", "FILE:2: extract: unknown field `extract`");
    check(
        "schemes/theme.toml",
        "broader = [\"talks\"]",
        "broader = \"talks\"",
        "FILE:27: talks.rules.broader: invalid type",
    );
    check(
        "schemes/theme.toml",
        "phrases.en.weak",
        "phrases.en.week",
        "FILE:29: talks.rules.phrases.en.week: unknown field",
    );
    check(
        "schemes/theme.toml",
        "phrases.en.weak",
        "phrases.it.weak",
        "FILE:29: talks.rules.phrases.it: unknown variant `it`",
    );
    check("schemes/theme.toml", "why =", "because =", "FILE:35: talks.rules.names.because: unknown field");
    check(
        "schemes/rcp.toml",
        "label = { en = \"Old Hill Process\" }\n",
        "",
        "FILE:15: old-hill: missing field `label`",
    );
    check("schemes/rcp.toml", "id = \"old-hill\"\n", "", "FILE:15: concept[1]: missing field `id`");
    check("analysis/stop-words.toml", "en = [\"the\"]", "en = \"the\"", "FILE:1: en: invalid type");
}

#[test]
fn ids_and_relations() {
    check("schemes/rcp.toml", "id = \"rcp\"", "id = \"process\"", "FILE:2: id: the scheme is called \"process\"");
    check("schemes/rcp.toml", "\"old-hill\"", "\"hill-process\"", "FILE:16: hill-process.id: another concept");
    for id in ["", "none", "Hill", "hill_process", "-hill", "hill--process", "hill.", "colline-é", "a b"] {
        check(
            "schemes/rcp.toml",
            "\"old-hill\"",
            &format!("{id:?}"),
            &format!("FILE:16: {id}.id: {id:?} is no valid id"),
        );
    }
    check(
        "schemes/theme.toml",
        "broader = [\"talks\"]",
        "broader = [\"talks\", \"walks\"]",
        "FILE:27: talks.rules.broader: no concept",
    );
    check(
        "schemes/rcp.toml",
        "replaced_by = \"hill-process\"",
        "replaced_by = \"dale\"",
        "FILE:18: old-hill.replaced_by: no concept",
    );
    check(
        "schemes/rcp.toml",
        "replaced_by = \"hill-process\"",
        "replaced_by = \"old-hill\"",
        "FILE:18: old-hill.replaced_by: leads back",
    );
    check(
        "schemes/theme.toml",
        "Diálogo\" }",
        "Diálogo\" }\nbroader = [\"talks.rules\"]",
        "FILE:23: talks.broader: leads back",
    );
    check("schemes/rcp.toml", "{ theme =", "{ topic =", "FILE:12: hill-process.implies.topic: no scheme feeds");
    check(
        "schemes/rcp.toml",
        "[\"talks\"]",
        "[\"talks\", \"walks\"]",
        "FILE:12: hill-process.implies.theme: scheme theme has no concept",
    );
    check(
        "schemes/theme.toml",
        "background = [\"talks\"]",
        "background = [\"walks\"]",
        "FILE:17: classification.background: no concept",
    );
}

#[test]
fn facets() {
    check(
        "schemes/theme.toml",
        "[\"theme\"]",
        "[\"theme\", \"rcp\"]",
        "FILE:4: facets: the facet rcp is already fed by scheme rcp",
    );
    check(
        "schemes/theme.toml",
        "[\"theme\"]",
        "[\"theme\", \"year\"]",
        "FILE:4: facets: the facet year is filled from",
    );
    check("schemes/theme.toml", "[\"theme\"]", "[\"Theme\"]", "FILE:4: facets: \"Theme\" is no facet name");
    check("schemes/theme.toml", "[\"theme\"]", "[]", "FILE:7: classification: the scheme feeds no facet");
    check("schemes/rcp.toml", "= \"mentions\"", "= \"mention\"", "FILE:5: mentioned_as: \"mention\" is not in facets");
}

#[test]
fn wording_that_can_match_nothing() {
    check(
        "schemes/theme.toml",
        "[\"rules\"]",
        "[\"rules\", \"…\"]",
        "FILE:29: talks.rules.phrases.en.weak: \"…\" holds no word",
    );
    check(
        "schemes/theme.toml",
        "[\"rules\"]",
        "[\"r* s*\"]",
        "FILE:29: talks.rules.phrases.en.weak: \"r* s*\" matches too much",
    );
    check(
        "schemes/rcp.toml",
        "[\"Hill Country",
        "[\"\", \"Hill Country",
        "FILE:11: hill-process.aliases: \"\" holds no word",
    );
    check("schemes/rcp.toml", "\"HP\"", "\"HP*\"", "FILE:10: hill-process.abbreviation: \"HP*\" has a *");
    check(
        "schemes/theme.toml",
        "Council of Examples",
        "C* o* E*",
        "FILE:18: classification.mask: \"C* o* E*\" matches too much",
    );
    check(
        "schemes/theme.toml",
        "{ es = [\"reglamento\"] }",
        "{ es = [\"regla\"] }",
        "FILE:34: talks.rules.names.risk.es: \"regla\" is not a term",
    );
    check("analysis/stop-words.toml", "\"the\"", "\"of the\"", "FILE:1: en: \"of the\" is not one word");
    check("analysis/stop-words.toml", "es =", "und =", "FILE:2: und: words without a known language");
    check(
        "analysis/stems.toml",
        "international =",
        "International =",
        "FILE:2: en.International: \"International\" is not one word in lower case",
    );
    check("analysis/stems.toml", "\"international\"", "\"\"", "FILE:2: en.international: \"\" is no stem");
}

#[test]
fn numbers_out_of_range() {
    check("index.toml", "[\"en\", \"es\"]", "[]", "FILE:3: extraction.languages: name at least one");
    check("index.toml", "= 1000", "= 0", "FILE:5: extraction.max_file_bytes: must be 1 or more");
    check("index.toml", "= 1000", "= -1", "FILE:5: extraction.max_file_bytes: invalid value");
    check("index.toml", "= 30", "= 0", "FILE:6: extraction.timeout_seconds: use a number from 1 to 3600");
    check("index.toml", "= 30", "= 3601", "FILE:6: extraction.timeout_seconds: use a number from 1 to 3600");
    check("index.toml", "= 134217728", "= 134217727", "FILE:7: extraction.max_memory_bytes: must be 134217728 or more");
    for (from, to, key) in [
        ("k1 = 1.2", "k1 = -0.1", "10: ranking.k1"),
        ("k1 = 1.2", "k1 = nan", "10: ranking.k1"),
        ("b = 0.75", "b = 1.5", "11: ranking.b"),
        ("title = 1.5", "title = inf", "12: ranking.documents.title"),
        ("headings = 0.4", "headings = -1", "13: ranking.passages.headings"),
        ("proximity = 0.4", "proximity = -1", "14: ranking.second_stage.proximity"),
        ("recency_half_life = 5", "recency_half_life = 0", "14: ranking.second_stage.recency_half_life"),
        ("declaration = 0.1", "declaration = 101", "14: ranking.second_stage.types.declaration"),
    ] {
        check("index.toml", from, to, &format!("FILE:{key}: "));
    }
    for (from, to, key) in [
        ("weak = 1", "weak = -1", "9: classification.weak"),
        ("cap_per_phrase = 5", "cap_per_phrase = 0", "10: classification.cap_per_phrase"),
        ("primary_density = 0.5", "primary_density = 1.5", "12: classification.primary_density"),
    ] {
        check("schemes/theme.toml", from, to, &format!("FILE:{key}: "));
    }
}

#[test]
fn a_missing_or_oversized_file_is_named() {
    for file in ["index.toml", "analysis/stems.toml", "analysis/stop-words.toml"] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "", "", "");
        fs::remove_file(folder.path().join(file)).unwrap();
        let error = Settings::load(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(&folder.path().join(file).display().to_string()), "{error}");
    }
    let nowhere = Settings::load(Path::new("no/such/folder")).unwrap_err().to_string();
    assert!(nowhere.contains("--config"), "{nowhere}");
    check("schemes/rcp.toml", "id", &format!("{}id", "# padding\n".repeat(500_000)), "FILE: larger than 4194304 bytes");
}

/// The fingerprints that differ after one text of one file was replaced.
#[track_caller]
fn changed(file: &str, from: &str, to: &str) -> Vec<&'static str> {
    let load = |file, from, to| -> Fingerprints {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), file, from, to);
        Settings::load(folder.path()).unwrap().fingerprints
    };
    let (before, after) = (load("", "", ""), load(file, from, to));
    let parts = [
        ("extraction", before.extraction, after.extraction),
        ("annotation", before.annotation, after.annotation),
        ("analysis", before.analysis, after.analysis),
        ("query", before.query, after.query),
    ];
    for (name, fingerprint, _) in &parts {
        assert!(fingerprint.len() == 16 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }
    parts.into_iter().filter(|(_, before, after)| before != after).map(|(name, ..)| name).collect()
}

#[test]
fn a_change_redoes_only_what_follows_it() {
    assert_eq!(changed("index.toml", "index_contacts = false", "index_contacts = true"), ["extraction"]);
    assert_eq!(changed("index.toml", "k1 = 1.2", "k1 = 1.3"), ["query"]);
    assert_eq!(changed("schemes/theme.toml", "[\"rules\"]", "[\"rule\"]"), ["annotation"]);
    assert_eq!(changed("schemes/theme.toml", "secondary_hits = 2", "secondary_hits = 3"), ["annotation"]);
    assert_eq!(changed("schemes/rcp.toml", "founded = 1999", "founded = 2000"), ["annotation"]);
    assert_eq!(changed("schemes/theme.toml", "[\"rules of procedure\"]", "[\"standing orders\"]"), ["query"]);
    assert_eq!(changed("schemes/theme.toml", "Written for tests.", "Written for these tests."), ["query"]);
    assert_eq!(changed("analysis/stems.toml", "= \"international\"", "= \"internation\""), ["analysis"]);
    assert_eq!(changed("analysis/stop-words.toml", "\"the\"", "\"the\", \"of\""), ["analysis"]);
}

#[test]
fn comments_and_the_order_of_keys_change_nothing() {
    let none: [&str; 0] = [];
    for (file, from, to) in [
        ("index.toml", "[ranking]", "# A remark.\n\n[ranking]"),
        ("index.toml", "k1 = 1.2\nb = 0.75", "b = 0.750\nk1 = 1.2"),
        ("schemes/rcp.toml", "members = [\"aa\", \"bb\"], founded = 1999", "founded = 1999, members = [\"aa\", 'bb']"),
        ("schemes/theme.toml", "label.en = \"Rules of talks\"", "label = { en = \"Rules of talks\" } # a label"),
        ("analysis/stop-words.toml", "\"él\"", "\"El\", \"él\""),
    ] {
        assert_eq!(changed(file, from, to), none, "{to}");
    }
}

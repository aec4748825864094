//! The configuration: what a change asks for, and what is said of a broken one.

use std::fs;

use crate::sandbox::{Run, Sandbox};

#[test]
fn a_changed_boost_rebuilds_nothing() {
    let sandbox = Sandbox::with_own_config();
    sandbox.run(&["index", "seeds"]).expect(0);
    let published = sandbox.published();
    let before = sandbox.json(&["search", "regional cooperation"]);
    sandbox.replace("config/index.toml", "title = 0.6", "title = 7.5");
    let after = sandbox.json(&["search", "regional cooperation"]);
    assert_eq!(after["meta"]["total"], before["meta"]["total"]);
    assert_ne!(after["hits"][0]["score"], before["hits"][0]["score"], "the boost is in force at once");
    let report = sandbox.json(&["index", "seeds"]);
    assert_eq!((&report["extracted"], &report["published"]), (&0.into(), &false.into()));
    assert!(sandbox.published() == published);
}

#[test]
fn a_changed_scheme_asks_for_an_index_run_which_extracts_nothing() {
    let sandbox = Sandbox::with_own_config();
    sandbox.run(&["index", "seeds"]).expect(0);
    sandbox.replace("config/schemes/theme.toml", "label.en = \"Theme\"", "label.en = \"Topic\"");
    let advice = ["other annotation settings", "rcp-search index"];
    sandbox.run(&["search", "sovereignty"]).fails(1, &advice);
    sandbox.run(&["serve", "--listen", "127.0.0.1:0"]).fails(1, &advice);
    let report = sandbox.json(&["index", "seeds"]);
    assert_eq!((&report["extracted"], &report["published"]), (&0.into(), &true.into()));
    assert!(sandbox.json(&["search", "sovereignty"])["meta"]["total"].as_u64().unwrap() > 0);
}

#[test]
fn a_new_file_of_concepts_is_a_new_facet() {
    let sandbox = Sandbox::with_own_config();
    let scheme = r#"
        id = "topic"
        label = { en = "Topic" }
        facets = ["topic"]
        mentioned_as = "topic"
        [[concept]]
        id = "topic-a"
        label = { en = "Sovereignty", es = "Soberanía" }
        aliases = ["national sovereignty"]
    "#;
    sandbox.write("config/schemes/topic.toml", scheme);
    sandbox.run(&["index", "seeds"]).expect(0);
    let all = sandbox.json(&["search", "--facets", "topic"]);
    let value = &all["facets"]["topic"]["values"][0];
    assert_eq!((&value["value"], &value["label"]), (&"topic-a".into(), &"Sovereignty".into()));
    let with = sandbox.json(&["search", "topic:soberania"])["meta"]["total"].as_u64().unwrap();
    let without = sandbox.json(&["search", "--not", "topic=topic-a"])["meta"]["total"].as_u64().unwrap();
    assert_eq!(value["count"], with);
    assert_eq!(sandbox.json(&["search", "--filter", "topic=topic-a"])["meta"]["total"], with);
    assert!(with > 0 && without > 0);
    assert_eq!(all["meta"]["total"], with + without);
}

#[test]
fn changed_analysis_asks_for_an_index_run() {
    let sandbox = Sandbox::with_own_config();
    sandbox.run(&["index", "seeds"]).expect(0);
    sandbox.replace("config/analysis/stop-words.toml", "\"the\"", "\"thee\"");
    sandbox.run(&["search", "sovereignty"]).fails(1, &["other analysis settings", "rcp-search index"]);
    let report = sandbox.json(&["index", "seeds"]);
    assert_eq!((&report["extracted"], &report["published"]), (&0.into(), &true.into()));
    sandbox.run(&["search", "sovereignty"]).expect(0);
}

#[test]
fn changed_extraction_reads_every_file_again() {
    let sandbox = Sandbox::with_own_config();
    sandbox.run(&["index", "seeds"]).expect(0);
    sandbox.replace("config/index.toml", "languages = [\"en\", \"es\", \"fr\"]", "languages = [\"en\", \"es\"]");
    assert_eq!(sandbox.json(&["index", "seeds"])["extracted"], 5);
}

/// Breaks a configuration, and looks at what `index`, `search` and `serve` say. Neither of them may write anything.
#[track_caller]
fn check_broken(break_it: impl Fn(&Sandbox), says: &[&str]) {
    let sandbox = Sandbox::with_own_config();
    break_it(&sandbox);
    let commands: [&[&str]; 3] = [&["index", "seeds"], &["search", "x"], &["serve", "--listen", "127.0.0.1:0"]];
    for command in commands {
        let Run { err, .. } = sandbox.run(command).fails(1, says);
        assert!(sandbox.has_no_index(), "{command:?} wrote in spite of: {err}");
    }
}

/// The line on which a text stands for the first time.
fn line_of(text: &str, piece: &str) -> usize {
    1 + text.lines().position(|line| line.contains(piece)).unwrap()
}

#[test]
fn what_is_no_toml_is_named_by_file_and_line() {
    check_broken(|sandbox| sandbox.write("config/index.toml", "[extraction]\nlanguages = [\"en\"\n"), &["index.toml:"]);
    check_broken(|sandbox| sandbox.write("config/index.toml", "[ranking\nk1 = 1\n"), &["index.toml:1: "]);
}

#[test]
fn an_unknown_key_is_named_by_file_and_line() {
    let text = fs::read_to_string(crate::sandbox::project("index-config/index.toml")).unwrap();
    let line = line_of(&text, "k1 = 1.2");
    check_broken(
        |sandbox| sandbox.replace("config/index.toml", "k1 = 1.2", "k11 = 1.2"),
        &[&format!("index.toml:{line}: "), "k11", "k1"],
    );
    check_broken(|sandbox| sandbox.replace("config/index.toml", "b = 0.75", "b = \"high\""), &["index.toml:", "b"]);
    check_broken(|sandbox| sandbox.replace("config/index.toml", "b = 0.75", "b = -3.0"), &["index.toml:", "b"]);
}

#[test]
fn an_unknown_broader_concept_is_named_by_file_line_and_key() {
    let concept = "\n[[concept]]\nid = \"invented\"\nlabel.en = \"Invented\"\nbroader = [\"governanse\"]\n";
    let text = fs::read_to_string(crate::sandbox::project("index-config/schemes/theme.toml")).unwrap() + concept;
    let line = line_of(&text, "governanse");
    check_broken(
        |sandbox| sandbox.append("config/schemes/theme.toml", concept),
        &[&format!("theme.toml:{line}: "), "broader", "\"governanse\"", "governance"],
    );
}

#[test]
fn a_missing_configuration_says_what_belongs_there() {
    check_broken(|sandbox| fs::remove_dir_all(sandbox.path("config/schemes")).unwrap(), &["schemes"]);
    check_broken(|sandbox| fs::remove_file(sandbox.path("config/index.toml")).unwrap(), &["index.toml", "--config"]);
    let sandbox = Sandbox::new();
    let missing = sandbox.path("missing").display().to_string();
    let run = sandbox.run(&["index", "seeds", "--config", &missing]).fails(1, &[&missing, "--config"]);
    assert_eq!(run.err.matches("No such file").count(), 1, "a cause is told once: {}", run.err);
    assert!(sandbox.has_no_index());
}

//! Curated metadata: what is wrong in it is said with file, line and key, and its document waits until it is right.

use crate::sandbox::{Sandbox, copy_folder, project};

#[track_caller]
fn check(metadata: &str, says: &[&str]) {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/good.md", "# Good\n\nA text about consular protection in the region.\n");
    sandbox.write("corpus/bad.md", "# Bad\n\nA text about xylophones in the region.\n");
    sandbox.write("corpus/bad.meta.toml", metadata);
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.run(&["index", &corpus, "--json"]).expect(3).json();
    let failures = report["failures"].as_array().unwrap();
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(failures[0]["file"], "bad.md");
    let why = failures[0]["why"].as_str().unwrap();
    for piece in says {
        assert!(why.contains(piece), "{piece:?} should be in: {why}");
    }
    assert_eq!(report["documents"], 1);
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 0);
    assert_eq!(sandbox.json(&["search", "consular"])["meta"]["total"], 1);

    // Without the metadata there is nothing wrong with the file.
    let report = sandbox.json(&["index", &corpus, "--no-manifest"]);
    assert_eq!(report["documents"], 2);
}

#[test]
fn an_unknown_concept_gets_the_nearest_ones() {
    check(
        "title = \"Bad\"\nrcps = [\n  \"rcm\",\n  \"sacmm\",\n]\n",
        &["bad.meta.toml:4: rcps: ", "\"sacmm\"", "sacm"],
    );
    check("themes = [\"protection-right\"]\n", &["bad.meta.toml:1: themes: ", "protection-rights"]);
    check("type = \"meeting-raport\"\n", &["bad.meta.toml:1: type: ", "meeting-report"]);
    check("regions = [\"central-amerika\"]\n", &["bad.meta.toml:1: regions: ", "central-america"]);
}

#[test]
fn a_bad_date_is_refused() {
    check("title = \"Bad\"\ndate = \"2005-02-30\"\n", &["bad.meta.toml:2: date: ", "2005-02-30"]);
    check("date = \"2013-05-23/2013-05-22\"\n", &["bad.meta.toml:1: date: "]);
    check("year = 20130\n", &["bad.meta.toml:1: year: ", "20130"]);
}

#[test]
fn an_unknown_key_gets_the_nearest_one() {
    check("title = \"Bad\"\n\nrcp = [\"rcm\"]\n", &["bad.meta.toml:3: rcp: ", "rcps"]);
    check("titel = \"Bad\"\n", &["bad.meta.toml:1: titel: ", "title"]);
}

#[test]
fn a_file_that_is_no_toml_is_refused() {
    check("title = \"Bad\"\nrcps = [\"rcm\"\nyear = 2005\n", &["bad.meta.toml:"]);
}

#[test]
fn an_id_belongs_to_one_document() {
    let sandbox = Sandbox::new();
    for (name, word) in [("a", "xylophones"), ("b", "trombones")] {
        sandbox.write(&format!("corpus/{name}.md"), format!("# Text\n\nA text about {word} in the region.\n"));
        sandbox.write(&format!("corpus/{name}.meta.toml"), "id = \"same\"\n");
    }
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.run(&["index", &corpus, "--json"]).expect(3).json();
    assert_eq!(report["failures"][0]["file"], "b.md");
    assert!(report["failures"][0]["why"].as_str().unwrap().contains("\"same\""), "{report}");
    assert_eq!(sandbox.json(&["search", "xylophones"])["hits"][0]["id"], "same");
    assert_eq!(sandbox.json(&["search", "trombones"])["meta"]["total"], 0);
}

#[test]
fn inference_stands_on_its_own() {
    let sandbox = Sandbox::new();
    copy_folder(&project("seeds"), &sandbox.path("corpus"));
    let corpus = sandbox.path("corpus").display().to_string();
    let curated = sandbox.json(&["index", &corpus]);
    let inferred = sandbox.json(&["index", &corpus, "--no-manifest"]);
    assert_eq!((&inferred["documents"], &inferred["passages"]), (&curated["documents"], &curated["passages"]));
    assert_eq!((&inferred["extracted"], &inferred["published"]), (&0.into(), &true.into()));
    assert!(sandbox.json(&["search", "sovereignty"])["meta"]["total"].as_u64().unwrap() > 0);
}

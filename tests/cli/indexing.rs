//! `index`: what a run reads, keeps and publishes.

use crate::sandbox::{Sandbox, copy_folder, project};

#[test]
fn the_seeds_are_five_documents() {
    let sandbox = Sandbox::new();
    let report = sandbox.json(&["index", "seeds"]);
    assert_eq!(report["documents"], 5);
    assert_eq!(report["extracted"], 5);
    assert_eq!(report["published"], true);
    assert_eq!(report["failures"].as_array().unwrap().len(), 0);
    let run = sandbox.run(&["index", "seeds"]).expect(0);
    assert!(run.out.contains("nothing changed: kept generation 1: 5 documents"), "{}", run.out);
    assert_eq!(run.err, "", "a short run has nothing to tell on the way");
}

#[test]
fn an_unchanged_corpus_is_neither_extracted_nor_published_again() {
    let sandbox = Sandbox::new();
    let first = sandbox.json(&["index", "seeds"]);
    let before = sandbox.published();
    let second = sandbox.json(&["index", "seeds"]);
    assert_eq!(second["extracted"], 0);
    assert_eq!(second["published"], false);
    assert_eq!(second["generation"], first["generation"]);
    assert_eq!(second["passages"], first["passages"]);
    assert!(sandbox.published() == before, "no published file is written again");
}

#[test]
fn a_changed_file_alone_is_extracted_again() {
    let sandbox = Sandbox::new();
    copy_folder(&project("seeds"), &sandbox.path("corpus"));
    let corpus = sandbox.path("corpus").display().to_string();
    sandbox.run(&["index", &corpus]).expect(0);
    sandbox.append("corpus/rcm-overview-2004.txt", "\nA paragraph about xylophones.\n");
    let report = sandbox.json(&["index", &corpus]);
    assert_eq!((&report["extracted"], &report["generation"]), (&1.into(), &2.into()));
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 1);
}

#[test]
fn rebuilding_reads_everything_and_publishes_anew() {
    let sandbox = Sandbox::with_seeds_indexed();
    let before = sandbox.json(&["search", "cooperation"]);
    let report = sandbox.json(&["index", "seeds", "--rebuild"]);
    assert_eq!((&report["extracted"], &report["published"]), (&5.into(), &true.into()));
    assert_eq!(report["generation"], 2);
    assert_eq!(sandbox.json(&["search", "cooperation"]), before);
}

#[test]
fn a_withdrawn_document_is_gone_with_the_generations_that_held_it() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/kept.md", "# Kept\n\nA text about consular protection in the region.\n");
    sandbox.write("corpus/gone.md", "# Gone\n\nA text about xylophones and other instruments.\n");
    let corpus = sandbox.path("corpus").display().to_string();
    sandbox.run(&["index", &corpus]).expect(0);
    let holding = || {
        let files = sandbox.published().into_iter();
        files.filter(|(_, (bytes, _))| bytes.windows(10).any(|window| window == b"xylophones")).count()
    };
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 1);
    assert!(holding() > 0);
    std::fs::remove_file(sandbox.path("corpus/gone.md")).unwrap();
    sandbox.run(&["index", &corpus]).expect(0);
    assert_eq!(sandbox.json(&["search", "xylophones"])["meta"]["total"], 0);
    assert_eq!(holding(), 0, "files still hold withdrawn text");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--generation", "1"];
    sandbox.run(&serve).fails(1, &["no published generation 1"]);
}

#[test]
fn two_builds_of_one_corpus_answer_byte_for_byte_alike() {
    let sandboxes = [Sandbox::with_seeds_indexed(), Sandbox::with_seeds_indexed()];
    // The second one has been built twice: history leaves no trace.
    sandboxes[1].run(&["index", "seeds", "--rebuild"]).expect(0);
    let searches: [&[&str]; 17] = [
        &["sovereignty"],
        &["sovereignty", "--rcp", "rcm"],
        &["\"private sector\"", "--passages-only"],
        &["migration", "--limit", "100", "--passages", "10"],
        &["regional cooperation OR trafficking"],
        &["return -readmission", "--facets", "theme,year"],
        &["\"regional processes\"~5"],
        &["migr*", "--passages-only", "--limit", "50"],
        &["cooperaton~1"],
        &["title:report"],
        &["rcp:rcm human rights"],
        &["year:2005..2013", "--sort", "oldest"],
        &["", "--sort", "title", "--facets", "rcp,theme,region,year,type,lang,country"],
        &["", "--theme", "protection-rights", "--sort", "newest"],
        &["", "--not", "rcp=rcm", "--facets", "mentions"],
        &["migración", "--ui", "es", "--match", "any"],
        &["states and the management of migration flows", "--match", "all"],
    ];
    for search in searches {
        let args = [&["search"], search, &["--json"]].concat();
        let [first, second] = sandboxes.each_ref().map(|sandbox| sandbox.run(&args).expect(0).out);
        assert!(first.len() > 100 && first == second, "{search:?} gives two answers");
    }
}

#[test]
fn several_folders_are_one_corpus() {
    let sandbox = Sandbox::new();
    sandbox.write("reports/one.md", "# One\n\nA text about consular protection.\n");
    sandbox.write("notes/one.md", "# Another one\n\nA text about consular assistance.\n");
    let [reports, notes] = ["reports", "notes"].map(|name| sandbox.path(name).display().to_string());
    assert_eq!(sandbox.json(&["index", &reports, &notes])["documents"], 2);
    let hits = sandbox.json(&["search", "consular"])["hits"].clone();
    let mut files: Vec<_> = hits.as_array().unwrap().iter().map(|hit| hit["source"]["file"].clone()).collect();
    files.sort_by_key(ToString::to_string);
    assert_eq!(files, ["notes/one.md", "reports/one.md"]);
}

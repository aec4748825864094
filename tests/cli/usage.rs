//! What can be typed: help, wrong usage, the OpenAPI document.

use std::fs;

use crate::sandbox::{Run, Sandbox, binary, project, run};

fn typed(args: &[&str]) -> Run {
    let mut command = binary();
    command.args(args);
    run(command)
}

#[test]
fn every_help_shows_examples() {
    let help = typed(&["--help"]).expect(0).out;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        ["index", "serve", "search", "check", "openapi", "completions", "man"].iter().all(|name| names.contains(name)),
        "{names:?}"
    );
    assert!(help.contains("  rcp-search serve") && help.contains("Exit codes"), "{help}");
    for name in names.into_iter().filter(|&name| name != "help") {
        let help = typed(&[name, "--help"]).expect(0).out;
        assert!(help.contains("Examples:\n") && help.contains(&format!("rcp-search {name}")), "{help}");
    }
}

#[test]
fn wrong_usage_is_its_own_exit_code() {
    let sandbox = Sandbox::with_seeds_indexed();
    let check = |args: &[&str], says: &[&str]| {
        sandbox.run(args).fails(2, says);
    };
    check(&["serch", "x"], &["'serch'", "search"]);
    check(&["search", "x", "--limitt", "3"], &["--limitt", "--limit"]);
    check(&["search", "x", "--limit", "0"], &["--limit", "1..=100"]);
    check(&["search", "x", "--match", "some"], &["some", "most", "all", "any"]);
    check(&["search", "x", "--sort", "oldes"], &["oldest"]);
    check(&["search", "x", "--not", "rcm"], &["rcp=rcm"]);
    check(&["search", "x", "--year-from", "2013", "--year-to", "2009"], &["--year-from", "--year-to"]);
    check(&["search", "x", "--date-from", "2013-06", "--date-to", "2013-05"], &["--date-from", "--date-to"]);
    check(&["search", "x", "--date-from", "May"], &["--date-from", "2013-05"]);
    check(&["search", "x", "--added-since", "yesterday"], &["--added-since", "2026-01-31"]);
    check(&["search", "x", "--offset", "1001"], &["--offset", "1000"]);
    check(&["search", "x", "--cursor", "abc", "--offset", "1"], &["--cursor", "--offset"]);
    check(&["search", "x", "--cursor", "abc"], &["cursor", "start again without it"]);
    check(&["search", "x", "--filter", "rcp"], &["rcp=rcm"]);
    check(&["search", "x", "--color", "sometimes"], &["auto", "always", "never"]);
    check(&["serve", "--listen", "here"], &["--listen"]);
    // What only the configuration can tell: facets and concepts, with the nearest valid ones.
    check(&["search", "x", "--rcp", "rmc"], &["\"rmc\"", "rcm"]);
    check(&["search", "x", "--theme", "protection-right"], &["protection-rights"]);
    check(&["search", "x", "--not", "region=central-amerika"], &["central-america"]);
    check(&["search", "x", "--not", "process=rcm"], &["\"process\"", "rcp"]);
    check(&["search", "x", "-f", "them=data"], &["\"them\"", "did you mean theme?"]);
    check(&["search", "x", "--filter", "theme=dta"], &["\"dta\"", "data", "--facets theme"]);
    check(&["search", "x", "--facets", "theme,years"], &["\"years\"", "year"]);
    check(&["search", "x", "--year", "twenty"], &["\"twenty\"", "year"]);
    assert_eq!(typed(&[]).expect(2).out, "");
}

#[test]
fn without_an_index_the_commands_say_how_to_make_one() {
    let sandbox = Sandbox::new();
    for command in [["search", "sovereignty"].as_slice(), &["check"], &["serve", "--generation", "1"]] {
        sandbox.run(command).fails(1, &[&sandbox.path("index").display().to_string(), "rcp-search index"]);
        assert!(sandbox.has_no_index(), "{command:?}");
    }
}

#[test]
fn the_openapi_document_is_the_committed_one() {
    let run = typed(&["openapi"]).expect(0);
    let committed = fs::read_to_string(project("openapi/openapi.json")).unwrap();
    assert!(run.out == committed, "openapi/openapi.json is not what `rcp-search openapi` prints");
}

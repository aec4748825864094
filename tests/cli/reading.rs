//! What a person reads: `search` and the report of `index`, in pipes and on terminals.

use std::process::Command;

use crate::sandbox::{Sandbox, binary, run};

#[test]
fn an_answer_in_a_pipe_is_plain_and_one_thing_a_line() {
    let sandbox = Sandbox::with_seeds_indexed();
    let out = sandbox.run(&["search", "\"private sector\"", "--passages-only", "--facets", "year"]).expect(0).out;
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..3], ["4 passages found in 1 document of 5 searchable", "for \"private sector\"", ""]);
    assert!(lines[3].starts_with(" 1. para. 2"), "{out}");
    assert!(lines[5].starts_with("    ") && lines[5].contains("[private sector]"), "{out}");
    assert!(lines[6].starts_with("    gcim-iom-workshop-2005-report#p2"), "{out}");
    assert!(out.ends_with("\nyear\n       4  2005\n"), "{out}");
    assert!(!out.contains('\u{1b}'), "no styles where there is no terminal: {out}");

    let out = sandbox.run(&["search", "sovereignty", "--rcp", "rcm", "-n", "1", "-p", "1"]).expect(0).out;
    assert!(out.contains("\nfor sovereignty; rcp: Regional Conference on Migration\n"), "{out}");
    assert!(out.contains("\n    GRCP, RCM · 22–23 May 2013 · "), "{out}");
    assert!(out.contains("\n    Report · #n12: Working within a framework"), "{out}");
    assert!(out.contains("\n    and 1 more passage\n"), "{out}");
    assert!(out.contains("\n    global-rcp-meeting-2013-rcm-report · global-rcp-meeting-2013-rcm-report."), "{out}");
    assert!(out.ends_with("\n1-1 of 2 documents; more: --offset 1\n"), "{out}");
}

#[test]
fn words_need_no_quotes_and_options_say_what_they_do() {
    let sandbox = Sandbox::with_seeds_indexed();
    let out = |args: &[&str]| sandbox.run(&[&["search"], args].concat()).expect(0).out;
    assert_eq!(out(&["regional", "cooperation"]), out(&["regional cooperation"]));
    assert!(out(&["sovereignty", "--cite"]).contains("\n    cite: Report on the Fourth Global Meeting"));
    assert!(!out(&["sovereignty"]).contains("cite: "));
    assert!(out(&["sovereignty"]).contains("[sovereignty]"));
    assert!(!out(&["sovereignty", "--highlight", "none"]).contains("[sovereignty]"));
    let filters = ["--year-from", "2005", "--date-to", "2013-05", "--not", "rcp=sacm", "--ui", "es", "-s", "newest"];
    let said = out(&filters);
    let filters = "for not rcp: Conferencia Suramericana sobre Migraciones; years from 2005; \
                   dates to 31 de mayo de 2013; newest first";
    assert_eq!(said.lines().nth(1), Some(filters));
    let selected = out(&["sovereignty", "--rcp", "rcm", "--rcp", "grcp", "--facets", "rcp"]);
    assert!(selected.lines().any(|line| line.starts_with("* ") && line.ends_with("(rcm)")), "{selected}");
    let cut = out(&["", "--facets", "theme", "--facet-limit", "1"]);
    assert!(cut.lines().last().unwrap().contains("values; more: --facet-limit "), "{cut}");
}

#[test]
fn an_empty_answer_says_what_to_try() {
    let sandbox = Sandbox::with_seeds_indexed();
    let check = |args: &[&str], expected: &[&str]| {
        let out = sandbox.run(&[&["search"], args].concat()).expect(0).out;
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines, [&["0 documents found of 5 searchable"], expected].concat());
    };
    check(&["\"xylophone concerto\""], &["for \"xylophone concerto\"", "try --match any or other words"]);
    check(&["zither", "--year", "1999"], &["for zither; year: 1999", "try --match any, other words or fewer filters"]);
    check(&["zither", "--match", "any"], &["for zither", "try other words"]);
    check(&["--year", "1999"], &["for year: 1999", "try fewer filters"]);
    let out = sandbox.run(&["search", "sovereignty zither bassoon oboe"]).expect(0).out;
    assert!(out.contains("\nnote: nothing has enough of the 4 words; these have at least 1\n"), "{out}");
    let out = sandbox.run(&["search", "\"sovereignty"]).expect(0).out;
    assert!(out.contains("\nnote: This quotation mark is never closed"), "{out}");
}

#[test]
fn pages_follow_each_other_by_offset_and_by_cursor() {
    let sandbox = Sandbox::with_seeds_indexed();
    let page = |more: &[&str]| {
        let out = sandbox.run(&[&["search", "migration", "-n", "2", "-p", "0"], more].concat()).expect(0).out;
        let ids: Vec<String> =
            out.lines().filter(|line| line.contains(" · ") && line.ends_with("t")).map(str::to_owned).collect();
        (ids, out.lines().last().unwrap().to_owned())
    };
    let (_, last) = page(&["--offset", "2"]);
    assert_eq!(last, "3-4 of 5 documents; more: --offset 4");
    assert_eq!(page(&["--offset", "4"]).1, "5-5 of 5 documents");
    assert_eq!(page(&["--offset", "9"]).1, "none of 5 documents behind the first 9");

    let answer = sandbox.json(&["search", "migration", "-n", "2", "-p", "0"]);
    let token = answer["meta"]["next_cursor"].as_str().unwrap();
    let (by_cursor, last) = page(&["--cursor", token]);
    assert_eq!(by_cursor, page(&["--offset", "2"]).0);
    let next = last.strip_prefix("2 more of 5 documents; more: --cursor ").unwrap();
    assert_eq!(page(&["--cursor", next]).1, "1 more of 5 documents");
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let sandbox = Sandbox::with_seeds_indexed();
    let has_colours = |args: &[&str], name: &str, value: &str| {
        let mut command = sandbox.command(&[&["search", "sovereignty"], args].concat());
        command.env(name, value);
        run(command).expect(0).out.contains("\u{1b}[1;33msovereignty\u{1b}[0m")
    };
    assert!(!has_colours(&[], "NO_COLOR", "1"));
    assert!(has_colours(&["--color", "always"], "NO_COLOR", "1"));
    assert!(has_colours(&[], "CLICOLOR_FORCE", "1"));
    assert!(!has_colours(&["--color", "never"], "CLICOLOR_FORCE", "1"));
}

/// Runs a search on a terminal of so many columns, and gives its lines.
fn on_a_terminal(sandbox: &Sandbox, columns: usize, environment: &str, search: &str) -> Vec<String> {
    let program = binary().get_program().to_string_lossy().into_owned();
    let index = sandbox.path("index").display().to_string();
    let typed = format!("stty rows 50 cols {columns}; {environment} '{program}' search {search} --index '{index}'");
    let mut command = Command::new("script");
    command.current_dir(crate::sandbox::project("")).args(["-qec", &typed, "/dev/null"]).env("TERM", "xterm");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    run(command).expect(0).out.lines().map(str::to_owned).collect()
}

/// Text without styles, and the columns it takes; what the seeds hold is one column a character.
fn without_styles(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    first + &pieces.filter_map(|piece| piece.split_once('m')).map(|(_, text)| text).collect::<String>()
}

/// `script` gives a program a terminal; it belongs to every Linux.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_colours_and_lines_that_fit() {
    let sandbox = Sandbox::with_seeds_indexed();
    for columns in [40, 80, 120] {
        let lines = on_a_terminal(&sandbox, columns, "", "regional cooperation --facets theme,year --cite");
        assert!(lines.iter().any(|line| line.contains("\u{1b}[1;33m")), "no colours: {lines:?}");
        assert_eq!(lines.iter().any(|line| line.contains('█')), columns >= 60, "bars where there is room");
        for line in lines.iter().map(|line| without_styles(line)) {
            let is_one_word = !line.trim().contains(' ') || line.contains('(');
            assert!(line.chars().count() <= columns || is_one_word, "{columns}: {line:?}");
        }
    }
    for environment in ["NO_COLOR=1", "TERM=dumb"] {
        let lines = on_a_terminal(&sandbox, 80, environment, "sovereignty --facets year");
        assert!(lines.iter().all(|line| !line.contains('\u{1b}')), "{environment}: {lines:?}");
        assert!(lines.iter().any(|line| line.contains("[sovereignty]")), "a match is seen all the same");
    }
}

#[test]
fn a_report_is_also_a_file_whole_or_not_at_all() {
    let sandbox = Sandbox::new();
    let file = sandbox.path("report.json").display().to_string();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    (1..=7).for_each(|number| sandbox.write(&format!("corpus/{number}.txt"), ""));
    let corpus = sandbox.path("corpus").display().to_string();
    let run = sandbox.run(&["index", &corpus, "--report", &file]).expect(3);
    assert!(run.out.starts_with("published generation 1: 1 document, "), "{}", run.out);
    assert!(run.out.contains("\n7 problems to look at:\n  7 files: the file is empty\n    1.txt\n"), "{}", run.out);
    assert!(run.out.ends_with(&format!("\n    and 2 more ({file} has all)\n")), "{}", run.out);
    let written = || -> Vec<serde_json::Value> {
        let lines = std::fs::read_to_string(&file).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let lines = written();
    assert_eq!(lines.len(), 9, "a line for each file and one for the run");
    assert_eq!((&lines[0]["file"], &lines[0]["state"]), (&"1.txt".into(), &"failed".into()));
    assert_eq!((&lines[0]["why"], &lines[0]["passages"]), (&"the file is empty".into(), &0.into()));
    let one = &lines[7];
    assert_eq!((&one["id"], &one["state"], &one["passages"]), (&"one".into(), &"searchable".into(), &1.into()));
    assert_eq!((&one["year"], &one["rcps"], &one["read_anew"]), (&false.into(), &false.into(), &true.into()));
    assert!(one["media_type"].as_str().unwrap().starts_with("text/"));
    assert_eq!(lines[8]["failures"].as_array().unwrap().len(), 7);
    assert_eq!(lines[8]["states"], serde_json::json!({ "failed": 7, "searchable": 1 }));
    let printed = sandbox.run(&["index", &corpus, "--report", &file, "--json"]).expect(3).json();
    assert_eq!((&printed["published"], Some(&printed)), (&false.into(), written().last()));
    let left: Vec<_> = std::fs::read_dir(sandbox.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "corpus, index and report, nothing else: {left:?}");

    // Said before the run, not after it.
    let nowhere = sandbox.path("nowhere/report.json").display().to_string();
    let fresh = Sandbox::new();
    fresh.run(&["index", "seeds", "--report", &nowhere]).fails(1, &[&nowhere, "--report"]);
    fresh.run(&["index", "seeds", "--report", &corpus]).fails(1, &[&corpus, "--report"]);
    assert!(fresh.has_no_index());
}

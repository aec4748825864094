//! `completions` and `man`: made from the definitions of the command line, and usable as they are.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::sandbox::{Run, Sandbox, binary, run};

fn typed(args: &[&str]) -> Run {
    let mut command = binary();
    command.args(args);
    run(command)
}

/// Every command that help lists, as it is typed: those of the program, and those below them (`key add`).
fn commands() -> Vec<String> {
    let listed = |help: String| -> Vec<String> {
        let commands = help.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
        let names = commands.lines().filter_map(|line| line.split_whitespace().next());
        names.filter(|&name| name != "help").map(str::to_owned).collect()
    };
    let mut commands = Vec::new();
    for name in listed(typed(&["--help"]).expect(0).out) {
        let below = listed(typed(&[&name, "--help"]).expect(0).out);
        commands.extend(below.iter().map(|below| format!("{name} {below}")));
        commands.push(name);
    }
    assert!(commands.contains(&"key add".to_owned()), "{commands:?}");
    commands
}

/// What bash offers for a line that ends in what is typed last.
fn completed(script: &str, line: &[&str]) -> BTreeSet<String> {
    let [.., before, last] = line else { panic!("a line has a command and a word") };
    let words: Vec<String> = line.iter().map(|word| format!("'{word}'")).collect();
    let (words, place) = (words.join(" "), line.len() - 1);
    // The function is the one that bash itself would call.
    let asks = format!(
        r#"{script}
        set -- $(complete -p rcp-search)
        while [ "$1" != -F ]; do shift; done
        COMP_WORDS=({words}) COMP_CWORD={place}
        "$2" rcp-search '{last}' '{before}'
        printf '%s\n' "${{COMPREPLY[@]}}"
        "#
    );
    let mut bash =
        Command::new("bash").args(["--norc", "-s"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(asks.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().split_whitespace().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let script = typed(&["completions", "bash"]).expect(0).out;
    let check = |line: &[&str], expected: &[&str]| {
        let offered = completed(&script, line);
        assert_eq!(offered, expected.iter().map(ToString::to_string).collect(), "{line:?}");
    };
    check(&["rcp-search", "se"], &["search", "serve"]);
    check(&["rcp-search", "search", "--year"], &["--year", "--year-from", "--year-to"]);
    check(&["rcp-search", "search", "--sort", "ne"], &["newest"]);
    check(&["rcp-search", "completions", "f"], &["fish"]);
}

#[test]
fn every_shell_learns_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = typed(&["completions", shell]).expect(0).out;
        for command in commands() {
            let name = command.split(' ').next_back().unwrap();
            assert!(script.contains(name), "{shell} does not know {command}");
        }
        assert!(script.contains("passages-only"), "{shell} does not know the options of search");
    }
    typed(&["completions", "tcsh"]).fails(2, &["tcsh", "bash", "zsh", "fish"]);
}

#[test]
fn every_command_has_a_page_with_its_options_and_examples() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("share/man1");
    let run = typed(&["man", "--out", &folder.display().to_string()]).expect(0);
    assert_eq!(run.out, "");
    let mut expected: BTreeSet<String> = commands().iter().map(|command| format!("{}.1", page_of(command))).collect();
    expected.insert("rcp-search.1".to_owned());
    let written: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(written, expected);
    for command in commands() {
        let name = page_of(&command);
        let page = fs::read_to_string(folder.join(format!("{name}.1"))).unwrap();
        assert_eq!(
            typed(&["man", name.strip_prefix("rcp-search-").unwrap()]).expect(0).out,
            page.trim_end().to_owned() + "\n"
        );
        assert!(page.starts_with(".ie") || page.contains(".TH"), "{page}");
        assert!(page.contains("Examples:") && page.contains(&format!("rcp\\-search {command}")), "{page}");
        let help = typed(&[command.split(' ').collect(), vec!["--help"]].concat()).expect(0).out;
        let options = help.lines().filter(|line| line.starts_with("   "));
        let options = options.flat_map(str::split_whitespace).filter(|word| word.starts_with("--"));
        for option in options.filter(|word| word.chars().all(|c| c == '-' || c.is_ascii_lowercase())) {
            assert!(page.contains(&option.replace('-', "\\-")), "{command}: no {option}: {page}");
        }
    }
}

/// Name of the page of a command.
fn page_of(command: &str) -> String {
    format!("rcp-search-{}", command.replace(' ', "-"))
}

#[test]
fn a_page_that_is_not_there_is_said() {
    typed(&["man", "serach"]).fails(2, &["\"serach\"", "search"]);
    let sandbox = Sandbox::new();
    sandbox.write("file", "in the way");
    let folder = sandbox.path("file/man1").display().to_string();
    typed(&["man", "--out", &folder]).fails(1, &[&folder, "--out"]);
}

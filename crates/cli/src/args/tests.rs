//! What holds of every command and option.

use std::path::Path;

use clap::CommandFactory;
use rcp_corpus::settings::Settings;

use super::*;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The program and every command that is shown, those below others too, as they are after all definitions are joined.
fn documented() -> Vec<clap::Command> {
    let mut program = Cli::command();
    program.build();
    let mut documented = vec![program];
    let mut seen = 0;
    while let Some(command) = documented.get(seen) {
        let below: Vec<clap::Command> = shown(command).cloned().collect();
        documented.extend(below);
        seen += 1;
    }
    documented
}

fn shown(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn every_option_says_what_it_is_and_what_it_takes() {
    for command in documented() {
        for argument in command.get_arguments() {
            let place = format!("{} {}", command.get_name(), argument.get_id());
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.len() > 5 && !help.ends_with('.'), "{place}: {help:?}");
            let takes_values = argument.get_action().takes_values();
            let value = argument.get_value_names().into_iter().flatten().next();
            let value = value.map(ToString::to_string).unwrap_or_default();
            assert!(!takes_values || value.chars().any(char::is_uppercase), "{place}: name its value: {value:?}");
        }
    }
}

#[test]
fn no_example_is_wider_than_a_terminal() {
    for command in documented() {
        let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(below.contains("Examples:\n"), "{}", command.get_name());
        // Running text is broken by clap; an example must stay one line.
        for line in below.lines().filter(|line| line.starts_with(' ')) {
            assert!(line.chars().count() <= HELP_WIDTH, "{}: {line:?}", command.get_name());
        }
    }
}

#[test]
fn the_readme_lists_every_command() {
    let readme = std::fs::read_to_string(Path::new(PROJECT).join("README.md")).unwrap();
    for command in shown(&documented()[0]) {
        let row = format!("| `{}", command.get_name());
        assert!(readme.contains(&row), "README.md has no row {row:?} in its table of commands");
    }
}

#[test]
fn every_facet_of_the_shipped_schemes_has_an_option() {
    let settings = Settings::load(&Path::new(PROJECT).join("index-config")).unwrap();
    let commands = documented();
    let search = commands.iter().find(|command| command.get_name() == "search").unwrap();
    for facet in settings.taxonomy.facets() {
        let option = facet.name.replace('_', "-");
        assert!(search.get_arguments().any(|argument| argument.get_long() == Some(&option)), "no --{option}");
        let cli = Cli::try_parse_from(["rcp-search", "search", &format!("--{option}"), "x"]).unwrap();
        let Command::Search(args) = cli.command else { panic!("not a search") };
        assert_eq!(args.filters.included().collect::<Vec<_>>(), [(facet.name.as_str(), "x")]);
    }
}

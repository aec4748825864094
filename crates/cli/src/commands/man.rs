//! `rcp-search man`: manual pages, made from the definitions of the command line.

use std::path::Path;
use std::{fs, io};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::commands::{Outcome, wrong_usage};
use crate::nearest::nearest;
use crate::terminal;

pub(crate) fn run(args: &ManArgs) -> anyhow::Result<Outcome> {
    // There is no page of `help`: the pages are the help.
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &args.out {
        write_pages(&program, folder)
            .map_err(|error| anyhow::anyhow!("{}: {error}; choose another folder with --out", folder.display()))?;
        return Ok(Outcome::Done);
    }
    let commands = documented(&program);
    let command = match &args.command {
        None => &program,
        Some(name) => match commands.iter().find(|(known, _)| known == name) {
            Some((_, command)) => command,
            None => {
                let offer = nearest(name, commands.iter().skip(1).map(|(known, _)| known.as_str()));
                let offer = offer.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
                return Ok(wrong_usage(format!("there is no command {name:?}{offer}")));
            }
        },
    };
    terminal::line(String::from_utf8(page(&Man::new(command.clone()))?)?.trim_end())?;
    Ok(Outcome::Done)
}

/// Writes the page of every command, named as `man` looks for it.
fn write_pages(program: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    documented(program).into_iter().try_for_each(|(_, command)| {
        let man = Man::new(command.clone());
        fs::write(folder.join(man.get_filename()), page(&man)?)
    })
}

/// The program and its commands but the hidden ones, and theirs (`key-add`), by name.
fn documented(program: &Command) -> Vec<(String, &Command)> {
    let shown = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    let mut documented = vec![(program.get_name().to_owned(), program)];
    for command in program.get_subcommands().filter(shown) {
        let name = command.get_name();
        documented.push((name.to_owned(), command));
        let below = command.get_subcommands().filter(shown);
        documented.extend(below.map(|below| (format!("{name}-{}", below.get_name()), below)));
    }
    documented
}

fn page(man: &Man) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_commands_have_no_page() {
        let shown = Command::new("shown").subcommand(Command::new("below"));
        let program = Command::new("p").subcommand(shown).subcommand(Command::new("aside").hide(true));
        let names: Vec<_> = documented(&program).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["p", "shown", "shown-below"]);
    }
}

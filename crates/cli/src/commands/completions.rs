//! `rcp-search completions`: a script for a shell, made from the definitions of the command line.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::{Cli, CompletionsArgs};
use crate::commands::Outcome;
use crate::terminal;

pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, &name, &mut script);
    let mut script = String::from_utf8(script)?;
    if args.shell == Shell::Bash {
        // clap_complete spells a program with a hyphen in two ways, so that bash would complete nothing behind a
        // command (https://github.com/clap-rs/clap/issues/6421). Where that is mended, this changes nothing.
        script = script.replace(&name.replace('-', "__subcmd__"), &name.replace('-', "__"));
    }
    terminal::line(script.trim_end())?;
    Ok(Outcome::Done)
}

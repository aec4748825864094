//! `rcp-search extract-worker`: the process that reads files for `index`, apart from it.

use rcp_indexer::worker::{Worker, serve};

use crate::commands::Outcome;

/// Name of the command.
const NAME: &str = "extract-worker";

pub(crate) fn run() -> anyhow::Result<Outcome> {
    serve()?;
    Ok(Outcome::Done)
}

/// This very program as a worker.
pub(super) fn this_program() -> anyhow::Result<Worker> {
    Ok(Worker::Process { program: std::env::current_exe()?, args: vec![NAME.to_owned()] })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn the_command_is_there_and_hidden() {
        let program = Cli::command();
        let command = program.find_subcommand(NAME);
        assert!(command.is_some_and(clap::Command::is_hide_set));
    }
}

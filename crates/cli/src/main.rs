//! `rcp-search`: index and search the documents of Regional Consultative Processes on Migration.

mod allocator;
mod args;
mod commands;
mod nearest;
mod output_file;
mod progress;
mod server_settings;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::commands::Outcome;

fn main() -> ExitCode {
    let cli = Cli::parse();
    terminal::choose_colors(cli.color);
    let result = match cli.command {
        Command::Index(args) => {
            allocator::settle();
            commands::index::run(args)
        }
        Command::Serve(args) => commands::serve::run(&args),
        Command::Search(args) => commands::search::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Annotate(args) => commands::annotate::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Key(args) => commands::key::run(&args),
        Command::Openapi(args) => commands::openapi::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
        Command::ExtractWorker => commands::extract_worker::run(),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Ok(Outcome::WrongUsage) => ExitCode::from(2),
        Ok(Outcome::DoneWithFailures) => ExitCode::from(3),
        Err(error) => {
            terminal::error(&error);
            ExitCode::from(1)
        }
    }
}

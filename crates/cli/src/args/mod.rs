//! The command line: what can be typed, with help and examples. One file a command.
//!
//! Help, shell completions and man pages are all made from these definitions.

mod annotate;
mod check;
mod compare;
mod eval;
mod filters;
mod index;
mod key;
mod search;
mod serve;
#[cfg(test)]
mod tests;
mod tools;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use annotate::AnnotateArgs;
pub(crate) use check::CheckArgs;
pub(crate) use compare::CompareArgs;
pub(crate) use eval::EvalArgs;
pub(crate) use filters::FilterArgs;
pub(crate) use index::IndexArgs;
pub(crate) use key::{KeyAddArgs, KeyArgs, KeyCommand, KeyListArgs, KeyRevokeArgs};
pub(crate) use search::{HighlightArg, MatchArg, SearchArgs, SortArg, UiArg};
pub(crate) use serve::{ServeArgs, Setting};
pub(crate) use tools::{CompletionsArgs, ManArgs, OpenapiArgs};

/// Widest line of help, in columns.
const HELP_WIDTH: usize = 80;

/// Heading of the options that say where things are.
const PLACES: &str = "Places";
/// Heading of the options that say what is printed.
const OUTPUT: &str = "Output";

/// Index and search the documents of Regional Consultative Processes on Migration.
#[derive(Debug, Parser)]
#[command(version, max_term_width = HELP_WIDTH, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    /// Colours: auto (on a terminal), always or never.
    #[arg(
        long,
        alias = "colour",
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true
    )]
    #[arg(help_heading = OUTPUT)]
    pub(crate) color: ColorArg,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0 done, 1 failed, 2 wrong usage, 3 done, but some files could not be indexed

Environment:
  NO_COLOR, CLICOLOR_FORCE   colours never, or always
  RUST_LOG                   how much `serve` logs: warn, info, debug
  RCP_SEARCH_...             settings of `serve`, as in deploy/server.toml

Examples:
  rcp-search serve                    index the samples, answer on port 8080
  rcp-search search \"private sector\"  search on the command line
  rcp-search help search              all options of a command";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read folders of documents and publish an index.
    Index(IndexArgs),
    /// Answer searches over HTTP; without an index, make one first.
    Serve(ServeArgs),
    /// Search on the command line.
    Search(Box<SearchArgs>),
    /// Compare how often something is said: a table of two facets.
    Compare(Box<CompareArgs>),
    /// Show what is known about files, and why, without indexing them.
    Annotate(AnnotateArgs),
    /// Measure the ranking on a test collection.
    Eval(EvalArgs),
    /// Examine the index: every file, and everything in it.
    Check(CheckArgs),
    /// Give out keys to restricted collections, and revoke them.
    Key(KeyArgs),
    /// Print the OpenAPI document of the HTTP API.
    Openapi(OpenapiArgs),
    /// Print the script that lets a shell complete commands and options.
    Completions(CompletionsArgs),
    /// Print a manual page, or write all of them into a folder.
    Man(ManArgs),
    /// Read files for `index`, which starts this command by itself.
    #[command(hide = true)]
    ExtractWorker,
}

/// Where the index and its settings are.
#[derive(Debug, Args)]
#[command(next_help_heading = PLACES)]
pub(crate) struct Places {
    /// Folder of the index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "data/index")]
    pub(crate) index: PathBuf,
    /// Folder of the configuration: index.toml, schemes/, analysis/.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "index-config")]
    pub(crate) config: PathBuf,
}

/// Where the API keys are.
#[derive(Debug, Args)]
#[command(next_help_heading = PLACES)]
pub(crate) struct KeysPlace {
    /// File of the API keys; there need not be one.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "data/keys.toml")]
    pub(crate) keys: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// On a terminal that can show them.
    Auto,
    /// Always, as for `less -R`.
    Always,
    /// Never.
    Never,
}

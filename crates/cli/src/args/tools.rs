//! Arguments of `rcp-search openapi`, `rcp-search completions` and `rcp-search man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use clap_complete::Shell;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search openapi > openapi.json
  rcp-search openapi --v3.0 > openapi-3.0.json")]
pub(crate) struct OpenapiArgs {
    /// In OpenAPI 3.0, for tools that read no 3.1.
    #[arg(long = "v3.0")]
    pub(crate) v3_0: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  source <(rcp-search completions bash)     in ~/.bashrc
  rcp-search completions zsh > ~/.zfunc/_rcp-search
  rcp-search completions fish > ~/.config/fish/completions/rcp-search.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search man | man -l -             read the page of the program
  rcp-search man search | man -l -      read the page of a command
  rcp-search man --out ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// Command to print the page of; without it, the page of the program.
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub(crate) command: Option<String>,
    /// Write the pages of the program and of every command into this folder.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}

//! Arguments of `rcp-search check`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OUTPUT, PLACES};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search check
  rcp-search check --index /srv/rcp/index --json")]
pub(crate) struct CheckArgs {
    /// Folder of the index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "data/index", help_heading = PLACES)]
    pub(crate) index: PathBuf,
    /// Print the report as JSON.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
}

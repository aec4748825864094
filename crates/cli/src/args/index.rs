//! Arguments of `rcp-search index`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OUTPUT, Places};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search index                      index the sample documents in seeds/
  rcp-search index ~/rcp/reports ~/rcp/declarations
  rcp-search index reports --watch      index now, and after every change
  rcp-search index reports --json       the report as JSON, for scripts

Files that did not change are not read again; when nothing changed, nothing is \
published. A file that cannot be read is a line in the report and never stops \
the run: files are read in processes of their own, with limits of time and memory \
(index.toml).")]
pub(crate) struct IndexArgs {
    /// Folders to read, with everything below them.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath, default_value = "seeds")]
    pub(crate) folders: Vec<PathBuf>,
    /// Read every file again and publish a new index even if nothing changed.
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Leave curated metadata (NAME.meta.toml, manifest.toml) aside.
    #[arg(long)]
    pub(crate) no_manifest: bool,
    /// Follow the folders: index again when something changed and has been quiet for a moment, until Ctrl-C.
    #[arg(long)]
    pub(crate) watch: bool,
    /// Work on so many files at the same time; without it, one for each processor core.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Print the report as JSON; with --watch, one line a run.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Write the report to this file too, as JSON Lines: a line for each file, then the report as --json prints it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = OUTPUT)]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) places: Places,
}

//! Arguments of `rcp-search annotate`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OUTPUT, PLACES};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search annotate report.pdf           what is known about a file, and why
  rcp-search annotate report.pdf --text    its text too, passage by passage
  rcp-search annotate *.docx --no-manifest --json | jq '{file, title, year}'

Nothing is indexed. With --json there is one line a document: file, title, \
doc_type, languages, year, date, rcps, mentions, regions, themes, countries, \
venue, event, paragraphs (headings among them) and evidence; a file that \
cannot be read has file and error.")]
pub(crate) struct AnnotateArgs {
    /// Files to read.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Leave curated metadata (NAME.meta.toml, manifest.toml, metadata.csv beside the file) aside.
    #[arg(long)]
    pub(crate) no_manifest: bool,
    /// Print the passages too.
    #[arg(long, help_heading = OUTPUT, conflicts_with = "json")]
    pub(crate) text: bool,
    /// Print JSON, a line a document.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Folder of the configuration: index.toml, schemes/, analysis/.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "index-config", help_heading = PLACES)]
    pub(crate) config: PathBuf,
}

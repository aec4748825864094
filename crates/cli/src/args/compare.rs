//! Arguments of `rcp-search compare`.

use clap::Args;
use rcp_query::compare::CompareRequest;

use super::{FilterArgs, MatchArg, OUTPUT, Places, UiArg};

/// Heading of the options that say what the rows and columns are.
const TABLE: &str = "Table";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search compare labour migration
  rcp-search compare --rows theme --cols region --year-from 2005
  rcp-search compare '\"private sector\"' --rate
  rcp-search compare consular --csv > consular.csv

Passages are counted, not documents; --rate tells how many of each 1,000 match. A \
passage with several values stands in several rows or columns.")]
pub(crate) struct CompareArgs {
    /// What to look for; without it, everything that the filters let through.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many of the words must match.
    #[arg(long = "match", value_name = "MODE", value_enum, default_value = "most")]
    pub(crate) match_mode: MatchArg,
    /// Look for the typed words alone, not for their equivalents in other languages.
    #[arg(long)]
    pub(crate) no_expand: bool,
    /// Facet whose values are the rows.
    #[arg(long, value_name = "FACET", default_value = "rcp", help_heading = TABLE)]
    pub(crate) rows: String,
    /// Facet whose values are the columns.
    #[arg(long, value_name = "FACET", default_value = "year", help_heading = TABLE)]
    pub(crate) cols: String,
    /// Rows at most, 1 to 50.
    #[arg(long, value_name = "N", default_value = "10", help_heading = TABLE)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=CompareRequest::MAX_LIMIT.into()))]
    pub(crate) limit_rows: u16,
    /// Columns at most, 1 to 50.
    #[arg(long, value_name = "N", default_value = "10", help_heading = TABLE)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=CompareRequest::MAX_LIMIT.into()))]
    pub(crate) limit_cols: u16,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Show how many of each 1,000 passages match, instead of how many.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) rate: bool,
    /// Language of the labels.
    #[arg(long, value_name = "CODE", value_enum, default_value = "en", help_heading = OUTPUT)]
    pub(crate) ui: UiArg,
    /// Print the table as CSV, in the shape of the HTTP API.
    #[arg(long, conflicts_with_all = ["json", "rate"], help_heading = OUTPUT)]
    pub(crate) csv: bool,
    /// Print the answer as JSON, in the shape of the HTTP API.
    #[arg(long, conflicts_with = "rate", help_heading = OUTPUT)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) places: Places,
}

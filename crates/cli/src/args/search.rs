//! Arguments of `rcp-search search`.

use clap::{Args, ValueEnum};
use rcp_query::request::{MatchMode, SearchRequest};

use super::{FilterArgs, OUTPUT, Places};

/// Heading of the options that say which hits come, and in which order.
const PAGE: &str = "Order and page";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search search labour migration --rcp rcm
  rcp-search search '\"private sector\"' --passages-only --cite
  rcp-search search migración --region south-america --year-from 2005 --json
  rcp-search search 'return -readmission' --facets theme,year
  rcp-search search --sort newest -n 5
  rcp-search search --year 2004 -- '-readmission return'

Query language:
  words; \"exact phrase\"; \"a b\"~5; -word; AND, OR, NOT; ( ); prefix*; word~1;
  title:health; rcp:rcm; year:2009..2013

Values of one filter are alternatives, different filters narrow. `none` stands \
for documents without a value. --facets theme shows the ids there are.")]
pub(crate) struct SearchArgs {
    /// What to look for; without it, everything that the filters let through.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many of the words must match.
    #[arg(long = "match", value_name = "MODE", value_enum, default_value = "most")]
    pub(crate) match_mode: MatchArg,
    /// Look for the typed words alone, not for their equivalents in other languages.
    #[arg(long)]
    pub(crate) no_expand: bool,
    /// Leave out one of the equivalents that were looked for too; repeatable.
    #[arg(long, value_name = "TERM", conflicts_with = "no_expand")]
    pub(crate) expand_exclude: Vec<String>,
    /// Take words that no document holds as they are typed.
    #[arg(long)]
    pub(crate) no_correct: bool,
    /// Rank passages instead of documents.
    #[arg(long)]
    pub(crate) passages_only: bool,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Order of the hits.
    #[arg(short, long, value_name = "ORDER", value_enum, default_value = "relevance", help_heading = PAGE)]
    pub(crate) sort: SortArg,
    /// Hits to print, 1 to 100.
    #[arg(short = 'n', long, value_name = "N", default_value = "10", help_heading = PAGE)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=SearchRequest::MAX_LIMIT.into()))]
    pub(crate) limit: u16,
    /// Hits to skip, up to 1000.
    #[arg(long, value_name = "N", default_value = "0", help_heading = PAGE)]
    #[arg(value_parser = clap::value_parser!(u16).range(0..=SearchRequest::MAX_OFFSET.into()))]
    pub(crate) offset: u16,
    /// Go on behind the last hit of an answer: what it says of --cursor, or its meta.next_cursor.
    #[arg(long, value_name = "TOKEN", conflicts_with = "offset", help_heading = PAGE)]
    pub(crate) cursor: Option<String>,
    /// Passages to show of each document, 0 to 10.
    #[arg(short, long, value_name = "N", default_value = "3", help_heading = OUTPUT)]
    #[arg(value_parser = clap::value_parser!(u16).range(0..=SearchRequest::MAX_PASSAGES.into()))]
    pub(crate) passages: u16,
    /// Facets to count, with commas between them.
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = OUTPUT)]
    pub(crate) facets: Vec<String>,
    /// Values of each facet at most, 1 to 1000.
    #[arg(long, value_name = "N", default_value = "20", help_heading = OUTPUT)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=SearchRequest::MAX_FACET_LIMIT.into()))]
    pub(crate) facet_limit: u16,
    /// Print how the score of each hit is made up.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) explain: bool,
    /// Print how to cite each hit.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) cite: bool,
    /// How matches are marked; html is for --json.
    #[arg(long, value_name = "HOW", value_enum, default_value = "segments", help_heading = OUTPUT)]
    pub(crate) highlight: HighlightArg,
    /// Language of the labels.
    #[arg(long, value_name = "CODE", value_enum, default_value = "en", help_heading = OUTPUT)]
    pub(crate) ui: UiArg,
    /// Print the answer as JSON, in the shape of the HTTP API.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) places: Places,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MatchArg {
    /// Of one or two words all, of three or four at least half, of five or more one.
    Most,
    /// All words.
    All,
    /// One word.
    Any,
}

impl MatchArg {
    /// The same in a request.
    pub(crate) fn mode(self) -> MatchMode {
        match self {
            MatchArg::Most => MatchMode::Most,
            MatchArg::All => MatchMode::All,
            MatchArg::Any => MatchMode::Any,
        }
    }
}

/// Orders in words; what the API calls them is understood too.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SortArg {
    /// Best first.
    Relevance,
    /// Latest first.
    #[value(alias = "-date")]
    Newest,
    /// Earliest first.
    #[value(alias = "date")]
    Oldest,
    /// By title.
    Title,
    /// Latest added first.
    #[value(alias = "-added")]
    Added,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HighlightArg {
    /// Colours or brackets; in JSON, pieces of text, each marked or not.
    Segments,
    /// In JSON, escaped HTML with `<mark>` beside the pieces.
    Html,
    /// Not at all.
    None,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum UiArg {
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
}

//! The command line: what can be typed, with help and examples.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use rcp_corpus::model::DateRange;
use rcp_query::request::SearchRequest;

/// Index and search the documents of Regional Consultative Processes on Migration.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, but some files could not be indexed.

Try it:
  rcp-search serve                      index the sample documents once, then answer on http://127.0.0.1:8080
  rcp-search search \"private sector\"    search on the command line";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read folders of documents and publish an index.
    Index(IndexArgs),
    /// Answer searches over HTTP; without an index, make one first.
    Serve(ServeArgs),
    /// Search on the command line.
    Search(Box<SearchArgs>),
    /// Compare every file of the index with its manifest.
    Check(CheckArgs),
    /// Print the OpenAPI document of the HTTP API.
    #[command(after_help = "\
Examples:
  rcp-search openapi > openapi.json")]
    Openapi,
}

/// Where the index and its settings are.
#[derive(Debug, Args)]
pub(crate) struct Places {
    /// Folder of the index.
    #[arg(long, value_name = "DIR", default_value = "data/index")]
    pub(crate) index: PathBuf,
    /// Folder of the configuration: index.toml, schemes/, analysis/.
    #[arg(long, value_name = "DIR", default_value = "index-config")]
    pub(crate) config: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search index                          index the sample documents in seeds/
  rcp-search index ~/rcp/reports ~/rcp/declarations
  rcp-search index reports --json           the report as JSON, for scripts

Files that did not change are not read again; when nothing changed, nothing is published. A file that cannot be \
read is a line in the report and never stops the run.")]
pub(crate) struct IndexArgs {
    /// Folders to read, with everything below them.
    #[arg(value_name = "FOLDER", default_value = "seeds")]
    pub(crate) folders: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) places: Places,
    /// Read every file again and publish a new index even if nothing changed.
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Leave curated metadata (NAME.meta.toml, manifest.toml) aside.
    #[arg(long)]
    pub(crate) no_manifest: bool,
    /// Print the report as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search serve
  rcp-search serve --corpus ~/rcp/reports --listen 127.0.0.1:9000

The index is followed: after `rcp-search index` the server answers from the new one within a second, without a \
restart. Stop it with Ctrl-C; running requests are finished first.")]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) places: Places,
    /// Folders to index when there is no index yet.
    #[arg(long, value_name = "DIR", default_value = "seeds")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Answer from this generation instead of the current one, to go on while that one is damaged.
    #[arg(long, value_name = "N")]
    pub(crate) generation: Option<u64>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search search sovereignty --rcp rcm
  rcp-search search '\"private sector\"' --passages-only
  rcp-search search migración --region south-america --year-from 2005 --json
  rcp-search search 'return -readmission' --facets theme,year
  rcp-search search --year 2004 -- '-readmission return'

Query language: words; \"exact phrase\"; \"a b\"~5; -word; AND, OR, NOT; ( ); prefix*; word~1; title:health; rcp:rcm; \
year:2009..2013.")]
pub(crate) struct SearchArgs {
    /// What to look for; empty lists everything that the filters let through.
    #[arg(value_name = "QUERY", default_value = "")]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) places: Places,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// How many of the words must match.
    #[arg(long = "match", value_name = "MODE", value_enum, default_value = "most")]
    pub(crate) match_mode: MatchArg,
    /// Order of the hits.
    #[arg(long, value_name = "ORDER", value_enum, default_value = "relevance")]
    pub(crate) sort: SortArg,
    /// Hits to print, 1 to 100.
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u16).range(1..=SearchRequest::MAX_LIMIT.into()))]
    pub(crate) limit: u16,
    /// Hits to skip, up to 1000.
    #[arg(long, value_name = "N", default_value = "0", value_parser = clap::value_parser!(u16).range(0..=SearchRequest::MAX_OFFSET.into()))]
    pub(crate) offset: u16,
    /// Rank passages instead of documents.
    #[arg(long)]
    pub(crate) passages_only: bool,
    /// Evidence passages a document, 0 to 10.
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u16).range(0..=SearchRequest::MAX_PASSAGES.into()))]
    pub(crate) passages: u16,
    /// Facets to count, with commas between them.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) facets: Vec<String>,
    /// Language of the labels.
    #[arg(long, value_name = "CODE", value_enum, default_value = "en")]
    pub(crate) ui: UiArg,
    /// Print the answer as JSON, in the shape of the HTTP API.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The filters of the API. Values of one facet are joined by OR, facets by AND.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Process it belongs to (id, or `none`); may be repeated.
    #[arg(long, value_name = "ID")]
    pub(crate) rcp: Vec<String>,
    /// Process it mentions.
    #[arg(long, value_name = "ID")]
    pub(crate) mentions: Vec<String>,
    /// Theme; its subthemes are included.
    #[arg(long, value_name = "ID")]
    pub(crate) theme: Vec<String>,
    /// Region; those within it are included.
    #[arg(long, value_name = "ID")]
    pub(crate) region: Vec<String>,
    /// Country that is mentioned.
    #[arg(long, value_name = "ID")]
    pub(crate) country: Vec<String>,
    /// Document type.
    #[arg(long = "type", value_name = "ID")]
    pub(crate) document_type: Vec<String>,
    /// Language: en, es, fr.
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Vec<String>,
    /// Event.
    #[arg(long, value_name = "ID")]
    pub(crate) event: Vec<String>,
    /// Kind of process.
    #[arg(long, value_name = "ID")]
    pub(crate) process_type: Vec<String>,
    /// Year.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Vec<String>,
    /// First year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    pub(crate) year_from: Option<i16>,
    /// Last year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    pub(crate) year_to: Option<i16>,
    /// First day that its dates may reach to: 2013-05-22, 2013-05 or 2013.
    #[arg(long, value_name = "DAY", value_parser = days)]
    pub(crate) date_from: Option<DateRange>,
    /// Last day that its dates may begin on.
    #[arg(long, value_name = "DAY", value_parser = days)]
    pub(crate) date_to: Option<DateRange>,
    /// First indexed on this day (UTC) or later.
    #[arg(long, value_name = "DAY")]
    pub(crate) added_since: Option<Date>,
    /// Leave out: FACET=ID, for example --not rcp=rcm.
    #[arg(long, value_name = "FACET=ID", value_parser = facet_and_value)]
    pub(crate) not: Vec<(String, String)>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search check
  rcp-search check --index /srv/rcp/index --json")]
pub(crate) struct CheckArgs {
    /// Folder of the index.
    #[arg(long, value_name = "DIR", default_value = "data/index")]
    pub(crate) index: PathBuf,
    /// Print the report as JSON.
    #[arg(long)]
    pub(crate) json: bool,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SortArg {
    /// Best first.
    Relevance,
    /// Latest first.
    Newest,
    /// Earliest first.
    Oldest,
    /// By title.
    Title,
    /// Latest added first.
    Added,
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

/// A day, or all those of a month or year.
fn days(text: &str) -> Result<DateRange, String> {
    let range = if text.contains('/') { None } else { text.parse().ok() };
    range.ok_or_else(|| "write a day, month or year: 2013-05-22, 2013-05 or 2013".to_owned())
}

fn facet_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.is_empty() && !value.is_empty() => Ok((facet.to_owned(), value.to_owned())),
        _ => Err("write a facet and a value with = between them: rcp=rcm".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}

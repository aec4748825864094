//! The command line: what can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use rcp_benchmarks::table::Part;

/// Synthetic corpora, and what indexing and searching them costs beside the bare engine.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a synthetic corpus into a folder.
    Corpus(CorpusArgs),
    /// Measure everything and print it as Markdown tables.
    #[command(after_help = "\
Examples:
  cargo build --release
  cargo run --release -p rcp-benchmarks -- table --passages 100000
  cargo run --release -p rcp-benchmarks -- table --only http,engine --json figures.json")]
    Table(TableArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    /// Folder to write to: empty, or not there yet.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Passages in all documents together.
    #[arg(long, value_name = "N", default_value = "100000", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) passages: u64,
    /// Another seed, another corpus.
    #[arg(long, value_name = "S", default_value = "1")]
    pub(crate) seed: u64,
    /// Folder of the configuration, whose processes and themes the documents are about.
    #[arg(long, value_name = "DIR", default_value = "index-config")]
    pub(crate) config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    /// Passages of the corpus, which is written if it is not there.
    #[arg(long, value_name = "N", default_value = "100000", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) passages: u64,
    /// Seed of the corpus.
    #[arg(long, value_name = "S", default_value = "1")]
    pub(crate) seed: u64,
    /// Measure over the documents of this folder instead.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Where corpora and indexes are kept.
    #[arg(long, value_name = "DIR", default_value = "data/benchmarks")]
    pub(crate) data: PathBuf,
    /// Folder of the configuration.
    #[arg(long, value_name = "DIR", default_value = "index-config")]
    pub(crate) config: PathBuf,
    /// Parts to measure, with commas between them.
    #[arg(
        long,
        value_name = "PARTS",
        value_enum,
        value_delimiter = ',',
        default_value = "index,memory,start,http,export,engine,costs,worst,requests,build"
    )]
    pub(crate) only: Vec<Part>,
    /// Requests of each shape, at least 200.
    #[arg(long, value_name = "N", default_value = "300")]
    pub(crate) requests: usize,
    /// Runs of each build.
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) runs: usize,
    /// Write the figures as JSON as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

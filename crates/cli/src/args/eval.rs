//! Arguments of `rcp-search eval`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{MatchArg, OUTPUT, PLACES};

/// Heading of the options that name the test collection.
const COLLECTION: &str = "Test collection";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search eval --corpus c.jsonl --queries q.jsonl --qrels q.tsv
  rcp-search eval --corpus c.jsonl --queries q.jsonl --qrels q.tsv --match any
  rcp-search eval --corpus c.jsonl --queries q.jsonl --qrels q.tsv --run run.txt

The documents are indexed into a temporary folder as `index` does it, and every \
judged query is asked for 100 documents as `search` does it. Measures are those of \
trec_eval: nDCG@10 (ndcg_cut_10), MAP over 100 answers (map), R@100 (recall_100) and \
MRR@10 (recip_rank of the first 10), each the mean over the queries that are asked and \
have a relevant document.")]
pub(crate) struct EvalArgs {
    /// Documents: JSON Lines with _id or id, title, and text or paragraphs.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = COLLECTION)]
    pub(crate) corpus: PathBuf,
    /// Queries: JSON Lines with _id or id, and text.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = COLLECTION)]
    pub(crate) queries: PathBuf,
    /// Judgements: query, document and score, with tabs between them; or query, 0, document and score, as TREC has them.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = COLLECTION)]
    pub(crate) qrels: PathBuf,
    /// How many of the words must match.
    #[arg(long = "match", value_name = "MODE", value_enum, default_value = "most")]
    pub(crate) match_mode: MatchArg,
    /// Search for the words as they are typed: not for other names of what they name.
    #[arg(long)]
    pub(crate) no_expand: bool,
    /// Search for the words as they are typed: not for the nearest words of those that no document has.
    #[arg(long)]
    pub(crate) no_correct: bool,
    /// Write the answers to this file too, in the form that trec_eval reads.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = OUTPUT)]
    pub(crate) run: Option<PathBuf>,
    /// Show the measures of each query too, the worst first.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) per_query: bool,
    /// Print JSON.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Folder of the configuration: index.toml, schemes/, analysis/.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "index-config", help_heading = PLACES)]
    pub(crate) config: PathBuf,
}

//! `rcp-benchmarks`: writes synthetic corpora, and measures.

mod args;

use std::fs;
use std::io::{self, Write as _};

use anyhow::Context as _;
use clap::Parser as _;
use rcp_benchmarks::corpus::{self, CorpusOptions, Written};
use rcp_benchmarks::table::{Effort, Place, say, table};
use rcp_corpus::settings::Settings;

use args::{Cli, Command, CorpusArgs, TableArgs};

/// Passages between two lines of progress.
const SAY_EVERY: u64 = 200_000;

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Corpus(args) => write_corpus(&args).map(|_| ()),
        Command::Table(args) => measure(&args),
    }
}

fn write_corpus(args: &CorpusArgs) -> anyhow::Result<Written> {
    let settings = Settings::load(&args.config)?;
    let options = CorpusOptions { passages: args.passages, seed: args.seed };
    let mut next = SAY_EVERY;
    let written = corpus::write(&args.folder, options, &settings.taxonomy, &mut |passages| {
        if passages >= next {
            say(&format!("{passages} passages written"));
            next += SAY_EVERY;
        }
    })?;
    say(&format!(
        "{}: {} passages in {} documents, {:.1} MB",
        args.folder.display(),
        args.passages,
        written.documents,
        written.bytes as f64 / 1e6,
    ));
    Ok(written)
}

fn measure(args: &TableArgs) -> anyhow::Result<()> {
    let name = format!("{}-{}", args.passages, args.seed);
    let (corpus, index) = match &args.folder {
        Some(folder) => (folder.clone(), args.data.join("index-of-folder")),
        None => (args.data.join(format!("corpus-{name}")), args.data.join(format!("index-{name}"))),
    };
    let options = CorpusOptions { passages: args.passages, seed: args.seed };
    let generated = args.folder.is_none().then_some(options);
    if let Some(CorpusOptions { passages, seed }) = generated {
        let (folder, config) = (corpus.clone(), args.config.clone());
        write_corpus(&CorpusArgs { folder, passages, seed, config })?;
    }
    let place = Place { corpus, generated, index, config: args.config.clone() };
    let effort = Effort { parts: args.only.clone(), requests: args.requests, runs: args.runs };
    let mut out = io::stdout().lock();
    let mut failed = Ok(());
    let report = table(&place, &effort, &mut |text| {
        let shown = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        failed = std::mem::replace(&mut failed, Ok(())).and(shown);
    })?;
    failed?;
    if let Some(path) = &args.json {
        fs::write(path, serde_json::to_vec_pretty(&report)?).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

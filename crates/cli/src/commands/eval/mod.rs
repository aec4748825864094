//! `rcp-search eval`: how good the ranking is on a test collection.

mod answers;
mod corpus;
mod judgements;
mod lines;
mod measures;
mod page;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use rcp_corpus::settings::Settings;
use rcp_indexer::{IndexOptions, Report};
use rcp_query::Searcher;

use crate::args::EvalArgs;
use crate::commands::{Outcome, extract_worker, index, settings};
use crate::output_file::OutputFile;
use crate::terminal;
use answers::{Answers, ask};
use corpus::Corpus;
use judgements::{Judged, read_judgements, read_queries};
use measures::Measures;

/// Name of the file that the indexer reads; it begins what the indexer says of a line.
const COPY: &str = "corpus.jsonl";

/// What was measured.
struct Evaluation {
    /// Documents of the collection.
    documents: usize,
    /// Those among them that cannot be searched.
    unsearchable: usize,
    /// Means over the queries.
    mean: Measures,
    /// The queries that were asked and have a relevant document, in the order of their ids.
    queries: Vec<Evaluated>,
}

/// A query with its measures.
struct Evaluated {
    id: String,
    text: String,
    measures: Measures,
}

pub(crate) fn run(args: &EvalArgs) -> anyhow::Result<Outcome> {
    let run = args.run.as_deref().map(|path| OutputFile { path, option: "--run" });
    run.map(OutputFile::check_writable).transpose()?;
    let settings = settings(&args.config)?;
    let corpus = Corpus::read(&args.corpus)?;
    let asked = asked(args, &corpus)?;
    if run.is_some() {
        answers::check_ids(corpus.ids().chain(asked.keys().map(String::as_str)))?;
    }
    let folder = tempfile::tempdir().context("a folder for a temporary index cannot be made")?;
    let (searcher, report) = indexed(args, &corpus, folder.path(), &settings)?;
    let answers = ask(&searcher, &corpus, args, asked.iter().map(|(id, (text, _))| (id.as_str(), text.as_str())))?;
    run.map(|run| run.write(|out| answers::write_run(out, &answers))).transpose()?;
    let evaluation = evaluate(&corpus, &report, asked, &answers)?;
    if args.json {
        terminal::line(&format!("{:#}", page::json(&evaluation, args.per_query)))?;
    } else {
        page::lines(&evaluation, args.per_query).iter().try_for_each(|line| terminal::line(line))?;
    }
    Ok(Outcome::Done)
}

/// The texts of the queries that are judged, with the judgements, by id. What a judgement names and is not there is
/// told: such a document can still be missed, such a query counts nowhere.
fn asked(args: &EvalArgs, corpus: &Corpus) -> anyhow::Result<BTreeMap<String, (String, Judged)>> {
    let mut texts = read_queries(&args.queries)?;
    let judgements = read_judgements(&args.qrels)?;
    let qrels = args.qrels.display();
    let unknown = judgements.values().flat_map(BTreeMap::keys).filter(|id| !corpus.contains(id)).count();
    if unknown > 0 {
        let what = terminal::count(unknown as u64, "judgement");
        terminal::note(&format!("{qrels}: {what} of documents that the collection does not have"));
    }
    let all = judgements.len();
    let asked: BTreeMap<_, _> =
        judgements.into_iter().filter_map(|(id, judged)| texts.remove(&id).map(|text| (id, (text, judged)))).collect();
    if asked.len() < all {
        let what = terminal::count((all - asked.len()) as u64, "judged query");
        terminal::note(&format!("{qrels}: left out: {what} without a text in {}", args.queries.display()));
    }
    if asked.is_empty() {
        bail!("{qrels}: not one query of {} is judged", args.queries.display());
    }
    Ok(asked)
}

/// Indexes the documents below a folder, as `index` does, and opens the index.
fn indexed(
    args: &EvalArgs,
    corpus: &Corpus,
    folder: &Path,
    settings: &Arc<Settings>,
) -> anyhow::Result<(Searcher, Report)> {
    let documents = folder.join("documents");
    std::fs::create_dir(&documents).context("a folder for a temporary index cannot be made")?;
    corpus.copy(&args.corpus, &documents.join(COPY))?;
    let options = IndexOptions {
        worker: extract_worker::this_program()?,
        ..IndexOptions::new(vec![documents], folder.join("index"))
    };
    let report = index::index(&options, settings)?;
    for failure in &report.failures {
        let place = failure.file.strip_prefix(COPY).unwrap_or(&failure.file);
        terminal::note(&format!("{}{place}: {}", args.corpus.display(), failure.why));
    }
    let searcher = Searcher::open(&options.index, Arc::clone(settings))?;
    Ok((searcher, report))
}

fn evaluate(
    corpus: &Corpus,
    report: &Report,
    asked: BTreeMap<String, (String, Judged)>,
    answers: &[Answers<'_>],
) -> anyhow::Result<Evaluation> {
    let measured = asked.into_iter().zip(answers).filter_map(|((id, (text, judged)), answers)| {
        let ids: Vec<&str> = answers.documents.iter().map(|(id, _)| *id).collect();
        Measures::of(&ids, &judged).map(|measures| Evaluated { id, text, measures })
    });
    let queries: Vec<Evaluated> = measured.collect();
    let measures: Vec<Measures> = queries.iter().map(|query| query.measures).collect();
    let mean = Measures::mean(&measures).context("not one query has a relevant document")?;
    Ok(Evaluation { documents: corpus.len(), unsearchable: report.failures.len(), mean, queries })
}

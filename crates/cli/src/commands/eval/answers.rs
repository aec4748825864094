//! [`Answers`]: what the searcher answers to the queries.

use std::io::{self, Write};

use anyhow::{Context, bail};
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::Hits;
use rcp_query::{Scope, Searcher};

use super::corpus::Corpus;
use crate::args::EvalArgs;
use crate::progress::QueriesView;

/// The documents that answer a query, best first, with their scores.
#[derive(Debug)]
pub(super) struct Answers<'c> {
    /// Id of the query.
    query: String,
    pub(super) documents: Vec<(&'c str, f32)>,
}

/// Asks the queries, given with their ids, for as many documents as an answer can have.
///
/// # Errors
/// When the index fails.
pub(super) fn ask<'c, 'q>(
    searcher: &Searcher,
    corpus: &'c Corpus,
    args: &EvalArgs,
    queries: impl ExactSizeIterator<Item = (&'q str, &'q str)>,
) -> anyhow::Result<Vec<Answers<'c>>> {
    let mut view = QueriesView::new(queries.len());
    let mut answers = Vec::with_capacity(queries.len());
    for (query, text) in queries {
        let request = SearchRequest {
            match_mode: args.match_mode.mode(),
            expand: !args.no_expand,
            correct: !args.no_correct,
            limit: usize::from(SearchRequest::MAX_LIMIT),
            passages: 0,
            ..SearchRequest::new(Unit::Documents, text)
        };
        let response = searcher.search(&Scope::public(), &request).with_context(|| format!("query {query}"))?;
        let Hits::Documents(hits) = response.hits else { bail!("query {query}: passages came instead of documents") };
        let documents = hits.iter().map(|hit| Ok((corpus.id(&hit.document.id)?, hit.score)));
        answers.push(Answers { query: query.to_owned(), documents: documents.collect::<anyhow::Result<_>>()? });
        view.count();
    }
    view.finish();
    Ok(answers)
}

/// Fails for ids that cannot stand in a run, whose columns end at the first space.
pub(super) fn check_ids<'i>(mut ids: impl Iterator<Item = &'i str>) -> anyhow::Result<()> {
    match ids.find(|id| id.contains(char::is_whitespace)) {
        Some(id) => bail!("the id {id:?} has a space, which trec_eval takes for the end of a column; leave --run out"),
        None => Ok(()),
    }
}

/// Writes the answers as TREC has them: a line of query, `Q0`, document, rank, score and the name of what answered.
/// Scores have as many digits as tell them apart, so that `trec_eval`, which sorts by them, finds the same order.
pub(super) fn write_run(out: &mut dyn Write, answers: &[Answers<'_>]) -> io::Result<()> {
    for Answers { query, documents } in answers {
        for (rank, (id, score)) in (1..).zip(documents) {
            writeln!(out, "{query} Q0 {id} {rank} {score} rcp-search")?;
        }
    }
    Ok(())
}

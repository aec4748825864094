//! Queries, and which documents answer them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::lines::{each_line, id, object, text};

/// How well a document answers a query: relevant from 1 on.
pub(super) type Grade = i64;

/// Grades of documents by their ids, of one query.
pub(super) type Judged = BTreeMap<String, Grade>;

/// The texts of the queries of a file of JSON Lines, by id.
///
/// # Errors
/// When it cannot be read, or a line is no query or has the id of another one.
pub(super) fn read_queries(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut queries = BTreeMap::new();
    each_line(path, |_, line| {
        let object = object(line)?;
        let (id, text) = (id(&object)?, text(&object, "text")?);
        match queries.insert(id.clone(), text.to_owned()) {
            Some(_) => bail!("the id {id:?} is that of a query before it"),
            None => Ok(()),
        }
    })?;
    Ok(queries)
}

/// The judgements of a file by query: lines of query, document and grade with tabs between them, below a line of names
/// or not; or lines of query, a number, document and grade, as TREC has them.
///
/// # Errors
/// When it cannot be read, or a line is no judgement or judges what a line before it judged.
pub(super) fn read_judgements(path: &Path) -> anyhow::Result<BTreeMap<String, Judged>> {
    let mut judgements: BTreeMap<String, Judged> = BTreeMap::new();
    each_line(path, |number, line| {
        let [query, document, grade] = columns(line)?;
        let Ok(grade) = grade.parse() else {
            let is_heading = number == 1 && grade.chars().any(char::is_alphabetic);
            return if is_heading { Ok(()) } else { Err(anyhow!("the score {grade:?} is not a whole number")) };
        };
        match judgements.entry(query.to_owned()).or_default().insert(document.to_owned(), grade) {
            Some(_) => bail!("the document {document:?} is judged twice for the query {query:?}"),
            None => Ok(()),
        }
    })?;
    if judgements.is_empty() {
        bail!("{}: there is no judgement in it", path.display());
    }
    Ok(judgements)
}

/// Query, document and grade of a line.
fn columns(line: &str) -> anyhow::Result<[&str; 3]> {
    let columns: Vec<&str> =
        if line.contains('\t') { line.split('\t').map(str::trim).collect() } else { line.split_whitespace().collect() };
    match columns[..] {
        [query, document, grade] | [query, _, document, grade] => Some([query, document, grade]),
        _ => None,
    }
    .with_context(|| format!("{} columns instead of query, document and score", columns.len()))
}

//! What a run of the indexer did: for a person, as JSON, and as a file.

mod failures;
mod overview;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use rcp_corpus::model::State;
use rcp_indexer::{FileReport, Report};
use serde_json::{Value, json};

use crate::terminal::{self, Style};

pub(super) use failures::failure_lines;

/// Prints a report for a person. `file` is where the whole of it is to be found.
pub(super) fn print(report: &Report, file: Option<&Path>) -> io::Result<()> {
    let style = Style::stdout();
    let what = if report.published { "published" } else { "nothing changed: kept" };
    let generation = style.bold(&format!("{what} generation {}", report.generation));
    let documents = terminal::count(report.documents, "document");
    let passages = terminal::count(report.passages, "passage");
    terminal::line(&format!("{generation}: {documents}, {passages}"))?;
    overview::lines(report, file).iter().try_for_each(|line| terminal::line(line))?;
    failure_lines(&report.failures, file, style).iter().try_for_each(|line| terminal::line(line))
}

/// The report for scripts.
pub(super) fn json(report: &Report) -> Value {
    let failures: Vec<_> = report.failures.iter().map(|f| json!({ "file": f.file, "why": f.why })).collect();
    let without = overview::MISSING.map(|(what, knows)| (what, overview::without(report, knows).count()));
    json!({
        "generation": report.generation,
        "published": report.published,
        "documents": report.documents,
        "passages": report.passages,
        "extracted": report.extracted,
        "skipped": report.skipped,
        "groups": { "same_text": report.groups.same_text, "works": report.groups.works },
        "states": overview::states(report),
        "formats": overview::formats(report),
        "without": BTreeMap::from(without),
        "seconds": report.took.as_secs_f64(),
        "failures": failures,
    })
}

/// Writes a report as JSON Lines: one for each file, and a last one for the run.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut values = report.files.iter().map(file_json).chain(std::iter::once_with(|| json(report)));
    values.try_for_each(|value| writeln!(out, "{value}"))
}

/// What became of a file, for scripts.
fn file_json(file: &FileReport) -> Value {
    let why = match &file.state {
        State::Searchable => None,
        State::NoText => Some("scan"),
        State::Failed { why } => Some(why.as_str()),
    };
    json!({
        "file": file.file,
        "id": file.id,
        "state": overview::state(file),
        "why": why,
        "media_type": file.media_type,
        "pages": file.pages,
        "passages": file.passages,
        "milliseconds": file.milliseconds,
        "read_anew": file.extracted,
        "title": file.known.map(|known| known.title),
        "year": file.known.map(|known| known.year),
        "rcps": file.known.map(|known| known.rcps),
    })
}

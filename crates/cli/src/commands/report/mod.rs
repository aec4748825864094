//! What a run of the indexer did: for a person, as JSON, and as a file.

mod failures;
mod file;

use std::io;
use std::path::Path;

use rcp_indexer::Report;
use serde_json::{Value, json};

use crate::terminal::{self, Style};

pub(super) use failures::failure_lines;
pub(super) use file::{check_writable, write};

/// Prints a report for a person. `file` is where the whole of it is to be found.
pub(super) fn print(report: &Report, file: Option<&Path>) -> io::Result<()> {
    let style = Style::stdout();
    let what = if report.published { "published" } else { "nothing changed: kept" };
    let generation = style.bold(&format!("{what} generation {}", report.generation));
    let documents = terminal::count(report.documents, "document");
    let passages = terminal::count(report.passages, "passage");
    terminal::line(&format!("{generation}: {documents}, {passages}"))?;
    let read = terminal::count(report.extracted, "file");
    let took = format!("{:.1} s", report.took.as_secs_f32());
    for fact in terminal::facts(&[("read anew", &read), ("took", &took)]) {
        terminal::line(&fact)?;
    }
    failure_lines(&report.failures, file, style).iter().try_for_each(|line| terminal::line(line))
}

/// The whole report for scripts.
pub(super) fn json(report: &Report) -> Value {
    let failures: Vec<_> = report.failures.iter().map(|f| json!({ "file": f.file, "why": f.why })).collect();
    json!({
        "generation": report.generation,
        "published": report.published,
        "documents": report.documents,
        "passages": report.passages,
        "extracted": report.extracted,
        "seconds": report.took.as_secs_f64(),
        "failures": failures,
    })
}

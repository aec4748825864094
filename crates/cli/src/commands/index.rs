//! `rcp-search index`: folders to a published index.

use rcp_index::generation::Steps;
use rcp_indexer::{FileFailure, IndexOptions, Report};
use serde_json::json;

use crate::args::IndexArgs;
use crate::commands::{Outcome, settings};
use crate::progress::ProgressView;
use crate::terminal::{self, Style};

pub(crate) fn run(args: &IndexArgs) -> anyhow::Result<Outcome> {
    let settings = settings(&args.places.config)?;
    let options = IndexOptions {
        folders: args.folders.clone(),
        index: args.places.index.clone(),
        rebuild: args.rebuild,
        manifests: !args.no_manifest,
        steps: Steps::default(),
    };
    let report = index(&options, &settings)?;
    if args.json {
        print_json(&report)?;
    } else {
        print(&report)?;
    }
    Ok(if report.failures.is_empty() { Outcome::Done } else { Outcome::DoneWithFailures })
}

/// Indexes with progress on standard error.
pub(super) fn index(options: &IndexOptions, settings: &rcp_corpus::settings::Settings) -> anyhow::Result<Report> {
    let mut view = ProgressView::new();
    let report = rcp_indexer::index(options, settings, &mut |progress| view.show(&progress));
    view.finish();
    Ok(report?)
}

/// A failure in one line. A message about a metadata file begins with its name and line.
pub(super) fn failure_line(failure: &FileFailure) -> String {
    terminal::plain(&format!("{}: {}", failure.file, failure.why))
}

fn print(report: &Report) -> std::io::Result<()> {
    let style = Style::stdout();
    let what = if report.published { "published" } else { "nothing changed: kept" };
    let generation = style.bold(&format!("{what} generation {}", report.generation));
    let documents = terminal::count(report.documents, "document");
    let passages = terminal::count(report.passages, "passage");
    let extracted = terminal::count(report.extracted, "file");
    let seconds = report.took.as_secs_f32();
    terminal::line(&format!("{generation}: {documents}, {passages}; {extracted} read anew, {seconds:.1} s"))?;
    if !report.failures.is_empty() {
        let failures = report.failures.len() as u64;
        terminal::line(&format!("{} to look at:", terminal::count(failures, "problem")))?;
    }
    for failure in &report.failures {
        terminal::line(&style.paragraph("  ", &failure_line(failure)))?;
    }
    Ok(())
}

fn print_json(report: &Report) -> anyhow::Result<()> {
    let failures: Vec<_> = report.failures.iter().map(|f| json!({ "file": f.file, "why": f.why })).collect();
    let report = json!({
        "generation": report.generation,
        "published": report.published,
        "documents": report.documents,
        "passages": report.passages,
        "extracted": report.extracted,
        "seconds": report.took.as_secs_f64(),
        "failures": failures,
    });
    Ok(terminal::line(&serde_json::to_string_pretty(&report)?)?)
}

//! `rcp-search index`: folders to a published index.

use std::path::{Path, PathBuf};

use rcp_corpus::settings::Settings;
use rcp_indexer::{IndexOptions, Report};

use crate::args::IndexArgs;
use crate::commands::watch::watch;
use crate::commands::{Outcome, extract_worker, report, settings, wrong_usage};
use crate::output_file::OutputFile;
use crate::progress::ProgressView;
use crate::terminal;

pub(crate) fn run(args: IndexArgs) -> anyhow::Result<Outcome> {
    if let Some(wrong) = written_into_corpus(&args) {
        return Ok(wrong_usage(wrong));
    }
    let settings = settings(&args.places.config)?;
    if args.watch { watch(args, settings) } else { once(&args, &settings, args.rebuild) }
}

/// One run with its report.
pub(super) fn once(args: &IndexArgs, settings: &Settings, rebuild: bool) -> anyhow::Result<Outcome> {
    let file = args.report.as_deref().map(|path| OutputFile { path, option: "--report" });
    file.map(OutputFile::check_writable).transpose()?;
    let usual = IndexOptions::new(args.folders.clone(), args.places.index.clone());
    let options = IndexOptions {
        rebuild,
        manifests: !args.no_manifest,
        worker: extract_worker::this_program()?,
        jobs: args.jobs.unwrap_or(usual.jobs),
        ..usual
    };
    let report = index(&options, settings)?;
    file.map(|file| file.write(|out| report::write(out, &report))).transpose()?;
    match (args.json, args.watch) {
        (false, _) => report::print(&report, args.report.as_deref())?,
        (true, false) => terminal::line(&format!("{:#}", report::json(&report)))?,
        (true, true) => terminal::line(&report::json(&report).to_string())?,
    }
    Ok(if report.failures.is_empty() { Outcome::Done } else { Outcome::DoneWithFailures })
}

/// Indexes with progress on standard error.
pub(super) fn index(options: &IndexOptions, settings: &Settings) -> anyhow::Result<Report> {
    let mut view = ProgressView::new();
    let report = rcp_indexer::index(options, settings, &mut |progress| view.show(&progress));
    view.finish();
    Ok(report?)
}

/// What is wrong where a run would write into the folders that it reads: the report would be a document of the next
/// run, and a watched index would change for ever.
fn written_into_corpus(args: &IndexArgs) -> Option<String> {
    let report = args.report.as_deref().map(|file| ("--report", file));
    let index = args.watch.then_some(("--index", args.places.index.as_path()));
    let (option, path, folder) = report.into_iter().chain(index).find_map(|(option, path)| {
        let real = real_folder(path)?;
        let holds = |folder: &&PathBuf| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
        args.folders.iter().find(holds).map(|folder| (option, path, folder))
    })?;
    let (path, folder) = (path.display(), folder.display());
    Some(format!("{path} is inside {folder}, which is read; choose another place with {option}"))
}

/// The nearest folder above a path that is there, without symbolic links.
fn real_folder(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok())
}

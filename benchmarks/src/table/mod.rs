//! The whole table: what is measured, in which order, and the circumstances.

mod binary;
mod building;
mod costs;
mod engine;
mod exporting;
mod memory;
mod requests;
mod worst;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use anyhow::ensure;
use rcp_corpus::settings::Settings;

use crate::corpus::CorpusOptions;
use crate::process::Binary;
use crate::report::{Report, Section};

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// `rcp-search index`: first, unchanged, one changed file.
    Index,
    /// Memory of `rcp-search index` over a corpus and over its first quarter: what grows with the number of documents.
    Memory,
    /// Start-up of `rcp-search serve`.
    Start,
    /// Latency, throughput and memory of `rcp-search serve`.
    Http,
    /// Everything there is, through `/v1/export`: speed, and memory meanwhile.
    Export,
    /// Searching in process, beside tantivy's own queries.
    Engine,
    /// What each part of an answer costs: expansion, second stage, evidence, facets.
    Costs,
    /// The dearest plans that can be made.
    Worst,
    /// The dearest requests that can be written.
    Requests,
    /// Reading, analysis and building, beside a bare tantivy writer.
    Build,
}

/// Where the corpus and its index are.
#[derive(Debug, Clone)]
pub struct Place {
    /// Folder of documents.
    pub corpus: PathBuf,
    /// What the corpus was made of, where it is ours: then a file of it may be changed for a while.
    pub generated: Option<CorpusOptions>,
    /// Folder of the index; what it holds is replaced.
    pub index: PathBuf,
    /// Folder of the configuration.
    pub config: PathBuf,
}

/// How much is measured.
#[derive(Debug, Clone)]
pub struct Effort {
    /// The parts.
    pub parts: Vec<Part>,
    /// Requests of each shape.
    pub requests: usize,
    /// Runs of each build.
    pub runs: usize,
}

/// Measures the parts asked for; `show` is given each table as soon as it is there.
///
/// # Errors
/// When a part fails.
pub fn table(place: &Place, effort: &Effort, show: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
    let settings = Arc::new(Settings::load(&place.config)?);
    let binary = Binary::beside_this_one(&place.config)?;
    let has = |part| effort.parts.contains(&part);
    let mut report = Report { circumstances: circumstances(place), sections: Vec::new() };
    show(&report.heading());
    let mut done = |sections: Vec<Section>| {
        for section in sections {
            show(&section.markdown());
            report.sections.push(section);
        }
    };
    if has(Part::Index) {
        done(vec![binary::indexing(&binary, place)?]);
    } else if [Part::Start, Part::Http, Part::Export, Part::Engine, Part::Costs, Part::Worst, Part::Requests]
        .into_iter()
        .any(has)
    {
        say("bringing the index up to date");
        binary.index(&place.corpus, &place.index)?;
    }
    if has(Part::Memory) {
        done(vec![memory::memory(&binary, place, &settings)?]);
    }
    if has(Part::Start) {
        done(vec![binary::start_up(&binary, place)?]);
    }
    if has(Part::Http) {
        ensure!(effort.requests >= 200, "a p99 needs at least 200 requests");
        done(binary::http(&binary, place, effort.requests)?);
    }
    if has(Part::Export) {
        done(vec![exporting::exporting(&binary, place)?]);
    }
    if has(Part::Engine) {
        done(engine::engine(&place.index, &settings, effort.requests)?);
    }
    if has(Part::Costs) {
        done(costs::costs(&place.index, &settings, effort.requests)?);
    }
    if has(Part::Worst) {
        done(vec![worst::worst(&place.index)?]);
    }
    if has(Part::Requests) {
        done(requests::requests(&place.index, &settings)?);
    }
    if has(Part::Build) {
        done(building::building(&place.corpus, &settings, effort.runs)?);
    }
    Ok(report)
}

fn circumstances(place: &Place) -> Vec<(String, String)> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let said = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().ok().filter(|output| output.status.success());
        output.map_or("unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let changes = if said("git", &["status", "--porcelain"]).is_empty() { "" } else { ", with changes" };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    [
        ("date", jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()),
        ("commit", format!("{}{changes}", said("git", &["rev-parse", "--short", "HEAD"]))),
        ("machine", format!("{cores} cores,{}", model.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))),
        ("load before", load.split(' ').next().unwrap_or("unknown").to_owned()),
        ("corpus", place.corpus.display().to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// A line of progress.
#[expect(clippy::print_stderr, reason = "whoever waits for minutes wants to see what is being done")]
pub fn say(text: &str) {
    eprintln!("{text}");
}

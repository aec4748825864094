//! Building a generation from records in memory, beside a bare writer given the same strings; and analysis alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::settings::Settings;
use rcp_index::generation::{Step, Steps};
use rcp_index::scope::PUBLIC;
use serde_json::json;

use super::say;
use crate::bare::{BareRows, Schemas, write_plain, write_rows};
use crate::measure::{Timings, megabytes_a_second, processor_time};
use crate::records::{Records, records};
use crate::report::Section;

/// Passages that are held in memory at most.
const MOST_PASSAGES: u64 = 100_000;

/// Measures building and analysis over the first passages of a corpus.
///
/// # Errors
/// When the corpus cannot be read, or an index not be written.
pub(super) fn building(corpus: &Path, settings: &Settings, runs: usize) -> anyhow::Result<Vec<Section>> {
    say(&format!("build: making the records of the first {MOST_PASSAGES} passages"));
    let made = records(corpus, settings, MOST_PASSAGES)?;
    Ok(vec![reading(&made, settings), comparison(&made, settings, runs)?])
}

/// What it takes to make records.
fn reading(made: &Records, settings: &Settings) -> Section {
    let mut section = Section::new("From files to records, one thread", &["step", "seconds", "MB/s"]);
    let names = ["read: bytes to passages", "annotate: passages to labels", "record: analysis, facets"];
    for (name, took) in names.into_iter().zip(made.steps) {
        let seconds = took.as_secs_f64();
        section.row([json!(name), json!(seconds), json!(megabytes_a_second(made.bytes, seconds))]);
    }
    say("analysis alone");
    let analyzer = Analyzer::new(&settings.analysis);
    let passages = || made.records.iter().flat_map(|record| &record.passages).map(|passage| &passage.passage);
    let bytes = passages().map(|passage| passage.text.len() as u64).sum();
    let start = Instant::now();
    let tokens: usize = passages().map(|passage| analyzer.analyze(&passage.text, passage.language).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    section.row([json!("analysis alone"), json!(seconds), json!(megabytes_a_second(bytes, seconds))]);
    section.note(format!(
        "{} passages of {:.1} MB of source; analysis alone made {tokens} tokens of {:.1} MB of text.",
        made.passages,
        made.bytes as f64 / 1e6,
        bytes as f64 / 1e6,
    ));
    section
}

fn comparison(made: &Records, settings: &Settings, runs: usize) -> anyhow::Result<Section> {
    let [mut ours, mut bare, mut plain] = <[Runs; 3]>::default();
    let mut bare_adding = Timings::default();
    let mut phases: BTreeMap<Phase, Timings> = BTreeMap::new();
    let mut rows = Vec::new();
    for run in 1..=runs {
        say(&format!("build: run {run} of {runs}"));
        let folder = tempfile::tempdir()?;
        let marks = Marks::default();
        ours.run(|| made.build(folder.path(), settings, marks.steps()))?;
        marks.end();
        for (phase, took) in marks.phases() {
            phases.entry(phase).or_default().push(took);
        }
        if rows.is_empty() {
            let collection = folder.path().join("generations/000001").join(PUBLIC);
            rows = BareRows::of(&made.records, &Schemas::of(&collection)?)?;
        }
        let schemas = Schemas::of(&folder.path().join("generations/000001").join(PUBLIC))?;
        let folder = tempfile::tempdir()?;
        bare_adding.push(bare.run(|| write_rows(folder.path(), &schemas, &rows))?);
        let folder = tempfile::tempdir()?;
        plain.run(|| write_plain(folder.path(), &made.records))?;
    }
    let columns = ["what", "median s", "longest s", "MB/s", "ratio", "processor s", "ratio"];
    let mut section = Section::new("Building from records in memory, beside a bare tantivy writer", &columns);
    let (wall, processor) = (bare.wall.summary().p50, bare.processor.summary().p50);
    let mut row = |name: &str, runs: &Runs| {
        let (took, used) = (runs.wall.summary(), runs.processor.summary());
        let speed = megabytes_a_second(made.bytes, took.p50 / 1_000.0);
        let ratios = [took.p50 / wall.max(f64::MIN_POSITIVE), used.p50 / processor.max(f64::MIN_POSITIVE)];
        let seconds = [took.p50, took.max, used.p50].map(|milliseconds| json!(milliseconds / 1_000.0));
        let [median, longest, used] = seconds;
        section.row([json!(name), median, longest, json!(speed), json!(ratios[0]), used, json!(ratios[1])]);
    };
    row("ours: Build, from begin to published", &ours);
    row("bare writer: same strings, columns and bytes", &bare);
    row("tantivy's defaults over the plain text of passages", &plain);
    let of_ours = phases.iter().map(|(phase, timings)| (format!("of ours: {}", phase.name()), timings));
    let of_bare = ("of the bare writer: adding rows, waiting for the writers".to_owned(), &bare_adding);
    for (name, timings) in of_ours.chain([of_bare]) {
        let took = timings.summary();
        let [median, longest] = [took.p50, took.max].map(|milliseconds| json!(milliseconds / 1_000.0));
        let ratio = json!(took.p50 / wall.max(f64::MIN_POSITIVE));
        section.row([json!(name), median, longest, json!(""), ratio, json!(""), json!("")]);
    }
    section.note(format!(
        "{runs} runs each, in turn; ratios are to the bare writer; {:.1} MB of source. The bare writer gets token strings, facet values and stored bytes \
         ready in memory, has one thread for each of the two indexes, NoMergePolicy, and one merge to one segment. \
         tantivy's defaults: its own number of threads, analysis and merging, one index of passages alone, no columns.",
        made.bytes as f64 / 1e6,
    ));
    Ok(section)
}

/// Wall and processor time of the runs of one thing.
#[derive(Default)]
struct Runs {
    wall: Timings,
    processor: Timings,
}

impl Runs {
    fn run<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let before = processor_time();
        let value = self.wall.time(run);
        if let (Some(before), Some(after)) = (before, processor_time()) {
            self.processor.push(after - before);
        }
        value
    }
}

/// The parts of building that take time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Add,
    Finish,
    Hash,
    Sync,
    Verify,
    Rest,
}

impl Phase {
    fn of(step: Step) -> Phase {
        match step {
            Step::StartCollection | Step::AddDocument => Phase::Add,
            Step::FinishCollection => Phase::Finish,
            Step::HashFiles => Phase::Hash,
            Step::SyncFiles => Phase::Sync,
            Step::Verify => Phase::Verify,
            _ => Phase::Rest,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Phase::Add => "adding documents: token strings, JSON, vocabulary, waiting for the writers",
            Phase::Finish => "finishing: vocabulary, commit, merge",
            Phase::Hash => "hashing files",
            Phase::Sync => "waiting for the disk",
            Phase::Verify => "verifying",
            Phase::Rest => "the rest",
        }
    }
}

/// When a phase began; `None` marks the end.
type Mark = (Option<Phase>, Instant);

/// When each phase began.
#[derive(Debug, Clone, Default)]
struct Marks(Arc<Mutex<Vec<Mark>>>);

impl Marks {
    fn steps(&self) -> Steps {
        let marks = self.clone();
        Steps::observed(move |step| {
            marks.mark(Some(Phase::of(step)));
            Ok(())
        })
    }

    fn end(&self) {
        self.mark(None);
    }

    fn mark(&self, phase: Option<Phase>) {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if marks.last().is_none_or(|(last, _)| *last != phase) {
            marks.push((phase, Instant::now()));
        }
    }

    fn phases(&self) -> BTreeMap<Phase, Duration> {
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut phases: BTreeMap<Phase, Duration> = BTreeMap::new();
        for pair in marks.windows(2) {
            if let [(Some(phase), from), (_, to)] = pair {
                *phases.entry(*phase).or_default() += *to - *from;
            }
        }
        phases
    }
}

//! The real binary: indexing, start-up, memory, and answers over HTTP.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, anyhow};
use rcp_index::generation::{Reader, Store};
use serde_json::{Value, json};

use super::{Place, say};
use crate::measure::{Timings, megabytes_a_second};
use crate::process::{Binary, IndexRun, Server};
use crate::queries::{Queries, Shape};
use crate::report::{Section, latency_cells};

/// Starts that are measured.
const STARTS: usize = 12;

/// Clients of the measurement of throughput.
const CLIENTS: usize = 4;

/// The ways in which each query is asked: name, address, and parameters behind the query's own.
const WAYS: [(&str, &str, &str); 4] = [
    ("documents, facets and evidence", "/v1/search", ""),
    ("documents alone", "/v1/search", "&facets=none&passages=0"),
    ("passages, facets", "/v1/passages", ""),
    ("passages alone", "/v1/passages", "&facets=none"),
];

/// Indexes from nothing, again unchanged, and again after one changed file; leaves the index there.
///
/// # Errors
/// When a run fails.
pub(super) fn indexing(binary: &Binary, place: &Place) -> anyhow::Result<Section> {
    let index = &place.index;
    if index.exists() {
        fs::remove_dir_all(index).with_context(|| index.display().to_string())?;
    }
    let bytes = size(&place.corpus)?;
    let title = "Indexing by the binary";
    let mut section = Section::new(title, &["run", "seconds", "MB/s of source", "peak memory MB"]);
    let mut row = |name: &str, run: IndexRun| {
        let seconds = run.took.as_secs_f64();
        let speed = megabytes_a_second(bytes, seconds);
        section.row([json!(name), json!(seconds), json!(speed), json!(run.peak_memory as f64 / 1e6)]);
    };
    say("index: the first time");
    row("first", binary.index(&place.corpus, index)?);
    say("index: unchanged");
    row("unchanged", binary.index(&place.corpus, index)?);
    if place.generated.is_some() {
        say("index: one changed file");
        let changed = ChangedFile::in_corpus(&place.corpus)?;
        let run = binary.index(&place.corpus, index);
        changed.restore()?;
        row("one changed file", run?);
        say("index: as it was");
        binary.index(&place.corpus, index)?;
    }
    let generation = Reader::open(Store::new(index))?.current();
    let folder = index.join(format!("generations/{:06}", generation.manifest().generation));
    section.note(format!(
        "{:.1} MB of source; the index has {:.1} MB, the cache of readings {:.1} MB.",
        bytes as f64 / 1e6,
        size(&folder)? as f64 / 1e6,
        size(&index.join("cache"))? as f64 / 1e6,
    ));
    Ok(section)
}

/// A document of a generated corpus that has one more passage for a while.
struct ChangedFile {
    path: std::path::PathBuf,
    text: Vec<u8>,
}

impl ChangedFile {
    fn in_corpus(corpus: &Path) -> anyhow::Result<ChangedFile> {
        let files = rcp_indexer::walk::walk(&[corpus.to_owned()]).map_err(|(_, error)| anyhow!(error))?;
        let path = files.documents.into_iter().next().context("the corpus has no document")?.path;
        let text = fs::read(&path)?;
        let mut file = fs::OpenOptions::new().append(true).open(&path)?;
        file.write_all(b"\nThis paragraph was added by the benchmark to see what one changed file costs.\n")?;
        Ok(ChangedFile { path, text })
    }

    fn restore(self) -> anyhow::Result<()> {
        fs::write(&self.path, self.text).with_context(|| self.path.display().to_string())
    }
}

/// Starts the server again and again.
///
/// # Errors
/// When it does not start.
pub(super) fn start_up(binary: &Binary, place: &Place) -> anyhow::Result<Section> {
    say(&format!("start: {STARTS} times"));
    binary.serve(&place.index)?;
    let mut timings = Timings::default();
    for _ in 0..STARTS {
        let (_server, took) = binary.serve(&place.index)?;
        timings.push(took);
    }
    let summary = timings.summary();
    let mut section = Section::new("Start-up", &["what", "starts", "median ms", "longest ms"]);
    let what = "from spawn to the first 200 of /v1/search, warm cache";
    section.row([json!(what), json!(summary.runs), json!(summary.p50), json!(summary.max)]);
    Ok(section)
}

/// Latency of each shape, one client on loopback; throughput with several; memory afterwards.
///
/// # Errors
/// When a request fails.
pub(super) fn http(binary: &Binary, place: &Place, requests: usize) -> anyhow::Result<Vec<Section>> {
    let generation = Reader::open(Store::new(&place.index))?.current();
    let queries = Queries::of(&generation)?;
    let (server, _) = binary.serve(&place.index)?;
    let mut sections = Vec::new();
    for (way, address, parameters) in WAYS {
        let columns = ["query", "p50 ms", "p90 ms", "p99 ms", "max ms", "requests"];
        let mut section = Section::new(&format!("HTTP `{address}`: {way}"), &columns);
        for shape in Shape::ALL {
            say(&format!("http: {way}, {}", shape.name()));
            let mut client = server.client()?;
            // Other words warm up than are measured.
            for path in paths(&queries, shape, requests / 4, 5, address, parameters)? {
                client.get(&path)?;
            }
            let mut timings = Timings::default();
            for path in paths(&queries, shape, requests, 7, address, parameters)? {
                timings.time(|| client.get(&path).map(<[u8]>::len))?;
            }
            let mut row = vec![json!(shape.name())];
            row.extend(latency_cells(timings.summary()));
            row.push(json!(requests));
            section.row(row);
        }
        sections.push(section);
    }
    sections.push(throughput(&server, &queries, requests)?);
    sections.push(memory(&server));
    Ok(sections)
}

fn memory(server: &Server) -> Section {
    let mut section = Section::new("Memory of the server", &["what", "MB"]);
    let anonymous = server.anonymous_memory().map_or(Value::Null, |bytes| json!(bytes as f64 / 1e6));
    section.row([json!("anonymous (RssAnon) after all these requests"), anonymous]);
    section
}

/// All shapes with facets and evidence, by several clients at once.
fn throughput(server: &Server, queries: &Queries<'_>, requests: usize) -> anyhow::Result<Section> {
    say(&format!("http: {CLIENTS} clients"));
    let mut work = Vec::new();
    for client in 0..CLIENTS {
        let mut mix = Vec::new();
        for shape in Shape::ALL {
            mix.extend(paths(queries, shape, requests / 4, 100 + client as u64, "/v1/search", "")?);
        }
        fastrand::Rng::with_seed(client as u64).shuffle(&mut mix);
        work.push(mix);
    }
    let count: usize = work.iter().map(Vec::len).sum();
    let start = Instant::now();
    thread::scope(|scope| {
        let run = |mix: Vec<String>| -> anyhow::Result<()> {
            let mut client = server.client()?;
            mix.iter().try_for_each(|path| client.get(path).map(|_| ()))
        };
        let clients: Vec<_> = work.into_iter().map(|mix| scope.spawn(move || run(mix))).collect();
        clients.into_iter().try_for_each(|client| client.join().map_err(|_| anyhow!("a client panicked"))?)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let title = "HTTP throughput: every shape in turn, facets and evidence";
    let mut section = Section::new(title, &["clients", "requests", "seconds", "requests a second"]);
    section.row([json!(CLIENTS), json!(count), json!(seconds), json!(count as f64 / seconds)]);
    section.note("The clients share the machine's cores with the server.");
    Ok(section)
}

fn paths(
    queries: &Queries<'_>,
    shape: Shape,
    count: usize,
    seed: u64,
    address: &str,
    parameters: &str,
) -> anyhow::Result<Vec<String>> {
    let queries = queries.draw(shape, count, seed)?;
    Ok(queries.iter().map(|query| format!("{address}?{}{parameters}", query.url_parameters())).collect())
}

/// Bytes of all files in a folder.
fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => waiting.push(entry.path()),
                false => sum += entry.metadata()?.len(),
            }
        }
    }
    Ok(sum)
}

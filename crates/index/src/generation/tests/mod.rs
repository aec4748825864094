//! Tests of generations. All but those in `engine` run over plain files: an engine that writes one line for each
//! document stands in for the real one.

mod carried;
mod damage;
mod engine;
mod forged;
mod manifests;
mod publishing;
mod reading;
mod real;
mod seeded;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rcp_corpus::model::{Document, DocumentId, Fact, Source, State};
use rcp_corpus::settings::Fingerprints;
use tempfile::TempDir;

use super::engine::{Engine, WriteCollection};
use super::*;
use crate::backend::Unsearchable;
use crate::record::DocumentRecord;

/// Writes the id and title of each document into one file, and what an engine leaves behind besides.
const PLAIN: Engine = Engine {
    write: |folder, facets| {
        let engine_error = |error: std::io::Error| EngineError(error.to_string());
        fs::create_dir(folder.join("documents")).map_err(engine_error)?;
        fs::write(folder.join("documents/.managed.json"), "[]").map_err(engine_error)?;
        fs::write(folder.join(".writer.lock"), "").map_err(engine_error)?;
        fs::write(folder.join("vocabulary"), facets.join(" ")).map_err(engine_error)?;
        let lines = fs::File::create(folder.join("documents/lines")).map_err(engine_error)?;
        make_private(&folder.join("documents"), 0o700).map_err(engine_error)?;
        make_private(&folder.join("vocabulary"), 0o600).map_err(engine_error)?;
        Ok(Box::new(PlainWriter { lines, documents: 0 }))
    },
    open: |_, _, folder, statistics| count_lines(folder, statistics),
    walk: |published, walk| {
        if let Err(error) = count_lines(published.folder, &published.content.statistics) {
            walk.problem(error.0);
        }
    },
};

fn count_lines(folder: &Path, statistics: &CollectionStatistics) -> Result<(), EngineError> {
    let lines = fs::read_to_string(folder.join("documents/lines")).map_err(|error| EngineError(error.to_string()))?;
    let counted = lines.lines().count() as u64;
    if counted == statistics.documents { Ok(()) } else { Err(EngineError(format!("{counted} lines"))) }
}

/// Engines write files that nobody else may read.
#[cfg(unix)]
fn make_private(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn make_private(_path: &Path, _mode: u32) -> std::io::Result<()> {
    Ok(())
}

struct PlainWriter {
    lines: fs::File,
    documents: u64,
}

impl WriteCollection for PlainWriter {
    fn add(&mut self, record: &DocumentRecord) -> Result<(), EngineError> {
        let line = format!("{} {}", record.document.id, record.document.display_title());
        self.documents += 1;
        writeln!(self.lines, "{line}").map_err(|error| EngineError(error.to_string()))
    }

    fn finish(self: Box<Self>) -> Result<CollectionStatistics, EngineError> {
        Ok(CollectionStatistics { documents: self.documents, ..CollectionStatistics::default() })
    }
}

/// An index folder that is removed at the end of the test.
struct Place {
    store: Store,
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = scratch();
        Place { store: Store::with_engine(folder.path().join("index"), PLAIN), folder }
    }

    /// Publishes documents, each given as `id collection title`, at a minute of the test's clock.
    fn publish(&self, documents: &[&str], minute: i64) -> Manifest {
        self.try_publish(documents, minute, Steps::default()).unwrap()
    }

    fn try_publish(&self, documents: &[&str], minute: i64, steps: Steps) -> Result<Manifest, GenerationError> {
        let lock = self.store.lock()?;
        let previous = self.store.current_manifest()?;
        let mut build = Build::begin(&lock, previous.as_ref(), settings(), steps)?;
        for line in documents {
            let mut record = record(line);
            let (added, changed) = carry_times(previous.as_ref(), &record.document, clock(minute))?;
            (record.document.added, record.document.changed) = (added, changed);
            build.add(&record)?;
        }
        build.publish(BTreeMap::new(), clock(minute))
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.store.root().join(relative)
    }

    /// Everything in the index folder, files and folders, by name.
    fn names(&self) -> Vec<String> {
        files::walk(self.store.root()).unwrap().into_iter().map(|entry| entry.name).collect()
    }

    fn numbers(&self) -> Vec<u64> {
        self.store.numbers().unwrap()
    }
}

/// A folder for one test, in memory where the system has such a place: every publish waits for the disk many times.
fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

/// A time of the test's clock.
fn clock(minute: i64) -> Timestamp {
    "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

fn fingerprints() -> Fingerprints {
    let [extraction, annotation, analysis, query] = ["e", "n", "a", "q"].map(str::to_owned);
    Fingerprints { extraction, annotation, analysis, query }
}

fn settings() -> BuildSettings {
    BuildSettings { fingerprints: fingerprints(), facets: vec!["rcp".to_owned(), "theme".to_owned()] }
}

fn id(id: &str) -> DocumentId {
    DocumentId::new(id).unwrap()
}

/// A document given as `id collection title`; its source hash follows from the title.
fn record(line: &str) -> DocumentRecord {
    let mut parts = line.splitn(3, ' ');
    let mut next = || parts.next().unwrap_or_default();
    let (name, collection, title) = (next(), next(), next());
    let source = Source {
        file: format!("{name}.txt"),
        url: None,
        sha256: digest::of_bytes(title.as_bytes()).repeat(4),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "plain 1".to_owned(),
    };
    let title = Some(Fact::curated(title.to_owned()));
    let document = Document { title, ..Document::new(id(name), collection, source) };
    let (texts, facets) = (BTreeMap::new(), BTreeMap::new());
    DocumentRecord { document, texts, facets, sort_title: None, passages: Vec::new() }
}

fn unsearchable(file: &str) -> Unsearchable {
    Unsearchable { file: file.to_owned(), state: State::NoText }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in files::walk(from).unwrap() {
        let target = to.join(&entry.name);
        if entry.is_folder {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path, target).unwrap();
        }
    }
}

/// Accepts whatever is published.
fn any_generation(_: &OpenGeneration) -> Result<(), GenerationError> {
    Ok(())
}

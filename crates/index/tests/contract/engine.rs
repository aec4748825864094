//! [`Engine`]: how the suite makes a generation in an engine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rcp_corpus::settings::Fingerprints;
use rcp_index::backend::{IndexBackend, Unsearchable};
use rcp_index::generation::{Build, BuildSettings, OpenGeneration, Reader, Steps, Store};
use rcp_index::record::DocumentRecord;
use tempfile::TempDir;

use crate::corpus::{FACETS, added};

/// What a generation is made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contents {
    /// In the order of their ids.
    pub(crate) records: Vec<DocumentRecord>,
    /// By collection.
    pub(crate) unsearchable: BTreeMap<String, Vec<Unsearchable>>,
}

/// An engine under test, holding one generation with the facets [`FACETS`].
pub(crate) trait Engine {
    /// Makes a generation and opens it.
    fn of(contents: &Contents) -> Self;

    /// What answers.
    fn backend(&self) -> &dyn IndexBackend;
}

/// The settings that every generation is made with.
pub(crate) fn fingerprints() -> Fingerprints {
    let [extraction, annotation, analysis, query] = ["e", "n", "a", "q"].map(str::to_owned);
    Fingerprints { extraction, annotation, analysis, query }
}

/// The engine of the product: a generation published into a folder that is removed with the test.
pub(crate) struct Tantivy {
    generation: Arc<OpenGeneration>,
    _folder: TempDir,
}

impl Engine for Tantivy {
    fn of(contents: &Contents) -> Tantivy {
        let folder = scratch();
        let store = Store::new(folder.path().join("index"));
        let lock = store.lock().unwrap();
        let settings = BuildSettings { fingerprints: fingerprints(), facets: FACETS.map(str::to_owned).to_vec() };
        let mut build = Build::begin(&lock, None, settings, Steps::default()).unwrap();
        let mut records: Vec<_> = contents.records.iter().collect();
        records.sort_by_key(|record| &record.document.collection);
        for record in records {
            build.add(record).unwrap();
        }
        build.publish(contents.unsearchable.clone(), added(0)).unwrap();
        let generation = Reader::open(store).unwrap().current();
        Tantivy { generation, _folder: folder }
    }

    fn backend(&self) -> &dyn IndexBackend {
        &*self.generation
    }
}

/// A folder for one test, in memory where the system has such a place: every publish waits for the disk many times.
fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

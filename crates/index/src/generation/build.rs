//! [`Build`]: a generation in the making. Collects the documents; [`super::publish`] takes it from there.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use rcp_corpus::settings::Fingerprints;

use super::engine::WriteCollection;
use super::error::GenerationError;
use super::identity::BuiltWith;
use super::manifest::{self, Manifest};
use super::pointer;
use super::publish::{self, Finished};
use super::stamp::{DocumentStamp, DocumentStamps};
use super::steps::{Step, Steps};
use super::store::{Store, WriteLock};
use super::{CollectionStatistics, cleanup, files};
use crate::backend::Unsearchable;
use crate::record::DocumentRecord;

const NAME_RULE: &str = "a collection's name has at most 64 lower-case letters, digits and single hyphens between them";

/// What a build needs to know of the settings.
#[derive(Debug, Clone)]
pub struct BuildSettings {
    /// Fingerprints of the settings that the documents were made with.
    pub fingerprints: Fingerprints,
    /// Names of all facets.
    pub facets: Vec<String>,
}

/// A generation in the making, in a folder of its own. Nothing of it is seen by a reader before
/// [`Build::publish`] has flipped `CURRENT`. One that is dropped before, or fails, is removed from disk; where that fails
/// too, or the process ends, the next run clears it.
pub struct Build<'a> {
    lock: &'a WriteLock,
    previous: Option<&'a Manifest>,
    settings: BuildSettings,
    steps: Steps,
    number: u64,
    folder: PathBuf,
    open: Option<OpenCollection>,
    /// The collections that were written before it.
    collections: BTreeMap<String, (CollectionStatistics, DocumentStamps)>,
}

/// The collection that is being written. There is one at a time, so that many take no more memory than one.
struct OpenCollection {
    name: String,
    writer: Box<dyn WriteCollection>,
    documents: DocumentStamps,
}

impl<'a> Build<'a> {
    /// Starts a generation, after clearing what earlier runs left unpublished.
    ///
    /// `previous` is [`Store::current_manifest`]; without one (the first build, or a rebuild over a damaged manifest)
    /// nothing is carried over, and readers cannot learn what was withdrawn.
    ///
    /// # Errors
    /// When the folder cannot be written to, or `steps` stops it.
    pub fn begin(
        lock: &'a WriteLock,
        previous: Option<&'a Manifest>,
        settings: BuildSettings,
        steps: Steps,
    ) -> Result<Build<'a>, GenerationError> {
        let store = lock.store();
        let number = next_number(store)?;
        mark_empty(store, &steps)?;
        steps.reach(Step::ClearUnpublished).map_err(GenerationError::io(store.root()))?;
        cleanup::clear_unpublished(store)?;
        let folder = store.generation_path(number);
        let collections = BTreeMap::new();
        let build = Build { lock, previous, settings, steps, number, folder, open: None, collections };
        build.steps.reach(Step::CreateFolder).map_err(GenerationError::io(&build.folder))?;
        fs::create_dir_all(&build.folder).map_err(GenerationError::io(&build.folder))?;
        Ok(build)
    }

    /// Adds a document to its collection. Documents come one collection after the other, and in each their ids rise. No
    /// id is in two collections.
    ///
    /// # Errors
    /// [`GenerationError::Refused`] when the document breaks this rule or the collection's name cannot be one;
    /// [`GenerationError::Write`] when the engine fails. The build is then of no more use.
    pub fn add(&mut self, record: &DocumentRecord) -> Result<(), GenerationError> {
        let document = &record.document;
        let refused = |why| GenerationError::Refused { document: document.id.to_string(), why };
        if !manifest::is_collection_name(&document.collection) {
            return Err(refused(format!("its collection is {:?}, and {NAME_RULE}", document.collection)));
        }
        let stamp = DocumentStamp::of(document)?;
        if self.open.as_ref().is_some_and(|open| open.name != document.collection) {
            self.finish_collection()?;
        }
        if self.collections.contains_key(&document.collection) {
            let why = "its collection is finished, and collections come one after the other";
            return Err(refused(why.to_owned()));
        }
        if let Some((other, _)) = self.collections.iter().find(|(_, (_, stamps))| stamps.contains_key(&document.id)) {
            return Err(refused(format!("collection {other:?} has a document of this id")));
        }
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let started = self.start_collection(&document.collection)?;
                self.open.insert(started)
            }
        };
        if let Some((last, _)) = open.documents.last_key_value().filter(|(last, _)| **last >= document.id) {
            return Err(refused(format!("it comes after {last}, and ids must rise without repetition")));
        }
        self.steps.reach(Step::AddDocument).map_err(GenerationError::io(&self.folder))?;
        open.writer.add(record).map_err(|error| write_error(&open.name, error))?;
        open.documents.insert(document.id.clone(), stamp);
        Ok(())
    }

    /// Publishes the documents added so far as a new generation, and deletes older ones that nobody needs any more.
    ///
    /// `unsearchable` are the files that cannot be searched, by collection. `now` is the time of the publish: from
    /// then on the generation before counts as replaced.
    ///
    /// # Errors
    /// When anything fails before `CURRENT` is flipped, nothing was published and the generation before goes on
    /// answering. When it fails after that, [`Store::current_manifest`] already gives the new one.
    pub fn publish(
        mut self,
        unsearchable: BTreeMap<String, Vec<Unsearchable>>,
        now: Timestamp,
    ) -> Result<Manifest, GenerationError> {
        if let Some(name) = unsearchable.keys().find(|name| !manifest::is_collection_name(name)) {
            return Err(GenerationError::Write { collection: name.clone(), why: NAME_RULE.to_owned() });
        }
        self.finish_collection()?;
        let finished = Finished {
            generation: self.number,
            built_with: BuiltWith::from(&self.settings.fingerprints),
            facets: std::mem::take(&mut self.settings.facets),
            collections: std::mem::take(&mut self.collections),
            unsearchable,
        };
        publish::publish(self.lock, self.previous, finished, &self.steps, now)
    }

    fn start_collection(&mut self, name: &str) -> Result<OpenCollection, GenerationError> {
        let folder = self.folder.join(name);
        self.steps.reach(Step::StartCollection).map_err(GenerationError::io(&folder))?;
        fs::create_dir(&folder).map_err(GenerationError::io(&folder))?;
        let write = self.lock.store().engine().write;
        let writer = write(&folder, &self.settings.facets).map_err(|error| write_error(name, error))?;
        Ok(OpenCollection { name: name.to_owned(), writer, documents: BTreeMap::new() })
    }

    /// Closes the files of the open collection, which has all its documents.
    fn finish_collection(&mut self) -> Result<(), GenerationError> {
        let Some(OpenCollection { name, writer, documents }) = self.open.take() else { return Ok(()) };
        self.steps.reach(Step::FinishCollection).map_err(GenerationError::io(&self.folder))?;
        let statistics = writer.finish().map_err(|error| write_error(&name, error))?;
        let (given, written) = (documents.len() as u64, statistics.documents);
        if given != written {
            let why = format!("{given} documents were added and {written} are in the index");
            return Err(GenerationError::Write { collection: name, why });
        }
        self.collections.insert(name, (statistics, documents));
        Ok(())
    }
}

impl Drop for Build<'_> {
    fn drop(&mut self) {
        // The engine closes its files first.
        self.open = None;
        // What was published stays: only what stands above `CURRENT` is removed.
        let _next_run_clears_it = cleanup::clear_unpublished(self.lock.store());
    }
}

/// One more than every number in use, be it published or not, so that numbers never go back.
fn next_number(store: &Store) -> Result<u64, GenerationError> {
    let on_disk = store.numbers()?.last().copied().unwrap_or(0);
    // A damaged CURRENT is no hindrance: whether to build over it was decided by whoever read it before.
    let current = store.current().ok().flatten().map_or(0, |pointer| pointer.generation);
    Ok(on_disk.max(current) + 1)
}

/// In a new index folder, writes a `CURRENT` that says so. From then on a missing `CURRENT` is a lost one.
fn mark_empty(store: &Store, steps: &Steps) -> Result<(), GenerationError> {
    let path = store.current_path();
    if path.exists() || !store.numbers()?.is_empty() {
        return Ok(());
    }
    steps.reach(Step::MarkEmpty).map_err(GenerationError::io(&path))?;
    files::write_durably(&store.next_path(), pointer::NOTHING.as_bytes()).map_err(GenerationError::io(&path))?;
    publish::flip(store)?;
    files::sync(store.root(), true).map_err(GenerationError::io(store.root()))
}

fn write_error(collection: &str, error: super::EngineError) -> GenerationError {
    GenerationError::Write { collection: collection.to_owned(), why: error.0 }
}

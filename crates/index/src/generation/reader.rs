//! [`Reader`]: the published generation, open for reading, exchanged whole when another is published.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwap;

use super::cleanup::RETENTION;
use super::digest::TextDigest;
use super::engine::Collections;
use super::error::GenerationError;
use super::manifest::Manifest;
use super::pointer::Pointer;
use super::store::Store;
use super::{stamp, verify};
use crate::scope::Scope;
use crate::tantivy::CollectionIndex;

/// How often a publish may overtake an opening before it gives up.
const ATTEMPTS: usize = 5;

/// A verified generation, open for reading. It stays readable after its files were deleted, as long as it is held.
pub struct OpenGeneration {
    manifest: Manifest,
    collections: Collections,
    /// Digests of the times of each collection's documents, by name.
    times: BTreeMap<String, String>,
}

impl OpenGeneration {
    /// Compares every file with the manifest, then opens the collections.
    pub(super) fn open(store: &Store, pointer: &Pointer, witness: &str) -> Result<OpenGeneration, GenerationError> {
        let manifest = verify::generation(store, pointer, witness)?;
        let folder = store.generation_path(pointer.generation);
        let mut collections = Collections::new();
        for (name, content) in manifest.collections.iter().filter(|(_, content)| !content.documents.is_empty()) {
            (store.engine().open)(&mut collections, name, &folder.join(name), &content.statistics)
                .map_err(|error| GenerationError::Open { collection: name.clone(), why: error.0 })?;
        }
        let filled = manifest.collections.iter().filter(|(_, content)| !content.documents.is_empty());
        let times = filled.map(|(name, content)| (name.clone(), stamp::digest_of_times(&content.documents))).collect();
        Ok(OpenGeneration { manifest, collections, times })
    }

    /// What the generation holds.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Identifies in scope what answers can show: the version, and when each document was added and changed, of which
    /// the version knows nothing. Nothing outside the scope has any influence.
    #[must_use]
    pub fn revision(&self, scope: &Scope) -> String {
        let mut digest = TextDigest::default();
        digest.text(&self.manifest.version(scope));
        for times in scope.collections().iter().filter_map(|name| self.times.get(name)) {
            digest.text(times);
        }
        digest.hex()
    }

    /// The index of a collection; `None` where the generation has no documents of it.
    pub(crate) fn collection(&self, name: &str) -> Option<&CollectionIndex> {
        self.collections.get(name)
    }
}

impl fmt::Debug for OpenGeneration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenGeneration").field("generation", &self.manifest.generation).finish_non_exhaustive()
    }
}

/// Follows the published generation of a [`Store`]. Needs no write access. To be shared between threads.
///
/// A generation that was replaced stays at hand for [`RETENTION`], so that a client can page on in the answer it
/// began; but not when the new one withdrew or restricted a document that it shows.
#[derive(Debug)]
pub struct Reader {
    store: Store,
    // Exchanged whole, so `current` and `find_*` always see one consistent state and never wait.
    state: ArcSwap<State>,
    // Held by `refresh`: one at a time.
    refreshing: Mutex<()>,
}

#[derive(Debug, Clone)]
struct State {
    current: Arc<OpenGeneration>,
    /// What `CURRENT` said when `current` was opened; `None` if it could not be read.
    followed: Option<Pointer>,
    /// Replaced ones, the latest first.
    kept: Vec<Kept>,
}

#[derive(Debug, Clone)]
struct Kept {
    generation: Arc<OpenGeneration>,
    replaced: Instant,
}

impl Kept {
    fn is_kept(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.replaced) < RETENTION
    }
}

impl Reader {
    /// Verifies and opens the published generation.
    ///
    /// # Errors
    /// [`GenerationError::NoIndex`], or what is wrong with it. An older generation is never taken in its place.
    pub fn open(store: Store) -> Result<Reader, GenerationError> {
        let (pointer, generation) = open_current(&store)?;
        Ok(Reader::new(store, generation, Some(pointer)))
    }

    /// Verifies and opens a generation that someone asks for by its number, current or not: the way to go on
    /// answering while the current one is damaged. [`Reader::refresh`] leaves it for the next one that is published.
    ///
    /// # Errors
    /// [`GenerationError::NoGeneration`], or what is wrong with it.
    pub fn open_number(store: Store, number: u64) -> Result<Reader, GenerationError> {
        let followed = store.current().ok().flatten();
        let kept = store.numbers()?;
        let unpublished = followed.as_ref().is_some_and(|current| number > current.generation);
        if unpublished || !kept.contains(&number) {
            return Err(GenerationError::NoGeneration { folder: store.root().to_owned(), number, kept });
        }
        let (pointer, _) = verify::sealed_manifest(&store, number)?;
        let generation = OpenGeneration::open(&store, &pointer, verify::SEAL)?;
        Ok(Reader::new(store, generation, followed))
    }

    /// The generation to answer from now.
    #[must_use]
    pub fn current(&self) -> Arc<OpenGeneration> {
        Arc::clone(&self.state.load().current)
    }

    /// The latest generation, current or kept, that has this version in this scope.
    #[must_use]
    pub fn find_version(&self, scope: &Scope, version: &str) -> Option<Arc<OpenGeneration>> {
        self.find(Instant::now(), |manifest| manifest.version(scope) == version)
    }

    /// The generation of this number, if it is current or kept.
    #[must_use]
    pub fn find_number(&self, number: u64) -> Option<Arc<OpenGeneration>> {
        self.find(Instant::now(), |manifest| manifest.generation == number)
    }

    /// Opens what was published since, if anything and if `accept` takes it, and answers whether it did. Lets go of
    /// replaced generations whose time is over. Blocks while it verifies: a second or so for each gigabyte. Requests
    /// go on meanwhile.
    ///
    /// # Errors
    /// When the new generation cannot be opened, or is not accepted. The one that is open goes on answering; each
    /// further call tries again.
    pub fn refresh<E: From<GenerationError>>(
        &self,
        accept: impl FnOnce(&OpenGeneration) -> Result<(), E>,
    ) -> Result<bool, E> {
        self.refresh_at(Instant::now(), accept)
    }

    fn new(store: Store, generation: OpenGeneration, followed: Option<Pointer>) -> Reader {
        let state = State { current: Arc::new(generation), followed, kept: Vec::new() };
        Reader { store, state: ArcSwap::from_pointee(state), refreshing: Mutex::new(()) }
    }

    pub(super) fn find(&self, now: Instant, wanted: impl Fn(&Manifest) -> bool) -> Option<Arc<OpenGeneration>> {
        let state = self.state.load();
        let kept = state.kept.iter().filter(|kept| kept.is_kept(now)).map(|kept| &kept.generation);
        [&state.current].into_iter().chain(kept).find(|generation| wanted(&generation.manifest)).cloned()
    }

    /// [`Reader::refresh`] as if it were this time.
    ///
    /// # Errors
    /// As [`Reader::refresh`].
    pub fn refresh_at<E: From<GenerationError>>(
        &self,
        now: Instant,
        accept: impl FnOnce(&OpenGeneration) -> Result<(), E>,
    ) -> Result<bool, E> {
        // The lock guards no data, so a panic while it was held left nothing broken.
        let _one_at_a_time = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state.load_full();
        let kept = || state.kept.iter().filter(|kept| kept.is_kept(now)).cloned();
        if kept().count() < state.kept.len() {
            self.state.store(Arc::new(State { kept: kept().collect(), ..State::clone(&state) }));
        }
        let published = self.store.current()?;
        if published.is_some() && published == state.followed {
            return Ok(false);
        }
        let (pointer, generation) = open_current(&self.store)?;
        accept(&generation)?;
        let replaced = Kept { generation: Arc::clone(&state.current), replaced: now };
        let kept = [replaced].into_iter().chain(kept());
        let kept = kept.filter(|kept| !generation.manifest.restricts(&kept.generation.manifest)).collect();
        self.state.store(Arc::new(State { current: Arc::new(generation), followed: Some(pointer), kept }));
        Ok(true)
    }
}

/// Opens what `CURRENT` names. A publish may replace and delete it meanwhile: then the new one is opened.
fn open_current(store: &Store) -> Result<(Pointer, OpenGeneration), GenerationError> {
    let no_index = || GenerationError::NoIndex { folder: store.root().to_owned() };
    let mut pointer = store.current()?.ok_or_else(no_index)?;
    let mut attempts = 1;
    loop {
        let error = match OpenGeneration::open(store, &pointer, "CURRENT") {
            Ok(generation) => return Ok((pointer, generation)),
            Err(error) => error,
        };
        let published = store.current()?.ok_or_else(no_index)?;
        if published == pointer || attempts == ATTEMPTS {
            return Err(error);
        }
        pointer = published;
        attempts += 1;
    }
}

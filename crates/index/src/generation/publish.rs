//! Makes a finished folder of collections the published generation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::error::GenerationError;
use super::files::{self, FileStamp};
use super::identity::{BuiltWith, Identity};
use super::manifest::{CollectionManifest, FORMAT, Manifest, Withdrawal};
use super::pointer::Pointer;
use super::stamp::DocumentStamps;
use super::steps::{Step, Steps};
use super::store::{Store, WriteLock};
use super::{CollectionStatistics, OpenGeneration, cleanup, digest, verify};
use crate::backend::Unsearchable;

/// A generation whose collections are written and closed.
pub(super) struct Finished {
    pub(super) generation: u64,
    pub(super) built_with: BuiltWith,
    pub(super) facets: Vec<String>,
    /// Those that have documents, each in a folder of its name.
    pub(super) collections: BTreeMap<String, (CollectionStatistics, DocumentStamps)>,
    pub(super) unsearchable: BTreeMap<String, Vec<Unsearchable>>,
}

/// Seals the generation, verifies it, and flips `CURRENT` to it.
pub(super) fn publish(
    lock: &WriteLock,
    previous: Option<&Manifest>,
    finished: Finished,
    steps: &Steps,
    now: Timestamp,
) -> Result<Manifest, GenerationError> {
    let store = lock.store();
    let folder = store.generation_path(finished.generation);
    let in_folder = || GenerationError::io(&folder);

    steps.reach(Step::RemoveHousekeeping).map_err(in_folder())?;
    remove_housekeeping(&folder)?;
    steps.reach(Step::HashFiles).map_err(in_folder())?;
    let manifest = assemble(&folder, previous, finished, now)?;
    let pointer = seal(store, &manifest, steps)?;
    steps.reach(Step::MakeReadable).map_err(in_folder())?;
    make_readable(store, &folder)?;
    steps.reach(Step::SyncFiles).map_err(in_folder())?;
    sync(store, &folder)?;
    steps.reach(Step::Verify).map_err(in_folder())?;
    let verified = OpenGeneration::open(store, &pointer, verify::SEAL)?;
    drop(verified);

    let next = store.next_path();
    steps.reach(Step::WritePointer).map_err(GenerationError::io(&next))?;
    files::write_durably(&next, pointer.line().as_bytes()).map_err(GenerationError::io(&next))?;
    steps.reach(Step::FlipPointer).map_err(GenerationError::io(&next))?;
    flip(store)?;
    steps.reach(Step::SyncPointer).map_err(GenerationError::io(store.root()))?;
    files::sync(store.root(), true).map_err(GenerationError::io(store.root()))?;
    steps.reach(Step::DeleteReplaced).map_err(GenerationError::io(store.root()))?;
    cleanup::delete_replaced(store, &manifest, now)?;
    Ok(manifest)
}

/// Puts the new `CURRENT` in the place of the old one, in one step that cannot be half done.
pub(super) fn flip(store: &Store) -> Result<(), GenerationError> {
    let path = store.current_path();
    fs::rename(store.next_path(), &path).map_err(GenerationError::io(&path))
}

/// Hidden files are the engine's own: locks, and lists of files to delete. They differ from build to build, and no
/// reader needs them.
fn remove_housekeeping(folder: &Path) -> Result<(), GenerationError> {
    for entry in files::walk(folder).map_err(GenerationError::io(folder))? {
        let hidden = entry.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden && !entry.is_folder {
            fs::remove_file(&entry.path).map_err(GenerationError::io(&entry.path))?;
        }
    }
    Ok(())
}

fn assemble(
    folder: &Path,
    previous: Option<&Manifest>,
    finished: Finished,
    now: Timestamp,
) -> Result<Manifest, GenerationError> {
    let Finished { generation, built_with, facets, collections: mut written, mut unsearchable } = finished;
    let before = previous.map(|manifest| &manifest.collections);
    let names: BTreeSet<String> =
        written.keys().chain(unsearchable.keys()).chain(before.into_iter().flat_map(BTreeMap::keys)).cloned().collect();
    let withdrawal = Withdrawal { generation, at: now };
    let mut collections = BTreeMap::new();
    for name in names {
        let files = if written.contains_key(&name) { stamp_files(&folder.join(&name))? } else { BTreeMap::new() };
        let (statistics, documents) = written.remove(&name).unwrap_or_default();
        let mut unsearchable = unsearchable.remove(&name).unwrap_or_default();
        unsearchable.sort_by(|a, b| a.file.cmp(&b.file));
        let before = before.and_then(|collections| collections.get(&name));
        let withdrawn = before.map(|before| before.next_withdrawn(&documents, withdrawal)).unwrap_or_default();
        let collection = CollectionManifest { statistics, documents, unsearchable, withdrawn, files };
        if collection != CollectionManifest::default() {
            collections.insert(name, collection);
        }
    }
    let contents = collections.iter().map(|(name, c)| (name.as_str(), &c.documents, c.unsearchable.as_slice()));
    let identity = Identity::new(built_with, contents);
    let history = previous.map(Manifest::next_history).unwrap_or_default();
    Ok(Manifest { format: FORMAT, generation, created: now, identity, facets, collections, history })
}

fn stamp_files(folder: &Path) -> Result<BTreeMap<String, FileStamp>, GenerationError> {
    let entries = files::walk(folder).map_err(GenerationError::io(folder))?;
    let files = entries.into_iter().filter(|entry| !entry.is_folder);
    files.map(|entry| Ok((entry.name, files::stamp(&entry.path).map_err(GenerationError::io(&entry.path))?))).collect()
}

/// Writes the manifest, then the seal that holds its hash.
fn seal(store: &Store, manifest: &Manifest, steps: &Steps) -> Result<Pointer, GenerationError> {
    let path = store.manifest_path(manifest.generation);
    steps.reach(Step::WriteManifest).map_err(GenerationError::io(&path))?;
    let bytes =
        manifest.to_bytes().map_err(|error| GenerationError::Io { path: path.clone(), source: error.into() })?;
    files::write_durably(&path, &bytes).map_err(GenerationError::io(&path))?;
    let pointer = Pointer { generation: manifest.generation, manifest: digest::of_bytes(&bytes) };
    let path = store.seal_path(manifest.generation);
    steps.reach(Step::WriteSeal).map_err(GenerationError::io(&path))?;
    files::write_durably(&path, pointer.line().as_bytes()).map_err(GenerationError::io(&path))?;
    Ok(pointer)
}

fn make_readable(store: &Store, folder: &Path) -> Result<(), GenerationError> {
    for entry in files::walk(folder).map_err(GenerationError::io(folder))? {
        files::make_readable(&entry.path, entry.is_folder).map_err(GenerationError::io(&entry.path))?;
    }
    // Who may enter the index folder itself is for whoever made it to say.
    for folder in [folder, &store.generations_path()] {
        files::make_readable(folder, true).map_err(GenerationError::io(folder))?;
    }
    Ok(())
}

/// Waits for every file, then for the folders that hold their names, up to the one that holds `CURRENT`.
fn sync(store: &Store, folder: &Path) -> Result<(), GenerationError> {
    let entries = files::walk(folder).map_err(GenerationError::io(folder))?;
    for entry in entries.iter().rev() {
        files::sync(&entry.path, entry.is_folder).map_err(GenerationError::io(&entry.path))?;
    }
    for folder in [folder, &store.generations_path(), store.root()] {
        files::sync(folder, true).map_err(GenerationError::io(folder))?;
    }
    Ok(())
}

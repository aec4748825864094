//! Compares what is on disk with what was published, by plain file reads, before an engine sees any of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::digest;
use super::error::{Damage, GenerationError};
use super::files::{self, FileStamp};
use super::manifest::{self, FORMAT, Manifest};
use super::pointer::Pointer;
use super::store::Store;

/// Name of the manifest in a generation's folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// Name of the file in a generation's folder that holds its own copy of its
/// [`Pointer`]. The dot keeps it apart from every collection, on file systems without upper and lower case too.
pub(super) const SEAL: &str = "manifest.seal";

/// Largest manifest that is read, in bytes: some millions of documents.
const MAX_MANIFEST: u64 = 1 << 30;

/// The manifest that a pointer names. `witness` is the file that holds the pointer, for messages.
pub(super) fn manifest(store: &Store, pointer: &Pointer, witness: &str) -> Result<Manifest, GenerationError> {
    let number = pointer.generation;
    let path = store.manifest_path(number);
    let damaged = |damage| store.damaged(store.manifest_path(number), damage, number);
    let folder = store.generation_path(number);
    if !folder.try_exists().map_err(GenerationError::io(&folder))? {
        let damage = Damage::Malformed(format!("{witness} names this generation, and it does not exist"));
        return Err(store.damaged(folder, damage, number));
    }
    let text = files::read_text(&path, MAX_MANIFEST).map_err(GenerationError::io(&path))?.map_err(damaged)?;
    if digest::of_bytes(text.as_bytes()) != pointer.manifest {
        return Err(damaged(Damage::Hash { witness: witness.to_owned() }));
    }
    let found = manifest::format_of(&text).map_err(damaged)?;
    if found != FORMAT {
        return Err(GenerationError::Format { manifest: path, found });
    }
    let manifest = Manifest::from_text(&text).map_err(damaged)?;
    if manifest.generation != number {
        let other = manifest.generation;
        return Err(damaged(Damage::Malformed(format!("it belongs to generation {other}"))));
    }
    Ok(manifest)
}

/// The manifest of a generation that need not be the current one, verified against its own seal.
pub(super) fn sealed_manifest(store: &Store, number: u64) -> Result<(Pointer, Manifest), GenerationError> {
    let path = store.seal_path(number);
    let pointer = match store.read_pointer(&path)? {
        Ok(Some(pointer)) if pointer.generation == number => pointer,
        Ok(_) => {
            let damage = Damage::Malformed("it does not name its own generation".to_owned());
            return Err(store.damaged(path, damage, number));
        }
        Err(damage) => return Err(store.damaged(path, damage, number)),
    };
    let manifest = manifest(store, &pointer, SEAL)?;
    Ok((pointer, manifest))
}

/// The manifest that a pointer names, after every file of its generation was compared with it.
pub(super) fn generation(store: &Store, pointer: &Pointer, witness: &str) -> Result<Manifest, GenerationError> {
    let manifest = manifest(store, pointer, witness)?;
    seal(store, pointer)?;
    each_file(store, &manifest, |file, damage| match damage {
        Some(damage) => Err(store.damaged(file.path, damage, manifest.generation)),
        None => Ok(()),
    })?;
    Ok(manifest)
}

/// Compares a generation's seal with the pointer that led to it.
pub(super) fn seal(store: &Store, pointer: &Pointer) -> Result<(), GenerationError> {
    let path = store.seal_path(pointer.generation);
    let damage = match store.read_pointer(&path)? {
        Ok(Some(found)) if found == *pointer => return Ok(()),
        Ok(_) => Damage::Malformed("it does not name the same manifest as CURRENT".to_owned()),
        Err(damage) => damage,
    };
    Err(store.damaged(path, damage, pointer.generation))
}

/// A file of a generation, expected or found.
pub(super) struct GenerationFile {
    /// Path relative to the generation's folder.
    pub(super) name: String,
    /// Where it is, or should be.
    pub(super) path: PathBuf,
    /// Its length as published; `None` for a file that does not belong there.
    pub(super) length: Option<u64>,
}

/// Examines every file of a generation beside manifest and seal, first those that do not belong there, then the
/// published ones, each kind in order of its names. Stops where `report` returns an error.
pub(super) fn each_file(
    store: &Store,
    manifest: &Manifest,
    mut report: impl FnMut(GenerationFile, Option<Damage>) -> Result<(), GenerationError>,
) -> Result<(), GenerationError> {
    let folder = store.generation_path(manifest.generation);
    let published: BTreeMap<String, &FileStamp> = (manifest.collections.iter())
        .flat_map(|(collection, content)| content.files.iter().map(move |(name, stamp)| (collection, name, stamp)))
        .map(|(collection, name, stamp)| (format!("{collection}/{name}"), stamp))
        .collect();
    let found = files::walk(&folder).map_err(GenerationError::io(&folder))?;
    let belongs = |name: &str| name == MANIFEST || name == SEAL || published.contains_key(name);
    for entry in found.into_iter().filter(|entry| !entry.is_folder && !belongs(&entry.name)) {
        let file = GenerationFile { name: entry.name, path: entry.path, length: None };
        report(file, Some(Damage::Unlisted))?;
    }
    for (name, stamp) in published {
        let path = folder.join(&name);
        let damage = files::examine(&path, stamp).map_err(GenerationError::io(&path))?;
        report(GenerationFile { name, path, length: Some(stamp.length) }, damage)?;
    }
    Ok(())
}

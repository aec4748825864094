//! Deletes generations that nobody needs any more, and what was never published.

use std::time::Duration;

use jiff::Timestamp;

use super::error::GenerationError;
use super::files;
use super::manifest::Manifest;
use super::steps::{Step, Steps};
use super::store::{Store, WriteLock};
use super::verify;

/// How long a generation is kept after another replaced it, on disk and in open readers: long enough for a client to
/// page through an answer.
pub const RETENTION: Duration = Duration::from_secs(15 * 60);

/// Clears what earlier runs left unpublished, then deletes replaced generations as a publish does. For a run that
/// publishes nothing: it finishes what one that was interrupted left undone.
///
/// # Errors
/// When `CURRENT` or its manifest is damaged, something cannot be deleted, or `steps` stops it.
pub fn cleanup(lock: &WriteLock, steps: &Steps, now: Timestamp) -> Result<(), GenerationError> {
    let store = lock.store();
    let current = store.current_manifest()?;
    steps.reach(Step::ClearUnpublished).map_err(GenerationError::io(store.root()))?;
    clear_unpublished(store)?;
    match current {
        Some(current) => {
            steps.reach(Step::DeleteReplaced).map_err(GenerationError::io(store.root()))?;
            delete_replaced(store, &current, now)
        }
        None => Ok(()),
    }
}

/// Deletes generations with higher numbers than the current one, and a `CURRENT` that was not put in place. Where
/// `CURRENT` cannot be read, nothing tells what was published: all is left as it is until the next publish.
pub(super) fn clear_unpublished(store: &Store) -> Result<(), GenerationError> {
    let Ok(current) = store.current() else { return Ok(()) };
    let published = current.map_or(0, |pointer| pointer.generation);
    for number in store.numbers()?.into_iter().filter(|&number| number > published) {
        delete(store, number)?;
    }
    let path = store.next_path();
    files::remove_file(&path).map_err(GenerationError::io(&path))
}

/// Deletes every generation before `current` that
/// - shows a document which `current` withdraws or restricts, whether or not the one right before it did, so that a
///   deletion that was interrupted is made good; or
/// - was replaced [`RETENTION`] ago; the time of its replacement is the `created` of the next one on disk; or
/// - has no sound manifest, so that nobody can tell what it shows.
pub(super) fn delete_replaced(store: &Store, current: &Manifest, now: Timestamp) -> Result<(), GenerationError> {
    let retention = i64::try_from(RETENTION.as_secs()).unwrap_or(i64::MAX);
    let older = store.numbers()?.into_iter().filter(|&number| number < current.generation);
    let mut replaced_at = current.created;
    let mut deleted = false;
    for number in older.rev().collect::<Vec<u64>>() {
        let sealed = verify::sealed_manifest(store, number).ok().map(|(_, manifest)| manifest);
        let keep = sealed.as_ref().is_some_and(|manifest| {
            !current.restricts(manifest) && now.duration_since(replaced_at).as_secs() < retention
        });
        if let Some(manifest) = sealed {
            replaced_at = manifest.created;
        }
        if !keep {
            delete(store, number)?;
            deleted = true;
        }
    }
    if deleted {
        let folder = store.generations_path();
        files::sync(&folder, true).map_err(GenerationError::io(&folder))?;
    }
    Ok(())
}

/// Deletes a generation, its seal first: should the process end on the way, what is left has no sound manifest, so the
/// next run deletes it whatever is current then.
fn delete(store: &Store, number: u64) -> Result<(), GenerationError> {
    let seal = store.seal_path(number);
    files::remove_file(&seal).map_err(GenerationError::io(&seal))?;
    let path = store.generation_path(number);
    files::remove_folder(&path).map_err(GenerationError::io(&path))
}

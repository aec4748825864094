//! [`Step`]: the named points of a run that writes to an index, and [`Steps`]: what is told of each before it is taken.

use std::fmt;
use std::io;
use std::sync::Arc;

/// A step of a run of the indexer, in the order in which they are first taken. Those of the cache are the indexer's.
///
/// Wherever a process ends between two of them, the generation before goes on answering until
/// [`Step::FlipPointer`], and the new one answers from then on; the next run clears what was left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Keep in the cache what was read in a file; once for each file that is read anew.
    KeepReading,
    /// In an index folder that is new, note that nothing is published yet.
    MarkEmpty,
    /// Remove what earlier runs left unpublished.
    ClearUnpublished,
    /// Create the folder of the generation.
    CreateFolder,
    /// Create the folder of a collection and start to write it; once for each.
    StartCollection,
    /// Add a document; once for each.
    AddDocument,
    /// Close a collection's files; once for each.
    FinishCollection,
    /// Remove the engine's locks and lists, which no reader needs.
    RemoveHousekeeping,
    /// Hash the files.
    HashFiles,
    /// Write the manifest.
    WriteManifest,
    /// Write the seal.
    WriteSeal,
    /// Let every user read the files.
    MakeReadable,
    /// Wait until files and folders are on the disk.
    SyncFiles,
    /// Read everything back, compare it with the manifest, and open the collections.
    Verify,
    /// Write the new `CURRENT` beside the old one.
    WritePointer,
    /// Rename it over the old one: from here the new generation answers.
    FlipPointer,
    /// Wait until the rename is on the disk.
    SyncPointer,
    /// Delete the generations that nobody needs any more.
    DeleteReplaced,
    /// Keep the hashes of the files.
    KeepHashes,
    /// Delete from the cache what was read in files that are gone or changed.
    ClearCache,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Step; 20] = [
        Step::KeepReading,
        Step::MarkEmpty,
        Step::ClearUnpublished,
        Step::CreateFolder,
        Step::StartCollection,
        Step::AddDocument,
        Step::FinishCollection,
        Step::RemoveHousekeeping,
        Step::HashFiles,
        Step::WriteManifest,
        Step::WriteSeal,
        Step::MakeReadable,
        Step::SyncFiles,
        Step::Verify,
        Step::WritePointer,
        Step::FlipPointer,
        Step::SyncPointer,
        Step::DeleteReplaced,
        Step::KeepHashes,
        Step::ClearCache,
    ];
}

type Observer = dyn Fn(Step) -> io::Result<()> + Send + Sync;

/// Is told of each [`Step`] just before it is taken, and can stop it with an error: for tests that end the process, or
/// fail as a full disk would, at a chosen step. The default lets every step pass. Clones have one observer.
#[derive(Clone, Default)]
pub struct Steps(Option<Arc<Observer>>);

impl Steps {
    /// Tells `observer` of each step. Where it returns an error, the run stops with it.
    pub fn observed(observer: impl Fn(Step) -> io::Result<()> + Send + Sync + 'static) -> Steps {
        Steps(Some(Arc::new(observer)))
    }

    /// Tells of a step that is about to be taken.
    ///
    /// # Errors
    /// The observer's: the step must not be taken.
    pub fn reach(&self, step: Step) -> io::Result<()> {
        self.0.as_ref().map_or(Ok(()), |observer| observer(step))
    }
}

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Steps").field(&self.0.is_some()).finish()
    }
}

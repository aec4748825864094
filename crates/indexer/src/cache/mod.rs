//! Extraction results by the hash of their source, and the hashes of unchanged files: an unchanged corpus is neither
//! read nor extracted again.
//!
//! ```text
//! data/index/cache/files.json                 path -> size, time of change, SHA-256
//! data/index/cache/readings/SHA256.json       what was read in a file with these bytes, and ids that it once gave
//! ```
//!
//! What was read is kept as it came from the worker: nothing is concluded from it here. The cache can be deleted at any time. An entry that is damaged, or made with other settings, counts as absent.

mod entry;
mod given;
mod hashes;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rcp_index::generation::{Step, Steps};
use serde::{Deserialize, Serialize};

use crate::grouping::Signature;
use crate::hash::Sha256;
use crate::passages::Reading;
use crate::worker::{Extraction, Summary, Unreadable};

pub(crate) use given::GivenIds;
pub(crate) use hashes::{FileHashes, Stamp};

/// What the cache knows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// What was read in it, in short, or why nothing was.
    pub(crate) outcome: Result<Summary, Unreadable>,
    /// How long that took, in milliseconds.
    pub(crate) milliseconds: u64,
}

/// The extraction results of one index.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Fingerprint of extraction settings and extractor: an entry made with others counts as absent.
    made_with: String,
    steps: Steps,
}

impl Cache {
    /// The cache of an index folder for these extraction settings, creating its folder. `steps` is told before
    /// anything is written or deleted.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn open(index: &Path, extraction_fingerprint: &str, steps: Steps) -> io::Result<Cache> {
        let folder = index.join("cache");
        fs::create_dir_all(folder.join("readings"))?;
        let made_with = extraction_fingerprint.to_owned();
        Ok(Cache { folder, made_with, steps })
    }

    /// The hashes of files as they were when they were last looked at.
    #[must_use]
    pub(crate) fn file_hashes(&self) -> FileHashes {
        FileHashes::read(&self.folder.join("files.json"))
    }

    /// What is known of the file with this hash, if it was read with these settings.
    #[must_use]
    pub(crate) fn get(&self, sha256: &Sha256) -> Option<Kept> {
        entry::read(&self.entry(sha256), &self.made_with)
    }

    /// What was read in the file with this hash, if anything was and with these settings, and the ids of passages that
    /// earlier readings gave.
    #[must_use]
    pub(crate) fn reading(&self, sha256: &Sha256) -> Option<(Reading, GivenIds)> {
        entry::reading(&self.entry(sha256), &self.made_with)
    }

    /// What tells the relatives of the file with this hash. It is not verified again: [`Cache::get`] did that.
    pub(crate) fn signature(&self, sha256: &Sha256) -> Option<Signature> {
        entry::signature(&self.entry(sha256), &self.made_with)
    }

    /// Keeps what was read in the file with this hash. Only one thread may do so for one hash at a time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn put(&self, sha256: &Sha256, kept: &Kept, extraction: &Extraction) -> io::Result<()> {
        self.steps.reach(Step::KeepReading)?;
        entry::write(&self.entry(sha256), &self.made_with, kept, extraction)
    }

    /// Keeps the hashes of files, and deletes every entry that is not of a file with one of the hashes in `used`.
    ///
    /// # Errors
    /// When something cannot be written or deleted.
    pub(crate) fn finish(&self, hashes: &FileHashes, used: &BTreeSet<Sha256>) -> io::Result<()> {
        self.steps.reach(Step::KeepHashes)?;
        hashes.write(&self.folder.join("files.json"))?;
        self.steps.reach(Step::ClearCache)?;
        for file in fs::read_dir(self.folder.join("readings"))? {
            let path = file?.path();
            let hash = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            let used = hash.is_some_and(|hash| used.contains(&hash));
            let whole = path.extension().is_some_and(|ending| ending == "json");
            if !(used && whole) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn entry(&self, sha256: &Sha256) -> PathBuf {
        self.folder.join("readings").join(format!("{sha256}.json"))
    }
}

/// Writes a file beside its place, then puts it there in one step: a reader sees the old one or the new one.
fn write_atomically(path: &Path, pieces: &[&[u8]]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let write = |mut file: fs::File| pieces.iter().try_for_each(|piece| file.write_all(piece));
    let written = fs::File::create(&beside).and_then(write).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // On a full disk a half-written file is in the way; where it stays, the next run overwrites or deletes it.
        let _ = fs::remove_file(&beside);
    }
    written
}

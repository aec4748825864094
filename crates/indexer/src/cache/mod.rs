//! Extraction results by the hash of their source, and the hashes of unchanged files: an unchanged corpus is neither
//! read nor extracted again.
//!
//! ```text
//! data/index/cache/files.json                 path -> size, time of change, SHA-256
//! data/index/cache/readings/SHA256.json       what was read in a file with these bytes
//! ```
//!
//! The cache can be deleted at any time. An entry that is damaged, or made with other settings, counts as absent.

mod entry;
mod hashes;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rcp_index::generation::{Step, Steps};

use crate::passages::Reading;

pub use hashes::FileHashes;

/// What was read in a file, or why it could not be read.
pub type Outcome = Result<Reading, String>;

/// The extraction results of one index.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Fingerprint of extraction settings and extractor: an entry made with others counts as absent.
    made_with: String,
    used: BTreeSet<String>,
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
        Ok(Cache { folder, made_with, used: BTreeSet::new(), steps })
    }

    /// The hashes of files as they were when they were last looked at.
    #[must_use]
    pub fn file_hashes(&self) -> FileHashes {
        FileHashes::read(&self.folder.join("files.json"))
    }

    /// What was read in the file with this hash, if it was read with these settings.
    #[must_use]
    pub fn get(&mut self, sha256: &str) -> Option<Outcome> {
        self.used.insert(sha256.to_owned());
        entry::read(&self.entry(sha256), &self.made_with)
    }

    /// Keeps what was read in the file with this hash.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, sha256: &str, outcome: &Outcome) -> io::Result<()> {
        self.used.insert(sha256.to_owned());
        self.steps.reach(Step::KeepReading)?;
        entry::write(&self.entry(sha256), &self.made_with, outcome)
    }

    /// Keeps the hashes of files, and deletes every entry that this run did not use.
    ///
    /// # Errors
    /// When something cannot be written or deleted.
    pub fn finish(self, hashes: &FileHashes) -> io::Result<()> {
        self.steps.reach(Step::KeepHashes)?;
        hashes.write(&self.folder.join("files.json"))?;
        self.steps.reach(Step::ClearCache)?;
        for file in fs::read_dir(self.folder.join("readings"))? {
            let path = file?.path();
            let used = path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| self.used.contains(stem));
            let whole = path.extension().is_some_and(|ending| ending == "json");
            if !(used && whole) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn entry(&self, sha256: &str) -> PathBuf {
        self.folder.join("readings").join(format!("{sha256}.json"))
    }
}

/// Writes a file beside its place, then puts it there in one step: a reader sees the old one or the new one.
fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // On a full disk a half-written file is in the way; where it stays, the next run overwrites or deletes it.
        let _ = fs::remove_file(&beside);
    }
    written
}

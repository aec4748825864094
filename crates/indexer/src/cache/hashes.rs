//! Hashes of files by size and time of change, to spare reading what did not change.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::write_atomically;
use crate::hash::Sha256;

/// A file changed this shortly before it was hashed may change again without a trace in its time.
const UNSURE: Duration = Duration::from_secs(2);

/// Hashes of files as they were when they were last looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct FileHashes {
    files: BTreeMap<String, Stamp>,
}

/// The hash of a file, with what tells that the file has not changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    sha256: Sha256,
}

impl FileHashes {
    /// The table in a file; empty where there is none or it is damaged.
    pub(super) fn read(path: &Path) -> FileHashes {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        write_atomically(path, &[&serde_json::to_vec(self)?])
    }

    /// The hash of a file that has not changed since it was hashed.
    #[must_use]
    pub(crate) fn get(&self, path: &Path, metadata: &Metadata) -> Option<Sha256> {
        let stamp = self.files.get(path.to_str()?)?;
        let unchanged = stamp.size == metadata.len() && Some(stamp.modified) == nanoseconds(metadata.modified().ok()?);
        unchanged.then_some(stamp.sha256)
    }

    /// Notes the hash of a file.
    pub(crate) fn insert(&mut self, path: &Path, stamp: Stamp) {
        if let Some(path) = path.to_str() {
            self.files.insert(path.to_owned(), stamp);
        }
    }
}

impl Stamp {
    /// For a file with this hash; `None` where it changed so shortly ago that its time would not tell a further change.
    pub(crate) fn new(metadata: &Metadata, sha256: Sha256) -> Option<Stamp> {
        let modified = metadata.modified().ok()?;
        let settled = SystemTime::now().duration_since(modified).is_ok_and(|age| age > UNSURE);
        let modified = nanoseconds(modified).filter(|_| settled)?;
        Some(Stamp { size: metadata.len(), modified, sha256 })
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

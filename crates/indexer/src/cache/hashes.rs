//! Hashes of files by size and time of change, to spare reading what did not change.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::write_atomically;

/// A file changed this shortly before it was hashed may change again without a trace in its time.
const UNSURE: Duration = Duration::from_secs(2);

/// Hashes of files as they were when they were last looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct FileHashes {
    files: BTreeMap<String, Stamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    sha256: String,
}

impl FileHashes {
    /// The table in a file; empty where there is none or it is damaged.
    pub(super) fn read(path: &Path) -> FileHashes {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        write_atomically(path, &serde_json::to_vec(self)?)
    }

    /// The hash of a file that has not changed since it was hashed.
    #[must_use]
    pub fn get(&self, path: &Path, metadata: &Metadata) -> Option<&str> {
        let stamp = self.files.get(path.to_str()?)?;
        let unchanged = stamp.size == metadata.len() && Some(stamp.modified) == nanoseconds(metadata.modified().ok()?);
        unchanged.then_some(&stamp.sha256)
    }

    /// Notes the hash of a file, unless it changed so shortly ago that its time would not tell a further change.
    pub fn insert(&mut self, path: &Path, metadata: &Metadata, sha256: &str) {
        let Ok(modified) = metadata.modified() else { return };
        let settled = SystemTime::now().duration_since(modified).is_ok_and(|age| age > UNSURE);
        if let (true, Some(path), Some(modified)) = (settled, path.to_str(), nanoseconds(modified)) {
            let stamp = Stamp { size: metadata.len(), modified, sha256: sha256.to_owned() };
            self.files.insert(path.to_owned(), stamp);
        }
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

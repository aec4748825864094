//! [`Container`]: the parts of a ZIP archive, read within limits.
//!
//! Nothing is written to a disk, so names of entries need no care; sizes do.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::extract::ExtractError;

/// Most entries of an archive.
const MAX_ENTRIES: usize = 20_000;

/// Largest part, unpacked, in MiB. A text of 2,000 pages has some 40.
const MAX_PART: u64 = 64;

/// Largest ratio of a part to what it takes in the archive, of those larger than [`RATIO_FROM`]. Tables of equal rows
/// come near 100.
const MAX_RATIO: u64 = 300;

/// Size from which on the ratio counts, in bytes.
const RATIO_FROM: u64 = 1 << 20;

/// A ZIP archive.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their path in small letters, with forward slashes.
    entries: BTreeMap<String, usize>,
}

impl<'a> Container<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Container<'a>, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > MAX_ENTRIES {
            return Err(ExtractError::Bomb { what: "the archive", limit: format!("{MAX_ENTRIES} entries") });
        }
        let mut entries = BTreeMap::new();
        for (index, name) in archive.file_names_raw().enumerate() {
            entries.entry(normal(&String::from_utf8_lossy(name))).or_insert(index);
        }
        Ok(Container { archive, entries })
    }

    /// Whether it has a part of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(&normal(path))
    }

    /// Whether it has parts in this folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let path = normal(path);
        self.entries.range(path.clone()..).next().is_some_and(|(entry, _)| entry.starts_with(&path))
    }

    /// The text of a part; `None` if there is no such part.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, ExtractError> {
        let Some(&index) = self.entries.get(&normal(path)) else { return Ok(None) };
        if self.archive.by_index_raw(index).map_err(|error| damaged(&error))?.encrypted() {
            return Err(ExtractError::Encrypted);
        }
        let entry = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let packed = entry.compressed_size();
        let limit = (MAX_PART << 20).min(packed.saturating_mul(MAX_RATIO).max(RATIO_FROM));
        let bomb = || {
            let limit = match limit {
                limit if limit == MAX_PART << 20 => format!("{MAX_PART} MiB"),
                _ => format!("{MAX_RATIO} times its packed size"),
            };
            ExtractError::Bomb { what: "a part", limit }
        };
        if entry.size() > limit {
            return Err(bomb());
        }
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&ZipError::Io(error)))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(bomb());
        }
        // Parts are UTF-8, or UTF-16 with a byte order mark, which is obeyed.
        Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }
}

fn damaged(error: &ZipError) -> ExtractError {
    ExtractError::Damaged { format: "ZIP", why: error.to_string() }
}

fn normal(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

//! One extraction result on disk: a line with the hash of the rest, a line that says what it is, then the reading.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Kept, write_atomically};
use crate::hash::sha256_hex;
use crate::passages::Reading;
use crate::worker::Extraction;

#[derive(Serialize, Deserialize)]
struct Head {
    made_with: String,
    #[serde(flatten)]
    kept: Kept,
}

/// What the entry says of the file, if it is whole and was made with these settings.
pub(super) fn read(path: &Path, made_with: &str) -> Option<Kept> {
    Some(open(path, made_with)?.0)
}

/// What was read in the file, as [`read`] promises it.
pub(super) fn reading(path: &Path, made_with: &str) -> Option<Reading> {
    let (kept, reading) = open(path, made_with)?;
    kept.outcome.ok()?;
    serde_json::from_str(&reading).ok()
}

fn open(path: &Path, made_with: &str) -> Option<(Kept, String)> {
    let mut text = std::fs::read_to_string(path).ok()?;
    let (hash, rest) = text.split_once('\n')?;
    if hash != sha256_hex(rest.as_bytes()) {
        return None;
    }
    let (head, reading) = rest.split_once('\n')?;
    let head: Head = serde_json::from_str(head).ok()?;
    let reading_at = text.len() - reading.len();
    // In place: a reading has megabytes.
    text.drain(..reading_at);
    (head.made_with == made_with).then_some((head.kept, text))
}

/// Writes an entry.
pub(super) fn write(path: &Path, made_with: &str, kept: &Kept, extraction: &Extraction) -> io::Result<()> {
    let head = Head { made_with: made_with.to_owned(), kept: kept.clone() };
    let mut rest = serde_json::to_vec(&head)?;
    rest.push(b'\n');
    rest.extend_from_slice(&extraction.reading);
    let hash = sha256_hex(&rest);
    write_atomically(path, &[hash.as_bytes(), b"\n", &rest])
}

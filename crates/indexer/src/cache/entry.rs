//! One extraction result on disk: a line with the hash of the rest, a line that says what it is, then the reading.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::given::GivenIds;
use super::{Kept, write_atomically};
use crate::grouping::Signature;
use crate::hash::sha256_hex;
use crate::passages::Reading;
use crate::worker::Extraction;

#[derive(Serialize, Deserialize)]
struct Head {
    made_with: String,
    #[serde(flatten)]
    kept: Kept,
    #[serde(default, skip_serializing_if = "GivenIds::is_empty")]
    given: GivenIds,
}

/// What the entry says of the file, if it is whole and was made with these settings.
pub(super) fn read(path: &Path, made_with: &str) -> Option<Kept> {
    let (head, _) = open(path)?;
    (head.made_with == made_with).then_some(head.kept)
}

/// What was read in the file, as [`read`] promises it, and the ids that earlier readings gave.
pub(super) fn reading(path: &Path, made_with: &str) -> Option<(Reading, GivenIds)> {
    let (head, reading) = open(path).filter(|(head, _)| head.made_with == made_with)?;
    head.kept.outcome.ok()?;
    Some((serde_json::from_str(&reading).ok()?, head.given))
}

/// The signature in an entry that was found whole, or written, before: only its head is looked at.
pub(super) fn signature(path: &Path, made_with: &str) -> Option<Signature> {
    let mut lines = BufReader::new(File::open(path).ok()?).lines();
    let head: Head = serde_json::from_str(&lines.nth(1)?.ok()?).ok()?;
    head.kept.outcome.ok().filter(|_| head.made_with == made_with)?.signature
}

fn open(path: &Path) -> Option<(Head, String)> {
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
    Some((head, text))
}

/// Writes an entry in the place of the one before, whose ids it remembers.
pub(super) fn write(path: &Path, made_with: &str, kept: &Kept, extraction: &Extraction) -> io::Result<()> {
    let before = open(path).map(|(head, reading)| head.given.after(reading.as_bytes(), &extraction.reading));
    let head = Head { made_with: made_with.to_owned(), kept: kept.clone(), given: before.unwrap_or_default() };
    let mut rest = serde_json::to_vec(&head)?;
    rest.push(b'\n');
    rest.extend_from_slice(&extraction.reading);
    let hash = sha256_hex(&rest);
    write_atomically(path, &[hash.as_bytes(), b"\n", &rest])
}

//! One extraction result on disk: a line with the hash of the rest, then JSON.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Outcome, write_atomically};
use crate::hash::sha256_hex;
use crate::passages::Reading;

#[derive(Serialize, Deserialize)]
struct Entry<T> {
    made_with: String,
    outcome: T,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum StoredRef<'a> {
    Read(&'a Reading),
    Failed(&'a str),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Stored {
    Read(Box<Reading>),
    Failed(String),
}

/// The entry, if it is whole and was made with these settings.
pub(super) fn read(path: &Path, made_with: &str) -> Option<Outcome> {
    let text = std::fs::read_to_string(path).ok()?;
    let (hash, json) = text.split_once('\n')?;
    if hash != sha256_hex(json.as_bytes()) {
        return None;
    }
    let entry: Entry<Stored> = serde_json::from_str(json).ok()?;
    (entry.made_with == made_with).then_some(match entry.outcome {
        Stored::Read(reading) => Ok(*reading),
        Stored::Failed(why) => Err(why),
    })
}

/// Writes an entry.
pub(super) fn write(path: &Path, made_with: &str, outcome: &Outcome) -> io::Result<()> {
    let outcome = match outcome {
        Ok(reading) => StoredRef::Read(reading),
        Err(why) => StoredRef::Failed(why),
    };
    let json = serde_json::to_string(&Entry { made_with: made_with.to_owned(), outcome })?;
    write_atomically(path, format!("{}\n{json}", sha256_hex(json.as_bytes())).as_bytes())
}

//! [`Extraction`]: what reading a file gave.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rcp_corpus::model::State;
use rcp_corpus::settings::ExtractionSettings;
use serde::{Deserialize, Serialize};

use crate::extract::{ExtractError, extract};
use crate::grouping::Signature;
use crate::passages::{Reading, read};

/// Most bytes of a reading as JSON: some 2,500 pages. Labelling and indexing it takes many times as much memory, and that
/// is the indexer's own.
pub(crate) const MAX_READING: usize = 8 << 20;

/// What reading a file gave: its [`Reading`] as JSON with a summary, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extraction {
    /// The summary, or why there is none.
    pub(crate) outcome: Result<Summary, Unreadable>,
    /// The reading as JSON; empty where there is none.
    pub(crate) reading: Vec<u8>,
    /// Whether the next run need not try again: it would come to the same.
    pub(crate) lasting: bool,
    /// Whether whoever read it should not read another file.
    pub(crate) exhausted: bool,
}

/// The little that is kept in memory of every file of a run, whether it was read now or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// Media type found by content.
    pub(crate) media_type: Box<str>,
    /// Number of pages, where the format has pages.
    pub(crate) pages: Option<u32>,
    /// What tells its relatives; `None` once it is in the cache, for it is far more than the rest.
    pub(crate) signature: Option<Signature>,
}

/// Why a file has no reading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unreadable {
    /// Pages without a text layer.
    #[error("no text: scan")]
    Scan,
    /// In words for the person who runs the indexer.
    #[error("{0}")]
    Failed(String),
}

impl Extraction {
    /// Reads a file's bytes.
    pub(crate) fn of(bytes: &[u8], settings: &ExtractionSettings) -> Extraction {
        Extraction::by(|| try_read(bytes, settings))
    }

    /// What a reader comes to. Its panic is a failure of the file; what else it shares with the next file is in doubt
    /// then.
    fn by(reader: impl FnOnce() -> Result<(Summary, Vec<u8>), Unreadable>) -> Extraction {
        match catch_unwind(AssertUnwindSafe(reader)) {
            Ok(Ok((summary, reading))) => Extraction { outcome: Ok(summary), reading, lasting: true, exhausted: false },
            Ok(Err(why)) => Extraction::none(why),
            Err(panic) => {
                let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref().map(String::as_str));
                let gist: String = words.unwrap_or("no reason given").chars().take(GIST).collect();
                let why = format!("its reader stumbled over it: {gist}; the file is damaged, or the reader is wrong");
                Extraction { exhausted: true, ..Extraction::none(Unreadable::Failed(why)) }
            }
        }
    }

    /// No reading, today or tomorrow.
    pub(crate) fn none(why: Unreadable) -> Extraction {
        Extraction { outcome: Err(why), reading: Vec::new(), lasting: true, exhausted: false }
    }
}

/// Characters of a message that a library gave.
const GIST: usize = 200;

fn try_read(bytes: &[u8], settings: &ExtractionSettings) -> Result<(Summary, Vec<u8>), Unreadable> {
    let extracted = extract(bytes, settings.max_file_bytes)?;
    let reading = read(extracted, settings);
    let json = serde_json::to_vec(&reading).map_err(|error| Unreadable::Failed(error.to_string()))?;
    match json.len() > MAX_READING {
        true => Err(Unreadable::Failed(format!(
            "the file has more than {} MB of text; split it into its documents",
            MAX_READING >> 20
        ))),
        false => Ok((Summary::of(&reading), json)),
    }
}

impl Summary {
    fn of(reading: &Reading) -> Summary {
        let Reading { media_type, pages, .. } = reading;
        let signature = Some(Signature::of(reading));
        Summary { media_type: media_type.as_str().into(), pages: *pages, signature }
    }
}

impl Unreadable {
    /// The state of its document.
    pub(crate) fn state(&self) -> State {
        match self {
            Unreadable::Scan => State::NoText,
            Unreadable::Failed(why) => State::Failed { why: why.clone() },
        }
    }
}

impl From<ExtractError> for Unreadable {
    fn from(error: ExtractError) -> Unreadable {
        match error {
            ExtractError::Scan => Unreadable::Scan,
            error => Unreadable::Failed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_of_the_file_and_wears_the_reader_out() {
        let extraction = Extraction::by(|| panic!("index {} is out of range", 7));
        let why = extraction.outcome.unwrap_err().to_string();
        assert!(why.contains("stumbled over it: index 7 is out of range;"), "{why}");
        assert!(extraction.exhausted && extraction.lasting);
    }

    #[test]
    fn a_scan_is_told_from_a_failure() {
        let scan = Unreadable::from(ExtractError::Scan);
        assert_eq!((scan.state(), scan.to_string().as_str()), (State::NoText, "no text: scan"));
        let encrypted = Unreadable::from(ExtractError::Encrypted);
        assert_eq!(encrypted.state(), State::Failed { why: "encrypted".to_owned() });
    }
}

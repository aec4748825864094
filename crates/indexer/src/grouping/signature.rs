//! [`Signature`]: what is kept of a document to recognise its relatives.

use std::collections::BTreeSet;

use rcp_corpus::analysis::words;
use rcp_corpus::model::{Language, PassageKind};
use serde::{Deserialize, Serialize};

use super::sketch::Sketch;
use crate::passages::Reading;

/// Words of a shingle.
const SHINGLE: usize = 5;

/// Most different numbers that are kept of a document: the smallest.
const MAX_NUMBERS: usize = 200;

/// What is kept of a document to recognise copies and translations of it: about a kilobyte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signature {
    /// The runs of five words in it.
    pub(super) shingles: Sketch,
    /// The numbers of two digits and more in it, ascending: a translation keeps them.
    pub(super) numbers: Vec<u32>,
    /// Number of its words.
    pub(super) words: u32,
    /// Its main language.
    pub(super) language: Language,
}

impl Signature {
    /// The signature of what was read in a file. Contact data does not count.
    pub(crate) fn of(reading: &Reading) -> Signature {
        let passages = reading.passages.iter().filter(|passage| passage.kind != PassageKind::Contact);
        let words: Vec<String> = passages.flat_map(|passage| words(&passage.text)).map(|word| word.folded).collect();
        let number = |word: &String| {
            let digits = (2..=9).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
            if digits { word.parse().ok() } else { None }
        };
        let numbers: BTreeSet<u32> = words.iter().filter_map(number).collect();
        // A text shorter than a shingle is one.
        let shingles = words.windows(SHINGLE.min(words.len().max(1))).map(|words| words.join(" "));
        Signature {
            shingles: Sketch::of(shingles),
            numbers: numbers.into_iter().take(MAX_NUMBERS).collect(),
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
            language: reading.languages.first().copied().unwrap_or(Language::Undetermined),
        }
    }
}

//! [`Completion`]: what can be offered, and its form in the file.

use super::{KEY_BYTES, cut};
use crate::analysis::words;

/// Words of a text that it is found by, from the first on.
const MAX_PLACES_OF_TEXT: usize = 16;

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Title of a document.
    Title,
    /// Several words that stand side by side in several documents.
    Phrase,
    /// A word of several documents.
    Word,
}

/// What can be offered to someone who types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it is.
    pub kind: Kind,
    /// The text as the documents write it most often; never empty.
    pub text: String,
    /// Documents that have it: 1 for a title. Of a very large collection, some at the beginning may not be counted.
    pub documents: u32,
    /// Id of the document with this title; empty for phrases and words.
    pub document: String,
}

const KINDS: [Kind; 3] = [Kind::Title, Kind::Phrase, Kind::Word];

/// Documents that a place can tell; more are taken as so many.
const MAX_DOCUMENTS: u64 = (1 << 24) - 1;

/// Bits of an offset.
const OFFSET_BITS: u32 = 36;

/// Where an entry is, with what orders it: so that it is read only if it is among the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) at_start: bool,
    pub(super) documents: u64,
    pub(super) offset: u64,
}

impl Place {
    /// From the highest bit: 24 of documents, 2 of kind, 1 for the start, 36 of offset.
    pub(super) fn value(self) -> u64 {
        let kind = (self.kind as u64) << (OFFSET_BITS + 1);
        self.documents << (OFFSET_BITS + 3) | kind | u64::from(self.at_start) << OFFSET_BITS | self.offset
    }

    pub(super) fn from_value(value: u64) -> Place {
        Place {
            kind: KINDS[(value >> (OFFSET_BITS + 1) & 3).min(2) as usize],
            at_start: value >> OFFSET_BITS & 1 == 1,
            documents: value >> (OFFSET_BITS + 3),
            offset: value & ((1 << OFFSET_BITS) - 1),
        }
    }
}

impl Completion {
    /// The folded words of the text, a space between.
    pub(super) fn folded(&self) -> String {
        let folded: Vec<String> = words(&self.text).into_iter().map(|word| word.folded).collect();
        folded.join(" ")
    }

    /// Whether some word and what follows it begins with folded words.
    pub(super) fn has(&self, prefix: &str) -> bool {
        let folded = self.folded();
        folded.starts_with(prefix) || folded.contains(&format!(" {prefix}"))
    }

    /// The keys that the entry is found by, with its place.
    pub(super) fn places(&self, number: u32, offset: u64) -> Vec<(Vec<u8>, Place)> {
        let folded = self.folded();
        let starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(space, _)| space + 1));
        let key = |start: usize| {
            let mut key = Vec::with_capacity(KEY_BYTES + 5);
            key.extend_from_slice(cut(&folded[start..]).as_bytes());
            key.push(0);
            key.extend_from_slice(&number.to_be_bytes());
            let documents = u64::from(self.documents).min(MAX_DOCUMENTS);
            (key, Place { kind: self.kind, at_start: start == 0, documents, offset })
        };
        let mut places: Vec<(Vec<u8>, Place)> = starts.take(MAX_PLACES_OF_TEXT).map(key).collect();
        // Stable: of equal keys (`a b a b …`, cut) the first stands, which may be the start.
        places.sort_by(|a, b| a.0.cmp(&b.0));
        places.dedup_by(|next, kept| next.0 == kept.0);
        places
    }

    /// Appends the entry: a byte for the kind, the documents, the lengths of both texts, the texts. Numbers have four
    /// bytes, the lowest first.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.kind as u8);
        bytes.extend_from_slice(&self.documents.to_le_bytes());
        for text in [&self.text, &self.document] {
            bytes.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
    }

    /// Takes an entry off the bytes; `None` when they are not one.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Completion> {
        let (&kind, rest) = bytes.split_first()?;
        *bytes = rest;
        let documents = read_number(bytes)?;
        let kind = *KINDS.get(usize::from(kind))?;
        let text = read_text(bytes)?;
        Some(Completion { kind, text, documents, document: read_text(bytes)? })
    }
}

fn read_text(bytes: &mut &[u8]) -> Option<String> {
    let length = read_number(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

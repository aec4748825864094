//! What a search box can offer from a collection while someone types: titles of documents, frequent phrases and words.
//!
//! They are found by how any of their words begins, whatever the accents and letter case.
//!
//! ```
//! use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
//! use rcp_corpus::completion::{CompletionBuilder, Completions};
//! use rcp_corpus::model::Language;
//!
//! let analyzer = Analyzer::new(&AnalysisSettings::default());
//! let mut builder = CompletionBuilder::default();
//! for (id, text) in [("a", "Una migración laboral."), ("b", "La migración laboral, hoy")] {
//!     builder.add_text(text, &analyzer.analyze(text, Language::Es));
//!     builder.end_document(id, Some("Declaración de Quito"));
//! }
//! let completions = Completions::from_bytes(&builder.finish()?)?;
//! let texts = |prefix| completions.starting_with(prefix, 9).into_iter().map(|found| found.completion.text);
//! assert_eq!(texts("migr").collect::<Vec<_>>(), ["migración laboral", "migración"]);
//! assert_eq!(texts("qui").next().as_deref(), Some("Declaración de Quito"));
//! # Ok::<(), rcp_corpus::completion::CompletionError>(())
//! ```

mod build;
mod entry;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Map, Streamer};

pub use build::CompletionBuilder;
pub use entry::{Completion, Kind};

use entry::Place;

/// Marks the file format; raise the digit when it changes.
const MAGIC: &[u8; 8] = b"RCPCPL1\n";

/// Most places that one look-up reads: two letters that very many titles begin a word with.
const MAX_PLACES: usize = 20_000;

/// Longest beginning that is looked up, in bytes; of a longer one the rest is compared.
const KEY_BYTES: usize = 48;

/// The completions of a collection, read from the file that [`CompletionBuilder::finish`] made.
#[derive(Debug, Default)]
pub struct Completions {
    /// The folded words of an entry from one of them on, a zero, the number of the entry -> [`Place`].
    places: Map<Vec<u8>>,
    entries: Vec<u8>,
}

/// A completion that a beginning leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The completion.
    pub completion: Completion,
    /// Whether it begins so, not one of its later words.
    pub at_start: bool,
}

/// Completions that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CompletionError {
    /// The bytes are not completions of this version.
    #[error("the completions are damaged or of another version; run `rcp-search index --rebuild`")]
    Format,
    /// The list of places is malformed.
    #[error("the list of completions cannot be used ({0}); run `rcp-search index --rebuild`")]
    Places(#[from] fst::Error),
    /// An entry, by its number, cannot be read, or is not found by its words.
    #[error("the completions are damaged at entry {0}; run `rcp-search index --rebuild`")]
    Entry(u32),
}

impl Completions {
    /// Reads completions.
    ///
    /// # Errors
    /// When the bytes are not completions of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Completions, CompletionError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(CompletionError::Format)?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or(CompletionError::Format)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| CompletionError::Format)?;
        let (places, entries) = rest.split_at_checked(length).ok_or(CompletionError::Format)?;
        Ok(Completions { places: Map::new(places.to_vec())?, entries: entries.to_vec() })
    }

    /// The completions in which some word and what follows it begins as given: folded words with a space between, and
    /// a space behind the last one if it is complete. At most so many of each kind: those that begin so themselves
    /// first, then those in more documents, then in the order of the folded text.
    #[must_use]
    pub fn starting_with(&self, prefix: &str, most: usize) -> Vec<Found> {
        let key = cut(prefix);
        let mut best: BTreeMap<Kind, BTreeMap<u64, Place>> = BTreeMap::new();
        let mut stream = self.places.search(Str::new(key).starts_with()).into_stream();
        let mut seen = 0;
        while let Some((_, value)) = stream.next() {
            let place = Place::from_value(value);
            let known = best.entry(place.kind).or_default().entry(place.offset).or_insert(place);
            known.at_start |= place.at_start;
            seen += 1;
            if seen == MAX_PLACES {
                break;
            }
        }
        let mut found = Vec::new();
        for (_, places) in best {
            let mut places: Vec<Place> = places.into_values().collect();
            // Entries stand in the order of their folded texts.
            places.sort_by_key(|place| (Reverse((place.at_start, place.documents)), place.offset));
            let entries = places.into_iter().filter_map(|place| Some((place, self.entry(place.offset)?.0)));
            let complete = entries.filter(|(_, entry)| key.len() == prefix.len() || entry.has(prefix));
            found.extend(complete.take(most).map(|(place, completion)| Found { completion, at_start: place.at_start }));
        }
        found
    }

    /// How the texts write a folded word most often; `None` for a word that is no completion.
    #[must_use]
    pub fn spelling(&self, folded: &str) -> Option<String> {
        let mut stream = self.places.search(Str::new(cut(folded)).starts_with()).into_stream();
        let (key, value) = stream.next()?;
        let place = Place::from_value(value);
        let is_it = key.strip_prefix(folded.as_bytes()).is_some_and(|rest| rest.first() == Some(&0));
        let entry = self.entry(place.offset).filter(|_| is_it && place.kind == Kind::Word)?.0;
        Some(entry.text)
    }

    /// Shows every completion in the order of the file, and compares the checksum of the list of places.
    ///
    /// # Errors
    /// [`CompletionError::Places`] before the first; [`CompletionError::Entry`] at the first that is not as
    /// [`CompletionBuilder::finish`] would write it or is not found by its words.
    pub fn each(&self, mut show: impl FnMut(&Completion)) -> Result<(), CompletionError> {
        self.places.as_fst().verify()?;
        let (mut offset, mut number, mut places) = (0_u64, 0_u32, 0);
        let mut written = Vec::new();
        while usize::try_from(offset).is_ok_and(|offset| offset < self.entries.len()) {
            let damaged = CompletionError::Entry(number);
            let Some((completion, next)) = self.entry(offset) else { return Err(damaged) };
            written.clear();
            completion.write(&mut written);
            if self.entries.get(offset as usize..next as usize) != Some(written.as_slice()) {
                return Err(damaged);
            }
            for (key, place) in completion.places(number, offset) {
                if self.places.get(key) != Some(place.value()) {
                    return Err(damaged);
                }
                places += 1;
            }
            show(&completion);
            (offset, number) = (next, number + 1);
        }
        if places == self.places.len() { Ok(()) } else { Err(CompletionError::Format) }
    }

    /// The entry at an offset, and the offset behind it.
    fn entry(&self, offset: u64) -> Option<(Completion, u64)> {
        let bytes = self.entries.get(usize::try_from(offset).ok()?..)?;
        let mut rest = bytes;
        let completion = Completion::read(&mut rest)?;
        Some((completion, offset + (bytes.len() - rest.len()) as u64))
    }
}

/// The beginning of a folded text that is looked up.
fn cut(folded: &str) -> &str {
    let end = (0..=KEY_BYTES.min(folded.len())).rev().find(|&at| folded.is_char_boundary(at));
    &folded[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests;

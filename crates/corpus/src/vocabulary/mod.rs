//! The vocabulary of a collection: from what people type to the tokens that the index holds.
//!
//! For every folded word of the texts it keeps the stems it was given, the number of documents that have it, the
//! languages it was seen in, and, for the joined form of a hyphenated compound, its parts. Words are looked up by
//! name, by prefix and by edit distance; [`resolve()`] turns a typed word into the stems to search for.
//!
//! ```
//! use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
//! use rcp_corpus::model::Language;
//! use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};
//!
//! let analyzer = Analyzer::new(&AnalysisSettings::default());
//! let mut builder = VocabularyBuilder::default();
//! builder.add_text(&analyzer.analyze("Migración y co-operación", Language::Es), Language::Es);
//! builder.end_document();
//! let vocabulary = Vocabulary::from_bytes(&builder.finish()?)?;
//!
//! let entry = vocabulary.get("migracion").expect("it was added");
//! assert_eq!((entry.documents, entry.stems), (1, vec!["migracion".to_owned()]));
//! let compound = vocabulary.get("cooperacion").expect("the joined form of a compound is an entry");
//! assert_eq!(compound.compounds, [["co", "operacion"]]);
//! # Ok::<(), rcp_corpus::vocabulary::VocabularyError>(())
//! ```

mod build;
mod entry;
mod packed;
mod resolve;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::LazyLock;

use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Map, Streamer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

pub use build::VocabularyBuilder;
pub use entry::Entry;
pub use resolve::{Resolution, other_numbers, resolve};

/// Marks the file format; raise the digit when it changes.
const MAGIC: &[u8; 8] = b"RCPVOC1\n";

/// Largest edit distance that can be looked up.
pub const MAX_DISTANCE: u8 = 2;

/// What the automata of all words have in common, by distance: it takes milliseconds to make.
static BUILDERS: [LazyLock<LevenshteinAutomatonBuilder>; MAX_DISTANCE as usize + 1] = [
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(0, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true)),
];

/// The words of a collection, read from the file that [`VocabularyBuilder::finish`] made.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Folded word -> offset of its entry.
    words: Map<Vec<u8>>,
    entries: Vec<u8>,
}

/// A vocabulary that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// The bytes are not a vocabulary of this version.
    #[error("the vocabulary is damaged or of another version; run `rcp-search index --rebuild`")]
    Format,
    /// The word list is malformed.
    #[error("the word list of the vocabulary cannot be used ({0}); run `rcp-search index --rebuild`")]
    Words(#[from] fst::Error),
    /// What is kept of a word cannot be read, or is not where the word before it ends.
    #[error("the vocabulary is damaged at the word {0:?}; run `rcp-search index --rebuild`")]
    Entry(String),
}

impl Vocabulary {
    /// Reads a vocabulary.
    ///
    /// # Errors
    /// When the bytes are not a vocabulary of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Vocabulary, VocabularyError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(VocabularyError::Format)?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or(VocabularyError::Format)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| VocabularyError::Format)?;
        let (words, entries) = rest.split_at_checked(length).ok_or(VocabularyError::Format)?;
        Ok(Vocabulary { words: Map::new(words.to_vec())?, entries: entries.to_vec() })
    }

    /// Number of words, joined forms of compounds included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The entry of a folded word.
    #[must_use]
    pub fn get(&self, folded: &str) -> Option<Entry> {
        self.entry(folded, self.words.get(folded)?)
    }

    /// The words that begin with a folded prefix, in alphabetical order. Compounds that the texts only have apart
    /// are left out.
    #[must_use]
    pub fn starting_with(&self, prefix: &str) -> Vec<(String, Entry)> {
        self.collect(Str::new(prefix).starts_with())
    }

    /// Of the words that begin with a folded prefix those that most documents have, at most so many, each with its
    /// documents, the most frequent first and equally frequent ones in alphabetical order; and how many there are in all.
    /// For prefixes of whatever length: what is not kept is hardly looked at.
    #[must_use]
    pub fn most_frequent(&self, prefix: &str, most: usize) -> (Vec<(String, u32)>, usize) {
        // The least of those kept is on top. Words come in alphabetical order, so that of equal ones the first stay.
        let mut kept: BinaryHeap<(Reverse<u32>, String)> = BinaryHeap::new();
        let mut all = 0;
        let mut stream = self.words.search(Str::new(prefix).starts_with()).into_stream();
        while let Some((word, offset)) = stream.next() {
            let entry = usize::try_from(offset).ok().and_then(|offset| self.entries.get(offset..));
            let Some(documents) = entry.and_then(Entry::read_documents).filter(|&documents| documents > 0) else {
                continue;
            };
            all += 1;
            let is_full = kept.len() == most;
            if is_full && kept.peek().is_none_or(|(Reverse(least), _)| documents <= *least) {
                continue;
            }
            let Ok(word) = std::str::from_utf8(word) else { continue };
            if is_full {
                kept.pop();
            }
            kept.push((Reverse(documents), word.to_owned()));
        }
        let words = kept.into_sorted_vec().into_iter().map(|(Reverse(documents), word)| (word, documents));
        (words.collect(), all)
    }

    /// Whether a word that some text has begins with a folded prefix.
    #[must_use]
    pub fn has_beginning(&self, prefix: &str) -> bool {
        let mut stream = self.words.search(Str::new(prefix).starts_with()).into_stream();
        while let Some((word, offset)) = stream.next() {
            let entry = std::str::from_utf8(word).ok().and_then(|word| self.entry(word, offset));
            if entry.is_some_and(|entry| entry.documents > 0) {
                return true;
            }
        }
        false
    }

    /// The words within an edit distance (insertion, deletion, substitution, transposition of neighbours) of a
    /// folded word, in alphabetical order, the word itself included. Distances above [`MAX_DISTANCE`] are taken as it.
    #[must_use]
    pub fn within(&self, folded: &str, distance: u8) -> Vec<(String, Entry)> {
        let builder = &BUILDERS[usize::from(distance.min(MAX_DISTANCE))];
        self.collect(Near { dfa: builder.build_dfa(folded) })
    }

    /// Shows every word with its entry in alphabetical order, joined forms that no text has included, and compares
    /// the checksum of the word list: a lookup takes the bytes as they are.
    ///
    /// # Errors
    /// [`VocabularyError::Words`] before the first word; [`VocabularyError::Entry`] at the first word whose entry is
    /// not as [`VocabularyBuilder::finish`] would write it.
    pub fn each(&self, mut show: impl FnMut(&str, &Entry)) -> Result<(), VocabularyError> {
        self.words.as_fst().verify()?;
        let damaged = |word: &[u8]| VocabularyError::Entry(String::from_utf8_lossy(word).into_owned());
        let (mut rest, mut written) = (self.entries.as_slice(), Vec::new());
        let mut words = self.words.stream();
        while let Some((bytes, offset)) = words.next() {
            let word = std::str::from_utf8(bytes).map_err(|_| damaged(bytes))?;
            if offset != (self.entries.len() - rest.len()) as u64 {
                return Err(damaged(bytes));
            }
            let entry = Entry::read(word, &mut &*rest).ok_or_else(|| damaged(bytes))?;
            written.clear();
            entry.write(&mut written);
            rest = rest.strip_prefix(written.as_slice()).ok_or_else(|| damaged(bytes))?;
            show(word, &entry);
        }
        if rest.is_empty() { Ok(()) } else { Err(VocabularyError::Format) }
    }

    fn collect<A: Automaton>(&self, automaton: A) -> Vec<(String, Entry)> {
        let mut found = Vec::new();
        let mut stream = self.words.search(automaton).into_stream();
        while let Some((word, offset)) = stream.next() {
            let Ok(word) = std::str::from_utf8(word) else { continue };
            if let Some(entry) = self.entry(word, offset).filter(|entry| entry.documents > 0) {
                found.push((word.to_owned(), entry));
            }
        }
        found
    }

    fn entry(&self, word: &str, offset: u64) -> Option<Entry> {
        Entry::read(word, &mut self.entries.get(usize::try_from(offset).ok()?..)?)
    }
}

/// A Levenshtein automaton in the terms of the `fst` crate.
struct Near {
    dfa: DFA,
}

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.dfa.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.dfa.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.dfa.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{AnalysisSettings, Analyzer};
    use crate::model::Language;

    pub(super) fn vocabulary(documents: &[(&str, Language)]) -> Vocabulary {
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        let mut builder = VocabularyBuilder::default();
        for (text, language) in documents {
            builder.add_text(&analyzer.analyze(text, *language), *language);
            builder.end_document();
        }
        Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap()
    }

    fn names(found: Vec<(String, Entry)>) -> Vec<String> {
        found.into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn prefixes_and_near_words_come_in_alphabetical_order() {
        let vocabulary = vocabulary(&[("migrant migrants migration emigration co-operation", Language::En)]);
        assert_eq!(names(vocabulary.starting_with("migr")), ["migrant", "migrants", "migration"]);
        assert_eq!(names(vocabulary.within("migartion", 1)), ["migration"]);
        assert_eq!(names(vocabulary.within("migration", 1)), ["emigration", "migration"]);
        assert_eq!(names(vocabulary.within("migrnats", 1)), ["migrants"]);
        assert_eq!(names(vocabulary.within("migrnats", 9)), ["migrant", "migrants"]);
    }

    #[test]
    fn the_most_frequent_words_are_those_of_most_documents() {
        let vocabulary = vocabulary(&[
            ("migrant migrants mig-rate", Language::En),
            ("migrants migration", Language::En),
            ("migration migrants other", Language::En),
        ]);
        let found = |prefix: &str, most| {
            let (words, all) = vocabulary.most_frequent(prefix, most);
            (
                words.into_iter().map(|(word, documents)| format!("{word} {documents}")).collect::<Vec<_>>().join(", "),
                all,
            )
        };
        assert_eq!(found("migr", 9), ("migrants 3, migration 2, migrant 1".to_owned(), 3));
        assert_eq!(found("migr", 1), ("migrants 3".to_owned(), 3));
        assert_eq!(found("m", 3), ("migrants 3, migration 2, mig 1".to_owned(), 4));
        assert_eq!((found("m", 0), found("x", 9)), ((String::new(), 4), (String::new(), 0)));
    }

    #[test]
    fn a_joined_form_that_no_text_has_is_no_completion() {
        let vocabulary = vocabulary(&[("co-operation", Language::En)]);
        assert!(vocabulary.get("cooperation").is_some());
        assert!(vocabulary.starting_with("coop").is_empty());
    }

    #[test]
    fn every_word_is_shown_in_order() {
        let vocabulary = vocabulary(&[("two co-operation one", Language::En), ("one", Language::En)]);
        let mut shown = Vec::new();
        vocabulary.each(|word, entry| shown.push((word.to_owned(), entry.documents))).unwrap();
        let expected = [("co", 1), ("cooperation", 0), ("one", 2), ("operation", 1), ("two", 1)];
        assert_eq!(shown, expected.map(|(word, documents)| (word.to_owned(), documents)));
    }

    /// Damage of a vocabulary shows when all of it is read, or in what is read.
    #[test]
    fn every_damaged_byte_shows_when_all_words_are_read() {
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        let mut builder = VocabularyBuilder::default();
        builder.add_text(&analyzer.analyze("one two co-operation", Language::En), Language::En);
        builder.end_document();
        let bytes = builder.finish().unwrap();
        let read = |bytes: &[u8]| -> Result<Vec<(String, Entry)>, VocabularyError> {
            let mut words = Vec::new();
            Vocabulary::from_bytes(bytes)?.each(|word, entry| words.push((word.to_owned(), entry.clone())))?;
            Ok(words)
        };
        let sound = read(&bytes).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&damaged).map_or(true, |words| words != sound), "bit {bit}");
        }
        assert!(matches!(read(&[&bytes[..], b"x"].concat()), Err(VocabularyError::Format)));
    }

    #[test]
    fn damaged_bytes_are_refused_or_answer_nothing() {
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        let mut builder = VocabularyBuilder::default();
        builder.add_text(&analyzer.analyze("one two co-operation", Language::En), Language::En);
        builder.end_document();
        let bytes = builder.finish().unwrap();
        for cut in 0..bytes.len() {
            if let Ok(vocabulary) = Vocabulary::from_bytes(&bytes[..cut]) {
                for word in ["one", "two", "cooperation"] {
                    let _ = vocabulary.get(word);
                }
            }
        }
        assert!(matches!(Vocabulary::from_bytes(b"something else"), Err(VocabularyError::Format)));
    }
}

//! [`VocabularyBuilder`]: collects the words of documents and writes the file.

use std::collections::{BTreeSet, HashMap};

use super::packed::{Counted, Packed};
use super::{Entry, MAGIC, VocabularyError};
use crate::analysis::{Token, edge};
use crate::model::Language;

/// Longest joined form of a compound, in bytes.
const MAX_COMPOUND_BYTES: usize = 60;

/// Words that are counted at a time; so much memory is used at most, some 5 MB, beside thirty bytes for each word of the
/// collection.
const CAPACITY: usize = 1 << 14;

/// Collects the words of a collection, document by document.
///
/// Each new document has fewer words that no other had, but a large collection has very many, most of them in one document.
/// So few are kept as they are counted; when there are too many, they are added to the packed ones.
#[derive(Debug)]
pub struct VocabularyBuilder {
    words: HashMap<String, Word>,
    packed: Packed,
    /// Number of the current document, from 1.
    document: u32,
    capacity: usize,
}

#[derive(Debug, Default)]
struct Word {
    documents: u32,
    first_document: u32,
    last_document: u32,
    // At most a handful each, and asked for every word of every text: lists, sorted at the end.
    languages: Vec<Language>,
    stems: Vec<String>,
    compounds: BTreeSet<Vec<String>>,
}

impl Word {
    fn add_language(&mut self, language: Language) {
        if !self.languages.contains(&language) {
            self.languages.push(language);
        }
    }

    fn counted(self) -> Counted {
        let Word { documents, first_document, last_document, languages, stems, compounds } = self;
        let mut entry = Entry { documents, languages, stems, compounds: compounds.into_iter().collect() };
        entry.sort();
        Counted { entry, first_document, last_document }
    }
}

impl Default for VocabularyBuilder {
    fn default() -> VocabularyBuilder {
        VocabularyBuilder { words: HashMap::new(), packed: Packed::default(), document: 1, capacity: CAPACITY }
    }
}

impl VocabularyBuilder {
    /// Adds a text of the current document.
    pub fn add_text<S: AsRef<str>>(&mut self, tokens: &[Token<S>], language: Language) {
        for token in tokens {
            self.add_word(token, language);
            self.pack_if_full();
        }
        for compound in compounds(tokens) {
            self.add_compound(compound, language);
            self.pack_if_full();
        }
    }

    /// Ends the current document: its words count once.
    pub fn end_document(&mut self) {
        self.document += 1;
    }

    /// The bytes of the vocabulary.
    ///
    /// # Errors
    /// When the word list grows beyond what its format holds.
    pub fn finish(mut self) -> Result<Vec<u8>, VocabularyError> {
        self.pack();
        let mut words = fst::MapBuilder::memory();
        let mut offset = 0;
        for packed in self.packed.words() {
            words.insert(packed.word, offset)?;
            offset += packed.entry.len() as u64;
        }
        let words = words.into_inner()?;
        let mut bytes = [&MAGIC[..], &(words.len() as u64).to_le_bytes(), &words].concat();
        drop(words);
        self.packed.words().for_each(|packed| bytes.extend_from_slice(packed.entry));
        Ok(bytes)
    }

    fn pack_if_full(&mut self) {
        if self.words.len() > self.capacity {
            self.pack();
        }
    }

    /// Adds the words that are being counted to the packed ones.
    fn pack(&mut self) {
        let mut words: Vec<(String, Word)> = self.words.drain().collect();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.packed =
            std::mem::take(&mut self.packed).with(words.into_iter().map(|(name, word)| (name, word.counted())));
    }

    fn add_word<S: AsRef<str>>(&mut self, token: &Token<S>, language: Language) {
        let exact = token.exact.as_ref();
        // Most words have been seen before: look up by reference first, so that the name is copied only once.
        let word = match self.words.get_mut(exact) {
            Some(word) => word,
            None => self.words.entry(exact.to_owned()).or_default(),
        };
        if word.last_document < self.document {
            word.documents += 1;
            word.last_document = self.document;
            if word.first_document == 0 {
                word.first_document = self.document;
            }
        }
        word.add_language(language);
        if let Some(stem) = token.stem.as_ref().map(AsRef::as_ref)
            && !word.stems.iter().any(|known| known == stem)
            && *stem != edge(exact)
        {
            word.stems.push(stem.to_owned());
        }
    }

    fn add_compound<S: AsRef<str>>(&mut self, parts: &[Token<S>], language: Language) {
        let joined: String = parts.iter().map(|part| part.exact.as_ref()).collect();
        if joined.len() <= MAX_COMPOUND_BYTES && joined.bytes().any(|byte| !byte.is_ascii_digit()) {
            let word = self.words.entry(joined).or_default();
            word.add_language(language);
            word.compounds.insert(parts.iter().map(|part| part.exact.as_ref().to_owned()).collect());
        }
    }
}

/// The hyphenated compounds of a text: the longest runs of joined words.
fn compounds<S>(tokens: &[Token<S>]) -> impl Iterator<Item = &[Token<S>]> {
    tokens.chunk_by(|_, next| next.joined).filter(|run| run.len() > 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Vocabulary;
    use super::super::tests::vocabulary;
    use super::*;
    use crate::analysis::{AnalysisSettings, Analyzer};

    fn documents(vocabulary: &Vocabulary, word: &str) -> Option<u32> {
        vocabulary.get(word).map(|entry| entry.documents)
    }

    #[test]
    fn a_word_counts_once_a_document() {
        let vocabulary =
            vocabulary(&[("return and return", Language::En), ("return", Language::En), ("other", Language::En)]);
        assert_eq!(documents(&vocabulary, "return"), Some(2));
        assert_eq!(documents(&vocabulary, "other"), Some(1));
        assert_eq!(documents(&vocabulary, "missing"), None);
    }

    #[test]
    fn a_folded_word_keeps_the_stems_of_all_its_spellings() {
        let vocabulary = vocabulary(&[("refugie réfugié", Language::Fr)]);
        let entry = vocabulary.get("refugie").unwrap();
        assert_eq!(entry.stems, ["refug", "refugi"]);
        assert_eq!(entry.languages, [Language::Fr]);
    }

    #[test]
    fn compounds_of_words_are_kept_and_ranges_of_numbers_are_not() {
        let vocabulary = vocabulary(&[("whole-of-government, 14-15 April, COVID-19", Language::En)]);
        let entry = vocabulary.get("wholeofgovernment").unwrap();
        assert_eq!(
            (entry.documents, entry.compounds),
            (0, vec![["whole", "of", "government"].map(str::to_owned).to_vec()])
        );
        assert!(vocabulary.get("covid19").is_some());
        assert!(vocabulary.get("1415").is_none());
    }

    proptest! {
        /// However often words are packed, in the middle of a document too, the bytes are the same.
        #[test]
        fn packing_changes_nothing(
            documents in prop::collection::vec(prop::collection::vec("[abé]{1,2}[ -][abé]{1,2}( au)?", 0..4), 0..8),
            capacity in 0..4_usize,
        ) {
            let analyzer = Analyzer::new(&AnalysisSettings {
                stop_words: [(Language::Fr, ["au".to_owned()].into())].into(),
                ..AnalysisSettings::default()
            });
            let bytes = |capacity| {
                let mut builder = VocabularyBuilder { capacity, ..VocabularyBuilder::default() };
                for texts in &documents {
                    for (text, language) in texts.iter().zip([Language::Fr, Language::En].into_iter().cycle()) {
                        builder.add_text(&analyzer.analyze(text, language), language);
                    }
                    builder.end_document();
                }
                builder.finish().unwrap()
            };
            prop_assert_eq!(bytes(capacity), bytes(usize::MAX));
        }
    }
}

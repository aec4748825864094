//! [`VocabularyBuilder`]: collects the words of documents and writes the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Entry, MAGIC, VocabularyError};
use crate::analysis::{Token, edge};
use crate::model::Language;

/// Longest joined form of a compound, in bytes.
const MAX_COMPOUND_BYTES: usize = 60;

/// Collects the words of a collection, document by document.
#[derive(Debug, Default)]
pub struct VocabularyBuilder {
    words: HashMap<String, Word>,
    document: u32,
}

#[derive(Debug, Default)]
struct Word {
    documents: u32,
    /// The document that was counted last, from 1.
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
}

impl VocabularyBuilder {
    /// Adds a text of the current document.
    pub fn add_text(&mut self, tokens: &[Token], language: Language) {
        for token in tokens {
            self.add_word(token, language);
        }
        for compound in compounds(tokens) {
            self.add_compound(compound, language);
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
    pub fn finish(self) -> Result<Vec<u8>, VocabularyError> {
        let sorted: BTreeMap<String, Word> = self.words.into_iter().collect();
        let mut entries = Vec::new();
        let mut words = fst::MapBuilder::memory();
        for (name, mut word) in sorted {
            words.insert(&name, entries.len() as u64)?;
            word.languages.sort_unstable();
            word.stems.sort_unstable();
            let entry = Entry {
                documents: word.documents,
                languages: word.languages,
                stems: word.stems,
                compounds: word.compounds.into_iter().collect(),
            };
            entry.write(&mut entries);
        }
        let words = words.into_inner()?;
        let length = (words.len() as u64).to_le_bytes();
        Ok([&MAGIC[..], &length, &words, &entries].concat())
    }

    fn add_word(&mut self, token: &Token, language: Language) {
        // Most words have been seen before: look up by reference first, so that the name is copied only once.
        let word = match self.words.get_mut(&token.exact) {
            Some(word) => word,
            None => self.words.entry(token.exact.clone()).or_default(),
        };
        if word.last_document <= self.document {
            word.documents += 1;
            word.last_document = self.document + 1;
        }
        word.add_language(language);
        if let Some(stem) = &token.stem
            && !word.stems.contains(stem)
            && *stem != edge(&token.exact)
        {
            word.stems.push(stem.clone());
        }
    }

    fn add_compound(&mut self, parts: &[Token], language: Language) {
        let joined: String = parts.iter().map(|part| part.exact.as_str()).collect();
        if joined.len() <= MAX_COMPOUND_BYTES && joined.bytes().any(|byte| !byte.is_ascii_digit()) {
            let word = self.words.entry(joined).or_default();
            word.add_language(language);
            word.compounds.insert(parts.iter().map(|part| part.exact.clone()).collect());
        }
    }
}

/// The hyphenated compounds of a text: the longest runs of joined words.
fn compounds(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| next.joined).filter(|run| run.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::super::tests::vocabulary;
    use super::*;

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
}

//! [`CompletionBuilder`]: collects titles and counts the phrases of documents, and writes the file.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::entry::{Completion, Kind};
use super::{CompletionError, MAGIC};
use crate::analysis::{Token, words};

/// Most words of a phrase.
const MAX_PHRASE_WORDS: usize = 4;

/// Words and phrases that are counted at a time; so much memory is used at most, some 8 MB.
const CAPACITY: usize = 1 << 16;

/// Documents that a word or phrase must be in.
const MIN_DOCUMENTS: u32 = 2;

/// Most phrases, and most words, that are kept: those in the most documents.
const MAX_KEPT: usize = 20_000;

/// Fewest letters of a word that is offered: typing a shorter one takes no longer.
const MIN_LETTERS: usize = 4;

/// Longest title that is offered, in bytes.
const MAX_TITLE_BYTES: usize = 300;

/// Collects what can be offered from a collection, document by document.
///
/// Words and phrases of two to four words are counted once a document. A phrase does not cross punctuation, and neither
/// begins nor ends in a stop word or a number. When more are counted than memory is given to, the rarer half is
/// dropped, and what is met again starts anew: *lossy counting* (Manku & Motwani, Approximate Frequency Counts over Data
/// Streams, 2002), with the capacity as the limit instead of an error; and only what begins with something met before is
/// counted. A count is then too low by about what was dropped. The same documents in the same order give the
/// same bytes.
#[derive(Debug, Default)]
pub struct CompletionBuilder {
    titles: Vec<Completion>,
    phrases: HashMap<u64, Phrase>,
    /// Most documents that a phrase which is not among them may have been in.
    dropped: u32,
    /// Documents that were ended.
    document: u32,
}

#[derive(Debug)]
struct Phrase {
    documents: u32,
    /// [`CompletionBuilder::dropped`] when it came.
    may_have_missed: u32,
    /// The document that was counted last, from 1.
    last_document: u32,
    words: u8,
    /// The wording that most documents have, if one has the majority: the vote of Boyer and Moore.
    text: Box<str>,
    votes: u32,
}

impl CompletionBuilder {
    /// Adds a passage of the current document, with its tokens.
    pub fn add_text<S: AsRef<str>>(&mut self, text: &str, tokens: &[Token<S>]) {
        let hashes: Vec<u64> = tokens.iter().map(|token| hash(token.exact.as_ref())).collect();
        for start in 0..tokens.len() {
            if !is_content(&tokens[start]) {
                continue;
            }
            self.count_from(text, tokens, &hashes, start);
            if self.phrases.len() > CAPACITY {
                self.drop_rare();
            }
        }
    }

    /// Ends the current document, which has this id and title.
    pub fn end_document(&mut self, id: &str, title: Option<&str>) {
        self.document += 1;
        let title = title.map(tidy).filter(|title| title.len() <= MAX_TITLE_BYTES && !words(title).is_empty());
        let document = id.to_owned();
        self.titles.extend(title.map(|text| Completion { kind: Kind::Title, text, documents: 1, document }));
    }

    /// The bytes of the completions.
    ///
    /// # Errors
    /// When the list of places grows beyond what its format holds.
    pub fn finish(self) -> Result<Vec<u8>, CompletionError> {
        let frequent = self.phrases.into_values().filter(|phrase| phrase.documents >= MIN_DOCUMENTS);
        let (words, phrases): (Vec<Phrase>, Vec<Phrase>) = frequent.partition(|phrase| phrase.words == 1);
        let mut completions = self.titles;
        completions.extend(without_beginnings(most_frequent(phrases, Kind::Phrase)));
        completions.extend(most_frequent(words, Kind::Word));
        completions
            .sort_by_cached_key(|completion| (completion.folded(), completion.kind, completion.document.clone()));
        let (mut entries, mut places) = (Vec::new(), Vec::new());
        // There are some ten places for each: they are kept small.
        for (number, completion) in (0..).zip(completions) {
            let found_by = completion.places(number, entries.len() as u64);
            places.extend(found_by.into_iter().map(|(key, place)| (key.into_boxed_slice(), place.value())));
            completion.write(&mut entries);
        }
        // No two keys are the same: each has the number of its entry.
        places.sort_unstable();
        let mut map = fst::MapBuilder::memory();
        for (key, place) in places {
            map.insert(key, place)?;
        }
        let map = map.into_inner()?;
        let length = (map.len() as u64).to_le_bytes();
        Ok([&MAGIC[..], &length, &map, &entries].concat())
    }

    /// Words and phrases that are counted now.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Counts the word at a place and the phrases that begin there. Once there are too many phrases, those are left out
    /// whose beginning was not met before: nothing is more frequent than its beginning.
    fn count_from<S: AsRef<str>>(&mut self, text: &str, tokens: &[Token<S>], hashes: &[u64], start: usize) {
        let mut combined = 0_u64;
        for end in start..tokens.len().min(start + MAX_PHRASE_WORDS) {
            if end > start && !are_neighbours(text, &tokens[end - 1], &tokens[end]) {
                break;
            }
            combined = (combined ^ hashes[end]).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
            let is_cut = tokens[start].joined || tokens.get(end + 1).is_some_and(|next| next.joined);
            let is_word = end == start && is_offered(tokens[start].exact.as_ref());
            if is_word || (end > start && !is_cut && is_content(&tokens[end])) {
                let span = tokens[start].span.start..tokens[end].span.end;
                let documents = self.count(combined, &text[span], (end - start + 1) as u8);
                if documents == 1 && self.dropped > 0 {
                    break;
                }
            }
        }
    }

    /// Counts a phrase in the current document; answers in how many documents it was met.
    fn count(&mut self, key: u64, text: &str, words: u8) -> u32 {
        let document = self.document + 1;
        let may_have_missed = self.dropped;
        let phrase = self.phrases.entry(key).or_insert_with(|| Phrase {
            documents: 0,
            may_have_missed,
            last_document: 0,
            words,
            text: text.into(),
            votes: 0,
        });
        if phrase.last_document == document {
            return phrase.documents;
        }
        phrase.documents += 1;
        phrase.last_document = document;
        if *phrase.text == *text {
            phrase.votes += 1;
        } else if phrase.votes > 0 {
            phrase.votes -= 1;
        } else {
            (phrase.text, phrase.votes) = (text.into(), 1);
        }
        phrase.documents
    }

    /// Drops the rarer half.
    fn drop_rare(&mut self) {
        let most = |phrase: &Phrase| phrase.documents + phrase.may_have_missed;
        let mut counts: Vec<u32> = self.phrases.values().map(most).collect();
        let middle = counts.len() / 2;
        self.dropped = *counts.select_nth_unstable(middle).1;
        let dropped = self.dropped;
        self.phrases.retain(|_, phrase| most(phrase) > dropped);
    }
}

/// Equal hashes of different words would count them as one; among some hundred thousand that will not be seen.
fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Whether a phrase may begin or end with a word: no stop word, no number, no single letter.
fn is_content<S: AsRef<str>>(token: &Token<S>) -> bool {
    let exact = token.exact.as_ref();
    token.stem.is_some() && exact.len() > 1 && exact.chars().any(char::is_alphabetic)
}

/// Whether a word is offered by itself.
fn is_offered(folded: &str) -> bool {
    folded.chars().count() >= MIN_LETTERS && folded.chars().all(char::is_alphabetic)
}

/// Whether nothing but a space, a hyphen or an apostrophe stands between two words.
fn are_neighbours<S>(text: &str, word: &Token<S>, next: &Token<S>) -> bool {
    let between = text.get(word.span.end..next.span.start).unwrap_or_default();
    next.joined || between.trim().is_empty() || matches!(between, "'" | "’")
}

/// A text with single spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most frequent of some phrases; of equally frequent ones the first by their folded texts.
fn most_frequent(phrases: Vec<Phrase>, kind: Kind) -> Vec<Completion> {
    let completion = |phrase: Phrase| Completion {
        kind,
        text: tidy(&phrase.text),
        documents: phrase.documents,
        document: String::new(),
    };
    let mut completions: Vec<Completion> = phrases.into_iter().map(completion).collect();
    completions.sort_by_cached_key(|completion| (std::cmp::Reverse(completion.documents), completion.folded()));
    completions.truncate(MAX_KEPT);
    completions
}

/// Leaves out phrases that only ever begin a longer one: `regional conference on`, but for its stop word.
fn without_beginnings(completions: Vec<Completion>) -> Vec<Completion> {
    let mut sorted: Vec<(String, Completion)> =
        completions.into_iter().map(|completion| (completion.folded() + " ", completion)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let goes_on = |at: usize| {
        let (beginning, completion) = &sorted[at];
        let longer = sorted[at + 1..].iter().take_while(|(longer, _)| longer.starts_with(beginning.as_str()));
        longer.map(|(_, longer)| longer.documents).any(|documents| documents >= completion.documents)
    };
    let kept: Vec<bool> = (0..sorted.len()).map(|at| !goes_on(at)).collect();
    sorted.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|((_, completion), _)| completion).collect()
}

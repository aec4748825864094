//! [`Prose`]: the sentences of one document.

use fastrand::Rng;

use super::coined::capitalise;
use super::draw::{Weights, chance, lognormal, pick};
use super::lexicon::{Drawn, Lexicon};

/// Words of a passage: mean, spread of the logarithm, bounds. Longer texts would be split in reading.
const PASSAGE_WORDS: (f64, f64, f64, f64) = (76.0, 0.55, 12.0, 220.0);

/// Words of a sentence at most.
const SENTENCE_WORDS: std::ops::RangeInclusive<usize> = 12..=34;

/// Bytes of a passage at most.
const PASSAGE_BYTES: usize = 1_600;

/// Words that a document comes back to: listed, coined.
const TOPIC_WORDS: (usize, usize) = (10, 12);

/// Share of content words that are words of the document's topic.
const TOPIC: f64 = 0.15;

/// Places in a sentence at which a phrase begins.
const PHRASE: f64 = 0.025;

/// Share of phrases that are the document's own.
const OWN_PHRASE: f64 = 0.5;

/// Share of phrases into which another word is put.
const PARTED: f64 = 0.15;

/// Words that are years, or other numbers.
const NUMBER: f64 = 0.012;

/// Writes the sentences of one document.
pub(super) struct Prose<'a> {
    lexicon: &'a Lexicon,
    /// Where its words come from.
    pub(super) rng: Rng,
    topic: Vec<Drawn>,
    topic_weights: Weights,
    phrases: Vec<&'a str>,
}

impl<'a> Prose<'a> {
    /// A document's prose; `phrases` are those that it comes back to.
    pub(super) fn new(lexicon: &'a Lexicon, mut rng: Rng, phrases: Vec<&'a str>) -> Prose<'a> {
        let (listed, coined) = TOPIC_WORDS;
        let mut topic: Vec<Drawn> = (0..listed).map(|_| lexicon.draw_listed(&mut rng)).collect();
        let is_coined = |word: &Drawn| matches!(word, Drawn::Coined(_));
        while topic.len() < listed + coined {
            topic.extend(Some(lexicon.draw_content(&mut rng)).filter(is_coined));
        }
        rng.shuffle(&mut topic);
        let topic_weights = Weights::zipf(topic.len(), 1.0, 4.0);
        Prose { lexicon, rng, topic, topic_weights, phrases }
    }

    /// Appends a passage of whole sentences.
    pub(super) fn passage(&mut self, text: &mut String) {
        let (mean, sigma, least, most) = PASSAGE_WORDS;
        let mut left = lognormal(&mut self.rng, mean, sigma).clamp(least, most) as usize;
        let start = text.len();
        while left > 0 && text.len() - start < PASSAGE_BYTES {
            if text.len() > start {
                text.push(' ');
            }
            let words = self.rng.usize(SENTENCE_WORDS).min(left);
            // A sentence of two or three words is none: the rest goes into this one.
            let words = if left - words < 6 { left } else { words };
            self.sentence(words, text);
            left -= words;
        }
    }

    fn sentence(&mut self, words: usize, text: &mut String) {
        let start = text.len();
        let mut written = 0;
        while written < words {
            if text.len() > start {
                text.push(' ');
            }
            written += self.next_words(words - written, text);
        }
        capitalise(text, start);
        text.push('.');
    }

    /// Appends a word or a phrase; returns the number of words. What ends a sentence is a content word.
    fn next_words(&mut self, left: usize, text: &mut String) -> usize {
        if left > 4 && chance(&mut self.rng, PHRASE) {
            return self.phrase(text);
        }
        if left > 1 {
            if let Some(word) = self.lexicon.draw_function(&mut self.rng) {
                text.push_str(word);
                return 1;
            }
            if chance(&mut self.rng, NUMBER) {
                let number = if self.rng.bool() { self.rng.u32(1994..2025) } else { self.rng.u32(2..400) };
                text.push_str(&number.to_string());
                return 1;
            }
        }
        let word = self.content();
        self.lexicon.write(word, text);
        if left > 3 && chance(&mut self.rng, 0.08) {
            text.push(',');
        }
        1
    }

    fn content(&mut self) -> Drawn {
        match chance(&mut self.rng, TOPIC) {
            true => self.topic[self.topic_weights.draw(&mut self.rng)],
            false => self.lexicon.draw_content(&mut self.rng),
        }
    }

    fn phrase(&mut self, text: &mut String) -> usize {
        let own = chance(&mut self.rng, OWN_PHRASE);
        let phrase = match pick(&mut self.rng, &self.phrases).filter(|_| own) {
            Some(phrase) => phrase,
            None => pick(&mut self.rng, &self.lexicon.collocations).map_or("", String::as_str),
        };
        let parted = chance(&mut self.rng, PARTED);
        match phrase.split_once(' ').filter(|_| parted) {
            Some((first, rest)) => {
                text.push_str(first);
                text.push(' ');
                let word = self.lexicon.draw_listed(&mut self.rng);
                self.lexicon.write(word, text);
                text.push(' ');
                text.push_str(rest);
            }
            None => text.push_str(phrase),
        }
        phrase.split(' ').count() + usize::from(parted)
    }
}

//! Spelling: words that the scope holds nowhere, read as the nearest ones that it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rcp_corpus::model::Language;
use rcp_index::plan::Member;

use super::term::{Lexicon, Term};
use super::understand::Context;
use crate::ast::{Kind, Node};
use crate::response::Correction;

/// Most words of a query that are looked up: a text in a language that the scope does not hold is no list of errors.
const MAX_WORDS: usize = 16;

/// Most words that one is read as.
const MAX_READINGS: usize = 4;

/// Fewest letters of a word that is corrected: shorter ones are near to everything.
const MIN_LETTERS: usize = 4;

/// Letters from which on a word may have two errors.
const LONG_LETTERS: usize = 8;

/// How likely a word is that begins with another letter than the typed one: people seldom miss the first.
const OTHER_INITIAL: f32 = 0.1;

/// A word that is less than this share as likely as the best one is noise.
const NOISE: f32 = 0.1;

/// Weight of an occurrence of the best reading at one and at two errors.
const WEIGHTS: [f32; 2] = [0.8, 0.6];

/// Reads words that are spelt wrongly as others, in place. `terms` are those of the `nodes`, which are neighbours.
/// Answers what was done, in the order of the text.
///
/// A word is right if a document of the scope has it or another form of it, if it is part of a known compound, or if a
/// concept has it in a name. Stop words, numbers, codes and words of less than four letters are let be. Any other word
/// becomes the group of the nearest words: those one edit away (insertion, deletion, replacement, swap of neighbours);
/// if there are none, two known words without the space between them; if that is none, and the word has eight letters,
/// those two edits away. Words of the texts go before those that only names of concepts have. Among words at one
/// distance `likely(w) = documents(w)`, a tenth of it if the first letter is another one, and an occurrence weighs
/// `weight(distance) · likely(w) / likely(best)`.
pub(super) fn correct(context: &Context<'_>, nodes: &[&Node], terms: &mut [Vec<Term>]) -> Vec<Correction> {
    let speller = Speller { context, lexicon: &context.lexicon };
    let in_compound = speller.in_compound(terms);
    let mut looked_up = 0;
    let mut corrections = Vec::new();
    for (at, (node, terms)) in nodes.iter().zip(terms).enumerate() {
        let Kind::Word(typed) = &node.kind else { continue };
        let mut read = Vec::with_capacity(terms.len());
        for (place, term) in terms.drain(..).enumerate() {
            let surface = &typed[term.word.span.clone()];
            let is_wrong =
                looked_up < MAX_WORDS && !in_compound.contains(&(at, place)) && speller.is_wrong(surface, &term);
            looked_up += usize::from(is_wrong);
            let readings = if is_wrong { speller.readings(&term.word.folded) } else { Vec::new() };
            if readings.is_empty() {
                read.push(term);
                continue;
            }
            corrections.push(Correction {
                from: surface.to_owned(),
                to: readings.iter().map(|reading| reading.words.join(" ")).collect(),
                span: place_of(context, node, typed, &term),
            });
            read.extend(speller.corrected(&term, &readings));
        }
        *terms = read;
    }
    corrections
}

/// Byte range of a term in the query text.
fn place_of(context: &Context<'_>, node: &Node, typed: &str, term: &Term) -> Range<usize> {
    // Punctuation around a word is part of its node, not of the word.
    let before = context.text.get(node.span.clone()).and_then(|text| text.find(typed)).unwrap_or(0);
    let start = node.span.start + before;
    start + term.word.span.start..start + term.word.span.end
}

/// What a misspelt word may be meant as: one word, or two where a space is missing.
struct Reading {
    words: Vec<String>,
    weight: f32,
}

struct Speller<'a> {
    context: &'a Context<'a>,
    lexicon: &'a Lexicon<'a>,
}

impl Speller<'_> {
    /// Nodes and places in them of the terms that are half of a known word (`traf ficking`, `co-ordinat`).
    fn in_compound(&self, terms: &[Vec<Term>]) -> BTreeSet<(usize, usize)> {
        let places = terms.iter().enumerate().flat_map(|(at, terms)| (0..terms.len()).map(move |place| (at, place)));
        let places: Vec<(usize, usize)> = places.collect();
        let folded = |&(at, place): &(usize, usize)| terms[at][place].word.folded.as_str();
        let is_known = |pair: &&[(usize, usize)]| self.lexicon.is_known(&(pair.iter().map(folded).collect::<String>()));
        places.windows(2).filter(is_known).flatten().copied().collect()
    }

    fn is_wrong(&self, surface: &str, term: &Term) -> bool {
        let word = &term.word.folded;
        !term.resolution.optional
            && !term.word.fixed
            && term.resolution.documents == 0
            && term.resolution.compounds.is_empty()
            && word.chars().count() >= MIN_LETTERS
            && word.chars().all(char::is_alphabetic)
            && !self.context.taxonomy.has_word_in_name(word)
            && !self.has_other_form(surface)
    }

    /// Whether the texts of a language have another form of a word: one with the stem that this one has in it.
    fn has_other_form(&self, surface: &str) -> bool {
        Language::ANALYSED.iter().any(|&language| {
            let stem = self.lexicon.analyzer.stem(surface, language);
            // Forms of a word begin as its stem does, but for its last letter (`study`, `studi`).
            let shorter = stem.char_indices().next_back().map_or("", |(last, _)| &stem[..last]);
            let prefix = if shorter.chars().count() < MIN_LETTERS - 1 { stem.as_str() } else { shorter };
            let forms = self.lexicon.vocabularies.iter().flat_map(|vocabulary| vocabulary.starting_with(prefix));
            forms
                .map(|(_, entry)| entry)
                .any(|entry| entry.languages.contains(&language) && entry.stems.contains(&stem))
        })
    }

    /// What a word may be meant as, the most likely first.
    fn readings(&self, word: &str) -> Vec<Reading> {
        let most = if word.chars().count() < LONG_LETTERS { 1 } else { 2 };
        let near = self.near(word, 1);
        if !near.is_empty() {
            return near;
        }
        match self.apart(word) {
            Some(reading) => vec![reading],
            None if most > 1 => self.near(word, most),
            None => Vec::new(),
        }
    }

    /// The words at most so many edits away.
    fn near(&self, word: &str, distance: u8) -> Vec<Reading> {
        let mut documents: BTreeMap<String, f32> = BTreeMap::new();
        for (near, entry) in self.lexicon.vocabularies.iter().flat_map(|vocabulary| vocabulary.within(word, distance)) {
            *documents.entry(near).or_default() += entry.documents as f32;
        }
        documents.retain(|near, _| self.is_word(near));
        if documents.is_empty() {
            let named = self.context.taxonomy.words_in_names_near(word, usize::from(distance));
            documents.extend(named.filter(|near| self.is_word(near)).map(|near| (near.to_owned(), 1.0)));
        }
        let likely = |(near, documents): (String, f32)| {
            let same_initial = near.chars().next() == word.chars().next();
            (near, if same_initial { documents } else { documents * OTHER_INITIAL })
        };
        let mut near: Vec<(String, f32)> = documents.into_iter().map(likely).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let best = near.first().map_or(0.0, |&(_, likely)| likely);
        let weight = WEIGHTS[usize::from(distance) - 1];
        let near = near.into_iter().take_while(|&(_, likely)| likely >= NOISE * best);
        let mut readings: Vec<Reading> =
            near.map(|(near, likely)| Reading { words: vec![near], weight: weight * likely / best }).collect();
        readings.truncate(MAX_READINGS);
        readings
    }

    /// Whether someone may have meant a word: no number, code or stop word.
    fn is_word(&self, word: &str) -> bool {
        let is_stop_word = |language: &Language| self.lexicon.analyzer.is_stop_word(word, *language);
        word.chars().count() >= MIN_LETTERS - 1
            && word.chars().all(char::is_alphabetic)
            && !Language::ANALYSED.iter().any(is_stop_word)
    }

    /// Two known words that a word is without the space between them; of several, those of which the rarer one is the
    /// most frequent.
    fn apart(&self, word: &str) -> Option<Reading> {
        let cuts = word.char_indices().skip(MIN_LETTERS).map(|(at, _)| word.split_at(at));
        let cuts = cuts
            .filter(|(first, last)| last.chars().count() >= MIN_LETTERS && self.is_word(first) && self.is_word(last));
        let rarer = |(first, last): &(&str, &str)| self.lexicon.documents(first).min(self.lexicon.documents(last));
        let (_, first, last) =
            cuts.map(|cut| (rarer(&cut), cut.0, cut.1)).filter(|&(documents, ..)| documents > 0).max()?;
        Some(Reading { words: vec![first.to_owned(), last.to_owned()], weight: 1.0 })
    }

    /// The terms that a misspelt one is replaced by, at its place.
    fn corrected(&self, wrong: &Term, readings: &[Reading]) -> Vec<Term> {
        let Some(best) = readings.first() else { return Vec::new() };
        let mut terms: Vec<Term> = best.words.iter().flat_map(|word| self.lexicon.terms(word)).collect();
        for term in &mut terms {
            term.word.span = wrong.word.span.clone();
            term.word.joined = false;
        }
        if let [term] = terms.as_mut_slice() {
            term.word.joined = wrong.word.joined;
            term.corrected = self.members(readings);
        }
        terms
    }

    /// The tokens and phrases of all readings, each with the weight of the most likely one that has it.
    fn members(&self, readings: &[Reading]) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for reading in readings {
            for term in reading.words.iter().flat_map(|word| self.lexicon.terms(word)) {
                for member in self.lexicon.members(&term) {
                    if !members.iter().any(|known| known.phrase == member.phrase) {
                        members.push(Member { weight: member.weight * reading.weight, ..member });
                    }
                }
            }
        }
        members
    }
}

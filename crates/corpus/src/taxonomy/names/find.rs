//! Finding names in the words of a query.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{ConceptNames, NamedConcept, Node, Symbol};
use crate::analysis::Analyzer;
use crate::model::Language;
use crate::taxonomy::pattern::MAX_COMPOUND_WORDS;

/// Most small words that may stand between two words of a name: `derechos de los trabajadores`.
const MAX_SKIPPED: usize = 3;

/// A word of a query.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'q> {
    /// As typed.
    pub surface: &'q str,
    /// Folded.
    pub folded: &'q str,
    /// Whether only a hyphen stands before it.
    pub joined: bool,
    /// Whether it is a stop word of some language: it may stand between the words of a name.
    pub optional: bool,
}

/// Words of a query that name a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'n> {
    /// The words, by position.
    pub words: Range<usize>,
    /// What they name.
    pub concept: &'n NamedConcept,
    /// The names that they are, by position in the concept.
    pub names: Vec<usize>,
}

/// How much a typed word differs from that of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    None,
    /// A plural ending.
    Plural,
    /// An ending that the stemmer takes off.
    Ending,
}

/// A name at some place, by its position in its concept, and that of the concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    difference: Difference,
    concept: usize,
    name: usize,
}

/// One step of the walk: over a word, or over a compound as one word.
struct Step {
    to: usize,
    symbols: Vec<(Symbol, Difference)>,
}

struct Walk {
    node: Node,
    at: usize,
    skipped: usize,
    difference: Difference,
}

impl ConceptNames {
    /// The concepts that words side by side name, in order of their place, longer first, then in that of the schemes.
    ///
    /// A word is compared folded, in its stem of each language as typed, and compounds with and without their hyphen;
    /// stop words of a name may be left out or be others. Abbreviations that are a stop word, or are marked so, count
    /// only as written. Of several names at one place, those that are nearest to what was typed count: `immigrants`
    /// names the immigrant, not immigration, though one stem is common to both.
    #[must_use]
    pub fn find(&self, typed: &[Typed<'_>], analyzer: &Analyzer) -> Vec<Found<'_>> {
        let steps: Vec<Vec<Step>> = (0..typed.len()).map(|at| self.steps(typed, at, analyzer)).collect();
        let mut at_place: BTreeMap<(usize, usize), Vec<Hit>> = BTreeMap::new();
        let mut pending = Vec::new();
        for start in 0..typed.len() {
            pending.push(Walk { node: 0, at: start, skipped: 0, difference: Difference::None });
            while let Some(walk) = pending.pop() {
                for step in steps.get(walk.at).into_iter().flatten() {
                    for &(symbol, difference) in &step.symbols {
                        let Some(&node) = self.trie.edges.get(&(walk.node, symbol)) else { continue };
                        let difference = walk.difference.max(difference);
                        for &(concept, name) in &self.trie.ends[node as usize] {
                            if self.counts(concept, name, &typed[start..step.to]) {
                                // The end is kept so that at one start the longest comes first.
                                let place = at_place.entry((start, usize::MAX - step.to)).or_default();
                                place.push(Hit { difference, concept, name });
                            }
                        }
                        pending.push(Walk { node, at: step.to, skipped: 0, difference });
                    }
                }
                let may_skip = walk.node != 0 && walk.skipped < MAX_SKIPPED;
                if may_skip && typed.get(walk.at).is_some_and(|word| word.optional) {
                    pending.push(Walk { at: walk.at + 1, skipped: walk.skipped + 1, ..walk });
                }
            }
        }
        at_place.into_iter().flat_map(|((start, end), hits)| self.nearest(start..usize::MAX - end, hits)).collect()
    }

    /// Of the names at one place, those that differ least.
    fn nearest(&self, words: Range<usize>, mut hits: Vec<Hit>) -> Vec<Found<'_>> {
        let least = hits.iter().map(|hit| hit.difference).min();
        hits.retain(|hit| Some(hit.difference) == least);
        hits.sort_unstable();
        hits.dedup();
        let of_concept = hits.chunk_by(|one, next| one.concept == next.concept);
        let found = of_concept.map(|hits| Found {
            words: words.clone(),
            concept: &self.concepts[hits[0].concept],
            names: hits.iter().map(|hit| hit.name).collect(),
        });
        found.collect()
    }

    fn counts(&self, concept: usize, name: usize, typed: &[Typed<'_>]) -> bool {
        let name = &self.concepts[concept].names[name];
        let may_be_folded = !(name.as_written || name.abbreviation && typed.iter().any(|word| word.optional));
        may_be_folded || {
            let written: String = typed.iter().map(|word| word.surface).collect();
            let written = letters(&written);
            let expected = letters(&name.text);
            written == expected || written.strip_suffix('s') == Some(&expected)
        }
    }

    fn steps(&self, typed: &[Typed<'_>], at: usize, analyzer: &Analyzer) -> Vec<Step> {
        let joined = typed[at + 1..].iter().take_while(|word| word.joined).count();
        let mut steps = vec![Step { to: at + 1, symbols: self.symbols(typed[at].surface, typed[at].folded, analyzer) }];
        if (1..MAX_COMPOUND_WORDS).contains(&joined) {
            let run = &typed[at..=at + joined];
            let surface: String = run.iter().map(|word| word.surface).collect();
            let folded: String = run.iter().map(|word| word.folded).collect();
            steps.push(Step { to: at + joined + 1, symbols: self.symbols(&surface, &folded, analyzer) });
        }
        steps
    }

    /// The words of names that a typed word may be, each once.
    fn symbols(&self, surface: &str, folded: &str, analyzer: &Analyzer) -> Vec<(Symbol, Difference)> {
        let stems = Language::ANALYSED.map(|language| (language, analyzer.stem(surface, language)));
        let singular = folded.strip_suffix('s').unwrap_or(folded);
        let plain = [folded, singular].map(|word| (Language::Undetermined, word.to_owned()));
        let keys = plain.into_iter().chain(stems);
        let mut symbols: Vec<Symbol> = keys.filter_map(|key| self.trie.symbols.get(&key)).flatten().copied().collect();
        symbols.sort_unstable();
        symbols.dedup();
        symbols.into_iter().map(|symbol| (symbol, difference(folded, &self.trie.words[symbol as usize]))).collect()
    }
}

fn difference(typed: &str, word: &str) -> Difference {
    if typed == word {
        Difference::None
    } else if singulars(typed).any(|form| singulars(word).any(|other| form == other)) {
        Difference::Plural
    } else {
        Difference::Ending
    }
}

/// A word, and what may be its singular.
fn singulars(word: &str) -> impl Iterator<Item = &str> {
    std::iter::once(word).chain(["s", "es", "x"].into_iter().filter_map(|ending| word.strip_suffix(ending)))
}

/// Letters and digits of a text, with their capitals and accents.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

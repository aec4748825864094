//! [`Trie`]: all patterns in one tree of word numbers, and the walk of a text through it.

use std::collections::HashMap;
use std::ops::Range;

use super::lexicon::{Lexicon, Symbol};
use super::pattern::MAX_COMPOUND_WORDS;
use crate::analysis::Word;

type Node = u32;

const ROOT: Node = 0;

/// The word sequences of all patterns. An entry number of type `usize` ends a sequence.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    lexicon: Lexicon,
    edges: HashMap<(Node, Symbol), Node>,
    /// Entries that end at each node.
    ends: Vec<Vec<usize>>,
}

/// An entry found in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TrieHit {
    /// Position of its first word.
    pub(super) start: usize,
    /// Position after its last word.
    pub(super) end: usize,
    /// Number of the entry.
    pub(super) entry: usize,
}

/// The words of a text as steps of a walk: from each position one word on, or over a hyphenated compound as one word
/// (`co-operation` is two words, and `cooperation`).
struct Steps {
    single: Vec<Vec<Symbol>>,
    /// Compounds by their first word, in order: the position after them, and what they match.
    compounds: Vec<(usize, usize, Vec<Symbol>)>,
}

impl Trie {
    pub(super) fn new() -> Trie {
        Trie { lexicon: Lexicon::default(), edges: HashMap::new(), ends: vec![Vec::new()] }
    }

    /// Adds a sequence of words for an entry.
    pub(super) fn insert(&mut self, words: &[String], entry: usize) {
        let mut node = ROOT;
        for word in words {
            let symbol = self.lexicon.add(word);
            // Nodes are as many as the words of all patterns, some ten thousands: far below the range of the type.
            let fresh = Node::try_from(self.ends.len()).unwrap_or(Node::MAX);
            node = *self.edges.entry((node, symbol)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        }
        let ends = &mut self.ends[node as usize];
        if !ends.contains(&entry) {
            ends.push(entry);
        }
    }

    /// Every entry that stands in a text, in order of start, end, entry; one that stands there in two readings once.
    pub(super) fn find(&self, words: &[Word]) -> Vec<TrieHit> {
        let steps = self.steps(words);
        let mut hits = Vec::new();
        let mut pending: Vec<(Node, usize)> = Vec::new();
        for start in 0..words.len() {
            pending.push((ROOT, start));
            while let Some((node, position)) = pending.pop() {
                hits.extend(self.ends[node as usize].iter().map(|&entry| TrieHit { start, end: position, entry }));
                for (next, symbols) in steps.from(position) {
                    let reached = symbols.iter().filter_map(|&symbol| self.edges.get(&(node, symbol)));
                    pending.extend(reached.map(|&reached| (reached, next)));
                }
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    fn steps(&self, words: &[Word]) -> Steps {
        let single = words.iter().map(|word| self.lexicon.symbols(&word.folded)).collect();
        let compounds = compounds(words).filter_map(|range| {
            let joined: String = words[range.clone()].iter().map(|word| word.folded.as_str()).collect();
            let symbols = self.lexicon.symbols(&joined);
            (!symbols.is_empty()).then_some((range.start, range.end, symbols))
        });
        Steps { single, compounds: compounds.collect() }
    }
}

impl Steps {
    /// The positions that can be reached from a position, with the word numbers that lead there.
    fn from(&self, position: usize) -> impl Iterator<Item = (usize, &[Symbol])> {
        let single = self.single.get(position).map(|symbols| (position + 1, symbols.as_slice()));
        let compound = self.compounds.binary_search_by_key(&position, |&(start, ..)| start);
        let compound = compound.ok().map(|found| {
            let (_, end, symbols) = &self.compounds[found];
            (*end, symbols.as_slice())
        });
        single.into_iter().chain(compound)
    }
}

/// The hyphenated compounds of a text: longest runs of words with only hyphens between, of two words or more.
fn compounds(words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let runs = words.chunk_by(|_, next| next.joined).map(move |run| {
        let range = start..start + run.len();
        start = range.end;
        range
    });
    runs.filter(|range| (2..=MAX_COMPOUND_WORDS).contains(&range.len()))
}

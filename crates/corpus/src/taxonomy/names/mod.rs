//! [`ConceptNames`]: which concepts the words of a query name, and what else these are called.
//!
//! ```text
//! Taxonomy --ConceptNames::new--> ConceptNames --find, with the words of a query--> Found: a run of words, a concept, its names
//! ```
//!
//! Unlike the [`super::Matcher`], which labels texts of a known language and takes them as written, this reads what
//! people type: in any language, in singular or plural, with accents or without, with or without the small words.

mod build;
mod find;

use std::collections::HashMap;

pub use find::{Found, Typed};

use crate::model::Language;

/// The names of all concepts, ready to be found in queries. Built once, asked by every query.
#[derive(Debug, Clone, Default)]
pub struct ConceptNames {
    concepts: Vec<NamedConcept>,
    trie: Trie,
}

/// The names of one meaning of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedConcept {
    /// Id of the scheme.
    pub scheme: String,
    /// Id of the concept; where it was replaced, of the one that replaced it.
    pub concept: String,
    /// Whether each of the names may stand for every other one. Else they only tell which concept is meant.
    pub equivalent: bool,
    /// The names: preferred ones first in each language.
    pub names: Vec<Name>,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the scheme writes it.
    pub text: String,
    /// The form in which names are compared: see [`name_key`].
    pub key: String,
    /// Its language; undetermined for abbreviations and aliases of processes and countries, which belong to none.
    pub language: Language,
    /// Whether it is an abbreviation: one word, mostly of capitals.
    pub abbreviation: bool,
    /// Whether it counts only with its capitals.
    pub as_written: bool,
    /// Whether it misleads if taken alone: an everyday word.
    pub risky: bool,
}

type Node = u32;
type Symbol = u32;

/// The words of all names in one tree, small words left out.
#[derive(Debug, Clone, Default)]
struct Trie {
    /// Every word of a name in its language, folded, by its number.
    words: Vec<String>,
    /// Numbers of the words of a language that have a key: their stem as written or as typed without accents; without
    /// a language, the folded word itself.
    symbols: HashMap<(Language, String), Vec<Symbol>>,
    edges: HashMap<(Node, Symbol), Node>,
    /// ConceptNames that end at each node: position of the concept and of the name in it.
    ends: Vec<Vec<(usize, usize)>>,
}

impl ConceptNames {
    /// The concepts with their names.
    #[must_use]
    pub fn concepts(&self) -> &[NamedConcept] {
        &self.concepts
    }
}

/// The form in which names are compared: folded words with a space between.
#[must_use]
pub fn name_key(text: &str) -> String {
    let folded: Vec<String> = crate::analysis::words(text).into_iter().map(|word| word.folded).collect();
    folded.join(" ")
}

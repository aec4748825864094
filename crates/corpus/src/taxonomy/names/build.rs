//! Making [`ConceptNames`] of a taxonomy.

use std::collections::{BTreeSet, HashSet};

use super::{ConceptNames, Name, NamedConcept, Node, Symbol, Trie, name_key};
use crate::analysis::{Analyzer, Token, fold};
use crate::model::Language;
use crate::taxonomy::pattern::MAX_COMPOUND_WORDS;
use crate::taxonomy::{Concept, NameGroup, Scheme, Taxonomy};

/// Letters of which an abbreviation has at least one small run less: `IACtHR` is one, `Frontex` is none.
const MAX_SMALL_RUN: usize = 3;

impl ConceptNames {
    /// The names of a taxonomy: every group of `names`, and what else a concept is called (labels, abbreviation,
    /// aliases, former and weak names). The latter are equivalents in a scheme whose names in running text are facts of
    /// their own (`mentioned_as`: processes, countries); elsewhere they only tell which concept is meant.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy, analyzer: &Analyzer) -> ConceptNames {
        let mut names = ConceptNames { trie: Trie::new(), ..ConceptNames::default() };
        for (scheme, concept, current) in taxonomy.concepts_with_current() {
            for group in &concept.names {
                names.add(scheme, current, true, group_names(group), analyzer);
            }
            names.add(scheme, current, scheme.mentioned_as.is_some(), own_names(concept), analyzer);
        }
        names
    }

    fn add(&mut self, scheme: &Scheme, current: &Concept, equivalent: bool, mut list: Vec<Name>, analyzer: &Analyzer) {
        let mut seen = HashSet::new();
        list.retain(|name| seen.insert((name.language, name.key.clone())));
        for (position, name) in list.iter().enumerate() {
            self.trie.insert(name, (self.concepts.len(), position), analyzer);
        }
        let (scheme, concept) = (scheme.id.clone(), current.id.clone());
        self.concepts.push(NamedConcept { scheme, concept, equivalent, names: list });
    }
}

fn group_names(group: &NameGroup) -> Vec<Name> {
    let mut names = Vec::new();
    for (&language, terms) in &group.terms {
        let risky = group.risk.get(&language);
        names.extend(terms.iter().map(|term| {
            let abbreviation = is_abbreviation(term);
            let marked = risky.is_some_and(|risky| risky.contains(term));
            let key = name_key(term);
            let risky = marked && !key.contains(' ');
            Name { text: term.clone(), key, language, abbreviation, as_written: marked && abbreviation, risky }
        }));
    }
    names
}

fn own_names(concept: &Concept) -> Vec<Name> {
    let full = |language: Language, text: &str| Name {
        text: text.to_owned(),
        key: name_key(text),
        language,
        abbreviation: is_abbreviation(text),
        as_written: false,
        risky: false,
    };
    let mut names: Vec<Name> = concept.label.iter().map(|(language, label)| full(language, label)).collect();
    let others = concept.former_names.iter().chain(&concept.aliases).chain(&concept.abbreviation);
    names.extend(others.map(|name| full(Language::Undetermined, name)));
    let weak = concept.weak_aliases.iter().map(|name| full(Language::Undetermined, name));
    names.extend(weak.map(|name| Name { as_written: true, ..name }));
    names
}

/// One word, mostly of capitals: `RCM`, `IACtHR`, `EU-LAC`, `RCPs`.
fn is_abbreviation(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let small_run = text.split(|c: char| !c.is_lowercase()).map(str::len).max().unwrap_or(0);
    !text.contains(char::is_whitespace) && capitals >= 2 && small_run <= MAX_SMALL_RUN
}

impl Trie {
    pub(super) fn new() -> Trie {
        Trie { ends: vec![Vec::new()], ..Trie::default() }
    }

    fn insert(&mut self, name: &Name, end: (usize, usize), analyzer: &Analyzer) {
        // Abbreviations are never stemmed: COMMIT is not met by "committed".
        let language = if name.abbreviation { Language::Undetermined } else { name.language };
        for words in content(&name.text, language, analyzer) {
            let mut node: Node = 0;
            for word in words {
                let symbol = self.symbol(&word, language, analyzer);
                // Nodes are as many as the words of all names, some ten thousands: far below the range of the type.
                let fresh = Node::try_from(self.ends.len()).unwrap_or(Node::MAX);
                node = *self.edges.entry((node, symbol)).or_insert(fresh);
                if node == fresh {
                    self.ends.push(Vec::new());
                }
            }
            self.ends[node as usize].push(end);
        }
    }

    /// The number of a word as written in a language; a new one gets its keys.
    fn symbol(&mut self, written: &str, language: Language, analyzer: &Analyzer) -> Symbol {
        let folded = fold(written);
        let stems = [written, &folded].map(|form| analyzer.stem(form, language));
        let keys: BTreeSet<(Language, String)> =
            stems.map(|stem| (language, stem)).into_iter().chain([(Language::Undetermined, folded.clone())]).collect();
        let known = self.symbols.get(&(Language::Undetermined, folded.clone())).into_iter().flatten();
        // The same spelling in two languages is two words: each has stems of its own.
        let same = known.copied().find(|&symbol| {
            keys.iter().all(|key| self.symbols.get(key).is_some_and(|symbols| symbols.contains(&symbol)))
        });
        if let Some(symbol) = same {
            return symbol;
        }
        // As many as different words.
        let symbol = Symbol::try_from(self.words.len()).unwrap_or(Symbol::MAX);
        self.words.push(folded);
        for key in keys {
            self.symbols.entry(key).or_default().push(symbol);
        }
        symbol
    }
}

/// The words of a name that count, as written: without stop words of its language, unless it has no others. Where
/// hyphens join words, also with each such compound as one word.
fn content(text: &str, language: Language, analyzer: &Analyzer) -> Vec<Vec<String>> {
    let tokens = analyzer.analyze(text, language);
    let all_stop = tokens.iter().all(|token| token.stem.is_none());
    let kept: Vec<&Token> = tokens.iter().filter(|token| all_stop || token.stem.is_some()).collect();
    let written = |run: &[&Token]| -> String { run.iter().map(|token| &text[token.span.clone()]).collect() };
    let apart: Vec<String> = kept.iter().map(|token| written(&[token])).collect();
    let runs = kept.chunk_by(|_, next| next.joined);
    let joined: Vec<String> = runs
        .flat_map(|run| match run.len() {
            2..=MAX_COMPOUND_WORDS => vec![written(run)],
            _ => run.iter().map(|token| written(&[token])).collect(),
        })
        .collect();
    if joined.len() < apart.len() { vec![apart, joined] } else { vec![apart] }
}

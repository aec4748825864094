//! [`Taxonomy`]: all schemes together, with the hierarchy resolved.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::check::{BUILT_IN_FACETS, SchemeError, check};
use super::names::name_key;
use super::nearest::distance;
use super::{Concept, Scheme};
use crate::analysis::words;

/// Facets that come first where they exist, in this order; the others follow by name.
const FIRST_FACETS: [&str; 7] = ["rcp", "mentions", "theme", "region", "type", "country", "process_type"];

/// Most ways to a concept that [`Taxonomy::paths`] lists: a hierarchy for people never has as many.
const MAX_PATHS: usize = 64;

/// All concept schemes of a configuration, checked: ids are unique in their scheme, every `broader`, `implies`
/// and `replaced_by` leads somewhere, and no concept is its own ancestor.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    schemes: Vec<Scheme>,
    lookups: Vec<Lookup>,
    /// Folded words of names of every kind, in any language.
    words: BTreeSet<String>,
}

/// What is computed once about a scheme. Concepts are given by their position.
#[derive(Debug, Clone)]
struct Lookup {
    by_id: HashMap<String, usize>,
    /// Folded names of every kind; a name may belong to several concepts.
    by_name: HashMap<String, Vec<usize>>,
    parents: Vec<Vec<usize>>,
}

/// A facet of the index: a countable dimension of documents and passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetDefinition {
    /// Name, as in requests and answers: `rcp`, `mentions`, `year`.
    pub name: String,
    /// Scheme whose concepts are its values; `None` for `year`, `lang` and `event`.
    pub scheme: Option<String>,
}

impl Taxonomy {
    /// Checks schemes and puts them in the order of their ids.
    ///
    /// # Errors
    /// [`SchemeError`] for the first thing that is wrong: an id of bad form or used twice, a relation that leads
    /// nowhere or in a circle, a facet fed twice, a name or phrase that can match nothing, a number out of range.
    pub fn new(mut schemes: Vec<Scheme>) -> Result<Taxonomy, SchemeError> {
        schemes.sort_by(|a, b| a.id.cmp(&b.id));
        check(&schemes)?;
        let lookups = schemes.iter().map(Lookup::new).collect();
        let names = schemes.iter().flat_map(|scheme| &scheme.concepts).flat_map(Concept::every_name);
        let words = names.flat_map(words).map(|word| word.folded).collect();
        Ok(Taxonomy { schemes, lookups, words })
    }

    /// The schemes, in the order of their ids.
    #[must_use]
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// The scheme with this id.
    #[must_use]
    pub fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.id == id)
    }

    /// The scheme that feeds a facet.
    #[must_use]
    pub fn scheme_of_facet(&self, facet: &str) -> Option<&Scheme> {
        self.of_facet(facet).map(|(scheme, _)| scheme)
    }

    /// Every facet there is: those of the schemes (processes, themes, regions … first, then by name), then `year`,
    /// `lang` and `event`.
    #[must_use]
    pub fn facets(&self) -> Vec<FacetDefinition> {
        let mut facets: Vec<FacetDefinition> = Vec::new();
        for scheme in &self.schemes {
            let definition = |name: &String| FacetDefinition { name: name.clone(), scheme: Some(scheme.id.clone()) };
            facets.extend(scheme.facets.iter().map(definition));
        }
        let rank = |name: &str| FIRST_FACETS.iter().position(|first| *first == name).unwrap_or(FIRST_FACETS.len());
        facets.sort_by(|a, b| (rank(&a.name), &a.name).cmp(&(rank(&b.name), &b.name)));
        facets.extend(BUILT_IN_FACETS.map(|name| FacetDefinition { name: name.to_owned(), scheme: None }));
        facets
    }

    /// A concept by the facet and its id.
    #[must_use]
    pub fn concept(&self, facet: &str, id: &str) -> Option<&Concept> {
        let (scheme, lookup) = self.of_facet(facet)?;
        lookup.by_id.get(id).map(|&position| &scheme.concepts[position])
    }

    /// Ids of a concept and all its ancestors, each once, itself first, then in breadth-first order. Empty for an
    /// unknown facet or id.
    #[must_use]
    pub fn with_ancestors(&self, facet: &str, id: &str) -> Vec<&str> {
        let Some((scheme, lookup, start)) = self.position(facet, id) else { return Vec::new() };
        let ancestors = lookup.with_ancestors(start);
        ancestors.into_iter().map(|position| scheme.concepts[position].id.as_str()).collect()
    }

    /// Every way from a root to the concept: `["protection-rights", "protection-rights.consular"]`. A concept
    /// with two parents has two. At most 64; empty for an unknown facet or id.
    #[must_use]
    pub fn paths(&self, facet: &str, id: &str) -> Vec<Vec<&str>> {
        let Some((scheme, lookup, start)) = self.position(facet, id) else { return Vec::new() };
        let mut paths = Vec::new();
        let mut pending = vec![vec![start]];
        while let Some(upward) = pending.pop() {
            let parents = upward.last().map_or(&[][..], |&top| lookup.parents[top].as_slice());
            if parents.is_empty() {
                paths.push(upward.iter().rev().map(|&position| scheme.concepts[position].id.as_str()).collect());
                if paths.len() == MAX_PATHS {
                    break;
                }
            }
            pending.extend(parents.iter().rev().map(|&parent| [upward.as_slice(), &[parent]].concat()));
        }
        paths
    }

    /// The concepts that a text names: by id, else by label, alias, former name, abbreviation or weak alias, compared
    /// after folding. More than one, in display order, where a name is shared. A concept that was replaced answers
    /// with the one that replaced it.
    #[must_use]
    pub fn resolve(&self, facet: &str, text: &str) -> Vec<&Concept> {
        let Some((scheme, lookup)) = self.of_facet(facet) else { return Vec::new() };
        let id = text.trim().to_ascii_lowercase();
        let named = match lookup.by_id.get(&id) {
            Some(position) => std::slice::from_ref(position),
            None => lookup.by_name.get(&name_key(text)).map_or(&[][..], Vec::as_slice),
        };
        let mut concepts: Vec<&Concept> = Vec::new();
        for &position in named {
            let current = &scheme.concepts[lookup.current(scheme, position)];
            if !concepts.iter().any(|concept| concept.id == current.id) {
                concepts.push(current);
            }
        }
        concepts
    }

    /// The ids nearest to a mistyped one, best first, at most `limit`: by edit distance to the id, a label or an
    /// abbreviation, or, as one edit more, to a single word of them. What differs in more than a third of its letters
    /// is not near.
    #[must_use]
    pub fn nearest(&self, facet: &str, text: &str, limit: usize) -> Vec<&str> {
        let Some(scheme) = self.scheme_of_facet(facet) else { return Vec::new() };
        let typed = name_key(text);
        let most_edits = typed.chars().count() / 3;
        let mut near: Vec<(usize, &str)> = Vec::new();
        for concept in scheme.concepts.iter().filter(|concept| concept.replaced_by.is_none()) {
            let edits =
                display_names(concept).filter_map(|name| edits_to_name(&typed, &name_key(name), most_edits)).min();
            near.extend(edits.map(|edits| (edits, concept.id.as_str())));
        }
        near.sort_by_key(|&(edits, _)| edits);
        near.into_iter().take(limit).map(|(_, id)| id).collect()
    }

    /// Whether some concept has a folded word in a label, alias, former name, abbreviation or equivalent term.
    #[must_use]
    pub fn has_word_in_name(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }

    /// The words in names that are at most `limit` edits from a folded word, in alphabetical order.
    pub fn words_in_names_near(&self, folded: &str, limit: usize) -> impl Iterator<Item = &str> {
        self.words.iter().filter(move |word| distance(folded, word, limit).is_some()).map(String::as_str)
    }

    /// Every concept with its scheme and the concept that stands for it now.
    pub(super) fn concepts_with_current(&self) -> impl Iterator<Item = (&Scheme, &Concept, &Concept)> {
        self.schemes.iter().zip(&self.lookups).flat_map(|(scheme, lookup)| {
            let current = |position| &scheme.concepts[lookup.current(scheme, position)];
            scheme.concepts.iter().enumerate().map(move |(position, concept)| (scheme, concept, current(position)))
        })
    }

    fn of_facet(&self, facet: &str) -> Option<(&Scheme, &Lookup)> {
        let feeds = |(scheme, _): &(&Scheme, &Lookup)| scheme.facets.iter().any(|name| name == facet);
        self.schemes.iter().zip(&self.lookups).find(feeds)
    }

    fn position(&self, facet: &str, id: &str) -> Option<(&Scheme, &Lookup, usize)> {
        let (scheme, lookup) = self.of_facet(facet)?;
        lookup.by_id.get(id).map(|&position| (scheme, lookup, position))
    }
}

impl Lookup {
    fn new(scheme: &Scheme) -> Lookup {
        let ids = scheme.concepts.iter().enumerate().map(|(position, concept)| (concept.id.clone(), position));
        let by_id: HashMap<String, usize> = ids.collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut parents = Vec::with_capacity(scheme.concepts.len());
        for (position, concept) in scheme.concepts.iter().enumerate() {
            let other_names = [&concept.aliases, &concept.former_names, &concept.weak_aliases];
            for name in display_names(concept).chain(other_names.into_iter().flatten().map(String::as_str)) {
                let sharing = by_name.entry(name_key(name)).or_default();
                if sharing.last() != Some(&position) {
                    sharing.push(position);
                }
            }
            parents.push(concept.broader.iter().filter_map(|id| by_id.get(id).copied()).collect());
        }
        Lookup { by_id, by_name, parents }
    }

    fn with_ancestors(&self, start: usize) -> Vec<usize> {
        let mut seen = HashSet::from([start]);
        let mut waiting = VecDeque::from([start]);
        let mut found = Vec::new();
        while let Some(position) = waiting.pop_front() {
            found.push(position);
            waiting.extend(self.parents[position].iter().filter(|&&parent| seen.insert(parent)));
        }
        found
    }

    /// The concept that stands for one now; the checks have seen that the way there ends.
    fn current(&self, scheme: &Scheme, position: usize) -> usize {
        let mut current = position;
        while let Some(next) = scheme.concepts[current].replaced_by.as_ref().and_then(|id| self.by_id.get(id)) {
            current = *next;
        }
        current
    }
}

/// What a reader sees of a concept: its id, labels and abbreviation.
fn display_names(concept: &Concept) -> impl Iterator<Item = &str> {
    let labels = concept.label.iter().map(|(_, label)| label);
    std::iter::once(concept.id.as_str()).chain(labels).chain(concept.abbreviation.as_deref())
}

fn edits_to_name(typed: &str, name: &str, most: usize) -> Option<usize> {
    let whole = distance(typed, name, most);
    let fewer = most.checked_sub(1)?;
    let to_a_word = name.split(' ').filter_map(|word| distance(typed, word, fewer)).min();
    whole.into_iter().chain(to_a_word.map(|edits| edits + 1)).min()
}

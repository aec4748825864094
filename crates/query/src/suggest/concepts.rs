//! [`ConceptBeginnings`]: the names of all concepts, found by how any of their words begins.

use std::collections::BTreeMap;

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::{Concept, Taxonomy};

use super::typed::Typed;

/// Most names that one look-up reads.
const MAX_READ: usize = 5_000;

/// The names of the concepts that feed a facet, in every language, with abbreviations and former names.
#[derive(Debug)]
pub(crate) struct ConceptBeginnings {
    /// By the folded words from one of them on.
    names: Vec<Name>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// The folded words of the name from some word on.
    key: String,
    is_later_word: bool,
    scheme: usize,
    concept: usize,
    name: String,
}

/// A concept that a beginning leads to.
pub(super) struct Named<'a> {
    pub(super) facet: &'a str,
    pub(super) concept: &'a Concept,
    /// Its label in the language asked for.
    pub(super) label: &'a str,
    /// The name that begins so, or has a word that does; its label if that does.
    pub(super) name: &'a str,
    /// Whether the name itself begins so.
    pub(super) at_start: bool,
}

impl ConceptBeginnings {
    pub(crate) fn new(taxonomy: &Taxonomy) -> ConceptBeginnings {
        let mut names = Vec::new();
        for (scheme, content) in taxonomy.schemes().iter().enumerate().filter(|(_, scheme)| !scheme.facets.is_empty()) {
            for (at, concept) in
                content.concepts.iter().enumerate().filter(|(_, concept)| concept.replaced_by.is_none())
            {
                for name in concept.every_name() {
                    let folded = Typed::new(name).folded();
                    let starts = [0].into_iter().chain(folded.match_indices(' ').map(|(space, _)| space + 1));
                    names.extend(starts.map(|start| Name {
                        key: folded[start..].to_owned(),
                        is_later_word: start > 0,
                        scheme,
                        concept: at,
                        name: name.to_owned(),
                    }));
                }
            }
        }
        names.sort();
        names.dedup();
        ConceptBeginnings { names }
    }

    /// The concepts with a name in which some word and what follows it begins so, each once, in the order of the
    /// taxonomy, which must be the one that the names are of.
    pub(super) fn starting_with<'a>(&'a self, taxonomy: &'a Taxonomy, prefix: &str, ui: Language) -> Vec<Named<'a>> {
        let first = self.names.partition_point(|name| name.key.as_str() < prefix);
        let found = self.names[first..].iter().take_while(|name| name.key.starts_with(prefix)).take(MAX_READ);
        let mut best: BTreeMap<(usize, usize), (bool, bool, &Name)> = BTreeMap::new();
        for name in found {
            let Some(concept) = taxonomy.schemes().get(name.scheme).and_then(|it| it.concepts.get(name.concept)) else {
                continue;
            };
            let rank = (name.is_later_word, name.name != concept.label.get(ui), name);
            let known = best.entry((name.scheme, name.concept)).or_insert(rank);
            if rank < *known {
                *known = rank;
            }
        }
        let named = |((scheme, concept), (is_later_word, _, name)): ((usize, usize), (bool, bool, &'a Name))| {
            let scheme = taxonomy.schemes().get(scheme)?;
            let concept = scheme.concepts.get(concept)?;
            let facet = scheme.facets.first()?;
            Some(Named { facet, concept, label: concept.label.get(ui), name: &name.name, at_start: !is_later_word })
        };
        best.into_iter().filter_map(named).collect()
    }
}

//! [`Concepts`]: what documents can be about, from the schemes of the configuration, with a natural skew.

use fastrand::Rng;
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::{Concept, Taxonomy};

use super::draw::Weights;

/// The concepts of one scheme, some of them far more frequent than others.
pub(super) struct Skewed<'a> {
    concepts: Vec<&'a Concept>,
    weights: Weights,
}

/// What documents can be about.
pub(super) struct Concepts<'a> {
    /// Processes, in the order of their scheme.
    pub(super) rcps: Skewed<'a>,
    /// Types of documents, in the order of their scheme.
    pub(super) types: Skewed<'a>,
    /// Themes.
    pub(super) themes: Skewed<'a>,
    /// Countries.
    pub(super) countries: Skewed<'a>,
}

impl<'a> Skewed<'a> {
    fn new(taxonomy: &'a Taxonomy, scheme: &str, shuffled: bool) -> Skewed<'a> {
        let all = taxonomy.scheme(scheme).map(|scheme| scheme.concepts.as_slice()).unwrap_or_default();
        let mut concepts: Vec<&Concept> = all.iter().filter(|concept| concept.replaced_by.is_none()).collect();
        if shuffled {
            // Always the same order, whatever the seed: what is frequent is a property of the world.
            Rng::with_seed(1).shuffle(&mut concepts);
        }
        Skewed { weights: Weights::zipf(concepts.len(), 1.0, 2.0), concepts }
    }

    /// Up to `most` different concepts, at least one where there is any.
    pub(super) fn draw(&self, rng: &mut Rng, most: usize) -> Vec<&'a Concept> {
        let mut drawn: Vec<&Concept> = Vec::new();
        for _ in 0..rng.usize(1..=most.max(1)) {
            let concept = self.concepts.get(self.weights.draw(rng)).copied();
            drawn.extend(concept.filter(|concept| drawn.iter().all(|other| other.id != concept.id)));
        }
        drawn
    }
}

impl<'a> Concepts<'a> {
    /// The concepts of a configuration.
    #[must_use]
    pub(super) fn of(taxonomy: &'a Taxonomy) -> Concepts<'a> {
        Concepts {
            rcps: Skewed::new(taxonomy, "rcp", false),
            types: Skewed::new(taxonomy, "document-type", false),
            themes: Skewed::new(taxonomy, "theme", true),
            countries: Skewed::new(taxonomy, "country", true),
        }
    }
}

/// Labels and names of concepts in a language: what a text about them says.
pub(super) fn phrases<'a>(concepts: &[&'a Concept], language: Language) -> Vec<&'a str> {
    let of = |concept: &'a Concept| {
        let label = concept.label.iter().find(|(of, _)| *of == language).map(|(_, label)| label);
        let names = concept.names.iter().filter_map(move |group| group.terms.get(&language)).flatten();
        label.into_iter().chain(names.map(String::as_str))
    };
    concepts.iter().copied().flat_map(of).collect()
}

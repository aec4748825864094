//! [`Taxonomy`]: all schemes together, with the hierarchy resolved.

use super::{Concept, Scheme};

/// All concept schemes of a configuration, checked: ids are unique in their scheme, every `broader`, `implies`
/// and `replaced_by` leads somewhere, and no concept is its own ancestor.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    schemes: Vec<Scheme>,
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
        self.schemes.iter().find(|scheme| scheme.facets.iter().any(|name| name == facet))
    }

    /// Every facet there is: those of the schemes, then `year`, `lang` and `event`.
    #[must_use]
    pub fn facets(&self) -> Vec<FacetDefinition> {
        todo!()
    }

    /// A concept by the facet and its id.
    #[must_use]
    pub fn concept(&self, _facet: &str, _id: &str) -> Option<&Concept> {
        todo!()
    }

    /// Ids of a concept and all its ancestors, each once, itself first, then in breadth-first order.
    #[must_use]
    pub fn with_ancestors(&self, _facet: &str, _id: &str) -> Vec<&str> {
        todo!()
    }

    /// Every way from a root to the concept: `["protection-rights", "protection-rights.consular"]`. A concept
    /// with two parents has two.
    #[must_use]
    pub fn paths(&self, _facet: &str, _id: &str) -> Vec<Vec<&str>> {
        todo!()
    }

    /// The concepts that a text names: by id, label, alias, former name or abbreviation, compared after folding.
    /// More than one where a name is shared.
    #[must_use]
    pub fn resolve(&self, _facet: &str, _text: &str) -> Vec<&Concept> {
        todo!()
    }

    /// The ids nearest to a mistyped one (edit distance over ids, labels, abbreviations), best first.
    #[must_use]
    pub fn nearest(&self, _facet: &str, _text: &str, _limit: usize) -> Vec<&str> {
        todo!()
    }
}

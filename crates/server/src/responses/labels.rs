//! [`ConceptLabel`]: a concept with its label in the language of the request.

use rcp_corpus::model::{Document, Language};
use rcp_corpus::taxonomy::Taxonomy;
use serde::Serialize;
use utoipa::ToSchema;

/// A concept and what to call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ConceptLabel {
    /// Id of the concept, as in filters.
    #[schema(example = "rcm")]
    pub(crate) id: String,
    /// Label in the language of the request, English where there is no other.
    #[schema(example = "Regional Conference on Migration")]
    pub(crate) label: String,
}

/// Labels of concepts in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labels<'a> {
    taxonomy: &'a Taxonomy,
    ui: Language,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(taxonomy: &'a Taxonomy, ui: Language) -> Labels<'a> {
        Labels { taxonomy, ui }
    }

    /// A concept of a facet; one that the schemes do not know (an id of an older configuration) is its own label.
    pub(crate) fn concept(&self, facet: &str, id: &str) -> ConceptLabel {
        let concept = self.taxonomy.concept(facet, id);
        let label = concept.map_or(id, |concept| concept.label.get(self.ui));
        ConceptLabel { id: id.to_owned(), label: label.to_owned() }
    }

    /// Id of the scheme that feeds a facet.
    pub(crate) fn scheme(&self, facet: &str) -> Option<&'a str> {
        let mut schemes = self.taxonomy.schemes().iter();
        schemes.find(|scheme| scheme.facets.iter().any(|fed| fed == facet)).map(|scheme| scheme.id.as_str())
    }

    /// The concepts that a document has in a facet.
    pub(crate) fn concepts(&self, document: &Document, facet: &str) -> Vec<ConceptLabel> {
        document.concepts(facet).map(|id| self.concept(facet, id)).collect()
    }
}

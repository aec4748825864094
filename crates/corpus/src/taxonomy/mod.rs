//! Concept schemes: the controlled vocabularies of `index-config/schemes/`, in SKOS words, and the matcher that
//! finds their concepts in text.
//!
//! RCPs, regions, themes, document types and countries are one mechanism: a [`Scheme`] of [`Concept`]s with
//! labels, hierarchy and wording. A new facet is a new file.

mod concept;
mod schemes;

pub use concept::{Classification, Concept, Labels, NameGroup, Phrases, Scheme};
pub use schemes::{FacetDefinition, Taxonomy};

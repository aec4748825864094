//! Concept schemes: the controlled vocabularies of `index-config/schemes/`, in SKOS words, and the matcher that
//! finds their concepts in text.
//!
//! RCPs, regions, themes, document types and countries are one mechanism: a [`Scheme`] of [`Concept`]s with
//! labels, hierarchy and wording. A new facet is a new file.
//!
//! ```text
//! schemes --check--> Taxonomy --Matcher::new--> Matcher --find--> Occurrences --classify--> Labels
//!                             --names::ConceptNames::new--> ConceptNames --find--> what the words of a query name
//! ```

pub mod classify;
pub mod names;

mod check;
mod concept;
mod lexicon;
mod matcher;
mod nearest;
mod overlap;
mod pattern;
mod schemes;
mod trie;

pub(crate) use check::key_text;
pub use check::{SchemeError, Step};
pub use concept::{Belonging, Classification, Concept, Cues, Labels, NameGroup, Phrases, Scheme};
pub use matcher::{Matcher, Occurrence, Role};
pub use schemes::{FacetDefinition, Taxonomy};

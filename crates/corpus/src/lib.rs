//! The corpus: what a document of a Regional Consultative Process is, and what may be said of it.
//!
//! Five things live here, and nothing that reads files of documents, knows an engine or speaks HTTP:
//!
//! - [`model`]: documents, passages, labels, and where every derived value comes from;
//! - [`taxonomy`]: concept schemes (RCPs, regions, themes …) and the matcher that finds their concepts in text;
//! - [`analysis`]: text to tokens, the same way for documents and queries, and the [`vocabulary`] that turns
//!   a typed word into the tokens the corpus holds;
//! - [`completion`]: what a search box can offer while someone types;
//! - [`settings`]: the files of `index-config/`, with their four fingerprints.

pub mod analysis;
pub mod completion;
pub mod model;
pub mod settings;
pub mod taxonomy;
pub mod vocabulary;

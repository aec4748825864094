//! The search index behind one face, free of any engine's types.
//!
//! - [`plan`]: the compiled query: synonym groups, boolean clauses, filters, facets, sort, page;
//! - [`scope`]: which collections a request may see;
//! - [`backend`]: [`backend::IndexBackend`], what an engine must answer; calls block, so callers run them off
//!   the async threads;
//! - [`record`]: what the indexer hands over to be indexed;
//! - [`generation`]: immutable generations on disk: build, verify, publish, open, swap while serving;
//! - `tantivy`: the engine behind the face today, the only module that knows it.

pub mod backend;
pub mod generation;
pub mod plan;
pub mod record;
pub mod scope;
mod tantivy;

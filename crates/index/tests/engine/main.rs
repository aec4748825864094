//! The engine through [`rcp_index::backend::IndexBackend`]: small made-up corpora, and a slow, obvious scan over them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod boolean;
mod corpus;
mod evidence;
mod facets;
mod filters;
mod order;
mod phrases;
mod plans;
mod random;
mod scan;
mod scopes;
mod words;

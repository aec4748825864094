//! Concept schemes at work: the hierarchy, names in queries, names and phrases in text, and the labels they give.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod classify;
mod matcher;
mod names;
mod schemes;

use rcp_corpus::taxonomy::{Scheme, Taxonomy};

/// A taxonomy of schemes written as TOML.
#[track_caller]
fn taxonomy(schemes: &[&str]) -> Taxonomy {
    let schemes = schemes.iter().map(|text| toml::from_str::<Scheme>(text).unwrap());
    Taxonomy::new(schemes.collect()).unwrap()
}

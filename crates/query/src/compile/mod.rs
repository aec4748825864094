//! From the tree of a query to what an engine runs.
//!
//! ```text
//! Ast --groups--> Query (tree of synonym groups) --clause--> Clause over documents or passages
//! ```
//!
//! [`understand()`] resolves words in the vocabulary: accents, plurals, compounds, prefixes, typing errors. What it
//! makes, a [`Query`], knows neither fields nor boosts; [`Query::clause`] spreads it over the fields of a unit, and
//! [`Query::evidence_leaves`] over those of the passages that show why a document matches.

mod clause;
mod expansion;
mod forms;
mod group;
mod spelling;
mod stop_words;
mod term;
#[cfg(test)]
mod tests;
mod understand;
#[cfg(test)]
mod words;

pub(crate) use clause::Boosts;
pub(crate) use group::{Group, Query, Tree};
pub(crate) use term::Lexicon;
pub(crate) use understand::{Context, TITLE_FIELD, UNKNOWN_VALUE, Wants, understand};

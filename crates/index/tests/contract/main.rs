//! What [`rcp_index::backend::IndexBackend`] promises, as cases that every engine answers alike.
//!
//! Each case is written once, as a function over an [`engine::Engine`], and runs as a test of its own for each engine:
//! `words::tantivy::a_boost_is_a_factor`, `words::referee::a_boost_is_a_factor`. Another engine joins by one
//! implementation of that trait and one line in [`cases`]. A case that is not in the list of its file is dead code,
//! which the lints refuse.
//!
//! The [`referee`] is an engine for tests alone: it looks at every record for every answer, slow and obviously right.
//! [`agreement`] compares the two on random corpora and plans; [`isolation`] holds answers beside a restricted
//! collection against those without one. Both take more by `PROPTEST_CASES` (see CONTRIBUTING.md).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot go on says where it stopped")]

/// Runs each case over each engine.
macro_rules! cases {
    ($($case:ident,)*) => {
        cases!(tantivy crate::engine::Tantivy: $($case,)*);
        cases!(referee crate::referee::Referee: $($case,)*);
    };
    // Of one engine alone.
    ($name:ident $engine:ty: $($case:ident,)*) => {
        mod $name {
            $(#[test]
            fn $case() {
                super::$case::<$engine>();
            })*
        }
    };
}

mod agreement;
mod boolean;
mod budgets;
mod corpus;
mod cross_tabs;
mod empty;
mod engine;
mod evidence;
mod explain;
mod facets;
mod filters;
mod isolation;
mod order;
mod pages;
mod phrases;
mod plans;
mod random;
mod reading;
mod referee;
mod scans;
mod scopes;
mod scores;
mod synonyms;
mod unicode;
mod words;

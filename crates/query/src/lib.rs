//! From query text to ranked, faceted answers.
//!
//! ```text
//! query text --ast::parse--> Ast + warnings --compile--> Plan --IndexBackend--> Page --search--> SearchResponse
//! ```
//!
//! [`Searcher`] is the entry: it holds the open index and the settings, and every call answers from one snapshot.

pub mod ast;
pub mod citation;
pub mod request;
pub mod response;
mod searcher;

pub use searcher::{OpenError, SearchError, Searcher, Snapshot};

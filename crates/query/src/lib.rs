//! From query text to ranked, faceted answers.
//!
//! ```text
//! query text --ast::parse--> Ast + warnings --compile--> Plan --IndexBackend--> Page --search--> SearchResponse
//! ```
//!
//! [`Searcher`] is the entry: it holds the open index and the settings, and every call answers from one snapshot.

pub mod ast;
pub mod citation;
pub mod cite;
pub mod compare;
mod compile;
mod cursor;
mod expanded;
pub mod export;
pub mod facets;
mod find;
pub mod highlight;
mod hits;
mod normal;
mod ranking;
pub mod related;
pub mod request;
pub mod response;
mod searcher;
pub mod similar;
mod snapshot;
pub mod suggest;

pub use rcp_index::scope::Scope;
pub use searcher::{OpenError, SearchError, Searcher};
pub use snapshot::Snapshot;

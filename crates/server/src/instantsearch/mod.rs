//! What pages made with InstantSearch ask and read: an adapter between its wire form and ours.
//!
//! ```text
//! body --Requests::read--> requests --requests::Query::run, on one snapshot--> Results, in the same order
//! ```
//!
//! - [`attributes`]: facets and their values under the names that such a page uses, and back;
//! - [`filters`]: `facetFilters` and `numericFilters` as conditions;
//! - [`requests`]: the body, read and checked;
//! - [`results`]: the answer;
//! - [`schema`]: the body in the OpenAPI document.
//!
//! A client of InstantSearch sends, for one change on the page, one request for the hits, one for each refined facet without
//! its own filter, and one for each level of a refined hierarchy: so filters hold counts back here, where those of
//! `/v1/search` do not. Texts travel raw: the client escapes them, then turns markers into tags.

mod attributes;
mod filters;
mod requests;
mod results;
mod schema;

pub(crate) use requests::Requests;
pub(crate) use results::InstantSearchResults;
pub(crate) use schema::InstantSearchBody;

//! The HTTP face of rcp-search: routes, OpenAPI document, problems, limits.
//!
//! ```text
//! request --layers--> Params<T> --handler--> SearchRequest --Searcher (own thread)--> domain answer --responses--> JSON
//! ```
//!
//! - `caller`: who sent a request, and what it may see;
//! - [`keys`]: the API keys and their file;
//! - `answer`: a whole answer on its way to the client: entity tag, kept answers, compression, links;
//! - `routes`: one file a resource; one list of them makes the router and the OpenAPI document;
//! - `params`: parameters, read, checked and documented from one definition;
//! - `responses`: the shapes of the answers, converted by hand from the types of the domain;
//! - `export`: everything that matches, as a file that is sent while it is made;
//! - `instantsearch`: the wire form of pages made with InstantSearch;
//! - `problem`: the one shape of errors;
//! - `layers`: what every request passes: request id, log, headers, CORS, problems, limits;
//! - `clients`: who a request counts for, and how much each has asked for;
//! - `connections`: how many connections there are, and what each may do;
//! - `places`: how many searches run and wait at once;
//! - `site`: how absolute addresses begin;
//! - [`Originals`]: the files that documents were read from;
//! - `metrics`, `admin`: what is counted, and the address that tells it;
//! - `pages`: the first page and the API explorer;
//! - [`serve()`]: sockets, timeouts, newer generations, an orderly end.
//!
//! This crate alone knows HTTP and the shapes of answers; it knows neither the engine nor the indexer.

mod admin;
mod answer;
mod caller;
mod clients;
mod config;
mod connections;
mod examples;
mod export;
mod instantsearch;
mod json;
pub mod keys;
mod layers;
mod metrics;
mod openapi;
mod originals;
mod pages;
mod params;
mod places;
mod problem;
mod responses;
mod router;
mod routes;
mod serve;
mod site;
mod spreadsheet;
mod state;
mod xml;

pub use clients::{ForwardedHeader, Network};
pub use config::ServerConfig;
pub use json::{compare_csv, compare_json, search_json};
pub use openapi::{openapi, openapi_3_0_json, openapi_json};
pub use originals::Originals;
pub use pages::page_paths;
pub use params::Highlight;
pub use router::app;
pub use serve::serve;
pub use state::AppState;

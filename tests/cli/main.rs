//! End to end: the real binary over real files.
//!
//! Every test works in a folder of its own ([`sandbox::Sandbox`]); servers listen on a free port and end with their
//! test ([`server::Server`]).

mod damage;
mod failures;
mod indexing;
mod metadata;
mod sandbox;
mod searching;
mod server;
mod serving;
mod settings;
mod usage;

//! End to end: the real binary over real files.
//!
//! Every test works in a folder of its own ([`sandbox::Sandbox`]); servers listen on a free port and end with their
//! test ([`server::Server`]), as does whatever runs on ([`process::Process`]). They need a Unix system: signals, pipes and `/dev/full` belong to what is tested.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails, in its helpers too")]

mod annotating;
mod crashes;
mod damage;
mod evaluating;
mod expanding;
mod failures;
mod formats;
mod grouping;
mod guides;
mod hostile;
mod hostile_requests;
mod indexing;
mod isolation;
mod keys;
mod metadata;
mod operating;
mod process;
mod reading;
mod sandbox;
mod searching;
mod server;
mod serving;
mod settings;
mod tools;
mod usage;
mod watching;

//! One file a command; each gathers its inputs, calls a library, and prints.

pub(crate) mod annotate;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod eval;
pub(crate) mod extract_worker;
pub(crate) mod index;
pub(crate) mod key;
pub(crate) mod man;
pub(crate) mod openapi;
mod report;
pub(crate) mod search;
pub(crate) mod serve;
mod signals;
mod watch;

use std::path::Path;
use std::sync::Arc;

use rcp_corpus::settings::{Settings, SettingsError};

use crate::terminal;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Done, but something was found wanting: files that could not be indexed.
    DoneWithFailures,
    /// What was asked for does not hold: the index is damaged.
    Failed,
    /// What was typed cannot be: an unknown facet or concept. It has been said.
    WrongUsage,
}

/// Reads the configuration.
fn settings(config: &Path) -> Result<Arc<Settings>, SettingsError> {
    Settings::load(config).map(Arc::new)
}

/// Says what is wrong with what was typed.
fn wrong_usage(message: String) -> Outcome {
    terminal::error(&anyhow::Error::msg(message));
    Outcome::WrongUsage
}

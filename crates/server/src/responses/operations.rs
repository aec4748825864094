//! [`Health`] and [`Readiness`]: what an operator's probe reads.

use serde::Serialize;
use utoipa::ToSchema;

/// The process lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    pub(crate) status: &'static str,
}

/// Whether the server answers searches, and from what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// `ready`, or `degraded`: it answers from an older index, since the newest could not be opened, or refuses keys, since
    /// their file cannot be read.
    #[schema(example = "ready")]
    pub(crate) status: &'static str,
    /// What is wrong and what to do; null when nothing is.
    #[schema(required = true, example = json!(null))]
    pub(crate) detail: Option<&'static str>,
    /// Identifies the content and settings that answer.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

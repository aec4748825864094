//! [`Searcher`]: the open index, ready to answer.

use std::path::Path;
use std::sync::Arc;

use rcp_corpus::model::{DocumentId, Language};
use rcp_corpus::settings::Settings;
use rcp_index::backend::{BackendError, Coverage};
pub use rcp_index::scope::Scope;

use crate::request::SearchRequest;
use crate::response::{DocumentView, PassagesView, SchemeView, SearchResponse};

/// The open index with its settings; cheap to share between threads. It follows new generations by
/// [`Searcher::refresh`].
#[derive(Debug)]
pub struct Searcher {
    settings: Arc<Settings>,
}

/// One generation, pinned: every answer of one snapshot agrees with the others.
#[derive(Debug)]
pub struct Snapshot {
    settings: Arc<Settings>,
}

/// An index that cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("(to come)")]
pub struct OpenError {}

/// A request that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A facet that does not exist.
    #[error("there is no facet {name:?}; the facets are {}", known.join(", "))]
    UnknownFacet {
        /// The name given.
        name: String,
        /// All facets.
        known: Vec<String>,
    },
    /// A value that its facet cannot have.
    #[error("{value:?} is not a value of {facet}")]
    UnknownValue {
        /// The facet.
        facet: String,
        /// The value given.
        value: String,
        /// The nearest valid ones, best first.
        nearest: Vec<String>,
    },
    /// The cursor is not one of ours, or belongs to another request.
    #[error("the cursor does not belong to this request; start again without it")]
    InvalidCursor,
    /// The generation of the cursor has been replaced for too long.
    #[error("the index was replaced since this cursor was given; start again without it")]
    CursorExpired,
    /// The index failed.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl Searcher {
    /// Opens and verifies the current generation below `index` (`data/index`).
    ///
    /// # Errors
    /// When there is none, it is damaged, or was built with other annotation or analysis settings.
    pub fn open(_index: &Path, _settings: Arc<Settings>) -> Result<Searcher, OpenError> {
        todo!()
    }

    /// Opens a newer generation if one was published; answers whether there was one. Keeps serving the open one
    /// when the new one cannot be used.
    ///
    /// # Errors
    /// When the new generation cannot be used: report it and keep going.
    pub fn refresh(&self) -> Result<bool, OpenError> {
        todo!()
    }

    /// Pins the current generation.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        todo!()
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Answers a request, from the generation of its cursor where it has one, else from the current one. Blocks.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn search(&self, _scope: &Scope, _request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        todo!()
    }
}

impl Snapshot {
    /// Identifies content and settings in scope.
    #[must_use]
    pub fn version(&self, _scope: &Scope) -> String {
        todo!()
    }

    /// Documents by id, in the order asked for.
    ///
    /// # Errors
    /// When the index fails.
    pub fn documents(&self, _scope: &Scope, _ids: &[DocumentId]) -> Result<Vec<Option<DocumentView>>, SearchError> {
        todo!()
    }

    /// The passages of a document in order; `None` for an unknown document.
    ///
    /// # Errors
    /// When the index fails.
    pub fn passages(&self, _scope: &Scope, _id: &DocumentId) -> Result<Option<PassagesView>, SearchError> {
        todo!()
    }

    /// A scheme's concepts with the documents that have them; `None` for an unknown scheme.
    ///
    /// # Errors
    /// When the index fails.
    pub fn scheme(&self, _scope: &Scope, _id: &str, _ui: Language) -> Result<Option<SchemeView>, SearchError> {
        todo!()
    }

    /// What is searchable in scope and what is not.
    #[must_use]
    pub fn coverage(&self, _scope: &Scope) -> Coverage {
        todo!()
    }
}

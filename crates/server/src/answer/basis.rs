//! [`Basis`]: what an answer is computed from.

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::{Scope, Snapshot};

use crate::responses::Labels;
use crate::state::AppState;

/// What an answer is computed from: one generation of the index, in one scope.
pub(crate) struct Basis<'a> {
    pub(crate) state: &'a AppState,
    /// The generation.
    pub(crate) snapshot: &'a Snapshot,
    /// What the caller may see of it.
    pub(crate) scope: &'a Scope,
}

impl<'a> Basis<'a> {
    /// Identifies content and settings: the `index_version` of answers.
    pub(crate) fn version(&self) -> String {
        self.snapshot.version(self.scope)
    }

    /// The vocabularies of the configuration.
    pub(crate) fn taxonomy(&self) -> &'a Taxonomy {
        &self.state.searcher().settings().taxonomy
    }

    /// Labels of concepts in a language.
    pub(crate) fn labels(&self, ui: Language) -> Labels<'a> {
        Labels::new(self.taxonomy(), ui)
    }

    /// Names of the facets of the configuration.
    pub(crate) fn facets(&self) -> &'a [String] {
        self.state.facets()
    }
}

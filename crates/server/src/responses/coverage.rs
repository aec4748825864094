//! [`Coverage`]: what is searchable, and what is not and why.

use std::collections::BTreeMap;

use rcp_corpus::model::State;
use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::Facet;

/// What is searchable, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CoverageSummary {
    /// Files of the corpus.
    #[schema(minimum = 0, example = 5)]
    pub(crate) documents: u64,
    /// Those whose text can be searched.
    #[schema(minimum = 0, example = 5)]
    pub(crate) searchable: u64,
    /// Those without text in the index: scans, and files that could not be read.
    #[schema(minimum = 0, example = 0)]
    pub(crate) without_text: u64,
}

/// What is searchable, by facet, and what is not and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Coverage {
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// Files of the corpus.
    #[schema(minimum = 0, example = 5)]
    pub(crate) documents: u64,
    /// Those whose text can be searched.
    #[schema(minimum = 0, example = 5)]
    pub(crate) searchable: u64,
    /// Passages that can be searched.
    #[schema(minimum = 0, example = 412)]
    pub(crate) passages: u64,
    /// Files that cannot be searched, by name.
    pub(crate) not_searchable: Vec<Unsearchable>,
    /// Documents by facet.
    pub(crate) facets: BTreeMap<String, Facet>,
}

/// A file that cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Unsearchable {
    /// Path in the corpus folder.
    #[schema(example = "scans/report-1998.pdf")]
    pub(crate) file: String,
    /// `no-text` (a scan) or `failed`.
    #[schema(example = "failed")]
    pub(crate) state: &'static str,
    /// Why it could not be read; null for a scan.
    #[schema(required = true, example = "the file is cut off in the middle")]
    pub(crate) why: Option<String>,
}

impl From<&rcp_query::response::Coverage> for CoverageSummary {
    fn from(coverage: &rcp_query::response::Coverage) -> CoverageSummary {
        CoverageSummary {
            documents: coverage.documents,
            searchable: coverage.searchable,
            without_text: coverage.documents.saturating_sub(coverage.searchable),
        }
    }
}

impl From<domain::SearchResponse> for Coverage {
    /// From a search for everything.
    fn from(response: domain::SearchResponse) -> Coverage {
        let domain::SearchResponse { coverage, index_version, facets, .. } = response;
        Coverage {
            index_version,
            documents: coverage.documents,
            searchable: coverage.searchable,
            passages: coverage.passages,
            not_searchable: coverage.not_searchable.into_iter().map(Unsearchable::from).collect(),
            facets: facets.into_iter().map(|facet| (facet.name.clone(), facet.into())).collect(),
        }
    }
}

impl From<domain::Unsearchable> for Unsearchable {
    fn from(file: domain::Unsearchable) -> Unsearchable {
        let (state, why) = match file.state {
            State::Searchable => ("searchable", None),
            State::NoText => ("no-text", None),
            State::Failed { why } => ("failed", Some(why)),
        };
        Unsearchable { file: file.file, state, why }
    }
}

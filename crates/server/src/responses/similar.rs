//! [`Similar`]: the documents that are like another one.

use rcp_query::similar as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentSummary, Labels};
use crate::params::SimilarParams;

/// The documents that are like another one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Similar {
    /// What answered.
    pub(crate) meta: SimilarMeta,
    /// The document.
    pub(crate) document: DocumentSummary,
    /// Other documents, the most similar first; copies of its text and its language versions are left out.
    pub(crate) similar: Vec<SimilarDocument>,
    /// Addresses of this answer.
    pub(crate) links: SimilarLinks,
}

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SimilarMeta {
    /// Whether the work that one request may cause ended before all was seen.
    #[schema(example = false)]
    pub(crate) partial: bool,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// A document that is like another one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SimilarDocument {
    #[serde(flatten)]
    pub(crate) document: DocumentSummary,
    /// How similar; only the order within one answer means something.
    #[schema(example = 8.5)]
    pub(crate) score: f32,
    /// What both have: words and labels of concepts, those that count most first, at most 5.
    #[schema(example = json!(["consular", "remittances"]))]
    pub(crate) why: Vec<String>,
}

/// Addresses relative to the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SimilarLinks {
    /// This answer; null where the request is too long for an address.
    #[serde(rename = "self")]
    #[schema(required = true, example = "/v1/documents/gcim-iom-workshop-2005-report/similar")]
    pub(crate) this: Option<String>,
}

impl Similar {
    pub(crate) fn new(
        response: domain::SimilarResponse,
        params: &SimilarParams,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Similar {
        let domain::SimilarResponse { index_version, partial, document, similar } = response;
        let path = format!("/v1/documents/{}/similar", document.document.id);
        let one = |domain::SimilarDocument { document, score, why }| SimilarDocument {
            document: DocumentSummary::new(document, labels),
            score,
            why,
        };
        Similar {
            meta: SimilarMeta { partial, index_version },
            document: DocumentSummary::new(document, labels),
            similar: similar.into_iter().map(one).collect(),
            links: SimilarLinks { this: params.link(&path, facets) },
        }
    }
}

//! [`Documents`] and [`Passages`]: lists that are not searches.

use rcp_corpus::model::DocumentId;
use rcp_query::response::{self as domain, DocumentView};
use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentSummary, Labels, Links, Passage};
use crate::params::{DocumentPassagesParams, DocumentsParams, Highlight, Listing};
use crate::problem::ApiError;

const DOCUMENTS: &str = "/v1/documents";

/// A list of documents.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Documents {
    /// Totals, and where to go on.
    pub(crate) meta: ListMeta,
    /// The documents.
    pub(crate) documents: Vec<DocumentSummary>,
    /// Those of the `ids` that there are no documents for.
    #[schema(example = json!([]))]
    pub(crate) not_found: Vec<String>,
    /// With `withdrawn_since`, the ids of documents that were withdrawn since then, sorted; they are all in this answer.
    #[schema(example = json!([]))]
    pub(crate) withdrawn: Vec<String>,
    /// Addresses of this answer and the next.
    pub(crate) links: Links,
}

/// The passages of one document, in order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Passages {
    /// Totals.
    pub(crate) meta: ListMeta,
    /// The document.
    pub(crate) document: DocumentSummary,
    /// The passages.
    pub(crate) passages: Vec<Passage>,
    /// Addresses of this answer and the next.
    pub(crate) links: Links,
}

/// Totals of a list, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ListMeta {
    /// Everything that belongs to the list.
    #[schema(minimum = 0, example = 5)]
    pub(crate) total: u64,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// Goes on behind the last one, as parameter `cursor`; null at the end and for lists without cursor.
    #[schema(required = true)]
    pub(crate) next_cursor: Option<String>,
}

impl Documents {
    /// The answer for given ids, in their order.
    pub(crate) fn with_ids(
        views: Vec<Option<DocumentView>>,
        index_version: String,
        params: &DocumentsParams,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Documents {
        let asked: &[DocumentId] = match &params.listing {
            Listing::Ids(ids) => ids,
            Listing::Filtered | Listing::WithdrawnSince(_) => &[],
        };
        let not_found = asked.iter().zip(&views).filter(|(_, view)| view.is_none()).map(|(id, _)| id.to_string());
        let not_found = not_found.collect();
        let documents: Vec<_> = views.into_iter().flatten().map(|view| DocumentSummary::new(view, labels)).collect();
        let meta = ListMeta { total: documents.len() as u64, index_version, next_cursor: None };
        let links = Links { this: params.link(DOCUMENTS, None, facets), next: None };
        Documents { meta, documents, not_found, withdrawn: Vec::new(), links }
    }

    /// The answer for documents that are gone: their ids.
    pub(crate) fn withdrawn(
        withdrawn: Vec<DocumentId>,
        index_version: String,
        params: &DocumentsParams,
        facets: &[String],
    ) -> Documents {
        Documents {
            meta: ListMeta { total: withdrawn.len() as u64, index_version, next_cursor: None },
            documents: Vec::new(),
            not_found: Vec::new(),
            withdrawn: withdrawn.into_iter().map(String::from).collect(),
            links: Links { this: params.link(DOCUMENTS, None, facets), next: None },
        }
    }

    /// The answer for filters.
    pub(crate) fn filtered(
        response: domain::SearchResponse,
        params: &DocumentsParams,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Result<Documents, ApiError> {
        let domain::Hits::Documents(hits) = response.hits else {
            return Err(ApiError::internal("a search answered with hits of the other kind"));
        };
        let links = Links {
            this: params.link(DOCUMENTS, params.request.cursor.as_deref(), facets),
            next: response.next_cursor.as_deref().and_then(|cursor| params.link(DOCUMENTS, Some(cursor), facets)),
        };
        let views = hits.into_iter().map(|hit| DocumentView { document: hit.document, citation: hit.citation });
        let documents = views.map(|view| DocumentSummary::new(view, labels)).collect();
        let meta = ListMeta {
            total: response.total,
            index_version: response.index_version,
            next_cursor: response.next_cursor,
        };
        Ok(Documents { meta, documents, not_found: Vec::new(), withdrawn: Vec::new(), links })
    }
}

impl Passages {
    /// A part of the passages of a document.
    pub(crate) fn new(
        view: domain::PassagesView,
        index_version: String,
        params: DocumentPassagesParams,
        labels: &Labels<'_>,
    ) -> Passages {
        let domain::PassagesView { document, passages } = view;
        let id = document.document.id.clone();
        let path = format!("{DOCUMENTS}/{id}/passages");
        let total = passages.len();
        let end = params.offset.saturating_add(params.limit);
        let shown = passages.into_iter().skip(params.offset).take(params.limit);
        Passages {
            meta: ListMeta { total: total as u64, index_version, next_cursor: None },
            document: DocumentSummary::new(document, labels),
            passages: shown.map(|passage| Passage::new(passage, &id, Highlight::None)).collect(),
            links: Links {
                this: Some(params.link(&path, params.offset)),
                next: (end < total).then(|| params.link(&path, end)),
            },
        }
    }
}

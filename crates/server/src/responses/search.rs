//! [`SearchResponse`]: one frame around two kinds of hits, [`super::DocumentHit`] and [`super::PassageHit`].

use std::collections::BTreeMap;

use rcp_query::response as domain;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::hits::Asked;
use super::understood::{Correction, Expansion, SuggestedFilter};
use super::{ATOM, CoverageSummary, EXPORT, Facet, Hit, Labels, Selection};
use crate::params::{ExportParams, FeedParams, SearchPageParams, SearchParams};
use crate::problem::ApiError;

/// An answer to a search: the same frame around both kinds of hits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SearchResponse<H: Hit> {
    /// Totals, and where to go on.
    pub(crate) meta: Meta,
    /// The request in normal form: the body of a POST that asks the same.
    #[schema(value_type = SearchParams)]
    pub(crate) request: Map<String, Value>,
    /// What was understood.
    pub(crate) interpretation: Interpretation,
    /// What is searchable.
    pub(crate) coverage: CoverageSummary,
    /// The hits, in the order asked for.
    #[schema(value_type = Vec<H>)]
    pub(crate) hits: Selection<H>,
    /// Counts by facet, for the facets asked for. They count what is searched, documents or passages; one with two
    /// values counts under both.
    pub(crate) facets: BTreeMap<String, Facet>,
    /// Addresses of this answer, the next, and other forms of it.
    pub(crate) links: SearchLinks,
}

/// Totals, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Meta {
    /// All matches.
    #[schema(minimum = 0, example = 3)]
    pub(crate) total: u64,
    /// Those among them that hold every word of the query.
    #[schema(minimum = 0, example = 2)]
    pub(crate) total_all_words: u64,
    /// Different documents among the matches.
    #[schema(minimum = 0, example = 3)]
    pub(crate) total_documents: u64,
    /// Whether the work that one request may cause ended before all was seen: totals and counts are then of what was.
    #[schema(example = false)]
    pub(crate) partial: bool,
    /// Identifies the content that answered, and how it was labelled and analysed: equal versions find the same hits.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// Goes on behind the last hit, as parameter `cursor`; null at the end.
    #[schema(required = true)]
    pub(crate) next_cursor: Option<String>,
}

/// What was made of the query text.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Interpretation {
    /// The query as understood, in the query language.
    #[schema(example = "labour migration")]
    pub(crate) query: String,
    /// Set when nothing matched and fewer words were asked for.
    #[schema(required = true, example = json!(null))]
    pub(crate) relaxed: Option<Relaxation>,
    /// Words that no document holds, and what was looked for instead; `correct=off` takes them as typed.
    #[schema(example = json!([]))]
    pub(crate) corrections: Vec<Correction>,
    /// Other names of what was typed that were looked for too, at a lower weight; `expand=off` leaves them all out,
    /// `expand_exclude` some. At most 20.
    pub(crate) expansions: Vec<Expansion>,
    /// Filters that the typed words may mean; none of them is applied.
    #[schema(example = json!([]))]
    pub(crate) suggested_filters: Vec<SuggestedFilter>,
    /// What was not understood or was cut, in the order of its place in the query text.
    #[schema(example = json!([]))]
    pub(crate) warnings: Vec<Warning>,
}

/// The query was answered with fewer words than `match` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Relaxation {
    /// Words of the query.
    #[schema(minimum = 0, example = 3)]
    pub(crate) words: u32,
    /// Words that every hit has at least.
    #[schema(minimum = 0, example = 2)]
    pub(crate) required: u32,
}

/// Something in the query text that may not have been taken as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Warning {
    /// Stable, for programs.
    #[schema(example = "unclosed_quote")]
    pub(crate) code: &'static str,
    /// For a person.
    #[schema(example = "This quotation mark is never closed; the phrase was read to the end of the query.")]
    pub(crate) message: String,
    /// Where it begins in the query text, in bytes of UTF-8.
    #[schema(minimum = 0, example = 7)]
    pub(crate) start: usize,
    /// Where it ends.
    #[schema(minimum = 0, example = 15)]
    pub(crate) end: usize,
}

/// Addresses relative to the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Links {
    /// This answer; null where the request is too long for an address.
    #[serde(rename = "self")]
    #[schema(required = true, example = "/v1/search?q=labour+migration")]
    pub(crate) this: Option<String>,
    /// The hits behind the last one; null at the end, and where the request is too long for an address. Then send it
    /// as POST with `meta.next_cursor` as `cursor`.
    #[schema(required = true, example = "/v1/search?q=labour+migration&cursor=MTA")]
    pub(crate) next: Option<String>,
}

/// Addresses of a search, relative to the server's; null where the request is too long for an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SearchLinks {
    #[serde(flatten)]
    pub(crate) pages: Links,
    /// A feed of what it finds, the newest first.
    #[schema(required = true, example = "/v1/feed.atom?q=labour+migration&unit=document")]
    pub(crate) feed: Option<String>,
    /// Everything that it finds, as a table for spreadsheets.
    #[schema(required = true, example = "/v1/export?q=labour+migration&unit=document")]
    pub(crate) csv: Option<String>,
    /// The page of this search for people.
    #[schema(required = true, example = "/search?q=labour+migration")]
    pub(crate) page: Option<String>,
}

impl<H: Hit> SearchResponse<H> {
    /// The answer to a search; `facets` are those of the configuration.
    pub(crate) fn new(
        response: domain::SearchResponse,
        params: &SearchParams,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Result<SearchResponse<H>, ApiError> {
        let asked = Asked { params, evidence_query: &response.evidence_query, facets, labels };
        let hits = H::from_hits(response.hits, &asked)
            .ok_or_else(|| ApiError::internal("a search answered with hits of the other kind"))?;
        Ok(SearchResponse {
            links: SearchLinks {
                pages: Links::of(H::PATH, params, response.next_cursor.as_deref(), facets),
                feed: FeedParams::of(&params.request).link(ATOM, None, facets),
                csv: ExportParams::of(&params.request).link(EXPORT, facets),
                page: SearchPageParams::link_of(params, facets),
            },
            meta: Meta {
                total: response.total,
                total_all_words: response.total_all_words,
                total_documents: response.total_documents,
                partial: response.partial,
                index_version: response.index_version,
                next_cursor: response.next_cursor,
            },
            request: params.normalised(),
            interpretation: response.interpretation.into(),
            coverage: CoverageSummary::from(&response.coverage),
            hits: Selection { hits, fields: params.fields.clone() },
            facets: response.facets.into_iter().map(|facet| (facet.name.clone(), facet.into())).collect(),
        })
    }
}

impl Links {
    fn of(path: &str, params: &SearchParams, next: Option<&str>, facets: &[String]) -> Links {
        Links {
            this: params.link(path, params.request.cursor.as_deref(), facets),
            next: next.and_then(|cursor| params.link(path, Some(cursor), facets)),
        }
    }
}

impl From<domain::Interpretation> for Interpretation {
    fn from(interpretation: domain::Interpretation) -> Interpretation {
        Interpretation {
            query: interpretation.query,
            relaxed: interpretation.relaxed.map(Relaxation::from),
            corrections: interpretation.corrections.into_iter().map(Correction::from).collect(),
            expansions: interpretation.expansions.into_iter().map(Expansion::from).collect(),
            suggested_filters: interpretation.suggested_filters.into_iter().map(SuggestedFilter::from).collect(),
            warnings: interpretation.warnings.into_iter().map(Warning::from).collect(),
        }
    }
}

impl From<domain::Relaxation> for Relaxation {
    fn from(relaxation: domain::Relaxation) -> Relaxation {
        Relaxation { words: relaxation.words, required: relaxation.required }
    }
}

impl From<domain::Warning> for Warning {
    fn from(warning: domain::Warning) -> Warning {
        let std::ops::Range { start, end } = warning.span;
        Warning { code: warning.code, message: warning.message, start, end }
    }
}

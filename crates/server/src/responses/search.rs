//! [`SearchResponse`]: one frame around two kinds of hits, [`DocumentHit`] and [`PassageHit`].

use std::collections::BTreeMap;

use rcp_query::response as domain;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{ConceptLabel, CoverageSummary, DocumentSummary, Facet, Labels, Passage, Segment, Source};
use crate::params::{Highlight, SearchParams};
use crate::problem::ApiError;

/// An answer to a search: the same frame around both kinds of hits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SearchResponse<H: ToSchema> {
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
    pub(crate) hits: Vec<H>,
    /// Counts by facet, for the facets asked for. They count what is searched, documents or passages; one with two
    /// values counts under both.
    pub(crate) facets: BTreeMap<String, Facet>,
    /// Addresses of this answer and the next.
    pub(crate) links: Links,
}

/// What a search finds: documents or passages.
pub(crate) trait Hit: Sized + ToSchema {
    /// The route that finds them.
    const PATH: &'static str;

    /// The hits of an answer; `None` when it holds the other kind.
    fn from_hits(hits: domain::Hits, highlight: Highlight, labels: &Labels<'_>) -> Option<Vec<Self>>;
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
    /// Identifies the content and settings that answered: equal versions give equal answers.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// Goes on behind the last hit, as parameter `cursor`; null at the end.
    #[schema(required = true)]
    pub(crate) next_cursor: Option<String>,
}

/// What was made of the query text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Interpretation {
    /// The query as understood, in the query language.
    #[schema(example = "labour migration")]
    pub(crate) query: String,
    /// Set when nothing matched and fewer words were asked for.
    #[schema(required = true, example = json!(null))]
    pub(crate) relaxed: Option<Relaxation>,
    /// What was not understood or was cut.
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
    #[schema(example = "a quote is not closed; the words after it are searched one by one")]
    pub(crate) message: String,
    /// Where it begins in the query text, in bytes of UTF-8.
    #[schema(minimum = 0, example = 7)]
    pub(crate) start: usize,
    /// Where it ends.
    #[schema(minimum = 0, example = 15)]
    pub(crate) end: usize,
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    /// Stable id.
    #[schema(example = "gcim-iom-workshop-2005")]
    pub(crate) id: String,
    /// Title, or the file's name where none is known.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Type of document.
    #[serde(rename = "type")]
    #[schema(required = true, example = json!({"id": "meeting-report", "label": "Meeting report"}))]
    pub(crate) document_type: Option<ConceptLabel>,
    /// Date or range of dates (ISO 8601), cut to what is known.
    #[schema(required = true, example = "2005-04-25/2005-04-26")]
    pub(crate) date: Option<String>,
    /// Year it is filed under.
    #[schema(required = true, example = 2005)]
    pub(crate) year: Option<i16>,
    /// Languages of its text, the most used first.
    #[schema(example = json!(["en"]))]
    pub(crate) languages: Vec<&'static str>,
    /// Processes it belongs to.
    pub(crate) rcps: Vec<ConceptLabel>,
    /// Regions.
    #[schema(example = json!([{"id": "central-america", "label": "Central America"}]))]
    pub(crate) regions: Vec<ConceptLabel>,
    /// Themes.
    #[schema(example = json!([{"id": "protection-rights", "label": "Protection and rights"}]))]
    pub(crate) themes: Vec<ConceptLabel>,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005")]
    pub(crate) url: String,
    /// The file it was read from.
    pub(crate) source: Source,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes, 2005")]
    pub(crate) citation: String,
    /// Its best passages; where title, headings or facts alone match, the passage that shows it best.
    pub(crate) passages: Vec<Passage>,
    /// Passages whose own text matches.
    #[schema(minimum = 0, example = 2)]
    pub(crate) passages_total: u64,
}

/// A passage that matches, with what tells its document.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct PassageHit {
    /// Id of the document.
    #[schema(example = "gcim-iom-workshop-2005")]
    pub(crate) document: String,
    /// Id of the passage in its document.
    #[schema(example = "p21")]
    pub(crate) passage: String,
    /// What to call it.
    #[schema(example = "para. 21")]
    pub(crate) label: String,
    /// Page it starts on, counted from 1, where the format has pages.
    #[schema(required = true, minimum = 1, example = 7)]
    pub(crate) page: Option<u32>,
    /// Headings above it, outermost first.
    #[schema(example = json!(["Cooperation with other partners"]))]
    pub(crate) heading_path: Vec<String>,
    /// Language of its text, `und` where it is not known.
    #[schema(example = "en")]
    pub(crate) lang: &'static str,
    /// `paragraph`, `list-item`, `table-row`, `footnote`, `preambular`, `operative` or `contact`.
    #[schema(example = "paragraph")]
    pub(crate) kind: &'static str,
    /// Its text, or the sentences around the matches of a long one, in pieces. Plain text: escape it before it
    /// becomes HTML.
    pub(crate) segments: Vec<Segment>,
    /// The segments as escaped HTML with `<mark>` around matches; only with `highlight=html`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "Dialogue with the <mark>private</mark> <mark>sector</mark>"
    )]
    pub(crate) html: Option<String>,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop, 2005, para. 21")]
    pub(crate) citation: String,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005#p21")]
    pub(crate) url: String,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
    /// Title of the document, or its file's name.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Type of the document.
    #[serde(rename = "type")]
    #[schema(required = true, example = json!({"id": "meeting-report", "label": "Meeting report"}))]
    pub(crate) document_type: Option<ConceptLabel>,
    /// Date or range of dates of the document (ISO 8601).
    #[schema(required = true, example = "2005-04-25/2005-04-26")]
    pub(crate) date: Option<String>,
    /// Year the document is filed under.
    #[schema(required = true, example = 2005)]
    pub(crate) year: Option<i16>,
    /// Processes the document belongs to.
    pub(crate) rcps: Vec<ConceptLabel>,
    /// The file the document was read from.
    pub(crate) source: Source,
}

/// Addresses relative to the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Links {
    /// This answer.
    #[serde(rename = "self")]
    #[schema(example = "/v1/search?q=labour+migration")]
    pub(crate) this: String,
    /// The hits behind the last one; null at the end.
    #[schema(required = true, example = "/v1/search?q=labour+migration&cursor=MTA")]
    pub(crate) next: Option<String>,
}

impl<H: Hit> SearchResponse<H> {
    /// The answer to a search; `facets` are those of the configuration.
    pub(crate) fn new(
        response: domain::SearchResponse,
        params: &SearchParams,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Result<SearchResponse<H>, ApiError> {
        let hits = H::from_hits(response.hits, params.highlight, labels)
            .ok_or_else(|| ApiError::internal("a search answered with hits of the other kind"))?;
        Ok(SearchResponse {
            links: Links::of(H::PATH, params, response.next_cursor.as_deref(), facets),
            meta: Meta {
                total: response.total,
                total_all_words: response.total_all_words,
                total_documents: response.total_documents,
                index_version: response.index_version,
                next_cursor: response.next_cursor,
            },
            request: params.normalised(),
            interpretation: response.interpretation.into(),
            coverage: CoverageSummary::from(&response.coverage),
            hits,
            facets: response.facets.into_iter().map(|facet| (facet.name.clone(), facet.into())).collect(),
        })
    }
}

impl Hit for DocumentHit {
    const PATH: &'static str = "/v1/search";

    fn from_hits(hits: domain::Hits, highlight: Highlight, labels: &Labels<'_>) -> Option<Vec<DocumentHit>> {
        let domain::Hits::Documents(hits) = hits else { return None };
        Some(hits.into_iter().map(|hit| DocumentHit::new(hit, highlight, labels)).collect())
    }
}

impl Hit for PassageHit {
    const PATH: &'static str = "/v1/passages";

    fn from_hits(hits: domain::Hits, highlight: Highlight, labels: &Labels<'_>) -> Option<Vec<PassageHit>> {
        let domain::Hits::Passages(hits) = hits else { return None };
        Some(hits.into_iter().map(|hit| PassageHit::new(hit, highlight, labels)).collect())
    }
}

impl Links {
    fn of(path: &str, params: &SearchParams, next: Option<&str>, facets: &[String]) -> Links {
        Links {
            this: params.link(path, params.request.cursor.as_deref(), facets),
            next: next.map(|cursor| params.link(path, Some(cursor), facets)),
        }
    }
}

impl From<domain::Interpretation> for Interpretation {
    fn from(interpretation: domain::Interpretation) -> Interpretation {
        Interpretation {
            query: interpretation.query,
            relaxed: interpretation.relaxed.map(Relaxation::from),
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

impl DocumentHit {
    fn new(hit: domain::DocumentHit, highlight: Highlight, labels: &Labels<'_>) -> DocumentHit {
        let domain::DocumentHit { document, score, citation, passages, passages_total } = hit;
        let passages = passages.into_iter().map(|passage| Passage::new(passage, &document.id, highlight)).collect();
        let summary = DocumentSummary::new(domain::DocumentView { document, citation }, labels);
        DocumentHit {
            id: summary.id,
            title: summary.title,
            document_type: summary.document_type,
            date: summary.date,
            year: summary.year,
            languages: summary.languages,
            rcps: summary.rcps,
            regions: summary.regions,
            themes: summary.themes,
            score,
            url: summary.url,
            source: summary.source,
            citation: summary.citation,
            passages,
            passages_total,
        }
    }
}

impl PassageHit {
    fn new(hit: domain::PassageHit, highlight: Highlight, labels: &Labels<'_>) -> PassageHit {
        let domain::PassageHit { document, passage, score } = hit;
        let passage = Passage::new(passage, &document.id, highlight);
        PassageHit {
            document: passage.document,
            passage: passage.passage,
            label: passage.label,
            page: passage.page,
            heading_path: passage.heading_path,
            lang: passage.lang,
            kind: passage.kind,
            segments: passage.segments,
            html: passage.html,
            citation: passage.citation,
            url: passage.url,
            score,
            title: document.display_title().to_owned(),
            document_type: labels.concepts(&document, "type").into_iter().next(),
            date: document.date.as_ref().map(|date| date.value.to_string()),
            year: document.year.as_ref().map(|year| year.value),
            rcps: labels.concepts(&document, "rcp"),
            source: Source { file: document.source.file, url: document.source.url },
        }
    }
}

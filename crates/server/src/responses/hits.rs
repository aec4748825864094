//! [`DocumentHit`] and [`PassageHit`]: what a search finds.

use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::explanation::ScoreExplanation;
use super::{ConceptLabel, DocumentSummary, Labels, Passage, Source};
use crate::params::{Highlight, SearchParams};

/// What a search finds: documents or passages.
pub(crate) trait Hit: Sized + ToSchema {
    /// The route that finds them.
    const PATH: &'static str;

    /// Keys that every hit has.
    const IDS: &'static [&'static str];

    /// All keys, in the order of the answer.
    const KEYS: &'static [&'static str];

    /// The hits of an answer; `None` when it holds the other kind.
    fn from_hits(hits: domain::Hits, asked: &Asked<'_>) -> Option<Vec<Self>>;
}

/// What was asked, as far as hits show it.
pub(crate) struct Asked<'a> {
    pub(crate) params: &'a SearchParams,
    /// See [`domain::SearchResponse::evidence_query`].
    pub(crate) evidence_query: &'a str,
    /// Facets of the configuration.
    pub(crate) facets: &'a [String],
    pub(crate) labels: &'a Labels<'a>,
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    #[serde(flatten)]
    pub(crate) document: DocumentSummary,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
    /// How the score is made up; only with `explain=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub(crate) explanation: Option<ScoreExplanation>,
    /// Its best passages; where title, headings or facts alone match, the passage that shows it best.
    pub(crate) passages: Vec<Passage>,
    /// Passages whose own text matches.
    #[schema(minimum = 0, example = 2)]
    pub(crate) passages_total: u64,
    /// Address of a search for all of them, relative to the server's; null where all are shown, and where it would be
    /// too long.
    #[schema(required = true, example = json!(null))]
    pub(crate) passages_url: Option<String>,
}

/// A passage that matches, with what tells its document.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct PassageHit {
    #[serde(flatten)]
    pub(crate) passage: Passage,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
    /// How the score is made up; only with `explain=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub(crate) explanation: Option<ScoreExplanation>,
    /// Title of the document, or its file's name.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Type of the document.
    #[serde(rename = "type")]
    #[schema(required = true, example = json!({"id": "summary-report", "label": "Summary report"}))]
    pub(crate) document_type: Option<ConceptLabel>,
    /// Date or range of dates of the document (ISO 8601).
    #[schema(required = true, example = "2005-04-14/2005-04-15")]
    pub(crate) date: Option<String>,
    /// Year the document is filed under.
    #[schema(required = true, example = 2005)]
    pub(crate) year: Option<i16>,
    /// Processes the document belongs to.
    pub(crate) rcps: Vec<ConceptLabel>,
    /// The file the document was read from.
    pub(crate) source: Source,
}

impl Hit for DocumentHit {
    const PATH: &'static str = "/v1/search";

    const IDS: &'static [&'static str] = &["id"];

    const KEYS: &'static [&'static str] = &[
        "id",
        "title",
        "type",
        "date",
        "year",
        "languages",
        "rcps",
        "regions",
        "themes",
        "url",
        "source",
        "curated",
        "citation",
        "score",
        "explanation",
        "passages",
        "passages_total",
        "passages_url",
    ];

    fn from_hits(hits: domain::Hits, asked: &Asked<'_>) -> Option<Vec<DocumentHit>> {
        let domain::Hits::Documents(hits) = hits else { return None };
        Some(hits.into_iter().map(|hit| DocumentHit::new(hit, asked)).collect())
    }
}

impl Hit for PassageHit {
    const PATH: &'static str = "/v1/passages";

    const IDS: &'static [&'static str] = &["document", "passage"];

    const KEYS: &'static [&'static str] = &[
        "document",
        "passage",
        "label",
        "page",
        "heading_path",
        "lang",
        "kind",
        "footnote_of",
        "segments",
        "html",
        "citation",
        "url",
        "score",
        "explanation",
        "title",
        "type",
        "date",
        "year",
        "rcps",
        "source",
    ];

    fn from_hits(hits: domain::Hits, asked: &Asked<'_>) -> Option<Vec<PassageHit>> {
        let domain::Hits::Passages(hits) = hits else { return None };
        Some(hits.into_iter().map(|hit| PassageHit::new(hit, asked.params.highlight, asked.labels)).collect())
    }
}

impl DocumentHit {
    fn new(hit: domain::DocumentHit, asked: &Asked<'_>) -> DocumentHit {
        let &Asked { params, evidence_query, facets, labels } = asked;
        let domain::DocumentHit { document, score, citation, passages, passages_total, explanation, .. } = hit;
        let passages_url = (passages_total > passages.len() as u64)
            .then(|| params.passages_link(PassageHit::PATH, &document.id, evidence_query, facets))
            .flatten();
        let passages = passages.into_iter();
        let passages = passages.map(|passage| Passage::new(passage, &document.id, params.highlight)).collect();
        let document = DocumentSummary::new(domain::DocumentView { document, citation }, labels);
        let explanation = explanation.map(ScoreExplanation::from);
        DocumentHit { document, score, explanation, passages, passages_total, passages_url }
    }
}

impl PassageHit {
    fn new(hit: domain::PassageHit, highlight: Highlight, labels: &Labels<'_>) -> PassageHit {
        let domain::PassageHit { document, passage, score, explanation, .. } = hit;
        PassageHit {
            passage: Passage::new(passage, &document.id, highlight),
            score,
            explanation: explanation.map(ScoreExplanation::from),
            title: document.display_title().to_owned(),
            document_type: labels.concepts(&document, "type").into_iter().next(),
            date: document.date.as_ref().map(|date| date.value.to_string()),
            year: document.year.as_ref().map(|year| year.value),
            rcps: labels.concepts(&document, "rcp"),
            source: Source { file: document.source.file, url: document.source.url },
        }
    }
}

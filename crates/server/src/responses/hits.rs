//! [`DocumentHit`] and [`PassageHit`]: what a search finds.

use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ConceptLabel, DocumentSummary, Labels, Passage, Segment, Source};
use crate::params::Highlight;

/// What a search finds: documents or passages.
pub(crate) trait Hit: Sized + ToSchema {
    /// The route that finds them.
    const PATH: &'static str;

    /// The hits of an answer; `None` when it holds the other kind.
    fn from_hits(hits: domain::Hits, highlight: Highlight, labels: &Labels<'_>) -> Option<Vec<Self>>;
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    /// Stable id.
    #[schema(example = "gcim-iom-workshop-2005-report")]
    pub(crate) id: String,
    /// Title, or the file's name where none is known.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Type of document.
    #[serde(rename = "type")]
    #[schema(required = true, example = json!({"id": "summary-report", "label": "Summary report"}))]
    pub(crate) document_type: Option<ConceptLabel>,
    /// Date or range of dates (ISO 8601), cut to what is known.
    #[schema(required = true, example = "2005-04-14/2005-04-15")]
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
    #[schema(example = "/documents/gcim-iom-workshop-2005-report")]
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
    #[schema(example = "gcim-iom-workshop-2005-report")]
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
    #[schema(example = "/documents/gcim-iom-workshop-2005-report#p21")]
    pub(crate) url: String,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
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

//! [`DocumentSummary`] in lists, [`DocumentDetail`] with every fact and where it comes from.

use rcp_corpus::model::{self, DocumentId, Provenance};
use rcp_query::response::DocumentView;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ConceptLabel, DateFact, EventFact, Label, Labels, TextFact, YearFact};
use crate::params::CitationFormat;

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DocumentSummary {
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
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005-report")]
    pub(crate) url: String,
    /// The file it was read from.
    pub(crate) source: Source,
    /// Those of the fields `title`, `type`, `date`, `year`, `rcps`, `regions` and `themes` that a curator wrote; the others
    /// were inferred. The document's own page tells from what.
    #[schema(example = json!(["title", "date", "year"]))]
    pub(crate) curated: Vec<&'static str>,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes, 2005")]
    pub(crate) citation: String,
}

/// The file a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Source {
    /// Path in the corpus folder.
    #[schema(example = "gcim-iom-workshop-2005-report.txt")]
    pub(crate) file: String,
    /// Public address of the original, where it is known.
    #[schema(required = true, example = "https://example.org/report.pdf")]
    pub(crate) url: Option<String>,
}

/// A document with every fact and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DocumentDetail {
    /// Stable id.
    #[schema(example = "gcim-iom-workshop-2005-report")]
    pub(crate) id: String,
    /// Shared by the language versions of one work.
    #[schema(required = true)]
    pub(crate) work: Option<TextFact>,
    /// Shared by documents with nearly the same text: another format, another state of a web page. It is the id of the
    /// first of them.
    #[schema(required = true)]
    pub(crate) same_text: Option<TextFact>,
    /// Title; null where none is known.
    #[schema(required = true)]
    pub(crate) title: Option<TextFact>,
    /// The meeting it comes from.
    #[schema(required = true)]
    pub(crate) event: Option<EventFact>,
    /// When the event took place, or the document was issued.
    #[schema(required = true)]
    pub(crate) date: Option<DateFact>,
    /// Year it is filed under.
    #[schema(required = true)]
    pub(crate) year: Option<YearFact>,
    /// Where the event took place.
    #[schema(required = true)]
    pub(crate) venue: Option<TextFact>,
    /// Languages of its text, the most used first.
    #[schema(example = json!(["en"]))]
    pub(crate) languages: Vec<&'static str>,
    /// Its concepts: processes it belongs to and mentions, type, regions, themes, countries.
    pub(crate) labels: Vec<Label>,
    /// The file it was read from.
    pub(crate) source: SourceDetail,
    /// First time it was indexed (UTC).
    #[schema(format = DateTime, example = "2026-01-31T12:00:00Z")]
    pub(crate) added: String,
    /// Last time its text or facts changed (UTC).
    #[schema(format = DateTime, example = "2026-01-31T12:00:00Z")]
    pub(crate) changed: String,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes, 2005")]
    pub(crate) citation: String,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005-report")]
    pub(crate) url: String,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// Where to go on.
    pub(crate) links: DocumentLinks,
}

/// The file a document was read from, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SourceDetail {
    /// Path in the corpus folder.
    #[schema(example = "gcim-iom-workshop-2005-report.txt")]
    pub(crate) file: String,
    /// Public address of the original, where it is known.
    #[schema(required = true, example = "https://example.org/report.pdf")]
    pub(crate) url: Option<String>,
    /// SHA-256 of the file.
    #[schema(
        min_length = 64,
        max_length = 64,
        example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )]
    pub sha256: String,
    /// Media type found by content.
    #[schema(example = "text/plain")]
    pub(crate) media_type: String,
    /// Number of pages, where the format has pages.
    #[schema(required = true, example = 12)]
    pub(crate) pages: Option<u32>,
    /// Name and version of the extractor that read it.
    #[schema(example = "text 1")]
    pub(crate) extractor: String,
}

/// Addresses around a document, relative to the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DocumentLinks {
    /// This answer.
    #[serde(rename = "self")]
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report")]
    pub(crate) this: String,
    /// Its passages.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/passages")]
    pub(crate) passages: String,
    /// Documents that are like it.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/similar")]
    pub(crate) similar: String,
    /// The file it was read from.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/original")]
    pub(crate) original: String,
    /// How to cite it, by format.
    pub(crate) formats: CitationLinks,
}

/// Addresses of a citation, relative to the server's; `&passage=p21` makes them those of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CitationLinks {
    /// For a footnote.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/citation?format=text")]
    pub(crate) text: String,
    /// For reference managers.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/citation?format=ris")]
    pub(crate) ris: String,
    /// For BibTeX and BibLaTeX.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/citation?format=bibtex")]
    pub(crate) bibtex: String,
    /// CSL-JSON, for citation processors.
    #[schema(example = "/v1/documents/gcim-iom-workshop-2005-report/citation?format=csl")]
    pub(crate) csl: String,
}

/// The permanent address of a document.
pub(crate) fn document_url(id: &DocumentId) -> String {
    format!("/documents/{id}")
}

impl DocumentSummary {
    pub(crate) fn new(view: DocumentView, labels: &Labels<'_>) -> DocumentSummary {
        let DocumentView { document, citation } = view;
        DocumentSummary {
            title: document.display_title().to_owned(),
            document_type: labels.concepts(&document, "type").into_iter().next(),
            date: document.date.as_ref().map(|date| date.value.to_string()),
            year: document.year.as_ref().map(|year| year.value),
            languages: document.languages.iter().map(|language| language.code()).collect(),
            rcps: labels.concepts(&document, "rcp"),
            regions: labels.concepts(&document, "region"),
            themes: labels.concepts(&document, "theme"),
            curated: curated(&document),
            url: document_url(&document.id),
            id: document.id.into(),
            source: Source { file: document.source.file, url: document.source.url },
            citation,
        }
    }
}

/// The fields of a summary that a curator wrote.
fn curated(document: &model::Document) -> Vec<&'static str> {
    let by_curator = |provenance: Option<Provenance>| provenance == Some(Provenance::Curated);
    let of_facet =
        |facet: &str| document.labels.iter().find(|label| label.facet == facet).map(|label| label.provenance);
    let fields = [
        ("title", document.title.as_ref().map(|fact| fact.provenance)),
        ("type", of_facet("type")),
        ("date", document.date.as_ref().map(|fact| fact.provenance)),
        ("year", document.year.as_ref().map(|fact| fact.provenance)),
        ("rcps", of_facet("rcp")),
        ("regions", of_facet("region")),
        ("themes", of_facet("theme")),
    ];
    fields.into_iter().filter(|(_, provenance)| by_curator(*provenance)).map(|(field, _)| field).collect()
}

impl DocumentDetail {
    pub(crate) fn new(view: DocumentView, index_version: String, labels: &Labels<'_>) -> DocumentDetail {
        let DocumentView { document, citation } = view;
        let this = format!("/v1/documents/{}", document.id);
        DocumentDetail {
            url: document_url(&document.id),
            links: DocumentLinks {
                passages: format!("{this}/passages"),
                similar: format!("{this}/similar"),
                original: format!("{this}/original"),
                formats: CitationLinks::of(&document.id),
                this,
            },
            id: document.id.into(),
            work: document.work.map(TextFact::from),
            same_text: document.same_text.map(TextFact::from),
            title: document.title.map(TextFact::from),
            event: document.event.map(EventFact::from),
            date: document.date.map(DateFact::from),
            year: document.year.map(YearFact::from),
            venue: document.venue.map(TextFact::from),
            languages: document.languages.iter().map(|language| language.code()).collect(),
            labels: document.labels.into_iter().map(|label| Label::new(label, labels)).collect(),
            source: document.source.into(),
            added: document.added.to_string(),
            changed: document.changed.to_string(),
            citation,
            index_version,
        }
    }
}

impl CitationLinks {
    pub(crate) fn of(id: &DocumentId) -> CitationLinks {
        let link = |format: CitationFormat| format!("/v1/documents/{id}/citation?format={}", format.word());
        CitationLinks {
            text: link(CitationFormat::Text),
            ris: link(CitationFormat::Ris),
            bibtex: link(CitationFormat::Bibtex),
            csl: link(CitationFormat::Csl),
        }
    }
}

impl From<model::Source> for SourceDetail {
    fn from(source: model::Source) -> SourceDetail {
        SourceDetail {
            file: source.file,
            url: source.url,
            sha256: source.sha256,
            media_type: source.media_type,
            pages: source.pages,
            extractor: source.extractor,
        }
    }
}

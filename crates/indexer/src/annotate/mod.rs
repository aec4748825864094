//! What is known about a document: curated metadata, and what the text itself says.
//!
//! Curated beats inferred field by field, facet by facet. The rules read here are few and careful: what the text does
//! not say is unknown. Rules for dates, venues, events, and for processes without a name in the title have their
//! place beside those for titles and types.

mod document_type;
mod labels;

use rcp_corpus::model::{Document, DocumentId, Evidence, Fact, Language, Passage, PassageKind, Provenance, Source};
use rcp_corpus::taxonomy::{Matcher, Taxonomy};
use rcp_index::scope::PUBLIC;

use crate::metadata::Metadata;
use crate::passages::Reading;

/// Confidence of a title that stands in the title block.
const TITLE_CONFIDENCE: f32 = 0.9;

/// A document with its passages, labelled.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// The document; `added` and `changed` are still to be set.
    pub document: Document,
    /// Its title page and headings, each with its language: text that belongs to no passage.
    pub headings: Vec<(String, Language)>,
    /// Its passages in order, contact data left out unless it is asked for.
    pub passages: Vec<Passage>,
}

/// What annotation needs beside the document.
#[derive(Debug, Clone, Copy)]
pub struct Annotator<'a> {
    /// The schemes.
    pub taxonomy: &'a Taxonomy,
    /// Finds their concepts.
    pub matcher: &'a Matcher,
    /// Whether contact data is kept.
    pub index_contacts: bool,
}

impl Annotator<'_> {
    /// Puts together what is known about a document.
    #[must_use]
    pub fn annotate(&self, id: DocumentId, source: Source, reading: Reading, metadata: &Metadata) -> Annotated {
        let Reading { opening, headings, languages, mut passages, .. } = reading;
        if !self.index_contacts {
            passages.retain(|passage| passage.kind != PassageKind::Contact);
        }
        let language = languages.first().copied().unwrap_or(Language::Undetermined);
        let title = title(metadata, opening.title.as_deref());
        let title_block: Vec<&str> = opening.title.iter().chain(&opening.lines).map(String::as_str).collect();
        let labels = labels::labels(self, metadata, &title_block, language, &headings, &mut passages);
        let opening_lines = opening.letterhead.into_iter().chain(opening.title).chain(opening.lines);
        let headings = opening_lines.map(|line| (line, language)).chain(headings).collect();
        let collection = metadata.collection.as_deref().unwrap_or(PUBLIC);
        let source = Source { url: metadata.url.clone(), ..source };
        let document = Document {
            work: metadata.work.clone().map(|work| metadata.fact("work", work)),
            title,
            event: metadata.event.clone().map(|event| metadata.fact("event", event)),
            date: metadata.date.map(|date| metadata.fact("date", date)),
            year: metadata
                .year
                .map(|year| metadata.fact(if metadata.sources.contains_key("year") { "year" } else { "date" }, year)),
            venue: metadata.venue.clone().map(|venue| metadata.fact("venue", venue)),
            languages: metadata.languages.clone().unwrap_or(languages),
            labels,
            ..Document::new(id, collection, source)
        };
        Annotated { document, headings, passages }
    }
}

/// The curated title, else that of the title block; a generic heading is none.
fn title(metadata: &Metadata, in_text: Option<&str>) -> Option<Fact<String>> {
    if let Some(title) = &metadata.title {
        return Some(metadata.fact("title", title.clone()));
    }
    in_text.map(|title| Fact {
        value: title.to_owned(),
        provenance: Provenance::TextRule,
        confidence: TITLE_CONFIDENCE,
        evidence: vec![Evidence { passage: None, span: None, surface: title.to_owned() }],
    })
}

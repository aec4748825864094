//! What is known about a document: curated metadata, and what the text itself says.
//!
//! Curated beats inferred field by field, facet by facet. The rules read here are few and careful: what the text does
//! not say is unknown.

mod clues;
mod dates;
mod document_type;
mod event;
mod labels;
mod own;
mod timetable;
mod title;
mod venue;
mod words;

use rcp_corpus::model::{
    DateRange, Document, DocumentId, Event, Fact, Language, Passage, PassageKind, Provenance, Source,
};
use rcp_corpus::taxonomy::{Matcher, Taxonomy};
use rcp_index::scope::PUBLIC;

use crate::metadata::Metadata;
use crate::passages::Reading;
use clues::Clues;
use own::Own;

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
        let Reading { opening, headings, languages, properties, mut passages, .. } = reading;
        if !self.index_contacts {
            passages.retain(|passage| passage.kind != PassageKind::Contact);
        }
        let language = languages.first().copied().unwrap_or(Language::Undetermined);
        let title_block: Vec<&str> = opening.title.iter().chain(&opening.lines).map(String::as_str).collect();
        let sheet = labels::Sheet { title_block: &title_block, file_title: properties.title.as_deref(), language };
        let labels = labels::labels(self, metadata, &sheet, &headings, &mut passages);
        let processes =
            labels.iter().filter(|label| label.facet == "rcp").map(|label| label.concept.as_str()).collect();
        let clues = Clues {
            annotator: self,
            language,
            opening: &opening,
            headings: &headings,
            passages: &passages,
            properties: &properties,
            processes,
        };
        let facts = Facts::read(&clues, metadata);
        let opening_lines = opening.letterhead.into_iter().chain(opening.title).chain(opening.lines);
        let headings = opening_lines.map(|line| (line, language)).chain(headings).collect();
        let collection = metadata.collection.as_deref().unwrap_or(PUBLIC);
        let source = Source { url: metadata.url.clone(), ..source };
        let document = Document {
            work: metadata.work.clone().map(|work| metadata.fact("work", work)),
            title: facts.title,
            event: facts.event,
            date: facts.date,
            year: facts.year,
            venue: facts.venue,
            languages: metadata.languages.clone().unwrap_or(languages),
            labels,
            ..Document::new(id, collection, source)
        };
        Annotated { document, headings, passages }
    }
}

/// What is known of a document as a whole.
struct Facts {
    title: Option<Fact<String>>,
    event: Option<Fact<Event>>,
    date: Option<Fact<DateRange>>,
    year: Option<Fact<i16>>,
    venue: Option<Fact<String>>,
}

impl Facts {
    /// The curated facts, and for the others what the text says.
    fn read(clues: &Clues<'_>, metadata: &Metadata) -> Facts {
        let meeting = event::meeting(clues);
        let own = Own::new(clues, meeting.as_ref().and_then(|meeting| meeting.ordinal));
        let statements = own.statements(clues);
        let curated = metadata.date.map(|date| metadata.fact("date", date));
        // A date of another year than the curated one is not its date.
        let agrees = |date: &Fact<DateRange>| metadata.year.is_none_or(|year| year == date.value.year());
        let date = curated.or_else(|| dates::date(clues, &statements).filter(agrees));
        let curated_year = metadata.year.map(|year| {
            let key = if metadata.sources.contains_key("year") { "year" } else { "date" };
            metadata.fact(key, year)
        });
        let title = metadata.title.clone().map(|title| metadata.fact("title", title));
        let event = metadata.event.clone().map(|event| metadata.fact("event", event));
        let event = event.or_else(|| event::event(clues, meeting.as_ref()?));
        let year = curated_year.or_else(|| date.as_ref().map(year_of));
        let venue = metadata.venue.clone().map(|venue| metadata.fact("venue", venue));
        Facts {
            title: title.or_else(|| title::title(clues)),
            event: event.and_then(|event| told_apart(event, date.as_ref(), year.as_ref())),
            year,
            venue: venue.or_else(|| venue::venue(clues, &statements, date.as_ref())),
            date,
        }
    }
}

/// An event as one of its series: by its number, else by its month or year. One that was read in the text and has none
/// of these is no event that documents could share.
fn told_apart(mut event: Fact<Event>, date: Option<&Fact<DateRange>>, year: Option<&Fact<i16>>) -> Option<Fact<Event>> {
    if event.value.ordinal.is_none() {
        event.value.edition = Event::edition(date.map(|date| &date.value), year.map(|year| year.value));
    }
    let known = event.value.ordinal.is_some() || event.value.edition.is_some();
    (known || event.provenance == Provenance::Curated).then_some(event)
}

/// The year of a date, as sure as the date.
fn year_of(date: &Fact<DateRange>) -> Fact<i16> {
    Fact {
        value: date.value.year(),
        provenance: date.provenance,
        confidence: date.confidence,
        evidence: date.evidence.clone(),
    }
}

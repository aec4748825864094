//! Facts and labels with where they come from: who said so, how sure, and the words that support it.

use rcp_corpus::model::{self, Fact, Provenance};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ConceptLabel, Labels};

/// What supports a value: the words, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Evidence {
    /// Passage that holds the words; null for headings, title blocks and outside sources.
    #[schema(required = true, example = "p21")]
    pub(crate) passage: Option<String>,
    /// The words as they stand in the text, or the outside source.
    #[schema(example = "14-15 April 2005")]
    pub(crate) text: String,
}

/// A label of a document or passage.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Label {
    /// Facet that it feeds.
    #[schema(example = "rcp")]
    pub(crate) facet: String,
    /// The concept.
    pub(crate) concept: ConceptLabel,
    /// `curated`, `file-metadata`, `text-rule`, `implied` or `path`.
    #[schema(example = "curated")]
    pub(crate) provenance: &'static str,
    /// From 0 to 1.
    #[schema(minimum = 0, maximum = 1, example = 1.0)]
    pub(crate) confidence: f32,
    /// What supports it.
    pub(crate) evidence: Vec<Evidence>,
}

/// A meeting of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Event {
    /// Id, as in the `event` filter.
    #[schema(example = "grcp-4")]
    pub(crate) id: String,
    /// The series.
    #[schema(example = "grcp")]
    pub(crate) series: String,
    /// Number in the series, where it is known.
    #[schema(required = true, minimum = 1, example = 4)]
    pub(crate) ordinal: Option<u16>,
    /// Name.
    #[schema(example = "Fourth Global RCP Meeting")]
    pub(crate) name: String,
}

macro_rules! facts {
    ($($(#[$about:meta])* $name:ident($value:ty, $example:expr);)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
        pub(crate) struct $name {
            /// The value.
            #[schema(example = $example)]
            pub(crate) value: $value,
            /// `curated`, `file-metadata`, `text-rule`, `implied` or `path`.
            #[schema(example = "text-rule")]
            pub(crate) provenance: &'static str,
            /// From 0 to 1.
            #[schema(minimum = 0, maximum = 1, example = 0.9)]
            pub(crate) confidence: f32,
            /// What supports it.
            pub(crate) evidence: Vec<Evidence>,
        }

        impl $name {
            fn new<T>(fact: Fact<T>, convert: impl FnOnce(T) -> $value) -> $name {
                $name {
                    value: convert(fact.value),
                    provenance: provenance(fact.provenance),
                    confidence: fact.confidence,
                    evidence: fact.evidence.into_iter().map(Evidence::from).collect(),
                }
            }
        }
    )*};
}

facts! {
    /// A text with where it comes from.
    TextFact(String, "Geneva, Switzerland");
    /// A date or range of dates (ISO 8601, cut to what is known) with where it comes from.
    DateFact(String, "2005-04-14/2005-04-15");
    /// A year with where it comes from.
    YearFact(i16, 2005);
    /// A meeting with where it comes from.
    EventFact(Event, json!({"id": "grcp-4", "series": "grcp", "ordinal": 4, "name": "Fourth Global RCP Meeting"}));
}

/// The name of a provenance in the API.
pub(super) fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Curated => "curated",
        Provenance::FileMetadata => "file-metadata",
        Provenance::TextRule => "text-rule",
        Provenance::Implied => "implied",
        Provenance::Path => "path",
    }
}

impl From<model::Evidence> for Evidence {
    fn from(evidence: model::Evidence) -> Evidence {
        Evidence { passage: evidence.passage.map(String::from), text: evidence.surface }
    }
}

impl From<model::Event> for Event {
    fn from(event: model::Event) -> Event {
        Event { id: event.id(), series: event.series, ordinal: event.ordinal, name: event.name }
    }
}

impl From<Fact<String>> for TextFact {
    fn from(fact: Fact<String>) -> TextFact {
        TextFact::new(fact, |text| text)
    }
}

impl From<Fact<model::DocumentId>> for TextFact {
    fn from(fact: Fact<model::DocumentId>) -> TextFact {
        TextFact::new(fact, String::from)
    }
}

impl From<Fact<model::DateRange>> for DateFact {
    fn from(fact: Fact<model::DateRange>) -> DateFact {
        DateFact::new(fact, |range| range.to_string())
    }
}

impl From<Fact<i16>> for YearFact {
    fn from(fact: Fact<i16>) -> YearFact {
        YearFact::new(fact, |year| year)
    }
}

impl From<Fact<model::Event>> for EventFact {
    fn from(fact: Fact<model::Event>) -> EventFact {
        EventFact::new(fact, Event::from)
    }
}

impl Label {
    pub(super) fn new(label: model::Label, labels: &Labels<'_>) -> Label {
        Label {
            concept: labels.concept(&label.facet, &label.concept),
            facet: label.facet,
            provenance: provenance(label.provenance),
            confidence: label.confidence,
            evidence: label.evidence.into_iter().map(Evidence::from).collect(),
        }
    }
}

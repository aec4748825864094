//! [`CslItem`]: a reference as CSL-JSON (version 1.0.2), which citation processors and reference managers read.

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Precision};
use rcp_query::citation::Reference;
use serde::Serialize;
use utoipa::ToSchema;

/// An item of CSL-JSON; its names are those of that format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CslItem {
    /// The document's id, behind a `#` that of the passage.
    #[schema(example = "gcim-iom-workshop-2005-report#p21")]
    pub(crate) id: String,
    /// Always `report`.
    #[serde(rename = "type")]
    #[schema(example = "report")]
    pub(crate) kind: &'static str,
    /// Title.
    #[schema(example = "GCIM – IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// The processes it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) author: Vec<CslName>,
    /// Type of document, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "Summary report")]
    pub(crate) genre: Option<String>,
    /// The first process it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "Global RCP meetings")]
    pub(crate) publisher: Option<String>,
    /// When the event took place, or the document was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub(crate) issued: Option<CslDate>,
    /// The meeting it comes from.
    #[serde(rename = "event-title", skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "Fourth global meeting")]
    pub(crate) event_title: Option<String>,
    /// Where that took place.
    #[serde(rename = "event-place", skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "Geneva, Switzerland")]
    pub(crate) event_place: Option<String>,
    /// The language most used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "en")]
    pub(crate) language: Option<&'static str>,
    /// Of a document, its number of pages.
    #[serde(rename = "number-of-pages", skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "12")]
    pub(crate) number_of_pages: Option<String>,
    /// Of a passage, the page it starts on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "7")]
    pub(crate) page: Option<String>,
    /// Of a passage, its place in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "para. 21")]
    pub(crate) section: Option<String>,
    /// Permanent address, or that of the original.
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "https://search.example.org/documents/report-2005#p21")]
    pub(crate) url: Option<String>,
}

/// The name of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CslName {
    /// The whole name, not to be taken apart.
    #[schema(example = "Regional Conference on Migration")]
    pub(crate) literal: String,
}

/// A date or a range of dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CslDate {
    /// One date, or two; each is year, month and day, as far as they are known.
    #[serde(rename = "date-parts")]
    #[schema(example = json!([[2005, 4, 14], [2005, 4, 15]]))]
    pub(crate) date_parts: Vec<Vec<i16>>,
}

impl From<Reference> for CslItem {
    fn from(reference: Reference) -> CslItem {
        let pages = reference.pages;
        let (page, number_of_pages) = match &reference.passage {
            Some(_) => (pages.map(|(page, _)| page.to_string()), None),
            None => (None, pages.map(|(_, pages)| pages.to_string())),
        };
        let year_alone = reference.year.map(|year| vec![vec![year]]);
        CslItem {
            id: reference.key('#'),
            kind: "report",
            title: reference.title,
            publisher: reference.processes.first().cloned(),
            author: reference.processes.into_iter().map(|literal| CslName { literal }).collect(),
            genre: reference.document_type,
            issued: reference.date.map(date_parts).or(year_alone).map(|date_parts| CslDate { date_parts }),
            event_title: reference.event,
            event_place: reference.venue,
            language: reference.languages.first().map(|language| language.code()),
            number_of_pages,
            page,
            section: reference.place,
            url: reference.url,
        }
    }
}

fn date_parts(range: DateRange) -> Vec<Vec<i16>> {
    let parts = |day: Date| match range.precision {
        Precision::Day => vec![day.year(), day.month().into(), day.day().into()],
        Precision::Month => vec![day.year(), day.month().into()],
        Precision::Year => vec![day.year()],
    };
    let mut dates = vec![parts(range.start), parts(range.end)];
    dates.dedup();
    dates
}

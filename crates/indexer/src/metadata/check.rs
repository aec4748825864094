//! Checks what metadata files say.

use std::collections::BTreeMap;

use rcp_corpus::model::{DateRange, DocumentId, Event, Language};
use rcp_corpus::taxonomy::Taxonomy;
use toml::Spanned;

use super::file::{RawEvent, RawMetadata, Source};
use super::{CONCEPT_KEYS, Metadata, MetadataError};

/// Keys that can have outside sources.
const SOURCED: [&str; 12] = [
    "title",
    "type",
    "languages",
    "date",
    "year",
    "rcps",
    "mentions",
    "regions",
    "themes",
    "countries",
    "venue",
    "event",
];

/// Longest name of a collection.
const MAX_COLLECTION: usize = 64;

/// Years that a document of these processes can have.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Checks the keys of one document.
pub(super) fn metadata(source: &Source<'_>, raw: RawMetadata, taxonomy: &Taxonomy) -> Result<Metadata, MetadataError> {
    let date = raw.date.map(|date| date_range(source, &date)).transpose()?;
    let year = raw.year.map(|year| checked_year(source, &year)).transpose()?;
    let types = raw.document_type.map(|value| vec![value]);
    let values = [types, raw.rcps, raw.mentions, raw.regions, raw.themes, raw.countries];
    let mut concepts = BTreeMap::new();
    for ((key, facet), values) in CONCEPT_KEYS.into_iter().zip(values) {
        if let Some(values) = values {
            concepts.insert(facet.to_owned(), concept_ids(source, taxonomy, key, facet, &values)?);
        }
    }
    Ok(Metadata {
        id: raw.id.map(|id| document_id(source, "id", &id)).transpose()?,
        title: text(source, "title", raw.title)?,
        languages: raw.languages.map(|languages| checked_languages(source, &languages)).transpose()?,
        date,
        year: year.or_else(|| date.map(|date| date.year())),
        venue: text(source, "venue", raw.venue)?,
        event: raw.event.map(|event| checked_event(source, event)).transpose()?,
        concepts,
        url: raw.url.map(|url| checked_url(source, &url)).transpose()?,
        work: text(source, "work", raw.work)?,
        collection: raw.collection.map(|name| collection(source, &name)).transpose()?,
        sources: sources(source, raw.sources)?,
    })
}

fn text(source: &Source<'_>, key: &str, value: Option<Spanned<String>>) -> Result<Option<String>, MetadataError> {
    let Some(value) = value else { return Ok(None) };
    let clean = crate::extract::clean(value.as_ref());
    if clean.is_empty() {
        return Err(source.error(value.span().start, key, "it is empty; leave the key out if nothing is known"));
    }
    Ok(Some(clean))
}

fn document_id(source: &Source<'_>, key: &str, id: &Spanned<String>) -> Result<DocumentId, MetadataError> {
    DocumentId::new(id.as_ref()).map_err(|error| source.error(id.span().start, key, &error.to_string()))
}

fn date_range(source: &Source<'_>, date: &Spanned<String>) -> Result<DateRange, MetadataError> {
    date.as_ref()
        .parse()
        .map_err(|error: rcp_corpus::model::DateParseError| source.error(date.span().start, "date", &error.to_string()))
}

fn checked_year(source: &Source<'_>, year: &Spanned<i16>) -> Result<i16, MetadataError> {
    if YEARS.contains(year.as_ref()) {
        return Ok(*year.as_ref());
    }
    let message = format!("{} is no year from {} to {}", year.as_ref(), YEARS.start(), YEARS.end());
    Err(source.error(year.span().start, "year", &message))
}

fn checked_languages(source: &Source<'_>, values: &[Spanned<String>]) -> Result<Vec<Language>, MetadataError> {
    let language = |value: &Spanned<String>| {
        let unknown = || source.error(value.span().start, "languages", "write en, es, fr or und (another language)");
        Language::from_code(value.as_ref()).ok_or_else(unknown)
    };
    values.iter().map(language).collect()
}

fn checked_event(source: &Source<'_>, event: RawEvent) -> Result<Event, MetadataError> {
    document_id(source, "event.series", &event.series)?;
    if let Some(ordinal) = &event.ordinal
        && *ordinal.as_ref() == 0
    {
        return Err(source.error(ordinal.span().start, "event.ordinal", "meetings are counted from 1"));
    }
    let name = text(source, "event.name", Some(event.name))?.unwrap_or_default();
    let (series, ordinal) = (event.series.into_inner(), event.ordinal.map(Spanned::into_inner));
    Ok(Event { series, ordinal, edition: None, name })
}

fn checked_url(source: &Source<'_>, url: &Spanned<String>) -> Result<String, MetadataError> {
    let text = url.as_ref();
    let web = text.starts_with("https://") || text.starts_with("http://");
    if web && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c)) {
        return Ok(text.clone());
    }
    Err(source.error(url.span().start, "url", "it must be a web address that begins with https:// or http://"))
}

fn collection(source: &Source<'_>, name: &Spanned<String>) -> Result<String, MetadataError> {
    let usable = DocumentId::new(name.as_ref()).is_ok() && name.as_ref().len() <= MAX_COLLECTION;
    if usable {
        return Ok(name.as_ref().clone());
    }
    let message = "a collection is named by at most 64 lower-case letters, digits and single hyphens";
    Err(source.error(name.span().start, "collection", message))
}

/// Ids of concepts, each once. A concept that was replaced counts as the one that replaced it.
fn concept_ids(
    source: &Source<'_>,
    taxonomy: &Taxonomy,
    key: &str,
    facet: &str,
    values: &[Spanned<String>],
) -> Result<Vec<String>, MetadataError> {
    let mut ids: Vec<String> = Vec::new();
    for value in values {
        let Some(concept) = taxonomy.concept(facet, value.as_ref()) else {
            let nearest = taxonomy.nearest(facet, value.as_ref(), 3);
            let offer = match nearest.as_slice() {
                [] => "see the ids in index-config/schemes".to_owned(),
                ids => format!("did you mean {}?", ids.join(", ")),
            };
            let message = format!("{:?} is no concept of the facet {facet}; {offer}", value.as_ref());
            return Err(source.error(value.span().start, key, &message));
        };
        let id = concept.replaced_by.as_ref().unwrap_or(&concept.id);
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    Ok(ids)
}

fn sources(
    source: &Source<'_>,
    raw: BTreeMap<Spanned<String>, Vec<String>>,
) -> Result<BTreeMap<String, Vec<String>>, MetadataError> {
    let mut sources = BTreeMap::new();
    for (key, addresses) in raw {
        if !SOURCED.contains(&key.as_ref().as_str()) {
            let message = format!("a source belongs to a key of this file: {}", SOURCED.join(", "));
            return Err(source.error(key.span().start, &format!("sources.{}", key.as_ref()), &message));
        }
        sources.insert(key.into_inner(), addresses);
    }
    Ok(sources)
}

//! `/events/{id}`: a meeting and its documents.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rcp_corpus::model::Event;
use rcp_query::SearchError;
use rcp_query::request::{SearchRequest, Sort};

use super::Reader;
use super::address::address;
use super::concept::{Counted, page_of};
use super::frame::{Frame, page};
use super::listed::{ListedDocument, documents_with, found};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// Documents that are listed.
const LISTED: usize = 100;

/// The page of a meeting.
#[derive(Debug, Template)]
#[template(path = "event.html")]
struct EventPage {
    frame: Frame,
    series: Option<Counted>,
    number: Option<String>,
    date: Option<String>,
    places: Vec<String>,
    /// Number of documents in words.
    total: String,
    documents: Vec<ListedDocument>,
    previous: Option<Counted>,
    next: Option<Counted>,
    search: String,
}

/// Address of the page of an event; its id comes from people who describe documents.
pub(super) fn event_url(id: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    // In a path, a space is no plus sign.
    format!("/events/{}", encoded.replace('+', "%20"))
}

/// The handler of the page.
pub(super) async fn event(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let work = move |basis: &Basis<'_>, reader: Reader| {
        let unknown = || ApiError::not_found("unknown_event", "no document is of such a meeting");
        let ui = reader.language();
        if id.trim().is_empty() || id == rcp_query::facets::NO_VALUE {
            return Err(unknown());
        }
        let request = SearchRequest { limit: LISTED, sort: Sort::DateAscending, ..documents_with("event", &id, ui) };
        let response = basis.snapshot.search(basis.scope, &request)?;
        let (total, is_partial) = (response.total, response.partial);
        let documents = found(response);
        let event = documents.iter().find_map(|document| document.event.as_ref()).ok_or_else(unknown)?.value.clone();
        let frame = Frame::new(&reader, event.name.clone(), None);
        let labels = basis.labels(ui);
        let (previous, next) = neighbours(&event, basis, &frame)?;
        let series = basis.taxonomy().concept("rcp", &event.series).and_then(|concept| {
            let url = frame.href(&page_of("rcp", &concept.id)?);
            Some(Counted { label: concept.label.get(ui).to_owned(), url, documents: 0, shown: String::new() })
        });
        let mut places: Vec<String> = Vec::new();
        for venue in documents.iter().filter_map(|document| document.venue.as_ref()) {
            if !places.contains(&venue.value) {
                places.push(venue.value.clone());
            }
        }
        let shown = EventPage {
            series,
            number: event.ordinal.map(|ordinal| frame.t.number(ordinal)),
            date: documents.iter().find_map(|document| document.date.as_ref()).map(|date| frame.t.date(&date.value)),
            places,
            total: frame.t.count("results-documents", total),
            documents: documents.iter().map(|document| ListedDocument::new(document, &labels, &frame)).collect(),
            previous,
            next,
            search: frame.href(&address("/search", [("event", &id)])),
            frame,
        };
        Ok(page(&shown, &shown.frame)?.partial(is_partial))
    };
    state.answer(caller, reader, work).await
}

/// The meetings of the series before and behind one, by number; meetings without a number by date.
fn neighbours(
    event: &Event,
    basis: &Basis<'_>,
    frame: &Frame,
) -> Result<(Option<Counted>, Option<Counted>), SearchError> {
    let everything = SearchRequest {
        limit: 0,
        passages: 0,
        facets: vec!["event".to_owned()],
        facet_limit: usize::from(SearchRequest::MAX_FACET_LIMIT),
        ..SearchRequest::new(rcp_query::request::Unit::Documents, "")
    };
    let response = basis.snapshot.search(basis.scope, &everything)?;
    let known = response.facets.iter().flat_map(|facet| &facet.values).map(|value| value.value.as_str());
    let (previous, next) = around(event, known);
    let named = |id: Option<String>| -> Result<Option<Counted>, SearchError> {
        let Some(id) = id else { return Ok(None) };
        let request = SearchRequest { limit: 1, ..documents_with("event", &id, frame.t.language()) };
        let response = basis.snapshot.search(basis.scope, &request)?;
        let documents = response.total;
        let name = found(response).into_iter().find_map(|document| Some(document.event?.value.name));
        let url = frame.href(&event_url(&id));
        Ok(name.map(|label| Counted { label, url, documents, shown: frame.t.number(documents) }))
    };
    Ok((named(previous)?, named(next)?))
}

/// The ids before and behind that of a meeting, among the known ones of its series that are counted as it is.
fn around<'a>(event: &Event, known: impl Iterator<Item = &'a str>) -> (Option<String>, Option<String>) {
    let place = |text: &str| -> Option<(u32, u32)> {
        match (event.ordinal, text.split_once('-')) {
            // Four digits are a year.
            (Some(_), None) if text.len() < 4 => Some((text.parse().ok()?, 0)),
            (None, None) if text.len() == 4 => Some((text.parse().ok()?, 0)),
            (None, Some((year, month))) if year.len() == 4 => Some((year.parse().ok()?, month.parse().ok()?)),
            _ => None,
        }
    };
    let beginning = format!("{}-", event.series);
    let id = event.id();
    let Some(here) = id.strip_prefix(&beginning).and_then(place) else { return (None, None) };
    let others: Vec<((u32, u32), &str)> =
        known.filter_map(|id| Some((place(id.strip_prefix(&beginning)?)?, id))).collect();
    let previous = others.iter().filter(|(place, _)| *place < here).max();
    let next = others.iter().filter(|(place, _)| *place > here).min();
    (previous.map(|(_, id)| (*id).to_owned()), next.map(|(_, id)| (*id).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_those_of_the_series_that_are_counted_alike() {
        #[track_caller]
        fn check(ordinal: Option<u16>, edition: Option<&str>, expected: (Option<&str>, Option<&str>)) {
            let known = ["rcm-2", "rcm-10", "rcm-15", "rcm-sacm-16", "rcm-2018-08", "rcm-2019-03", "rcm", "sacm-3"];
            let edition = edition.map(str::to_owned);
            let event = Event { series: "rcm".to_owned(), ordinal, edition, name: String::new() };
            let (previous, next) = around(&event, known.into_iter());
            assert_eq!((previous.as_deref(), next.as_deref()), expected);
        }
        check(Some(10), None, (Some("rcm-2"), Some("rcm-15")));
        check(Some(2), None, (None, Some("rcm-10")));
        check(Some(15), None, (Some("rcm-10"), None));
        check(None, Some("2018-08"), (None, Some("rcm-2019-03")));
        check(None, None, (None, None));
    }

    #[test]
    fn an_id_is_one_part_of_a_path() {
        assert_eq!(event_url("grcp-4"), "/events/grcp-4");
        assert_eq!(event_url("a b/?#"), "/events/a%20b%2F%3F%23");
    }
}

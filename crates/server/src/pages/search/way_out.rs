//! [`WayOut`]: a search near one that found nothing, with what it would find.

use rcp_query::request::SearchRequest;

use super::address::Address;
use super::filters::{Chip, without_filters};
use crate::answer::Basis;
use crate::pages::frame::Frame;
use crate::params::{SearchPageParams, from_query};
use crate::problem::ApiError;

/// Filters whose removal is tried; each is a search.
const MOST: usize = 6;

/// A search near one that found nothing.
#[derive(Debug)]
pub(super) struct WayOut {
    pub(super) label: String,
    /// What it finds.
    pub(super) count: String,
    pub(super) url: String,
}

/// The searches that find something: without one filter, without any, with any of the words.
pub(super) fn ways_out(
    basis: &Basis<'_>,
    address: &Address,
    chips: &[Chip],
    frame: &Frame,
) -> Result<Vec<WayOut>, ApiError> {
    let t = frame.t;
    let mut tries: Vec<(String, Address)> = chips
        .iter()
        .take(MOST)
        .map(|chip| (t.with("search-without-filter", &chip.label), chip.address.clone()))
        .collect();
    if chips.len() > 1 {
        tries.push((t.say("search-without-filters"), without_filters(address, basis.facets())));
    }
    if address.value("match") != "any" && !address.value("q").is_empty() {
        tries.push((t.say("search-any-word"), address.clone().set("match", "any")));
    }
    let mut ways = Vec::new();
    for (label, address) in tries {
        let total = count(basis, &address)?;
        if total > 0 {
            let url = frame.href(&address.at("/search"));
            ways.push(WayOut { label, count: t.count("search-results", total), url });
        }
    }
    Ok(ways)
}

/// What a search finds.
fn count(basis: &Basis<'_>, address: &Address) -> Result<u64, ApiError> {
    let query = address.at("");
    let params: SearchPageParams = from_query(query.trim_start_matches('?'), basis.facets())?;
    let request = params.search.request;
    let bare = SearchRequest { limit: 0, passages: 0, facets: Vec::new(), ..request.clone() };
    let found = basis.snapshot.search(basis.scope, &bare);
    Ok(found.map_err(|error| ApiError::from_search(error, &request))?.total)
}

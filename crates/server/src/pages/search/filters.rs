//! [`Chip`]: a filter in force, as the link that removes it.

use rcp_corpus::taxonomy::Taxonomy;

use super::address::Address;
use super::names::{facet_name, value_name};
use crate::pages::frame::Frame;
use crate::pages::texts::Texts;

/// A filter in force.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    /// Tells it from the others of the page.
    pub(super) id: String,
    /// What it is: `Process: Puebla Process`.
    pub(super) label: String,
    /// What is searched for without it.
    pub(super) address: Address,
    pub(super) url: String,
}

/// Names of the ranges, each with its message.
const RANGES: [(&str, &str); 5] = [
    ("year_from", "search-year-from"),
    ("year_to", "search-year-to"),
    ("date_from", "search-date-from"),
    ("date_to", "search-date-to"),
    ("added_since", "search-added-since"),
];

/// The filters of an address. `facets` are those of the configuration.
pub(super) fn chips(address: &Address, facets: &[String], taxonomy: &Taxonomy, frame: &Frame) -> Vec<Chip> {
    let t = frame.t;
    let named = address
        .pairs()
        .iter()
        .filter_map(|(name, value)| Some((name, value, label(name, value, facets, taxonomy, t)?)));
    let chip = |(name, value, label): (&String, &String, String)| {
        let address = address.clone().without_value(name, value);
        Chip { id: format!("chip-{name}-{value}"), label, url: frame.href(&address.at("/search")), address }
    };
    named.map(chip).collect()
}

/// An address without any filter.
pub(super) fn without_filters(address: &Address, facets: &[String]) -> Address {
    let is_filter = |name: &str| {
        name == "document" || RANGES.iter().any(|(range, _)| *range == name) || facet_of(name, facets).is_some()
    };
    Address::new(address.pairs().iter().filter(|(name, _)| !is_filter(name)).cloned())
}

/// The facet of a parameter, and whether it leaves out.
fn facet_of<'a>(name: &'a str, facets: &[String]) -> Option<(&'a str, bool)> {
    let known = |facet: &str| facets.iter().any(|known| known == facet);
    if known(name) {
        return Some((name, false));
    }
    name.strip_prefix("not_").filter(|facet| known(facet)).map(|facet| (facet, true))
}

/// What a filter is; `None` for what is none.
fn label(name: &str, value: &str, facets: &[String], taxonomy: &Taxonomy, t: Texts) -> Option<String> {
    if let Some((facet, is_excluded)) = facet_of(name, facets) {
        let (facet_name, value) = (facet_name(facet, taxonomy, t), value_name(facet, value, taxonomy, t));
        let label = format!("{facet_name}: {value}");
        return Some(if is_excluded { t.with("search-not", label) } else { label });
    }
    if name == "document" {
        return Some(t.with("search-one-document", value));
    }
    let (_, message) = RANGES.iter().find(|(range, _)| *range == name)?;
    Some(t.with(message, value))
}

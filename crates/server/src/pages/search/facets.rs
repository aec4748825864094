//! [`FacetGroup`]: a facet as a group of boxes, each with its count; the rest of a long one is behind a link.

use std::collections::BTreeSet;

use askama::Template;
use rcp_query::facets::NO_VALUE;
use rcp_query::facets::search::FacetRequest;
use rcp_query::request::SearchRequest;
use rcp_query::response::{Facet, FacetValue};

use super::address::Address;
use super::names::{facet_name, value_name};
use crate::answer::Basis;
use crate::pages::frame::Frame;
use crate::params::SearchPageParams;
use crate::problem::ApiError;

/// Values of a facet that are shown at first.
const FIRST: usize = 6;
/// So few more are shown too: a link would take their place.
const FEW_MORE: usize = 2;

/// A facet as a group of boxes.
#[derive(Debug)]
pub(super) struct FacetGroup {
    /// Name of the parameter.
    pub(super) name: String,
    pub(super) legend: String,
    pub(super) values: Vec<Value>,
    /// Whether every value is shown.
    pub(super) is_whole: bool,
    /// What is looked for among the values, where it can be.
    pub(super) find: Option<String>,
    /// The link to more values, or back to fewer: its address and words.
    pub(super) more: Option<(String, String)>,
}

/// A value with its box, and narrower ones below it.
#[derive(Debug, Template)]
#[template(path = "search/value.html")]
pub(super) struct Value {
    facet: String,
    id: String,
    label: String,
    /// Another name by which it was found.
    note: Option<String>,
    count: String,
    is_selected: bool,
    children: Vec<Value>,
}

/// The groups of an answer.
pub(super) fn groups(
    basis: &Basis<'_>,
    params: &SearchPageParams,
    facets: &[Facet],
    address: &Address,
    frame: &Frame,
) -> Result<Vec<FacetGroup>, ApiError> {
    let shown = facets.iter().filter(|facet| facet.name != "year" && !is_empty(facet, &params.search.request));
    shown.map(|facet| Maker { basis, params, facet, address, frame, seen: BTreeSet::new() }.group()).collect()
}

fn is_empty(facet: &Facet, request: &SearchRequest) -> bool {
    facet.values.is_empty() && !selects_none(&facet.name, request)
}

fn selects_none(facet: &str, request: &SearchRequest) -> bool {
    request.filters.get(facet).is_some_and(|selection| selection.include.iter().any(|value| value == NO_VALUE))
}

struct Maker<'a> {
    basis: &'a Basis<'a>,
    params: &'a SearchPageParams,
    facet: &'a Facet,
    address: &'a Address,
    frame: &'a Frame,
    /// Values with a box: one with two broader ones has but one.
    seen: BTreeSet<String>,
}

impl Maker<'_> {
    fn group(mut self) -> Result<FacetGroup, ApiError> {
        let name = &self.facet.name;
        let t = self.frame.t;
        let is_whole = self.params.all.as_deref() == Some(name);
        let find = self.params.find.clone().filter(|_| is_whole);
        let mut values = match &find {
            Some(text) => self.found(text)?,
            None => self.tree(is_whole || self.facet.total_values <= FIRST + FEW_MORE),
        };
        let request = &self.params.search.request;
        if self.facet.missing > 0 && is_whole && find.is_none() || selects_none(name, request) {
            values.push(self.none(selects_none(name, request)));
        }
        let hidden = self.facet.total_values.saturating_sub(self.seen.len());
        let href = |address: Address| self.frame.href(&address.at("/search")) + "#facet-" + name;
        let bare = || self.address.clone().without(&["all", "find"]);
        let more = if is_whole {
            Some((href(bare()), t.with("search-fewer", self.legend())))
        } else if hidden > 0 {
            Some((
                href(bare().plus("all", name)),
                t.count_with("search-all-values", self.facet.total_values, self.legend()),
            ))
        } else {
            None
        };
        let find = is_whole.then(|| find.unwrap_or_default());
        Ok(FacetGroup { name: name.clone(), legend: self.legend(), values, is_whole, find, more })
    }

    fn legend(&self) -> String {
        facet_name(&self.facet.name, self.basis.taxonomy(), self.frame.t)
    }

    /// The values as a tree: all of them, or the first ones and what is near a selected one.
    fn tree(&mut self, is_whole: bool) -> Vec<Value> {
        let facet = self.facet;
        let is_short = facet.values.len() <= FIRST + FEW_MORE;
        let shown =
            |(rank, value): &(usize, &FacetValue)| is_whole || is_short || *rank < FIRST || holds_selected(value);
        let kept: Vec<&FacetValue> = facet.values.iter().enumerate().filter(shown).map(|(_, value)| value).collect();
        kept.into_iter().filter_map(|value| self.value(value, is_whole)).collect()
    }

    fn value(&mut self, value: &FacetValue, is_whole: bool) -> Option<Value> {
        if !self.seen.insert(value.value.clone()) {
            return None;
        }
        let is_open = is_whole || holds_selected(value);
        let children = value.children.iter().filter(|_| is_open);
        let children = children.filter_map(|child| self.value(child, is_whole)).collect();
        Some(self.leaf(&value.value, value.label.clone(), value.count, value.selected, children))
    }

    fn leaf(&self, id: &str, label: String, count: u64, is_selected: bool, children: Vec<Value>) -> Value {
        let count = self.frame.t.number(count);
        Value { facet: self.facet.name.clone(), id: id.to_owned(), label, note: None, count, is_selected, children }
    }

    /// What has no value.
    fn none(&self, is_selected: bool) -> Value {
        let label = value_name(&self.facet.name, NO_VALUE, self.basis.taxonomy(), self.frame.t);
        self.leaf(NO_VALUE, label, self.facet.missing, is_selected, Vec::new())
    }

    /// The values with such a name, below those that are selected.
    fn found(&mut self, text: &str) -> Result<Vec<Value>, ApiError> {
        let request = FacetRequest {
            facet: self.facet.name.clone(),
            text: text.to_owned(),
            search: self.params.search.request.clone(),
            limit: usize::from(SearchRequest::MAX_FACET_LIMIT),
        };
        let found = self.basis.snapshot.facet_values(self.basis.scope, &request)?;
        let mut selected = Vec::new();
        collect_selected(&self.facet.values, &mut selected);
        let mut values = Vec::new();
        for value in selected {
            if self.seen.insert(value.value.clone()) {
                values.push(self.leaf(&value.value, value.label.clone(), value.count, true, Vec::new()));
            }
        }
        for value in found.values {
            if self.seen.insert(value.value.clone()) {
                let leaf = self.leaf(&value.value, value.label, value.count, value.selected, Vec::new());
                values.push(Value { note: value.name, ..leaf });
            }
        }
        Ok(values)
    }
}

fn holds_selected(value: &FacetValue) -> bool {
    value.selected || value.children.iter().any(holds_selected)
}

fn collect_selected<'a>(values: &'a [FacetValue], selected: &mut Vec<&'a FacetValue>) {
    for value in values {
        selected.extend(value.selected.then_some(value));
        collect_selected(&value.children, selected);
    }
}

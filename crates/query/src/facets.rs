//! Facets: which there are, what their values may be, and counts as a tree with labels.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::fold;
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_index::backend::{FacetCount, FacetCounts};
use rcp_index::plan::{FacetFilter, Filter};

use crate::SearchError;
use crate::request::{Condition, SearchRequest, Selection};
use crate::response::{Facet, FacetValue};

pub mod search;
#[cfg(test)]
mod tests;

/// Stands for documents without a value in a facet.
pub const NO_VALUE: &str = "none";

/// The filters of a request.
///
/// # Errors
/// [`SearchError::UnknownFacet`] and [`SearchError::UnknownValue`], with what would be valid.
pub(crate) fn filters(taxonomy: &Taxonomy, request: &SearchRequest) -> Result<Vec<Filter>, SearchError> {
    let mut filters = Vec::new();
    for (facet, Selection { include, exclude }) in &request.filters {
        if !include.is_empty() {
            filters.push(Filter::Facet(selection(taxonomy, facet, include)?));
        }
        if !exclude.is_empty() {
            filters.push(Filter::Not(Box::new(Filter::Facet(selection(taxonomy, facet, exclude)?))));
        }
    }
    for condition in &request.conditions {
        // Joined to nothing else, a selection is still none that counts of its facet ignore.
        filters.push(Filter::Any(vec![filter(taxonomy, condition)?]));
    }
    if !request.documents.is_empty() {
        filters.push(Filter::Documents(request.documents.clone()));
    }
    if request.year_from.is_some() || request.year_to.is_some() {
        filters.push(Filter::Years { from: request.year_from, to: request.year_to });
    }
    if request.date_from.is_some() || request.date_to.is_some() {
        filters.push(Filter::Dates { from: request.date_from, to: request.date_to });
    }
    filters.extend(request.added_since.map(Filter::AddedSince));
    Ok(filters)
}

/// The filter of a condition. Callers bound how deep conditions nest.
fn filter(taxonomy: &Taxonomy, condition: &Condition) -> Result<Filter, SearchError> {
    Ok(match condition {
        Condition::Value { facet, value } => Filter::Facet(selection(taxonomy, facet, std::slice::from_ref(value))?),
        Condition::Years { from, to } => Filter::Years { from: *from, to: *to },
        Condition::Not(condition) => Filter::Not(Box::new(filter(taxonomy, condition)?)),
        Condition::Any(conditions) => {
            Filter::Any(conditions.iter().map(|condition| filter(taxonomy, condition)).collect::<Result<_, _>>()?)
        }
    })
}

/// Whether a request selects or excludes a value.
pub(crate) fn is_selected(request: &SearchRequest, facet: &str, value: &str) -> bool {
    let named = |selection: &Selection| selection.include.iter().chain(&selection.exclude).any(|named| named == value);
    request.filters.get(facet).is_some_and(named)
}

/// The values of a facet that a request selects, as the facet knows them.
pub(crate) fn selected<'a>(taxonomy: &'a Taxonomy, facet: &str, request: &'a SearchRequest) -> BTreeSet<&'a str> {
    let asked = request.filters.get(facet).into_iter().flat_map(|selection| &selection.include);
    asked.map(|value| current(taxonomy, facet, value).unwrap_or(value)).collect()
}

fn selection(taxonomy: &Taxonomy, facet: &str, asked: &[String]) -> Result<FacetFilter, SearchError> {
    known_facet(taxonomy, facet)?;
    let mut filter = FacetFilter { facet: facet.to_owned(), values: Vec::new(), or_missing: false };
    for value in asked {
        if value == NO_VALUE {
            filter.or_missing = true;
        } else {
            filter.values.push(checked_value(taxonomy, facet, value)?);
        }
    }
    Ok(filter)
}

/// Checks that a facet exists.
///
/// # Errors
/// [`SearchError::UnknownFacet`] with those there are.
pub(crate) fn known_facet(taxonomy: &Taxonomy, name: &str) -> Result<(), SearchError> {
    let known: Vec<String> = taxonomy.facets().into_iter().map(|facet| facet.name).collect();
    if known.iter().any(|facet| facet == name) {
        return Ok(());
    }
    Err(SearchError::UnknownFacet { name: name.to_owned(), known })
}

/// A value as its facet knows it: a concept that was replaced becomes the one that replaced it.
fn checked_value(taxonomy: &Taxonomy, facet: &str, value: &str) -> Result<String, SearchError> {
    let unknown =
        |nearest: Vec<String>| SearchError::UnknownValue { facet: facet.to_owned(), value: value.to_owned(), nearest };
    if taxonomy.scheme_of_facet(facet).is_some() {
        let nearest = || taxonomy.nearest(facet, value, 3).into_iter().map(str::to_owned).collect();
        return current(taxonomy, facet, value).map(str::to_owned).ok_or_else(|| unknown(nearest()));
    }
    let valid = match facet {
        "year" => value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()),
        "lang" => Language::from_code(value).is_some(),
        _ => !value.is_empty(),
    };
    let nearest = || match facet {
        "lang" => Language::ANALYSED.iter().map(|language| language.code().to_owned()).collect(),
        _ => Vec::new(),
    };
    if valid { Ok(value.to_owned()) } else { Err(unknown(nearest())) }
}

/// Id of the concept that stands for an id now: its own, or that of the one that replaced it.
fn current<'a>(taxonomy: &'a Taxonomy, facet: &str, id: &str) -> Option<&'a str> {
    let concept = taxonomy.concept(facet, id)?;
    taxonomy.resolve(facet, &concept.id).first().map(|current| current.id.as_str())
}

/// The counts of a facet as an answer gives them: labelled, nested, ordered, cut. `total` is that of the answer.
///
/// Years come newest first, everything else by falling count, then by value.
pub(crate) fn facet(
    taxonomy: &Taxonomy,
    name: &str,
    counts: &FacetCounts,
    total: u64,
    request: &SearchRequest,
) -> Facet {
    let selected = selected(taxonomy, name, request);
    let mut present: BTreeMap<&str, FacetCount> =
        counts.values.iter().map(|(value, &count)| (value.as_str(), count)).collect();
    let total_values = present.len();
    // What is selected is shown even where nothing has it, below its ancestors. It adds nothing to the answer.
    let nothing = FacetCount { count: 0, count_if_added: total };
    for &value in selected.iter().filter(|value| **value != NO_VALUE) {
        present.entry(value).or_insert(nothing);
        for ancestor in taxonomy.with_ancestors(name, value) {
            present.entry(ancestor).or_insert(nothing);
        }
    }
    let mut narrower: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for &value in present.keys() {
        let concept = taxonomy.concept(name, value);
        let broader = concept.into_iter().flat_map(|concept| concept.broader.iter().map(String::as_str));
        let broader: Vec<&str> = broader.filter(|broader| present.contains_key(broader)).collect();
        let parents = if broader.is_empty() { vec![None] } else { broader.into_iter().map(Some).collect() };
        parents.into_iter().for_each(|parent| narrower.entry(parent).or_default().push(value));
    }
    let (ui, limit) = (request.ui, request.facet_limit);
    let mut tree = FacetTree { taxonomy, name, ui, limit, selected, present, narrower, truncated: false };
    let values = tree.below(None);
    Facet { name: name.to_owned(), values, total_values, truncated: tree.truncated, missing: counts.missing }
}

struct FacetTree<'a> {
    taxonomy: &'a Taxonomy,
    name: &'a str,
    ui: Language,
    limit: usize,
    selected: BTreeSet<&'a str>,
    present: BTreeMap<&'a str, FacetCount>,
    /// Present values by a present broader one; the roots below `None`.
    narrower: BTreeMap<Option<&'a str>, Vec<&'a str>>,
    truncated: bool,
}

impl<'a> FacetTree<'a> {
    // The loader refuses cycles, so recursion ends at the leaves of the scheme.
    fn below(&mut self, broader: Option<&'a str>) -> Vec<FacetValue> {
        let mut values = self.narrower.get(&broader).cloned().unwrap_or_default();
        if self.name == "year" {
            values.sort_by(|left, right| right.cmp(left));
        } else {
            values.sort_by_cached_key(|&value| (Reverse(self.count(value)), value));
        }
        let kept: Vec<&str> = values
            .iter()
            .enumerate()
            .filter(|(rank, value)| *rank < self.limit || self.holds_selected(value))
            .map(|(_, value)| *value)
            .collect();
        self.truncated |= kept.len() < values.len();
        kept.into_iter().map(|value| self.value(value)).collect()
    }

    fn value(&mut self, value: &'a str) -> FacetValue {
        let count = self.present.get(value).copied().unwrap_or_default();
        FacetValue {
            value: value.to_owned(),
            label: label(self.taxonomy, self.name, value, self.ui),
            paths: paths(self.taxonomy, self.name, value),
            count: count.count,
            count_if_added: count.count_if_added,
            selected: self.selected.contains(value),
            children: self.below(Some(value)),
        }
    }

    fn count(&self, value: &str) -> u64 {
        self.present.get(value).map_or(0, |count| count.count)
    }

    /// Whether a value or one below it is selected: such values are never cut.
    fn holds_selected(&self, value: &str) -> bool {
        self.selected
            .iter()
            .any(|&selected| selected == value || self.taxonomy.with_ancestors(self.name, selected).contains(&value))
    }
}

/// Every way from a root of the scheme to a value; the value alone where it has no place in a hierarchy.
fn paths(taxonomy: &Taxonomy, facet: &str, value: &str) -> Vec<Vec<String>> {
    let paths = taxonomy.paths(facet, value);
    if paths.is_empty() {
        return vec![vec![value.to_owned()]];
    }
    paths.into_iter().map(|path| path.into_iter().map(str::to_owned).collect()).collect()
}

/// Label of a facet value in a language.
#[must_use]
pub fn label(taxonomy: &Taxonomy, facet: &str, value: &str, ui: Language) -> String {
    if let Some(concept) = taxonomy.concept(facet, value) {
        return concept.label.get(ui).to_owned();
    }
    match facet {
        "lang" => Language::from_code(value).map_or(value, |language| language_name(language, ui)).to_owned(),
        "event" => event_label(taxonomy, value, ui).unwrap_or_else(|| value.to_owned()),
        _ => value.to_owned(),
    }
}

/// `grcp-4` as the label of the process and the number of the meeting.
fn event_label(taxonomy: &Taxonomy, event: &str, ui: Language) -> Option<String> {
    if let Some(series) = taxonomy.concept("rcp", event) {
        return Some(series.label.get(ui).to_owned());
    }
    let (series, ordinal) = event.rsplit_once('-')?;
    let series = taxonomy.concept("rcp", series)?;
    Some(format!("{} – {ordinal}", series.label.get(ui)))
}

fn language_name(language: Language, ui: Language) -> &'static str {
    let names = match language {
        Language::En => ["English", "inglés", "anglais"],
        Language::Es => ["Spanish", "español", "espagnol"],
        Language::Fr => ["French", "francés", "français"],
        Language::Undetermined => ["other or unknown", "otro o desconocido", "autre ou inconnue"],
    };
    match ui {
        Language::Es => names[1],
        Language::Fr => names[2],
        Language::En | Language::Undetermined => names[0],
    }
}

/// The language that a code or a name (in any language of the interface) stands for.
pub(crate) fn language_named(text: &str) -> Option<Language> {
    let folded = fold(text);
    let is_named = |language: &&Language| {
        language.code() == folded || Language::ANALYSED.iter().any(|&ui| fold(language_name(**language, ui)) == folded)
    };
    Language::ANALYSED.iter().find(is_named).copied()
}

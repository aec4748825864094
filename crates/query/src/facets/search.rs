//! [`FacetRequest`] to [`FacetResponse`]: search inside the values of a facet.
//!
//! **Match.** A value is found by each of its names: labels in every language, other and former names, abbreviations,
//! terms, and its id. Each typed word must begin some word of one name; accents and letter case do not matter. Nothing
//! typed finds every value.
//!
//! **Order.** Names that begin as typed come before those with a later word that does; of either, labels before other names;
//! then the order of the facet: years the latest first, everything else by falling count, then by value.

use std::cmp::Reverse;
use std::ops::Range;

use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_index::backend::FacetCount;
use rcp_index::scope::Scope;
use unicode_normalization::UnicodeNormalization;

use super::{known_facet, label, paths, selected};
use crate::SearchError;
use crate::request::SearchRequest;
use crate::response::Segment;
use crate::snapshot::Snapshot;
use crate::suggest::beginning;

/// What someone looks for among the values of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetRequest {
    /// Name of the facet.
    pub facet: String,
    /// The text as typed; empty finds every value.
    pub text: String,
    /// The search whose matches are counted. Its page, facets and evidence play no part.
    pub search: SearchRequest,
    /// Values at most.
    pub limit: usize,
}

/// The values that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetResponse {
    /// The values, best first.
    pub values: Vec<FoundValue>,
    /// Values that were found, before the limit.
    pub total_values: usize,
    /// Matches of the search without a value in the facet.
    pub missing: u64,
    /// All matches of the search.
    pub total: u64,
    /// See [`crate::response::SearchResponse::partial`].
    pub partial: bool,
    /// Identifies content and settings of the scope.
    pub index_version: String,
}

/// A value that was found, with its counts as [`crate::response::FacetValue`] has them.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundValue {
    /// Concept id, year, language code or event id.
    pub value: String,
    /// Label in the language of the request.
    pub label: String,
    /// The label in pieces: what was typed is marked.
    pub segments: Vec<Segment>,
    /// The name that was found, where it is not the label: another language, an abbreviation, the id.
    pub name: Option<String>,
    /// Every way from a root of the scheme to the value.
    pub paths: Vec<Vec<String>>,
    /// Matches that have it, ignoring what is selected in this facet.
    pub count: u64,
    /// Total of the search if the value joined the selection.
    pub count_if_added: u64,
    /// Whether the search selects it.
    pub selected: bool,
}

impl Snapshot {
    /// The values of a facet that are named so, among those that matches of the search have. Blocks.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn facet_values(&self, scope: &Scope, request: &FacetRequest) -> Result<FacetResponse, SearchError> {
        let taxonomy = &self.settings.taxonomy;
        known_facet(taxonomy, &request.facet)?;
        let facets = vec![request.facet.clone()];
        let search = SearchRequest { limit: 0, offset: 0, cursor: None, facets, ..request.search.clone() };
        let (_, _, _, query) = self.understand(scope, &search)?;
        let page = self.find(scope, &search, &query, None)?.page;
        let counts = page.facets.get(&request.facet).cloned().unwrap_or_default();
        let typed = words(&request.text.nfc().collect::<String>());
        let selected = selected(taxonomy, &request.facet, &search);
        let mut found: Vec<(bool, FoundValue)> = Vec::new();
        for (value, &FacetCount { count, count_if_added }) in &counts.values {
            let Some(named) = Named::find(taxonomy, &request.facet, value, &typed, search.ui) else { continue };
            let paths = paths(taxonomy, &request.facet, value);
            let selected = selected.contains(value.as_str());
            let Named { label, segments, name, at_start } = named;
            let value = value.clone();
            found.push((at_start, FoundValue { value, label, segments, name, paths, count, count_if_added, selected }));
        }
        let is_year = request.facet == "year";
        found.sort_by(|(left_starts, left), (right_starts, right)| {
            let rank = |starts: &bool, found: &FoundValue| (!starts, found.name.is_some());
            let of_years = || right.value.cmp(&left.value);
            let of_others =
                || Reverse(left.count).cmp(&Reverse(right.count)).then_with(|| left.value.cmp(&right.value));
            let named = rank(left_starts, left).cmp(&rank(right_starts, right));
            named.then_with(|| if is_year { of_years() } else { of_others() })
        });
        Ok(FacetResponse {
            total_values: found.len(),
            values: found.into_iter().take(request.limit).map(|(_, value)| value).collect(),
            missing: counts.missing,
            total: page.total,
            partial: page.partial,
            index_version: self.version(scope),
        })
    }
}

/// A value by the best of its names.
struct Named {
    label: String,
    segments: Vec<Segment>,
    name: Option<String>,
    /// Whether the name begins with the first typed word.
    at_start: bool,
}

impl Named {
    /// The label where it is found, else the first other name that is, one that begins so before one that does not.
    fn find(taxonomy: &Taxonomy, facet: &str, value: &str, typed: &[Word], ui: Language) -> Option<Named> {
        let label = label(taxonomy, facet, value, ui);
        if let Some(found) = marks(&label, typed) {
            let segments = cut(&label, &found.marks);
            return Some(Named { label, segments, name: None, at_start: found.at_start });
        }
        let names = other_names(taxonomy, facet, value);
        let found = names.into_iter().filter_map(|name| Some((marks(&name, typed)?.at_start, name)));
        // The first of equals is the lowest.
        let (at_start, name) = found.min_by_key(|(at_start, _)| !at_start)?;
        Some(Named { segments: cut(&label, &[]), label, name: Some(name), at_start })
    }
}

fn other_names(taxonomy: &Taxonomy, facet: &str, value: &str) -> Vec<String> {
    let labels = Language::ANALYSED.iter().map(|&ui| label(taxonomy, facet, value, ui));
    let concept = taxonomy.concept(facet, value);
    let names = concept.into_iter().flat_map(rcp_corpus::taxonomy::Concept::every_name).map(str::to_owned);
    labels.chain(names).chain([value.to_owned()]).collect()
}

/// Where typed words stand in a name.
struct Marks {
    /// Byte ranges, in order and apart from each other.
    marks: Vec<Range<usize>>,
    at_start: bool,
}

/// The beginnings of the words of a name that were typed; `None` where a typed word begins none of them.
fn marks(name: &str, typed: &[Word]) -> Option<Marks> {
    let of_name = words(name);
    let begins = |word: &Word, typed: &Word| word.folded.starts_with(&typed.folded);
    if !typed.iter().all(|typed| of_name.iter().any(|word| begins(word, typed))) {
        return None;
    }
    let longest = |word: &Word| typed.iter().filter(|typed| begins(word, typed)).map(|typed| typed.folded.len()).max();
    let mark = |word: &Word| {
        let length = beginning(&name[word.span.clone()], longest(word)?);
        Some(word.span.start..word.span.start + length)
    };
    let at_start = typed.first().is_none_or(|first| of_name.first().is_some_and(|word| begins(word, first)));
    Some(Marks { marks: of_name.iter().filter_map(mark).collect(), at_start })
}

fn cut(text: &str, marks: &[Range<usize>]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut push = |range: Range<usize>, matched| {
        if !range.is_empty() {
            segments.push(Segment { text: text[range].to_owned(), matched, expanded: false });
        }
    };
    let mut at = 0;
    for mark in marks {
        push(at..mark.start, false);
        push(mark.clone(), true);
        at = mark.end;
    }
    push(at..text.len(), false);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marked parts stand in brackets.
    #[track_caller]
    fn check(name: &str, typed: &str, expected: Option<(&str, bool)>) {
        let found = marks(name, &words(typed)).map(|found| {
            let pieces = cut(name, &found.marks).into_iter();
            let shown = pieces.map(|piece| if piece.matched { format!("[{}]", piece.text) } else { piece.text });
            (shown.collect::<String>(), found.at_start)
        });
        assert_eq!(found.as_ref().map(|(shown, at_start)| (shown.as_str(), *at_start)), expected, "{typed:?}");
    }

    #[test]
    fn each_typed_word_begins_a_word_of_the_name() {
        check("Protección consular", "", Some(("Protección consular", true)));
        check("Protección consular", "PROTECCIO", Some(("[Protecció]n consular", true)));
        check("Protección consular", "cons", Some(("Protección [cons]ular", false)));
        check("Protección consular", "cons prot", Some(("[Prot]ección [cons]ular", false)));
        check("Protección consular", "sular", None);
        check("Protección consular", "cons x", None);
        check("Migrants, migration", "mig migra", Some(("[Migra]nts, [migra]tion", true)));
        check("protection-rights.consular", "rights.cons", Some(("protection-[rights].[cons]ular", false)));
        check("Œuvre", "oe", Some(("[Œ]uvre", true)));
        check("2013", "20", Some(("[20]13", true)));
    }
}

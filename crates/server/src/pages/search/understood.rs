//! [`Understood`]: what was made of the query, each reading with the link that takes it back.

use rcp_corpus::model::Language;
use rcp_query::request::SearchRequest;
use rcp_query::response::{Expansion, SearchResponse, Warning};
use rcp_query::suggest::SuggestRequest;

use super::address::Address;
use super::names::facet_name;
use crate::answer::Basis;
use crate::pages::frame::Frame;
use crate::pages::texts::Texts;
use crate::problem::ApiError;

/// What was made of the query.
#[derive(Debug)]
pub(super) struct Understood {
    /// That fewer words were required than asked for.
    pub(super) relaxed: Option<String>,
    /// How many results have every word, and their address.
    pub(super) all_words: Option<(String, String)>,
    /// Words as typed, and the ones that were looked for instead.
    pub(super) corrections: Vec<(String, String)>,
    /// Address of the search as typed.
    pub(super) as_typed: Option<String>,
    /// The query with its misspelt words corrected, and its address.
    pub(super) did_you_mean: Option<(String, String)>,
    pub(super) expansions: Vec<ExpansionView>,
    /// How many they are, in words.
    pub(super) expanded: String,
    /// Names that were left out, each with the address that looks for it again.
    pub(super) left_out: Vec<(String, String)>,
    /// Address of the search with other names, where it is without, or the other way round.
    pub(super) switch_expansions: Option<String>,
    /// Whether other names are looked for.
    pub(super) is_expanding: bool,
    /// Filters that the words may mean: words, address.
    pub(super) filters: Vec<(String, String)>,
    pub(super) warnings: Vec<WarningView>,
}

/// Another name that was looked for.
#[derive(Debug)]
pub(super) struct ExpansionView {
    pub(super) term: String,
    /// Code and name of its language, where it belongs to one.
    pub(super) language: Option<(&'static str, String)>,
    /// The documents that it alone brought.
    pub(super) documents: String,
    /// Address of the search without it.
    pub(super) url: String,
}

/// Something in the query that was not taken as it may have been meant.
#[derive(Debug)]
pub(super) struct WarningView {
    /// The part of the query.
    pub(super) place: String,
    pub(super) message: String,
}

impl Understood {
    pub(super) fn of(
        basis: &Basis<'_>,
        request: &SearchRequest,
        found: &SearchResponse,
        address: &Address,
        frame: &Frame,
    ) -> Result<Understood, ApiError> {
        let (t, interpretation) = (frame.t, &found.interpretation);
        let href = |address: Address| frame.href(&address.at("/search"));
        let relaxed = interpretation.relaxed;
        let relaxed = relaxed.map(|it| t.count_with("search-relaxed", it.required, t.number(it.words)));
        let is_part = found.total_all_words > 0 && found.total_all_words < found.total;
        let all_words = is_part
            .then(|| (t.count("search-all-words", found.total_all_words), href(address.clone().set("match", "all"))));
        let corrections = interpretation.corrections.iter().map(|it| (it.from.clone(), it.to.join(", ")));
        let corrections: Vec<(String, String)> = corrections.collect();
        let left_out = request
            .expand_exclude
            .iter()
            .map(|term| (term.clone(), href(address.clone().without_value("expand_exclude", term))));
        let switched = if request.expand {
            (!interpretation.expansions.is_empty()).then(|| address.clone().set("expand", "off"))
        } else {
            Some(address.clone().without(&["expand"]))
        };
        let filters = interpretation.suggested_filters.iter().map(|filter| {
            let label = format!("{}: {}", facet_name(&filter.facet, basis.taxonomy(), t), filter.label);
            (label, href(address.clone().plus(&filter.facet, &filter.value)))
        });
        Ok(Understood {
            relaxed,
            all_words,
            as_typed: (!corrections.is_empty()).then(|| href(address.clone().set("correct", "off"))),
            did_you_mean: did_you_mean(basis, request, found, address, frame)?,
            corrections,
            expansions: interpretation.expansions.iter().map(|it| expansion(it, address, frame)).collect(),
            expanded: t.count("search-expansions", interpretation.expansions.len()),
            left_out: left_out.collect(),
            switch_expansions: switched.map(href),
            is_expanding: request.expand,
            filters: filters.collect(),
            warnings: interpretation.warnings.iter().map(|it| warning(it, &request.query, t)).collect(),
        })
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.relaxed.is_none()
            && self.all_words.is_none()
            && self.corrections.is_empty()
            && self.did_you_mean.is_none()
            && self.switch_expansions.is_none()
            && self.left_out.is_empty()
            && self.filters.is_empty()
            && self.warnings.is_empty()
    }
}

fn expansion(expansion: &Expansion, address: &Address, frame: &Frame) -> ExpansionView {
    let Expansion { term, language, documents, .. } = expansion;
    let is_known = *language != Language::Undetermined;
    ExpansionView {
        term: term.clone(),
        language: is_known.then(|| (language.code(), frame.t.language_name(*language))),
        documents: frame.t.count("search-documents-alone", *documents),
        url: frame.href(&address.clone().plus("expand_exclude", term).at("/search")),
    }
}

/// Where words are taken as typed, or nothing is found: what may have been meant.
fn did_you_mean(
    basis: &Basis<'_>,
    request: &SearchRequest,
    found: &SearchResponse,
    address: &Address,
    frame: &Frame,
) -> Result<Option<(String, String)>, ApiError> {
    let is_corrected = !found.interpretation.corrections.is_empty();
    if request.query.trim().is_empty() || is_corrected || request.correct && found.total > 0 {
        return Ok(None);
    }
    let asked = SuggestRequest { text: request.query.clone(), limit: 1, ui: request.ui };
    let text = basis.snapshot.suggest(basis.scope, &asked)?.did_you_mean;
    Ok(text.map(|text| {
        let url = frame.href(&address.clone().without(&["correct"]).set("q", &text).at("/search"));
        (text, url)
    }))
}

fn warning(warning: &Warning, query: &str, t: Texts) -> WarningView {
    let message = match warning.code {
        "unclosed_quote" => "search-warning-unclosed-quote",
        "empty_quote" => "search-warning-empty-quote",
        "unmatched_parenthesis" | "unclosed_parenthesis" | "empty_parentheses" => "search-warning-parentheses",
        "dangling_operator" => "search-warning-operator",
        "field_without_value" => "search-warning-field",
        "unknown_value" => "search-warning-value",
        "reversed_years" => "search-warning-years",
        "too_many_words" | "too_deep" => "search-warning-long",
        "too_broad" => "search-warning-broad",
        "nothing_to_search" => "search-warning-nothing",
        "only_exclusions" => "search-warning-exclusions",
        // Rare, and said in English.
        _ => return WarningView { place: place(warning, query), message: warning.message.clone() },
    };
    WarningView { place: place(warning, query), message: t.say(message) }
}

fn place(warning: &Warning, query: &str) -> String {
    query.get(warning.span.clone()).unwrap_or_default().trim().to_owned()
}

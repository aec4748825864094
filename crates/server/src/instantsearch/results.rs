//! [`InstantSearchResults`]: what a page made with InstantSearch reads.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::{fold, words};
use rcp_corpus::model::Document;
use rcp_query::SearchError;
use rcp_query::facets::search::FacetRequest;
use rcp_query::response::{self as domain, EvidencePassage, FacetValue, Segment};
use serde::Serialize;
use utoipa::ToSchema;

use super::attributes::{Attribute, Attributes};
use super::filters::YEAR;
use super::requests::{Asked, Echo, Hits, Markers, Query, Requests};
use crate::answer::Basis;
use crate::problem::ApiError;
use crate::responses::{Source, document_url};

/// The results of a page, one for each request.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct InstantSearchResults {
    /// In the order of the requests.
    results: Vec<InstantSearchResult>,
}

/// The result of one request: of hits, or of values of a facet.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
enum InstantSearchResult {
    Hits(InstantSearchPage),
    Values(InstantSearchValues),
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct InstantSearchPage {
    /// The hits of the page.
    hits: Vec<InstantSearchHit>,
    /// All matches.
    #[schema(minimum = 0, example = 3)]
    nb_hits: u64,
    /// The page, counted from 0.
    #[schema(minimum = 0, example = 0)]
    page: usize,
    /// Pages that can be asked for: no further than 1,000 hits.
    #[schema(minimum = 0, example = 1)]
    nb_pages: u64,
    /// Hits of a page.
    #[schema(minimum = 0, example = 20)]
    hits_per_page: usize,
    /// Always 0: the time stands in the header `server-timing`, so that equal answers are equal bytes.
    #[serde(rename = "processingTimeMS")]
    #[schema(minimum = 0, example = 0)]
    processing_time_ms: u32,
    /// The query text of the request.
    #[schema(example = "labour migration")]
    query: String,
    /// The parameters of the request as a query string.
    #[schema(example = "query=labour+migration")]
    params: String,
    /// The index name of the request.
    #[schema(example = "documents")]
    index: String,
    /// Whether `nbHits` is of all matches: false where the work that one request may cause ended before.
    #[schema(example = true)]
    exhaustive_nb_hits: bool,
    /// Whether the counts are of all matches and values.
    #[schema(example = true)]
    exhaustive_facets_count: bool,
    /// Matches by value, for the attributes asked for.
    #[schema(example = json!({"rcp": {"Regional Conference on Migration (Puebla Process)": 2}}))]
    facets: BTreeMap<String, BTreeMap<String, u64>>,
    /// Least, greatest and mean year, and the sum of the years, where `year` is asked for and a match has one.
    #[serde(rename = "facets_stats")]
    #[schema(example = json!({"year": {"min": 1996.0, "max": 2013.0, "avg": 2005.5, "sum": 8022.0}}))]
    facets_stats: BTreeMap<String, InstantSearchStatistics>,
}

/// Statistics of an attribute with numbers, over matches.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
struct InstantSearchStatistics {
    /// The least.
    #[schema(example = 1996.0)]
    min: f64,
    /// The greatest.
    #[schema(example = 2013.0)]
    max: f64,
    /// The mean.
    #[schema(example = 2005.5)]
    avg: f64,
    /// The sum.
    #[schema(example = 8022.0)]
    sum: f64,
}

/// A document or passage. Beside what is listed, each facet with a vocabulary is an attribute with a list of labels.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
struct InstantSearchHit {
    /// Id of the document, with `#` and that of the passage where passages are searched.
    #[serde(rename = "objectID")]
    #[schema(example = "gcim-iom-workshop-2005-report")]
    object_id: String,
    /// Title of the document, or its file's name.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    title: String,
    /// Text of the passage that matches best; null where there is none.
    #[schema(required = true, example = "Dialogue with the private sector was useful.")]
    text: Option<String>,
    /// What to call that passage.
    #[schema(required = true, example = "para. 21")]
    label: Option<String>,
    /// Date or range of dates of the document (ISO 8601).
    #[schema(required = true, example = "2005-04-14/2005-04-15")]
    date: Option<String>,
    /// Year the document is filed under.
    #[schema(required = true, example = 2005)]
    year: Option<i16>,
    /// How to cite the document or passage.
    #[schema(example = "GCIM–IOM Workshop, 2005")]
    citation: String,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005-report")]
    url: String,
    /// The file the document was read from.
    source: Source,
    /// The labels of each facet.
    #[serde(flatten)]
    #[schema(ignore)]
    facets: BTreeMap<String, Vec<String>>,
    /// Attributes with markers around matches. Raw text: escape it before the markers become tags.
    #[serde(rename = "_highlightResult")]
    highlight_result: InstantSearchHighlights,
    /// The same of the passage.
    #[serde(rename = "_snippetResult")]
    snippet_result: InstantSearchSnippets,
}

/// Attributes with markers around matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
struct InstantSearchHighlights {
    /// The title.
    title: InstantSearchText,
    /// The text of the passage, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    text: Option<InstantSearchText>,
}

/// Attributes of which parts are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
struct InstantSearchSnippets {
    /// The text of the passage, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    text: Option<InstantSearchText>,
}

/// A text with markers around matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct InstantSearchText {
    /// The text.
    #[schema(example = "Dialogue with the __ais-highlight__private__/ais-highlight__ sector")]
    value: String,
    /// `none`, `partial`, or `full` where as many different words are marked as were typed.
    #[schema(example = "partial")]
    match_level: &'static str,
    /// The different words that are marked, in lower case and without accents.
    #[schema(example = json!(["private"]))]
    matched_words: Vec<String>,
    /// Whether nothing but matches is in it.
    #[schema(example = false)]
    fully_highlighted: bool,
}

/// Values of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct InstantSearchValues {
    /// The values, best first.
    facet_hits: Vec<InstantSearchFacetHit>,
    /// Whether the counts are of all matches.
    #[schema(example = true)]
    exhaustive_facets_count: bool,
    /// Always 0.
    #[serde(rename = "processingTimeMS")]
    #[schema(minimum = 0, example = 0)]
    processing_time_ms: u32,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
struct InstantSearchFacetHit {
    /// Its label, as in filters.
    #[schema(example = "Consular protection")]
    value: String,
    /// The label with markers around what was typed. Raw text, as in hits.
    #[schema(example = "__ais-highlight__Consul__/ais-highlight__ar protection")]
    highlighted: String,
    /// Matches that have it.
    #[schema(minimum = 0, example = 3)]
    count: u64,
}

impl InstantSearchResults {
    /// Answers every request from one snapshot.
    pub(crate) fn new(basis: &Basis<'_>, requests: Requests) -> Result<InstantSearchResults, ApiError> {
        let attributes = Attributes::new(basis.taxonomy(), basis.facets(), requests.ui);
        let answer = |Asked { echo, markers, query }: Asked| {
            Ok(match query {
                Query::Hits(hits) => {
                    let response = basis.snapshot.search(basis.scope, &hits.search)?;
                    let page = Page { hits: &hits, markers: &markers, attributes: &attributes };
                    InstantSearchResult::Hits(page.answer(response, echo))
                }
                Query::Values(request) => InstantSearchResult::Values(values(basis, &request, &markers, &attributes)?),
            })
        };
        Ok(InstantSearchResults {
            results: requests.requests.into_iter().map(answer).collect::<Result<_, SearchError>>()?,
        })
    }

    /// Whether the work that one request may cause ended before all was seen.
    pub(crate) fn is_partial(&self) -> bool {
        self.results.iter().any(|result| match result {
            InstantSearchResult::Hits(page) => !page.exhaustive_nb_hits,
            InstantSearchResult::Values(values) => !values.exhaustive_facets_count,
        })
    }
}

fn values(
    basis: &Basis<'_>,
    request: &FacetRequest,
    markers: &Markers,
    attributes: &Attributes<'_>,
) -> Result<InstantSearchValues, SearchError> {
    let found = basis.snapshot.facet_values(basis.scope, request)?;
    let hit = |value: rcp_query::facets::search::FoundValue| {
        let text = attributes.text(&request.facet, &value.value);
        // Where labels are shared, more than the label is shown.
        let behind = text.strip_prefix(&value.label).unwrap_or_default();
        let highlighted = markers.around(&value.segments) + behind;
        InstantSearchFacetHit { highlighted, count: value.count, value: text }
    };
    Ok(InstantSearchValues {
        facet_hits: found.values.into_iter().map(hit).collect(),
        exhaustive_facets_count: !found.partial,
        processing_time_ms: 0,
    })
}

/// What it takes to write a page of hits.
struct Page<'a> {
    hits: &'a Hits,
    markers: &'a Markers,
    attributes: &'a Attributes<'a>,
}

impl Page<'_> {
    fn answer(&self, response: domain::SearchResponse, echo: Echo) -> InstantSearchPage {
        let is_truncated = response.facets.iter().any(|facet| facet.truncated);
        let counts = |attribute: &Attribute| (attribute.name(), self.counts(attribute, &response.facets));
        let years = response.facets.iter().find(|facet| facet.name == YEAR);
        let is_asked = self.hits.attributes.iter().any(|attribute| attribute.name() == YEAR);
        let statistics = years.filter(|_| is_asked).and_then(|years| statistics(&years.values));
        InstantSearchPage {
            facets: self.hits.attributes.iter().map(counts).collect(),
            facets_stats: statistics.into_iter().map(|statistics| (YEAR.to_owned(), statistics)).collect(),
            nb_hits: response.total,
            page: self.hits.page,
            nb_pages: self.hits.pages(response.total),
            hits_per_page: self.hits.hits_per_page,
            processing_time_ms: 0,
            exhaustive_nb_hits: !response.partial,
            exhaustive_facets_count: !response.partial && !is_truncated,
            hits: self.records(response.hits),
            query: echo.query,
            params: echo.params,
            index: echo.index,
        }
    }

    /// Matches by value of an attribute, those with the most where there are many.
    fn counts(&self, attribute: &Attribute, facets: &[domain::Facet]) -> BTreeMap<String, u64> {
        let facet = facets.iter().find(|facet| facet.name == attribute.facet);
        let mut counts = BTreeMap::new();
        self.count(attribute, facet.map_or(&[], |facet| &facet.values), &mut counts);
        let mut sorted: Vec<(String, u64)> = counts.into_iter().collect();
        sorted.sort_by_key(|&(_, count)| Reverse(count));
        sorted.truncate(self.hits.values_per_facet);
        sorted.into_iter().collect()
    }

    /// Recurses to the depth of the scheme's hierarchy, which the configuration bounds.
    fn count(&self, attribute: &Attribute, values: &[FacetValue], counts: &mut BTreeMap<String, u64>) {
        for value in values.iter().filter(|value| value.count > 0) {
            let texts = self.attributes.texts(attribute, &value.value, &value.paths);
            counts.extend(texts.into_iter().map(|text| (text, value.count)));
            self.count(attribute, &value.children, counts);
        }
    }

    fn records(&self, hits: domain::Hits) -> Vec<InstantSearchHit> {
        match hits {
            domain::Hits::Documents(hits) => hits.into_iter().map(|hit| self.document(hit)).collect(),
            domain::Hits::Passages(hits) => hits.into_iter().map(|hit| self.passage(hit)).collect(),
        }
    }

    fn document(&self, hit: domain::DocumentHit) -> InstantSearchHit {
        let domain::DocumentHit { document, title, citation, passages, .. } = hit;
        let (object_id, url) = (document.id.to_string(), document_url(&document.id));
        let record = self.record(document, &title, passages.first());
        InstantSearchHit { object_id, citation, url, ..record }
    }

    fn passage(&self, hit: domain::PassageHit) -> InstantSearchHit {
        let domain::PassageHit { document, title, passage, .. } = hit;
        let object_id = format!("{}#{}", document.id, passage.passage.id);
        let url = format!("{}#{}", document_url(&document.id), passage.passage.id);
        let record = self.record(document, &title, Some(&passage));
        InstantSearchHit { object_id, url, citation: passage.citation, ..record }
    }

    /// What records of documents and of passages share.
    fn record(&self, document: Document, title: &[Segment], passage: Option<&EvidencePassage>) -> InstantSearchHit {
        let text = passage.map(|passage| self.marked(&passage.segments));
        let languages: Vec<&str> = document.languages.iter().map(|language| language.code()).collect();
        let labels = |facet: &String| {
            let values = if facet == "lang" { languages.clone() } else { document.concepts(facet).collect() };
            let labels: Vec<String> = values.into_iter().map(|id| self.attributes.text(facet, id)).collect();
            (!labels.is_empty()).then(|| (facet.clone(), labels))
        };
        InstantSearchHit {
            object_id: String::new(),
            citation: String::new(),
            url: String::new(),
            title: document.display_title().to_owned(),
            text: passage.map(|passage| passage.segments.iter().map(|segment| segment.text.as_str()).collect()),
            label: passage.map(|passage| passage.label.clone()),
            date: document.date.as_ref().map(|date| date.value.to_string()),
            year: document.year.as_ref().map(|year| year.value),
            facets: self.attributes.facets().iter().filter_map(labels).collect(),
            source: Source { file: document.source.file, url: document.source.url },
            highlight_result: InstantSearchHighlights { title: self.marked(title), text: text.clone() },
            snippet_result: InstantSearchSnippets { text },
        }
    }

    fn marked(&self, segments: &[Segment]) -> InstantSearchText {
        let matched = segments.iter().filter(|segment| segment.matched);
        let matched_words: BTreeSet<String> =
            matched.flat_map(|segment| words(&segment.text)).map(|word| word.folded).collect();
        let typed: BTreeSet<String> =
            words(&self.hits.search.query).into_iter().map(|word| fold(&word.folded)).collect();
        let match_level = match matched_words.len() {
            0 => "none",
            count if count < typed.len() => "partial",
            _ => "full",
        };
        let is_match = |segment: &Segment| segment.matched || segment.text.trim().is_empty();
        InstantSearchText {
            value: self.markers.around(segments),
            match_level,
            fully_highlighted: !matched_words.is_empty() && segments.iter().all(is_match),
            matched_words: matched_words.into_iter().collect(),
        }
    }
}

impl Markers {
    /// The text of segments with markers around matches.
    fn around(&self, segments: &[Segment]) -> String {
        let mut text = String::new();
        for segment in segments {
            if segment.matched {
                text.extend([&self.before, &segment.text, &self.behind].map(String::as_str));
            } else {
                text.push_str(&segment.text);
            }
        }
        text
    }
}

/// Statistics of years; `None` where no match has one.
fn statistics(years: &[FacetValue]) -> Option<InstantSearchStatistics> {
    let years = years.iter().filter(|year| year.count > 0);
    let years: Vec<(f64, f64)> = years.filter_map(|year| Some((year.value.parse().ok()?, year.count as f64))).collect();
    let (mut min, mut max, mut sum, mut matches) = (f64::INFINITY, f64::NEG_INFINITY, 0.0, 0.0);
    for (year, count) in years {
        (min, max) = (min.min(year), max.max(year));
        (sum, matches) = (sum + year * count, matches + count);
    }
    (matches > 0.0).then(|| InstantSearchStatistics { min, max, avg: sum / matches, sum })
}

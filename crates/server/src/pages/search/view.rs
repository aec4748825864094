//! [`SearchPage`]: what the page of a search shows.

use askama::Template;
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::SearchResponse;

use super::address::Address;
use super::facets::{FacetGroup, groups};
use super::filters::{Chip, chips, without_filters};
use super::hits::{HitMaker, HitView};
use super::paging::Paging;
use super::understood::Understood;
use super::way_out::{WayOut, ways_out};
use super::years::Years;
use crate::answer::Basis;
use crate::pages::Reader;
use crate::pages::frame::{Alternate, Frame, Section};
use crate::params::{ExportParams, FeedParams, SearchPageParams};
use crate::problem::{ApiError, InvalidParam};

/// Fields that the form shows; it carries everything else hidden.
const FIELDS: [&str; 4] = ["q", "match", "year_from", "year_to"];

/// The page of a search.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub(super) struct SearchPage {
    pub(super) frame: Frame,
    form: Form,
    chips: Vec<Chip>,
    /// Address without any filter.
    clear: String,
    facets: Vec<FacetGroup>,
    years: Option<Years>,
    found: Result<Found, Refusal>,
}

/// What the form holds.
#[derive(Debug)]
struct Form {
    query: String,
    year_from: String,
    year_to: String,
    /// `most`, `all` or `any`.
    match_mode: String,
    hidden: Vec<(String, String)>,
}

/// What was found.
#[derive(Debug)]
struct Found {
    heading: String,
    is_partial: bool,
    is_empty: bool,
    unit: Unit,
    /// The units to choose from, and the orders: words, address, whether it is the one of now.
    units: Vec<Choice>,
    sorts: Vec<Choice>,
    understood: Understood,
    ways_out: Vec<WayOut>,
    hits: Vec<HitView>,
    paging: Option<Paging>,
    /// What is searchable, in words.
    coverage: String,
    /// Of what is held, what cannot be searched, in words.
    not_searchable: Option<String>,
    links: Links,
    /// What an export of everything that was found is asked with.
    export: Vec<(String, String)>,
}

#[derive(Debug)]
struct Choice {
    label: String,
    url: String,
    is_current: bool,
}

/// Other forms of the results.
#[derive(Debug)]
struct Links {
    atom: Option<String>,
    json_feed: Option<String>,
    exports: Vec<(&'static str, String)>,
    compare: String,
    api: Option<String>,
    /// The whole address, where the server knows its own, for a command line.
    command: Option<String>,
}

/// Why a search was refused.
#[derive(Debug)]
struct Refusal {
    title: String,
    advice: String,
    /// What is wrong with each parameter, in English.
    params: Vec<InvalidParam>,
    detail: String,
    /// Whether the detail is about the query: it is too long, or needs too much work.
    is_of_query: bool,
    /// Address to begin again at.
    again: String,
}

impl SearchPage {
    /// The page of a search that was answered.
    pub(super) fn found(basis: &Basis<'_>, params: &SearchPageParams, reader: &Reader) -> Result<SearchPage, ApiError> {
        let mut frame = Frame::new(reader, String::new(), Some(Section::Search));
        frame.search_box = None;
        let request = &params.search.request;
        let whole = SearchRequest { facet_limit: usize::from(SearchRequest::MAX_FACET_LIMIT), ..request.clone() };
        let found = basis.snapshot.search(basis.scope, &whole);
        let mut found = found.map_err(|error| ApiError::from_search(error, request))?;
        let address = Address::new(params.pairs(basis.facets()));
        let facets = std::mem::take(&mut found.facets);
        let groups = groups(basis, params, &facets, &address, &frame)?;
        let years = facets.iter().find(|facet| facet.name == "year");
        let years = years.and_then(|facet| Years::of(facet, &address, &frame));
        let chips = chips(&address, basis.facets(), basis.taxonomy(), &frame);
        let shown: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        let form = Form::new(&address, &shown);
        let clear = frame.href(&without_filters(&address, basis.facets()).at("/search"));
        let found = Found::new(basis, params, found, &address, &chips, &frame)?;
        frame.title =
            if form.query.is_empty() { found.heading.clone() } else { format!("{} – {}", form.query, found.heading) };
        frame.alternates = found.links.alternates(&frame);
        Ok(SearchPage { frame, form, chips, clear, facets: groups, years, found: Ok(found) })
    }

    /// The page of a search that cannot be answered as asked, with its form as it was sent.
    pub(super) fn refused(basis: &Basis<'_>, error: ApiError, reader: &Reader) -> SearchPage {
        let t = reader.texts();
        let (title, advice) = match error.status.as_u16() {
            410 => ("problem-410", "problem-410-advice"),
            _ => ("problem-400", "search-problem-advice"),
        };
        let mut frame = Frame::new(reader, t.say(title), Some(Section::Search));
        frame.search_box = None;
        let address = Address::new(reader.asked().filter(|(_, value)| !value.trim().is_empty()));
        let chips = chips(&address, basis.facets(), basis.taxonomy(), &frame);
        let again = frame.href(&address.at("/search"));
        let refusal = Refusal {
            is_of_query: error.status.as_u16() == 400 && error.invalid_params.is_empty(),
            title: t.say(title),
            advice: t.say(advice),
            detail: if error.invalid_params.is_empty() { error.detail } else { String::new() },
            params: error.invalid_params,
            again: if error.status.as_u16() == 410 { again } else { frame.href("/search") },
        };
        let clear = frame.href(&without_filters(&address, basis.facets()).at("/search"));
        let form = Form::new(&address, &[]);
        SearchPage { frame, form, chips, clear, facets: Vec::new(), years: None, found: Err(refusal) }
    }

    /// See [`SearchResponse::partial`].
    pub(super) fn is_partial(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| found.is_partial)
    }

    /// Whether the query is why the search was refused.
    fn is_query_wrong(&self) -> bool {
        self.found.as_ref().is_err_and(|refusal| refusal.is_of_query) || self.complaint("q").is_some()
    }

    /// Whether something in the query was not taken as it may have been meant.
    fn has_warnings(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| !found.understood.warnings.is_empty())
    }

    /// What is wrong with a field of the form.
    fn complaint(&self, field: &str) -> Option<&InvalidParam> {
        self.found.as_ref().err()?.params.iter().find(|param| param.name == field)
    }
}

impl Form {
    fn new(address: &Address, facets: &[&str]) -> Form {
        let value = |name: &str| address.value(name).to_owned();
        let is_hidden = |name: &str| !FIELDS.contains(&name) && !facets.contains(&name);
        let match_mode = Some(value("match")).filter(|word| !word.is_empty());
        Form {
            query: value("q"),
            year_from: value("year_from"),
            year_to: value("year_to"),
            match_mode: match_mode.unwrap_or_else(|| "most".to_owned()),
            hidden: address.pairs().iter().filter(|(name, _)| is_hidden(name) && name != "find").cloned().collect(),
        }
    }

    /// The ways to match, each with its message.
    fn matches(&self) -> [(&'static str, &'static str, bool); 3] {
        [("most", "search-match-most"), ("all", "search-match-all"), ("any", "search-match-any")]
            .map(|(word, message)| (word, message, self.match_mode == word))
    }
}

impl Found {
    fn new(
        basis: &Basis<'_>,
        params: &SearchPageParams,
        found: SearchResponse,
        address: &Address,
        chips: &[Chip],
        frame: &Frame,
    ) -> Result<Found, ApiError> {
        let (t, request) = (frame.t, &params.search.request);
        let understood = Understood::of(basis, request, &found, address, frame)?;
        let ways_out = if found.total == 0 { ways_out(basis, address, chips, frame)? } else { Vec::new() };
        let coverage = &found.coverage;
        let not_searchable = coverage.documents.saturating_sub(coverage.searchable);
        let hits = HitMaker { basis, address, evidence_query: &found.evidence_query, frame };
        let paging = Paging::of(request, &found, address, frame);
        Ok(Found {
            heading: heading(request, &found, frame),
            is_partial: found.partial,
            is_empty: found.total == 0,
            unit: request.unit,
            units: units(request, address, frame),
            sorts: sorts(address, frame),
            understood,
            ways_out,
            paging,
            coverage: t.count("search-coverage", coverage.searchable),
            not_searchable: (not_searchable > 0).then(|| t.count("search-not-searchable", not_searchable)),
            links: Links::new(basis, params, address, frame),
            export: exported(address, frame),
            hits: hits.hits(found.hits),
        })
    }
}

/// The count in words.
fn heading(request: &SearchRequest, found: &SearchResponse, frame: &Frame) -> String {
    let t = frame.t;
    match request.unit {
        _ if found.total == 0 => t.say("search-nothing"),
        Unit::Documents => t.count("results-documents", found.total),
        Unit::Passages => {
            t.count_with("search-paragraphs", found.total, t.count("results-documents", found.total_documents))
        }
    }
}

fn units(request: &SearchRequest, address: &Address, frame: &Frame) -> Vec<Choice> {
    let units = [(Unit::Documents, "search-unit-documents"), (Unit::Passages, "search-unit-passages")];
    let unit = |(unit, message): (Unit, &str)| {
        let bare = address.clone().without(&["unit"]);
        let address = if unit == Unit::Documents { bare } else { bare.plus("unit", "passage") };
        Choice {
            label: frame.t.say(message),
            url: frame.href(&address.at("/search")),
            is_current: unit == request.unit,
        }
    };
    units.into_iter().map(unit).collect()
}

/// The orders. Without a query every hit is as relevant as the others.
fn sorts(address: &Address, frame: &Frame) -> Vec<Choice> {
    let has_query = !address.value("q").trim().is_empty();
    let default = if has_query { "relevance" } else { "-date" };
    let sorts = [
        ("relevance", "search-sort-relevance"),
        ("-date", "search-sort-newest"),
        ("date", "search-sort-oldest"),
        ("title", "search-sort-title"),
        ("-added", "search-sort-added"),
    ];
    let current = Some(address.value("sort")).filter(|sort| !sort.is_empty()).unwrap_or(default).to_owned();
    let sort = |(word, message): (&str, &str)| {
        let bare = address.clone().without(&["sort"]);
        let address = if word == default { bare } else { bare.plus("sort", word) };
        Choice { label: frame.t.say(message), url: frame.href(&address.at("/search")), is_current: word == current }
    };
    sorts.into_iter().filter(|(word, _)| has_query || *word != "relevance").map(sort).collect()
}

/// The pairs that the form of ticked results sends beside them: what matches, as the routes of exports know it.
fn exported(address: &Address, frame: &Frame) -> Vec<(String, String)> {
    let bare = address.clone().without(&["sort", "limit", "passages", "all", "find", "unit"]);
    // Ticked passages are cited alone: a document that they are looked for in is not.
    let bare = if address.value("unit").is_empty() {
        bare.plus("unit", "document")
    } else {
        bare.without(&["document"]).plus("unit", "passage")
    };
    let address = match frame.chosen() {
        Some(language) => bare.plus("ui", language),
        None => bare,
    };
    address.pairs().to_vec()
}

impl Links {
    fn new(basis: &Basis<'_>, params: &SearchPageParams, address: &Address, frame: &Frame) -> Links {
        let (request, facets) = (&params.search.request, basis.facets());
        let feed = FeedParams::of(request);
        let export = ExportParams::of(request).link("/v1/export", facets);
        let with_format = |format: &str| {
            let export = export.as_ref()?;
            let between = if export.contains('?') { '&' } else { '?' };
            Some(if format == "csv" { export.clone() } else { format!("{export}{between}format={format}") })
        };
        let exports = [("CSV", "csv"), ("NDJSON", "ndjson"), ("RIS", "ris"), ("BibTeX", "bibtex")];
        let path = if request.unit == Unit::Documents { "/v1/search" } else { "/v1/passages" };
        let api = params.search.link(path, None, facets);
        let site = basis.state.site();
        let compared = ["sort", "limit", "passages", "all", "find", "unit"];
        Links {
            atom: feed.link("/v1/feed.atom", None, facets),
            json_feed: feed.link("/v1/feed.json", None, facets),
            exports: exports.iter().filter_map(|(name, format)| Some((*name, with_format(format)?))).collect(),
            compare: frame.href(&address.clone().without(&compared).at("/compare")),
            command: site.zip(api.as_ref()).map(|(site, api)| format!("curl '{site}{api}'")),
            api,
        }
    }

    fn alternates(&self, frame: &Frame) -> Vec<Alternate> {
        let forms = [
            ("application/atom+xml", "search-atom", &self.atom),
            ("application/feed+json", "search-json-feed", &self.json_feed),
        ];
        let alternate = |(media_type, message, url): (&'static str, &str, &Option<String>)| {
            Some(Alternate { media_type, title: frame.t.say(message), url: url.clone()? })
        };
        forms.into_iter().filter_map(alternate).collect()
    }
}

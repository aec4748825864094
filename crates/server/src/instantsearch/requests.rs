//! [`Requests`]: the body of a request of InstantSearch, read and checked.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use rcp_corpus::model::Language;
use rcp_query::facets::search::FacetRequest;
use rcp_query::request::{SearchRequest, Sort, Unit};
use serde_json::{Map, Value};

use super::attributes::{Attribute, Attributes};
use super::filters::{facet_filters, numeric_filters};
use crate::params::{UiParams, from_query, json_body, nearest};
use crate::problem::{ApiError, InvalidParam, shortened};
use crate::state::AppState;

/// Requests in one body at most.
pub(super) const MAX_REQUESTS: usize = 20;
/// Hits on a page where the request does not say.
pub(super) const HITS_PER_PAGE: u16 = 20;
/// Values of a facet where the request does not say.
pub(super) const VALUES_PER_FACET: u16 = 100;
/// Values that a search inside a facet answers with where the request does not say, and at most.
pub(super) const FACET_HITS: (u16, u16) = (10, 100);
/// Longest marker, in bytes: it stands around every match.
pub(super) const MAX_MARKER: usize = 100;
/// What the client of InstantSearch puts around matches.
const MARKERS: (&str, &str) = ("__ais-highlight__", "__/ais-highlight__");

/// What each index name searches and how it sorts.
pub(super) const INDEXES: [(&str, Unit, Sort); 10] = [
    ("documents", Unit::Documents, Sort::Relevance),
    ("documents_date_desc", Unit::Documents, Sort::DateDescending),
    ("documents_date_asc", Unit::Documents, Sort::DateAscending),
    ("documents_title", Unit::Documents, Sort::Title),
    ("documents_added_desc", Unit::Documents, Sort::AddedDescending),
    ("passages", Unit::Passages, Sort::Relevance),
    ("passages_date_desc", Unit::Passages, Sort::DateDescending),
    ("passages_date_asc", Unit::Passages, Sort::DateAscending),
    ("passages_title", Unit::Passages, Sort::Title),
    ("passages_added_desc", Unit::Passages, Sort::AddedDescending),
];

/// The requests of a page, in their order, and the language of what it shows.
#[derive(Debug)]
pub(crate) struct Requests {
    pub(crate) requests: Vec<Asked>,
    pub(crate) ui: Language,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What is repeated in the answer.
    pub(super) echo: Echo,
    pub(super) markers: Markers,
    pub(super) query: Query,
}

/// What is repeated in the answer.
#[derive(Debug)]
pub(super) struct Echo {
    pub(super) index: String,
    pub(super) query: String,
    /// The parameters as a query string.
    pub(super) params: String,
}

/// What stands before and behind a match.
#[derive(Debug)]
pub(super) struct Markers {
    pub(super) before: String,
    pub(super) behind: String,
}

/// What a request asks for.
#[derive(Debug)]
pub(super) enum Query {
    /// A page of hits, with counts of attributes.
    Hits(Box<Hits>),
    /// Values of a facet.
    Values(Box<FacetRequest>),
}

/// A page of hits, with counts of attributes.
#[derive(Debug)]
pub(super) struct Hits {
    pub(super) search: SearchRequest,
    /// Counted from 0.
    pub(super) page: usize,
    pub(super) hits_per_page: usize,
    pub(super) attributes: Vec<Attribute>,
    pub(super) values_per_facet: usize,
}

impl Hits {
    /// Pages that can be asked for, of so many hits.
    pub(super) fn pages(&self, total: u64) -> u64 {
        let per_page = self.hits_per_page as u64;
        if per_page == 0 {
            return 0;
        }
        let reachable = u64::from(SearchRequest::MAX_OFFSET) / per_page + 1;
        total.div_ceil(per_page).min(reachable)
    }
}

impl FromRequest<AppState> for Requests {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Requests, ApiError> {
        let UiParams { ui } = from_query(request.uri().query().unwrap_or_default(), &[])?;
        let body = json_body(request, state).await?;
        let taxonomy = &state.searcher().settings().taxonomy;
        Requests::read(&body, &Attributes::new(taxonomy, state.facets(), ui), ui)
    }
}

impl Requests {
    fn read(body: &Bytes, attributes: &Attributes<'_>, ui: Language) -> Result<Requests, ApiError> {
        let no_requests = || {
            let detail = "the body must be a list of requests, or an object with such a list as `requests`";
            ApiError::new(StatusCode::BAD_REQUEST, "invalid_json", detail)
        };
        let mut body: Value = serde_json::from_slice(body).map_err(|_| no_requests())?;
        let list = if body.is_object() { body["requests"].take() } else { body };
        let Value::Array(list) = list else { return Err(no_requests()) };
        if list.len() > MAX_REQUESTS {
            return Err(refused("requests", format!("takes at most {MAX_REQUESTS} requests"), Vec::new()));
        }
        let read = |(number, request): (usize, &Value)| {
            let Value::Object(request) = request else {
                return Err(refused(&format!("requests[{number}]"), "must be an object", Vec::new()));
            };
            let none = Map::new();
            let params = match request.get("params") {
                None => &none,
                Some(Value::Object(params)) => params,
                Some(_) => return Err(refused(&format!("requests[{number}].params"), "must be an object", Vec::new())),
            };
            Reader { number, request, params, attributes, ui }.read()
        };
        Ok(Requests { requests: list.iter().enumerate().map(read).collect::<Result<_, _>>()?, ui })
    }
}

/// Reads one request.
struct Reader<'a> {
    number: usize,
    request: &'a Map<String, Value>,
    params: &'a Map<String, Value>,
    attributes: &'a Attributes<'a>,
    ui: Language,
}

impl Reader<'_> {
    fn read(&self) -> Result<Asked, ApiError> {
        let index = self.request.get("indexName").and_then(Value::as_str).unwrap_or_default();
        let known = INDEXES.iter().find(|(name, ..)| *name == index);
        let names = INDEXES.iter().map(|(name, ..)| *name);
        let &(_, unit, sort) = known.ok_or_else(|| {
            let reason = format!("must be one of {}", names.clone().collect::<Vec<_>>().join(", "));
            refused(&self.place("indexName"), reason, nearest(index, names.clone()))
        })?;
        let query = self.text("query")?.unwrap_or_default();
        let search = self.search(unit, sort, query)?;
        let query = match self.request.get("type").and_then(Value::as_str) {
            Some("facet") => Query::Values(Box::new(self.values(search)?)),
            _ => Query::Hits(Box::new(self.hits(search)?)),
        };
        let echo = Echo {
            index: index.to_owned(),
            query: self.text("query")?.unwrap_or_default().to_owned(),
            params: self.echo(),
        };
        Ok(Asked { echo, markers: self.markers()?, query })
    }

    fn search(&self, unit: Unit, sort: Sort, query: &str) -> Result<SearchRequest, ApiError> {
        let mut search = SearchRequest { sort, ui: self.ui, ..SearchRequest::new(unit, query) };
        if self.text("filters")?.is_some_and(|filters| !filters.is_empty()) {
            return Err(self.wrong("filters", "is not understood; use facetFilters and numericFilters"));
        }
        let wrong = |name: &'static str| move |reason: String| self.wrong(name, reason);
        if let Some(filters) = self.given("facetFilters") {
            search.conditions = facet_filters(filters, self.attributes).map_err(wrong("facetFilters"))?;
        }
        if let Some(filters) = self.given("numericFilters") {
            search.conditions.extend(numeric_filters(filters).map_err(wrong("numericFilters"))?);
        }
        Ok(search)
    }

    fn hits(&self, mut search: SearchRequest) -> Result<Hits, ApiError> {
        let hits_per_page = self.number("hitsPerPage", HITS_PER_PAGE, SearchRequest::MAX_LIMIT)?;
        let page = self.number("page", 0, u16::MAX)?;
        let values_per_facet = self.number("maxValuesPerFacet", VALUES_PER_FACET, SearchRequest::MAX_FACET_LIMIT)?;
        let attributes = self.attributes()?;
        for attribute in &attributes {
            if !search.facets.contains(&attribute.facet) {
                search.facets.push(attribute.facet.clone());
            }
        }
        search.facet_limit = usize::from(SearchRequest::MAX_FACET_LIMIT);
        search.offset = page.saturating_mul(hits_per_page);
        // A page that cannot be reached has no hits, as one behind the last.
        let is_reachable = search.offset <= usize::from(SearchRequest::MAX_OFFSET);
        search.limit = if is_reachable { hits_per_page } else { 0 };
        Ok(Hits { search, page, hits_per_page, attributes, values_per_facet })
    }

    fn values(&self, search: SearchRequest) -> Result<FacetRequest, ApiError> {
        let name = self.request.get("facet").and_then(Value::as_str).unwrap_or_default();
        if !self.attributes.facets().iter().any(|facet| facet == name) {
            let known = self.attributes.facets().iter().map(String::as_str);
            return Err(refused(&self.place("facet"), "must be the name of a facet", nearest(name, known)));
        }
        let text = self.text("facetQuery")?.unwrap_or_default().to_owned();
        let limit = self.number("maxFacetHits", FACET_HITS.0, FACET_HITS.1)?;
        Ok(FacetRequest { facet: name.to_owned(), text, search, limit })
    }

    /// The attributes to count: a list, one alone, or `*` for every facet.
    fn attributes(&self) -> Result<Vec<Attribute>, ApiError> {
        let names: Vec<&str> = match self.given("facets") {
            None => Vec::new(),
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) if names.iter().all(Value::is_string) => {
                names.iter().filter_map(Value::as_str).collect()
            }
            Some(_) => return Err(self.wrong("facets", "must be a list of texts")),
        };
        let mut attributes = Vec::new();
        for name in names {
            let named: Vec<&str> = match name {
                "*" => self.attributes.facets().iter().map(String::as_str).collect(),
                name => vec![name],
            };
            for name in named {
                let attribute = self.attributes.attribute(name);
                let attribute = attribute.ok_or_else(|| self.wrong("facets", no_attribute(name)))?;
                if !attributes.contains(&attribute) {
                    attributes.push(attribute);
                }
            }
        }
        Ok(attributes)
    }

    fn markers(&self) -> Result<Markers, ApiError> {
        let marker = |name: &'static str, default: &str| {
            let marker = self.text(name)?.unwrap_or(default);
            if marker.len() > MAX_MARKER {
                return Err(self.wrong(name, format!("takes at most {MAX_MARKER} bytes")));
            }
            Ok(marker.to_owned())
        };
        Ok(Markers { before: marker("highlightPreTag", MARKERS.0)?, behind: marker("highlightPostTag", MARKERS.1)? })
    }

    /// A parameter that is there.
    fn given(&self, name: &str) -> Option<&Value> {
        self.params.get(name)
    }

    fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        let text = self.given(name).map(|value| value.as_str().ok_or_else(|| self.wrong(name, "must be a text")));
        text.transpose()
    }

    fn number(&self, name: &str, default: u16, most: u16) -> Result<usize, ApiError> {
        let Some(value) = self.given(name) else { return Ok(usize::from(default)) };
        // To JSON, 5.0 is a whole number too.
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=f64::from(most)).contains(number));
        let number = number.ok_or_else(|| self.wrong(name, format!("must be a whole number from 0 to {most}")))?;
        Ok(number as usize)
    }

    fn echo(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.params {
            match value {
                Value::String(text) => pairs.append_pair(name, text),
                other => pairs.append_pair(name, &other.to_string()),
            };
        }
        pairs.finish()
    }

    fn place(&self, name: &str) -> String {
        format!("requests[{}].{name}", self.number)
    }

    fn wrong(&self, name: &str, reason: impl Into<String>) -> ApiError {
        refused(&self.place(&format!("params.{name}")), reason, Vec::new())
    }
}

/// What is wrong with an attribute that there is not.
pub(super) fn no_attribute(name: &str) -> String {
    format!("holds {:?}, which is neither a facet nor a level of one such as theme.lvl0", shortened(name))
}

fn refused(name: &str, reason: impl Into<String>, nearest: Vec<String>) -> ApiError {
    let param = InvalidParam { name: name.to_owned(), reason: reason.into(), nearest, allowed: Vec::new() };
    ApiError::invalid("invalid_parameter", vec![param])
}

//! Parameters of requests: read, checked and documented from one definition.
//!
//! Each route has a type that implements [`Read`]: it lists its [`Parameter`]s and reads them from what was
//! [`Given`]. The same list makes the route's part of the OpenAPI document (a query string for GET, a JSON object with
//! the same keys for POST) and the offers for a mistyped name.
//!
//! Facets are parameters too, and a configuration may add some. The document lists those of the schemes that the
//! project ships; any other facet of the running configuration is taken the same way (`facet=`, `not_facet=`).

mod citation;
mod compare;
mod compare_page;
mod document_pages;
mod documents;
mod export;
mod facet;
mod feed;
mod filters;
mod given;
mod nearest;
mod parameter;
mod search;
mod search_page;
mod similar;
mod small;
mod suggest;
#[cfg(test)]
mod tests;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use rcp_corpus::taxonomy::Taxonomy;
use serde_json::{Map, Value, json};
use utoipa::openapi::path::{Parameter as Documented, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{ObjectBuilder, Schema};
use utoipa::openapi::{RefOr, Required};

pub(crate) use citation::{CitationFormat, CitationParams};
pub(crate) use compare::{CompareFormat, CompareParams};
pub(crate) use compare_page::{ComparePageParams, Measure};
pub(crate) use document_pages::{CitePageParams, DocumentPageParams, cite_passage_link};
pub(crate) use documents::{DocumentsParams, Listing};
pub(crate) use export::ExportParams;
pub(crate) use facet::FacetParams;
pub(crate) use feed::FeedParams;
pub(crate) use filters::is_standard_facet;
pub(crate) use given::Given;
pub(crate) use nearest::nearest;
use parameter::Parameter;
pub use search::Highlight;
pub(crate) use search::{PassagesParams, SearchParams};
pub(crate) use search_page::SearchPageParams;
pub(crate) use similar::SimilarParams;
pub(crate) use small::{CiteParams, DocumentPassagesParams, NoParams, SitemapParams, UiParams};
pub(crate) use suggest::{SuggestFormat, SuggestParams};

use crate::problem::ApiError;
use crate::state::AppState;

/// Longest query string, in bytes. A longer search is sent as POST.
const MAX_QUERY: usize = 2_048;
/// Longest body, in bytes.
pub(crate) const MAX_BODY: usize = 16 * 1_024;

/// Parameters of one route.
pub(crate) trait Read: Sized {
    /// The documented parameters, in the order of the document.
    fn parameters() -> Vec<&'static dyn Parameter>;

    /// Whether every facet of the configuration is a parameter.
    const FACETS: bool = false;

    /// Takes the parameters out of what was given; `facets` are the facets of the configuration. What it answers is
    /// used only if nothing was refused.
    fn read(given: &mut Given, facets: &[String]) -> Self;
}

/// Extracts the parameters of a request: from the query string, or for POST from the JSON body.
#[derive(Debug)]
pub(crate) struct Params<T>(pub(crate) T);

impl<T: Read> FromRequest<AppState> for Params<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Params<T>, ApiError> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        if request.method() != Method::POST {
            let renewed = if T::FACETS { renewed(&query, &state.searcher().settings().taxonomy) } else { None };
            return match renewed {
                Some(query) => Err(ApiError::moved(&with_query(request.uri().path(), &query))),
                None => from_query(&query, state.facets()).map(Params),
            };
        }
        if !query.is_empty() {
            let detail = "a POST takes its parameters in the body, not in the address";
            return Err(ApiError::new(StatusCode::BAD_REQUEST, "query_with_body", detail));
        }
        let body = json_body(request, state).await?;
        from_json(&body, state.facets()).map(Params)
    }
}

/// Extracts the parameters of a page, from its address, as [`Params`] does for the API. Two things differ: what a form
/// sends empty is left out, and names that the page does not have (mail programs and social media add theirs to
/// addresses) are ignored. The language is the [`crate::pages::Reader`]'s. What is wrong is for the page to show.
#[derive(Debug)]
pub(crate) struct PageParams<T>(pub(crate) Result<T, ApiError>);

impl<T: Read> FromRequestParts<AppState> for PageParams<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<PageParams<T>, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        if let Some(query) = renewed(query, &state.searcher().settings().taxonomy) {
            return Err(ApiError::moved(&with_query(parts.uri.path(), &query)));
        }
        let known = known::<T>(state.facets());
        let is_given =
            |name: &str, value: &str| name != UI && !value.trim().is_empty() && known.iter().any(|known| known == name);
        let given = form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| is_given(name, value));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
        Ok(PageParams(from_query(&query, state.facets())))
    }
}

/// The language of a page's labels is that of the page.
const UI: &str = "ui";

/// A query string with the ids of now, where it names concepts by ids that were replaced.
fn renewed(query: &str, taxonomy: &Taxonomy) -> Option<String> {
    let (mut pairs, mut is_renewed) = (form_urlencoded::Serializer::new(String::new()), false);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let facet = name.strip_prefix("not_").unwrap_or(&name);
        let replaced = taxonomy.concept(facet, &value).filter(|concept| concept.replaced_by.is_some());
        let current =
            replaced.and_then(|concept| taxonomy.resolve(facet, &concept.id).first().map(|now| now.id.as_str()));
        is_renewed |= current.is_some();
        pairs.append_pair(&name, current.unwrap_or(&value));
    }
    Some(pairs.finish()).filter(|renewed| is_renewed && renewed.len() <= MAX_QUERY)
}

/// The body of a request that says it is JSON.
pub(crate) async fn json_body(request: Request, state: &AppState) -> Result<Bytes, ApiError> {
    if !is_json(request.headers()) {
        return Err(ApiError::from_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    Bytes::from_request(request, state).await.map_err(|rejection| {
        // The body was too long, or the client was too slow or went away.
        let status = rejection.status();
        let is_long = status == StatusCode::PAYLOAD_TOO_LARGE;
        ApiError::from_status(if is_long { status } else { StatusCode::REQUEST_TIMEOUT })
    })
}

/// Reads the parameters of a query string.
pub(crate) fn from_query<T: Read>(query: &str, facets: &[String]) -> Result<T, ApiError> {
    if query.len() > MAX_QUERY {
        let detail = format!("the query string is longer than {MAX_QUERY} bytes; send the search as POST");
        return Err(ApiError::new(StatusCode::BAD_REQUEST, "query_too_long", detail));
    }
    finish(Given::from_query(query), facets)
}

/// Reads the parameters of a JSON object.
pub(crate) fn from_json<T: Read>(body: &[u8], facets: &[String]) -> Result<T, ApiError> {
    finish(Given::from_json(body, &T::parameters(), facets)?, facets)
}

fn finish<T: Read>(mut given: Given, facets: &[String]) -> Result<T, ApiError> {
    let known = known::<T>(facets);
    given.refuse_unknown(&known.iter().map(String::as_str).collect::<Vec<_>>());
    let params = T::read(&mut given, facets);
    given.finish()?;
    Ok(params)
}

/// Names of the parameters of a route on this server.
fn known<T: Read>(facets: &[String]) -> Vec<String> {
    let mut known: Vec<String> = T::parameters().iter().map(|parameter| parameter.name().to_owned()).collect();
    if T::FACETS {
        // A documented facet that the configuration lacks is no parameter of this server.
        known.retain(|name| !filters::is_standard_facet(name));
        known.extend(facets.iter().flat_map(|facet| [facet.clone(), format!("not_{facet}")]));
    }
    known
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

impl<T: Read> utoipa::IntoParams for Params<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Documented> {
        T::parameters().into_iter().map(documented).collect()
    }
}

fn documented(parameter: &dyn Parameter) -> Documented {
    let schema = parameter.schema();
    let several = matches!(schema, Schema::Array(_));
    ParameterBuilder::new()
        .name(parameter.name())
        .parameter_in(ParameterIn::Query)
        .required(if parameter.is_required() { Required::True } else { Required::False })
        .description(Some(parameter.description()))
        .style(several.then_some(ParameterStyle::Form))
        .explode(several.then_some(true))
        .schema(Some(with_example(schema, parameter)))
        .build()
}

/// The parameters as a JSON object: the body of a POST, and the normalised request in an answer.
fn object_schema<T: Read>(description: &str) -> RefOr<Schema> {
    let examples = [
        ("q", json!("labour migration")),
        ("theme", json!(["protection-rights"])),
        ("year_from", json!(2000)),
        ("limit", json!(10)),
    ];
    let is_taken = |name: &str| T::parameters().iter().any(|parameter| parameter.name() == name);
    let taken = examples.into_iter().filter(|(name, _)| is_taken(name)).map(|(name, value)| (name.to_owned(), value));
    let object = ObjectBuilder::new().description(Some(description)).examples([Value::Object(taken.collect())]);
    let object = T::parameters().into_iter().fold(object, |object, parameter| {
        let described = match parameter.schema() {
            Schema::Object(mut schema) => {
                schema.description = Some(with_default(parameter.description(), schema.default.take().as_ref()));
                Schema::Object(schema)
            }
            Schema::Array(mut schema) => {
                schema.description = Some(with_default(parameter.description(), schema.default.take().as_ref()));
                Schema::Array(schema)
            }
            other => other,
        };
        object.property(parameter.name(), with_example(described, parameter))
    });
    RefOr::T(object.into())
}

/// A description with the default: as a keyword of a field it makes generated clients ask for the field.
fn with_default(description: String, default: Option<&Value>) -> String {
    match default {
        Some(default) => format!("{description} Without it: `{default}`."),
        None => description,
    }
}

/// An example in the schema, not at the parameter: explorers fill those into every field at once.
fn with_example(schema: Schema, parameter: &dyn Parameter) -> Schema {
    let examples: Vec<Value> = parameter.example().into_iter().collect();
    match schema {
        Schema::Object(mut object) => {
            object.examples = examples;
            Schema::Object(object)
        }
        Schema::Array(mut array) => {
            array.examples = examples;
            Schema::Array(array)
        }
        other => other,
    }
}

/// An address with those values of a request that are not the default ones; `None` where it would be too long to be
/// answered.
fn link(
    path: &str,
    values: &Map<String, Value>,
    defaults: &Map<String, Value>,
    cursor: Option<&str>,
) -> Option<String> {
    // A cursor takes the place of the offset.
    let pairs = pairs(values, defaults).into_iter().filter(|(name, _)| cursor.is_none() || name != "offset");
    let cursor = cursor.map(|cursor| ("cursor".to_owned(), cursor.to_owned()));
    address(path, pairs.chain(cursor))
}

/// An address with these parameters; `None` where it would be too long to be answered.
fn address(path: &str, pairs: impl IntoIterator<Item = (String, String)>) -> Option<String> {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    (query.len() <= MAX_QUERY).then(|| with_query(path, &query))
}

/// Those values of a request that are not the default ones, as the pairs of a query string.
fn pairs(values: &Map<String, Value>, defaults: &Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in values.iter().filter(|(name, value)| defaults.get(*name) != Some(value)) {
        match value {
            Value::Array(items) => {
                pairs.extend(items.iter().filter_map(Value::as_str).map(|item| (name.clone(), item.to_owned())));
            }
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            other => pairs.push((name.clone(), other.to_string())),
        }
    }
    pairs
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

//! [`InstantSearchBody`]: the body of a request of InstantSearch in the OpenAPI document.

use rcp_query::request::SearchRequest;
use serde_json::json;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};

use super::requests::{FACET_HITS, HITS_PER_PAGE, INDEXES, MAX_MARKER, MAX_REQUESTS, VALUES_PER_FACET};

const REQUEST: &str = "InstantSearchRequest";
const PARAMS: &str = "InstantSearchParams";

/// A list of requests, or an object that holds one.
pub(crate) struct InstantSearchBody;

impl utoipa::PartialSchema for InstantSearchBody {
    fn schema() -> RefOr<Schema> {
        let request = || Ref::from_schema_name(REQUEST);
        let requests = || ArrayBuilder::new().items(request()).max_items(Some(MAX_REQUESTS));
        let object = ObjectBuilder::new().property("requests", requests()).required("requests");
        let example = json!([
            {"indexName": "documents", "params": {
                "query": "labour migration", "facets": ["rcp", "theme.lvl0"], "facetFilters": [["rcp:rcm"]], "hitsPerPage": 5,
            }},
            {"indexName": "documents", "params": {"query": "labour migration", "facets": "rcp", "hitsPerPage": 0}},
        ]);
        let either = OneOfBuilder::new().item(requests()).item(object);
        RefOr::T(Schema::OneOf(either.examples([example]).build()))
    }
}

impl utoipa::ToSchema for InstantSearchBody {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((REQUEST.to_owned(), request().into()));
        schemas.push((PARAMS.to_owned(), params().into()));
    }
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn request() -> ObjectBuilder {
    let indexes = INDEXES.iter().map(|(name, ..)| *name);
    let index = text().title(Some("InstantSearchIndex")).enum_values(Some(indexes));
    let index = index.description(Some("What is searched, and how it is sorted."));
    ObjectBuilder::new()
        .description(Some("One request of a page."))
        .property("indexName", index)
        .property("type", text().description(Some("`facet` searches inside the values of `facet`.")))
        .property("facet", text().description(Some("Facet whose values are searched.")))
        .property("params", Ref::from_schema_name(PARAMS))
        .required("indexName")
}

fn params() -> ObjectBuilder {
    let size = |most: u16, default: u16, description: &str| {
        let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0_u16)).maximum(Some(most));
        // A default as a keyword makes generated clients ask for the field.
        number.description(Some(format!("{description} Without it: {default}.")))
    };
    let texts = || ArrayBuilder::new().items(text());
    let filters = |description: &str| {
        ArrayBuilder::new().items(OneOfBuilder::new().item(text()).item(texts())).description(Some(description))
    };
    let facets = OneOfBuilder::new().item(texts()).item(text());
    let marker = |description: &str| text().max_length(Some(MAX_MARKER)).description(Some(description));
    let [hits, values] = [SearchRequest::MAX_LIMIT, SearchRequest::MAX_FACET_LIMIT];
    ObjectBuilder::new()
        .description(Some("What a request asks for. Other parameters of InstantSearch may be there; they change nothing."))
        .property("query", text().description(Some("Query text, as `q` of `/v1/search`.")))
        .property("page", size(u16::MAX, 0, "Page, counted from 0."))
        .property("hitsPerPage", size(hits, HITS_PER_PAGE, "Hits of a page; 0: counts alone."))
        .property("facets", facets.description(Some("Attributes to count, one or several; `*` is every facet.")))
        .property("facetFilters", filters("`attribute:value`, with labels or ids as values; `attribute:-value` leaves out. Outer lists are joined by AND, inner ones by OR."))
        .property("numericFilters", filters("Comparisons of the year, such as `year>=2010`; joined as those of facets."))
        .property("maxValuesPerFacet", size(values, VALUES_PER_FACET, "Values of each attribute."))
        .property("highlightPreTag", marker("Stands before a match."))
        .property("highlightPostTag", marker("Stands behind a match."))
        .property("facetQuery", text().description(Some("With `type` facet: what is typed to find a value.")))
        .property("maxFacetHits", size(FACET_HITS.1, FACET_HITS.0, "With `type` facet: values to return."))
}

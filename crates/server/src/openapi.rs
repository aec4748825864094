//! The OpenAPI document: what the routes say of themselves, with the problems, examples and promises that they share.

mod enums;
mod headers;
mod hits;
mod stability;
mod version_3_0;

use std::sync::LazyLock;

use axum::http::StatusCode;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, tag::TagBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use crate::examples;
use crate::params::is_standard_facet;
use crate::problem::{ApiError, InvalidParam, Problem};
use crate::routes;

/// The document as text: indented JSON with a newline at its end. The committed `openapi/openapi.json` and
/// `/openapi.json` are exactly this.
#[must_use]
pub fn openapi_json() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the document has texts for keys and finite numbers: it is always JSON")]
        let document = serde_json::to_value(openapi()).expect("the document is JSON");
        // A value is in order of its keys; the library keeps extensions in that of a hash map.
        format!("{document:#}\n")
    });
    &TEXT
}

/// The document in OpenAPI 3.0, as text. The committed `openapi/openapi-3.0.json` and `/openapi-3.0.json` are exactly this.
#[must_use]
pub fn openapi_3_0_json() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the text is that of a document that was just written")]
        let document = serde_json::from_str(openapi_json()).expect("the document is JSON");
        format!("{:#}\n", version_3_0::converted(document))
    });
    &TEXT
}

/// The OpenAPI 3.1 document of every route.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut document = base();
    document.merge(routes::all().into_openapi());
    let components = document.components.get_or_insert_default();
    components.security_schemes.insert(KEY.to_owned(), key_scheme().into());
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    components.schemas.insert(InvalidParam::name().into_owned(), InvalidParam::schema());
    hits::name(components);
    headers::describe(components);
    for (name, status) in PROBLEMS {
        components.responses.insert(name.to_owned(), problem_response(status).into());
    }
    enums::name_in_schemas(components);
    for (path, item) in &mut document.paths.paths {
        for (is_post, operation) in operations(item) {
            add_problems(path, is_post, operation);
            add_redirect(is_post, operation);
            headers::add(path, is_post, operation);
            enums::name_in_operation(operation, components);
            examples::add(operation, components);
            stability::mark_operation(operation);
        }
    }
    stability::mark_schemas(components);
    document
}

const ABOUT: &str = "Full-text search over the documents of Regional Consultative Processes on Migration. Reading what is public needs no key; a key adds the restricted collections that it grants, and is sent as `Authorization: Bearer KEY`, never in an address. Every error is a problem (RFC 9457) with a stable `code`. Equal requests on one `index_version` find the same hits; only a change of the operator's ranking settings can order them anew. Answers to GET carry a strong `ETag`: send it back as `If-None-Match`, and what has not changed is answered with 304 and no body. `Link` headers lead to the next page.";

fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("rcp-search")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(format!("{ABOUT}\n\n{}", stability::PROMISE)))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()))
        .build();
    let tag = |name: &str, description: &str| TagBuilder::new().name(name).description(Some(description)).build();
    OpenApiBuilder::new()
        .info(info)
        .tags(Some([
            tag("search", "Ranked documents and passages."),
            tag("documents", "The documents themselves, and what is searchable."),
            tag("vocabularies", "Processes, themes, regions, types and countries."),
            tag("operations", "For those who run or describe the server."),
        ]))
        // Either nothing or a key will do.
        .security(Some([SecurityRequirement::default(), SecurityRequirement::new(KEY, [""; 0])]))
        .build()
}

/// Name of the security scheme.
const KEY: &str = "key";

fn key_scheme() -> SecurityScheme {
    let description = "An API key, as the operator gives it out. It adds the restricted collections that it grants to what is public. A key that is not valid is refused with 401, at every address.";
    let scheme =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("rcp_ID_SECRET").description(Some(description));
    SecurityScheme::Http(scheme.build())
}

/// Every problem response, by the name of its component.
const PROBLEMS: [(&str, StatusCode); 13] = [
    ("BadRequest", StatusCode::BAD_REQUEST),
    ("Unauthorized", StatusCode::UNAUTHORIZED),
    ("NotFound", StatusCode::NOT_FOUND),
    ("RequestTimeout", StatusCode::REQUEST_TIMEOUT),
    ("Gone", StatusCode::GONE),
    ("BodyTooLarge", StatusCode::PAYLOAD_TOO_LARGE),
    ("UriTooLong", StatusCode::URI_TOO_LONG),
    ("UnsupportedMediaType", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("RateLimited", StatusCode::TOO_MANY_REQUESTS),
    ("HeadersTooLarge", StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
    ("InternalError", StatusCode::INTERNAL_SERVER_ERROR),
    ("Unavailable", StatusCode::SERVICE_UNAVAILABLE),
    ("Timeout", StatusCode::GATEWAY_TIMEOUT),
];

fn problem_response(status: StatusCode) -> Response {
    let error = match status {
        StatusCode::BAD_REQUEST => ApiError::invalid(
            "invalid_parameter",
            vec![InvalidParam {
                name: "limit".to_owned(),
                reason: "must be a whole number from 1 to 100".to_owned(),
                ..InvalidParam::default()
            }],
        ),
        StatusCode::GONE => ApiError::from(rcp_query::SearchError::CursorExpired),
        other => ApiError::from_status(other),
    };
    let description = match status {
        StatusCode::BAD_REQUEST => {
            "The request cannot be read, or a parameter cannot be used; `invalid_params` names each one.".to_owned()
        }
        _ => error.detail.clone(),
    };
    let problem = error.into_problem("6f1c2f0e-5a0b-4c39-9a55-3c1a0f2f7e11".to_owned());
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .example(serde_json::to_value(&problem).ok())
        .build();
    let mut problem =
        ResponseBuilder::new().description(description).content("application/problem+json", content).build();
    headers::add_to_problem(status, &mut problem);
    problem
}

/// Declares the problems that an operation can answer with.
fn add_problems(path: &str, is_post: bool, operation: &mut Operation) {
    let searches =
        path == "/v1/search" || path == "/v1/passages" || path == "/v1/documents" || path.starts_with("/v1/feed.");
    let answers = |status: StatusCode| match status {
        StatusCode::GATEWAY_TIMEOUT => path.starts_with("/v1/") || path == "/sitemap.xml" || path == "/llms.txt",
        StatusCode::NOT_FOUND => path.contains('{') || path == "/v1/cite",
        StatusCode::GONE => searches || path.ends_with("/original"),
        StatusCode::REQUEST_TIMEOUT | StatusCode::UNSUPPORTED_MEDIA_TYPE => is_post,
        _ => true,
    };
    for (name, status) in PROBLEMS.iter().filter(|(_, status)| answers(*status)) {
        let reference = RefOr::Ref(Ref::from_response_name(*name));
        operation.responses.responses.insert(status.as_str().to_owned(), reference);
    }
}

/// Declares that an address with the id of a concept that has a new one leads to the same with that.
fn add_redirect(is_post: bool, operation: &mut Operation) {
    let is_filter =
        |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(given) if is_standard_facet(&given.name));
    let names_concepts = operation.parameters.iter().flatten().any(is_filter);
    let names_passage = operation.operation_id.as_deref() == Some("cite_document");
    let description = match (is_post, names_concepts, names_passage) {
        (false, true, _) => "A concept that the address names has a new id: ask the address in `location`.",
        (false, _, true) => "The passage that the address names has a new id: ask the address in `location`.",
        _ => return,
    };
    let location = HeaderBuilder::new().description(Some("The same address with the ids of now.")).build();
    let response = ResponseBuilder::new().description(description).header("location", location).build();
    operation.responses.responses.insert("308".to_owned(), response.into());
}

/// The operations of a path, each with whether it is a POST.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let get = item.get.as_mut().map(|operation| (false, operation));
    let post = item.post.as_mut().map(|operation| (true, operation));
    get.into_iter().chain(post)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::*;

    fn document() -> Value {
        serde_json::from_str(openapi_json()).unwrap()
    }

    /// Calls `visit` with every value below `value`.
    fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
        visit(value);
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
            Value::Object(fields) => fields.values().for_each(|field| walk(field, visit)),
            _ => {}
        }
    }

    fn operations(document: &Value) -> Vec<(String, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        paths
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
            })
            .collect()
    }

    #[test]
    fn every_reference_resolves() {
        let document = document();
        let mut references = BTreeSet::new();
        walk(&document, &mut |value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                references.insert(reference.to_owned());
            }
        });
        assert!(references.len() > 20);
        for reference in references {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_operation_says_what_a_client_needs() {
        let document = document();
        let mut ids = BTreeSet::new();
        for (name, operation) in operations(&document) {
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{name}");
            for field in ["summary", "description"] {
                assert!(operation[field].as_str().is_some_and(|text| !text.is_empty()), "{name} {field}");
            }
            assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{name}");
            let contents = operation["responses"]["200"]["content"].as_object().unwrap();
            for (media_type, content) in contents {
                let example = &content["example"];
                let is_whole = if media_type == "application/json" { example.is_object() } else { !example.is_null() };
                assert!(is_whole, "{name} {media_type}");
            }
            assert!(operation["responses"]["500"].is_object(), "{name}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{name} {parameter}");
                let schema = &parameter["schema"];
                assert!(schema["type"].is_string() || schema["allOf"][0]["$ref"].is_string(), "{name} {parameter}");
            }
        }
        assert!(ids.len() >= 12);
    }

    /// Generators name a type after the place where it stands, and make one for each place; so none stands in one.
    #[test]
    fn every_choice_is_a_type_of_its_own() {
        let document = document();
        walk(&document["paths"], &mut |value| assert!(value["enum"].is_null(), "{value}"));
        let mut choices = 0;
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            walk(&schema["properties"], &mut |value| assert!(!value["enum"].is_array(), "{name} {value}"));
            choices += usize::from(schema["enum"].is_array());
        }
        assert!(choices > 10);
        let sort = &document["components"]["schemas"]["SearchSort"];
        assert_eq!((&sort["enum"][1], &sort["x-enum-varnames"][1]), (&json!("-date"), &json!("DATE_DESCENDING")));
    }

    #[test]
    fn a_client_is_told_what_headers_say_when_to_come_back() {
        let document = document();
        let named = |response: &Value| {
            response["headers"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        let problem = |name: &str| named(&document["components"]["responses"][name]);
        assert_eq!(problem("RateLimited"), ["RateLimit", "RateLimit-Policy", "Retry-After"]);
        assert_eq!(problem("Unavailable"), ["Retry-After"]);
        assert_eq!(problem("Unauthorized"), ["WWW-Authenticate"]);
        let search = &document["paths"]["/v1/search"]["get"]["responses"];
        assert_eq!(named(&search["200"]), ["ETag", "Link", "RateLimit", "RateLimit-Policy"]);
        assert!(search["304"].is_object());
    }

    #[test]
    fn every_operation_takes_a_key_and_needs_none() {
        let document = document();
        assert_eq!(document["security"], json!([{}, {"key": []}]));
        let scheme = &document["components"]["securitySchemes"]["key"];
        assert_eq!((&scheme["type"], &scheme["scheme"]), (&json!("http"), &json!("bearer")));
        for (name, operation) in operations(&document) {
            assert!(operation["security"].is_null() && operation["responses"]["401"].is_object(), "{name}");
        }
    }

    /// Examples are composed from the examples of fields: each required field must be there, and of its type.
    #[test]
    fn examples_have_the_shape_of_their_schemas() {
        let document = document();
        for (name, operation) in operations(&document) {
            let content = &operation["responses"]["200"]["content"]["application/json"];
            if content.is_null() {
                continue;
            }
            fits(&content["example"], &content["schema"], &document, &name);
        }
        let problem = &document["components"]["responses"]["BadRequest"]["content"]["application/problem+json"];
        fits(&problem["example"], &problem["schema"], &document, "problem");
    }

    #[track_caller]
    fn fits(value: &Value, schema: &Value, document: &Value, place: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            return fits(value, document.pointer(reference.trim_start_matches('#')).unwrap(), document, place);
        }
        if let Some(choices) = schema["oneOf"].as_array() {
            let choice = choices.iter().find(|choice| (choice["type"] == json!("null")) == value.is_null());
            return fits(value, choice.unwrap(), document, place);
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let matches = types.is_empty() || types.contains(&kind) || (kind == "integer" && types.contains(&"number"));
        assert!(matches, "{place}: {value} is not {types:?}");
        for item in value.as_array().into_iter().flatten() {
            fits(item, &schema["items"], document, place);
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if let Some(fields) = value.as_object() {
                assert!(fields.contains_key(name), "{place} lacks {name}");
            }
        }
        for (name, field) in value.as_object().into_iter().flatten() {
            let known = &schema["properties"][name];
            let schema = if known.is_null() { &schema["additionalProperties"] } else { known };
            if schema.is_object() {
                fits(field, schema, document, &format!("{place}.{name}"));
            }
        }
    }

    #[test]
    fn the_committed_documents_are_the_served_ones() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi");
        for (name, served) in [("openapi.json", openapi_json()), ("openapi-3.0.json", openapi_3_0_json())] {
            let path = folder.join(name);
            if std::env::var_os("UPDATE_OPENAPI").is_some() {
                std::fs::write(&path, served).unwrap();
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == served,
                "openapi/{name} is not the document that is served; look at what changed, then rewrite it with \
                 UPDATE_OPENAPI=1 cargo test -p rcp-server"
            );
        }
    }

    /// Every field says whether it may be relied on, itself or by the schema that it refers to.
    #[test]
    fn every_field_has_a_promise() {
        let document = document();
        let mut fields = 0;
        let promised =
            |value: &Value| ["stable", "experimental"].contains(&value["x-stability"].as_str().unwrap_or_default());
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            assert!(promised(schema), "{name}");
            for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
                assert!(promised(schema) || schema["$ref"].is_string(), "{name}.{field}");
                fields += 1;
            }
        }
        assert!(fields > 100);
        for (name, operation) in operations(&document) {
            assert!(promised(operation), "{name}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(promised(parameter), "{name} {parameter}");
            }
        }
        assert_eq!(document["components"]["schemas"]["ScoreExplanation"]["x-stability"], "experimental");
    }
}

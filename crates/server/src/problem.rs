//! [`Problem`], the one shape of every error (RFC 9457), and [`ApiError`], what handlers return.
//!
//! An error has two messages: `detail` for the caller, `log` for the operator. The body is written in one place,
//! [`crate::layers::problems`], which also turns the bare errors of the framework (404, 405, 413 …) into problems.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rcp_query::SearchError;
use rcp_query::request::SearchRequest;
use serde::Serialize;
use utoipa::ToSchema;

/// An error as RFC 9457 describes it, with a stable `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: `code` says which problem it is.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    pub(crate) kind: &'static str,
    /// The HTTP status in words.
    #[schema(example = "Bad Request")]
    pub(crate) title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    pub(crate) status: u16,
    /// Stable, for programs.
    #[schema(example = "invalid_parameter")]
    pub(crate) code: &'static str,
    /// What went wrong and what to do, for a person.
    #[schema(example = "limit must be a whole number from 1 to 100")]
    pub(crate) detail: String,
    /// Id of the request, as in the `x-request-id` header: quote it when you report the problem.
    #[schema(example = "6f1c2f0e-5a0b-4c39-9a55-3c1a0f2f7e11")]
    pub(crate) instance: String,
    /// The parameters that cannot be used; empty for other problems.
    pub(crate) invalid_params: Vec<InvalidParam>,
}

/// A parameter that cannot be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct InvalidParam {
    /// Its name.
    #[schema(example = "limit")]
    pub(crate) name: String,
    /// What is wrong, to be read after the name.
    #[schema(example = "must be a whole number from 1 to 100")]
    pub(crate) reason: String,
    /// Every value (or name) that would be right, where there are few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) allowed: Vec<String>,
    /// The right values (or names) nearest to what was given, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) nearest: Vec<String>,
}

/// A request that is not answered as asked.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    /// For the caller.
    pub(crate) detail: String,
    pub(crate) invalid_params: Vec<InvalidParam>,
    /// For the operator, never sent.
    pub(crate) log: Option<String>,
    /// Address to ask instead.
    pub(crate) location: Option<Box<HeaderValue>>,
}

/// Seconds after which a refused client may try again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");
/// How a key is sent (RFC 6750).
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"rcp-search\", error=\"invalid_token\"");

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> ApiError {
        ApiError { status, code, detail: detail.into(), invalid_params: Vec::new(), log: None, location: None }
    }

    /// 400 for parameters that cannot be used.
    pub(crate) fn invalid(code: &'static str, invalid_params: Vec<InvalidParam>) -> ApiError {
        let reasons: Vec<String> =
            invalid_params.iter().map(|param| format!("{} {}", param.name, param.reason)).collect();
        ApiError { invalid_params, ..ApiError::new(StatusCode::BAD_REQUEST, code, reasons.join("; ")) }
    }

    /// 308: the same is to be asked at another address.
    pub(crate) fn moved(location: &str) -> ApiError {
        let location = HeaderValue::from_str(location).ok().map(Box::new);
        ApiError { location, ..ApiError::new(StatusCode::PERMANENT_REDIRECT, "moved", "ask the address in `location`") }
    }

    /// 404 for something that a path names.
    pub(crate) fn not_found(code: &'static str, detail: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, code, detail)
    }

    /// 500: the caller learns nothing of the cause, the operator does.
    pub(crate) fn internal(log: impl Into<String>) -> ApiError {
        ApiError { log: Some(log.into()), ..ApiError::from_status(StatusCode::INTERNAL_SERVER_ERROR) }
    }

    /// 503: more searches than the server takes at once.
    pub(crate) fn overloaded() -> ApiError {
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "overloaded",
            "the server has more searches than it can take; try again in a moment",
        )
    }

    /// 503: more exports than the server makes at once.
    pub(crate) fn too_many_exports() -> ApiError {
        let detail = "the server makes as many exports as it can; try again when one of them is done";
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_exports", detail)
    }

    /// The problem for a bare status, as the framework or a layer answers it.
    pub(crate) fn from_status(status: StatusCode) -> ApiError {
        let (code, detail) = match status.as_u16() {
            400 => ("bad_request", "the request cannot be read"),
            401 => (
                "invalid_key",
                "the key is not valid: it was revoked, or is not written as `Authorization: Bearer KEY`; what is public needs none",
            ),
            404 => ("not_found", "there is nothing at this address; the API is described at /docs"),
            405 => {
                ("method_not_allowed", "this address does not take this method; the Allow header lists those it takes")
            }
            408 => ("request_timeout", "the request took too long to arrive; send it again"),
            413 => ("body_too_large", "the request body is too large; a search takes at most 16 kB"),
            414 => ("uri_too_long", "the address is too long; send a long search as POST"),
            415 => ("unsupported_media_type", "send the body as application/json"),
            429 => ("rate_limited", "too many requests; wait as long as the Retry-After header says"),
            431 => ("headers_too_large", "the headers are too long; send at most 100, and 16 kB in all"),
            503 => ("unavailable", "the server cannot answer now; try again in a moment"),
            504 => ("timeout", "the answer took too long; ask for less, or try again in a moment"),
            500.. => ("internal_error", "the server failed; report the request id given in `instance`"),
            _ => ("refused", "the request was refused"),
        };
        ApiError::new(status, code, detail)
    }

    /// The error of a search, with the parameter that caused it.
    pub(crate) fn from_search(error: SearchError, request: &SearchRequest) -> ApiError {
        match error {
            SearchError::UnknownValue { facet, value, nearest } => {
                let excluded = request.filters.get(&facet).is_some_and(|chosen| chosen.exclude.contains(&value));
                let name = if excluded { format!("not_{facet}") } else { facet };
                let reason = format!("has no value {:?}", shortened(&value));
                ApiError::invalid(
                    "unknown_value",
                    vec![InvalidParam { name, reason, nearest, ..InvalidParam::default() }],
                )
            }
            other => ApiError::from(other),
        }
    }

    pub(crate) fn into_problem(self, instance: String) -> Problem {
        Problem {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail,
            instance,
            invalid_params: self.invalid_params,
        }
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> ApiError {
        let reason = error.to_string();
        let param = |name: &str, allowed: Vec<String>, nearest: Vec<String>| {
            vec![InvalidParam { name: name.to_owned(), reason: reason.clone(), allowed, nearest }]
        };
        match error {
            SearchError::UnknownFacet { known, .. } => {
                ApiError::invalid("unknown_facet", param("facets", known, Vec::new()))
            }
            SearchError::UnknownValue { facet, nearest, .. } => {
                ApiError::invalid("unknown_value", param(&facet, Vec::new(), nearest))
            }
            SearchError::InvalidCursor => ApiError::invalid(
                "invalid_cursor",
                vec![InvalidParam {
                    name: "cursor".to_owned(),
                    reason: "does not belong to this request; start again without it".to_owned(),
                    ..InvalidParam::default()
                }],
            ),
            SearchError::TooManyToSort { total, most } => ApiError::invalid(
                "too_many_to_sort",
                vec![InvalidParam {
                    name: "sort".to_owned(),
                    reason: format!("orders at most {most} rows, and {total} match; leave it out, or ask for less"),
                    ..InvalidParam::default()
                }],
            ),
            SearchError::TooCostly => ApiError::new(StatusCode::BAD_REQUEST, "too_costly", reason),
            SearchError::CursorExpired => ApiError::new(StatusCode::GONE, "cursor_expired", reason),
            SearchError::Backend(backend) => ApiError::internal(backend.to_string()),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, CHALLENGE);
        }
        if let Some(location) = &self.location {
            response.headers_mut().insert(header::LOCATION, HeaderValue::clone(location));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The first characters of something that a caller sent, to be shown back.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_value_names_the_parameter_that_holds_it() {
        let mut request = SearchRequest::new(rcp_query::request::Unit::Documents, "");
        request.filters.entry("rcp".to_owned()).or_default().exclude.push("rmc".to_owned());
        let error = SearchError::UnknownValue {
            facet: "rcp".to_owned(),
            value: "rmc".to_owned(),
            nearest: vec!["rcm".to_owned()],
        };
        let error = ApiError::from_search(error, &request);
        assert_eq!((error.status.as_u16(), error.code), (400, "unknown_value"));
        assert_eq!(error.invalid_params[0].name, "not_rcp");
        assert_eq!(error.invalid_params[0].nearest, ["rcm"]);
        assert_eq!(error.detail, "not_rcp has no value \"rmc\"");
    }

    #[test]
    fn an_internal_error_tells_the_caller_nothing_of_its_cause() {
        let error = ApiError::internal("/data/index/7/public is gone");
        assert!(!serde_json::to_string(&error.into_problem(String::new())).unwrap().contains("public"));
    }

    #[test]
    fn every_status_has_a_code_of_its_own() {
        let statuses = [400, 401, 404, 405, 408, 413, 414, 415, 429, 431, 500, 503, 504];
        let codes: std::collections::BTreeSet<_> =
            statuses.iter().map(|status| ApiError::from_status(StatusCode::from_u16(*status).unwrap()).code).collect();
        assert_eq!(codes.len(), statuses.len());
    }

    #[test]
    fn what_is_shown_back_is_short_and_whole_characters() {
        assert_eq!(shortened("é"), "é");
        assert_eq!(shortened(&"é".repeat(100)).chars().count(), 61);
    }
}

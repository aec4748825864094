//! The one place that writes problems: from the errors of handlers, and from the bare errors of the framework.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::pages::{Reader, problem_page, wants_page};
use crate::problem::ApiError;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Gives every answer of 400 and above the body of a problem, as JSON or, to a person, as a page; keeps its headers
/// (`Allow`, `Retry-After`).
pub(crate) async fn write(request: Request, next: Next) -> Response {
    let request_id = super::request_id::of(request.headers());
    let reader = wants_page(&request).then(|| Reader::of(request.uri(), request.headers()));
    let response = next.run(request).await;
    let status = response.status();
    // A page that says itself what is wrong.
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut head, _) = response.into_parts();
    let error = head.extensions.remove::<ApiError>().unwrap_or_else(|| ApiError::from_status(status));
    if let Some(log) = &error.log {
        tracing::error!(request_id, code = error.code, error = log, "request failed");
    }
    let problem = error.into_problem(request_id);
    head.headers.remove(header::CONTENT_LENGTH);
    if let Some(page) = reader.and_then(|reader| problem_page(&problem, &reader).ok()) {
        let (headers, body) = page.into_parts();
        head.headers.extend(headers);
        return Response::from_parts(head, Body::from(body));
    }
    // A problem is texts and a number: it is always JSON.
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    head.headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
    Response::from_parts(head, Body::from(body))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::http::{Method, Request, StatusCode};
    use axum::routing::{get, post};
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;
    use crate::config::ServerConfig;

    /// A router with the layers of the server around handlers that go wrong in every way.
    fn app() -> Router {
        let router = Router::new()
            .route("/panic", get(panics))
            .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(60)).await }))
            .route("/busy", get(|| async { ApiError::overloaded() }))
            .route("/failed", get(|| async { ApiError::internal("secret") }))
            .route("/body", post(|body: String| async move { body }));
        let config = ServerConfig { request_timeout: Duration::from_millis(20), ..ServerConfig::default() };
        super::super::wrap(router, &config, &Default::default())
    }

    async fn panics() -> &'static str {
        panic!("secret")
    }

    async fn send(request: Request<Body>) -> (Response, String) {
        let response = app().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (Response::from_parts(head, Body::empty()), String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[track_caller]
    fn check(response: &Response, body: &str, status: u16, code: &str) -> Value {
        let problem: Value = serde_json::from_str(body).unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(status.into()), Some(code)));
        assert_eq!(problem["instance"].as_str().unwrap(), response.headers()["x-request-id"]);
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(!body.contains("secret"), "{body}");
        problem
    }

    fn request(method: Method, path: &str, body: Body) -> Request<Body> {
        Request::builder().method(method).uri(path).header("x-request-id", "id-1").body(body).unwrap()
    }

    #[tokio::test]
    async fn every_error_leaves_as_a_problem() {
        let long = format!("/{}", "x".repeat(9_000));
        for (method, path, status, code) in [
            (Method::GET, "/nowhere", 404, "not_found"),
            (Method::POST, "/busy", 405, "method_not_allowed"),
            (Method::GET, "/panic", 500, "internal_error"),
            (Method::GET, "/failed", 500, "internal_error"),
            (Method::GET, "/slow", 504, "timeout"),
            (Method::GET, "/busy", 503, "overloaded"),
            (Method::GET, &long, 414, "uri_too_long"),
        ] {
            let (response, body) = send(request(method, path, Body::empty())).await;
            let problem = check(&response, &body, status, code);
            assert_eq!(problem["instance"], "id-1");
        }
    }

    #[tokio::test]
    async fn a_person_is_told_on_a_page_in_their_language_and_shown_a_way_on() {
        let long = format!("/{}", "x".repeat(9_000));
        for (path, status, titles) in [
            ("/busy", 503, ["The server is busy", "El servidor está ocupado", "Le serveur est occupé"]),
            ("/slow", 504, ["The server is busy", "El servidor está ocupado", "Le serveur est occupé"]),
            ("/panic", 500, ["The server failed", "El servidor ha fallado", "Le serveur a échoué"]),
            ("/failed", 500, ["The server failed", "El servidor ha fallado", "Le serveur a échoué"]),
            (
                "/nowhere",
                404,
                ["There is nothing at this address", "No hay nada en esta dirección", "Il n’y a rien à cette adresse"],
            ),
            (
                &long,
                414,
                ["The request cannot be read", "No se puede leer la solicitud", "La demande ne peut pas être lue"],
            ),
        ] {
            for (language, title) in ["en", "es", "fr"].into_iter().zip(titles) {
                let mut asked = request(Method::GET, &format!("{path}?ui={language}"), Body::empty());
                asked.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
                let (response, page) = send(asked).await;
                assert_eq!(response.status(), status);
                assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
                assert_eq!(response.headers()[header::CONTENT_LANGUAGE], language);
                assert_eq!(response.headers().contains_key(header::RETRY_AFTER), status == 503);
                for part in [
                    &format!("<html lang=\"{language}\""),
                    &format!("<h1>{title}</h1>"),
                    &format!("<a href=\"/?ui={language}\">"),
                    &format!("<input type=\"hidden\" name=\"ui\" value=\"{language}\">"),
                    "<input type=\"search\" name=\"q\"",
                    "id-1",
                ] {
                    assert!(page.contains(part), "{path}: {part} is not in {page}");
                }
                assert!(!page.contains("secret"), "{page}");
            }
        }
    }

    #[tokio::test]
    async fn headers_that_say_what_to_do_are_kept() {
        let (response, _) = send(request(Method::POST, "/busy", Body::empty())).await;
        assert_eq!(response.headers()[header::ALLOW], "GET,HEAD");
        let (response, _) = send(request(Method::GET, "/busy", Body::empty())).await;
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }

    #[tokio::test]
    async fn a_long_body_is_refused_whether_announced_or_not() {
        let long = "x".repeat(crate::params::MAX_BODY + 1);
        let mut announced = request(Method::POST, "/body", Body::from(long.clone()));
        announced.headers_mut().insert(header::CONTENT_LENGTH, long.len().into());
        let (response, body) = send(announced).await;
        check(&response, &body, 413, "body_too_large");
        let (response, body) = send(request(Method::POST, "/body", Body::from(long))).await;
        check(&response, &body, 413, "body_too_large");
    }

    #[tokio::test]
    async fn a_malformed_request_id_is_replaced() {
        let mut forged = request(Method::GET, "/nowhere", Body::empty());
        forged.headers_mut().insert("x-request-id", HeaderValue::from_static("a b"));
        let (response, body) = send(forged).await;
        let problem = check(&response, &body, 404, "not_found");
        assert_eq!(problem["instance"].as_str().unwrap().len(), 36);
    }

    #[tokio::test]
    async fn any_page_may_ask_without_credentials() {
        let mut preflight = request(Method::OPTIONS, "/body", Body::empty());
        preflight.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("https://example.org"));
        preflight.headers_mut().insert("access-control-request-method", HeaderValue::from_static("POST"));
        let (response, _) = send(preflight).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        let allowed = response.headers()["access-control-allow-headers"].to_str().unwrap();
        assert!(allowed.contains("authorization"), "a page may send a key: {allowed}");
        assert!(!response.headers().contains_key("access-control-allow-credentials"));
    }
}

//! Pages for people: the first page, the API explorer, and the documents at their permanent addresses; and the widget for
//! pages of others.

mod document;
mod explorer;
mod metadata;
mod widget;

use axum::Router;
use axum::http::header::{self, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::answer::link;
use crate::state::AppState;

const FIRST_PAGE: &str = include_str!("index.html");
const STYLE: &str = include_str!("style.css");

/// A page may load its style sheet from here, and nothing else.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Every page.
pub(crate) fn all() -> Router<AppState> {
    Router::new()
        .route("/", get(first_page))
        .route("/style.css", get(style))
        .route("/documents/{id}", get(document::document))
        .merge(explorer::routes())
        .merge(widget::routes())
}

async fn first_page() -> Response {
    let mut page = ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], Html(FIRST_PAGE)).into_response();
    // The address of the server leads to what describes it (RFC 8631).
    link(page.headers_mut(), "service-desc", "/openapi.json", Some("application/json"));
    link(page.headers_mut(), "service-doc", "/docs/", Some("text/html"));
    page
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], STYLE).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn fetch(path: &str) -> (StatusCode, String, String) {
        let pages = Router::new().route("/", get(first_page)).merge(explorer::routes());
        let app = crate::layers::wrap(pages, &crate::ServerConfig::default(), &Default::default());
        let response = app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, policy, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn pages_load_nothing_from_elsewhere() {
        for (path, holds) in
            [("/", "<html lang=\"en\">"), ("/docs/", "swagger-ui"), ("/docs/swagger-initializer.js", "/openapi.json")]
        {
            let (status, policy, body) = fetch(path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("http"), "{policy}");
            assert!(body.contains(holds), "{path}: {body}");
            // The name of a vocabulary is no address that anything is loaded from.
            assert!(!body.replace("https://schema.org", "").contains("https://"), "{path}: {body}");
        }
    }
}

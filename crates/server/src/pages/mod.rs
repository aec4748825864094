//! Pages for people, made on the server from the same answers as the API, and the widget for pages of others.
//!
//! - [`Reader`]: who a page is for, by its address and browser;
//! - [`texts`]: what pages say, in English, Spanish and French;
//! - [`frame`]: what every page has around its content, and how it becomes an answer;
//! - [`assets`]: the style sheet and the script;
//! - a module for each kind of page, with a template of the same name in `templates/`.
//!
//! Everything works without script. What comes from documents is escaped by the templates.

mod address;
mod assets;
mod citation_forms;
mod cite;
mod compare;
mod concept;
mod coverage;
mod document;
mod events;
mod explorer;
mod frame;
mod help;
mod home;
mod listed;
mod metadata;
mod problem;
mod processes;
mod reader;
mod search;
mod texts;
mod themes;
mod widget;
mod years;

use axum::Router;
use axum::http::header::{self, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodRouter, get};

use crate::routes::discovery::robots;
use crate::state::AppState;

pub(crate) use problem::{problem_page, wants_page};
pub(crate) use reader::Reader;

/// Every page, and what belongs to them.
pub(crate) fn all() -> Router<AppState> {
    let pages = routes().into_iter().fold(Router::new(), |router, (path, page)| router.route(&path, page));
    pages
        .layer(map_response(by_language))
        .merge(assets::routes())
        .route("/robots.txt", get(robots))
        .merge(explorer::routes())
        .merge(widget::routes())
}

/// Paths of the pages for people: `/documents/{id}`. They are not part of the OpenAPI document.
#[must_use]
pub fn page_paths() -> Vec<String> {
    routes().into_iter().map(|(path, _)| path).collect()
}

fn routes() -> Vec<(String, MethodRouter<AppState>)> {
    let pages = [
        ("/", get(home::home)),
        ("/search", get(search::search)),
        ("/documents/{id}", get(document::document)),
        ("/cite", get(cite::cite)),
        ("/compare", get(compare::compare)),
        ("/processes", get(processes::processes)),
        ("/events/{id}", get(events::event)),
        ("/coverage", get(coverage::coverage)),
        ("/help", get(help::help)),
    ];
    let pages = pages.map(|(path, page)| (path.to_owned(), page)).into_iter();
    pages.chain(themes::routes()).chain(concept::routes()).collect()
}

/// A page is another one in each language.
async fn by_language(mut response: Response) -> Response {
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn the_explorer_loads_nothing_from_elsewhere() {
        for (path, holds) in [("/docs/", "swagger-ui"), ("/docs/swagger-initializer.js", "/openapi.json")] {
            let app = crate::layers::wrap(explorer::routes(), &crate::ServerConfig::default(), &Default::default());
            let response = app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
            assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("http"), "{policy}");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let body = String::from_utf8_lossy(&body);
            assert!(body.contains(holds) && !body.contains("https://"), "{path}: {body}");
        }
    }
}

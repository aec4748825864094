//! `/`: the first page.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::Reader;
use super::frame::{Frame, NAME, page};
use super::metadata::for_script;
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    json_ld: String,
}

/// The handler of the page.
pub(super) async fn home(State(state): State<AppState>, caller: Caller, reader: Reader) -> Result<Response, ApiError> {
    let work = |_: &Basis<'_>, reader: Reader| {
        let mut frame = Frame::new(&reader, String::new(), None);
        frame.search_box = None;
        let json_ld = for_script(&catalog(&frame.t.say("home-purpose")));
        let home = HomePage { frame, json_ld };
        let answer = page(&home, &home.frame)?;
        // The address of the server leads to what describes it (RFC 8631).
        Ok(answer.link("service-desc", "/openapi.json", Some("application/json")).link(
            "service-doc",
            "/docs/",
            Some("text/html"),
        ))
    };
    state.answer(caller, reader, work).await
}

/// The collection, in the words of schema.org.
fn catalog(description: &str) -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": "/#catalog",
        "name": NAME,
        "dataset": {
            "@type": "Dataset",
            "@id": "/#dataset",
            "name": "Documents of Regional Consultative Processes on Migration",
            "description": description,
            "url": "/",
            "includedInDataCatalog": { "@id": "/#catalog" },
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": "/v1/documents",
            },
        },
    })
}

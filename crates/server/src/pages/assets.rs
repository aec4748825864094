//! Style sheet and script of the pages. Their addresses hold a hash of their bytes, so that browsers keep them for good.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::answer::Encoding;
use crate::problem::ApiError;

/// A year: another content has another address.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");

/// The style sheet: a file for each kind of page.
pub(super) static STYLE: Asset = Asset {
    path: "/style.css",
    media_type: "text/css; charset=utf-8",
    parts: &[
        include_str!("assets/base.css"),
        include_str!("assets/search.css"),
        include_str!("assets/document.css"),
        include_str!("assets/compare.css"),
        include_str!("assets/directory.css"),
    ],
    built: LazyLock::new(|| Built::of(&STYLE)),
};

/// The script: what makes pages smoother that work without it.
pub(super) static SCRIPT: Asset = Asset {
    path: "/page.js",
    media_type: "text/javascript; charset=utf-8",
    parts: &[include_str!("assets/page.js"), include_str!("assets/document.js")],
    built: LazyLock::new(|| Built::of(&SCRIPT)),
};

/// A file that pages load.
pub(super) struct Asset {
    path: &'static str,
    media_type: &'static str,
    /// What it is made of, in order.
    parts: &'static [&'static str],
    built: LazyLock<Built>,
}

struct Built {
    /// Path with the version.
    address: String,
    version: String,
    content: String,
}

impl Built {
    fn of(asset: &Asset) -> Built {
        let content = asset.parts.concat();
        let version: String = Sha256::digest(&content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Built { address: format!("{}?v={version}", asset.path), version, content }
    }
}

impl Asset {
    /// Address of its content of now.
    pub(super) fn address(&self) -> &str {
        &self.built.address
    }

    /// The file. Whoever asks for another version, from a page of an older server, is given the one of now, but not for
    /// good.
    fn response(&'static self, query: Option<&str>, sent: &HeaderMap) -> Result<Response, ApiError> {
        let built = &*self.built;
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type))]);
        if query.and_then(|query| query.strip_prefix("v=")) != Some(&built.version) {
            return Ok((headers, built.content.as_str()).into_response());
        }
        headers.insert(header::CACHE_CONTROL, FOR_GOOD);
        headers.insert(header::VARY, BY_ENCODING);
        let body = Encoding::accepted(sent).encode(built.content.clone().into_bytes(), &mut headers);
        let body = body.map_err(|error| ApiError::internal(format!("a file cannot be compressed: {error}")))?;
        Ok((headers, body).into_response())
    }
}

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let style = |RawQuery(query), headers: HeaderMap| async move { STYLE.response(query.as_deref(), &headers) };
    let script = |RawQuery(query), headers: HeaderMap| async move { SCRIPT.response(query.as_deref(), &headers) };
    Router::new().route(STYLE.path, get(style)).route(SCRIPT.path, get(script))
}

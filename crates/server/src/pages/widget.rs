//! `/widget/…`: `<rcp-search>`, the search box for other websites, which `docs/widget.md` describes.
//!
//! A site embeds a version by its address and its hash. So a version that was released never changes, and stays here
//! beside those that follow it: otherwise a newer server would take the box from every site that embeds an older one.

use std::io;
use std::sync::LazyLock;

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::answer::Encoding;
use crate::problem::ApiError;

/// Pages of every origin may run it, also those that load nothing else from elsewhere.
const FOR_EVERY_PAGE: (HeaderName, HeaderValue) =
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
const SCRIPT: (HeaderName, HeaderValue) =
    (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
/// A year: what is at the address of a version is there for good.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");

/// Every version, the newest first.
static VERSIONS: [Version; 1] = [Version {
    name: "1.0.0",
    source: V1_0_0,
    integrity: "sha384-K7w742BN+o4V7Hlr2/G+4AH//x4l7T53oy+XrBhON6lkdY6YNBu2U041VXp3rkKO",
    smallest: LazyLock::new(|| smallest(V1_0_0)),
}];
const V1_0_0: &str = include_str!("widget/1.0.0/rcp-search.js");

/// A version of the module.
struct Version {
    /// Semantic version: of attributes, events, parts and custom properties.
    name: &'static str,
    /// The module, as it is served.
    source: &'static str,
    /// Its hash as sites write it, for subresource integrity.
    integrity: &'static str,
    /// Compressed with Brotli as far as that goes, on first use.
    smallest: LazyLock<io::Result<Bytes>>,
}

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/widget/rcp-search.js", get(newest))
        .route("/widget/versions.json", get(versions))
        .route("/widget/{version}/rcp-search.js", get(version))
}

/// The newest version, for sites that prefer news to a hash; browsers ask for it anew as for other answers.
async fn newest() -> Response {
    ([SCRIPT, FOR_EVERY_PAGE], VERSIONS[0].source).into_response()
}

async fn version(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    let version = VERSIONS.iter().find(|version| version.name == name);
    let version = version.ok_or_else(|| {
        ApiError::not_found(
            "unknown_version",
            "there is no such version of the widget; /widget/versions.json lists them",
        )
    })?;
    let mut headers_sent = HeaderMap::from_iter([SCRIPT, FOR_EVERY_PAGE]);
    headers_sent.insert(header::CACHE_CONTROL, FOR_GOOD);
    headers_sent.insert(header::VARY, BY_ENCODING);
    let body = version.encoded(Encoding::accepted(&headers), &mut headers_sent).await?;
    Ok((headers_sent, body).into_response())
}

impl Version {
    async fn encoded(&'static self, encoding: Encoding, headers: &mut HeaderMap) -> Result<Body, ApiError> {
        let failed =
            |error: &dyn std::fmt::Display| ApiError::internal(format!("the widget cannot be compressed: {error}"));
        if encoding != Encoding::Brotli {
            let encoded = encoding.encode(self.source.into(), headers).map_err(|error| failed(&error))?;
            return Ok(encoded.into());
        }
        let compressed = tokio::task::spawn_blocking(|| LazyLock::force(&self.smallest)).await;
        let compressed = compressed.map_err(|error| failed(&error))?.as_ref().map_err(|error| failed(error))?;
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        Ok(compressed.clone().into())
    }
}

/// What never changes is worth all the time that Brotli can take.
fn smallest(source: &str) -> io::Result<Bytes> {
    let params = brotli::enc::BrotliEncoderParams { size_hint: source.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut source.as_bytes(), &mut compressed, &params)?;
    Ok(compressed.into())
}

async fn versions() -> Json<Versions> {
    let versions = VERSIONS.iter().map(|Version { name, integrity, .. }| Listed {
        version: name,
        url: format!("/widget/{name}/rcp-search.js"),
        integrity,
    });
    Json(Versions { versions: versions.collect() })
}

/// What a site needs to embed a version.
#[derive(Serialize)]
struct Versions {
    /// The newest first.
    versions: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    version: &'static str,
    /// Relative to the server's address.
    url: String,
    integrity: &'static str,
}

#[cfg(test)]
mod tests {
    use axum::http::{Request, StatusCode};
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use http_body_util::BodyExt;
    use sha2::{Digest, Sha384};
    use tower::ServiceExt;

    use super::*;

    async fn fetch(path: &str, encoding: &str) -> (StatusCode, HeaderMap, Bytes) {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, encoding).body(Body::empty()).unwrap();
        let app = crate::layers::wrap(routes(), &crate::ServerConfig::default(), &Default::default());
        let (head, body) = app.oneshot(request).await.unwrap().into_parts();
        (head.status, head.headers, body.collect().await.unwrap().to_bytes())
    }

    #[test]
    fn a_released_version_never_changes() {
        for version in &VERSIONS {
            let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(version.source)));
            assert_eq!(
                version.integrity, integrity,
                "{} is not what sites embed. Once it is released, changes make a new version",
                version.name
            );
        }
    }

    #[test]
    fn the_guide_embeds_the_newest_version() {
        let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/widget.md")).unwrap();
        let Version { name, integrity, .. } = &VERSIONS[0];
        let script = format!("/widget/{name}/rcp-search.js\" integrity=\"{integrity}\" crossorigin></script>");
        assert!(guide.contains(&script), "docs/widget.md lacks {script}");
        for other in guide.split("integrity=\"").skip(1) {
            assert!(other.starts_with(integrity), "docs/widget.md has another hash: {other:.80}");
        }
    }

    #[tokio::test]
    async fn a_version_is_kept_for_good_by_everyone_and_runs_everywhere() {
        for version in &VERSIONS {
            let path = format!("/widget/{}/rcp-search.js", version.name);
            let (status, headers, body) = fetch(&path, "identity").await;
            assert_eq!((status, body.as_ref()), (StatusCode::OK, version.source.as_bytes()));
            for (name, value) in [
                ("content-type", "text/javascript; charset=utf-8"),
                ("cache-control", "public, max-age=31536000, immutable"),
                ("access-control-allow-origin", "*"),
                ("cross-origin-resource-policy", "cross-origin"),
                ("vary", "accept-encoding"),
            ] {
                assert_eq!(headers[name], value, "{name}");
            }
        }
    }

    #[tokio::test]
    async fn it_travels_in_less_than_6_kb() {
        let (_, headers, body) = fetch("/widget/1.0.0/rcp-search.js", "gzip, deflate, br, zstd").await;
        assert_eq!(headers["content-encoding"], "br");
        assert!(body.len() < 6_000, "{} bytes", body.len());
        let mut module = Vec::new();
        brotli::BrotliDecompress(&mut body.as_ref(), &mut module).unwrap();
        assert_eq!(module, V1_0_0.as_bytes());
        let (_, headers, body) = fetch("/widget/1.0.0/rcp-search.js", "gzip").await;
        assert_eq!(headers["content-encoding"], "gzip");
        assert!(body.len() < 8_000, "{} bytes", body.len());
    }

    #[tokio::test]
    async fn versions_are_listed_with_what_embeds_them() {
        let (_, _, body) = fetch("/widget/versions.json", "identity").await;
        let list: serde_json::Value = serde_json::from_slice(&body).unwrap();
        for listed in list["versions"].as_array().unwrap() {
            let (status, _, module) = fetch(listed["url"].as_str().unwrap(), "identity").await;
            assert_eq!(status, StatusCode::OK);
            let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(module)));
            assert_eq!(listed["integrity"].as_str(), Some(integrity.as_str()));
        }
        let (status, _, newest) = fetch("/widget/rcp-search.js", "identity").await;
        assert_eq!((status, newest.as_ref()), (StatusCode::OK, VERSIONS[0].source.as_bytes()));
        assert_eq!(fetch("/widget/0.9.0/rcp-search.js", "identity").await.0, StatusCode::NOT_FOUND);
    }
}

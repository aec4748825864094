//! [`Wants`]: what a client asks for and what it holds already, as the head of its request says.

use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;

use super::encoding::VARY;
use super::tag::Held;
use super::{Encoding, Tag};
use crate::export::unread;

/// For what nobody keeps: errors, what is partial, what tells of the moment.
pub(crate) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// Everyone may keep it for a minute, then has to ask. So a new index is seen everywhere within a minute, and a
/// document that was withdrawn is shown by no cache for longer; that is also why none may serve it stale meanwhile.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=60, must-revalidate");
/// Only the client itself may keep it, and has to ask each time: so a key that was revoked opens nothing any more.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// What a client asks for and what it holds already.
#[derive(Debug, Clone)]
pub(crate) struct Wants {
    path: String,
    encoding: Encoding,
    /// `None` for methods whose answers nobody keeps.
    held: Option<Held>,
    has_key: bool,
}

impl Wants {
    /// Reads the head of a request; `has_key` tells whether it was sent with an API key.
    pub(crate) fn of<B>(request: &Request<B>, has_key: bool) -> Wants {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        Wants {
            path: request.uri().path().to_owned(),
            encoding: Encoding::accepted(request.headers()),
            held: is_read.then(|| Held::of(request.headers())),
            has_key,
        }
    }

    /// The path of the request, as it was sent.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The encoding that the client takes best.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether answers to the method may be kept: those to GET and HEAD.
    pub(super) fn may_be_kept(&self) -> bool {
        self.held.is_some()
    }

    /// Whether the client holds this very answer, so that it need not be made.
    pub(crate) fn holds_tag(&self, tag: Tag) -> bool {
        self.held.as_ref().is_some_and(|held| held.holds(tag))
    }

    /// Whether the client does not want the answer, now that there is one.
    pub(crate) fn holds(&self, tag: Tag) -> bool {
        self.holds_tag(tag) || self.held.as_ref().is_some_and(Held::holds_any)
    }

    /// Says which answer it is, and who may keep it how long.
    pub(crate) fn name(&self, tag: Tag, headers: &mut HeaderMap) {
        headers.insert(header::ETAG, tag.header());
        headers.insert(header::CACHE_CONTROL, if self.has_key { PRIVATE } else { PUBLIC });
        headers.append(header::VARY, VARY);
    }

    /// 304: the client holds the answer.
    pub(crate) fn not_modified(&self, tag: Tag) -> Response {
        // With a body that is known to be empty, the router would say of the answer that it has no bytes.
        let mut response = Response::new(unread());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.name(tag, response.headers_mut());
        response
    }
}

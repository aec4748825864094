//! [`Answer`]: a whole answer as a handler makes it, and its way to the client: [encoded](encoding), [named](tag) by a
//! strong entity tag, [kept](cache) for the next one who asks the same.
//!
//! The tag of an answer from the index is known before the answer: it names the build, the revision of the index in the
//! scope of the caller, and the request in normal form. So a client that holds the answer is told so (304) without a
//! search, and the tag is the key of the cache too: what differs in any of these is never mixed up.

mod basis;
mod cache;
mod encoding;
mod fixed;
mod link;
mod tag;
mod wants;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;

pub(crate) use basis::Basis;
pub(crate) use cache::ResponseCache;
pub(crate) use encoding::{Encoder, Encoding};
pub(crate) use fixed::complete;
pub(crate) use link::link;
pub(crate) use tag::Tag;
pub(crate) use wants::{NO_STORE, Wants};

use crate::problem::ApiError;

const JSON: &str = "application/json";

/// A whole answer, before it is encoded: body, media type, and headers that belong to it.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    is_partial: bool,
}

impl Answer {
    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Answer, ApiError> {
        let body = serde_json::to_vec(value);
        let body = body.map_err(|error| ApiError::internal(format!("an answer is not JSON: {error}")))?;
        Ok(Answer::of(JSON, body))
    }

    /// Bytes of a media type.
    pub(crate) fn of(media_type: &'static str, body: Vec<u8>) -> Answer {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        let answer = Answer { status: StatusCode::OK, headers, body, is_partial: false };
        answer.link("describedby", "/openapi.json", Some(JSON))
    }

    /// With another media type than the one that its form has.
    pub(crate) fn with_type(mut self, media_type: &'static str) -> Answer {
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        self
    }

    /// With another status than 200; then it is neither kept nor tagged.
    pub(crate) fn status(self, status: StatusCode) -> Answer {
        Answer { status, ..self }
    }

    /// With a header of its own.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Answer {
        self.headers.append(name, value);
        self
    }

    /// With a `Link` (RFC 8288) to an address, of a media type where one is given.
    pub(crate) fn link(mut self, relation: &'static str, target: &str, media_type: Option<&'static str>) -> Answer {
        link(&mut self.headers, relation, target, media_type);
        self
    }

    /// With the addresses of this answer and of the next one, as far as there are any.
    pub(crate) fn pages(self, this: Option<&str>, next: Option<&str>) -> Answer {
        let links = [("self", this), ("next", next)];
        links.into_iter().fold(self, |answer, (relation, target)| match target {
            Some(target) => answer.link(relation, target, None),
            None => answer,
        })
    }

    /// Whether the work that a request may cause ended before all was seen. Such an answer is neither kept nor tagged:
    /// the next one may say more.
    pub(crate) fn partial(self, is_partial: bool) -> Answer {
        Answer { is_partial, ..self }
    }

    /// Headers and body, for an answer that is neither encoded nor kept.
    pub(crate) fn into_parts(self) -> (HeaderMap, Vec<u8>) {
        (self.headers, self.body)
    }

    /// The answer in an encoding that its client takes.
    pub(crate) fn encoded(mut self, encoding: Encoding) -> Result<Whole, ApiError> {
        let is_final = self.status == StatusCode::OK && !self.is_partial;
        let body = encoding.encode(self.body, &mut self.headers);
        let body = body.map_err(|error| ApiError::internal(format!("an answer cannot be compressed: {error}")))?;
        Ok(Whole { status: self.status, headers: self.headers, body: body.into(), is_final })
    }
}

/// An answer as it is sent, but for what depends on the client alone. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Whether equal requests will find the same until the index changes.
    is_final: bool,
}

impl Whole {
    /// Whether it may be given to the next one who asks the same.
    fn may_be_kept(&self) -> bool {
        self.is_final
    }

    /// Bytes that it takes in memory, about.
    fn size(&self) -> usize {
        /// What a header, and the answer itself, take beside their texts.
        const OVERHEAD: usize = 64;
        let headers = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + OVERHEAD);
        headers.sum::<usize>() + self.body.len() + 4 * OVERHEAD
    }

    /// The response to a client; 304 where it holds the answer already.
    pub(crate) fn respond(self, tag: Tag, wants: &Wants) -> Response {
        if !self.is_final || !wants.may_be_kept() {
            let mut response = self.response();
            response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
            return response;
        }
        if wants.holds(tag) {
            return wants.not_modified(tag);
        }
        let mut response = self.response();
        wants.name(tag, response.headers_mut());
        response
    }

    fn response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn wants(request: axum::http::request::Builder, has_key: bool) -> Wants {
        Wants::of(&request.body(()).unwrap(), has_key)
    }

    fn response(answer: Answer, wants: &Wants) -> Response {
        let tag = Tag::of(["a"], wants.encoding());
        answer.encoded(wants.encoding()).unwrap().respond(tag, wants)
    }

    /// What an answer says of who may keep it.
    #[track_caller]
    fn check(answer: Answer, wants: &Wants, status: u16, control: &str, is_tagged: bool) {
        let response = response(answer, wants);
        let (given, headers) = (response.status().as_u16(), response.headers());
        assert_eq!((given, headers[header::CACHE_CONTROL].as_bytes()), (status, control.as_bytes()));
        assert_eq!(headers.contains_key(header::ETAG), is_tagged);
    }

    #[test]
    fn only_what_is_final_may_be_kept_and_with_a_key_by_its_holder_alone() {
        let answer = || Answer::of("text/plain", b"a".to_vec());
        let (public, private) = ("public, max-age=60, must-revalidate", "private, no-cache");
        let any = || Request::get("/").header(header::IF_NONE_MATCH, "*");
        check(answer(), &wants(Request::get("/"), false), 200, public, true);
        check(answer(), &wants(Request::head("/"), false), 200, public, true);
        check(answer(), &wants(any(), false), 304, public, true);
        check(answer(), &wants(Request::get("/"), true), 200, private, true);
        check(answer(), &wants(any(), true), 304, private, true);
        check(answer(), &wants(Request::post("/"), false), 200, "no-store", false);
        check(answer(), &wants(Request::post("/").header(header::IF_NONE_MATCH, "*"), true), 200, "no-store", false);
        check(answer().partial(true), &wants(any(), false), 200, "no-store", false);
        check(answer().status(StatusCode::MULTIPLE_CHOICES), &wants(any(), false), 300, "no-store", false);
    }

    #[test]
    fn what_is_said_of_an_answer_goes_with_it() {
        let file = HeaderValue::from_static("attachment");
        let answer = Answer::of("text/plain", b"a".to_vec()).header(header::CONTENT_DISPOSITION, file);
        let answer = answer.pages(Some("/a"), None).with_type("text/csv");
        let response = response(answer, &wants(Request::get("/"), false));
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "text/csv");
        assert_eq!(headers[header::CONTENT_DISPOSITION], "attachment");
        let links: Vec<_> = headers.get_all(header::LINK).iter().map(|link| link.to_str().unwrap()).collect();
        assert_eq!(links, ["</openapi.json>; rel=\"describedby\"; type=\"application/json\"", "</a>; rel=\"self\""]);
    }
}

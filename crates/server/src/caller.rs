//! [`Caller`]: who asks, and what may be shown to them.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rcp_query::Scope;

use crate::answer::Wants;
use crate::keys::{HeldKeys, Refusal};
use crate::problem::ApiError;

/// What an answer depends on beside its address: without a key it is another one.
const VARY: HeaderValue = HeaderValue::from_static("authorization");

/// Who sent a request. Every handler that reads the index takes one and answers within its scope; nothing else in
/// this crate makes a [`Scope`].
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The collections whose documents the caller may see.
    pub(crate) scope: Scope,
    /// What the caller asks for and holds already.
    pub(crate) wants: Wants,
    /// The API key that the request was sent with.
    pub(crate) key: Option<KeyId>,
}

/// Id of the API key that a request was sent with; a log may name it. Answers carry it as an extension.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(Arc<str>);

impl KeyId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Caller {
    /// Who sends a request. Whoever sends a key that is not valid is refused, never taken for one of the public.
    fn of(keys: &HeldKeys, request: &Request) -> Result<Caller, ApiError> {
        let mut given = request.headers().get_all(header::AUTHORIZATION).iter();
        let key = match (given.next(), given.next()) {
            (None, _) => return Ok(Caller { scope: public_scope(), key: None, wants: Wants::of(request, false) }),
            (Some(value), None) => bearer(value).ok_or(Refusal::Invalid).and_then(|text| keys.find(text)),
            (Some(_), Some(_)) => Err(Refusal::Invalid),
        };
        let key = key.map_err(|refusal| match refusal {
            Refusal::Invalid => ApiError::from_status(StatusCode::UNAUTHORIZED),
            Refusal::Unreadable => ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "keys_unavailable",
                "the server cannot check keys now; try again later, or send no key for what is public",
            ),
        })?;
        let wants = Wants::of(request, true);
        Ok(Caller { scope: Scope::with(key.collections), key: Some(KeyId(key.id.into())), wants })
    }
}

/// What everyone may see, whoever asks.
pub(crate) fn public_scope() -> Scope {
    Scope::public()
}

/// Who sent a request, or why it is refused; in the extensions of each.
pub(crate) type Identified = Result<Caller, ApiError>;

/// What stands behind `Bearer`, in capitals or not.
fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, text) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(text.trim_matches(' '))
}

/// Finds out who sent a request. No one else sees the key.
pub(crate) async fn identify(State(keys): State<Arc<HeldKeys>>, mut request: Request, next: Next) -> Response {
    let caller = Caller::of(&keys, &request);
    let key = caller.as_ref().ok().and_then(|caller| caller.key.clone());
    request.headers_mut().remove(header::AUTHORIZATION);
    request.extensions_mut().insert::<Identified>(caller);
    let mut response = next.run(request).await;
    key.and_then(|key| response.extensions_mut().insert(key));
    response.headers_mut().append(header::VARY, VARY);
    response
}

/// Refuses whoever sent a key that is not valid, at every address.
pub(crate) async fn admit(request: Request, next: Next) -> Response {
    match request.extensions().get::<Identified>() {
        Some(Err(error)) => error.clone().into_response(),
        _ => next.run(request).await,
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, ApiError> {
        let caller = parts.extensions.get::<Identified>().cloned();
        caller.unwrap_or_else(|| Err(ApiError::internal("a route stands outside the layer that knows the caller")))
    }
}

//! [`Caller`]: who asks, and what may be shown to them.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rcp_query::Scope;

use crate::answer::Wants;
use crate::state::AppState;

/// Who sent a request. Every handler that reads the index takes one and answers within its scope; nothing else in
/// this crate makes a [`Scope`].
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The collections whose documents the caller may see.
    pub(crate) scope: Scope,
    /// What the caller asks for and holds already.
    pub(crate) wants: Wants,
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Caller, Infallible> {
        Ok(Caller { scope: Scope::public(), wants: Wants::of(parts) })
    }
}

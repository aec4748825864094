//! [`complete`]: tags and encodes what is answered without the index, such as pages, styles and the OpenAPI document.

use axum::body::{HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{Answer, Tag};
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// Completes answers that say nothing of who may keep them: a whole one to GET is named by a hash of its bytes and
/// encoded as the client takes it.
pub(crate) async fn complete(
    State(state): State<AppState>,
    Caller { wants, .. }: Caller,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let response = next.run(request).await;
    if !wants.may_be_kept() || response.headers().contains_key(header::CACHE_CONTROL) {
        return Ok(response);
    }
    let length = response.body().size_hint().exact().and_then(|length| usize::try_from(length).ok());
    let is_plain = response.status() == StatusCode::OK && !response.headers().contains_key(header::CONTENT_ENCODING);
    let (true, Some(length)) = (is_plain, length) else { return Ok(response) };
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, length).await.map_err(|error| ApiError::internal(format!("a page failed: {error}")))?;
    head.headers.remove(header::CONTENT_LENGTH);
    // With the path: two pages of equal bytes may have headers of their own.
    let tag = Tag::of([wants.path().as_bytes(), body.as_ref()], wants.encoding());
    if wants.holds(tag) {
        return Ok(wants.not_modified(tag));
    }
    let encoding = wants.encoding();
    let answer = Answer { status: head.status, headers: head.headers, body: body.into(), is_partial: false };
    let whole = state.finish(tag, move |_| answer.encoded(encoding)).await?;
    Ok(whole.respond(tag, &wants))
}

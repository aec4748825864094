//! `/docs`: the API explorer. Its files are in the binary; its page loads nothing from elsewhere.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The explorer runs its own scripts, writes style attributes and inline images, and calls this server.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    // Without an address of their validator, the explorer sends nothing anywhere else.
    let config = Config::from("/openapi.json").validator_url("none").try_it_out_enabled(true);
    let explorer: Router<S> = SwaggerUi::new("/docs").config(config).into();
    explorer.layer(from_fn(with_policy))
}

async fn with_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}

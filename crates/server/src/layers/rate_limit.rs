//! The rate of each client, and the headers that tell it (draft-ietf-httpapi-ratelimit-headers-10).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::clients::rates::{Rate, Rates};
use crate::clients::{Clients, Peer};
use crate::config::ServerConfig;
use crate::metrics::Metrics;
use crate::problem::ApiError;

/// What is left: `"default";r=150;t=3`, with `t` the seconds until nothing is missing.
pub(super) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// What there is: `"default";q=200;w=10`, `q` requests in `w` seconds.
pub(super) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How much clients may ask for.
#[derive(Debug)]
pub(super) struct RateLimit {
    clients: Clients,
    rates: Option<Rates>,
    metrics: Arc<Metrics>,
}

impl RateLimit {
    pub(super) fn new(config: &ServerConfig, metrics: Arc<Metrics>) -> RateLimit {
        RateLimit { clients: Clients::new(config), rates: Rates::new(config), metrics }
    }
}

/// Refuses what a client asks beyond its rate, before anything is done for it.
pub(super) async fn limit(State(limit): State<Arc<RateLimit>>, request: Request, next: Next) -> Response {
    let cost = cost(request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str));
    let peer = request.extensions().get::<Peer>();
    let client = peer.and_then(|peer| limit.clients.of_request(peer.0, request.headers()));
    let (Some(rates), Some(client), 1..) = (&limit.rates, client, cost) else { return next.run(request).await };
    let rate = rates.take(client, cost);
    let mut response = if rate.is_within {
        next.run(request).await
    } else {
        limit.metrics.rate_limited.inc();
        ApiError::from_status(StatusCode::TOO_MANY_REQUESTS).into_response()
    };
    tell(response.headers_mut(), rates.quota(), rate);
    response
}

/// For how many requests one counts.
fn cost(route: &str) -> u32 {
    match route {
        "/health" | "/ready" => 0,
        "/v1/export" => 20,
        "/v1/compare" => 5,
        _ => 1,
    }
}

fn tell(headers: &mut HeaderMap, (quota, window): (u32, Duration), rate: Rate) {
    let mut set = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    set(RATE_LIMIT_POLICY, format!("\"default\";q={quota};w={}", whole_seconds(window).max(1)));
    set(RATE_LIMIT, format!("\"default\";r={};t={}", rate.remaining, whole_seconds(rate.full_in)));
    if !rate.is_within {
        set(header::RETRY_AFTER, whole_seconds(rate.retry_in).max(1).to_string());
    }
}

/// Seconds, a part of one as a whole one.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    fn app(config: &ServerConfig) -> Router {
        let router = Router::new().route("/", get(|| async {})).route("/health", get(|| async {}));
        let router = router.route("/v1/compare", get(|| async {}));
        crate::layers::wrap(router, config, &Arc::new(Metrics::new()))
    }

    async fn send(app: &Router, peer: &str, path: &str) -> Response {
        let mut request = Request::get(path).header("host", "a").body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        request.extensions_mut().insert(crate::connections::framing::Framing::default());
        app.clone().oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn one_too_many_is_refused_and_told_when_to_come_back() {
        // Nothing flows in while the test runs.
        let config = ServerConfig { requests_per_second: 1, request_burst: 1_000, ..ServerConfig::default() };
        let app = app(&config);
        let response = send(&app, "192.0.2.1:1", "/").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["ratelimit-policy"], "\"default\";q=1000;w=1000");
        assert_eq!(response.headers()["ratelimit"], "\"default\";r=999;t=1");
        let response = send(&app, "192.0.2.1:2", "/v1/compare").await;
        assert_eq!(response.headers()["ratelimit"].to_str().unwrap().split(';').nth(1).unwrap(), "r=994");
        let config = ServerConfig { requests_per_second: 1, request_burst: 3, ..ServerConfig::default() };
        let app = self::app(&config);
        for _ in 0..3 {
            assert_eq!(send(&app, "192.0.2.1:1", "/").await.status(), StatusCode::OK);
        }
        let refused = send(&app, "192.0.2.1:1", "/").await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(
            (&refused.headers()["retry-after"], &refused.headers()["ratelimit"]),
            (&"1".parse().unwrap(), &"\"default\";r=0;t=3".parse().unwrap())
        );
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
        // Others, probes, and this machine are answered.
        assert_eq!(send(&app, "192.0.2.2:1", "/").await.status(), StatusCode::OK);
        assert_eq!(send(&app, "192.0.2.1:1", "/health").await.status(), StatusCode::OK);
        let here = send(&app, "127.0.0.1:1", "/").await;
        assert!(!here.headers().contains_key("ratelimit"), "who has no limit is told none");
    }
}

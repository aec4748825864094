//! The rate of each client, and the headers that tell it (draft-ietf-httpapi-ratelimit-headers-10).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::caller::Identified;
use crate::clients::rates::{Rate, Rates};
use crate::clients::{Client, Clients, Peer, Sender};
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
    let caller = request.extensions().get::<Identified>();
    // Where an address costs nothing, keys can be tried all the same.
    let is_free = cost == 0 && !caller.is_some_and(has_key);
    let (Some(rates), Some(client), false) = (&limit.rates, client, is_free) else { return next.run(request).await };
    let rate = take(rates, client, caller, cost);
    let mut response = if rate.is_within {
        next.run(request).await
    } else {
        limit.metrics.rate_limited.inc();
        ApiError::from_status(StatusCode::TOO_MANY_REQUESTS).into_response()
    };
    tell(response.headers_mut(), rates.quota(), rate);
    response
}

/// Takes what a request costs from the bucket of its sender. A valid key has a bucket of its own, from wherever it is sent. Any
/// other request counts for its address; and once more as a guess, if it brought a key. Where too much was guessed lately, no
/// key is taken: so the rate bounds guesses, and the right one does not come through beyond it.
fn take(rates: &Rates, client: Client, caller: Option<&Identified>, cost: u32) -> Rate {
    let sender = match caller {
        Some(Ok(caller)) => caller.key.clone().map(Sender::Key),
        Some(Err(_)) | None => None,
    };
    let guesser = Sender::Guesser(client);
    let guesses = match (caller, &sender) {
        (Some(Err(error)), _) if error.status == StatusCode::UNAUTHORIZED => Some(rates.take(guesser, 1)),
        (_, Some(_)) => Some(rates.look(&guesser, 1)),
        _ => None,
    };
    match guesses {
        Some(refused) if !refused.is_within => refused,
        _ => rates.take(sender.unwrap_or(Sender::Client(client)), cost),
    }
}

/// Whether a request brought a key, valid or not.
fn has_key(caller: &Identified) -> bool {
    caller.as_ref().map_or(true, |caller| caller.key.is_some())
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
    use crate::keys::{HeldKeys, KeysFile};
    use crate::layers::Shared;

    fn app(config: &ServerConfig) -> Router {
        with_keys(config, HeldKeys::default())
    }

    fn with_keys(config: &ServerConfig, keys: HeldKeys) -> Router {
        let router = Router::new().route("/", get(|| async {})).route("/health", get(|| async {}));
        let router = router.route("/v1/compare", get(|| async {}));
        let shared = Shared { keys: Arc::new(keys), ..Shared::default() };
        crate::layers::wrap(router, config, &shared)
    }

    async fn send(app: &Router, peer: &str, path: &str) -> Response {
        send_with(app, peer, path, None).await
    }

    async fn send_with(app: &Router, peer: &str, path: &str, key: Option<&str>) -> Response {
        let mut request = Request::get(path).header("host", "a").body(Body::empty()).unwrap();
        let key = key.map(|key| HeaderValue::try_from(format!("Bearer {key}")).unwrap());
        key.and_then(|key| request.headers_mut().insert(header::AUTHORIZATION, key));
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

    #[tokio::test]
    async fn a_key_has_a_rate_of_its_own_and_guesses_count_for_their_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let add = || KeysFile::new(&path).add("a test", &["drafts".to_owned()]).unwrap().1.expose().to_owned();
        let [first, second] = [add(), add()];
        let wrong = format!("{}x", &first[..first.len() - 1]);
        let config = ServerConfig { requests_per_second: 1, request_burst: 1_000, ..ServerConfig::default() };
        let app = with_keys(&config, HeldKeys::new(Some(&path)));
        let (app, path) = (&app, "/v1/compare");
        let left = |response: &Response| {
            let told = response.headers()["ratelimit"].to_str().unwrap().to_owned();
            let left: u32 = told.split("r=").nth(1).unwrap().split(';').next().unwrap().parse().unwrap();
            (response.status().as_u16(), left / 5)
        };
        let ask =
            async |address: &str, key: Option<&str>| left(&send_with(app, &format!("{address}:1"), path, key).await);
        assert_eq!(ask("192.0.2.1", Some(&first)).await, (200, 199));
        assert_eq!(ask("192.0.2.2", Some(&first)).await, (200, 198), "a key is one sender wherever it is");
        assert_eq!(ask("192.0.2.1", Some(&second)).await, (200, 199));
        assert_eq!(ask("192.0.2.1", None).await, (200, 199), "its address pays nothing for a key");
        assert_eq!(ask("192.0.2.3", Some(&wrong)).await, (401, 199));
        assert_eq!(ask("192.0.2.3", None).await, (200, 198), "a wrong key counts for its address");
        // Whoever spent the rate of an address leaves the keys that are used there alone, unless by guessing.
        for _ in 0..200 {
            ask("192.0.2.4", None).await;
        }
        assert_eq!(ask("192.0.2.4", None).await.0, 429);
        assert_eq!(ask("192.0.2.4", Some(&second)).await, (200, 198));
        for _ in 0..1_000 {
            ask("192.0.2.5", Some(&wrong)).await;
        }
        for key in [&wrong, &second] {
            assert_eq!(ask("192.0.2.5", Some(key)).await.0, 429, "the right key does not come through either");
        }
        assert_eq!(ask("192.0.2.6", Some(&second)).await.0, 200);
        for _ in 0..1_000 {
            send_with(app, "192.0.2.7:1", "/health", Some(&wrong)).await;
        }
        assert_eq!(ask("192.0.2.7", Some(&second)).await.0, 429, "where nothing costs, guesses do");
    }
}

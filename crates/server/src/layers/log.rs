//! One line of log a request, its time in a header, and its count. None holds a query or a key: the line names the route
//! that matched, and the id of the key.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::caller::KeyId;
use crate::metrics::Metrics;

/// Header with the time an answer took: in the body it would make equal answers differ.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Where requests are told of.
#[derive(Debug)]
pub(super) struct Log {
    metrics: Arc<Metrics>,
    refusals: Refusals,
}

impl Log {
    pub(super) fn new(metrics: Arc<Metrics>) -> Log {
        Log { metrics, refusals: Refusals::new() }
    }
}

/// Logs method, matched route, status, time, request id and the id of a valid key.
pub(super) async fn record(State(log): State<Arc<Log>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let request_id = super::request_id::of(request.headers());
    let mut response = next.run(request).await;
    let time = began.elapsed();
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    let status = response.status();
    log.metrics.count(&method, route, status.as_u16(), time);
    let milliseconds = time.as_secs_f64() * 1_000.0;
    let key = response.extensions().get::<KeyId>().map(KeyId::as_str);
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        // A line for each would cost more than the refusal.
        tracing::debug!(%method, route, status = status.as_u16(), milliseconds, request_id, key, "request");
        log.refusals.count();
    } else {
        tracing::info!(%method, route, status = status.as_u16(), milliseconds, request_id, key, "request");
    }
    if let Ok(timing) = HeaderValue::from_str(&format!("total;dur={milliseconds:.3}")) {
        response.headers_mut().insert(SERVER_TIMING, timing);
    }
    response
}

/// Refused requests, told of once a second.
#[derive(Debug)]
struct Refusals {
    began: Instant,
    untold: AtomicU64,
    /// Milliseconds since `began` at which they may be told of again.
    quiet_until: AtomicU64,
}

impl Refusals {
    const PAUSE: Duration = Duration::from_secs(1);

    fn new() -> Refusals {
        Refusals { began: Instant::now(), untold: AtomicU64::new(0), quiet_until: AtomicU64::new(0) }
    }

    fn count(&self) {
        self.untold.fetch_add(1, Ordering::Relaxed);
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let now = self.began.elapsed();
        let quiet_until = self.quiet_until.load(Ordering::Relaxed);
        let again = milliseconds(now + Self::PAUSE);
        let is_time = milliseconds(now) >= quiet_until;
        if is_time
            && self.quiet_until.compare_exchange(quiet_until, again, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            let refused = self.untold.swap(0, Ordering::Relaxed);
            tracing::warn!(refused, "requests are refused: too many at once, or of one client");
        }
    }
}

//! [`serve`]: the server process: connections with limits, newer generations, an orderly end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tower::ServiceExt;

use crate::clients::Peer;
use crate::config::ServerConfig;
use crate::connections::wire::{Control, Wire};
use crate::connections::{Connections, Place};
use crate::keys;
use crate::metrics::Metrics;
use crate::router::app;
use crate::state::AppState;

/// Most bytes of a request head. Longer ones are refused before any of our code runs, without the body of a problem; the
/// limits of address (8 kB) and headers (16 kB) are lower, so that what exceeds these is refused with one.
const MAX_HEAD: usize = 32 * 1_024;
/// Most headers of a request, in the same way; the lower limit is 100.
const MAX_HEADERS: usize = 200;
/// Pause after a connection could not be accepted: usually too many files are open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Connections to the admin address: a scraper or two, and whoever looks.
const MAX_ADMIN_CONNECTIONS: usize = 32;
/// The answer to a connection that is not let in; nothing of it was read.
const NO_ROOM: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\n\
    content-type: application/problem+json\r\ncontent-length: 181\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"overloaded\",\
    \"detail\":\"too many connections; try again in a moment\",\"instance\":\"unknown\",\"invalid_params\":[]}";

/// Serves until `shutdown` completes, then lets running requests finish for at most
/// [`ServerConfig::shutdown_wait`]. On the admin address, if there is one, metrics and probes are served until the end.
///
/// The caller binds the listeners, so that it can say clearly when a port is taken, and knows the real address when
/// it asked for port 0.
pub async fn serve(
    listener: TcpListener,
    admin: Option<TcpListener>,
    state: AppState,
    shutdown: impl Future<Output = ()>,
) {
    let config = state.config().clone();
    let refresh = tokio::spawn(follow_generations(state.clone()));
    let admin = admin.map(|listener| tokio::spawn(serve_admin(listener, state.clone())));
    let keys = tokio::spawn(keys::follow(state.clone()));
    let stopping = async {
        shutdown.await;
        refresh.abort();
        keys.abort();
        state.set_stopping();
        sleep(config.shutdown_delay).await;
    };
    serve_router(listener, app(state.clone()), &config, state.metrics(), stopping).await;
    if let Some(admin) = admin {
        admin.abort();
    }
}

async fn serve_admin(listener: TcpListener, state: AppState) {
    let config = ServerConfig { max_connections: MAX_ADMIN_CONNECTIONS, ..state.config().clone() };
    // Its connections are none of those that the metrics tell of.
    let uncounted = Arc::new(Metrics::new());
    serve_router(listener, crate::admin::app(state), &config, &uncounted, std::future::pending()).await;
}

/// Accepts connections until `shutdown` completes, then waits for those that are busy.
async fn serve_router(
    listener: TcpListener,
    app: Router,
    config: &ServerConfig,
    metrics: &Arc<Metrics>,
    shutdown: impl Future<Output = ()>,
) {
    let connections = Connections::new(config);
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match connections.admit(peer) {
                    Ok(place) => {
                        let connection = Connection { place, peer, app: app.clone(), metrics: Arc::clone(metrics) };
                        connection.spawn(stream, config, &graceful);
                    }
                    Err(_) => {
                        metrics.connections_refused.inc();
                        // A client that cannot take the answer at once learns as much from the end of the connection.
                        let _ = stream.try_write(NO_ROOM);
                    }
                },
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
            () = &mut shutdown => break,
        }
    }
    drop(listener);
    tracing::info!("stopping; running requests are finished first");
    if timeout(config.shutdown_wait, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
}

/// A connection that was let in.
struct Connection {
    place: Place,
    peer: SocketAddr,
    app: Router,
    metrics: Arc<Metrics>,
}

impl Connection {
    fn spawn(self, stream: TcpStream, config: &ServerConfig, graceful: &GracefulShutdown) {
        let Connection { place, peer, app, metrics } = self;
        // Answers are written whole: waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let control = Control::new(Arc::clone(&place.activity));
        let wire = Wire::new(stream, control.clone(), config.write_timeout);
        // The next request of a proxy is someone else's.
        let refusal_pause = if place.is_of_proxy { Duration::ZERO } else { config.refusal_pause };
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let (app, control) = (app.clone(), control.clone());
            async move {
                let response = answer(app, request, peer, &control).await;
                if matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                    control.pause(refusal_pause);
                }
                Ok::<_, Infallible>(response)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(config.header_read_timeout)
            .max_buf_size(MAX_HEAD)
            .max_headers(MAX_HEADERS)
            .serve_connection(TokioIo::new(wire), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            metrics.connections_accepted.inc();
            metrics.now.connections.inc();
            tokio::select! {
                ended = connection => if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                },
                () = place.activity.given_up() => {
                    metrics.connections_refused.inc();
                    tracing::debug!("a silent connection was closed to make room");
                }
            }
            metrics.now.connections.dec();
        });
    }
}

async fn answer(app: Router, request: Request<Incoming>, peer: SocketAddr, control: &Control) -> Response {
    control.activity().set_busy(true);
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer));
    if let Some(framing) = control.framing() {
        request.extensions_mut().insert(framing);
    }
    let response = match app.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    control.activity().set_busy(false);
    response
}

/// Opens newer generations as they are published. One that cannot be opened is logged once, and `/ready` says
/// `degraded` until one can.
async fn follow_generations(state: AppState) {
    let mut ticks = interval(state.config().refresh_interval.max(Duration::from_millis(10)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let refreshing = state.clone();
        let refreshed = tokio::task::spawn_blocking(move || refreshing.refresh()).await;
        let trouble = match refreshed {
            Ok(Ok(newer)) => {
                if newer {
                    tracing::info!("a newer index answers now");
                }
                None
            }
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("opening the newest index failed".to_owned()),
        };
        if trouble != state.trouble() {
            if let Some(error) = &trouble {
                tracing::error!(error, "the newest index cannot be opened; the older one keeps answering");
            }
            state.set_trouble(trouble);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use std::sync::Arc;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;

    /// Serves a router with the limits of the server; answers its address, how to stop it, and its end.
    async fn start(app: Router, config: ServerConfig) -> (std::net::SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let end = tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            let shared = crate::layers::Shared::default();
            serve_router(listener, crate::layers::wrap(app, &config, &shared), &config, &shared.metrics, shutdown)
                .await;
        });
        (address, stop, end)
    }

    async fn exchange(address: std::net::SocketAddr, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        // A refused connection may be reset before everything is read.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn a_request_that_never_ends_is_cut() {
        let config = ServerConfig { header_read_timeout: Duration::from_millis(50), ..ServerConfig::default() };
        let (address, _stop, _end) = start(Router::new(), config).await;
        let unfinished = exchange(address, b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        // The connection ends though the client never does, and long before the 30 s that hyper would wait.
        let answer = timeout(Duration::from_secs(15), unfinished).await.unwrap();
        assert!(!answer.contains("200"));
    }

    #[tokio::test]
    async fn a_head_without_measure_is_refused() {
        let (address, _stop, _end) = start(Router::new(), ServerConfig::default()).await;
        let long = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n", "x".repeat(200_000));
        assert!(exchange(address, long.as_bytes()).await.starts_with("HTTP/1.1 431"));
        let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "a: b\r\n".repeat(200));
        assert!(exchange(address, many.as_bytes()).await.starts_with("HTTP/1.1 431"));
        let path = format!("GET /{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "x".repeat(9_000));
        let answer = exchange(address, path.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 414") && answer.contains("uri_too_long"), "{answer}");
    }

    #[tokio::test]
    async fn a_running_request_is_finished_before_the_end() {
        let (began, begun) = oneshot::channel::<()>();
        let (release, released) = oneshot::channel::<()>();
        let gates = Arc::new(std::sync::Mutex::new(Some((began, released))));
        let handler = move || async move {
            let gates = gates.lock().unwrap().take();
            if let Some((began, released)) = gates {
                began.send(()).unwrap();
                released.await.unwrap();
            }
            "finished"
        };
        let (address, stop, end) = start(Router::new().route("/", get(handler)), ServerConfig::default()).await;
        let client = tokio::spawn(async move { exchange(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await });
        begun.await.unwrap();
        stop.send(()).unwrap();
        release.send(()).unwrap();
        assert!(client.await.unwrap().ends_with("finished"));
        end.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn a_request_that_does_not_finish_cannot_hold_the_server() {
        let config = ServerConfig { shutdown_wait: Duration::from_millis(50), ..ServerConfig::default() };
        let (began, mut begun) = tokio::sync::mpsc::channel::<()>(1);
        let handler = || async move {
            began.send(()).await.unwrap();
            std::future::pending::<()>().await;
        };
        let (address, stop, end) = start(Router::new().route("/", get(handler)), config).await;
        let client = tokio::spawn(async move { exchange(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await });
        begun.recv().await.unwrap();
        stop.send(()).unwrap();
        end.await.unwrap();
        client.abort();
    }
}

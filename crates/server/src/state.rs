//! [`AppState`]: what every handler shares, and how a search runs without blocking the others.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Body;
use axum::http::header;
use axum::response::Response;
use rcp_query::Searcher;
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::config::ServerConfig;
use crate::problem::ApiError;

/// What every handler shares; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    searcher: Arc<Searcher>,
    config: ServerConfig,
    facets: Vec<String>,
    /// Searches that are admitted: running or waiting.
    admitted: Arc<Semaphore>,
    /// Searches that run.
    running: Arc<Semaphore>,
    /// Why the newest generation could not be opened.
    trouble: RwLock<Option<String>>,
    stopping: AtomicBool,
}

impl AppState {
    /// The state of a server that answers from `searcher`.
    #[must_use]
    pub fn new(searcher: Arc<Searcher>, config: ServerConfig) -> AppState {
        let facets = searcher.settings().taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let running = config.max_searches.clamp(1, Semaphore::MAX_PERMITS / 2);
        let waiting = config.max_waiting.min(Semaphore::MAX_PERMITS / 2);
        AppState(Arc::new(Shared {
            searcher,
            config,
            facets,
            admitted: Arc::new(Semaphore::new(running + waiting)),
            running: Arc::new(Semaphore::new(running)),
            trouble: RwLock::new(None),
            stopping: AtomicBool::new(false),
        }))
    }

    pub(crate) fn searcher(&self) -> &Arc<Searcher> {
        &self.0.searcher
    }

    pub(crate) fn config(&self) -> &ServerConfig {
        &self.0.config
    }

    /// Names of the facets of the configuration.
    pub(crate) fn facets(&self) -> &[String] {
        &self.0.facets
    }

    /// Why the newest generation could not be opened; `None` when it is the one that answers.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.0.trouble.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_trouble(&self, trouble: Option<String>) {
        *self.0.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }

    pub(crate) fn set_stopping(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// Runs `work` off the async threads and answers with its result as JSON.
    ///
    /// At most `max_searches` run at once; others wait, at most `max_waiting`, and one more is refused. A client that
    /// goes away while it waits frees its place at once. Work that has begun keeps its place until it ends, since it
    /// cannot be interrupted: places must count what really runs.
    pub(crate) async fn answer<T, F>(&self, work: F) -> Result<Response, ApiError>
    where
        T: Serialize,
        F: FnOnce(&AppState) -> Result<T, ApiError> + Send + 'static,
    {
        let overloaded = |_| ApiError::overloaded();
        let admitted = Arc::clone(&self.0.admitted).try_acquire_owned().map_err(overloaded)?;
        let running = Arc::clone(&self.0.running).acquire_owned().await.map_err(|_| ApiError::overloaded())?;
        let state = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let result = work(&state).and_then(|answer| json_bytes(&answer));
            drop((running, admitted));
            result
        });
        let bytes = task.await.map_err(|error| {
            // The message of a panic could hold the text of a query: it stays out of the log.
            let how = if error.is_panic() { "panicked" } else { "was cancelled" };
            ApiError::internal(format!("a search {how}"))
        })??;
        Ok(json(Body::from(bytes)))
    }
}

fn json_bytes(answer: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(answer).map_err(|error| ApiError::internal(format!("an answer is not JSON: {error}")))
}

/// A response of JSON.
pub(crate) fn json(body: Body) -> Response {
    let mut response = Response::new(body);
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

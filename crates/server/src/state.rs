//! [`AppState`]: what every handler shares.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Body;
use axum::http::header;
use axum::response::Response;
use rcp_query::Searcher;
use serde::Serialize;

use crate::config::ServerConfig;
use crate::metrics::Metrics;
use crate::places::Places;
use crate::problem::ApiError;

const JSON: &str = "application/json";

/// What every handler shares; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    searcher: Arc<Searcher>,
    config: ServerConfig,
    facets: Vec<String>,
    places: Places,
    metrics: Arc<Metrics>,
    /// Why the newest generation could not be opened.
    trouble: RwLock<Option<String>>,
    stopping: AtomicBool,
}

impl AppState {
    /// The state of a server that answers from `searcher`.
    #[must_use]
    pub fn new(searcher: Arc<Searcher>, config: ServerConfig) -> AppState {
        let facets = searcher.settings().taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let metrics = Arc::new(Metrics::new());
        let places = Places::new(&config, metrics.searches_refused.clone());
        AppState(Arc::new(Shared {
            searcher,
            config,
            facets,
            places,
            metrics,
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

    pub(crate) fn metrics(&self) -> &Arc<Metrics> {
        &self.0.metrics
    }

    pub(crate) fn places(&self) -> &Places {
        &self.0.places
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

    /// Answers with what `work` finds, as JSON; it runs off the async threads, when it has a place.
    pub(crate) async fn answer<T, F>(&self, work: F) -> Result<Response, ApiError>
    where
        T: Serialize,
        F: FnOnce(&AppState) -> Result<T, ApiError> + Send + 'static,
    {
        self.answer_as(JSON, move |state| work(state).and_then(|answer| json_bytes(&answer))).await
    }

    /// Answers with the bytes that `work` makes, of a media type; it runs off the async threads, when it has a place.
    pub(crate) async fn answer_as<F>(&self, media_type: &'static str, work: F) -> Result<Response, ApiError>
    where
        F: FnOnce(&AppState) -> Result<Vec<u8>, ApiError> + Send + 'static,
    {
        let state = self.clone();
        let body = Body::from(self.0.places.run(move || work(&state)).await??);
        Ok(with_type(body, media_type))
    }
}

fn json_bytes(answer: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(answer).map_err(|error| ApiError::internal(format!("an answer is not JSON: {error}")))
}

/// A response of JSON.
pub(crate) fn json(body: Body) -> Response {
    with_type(body, JSON)
}

fn with_type(body: Body, media_type: &'static str) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    response
}

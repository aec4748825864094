//! [`AppState`]: what every handler shares.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use axum::response::Response;
use rcp_query::{OpenError, Searcher, Snapshot};

use crate::answer::{Answer, Basis, ResponseCache, Tag, Whole};
use crate::caller::Caller;
use crate::config::ServerConfig;
use crate::export::Exports;
use crate::keys::HeldKeys;
use crate::metrics::Metrics;
use crate::originals::Originals;
use crate::places::Places;
use crate::problem::ApiError;

/// What every handler shares; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    searcher: Arc<Searcher>,
    config: ServerConfig,
    keys: Arc<HeldKeys>,
    facets: Vec<String>,
    originals: Originals,
    places: Places,
    exports: Exports,
    cache: ResponseCache,
    metrics: Arc<Metrics>,
    /// Why the newest generation could not be opened.
    trouble: RwLock<Option<String>>,
    stopping: AtomicBool,
}

impl AppState {
    /// The state of a server that answers from `searcher` and gives out no originals. Reads the file of the keys.
    #[must_use]
    pub fn new(searcher: Arc<Searcher>, config: ServerConfig) -> AppState {
        AppState::with_originals(searcher, config, Originals::default())
    }

    /// The state of a server that answers from `searcher`, and gives out the files that its documents were read from.
    #[must_use]
    pub fn with_originals(searcher: Arc<Searcher>, config: ServerConfig, originals: Originals) -> AppState {
        let facets = searcher.settings().taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let keys = Arc::new(HeldKeys::new(config.keys.as_deref()));
        let exports = Exports::new(config.max_exports);
        let metrics = Arc::new(Metrics::new());
        let places = Places::new(&config, metrics.searches_refused.clone());
        let cache = ResponseCache::new(config.cache_bytes, metrics.cache.clone());
        AppState(Arc::new(Shared {
            searcher,
            config,
            keys,
            facets,
            originals,
            places,
            exports,
            cache,
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

    /// Address at which people reach the server, without a slash at its end; `None` where the operator has not said it.
    pub(crate) fn site(&self) -> Option<&str> {
        self.0.config.public_url.as_deref().map(|url| url.trim_end_matches('/'))
    }

    pub(crate) fn originals(&self) -> &Originals {
        &self.0.originals
    }

    pub(crate) fn metrics(&self) -> &Arc<Metrics> {
        &self.0.metrics
    }

    pub(crate) fn places(&self) -> &Places {
        &self.0.places
    }

    pub(crate) fn keys(&self) -> &Arc<HeldKeys> {
        &self.0.keys
    }

    /// Answers that were given.
    pub(crate) fn cache(&self) -> &ResponseCache {
        &self.0.cache
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

    /// Places for exports.
    pub(crate) fn exports(&self) -> &Exports {
        &self.0.exports
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }

    pub(crate) fn set_stopping(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// Opens a newer generation, if there is one; answers whether there was. See [`Searcher::refresh`].
    ///
    /// # Errors
    /// When the new generation cannot be used.
    pub(crate) fn refresh(&self) -> Result<bool, OpenError> {
        let is_newer = self.0.searcher.refresh()?;
        if is_newer {
            // What was withdrawn is to leave the memory too.
            self.0.cache.clear();
        }
        Ok(is_newer)
    }

    /// What `work` makes; it runs off the async threads, when it has a place.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&AppState) -> Result<T, ApiError> + Send + 'static,
    {
        let state = self.clone();
        self.0.places.run(move || work(&state)).await?
    }

    /// Answers from the current generation with what `work` makes of the parameters.
    ///
    /// An answer may depend on nothing but the index in the scope of the caller, the path, and `params`: they make its
    /// entity tag. So whatever else of a request counts (the name of the host, say) has to be among `params`, whose
    /// `Debug` form shows all of it. `work` runs off the async threads, when it has a place, and only if neither the
    /// client nor the cache holds the answer.
    pub(crate) async fn answer<P, F>(&self, caller: Caller, params: P, work: F) -> Result<Response, ApiError>
    where
        P: Debug + Send + 'static,
        F: FnOnce(&Basis<'_>, P) -> Result<Answer, ApiError> + Send + 'static,
    {
        self.answer_from(self.0.searcher.snapshot(), caller, params, work).await
    }

    /// As [`AppState::answer`], from a generation that was chosen.
    pub(crate) async fn answer_from<P, F>(
        &self,
        snapshot: Snapshot,
        caller: Caller,
        params: P,
        work: F,
    ) -> Result<Response, ApiError>
    where
        P: Debug + Send + 'static,
        F: FnOnce(&Basis<'_>, P) -> Result<Answer, ApiError> + Send + 'static,
    {
        let Caller { scope, wants, .. } = caller;
        // What of the configuration shows in answers; what else of it does is in the revision.
        let shown = (&self.0.config.public_url, &self.0.config.terms);
        let (revision, collections) = (snapshot.revision(&scope), scope.collections().join(" "));
        let (shown, params_text) = (format!("{shown:?}"), format!("{params:?}"));
        let tag = Tag::of([&*BUILD, &shown, &revision, &collections, wants.path(), &params_text], wants.encoding());
        if wants.holds_tag(tag) {
            return Ok(wants.not_modified(tag));
        }
        let encoding = wants.encoding();
        let work = move |state: &AppState| {
            work(&Basis { state, snapshot: &snapshot, scope: &scope }, params)?.encoded(encoding)
        };
        Ok(self.finish(tag, work).await?.respond(tag, &wants))
    }

    /// The kept answer of a tag, else what `work` makes; that runs off the async threads, when it has a place.
    pub(crate) async fn finish<F>(&self, tag: Tag, work: F) -> Result<Whole, ApiError>
    where
        F: FnOnce(&AppState) -> Result<Whole, ApiError> + Send + 'static,
    {
        self.0.cache.get_or_make(tag, self.run(work)).await
    }
}

/// Tells builds of this program apart, also those of one version that a developer makes: an answer may have another
/// shape in each.
static BUILD: LazyLock<String> = LazyLock::new(|| {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    let size = file.as_ref().map(std::fs::Metadata::len);
    let modified = file.as_ref().and_then(|file| file.modified().ok());
    format!("{} {size:?} {modified:?}", env!("CARGO_PKG_VERSION"))
});

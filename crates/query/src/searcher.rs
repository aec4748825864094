//! [`Searcher`]: the open index, ready to answer.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::settings::{Fingerprints, Settings};
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_index::backend::BackendError;
use rcp_index::generation::{GenerationError, OpenGeneration, Reader, Store};
use rcp_index::scope::Scope;

use crate::cursor::Cursor;
use crate::request::SearchRequest;
use crate::response::SearchResponse;
use crate::snapshot::Snapshot;
use crate::suggest::ConceptBeginnings;

/// The open index with its settings; to be shared between threads. It follows new generations by
/// [`Searcher::refresh`].
#[derive(Debug)]
pub struct Searcher {
    reader: Reader,
    settings: Arc<Settings>,
    analyzer: Arc<Analyzer>,
    names: Arc<ConceptNames>,
    beginnings: Arc<ConceptBeginnings>,
}

/// An index that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is none, or it is damaged.
    #[error(transparent)]
    Generation(#[from] GenerationError),
    /// The index was built with other settings than these.
    #[error("the index was built with other {part} settings; run `rcp-search index` to bring it up to date")]
    OtherSettings {
        /// The part that differs: annotation or analysis.
        part: &'static str,
    },
}

impl OpenError {
    /// Whether nothing was ever published: the moment to make an index.
    #[must_use]
    pub fn is_no_index(&self) -> bool {
        matches!(self, OpenError::Generation(GenerationError::NoIndex { .. }))
    }
}

/// A request that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A facet that does not exist.
    #[error("there is no facet {name:?}; the facets are {}", known.join(", "))]
    UnknownFacet {
        /// The name given.
        name: String,
        /// All facets.
        known: Vec<String>,
    },
    /// A value that its facet cannot have.
    #[error("{value:?} is not a value of {facet}{}", offer(nearest))]
    UnknownValue {
        /// The facet.
        facet: String,
        /// The value given.
        value: String,
        /// The nearest valid ones, best first.
        nearest: Vec<String>,
    },
    /// The cursor is not one of ours, or belongs to another request.
    #[error("the cursor does not belong to this request; start again without it")]
    InvalidCursor,
    /// The generation of the cursor has been replaced for too long.
    #[error("the index was replaced since this cursor was given; start again without it")]
    CursorExpired,
    /// Rows are sorted only up to a number.
    #[error("{total} rows are too many to sort, at most {most} are; leave the sort out, or ask for less")]
    TooManyToSort {
        /// What matches.
        total: u64,
        /// Most rows that are sorted.
        most: usize,
    },
    /// It would take more work than any request may.
    #[error(
        "the query takes too much work to be answered whole; ask for fewer words, or for longer beginnings of words"
    )]
    TooCostly,
    /// The index failed.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

fn offer(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; the nearest are {}", nearest.join(", ")) }
}

impl Searcher {
    /// Opens and verifies the current generation below `index` (`data/index`).
    ///
    /// # Errors
    /// When there is none, it is damaged, or was built with other annotation or analysis settings.
    pub fn open(index: &Path, settings: Arc<Settings>) -> Result<Searcher, OpenError> {
        Searcher::over(Reader::open(Store::new(index))?, settings)
    }

    /// Opens and verifies one generation by its number, to go on answering while the current one is damaged.
    ///
    /// # Errors
    /// As [`Searcher::open`].
    pub fn open_generation(index: &Path, number: u64, settings: Arc<Settings>) -> Result<Searcher, OpenError> {
        Searcher::over(Reader::open_number(Store::new(index), number)?, settings)
    }

    fn over(reader: Reader, settings: Arc<Settings>) -> Result<Searcher, OpenError> {
        check_settings(&reader.current(), &settings.fingerprints)?;
        let analyzer = Arc::new(Analyzer::new(&settings.analysis));
        let names = Arc::new(ConceptNames::new(&settings.taxonomy, &analyzer));
        let beginnings = Arc::new(ConceptBeginnings::new(&settings.taxonomy));
        Ok(Searcher { reader, settings, analyzer, names, beginnings })
    }

    /// Opens a newer generation if one was published; answers whether there was one. Keeps serving the open one
    /// when the new one cannot be used.
    ///
    /// # Errors
    /// When the new generation cannot be used: report it and keep going.
    pub fn refresh(&self) -> Result<bool, OpenError> {
        self.refresh_at(Instant::now())
    }

    /// [`Searcher::refresh`] as if it were this time: replaced generations are let go of when theirs is over.
    ///
    /// # Errors
    /// As [`Searcher::refresh`].
    pub fn refresh_at(&self, now: Instant) -> Result<bool, OpenError> {
        self.reader.refresh_at(now, |generation| check_settings(generation, &self.settings.fingerprints))
    }

    /// Pins the current generation.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.pin(self.reader.current())
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Pins the generation that answers a request: that of its cursor where it has one, else the current one.
    ///
    /// # Errors
    /// [`SearchError::InvalidCursor`], [`SearchError::CursorExpired`].
    pub fn snapshot_for(&self, scope: &Scope, request: &SearchRequest) -> Result<Snapshot, SearchError> {
        let Some(cursor) = Cursor::of(request)? else { return Ok(self.snapshot()) };
        let generation = self.reader.find_version(scope, &cursor.version).ok_or(SearchError::CursorExpired)?;
        Ok(self.pin(generation))
    }

    /// Answers a request from [its generation](Searcher::snapshot_for). Blocks.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn search(&self, scope: &Scope, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.snapshot_for(scope, request)?.search(scope, request)
    }

    fn pin(&self, generation: Arc<OpenGeneration>) -> Snapshot {
        let (settings, analyzer) = (Arc::clone(&self.settings), Arc::clone(&self.analyzer));
        Snapshot::new(generation, settings, analyzer, Arc::clone(&self.names), Arc::clone(&self.beginnings))
    }
}

/// The tokens and labels in the index must be those that the settings make; ranking may change freely.
fn check_settings(generation: &OpenGeneration, settings: &Fingerprints) -> Result<(), OpenError> {
    let built = &generation.manifest().identity.built_with;
    if built.annotation != settings.annotation {
        return Err(OpenError::OtherSettings { part: "annotation" });
    }
    if built.analysis != settings.analysis {
        return Err(OpenError::OtherSettings { part: "analysis" });
    }
    Ok(())
}

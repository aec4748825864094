//! [`BareIndex`]: the files of a published index, opened by tantivy alone.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Map, Value, json};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::AggregationResults;
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::schema::Schema;
use tantivy::{Index, Searcher};
use tempfile::TempDir;

/// A unit of a collection. It works on a copy: tantivy writes lock files beside what it reads.
pub struct BareIndex {
    _copy: TempDir,
    index: Index,
    searcher: Searcher,
}

impl BareIndex {
    /// Copies and opens `…/public/documents` or `…/public/passages`.
    ///
    /// # Errors
    /// When it cannot be read, or the copy not be written.
    pub fn open(folder: &Path) -> anyhow::Result<BareIndex> {
        let copy = tempfile::tempdir()?;
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if let Some(name) = path.file_name() {
                fs::copy(&path, copy.path().join(name)).with_context(|| path.display().to_string())?;
            }
        }
        let index = Index::open_in_dir(copy.path())?;
        let searcher = index.reader()?.searcher();
        Ok(BareIndex { _copy: copy, index, searcher })
    }

    /// Its fields.
    #[must_use]
    pub fn schema(&self) -> Schema {
        self.index.schema()
    }

    /// Best hits and the total; gives back the total and the number of hits.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn search(&self, query: &dyn Query, limit: usize) -> tantivy::Result<(usize, usize)> {
        let (hits, total) = self.searcher.search(query, &(TopDocs::with_limit(limit).order_by_score(), Count))?;
        Ok((total, hits.len()))
    }

    /// As [`BareIndex::search`], with counts by value of some facets, by tantivy's own aggregation.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn search_with_facets(
        &self,
        query: &dyn Query,
        limit: usize,
        facets: &[&str],
    ) -> tantivy::Result<(usize, AggregationResults)> {
        let terms = |facet: &&str| {
            ((*facet).to_owned(), json!({ "terms": { "field": format!("facet_{facet}"), "size": 1_000 } }))
        };
        let aggregations: Map<String, Value> = facets.iter().map(terms).collect();
        let aggregations: Aggregations = serde_json::from_value(Value::Object(aggregations))
            .map_err(|error| tantivy::TantivyError::InvalidArgument(error.to_string()))?;
        let context = AggContextParams::new(AggregationLimitsGuard::default(), self.index.tokenizers().clone());
        let collector = (
            TopDocs::with_limit(limit).order_by_score(),
            Count,
            AggregationCollector::from_aggs(aggregations, context),
        );
        let (_, total, counts) = self.searcher.search(query, &collector)?;
        Ok((total, counts))
    }
}

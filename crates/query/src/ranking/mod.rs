//! The second stage: a closer look at the first hits of a search by relevance.
//!
//! The first stage scores every match by BM25 over its fields. The second adds to each of the first [`DEPTH`] hits what
//! would cost too much for all of them, and sorts them again:
//!
//! ```text
//! score = first stage
//!       + passage × score of the document's best passage     (documents)
//!       + Σ proximity × BM25(pair)                           over neighbouring words of the query
//!       + first stage × (recency × ½^(years / half-life) + weight of the type)
//! ```
//!
//! A pair is a term like any other: its frequency counts how often the two words stand close together
//! ([`proximity`]), as in the sequential dependence model of Metzler and Croft (SIGIR 2005). Nothing is ever taken away,
//! so a hit of the first [`DEPTH`] stays before all behind them, and pages can go on where they end.

mod explain;
mod proximity;

use rcp_corpus::model::{Document, DocumentId};
use rcp_corpus::settings::{RankingSettings, SecondStageSettings};
use rcp_index::backend::{BackendError, EvidenceRequest, ExplainRequest, Hit, IndexBackend};
use rcp_index::plan::{Budget, Leaf, Similarity, Unit};
use rcp_index::scope::Scope;

use crate::compile::Query;
pub(crate) use explain::Explainer;

/// Name of the facet that types of documents feed.
const TYPE_FACET: &str = "type";

/// Hits of the first stage that are looked at again.
pub(crate) const DEPTH: usize = 100;

/// The second stage of one search.
pub(crate) struct SecondStage<'a> {
    backend: &'a dyn IndexBackend,
    scope: &'a Scope,
    unit: Unit,
    similarity: Similarity,
    settings: &'a SecondStageSettings,
    /// Leaves over the passages of a document.
    evidence: Vec<Leaf>,
    /// Leaves of pairs.
    pairs: Vec<Leaf>,
}

/// What the second stage adds to a hit, each part with its weight.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Additions {
    /// For the best passage.
    pub(crate) passage: f32,
    /// For words that stand close together.
    pub(crate) proximity: f32,
    /// For being recent.
    pub(crate) recency: f32,
    /// For the type of the document.
    pub(crate) kind: f32,
}

/// A hit in its final place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    /// The hit with its final score and the key of the first stage.
    pub(crate) hit: Hit,
    /// What the second stage added to its score.
    pub(crate) additions: Additions,
}

impl From<Hit> for Ranked {
    /// A hit that the second stage left alone.
    fn from(hit: Hit) -> Ranked {
        Ranked { hit, additions: Additions::default() }
    }
}

impl Additions {
    fn sum(self) -> f32 {
        self.passage + self.proximity + self.recency + self.kind
    }
}

impl<'a> SecondStage<'a> {
    /// The second stage for a query; `None` where it has no words that score: then there is nothing to look closer at.
    pub(crate) fn new(
        backend: &'a dyn IndexBackend,
        scope: &'a Scope,
        unit: Unit,
        settings: &'a RankingSettings,
        query: &Query,
    ) -> Option<SecondStage<'a>> {
        let second = &settings.second_stage;
        let evidence = query.evidence_leaves(settings.passages);
        let pairs = proximity::leaves(query, second.proximity);
        let similarity = Similarity { k1: settings.k1, b: settings.b };
        let has_words = query.words() != 0;
        has_words.then_some(SecondStage { backend, scope, unit, similarity, settings: second, evidence, pairs })
    }

    /// Sorts the first hits of the first stage again, those behind [`DEPTH`] left as they are. Their keys stay those of
    /// the first stage.
    ///
    /// # Errors
    /// When the index fails.
    pub(crate) fn rerank(&self, hits: Vec<Hit>) -> Result<Vec<Ranked>, BackendError> {
        let additions = self.additions(&hits[..hits.len().min(DEPTH)])?;
        let mut ranked: Vec<Ranked> = hits.into_iter().map(Ranked::from).collect();
        for (ranked, additions) in ranked.iter_mut().zip(&additions) {
            ranked.hit.score += additions.sum();
            ranked.additions = *additions;
        }
        ranked[..additions.len()].sort_by(|left, right| {
            let by_id = || (&left.hit.document, left.hit.passage).cmp(&(&right.hit.document, right.hit.passage));
            right.hit.score.total_cmp(&left.hit.score).then_with(by_id)
        });
        Ok(ranked)
    }

    /// What is added to each of some hits of the first stage.
    fn additions(&self, hits: &[Hit]) -> Result<Vec<Additions>, BackendError> {
        let passages = self.best_passages(hits)?;
        let pairs = self.closeness(hits)?;
        let documents = self.documents(hits)?;
        let newest = documents.iter().flatten().filter_map(year).max();
        let of_hit = |((hit, (passage, proximity)), document): ((&Hit, (f32, f32)), &Option<Document>)| {
            let document = document.as_ref();
            let recency = document.and_then(year).zip(newest).map_or(0.0, |(year, newest)| {
                let years = f32::from(newest.saturating_sub(year));
                self.settings.recency * 0.5_f32.powf(years / self.settings.recency_half_life)
            });
            let kind = document.map_or(0.0, |document| self.type_weight(document));
            Additions {
                passage: self.settings.passage * passage,
                proximity,
                recency: hit.score * recency,
                kind: hit.score * kind,
            }
        };
        Ok(hits.iter().zip(passages.into_iter().zip(pairs)).zip(&documents).map(of_hit).collect())
    }

    /// Score of the best passage of each hit; 0 for passages, which are that themselves.
    fn best_passages(&self, hits: &[Hit]) -> Result<Vec<f32>, BackendError> {
        if self.unit == Unit::Passages || self.settings.passage == 0.0 || self.evidence.is_empty() {
            return Ok(vec![0.0; hits.len()]);
        }
        let documents: Vec<DocumentId> = hits.iter().map(|hit| hit.document.clone()).collect();
        let request = EvidenceRequest {
            documents: &documents,
            leaves: &self.evidence,
            limit: 0,
            similarity: self.similarity,
            budget: Budget::default(),
        };
        Ok(self.backend.evidence(self.scope, &request)?.into_iter().map(|evidence| evidence.best).collect())
    }

    /// What pairs add to each hit, with their weight.
    fn closeness(&self, hits: &[Hit]) -> Result<Vec<f32>, BackendError> {
        if self.pairs.is_empty() {
            return Ok(vec![0.0; hits.len()]);
        }
        let records: Vec<(DocumentId, u32)> =
            hits.iter().map(|hit| (hit.document.clone(), hit.passage.unwrap_or(0))).collect();
        let request = ExplainRequest {
            unit: self.unit,
            leaves: &self.pairs,
            similarity: self.similarity,
            records: &records,
            budget: Budget::default(),
        };
        let explained = self.backend.explain(self.scope, &request)?;
        Ok(explained.records.iter().map(|leaves| leaves.iter().map(|leaf| leaf.score).sum()).collect())
    }

    /// The documents of hits, where a factor asks for something of them.
    fn documents(&self, hits: &[Hit]) -> Result<Vec<Option<Document>>, BackendError> {
        if self.settings.recency == 0.0 && self.settings.types.is_empty() {
            return Ok(vec![None; hits.len()]);
        }
        let ids: Vec<DocumentId> = hits.iter().map(|hit| hit.document.clone()).collect();
        self.backend.documents(self.scope, &ids)
    }

    /// The largest weight among the types of a document.
    fn type_weight(&self, document: &Document) -> f32 {
        let types = document.concepts(TYPE_FACET);
        let weights = types.filter_map(|id| self.settings.types.get(id));
        weights.copied().fold(0.0, f32::max)
    }
}

fn year(document: &Document) -> Option<i16> {
    document.year.as_ref().map(|year| year.value)
}

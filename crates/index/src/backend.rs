//! [`IndexBackend`]: what an engine must answer, and the shapes of its answers.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rcp_corpus::completion::Completions;
use rcp_corpus::model::{Document, DocumentId, Passage, State};
use rcp_corpus::vocabulary::Vocabulary;

use crate::plan::{Budget, Leaf, Plan, Similarity, SortKey, Unit};
use crate::scope::Scope;

/// Passages of a document that are looked at to find a lead paragraph.
pub const LEAD_PASSAGES: usize = 8;

/// One immutable generation of the index, open for reading.
///
/// All methods block. Answers of one value are consistent with each other: hits, totals, facets and statistics
/// come from one generation and one scope. A collection that a scope names and the generation lacks is empty.
pub trait IndexBackend: Send + Sync {
    /// Runs a plan.
    ///
    /// # Errors
    /// [`BackendError`] when the files cannot be read or the plan names an unknown facet ([`Plan::facet_names`]),
    /// whatever the collections in scope hold.
    fn search(&self, scope: &Scope, plan: &Plan) -> Result<Page, BackendError>;

    /// Visits every match of a plan in one pass, in corpus order: by document id, then passage. However many there are, it
    /// takes the memory of one. What the plan says of sort, page, facets and tables plays no part.
    ///
    /// # Errors
    /// As [`IndexBackend::search`].
    fn scan(
        &self,
        scope: &Scope,
        plan: &Plan,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<ScanEnd, BackendError>;

    /// Best passages of documents by the scoring leaves of a query, each document's by falling score, then ordinal.
    ///
    /// A passage counts when a leaf over its own text matches and, where any leaf stands for a typed word, a word is
    /// covered. A document without such a passage shows, with `matched: false`, the first passage whose heading path
    /// matches in the same way, else the first paragraph among its [`LEAD_PASSAGES`] first passages, else its first
    /// passage.
    ///
    /// # Errors
    /// As [`IndexBackend::search`].
    fn evidence(&self, scope: &Scope, request: &EvidenceRequest<'_>) -> Result<Vec<Evidence>, BackendError>;

    /// What each of some leaves scores on each of some records, with the numbers that the score is made of. Added up in
    /// the order of the leaves, the scores of a union are bit for bit that of [`IndexBackend::search`].
    ///
    /// It reads each leaf's postings once, and of phrases the positions in these records alone, so that leaves too
    /// costly for a whole search (words near each other) can be asked of its first hits.
    ///
    /// # Errors
    /// When the files cannot be read.
    fn explain(&self, scope: &Scope, request: &ExplainRequest<'_>) -> Result<Explanation, BackendError>;

    /// Documents by id, in the order asked for; `None` for those outside the scope or unknown.
    ///
    /// # Errors
    /// When the files cannot be read.
    fn documents(&self, scope: &Scope, ids: &[DocumentId]) -> Result<Vec<Option<Document>>, BackendError>;

    /// All indexed passages of a document in order; `None` for a document outside the scope or unknown.
    ///
    /// # Errors
    /// When the files cannot be read.
    fn passages(&self, scope: &Scope, id: &DocumentId) -> Result<Option<Vec<Passage>>, BackendError>;

    /// Passages by document and ordinal, in the order asked for; `None` for those outside the scope or unknown.
    ///
    /// # Errors
    /// When the files cannot be read.
    fn passages_at(&self, scope: &Scope, wanted: &[(DocumentId, u32)]) -> Result<Vec<Option<Passage>>, BackendError>;

    /// Vocabularies of the collections in scope.
    fn vocabularies(&self, scope: &Scope) -> Vec<Arc<Vocabulary>>;

    /// What can be offered from the collections in scope while someone types.
    fn completions(&self, scope: &Scope) -> Vec<Arc<Completions>>;

    /// What is searchable in scope and what is not.
    fn coverage(&self, scope: &Scope) -> Coverage;

    /// Identifies content and settings in scope: equal versions give equal answers. 16 hexadecimal digits.
    fn version(&self, scope: &Scope) -> String;
}

/// Part of the ordered hits, with totals, facet counts and cross-tabs.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// All matches of the clause and the filters.
    pub total: u64,
    /// Those among them that cover every typed word.
    pub total_all_words: u64,
    /// Different documents among the matches; equals `total` when documents are looked for.
    pub total_documents: u64,
    /// Counts by facet, for the facets asked for.
    pub facets: BTreeMap<String, FacetCounts>,
    /// A table for each of [`Plan::crosses`], in their order.
    pub cross_tabs: Vec<CrossTab>,
    /// Whether [`Plan::budget`] was spent before every record was looked at. The answer is then that of the first records
    /// in corpus order, collection by collection, as many as the budget paid for, perhaps none: hits, scores and counts
    /// are right for these.
    pub partial: bool,
}

/// A match.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Document that matches, or that the matching passage belongs to.
    pub document: DocumentId,
    /// Ordinal of the passage, when passages are looked for.
    pub passage: Option<u32>,
    /// Score of the clause.
    pub score: f32,
    /// Sort key, for a [`crate::plan::Position`] to go on from.
    pub key: SortKey,
}

/// How an [`IndexBackend::scan`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanEnd {
    /// Every match was visited.
    Complete,
    /// The visitor wanted no more.
    Stopped,
    /// [`Plan::budget`] was spent: the first matches were visited, perhaps none.
    Spent,
}

/// Counts of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Counts by value, ancestors included; values without a match are left out.
    pub values: BTreeMap<String, FacetCount>,
    /// Matches without a value in this facet.
    pub missing: u64,
}

/// Counts of one facet value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FacetCount {
    /// Matches that have the value, ignoring what is selected in this facet.
    pub count: u64,
    /// Total of the answer if the value joined the selection of its facet.
    pub count_if_added: u64,
}

/// A facet value in a [`CrossTab`]; `None` stands for having no value, which is a row or column of its own.
pub type CrossValue = Option<String>;

/// Matches by the values of two facets, with every filter. Ancestors count as any value does, and a match counts once a
/// cell. A match with several values stands in several cells, so totals are counted, not added up. What is 0 is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CrossTab {
    /// Matches that have both values, by row and column.
    pub cells: BTreeMap<(CrossValue, CrossValue), CrossCell>,
    /// Matches by value of the rows.
    pub rows: BTreeMap<CrossValue, CrossCell>,
    /// Matches by value of the columns.
    pub columns: BTreeMap<CrossValue, CrossCell>,
}

/// The matches in a cell, row or column of a [`CrossTab`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CrossCell {
    /// Matches.
    pub count: u64,
    /// Different documents among them; equals `count` when documents are looked for.
    pub documents: u64,
    /// The match with the highest score, of equal ones the first in corpus order; if [`crate::plan::Cross::best`] asks.
    pub best: Option<CrossHit>,
}

/// The best match of a [`CrossCell`].
#[derive(Debug, Clone, PartialEq)]
pub struct CrossHit {
    /// Document that matches, or that the matching passage belongs to.
    pub document: DocumentId,
    /// Ordinal of the passage, when passages are looked for.
    pub passage: Option<u32>,
    /// Score of the clause.
    pub score: f32,
}

/// Asks for the best passages of documents.
#[derive(Debug, Clone)]
pub struct EvidenceRequest<'a> {
    /// The documents.
    pub documents: &'a [DocumentId],
    /// Scoring leaves over the passage fields.
    pub leaves: &'a [Leaf],
    /// Passages a document at most.
    pub limit: usize,
    /// Parameters of the score.
    pub similarity: Similarity,
    /// How much work the answer may take.
    pub budget: Budget,
}

/// The best passages of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The passages, best first.
    pub passages: Vec<ScoredPassage>,
    /// Passages of the document whose own text matches.
    pub total: u64,
    /// Score of the best of them, whatever the limit; 0 without one.
    pub best: f32,
    /// Whether the budget was spent before this document's passages were looked at: then there are none here.
    pub partial: bool,
}

/// A passage with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredPassage {
    /// The passage.
    pub passage: Passage,
    /// Sum over the leaves; 0 for a lead paragraph.
    pub score: f32,
    /// Whether its own text matches.
    pub matched: bool,
}

/// Asks what leaves score on records.
#[derive(Debug, Clone)]
pub struct ExplainRequest<'a> {
    /// What the records are.
    pub unit: Unit,
    /// The leaves.
    pub leaves: &'a [Leaf],
    /// Parameters of the score.
    pub similarity: Similarity,
    /// The records: documents, each with the ordinal of its passage (0 when documents are asked for).
    pub records: &'a [(DocumentId, u32)],
    /// How much work the answer may take.
    pub budget: Budget,
}

/// What leaves score on records: `boost × idf(df, records) × tf / (tf + k1 × (1 − b + b × length / mean length))`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The statistics of each leaf, in the order asked for.
    pub leaves: Vec<LeafStatistics>,
    /// For each record in the order asked for, what each leaf scores there. All 0 for a record that is unknown or
    /// outside the scope.
    pub records: Vec<Vec<LeafMatch>>,
    /// Whether the budget was spent before every leaf was looked at: the last ones then score 0 everywhere.
    pub partial: bool,
}

/// What the score of a leaf takes from the collections in scope.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LeafStatistics {
    /// Records that have the group: the largest of its members', and of a phrase the smallest of its slots'.
    pub df: u64,
    /// Records that have the field.
    pub records: u64,
    /// Mean length of the field in them, in tokens; 0 without any.
    pub mean_length: f32,
}

/// A leaf in a record.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LeafMatch {
    /// Weighted frequency of the group; 0 where it does not match.
    pub frequency: f32,
    /// Length of the field, in tokens, as the norm of one byte keeps it.
    pub length: u32,
    /// What the leaf adds to the score of the record.
    pub score: f32,
}

/// What is searchable, and what is not and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Files of the corpus.
    pub documents: u64,
    /// Those whose text is in the index.
    pub searchable: u64,
    /// Passages in the index.
    pub passages: u64,
    /// Files that cannot be searched, in order of their names.
    pub not_searchable: Vec<Unsearchable>,
}

/// A file that cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unsearchable {
    /// Path relative to the corpus folder.
    pub file: String,
    /// Why.
    #[serde(flatten)]
    pub state: State,
}

/// A backend that could not answer.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The engine failed on files that were verified when they were opened.
    #[error("the index cannot be read: {0}; run `rcp-search check`, then `rcp-search index --rebuild`")]
    Unreadable(String),
    /// A plan names a facet that the generation does not have.
    #[error("the index has no facet {0:?}; run `rcp-search index` after adding a scheme")]
    UnknownFacet(String),
}

//! [`Export`]: everything that a request matches, row by row, from one generation and in memory that does not grow with
//! the number of rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use rcp_corpus::model::DocumentId;
use rcp_index::backend::{Hit, ScanEnd};
use rcp_index::plan::{Budget, PageRequest, Plan, Sort, Unit};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::find::Found;
use crate::hits::{vanished, whole_passage};
use crate::request::SearchRequest;
use crate::response::{Coverage, DocumentView, EvidencePassage, Interpretation};
use crate::snapshot::Snapshot;

/// Rows that are read at once.
const BATCH: usize = 256;

/// How often an export may take the work of a search, to count and then to read: few run at a time.
const SEARCHES: u64 = 4;

/// Everything that a request matches, found and counted but not yet read. It holds on to its generation.
#[derive(Debug)]
pub struct Export {
    snapshot: Snapshot,
    scope: Scope,
    request: SearchRequest,
    rows: Rows,
    /// What is known before the first row.
    pub summary: ExportSummary,
}

/// Where rows come from.
#[derive(Debug)]
enum Rows {
    /// In corpus order: found by this plan while they are read.
    Scanned(Box<Plan>),
    /// In another order: these.
    Sorted(Vec<Hit>),
}

/// What is known of an export before its first row.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportSummary {
    /// Rows.
    pub total: u64,
    /// Different documents among them.
    pub total_documents: u64,
    /// Identifies content and settings of the scope.
    pub index_version: String,
    /// What was understood.
    pub interpretation: Interpretation,
    /// What is searchable in the scope.
    pub coverage: Coverage,
}

/// A row: a document, or a passage of one.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRow {
    /// The document.
    pub document: Arc<DocumentView>,
    /// Its passage with the whole text, unmarked, when passages are looked for.
    pub passage: Option<EvidencePassage>,
}

impl Export {
    /// Most rows in another order than [`Sort::Corpus`]: these are in memory before the first one is read.
    pub const MAX_SORTED: usize = 10_000;
}

impl Snapshot {
    /// Finds everything that a request matches, whatever its page: in corpus order ([`Sort::Corpus`]) without limit, in
    /// any other up to [`Export::MAX_SORTED`] rows. Facets, evidence and explanations of the request play no part.
    /// Blocks.
    ///
    /// # Errors
    /// As [`crate::Searcher::search`]; [`SearchError::TooManyToSort`]; [`SearchError::TooCostly`] for a query that takes
    /// more work than many searches may.
    pub fn export(self, scope: &Scope, request: &SearchRequest) -> Result<Export, SearchError> {
        let request = SearchRequest {
            limit: if request.sort == Sort::Corpus { 0 } else { Export::MAX_SORTED },
            offset: 0,
            cursor: None,
            facets: Vec::new(),
            explain: false,
            ..request.clone()
        };
        let (ast, _, warnings, mut query) = self.understand(scope, &request)?;
        let (page, plan, relax, rows) = if request.sort == Sort::Corpus {
            let page = PageRequest { offset: 0, limit: 0, after: None };
            let budget = Budget(Budget::default().0.saturating_mul(SEARCHES));
            let mut plan = Plan { budget, ..self.compile(&request, &query, 0, page)? };
            let (page, relax) = self.relaxed(scope, &request, &query, &mut plan)?;
            (page, plan.clone(), relax, Rows::Scanned(Box::new(plan)))
        } else {
            let Found { page, hits, plan, relax, .. } = self.find(scope, &request, &query, None)?;
            let hits = hits.into_iter().map(|ranked| ranked.hit).collect();
            (page, plan, relax, Rows::Sorted(hits))
        };
        if page.partial {
            return Err(SearchError::TooCostly);
        }
        if matches!(rows, Rows::Sorted(_)) && page.total > Export::MAX_SORTED as u64 {
            return Err(SearchError::TooManyToSort { total: page.total, most: Export::MAX_SORTED });
        }
        self.count_expansions(scope, &request, &mut query, &plan, relax)?;
        let summary = ExportSummary {
            total: page.total,
            total_documents: page.total_documents,
            index_version: self.version(scope),
            interpretation: self.interpretation(scope, &request, &ast, warnings, query, relax),
            coverage: self.coverage(scope),
        };
        Ok(Export { snapshot: self, scope: scope.clone(), request, rows, summary })
    }
}

impl Export {
    /// Reads the rows in their order, until `visit` wants no more. Blocks.
    ///
    /// # Errors
    /// When the index fails.
    pub fn read(&self, visit: &mut dyn FnMut(&ExportRow) -> ControlFlow<()>) -> Result<(), SearchError> {
        match &self.rows {
            Rows::Sorted(hits) => {
                for batch in hits.chunks(BATCH) {
                    if self.show(batch, visit)?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Rows::Scanned(plan) => self.scan(plan, visit),
        }
    }

    fn scan(&self, plan: &Plan, visit: &mut dyn FnMut(&ExportRow) -> ControlFlow<()>) -> Result<(), SearchError> {
        let (mut batch, mut failure) = (Vec::with_capacity(BATCH), None);
        let mut collect = |hit| {
            batch.push(hit);
            if batch.len() < BATCH {
                return ControlFlow::Continue(());
            }
            let flow = self.show(&batch, visit).unwrap_or_else(|error| {
                failure = Some(error);
                ControlFlow::Break(())
            });
            batch.clear();
            flow
        };
        let end = self.snapshot.backend().scan(&self.scope, plan, &mut collect)?;
        if let Some(error) = failure {
            return Err(error);
        }
        match end {
            ScanEnd::Complete => self.show(&batch, visit).map(drop),
            ScanEnd::Stopped => Ok(()),
            ScanEnd::Spent => Err(SearchError::TooCostly),
        }
    }

    /// Reads some hits and visits them.
    fn show(
        &self,
        hits: &[Hit],
        visit: &mut dyn FnMut(&ExportRow) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SearchError> {
        let documents = self.documents(hits)?;
        let mut passages = match self.request.unit {
            Unit::Documents => Vec::new(),
            Unit::Passages => {
                let wanted: Vec<(DocumentId, u32)> =
                    hits.iter().map(|hit| (hit.document.clone(), hit.passage.unwrap_or_default())).collect();
                self.snapshot.backend().passages_at(&self.scope, &wanted)?
            }
        }
        .into_iter();
        for hit in hits {
            let document = documents.get(&hit.document).ok_or_else(|| vanished(&hit.document))?;
            let passage = match self.request.unit {
                Unit::Documents => None,
                Unit::Passages => {
                    let passage = passages.next().flatten().ok_or_else(|| vanished(&hit.document))?;
                    Some(whole_passage(&document.citation, passage, self.request.ui))
                }
            };
            if visit(&ExportRow { document: Arc::clone(document), passage }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The documents of some hits. Several hits can be of one document: it is read and cited once.
    fn documents(&self, hits: &[Hit]) -> Result<BTreeMap<DocumentId, Arc<DocumentView>>, SearchError> {
        let ids: BTreeSet<&DocumentId> = hits.iter().map(|hit| &hit.document).collect();
        let ids: Vec<DocumentId> = ids.into_iter().cloned().collect();
        let views = self.snapshot.documents(&self.scope, &ids, self.request.ui)?;
        Ok(views.into_iter().flatten().map(|view| (view.document.id.clone(), Arc::new(view))).collect())
    }
}

//! The referee: a second [`IndexBackend`], for tests alone. It looks at every record for every answer, so that it is
//! slow and obviously right. It shares nothing with the engine but the public types.

mod clause;
mod count;
mod evidence;
mod filter;
mod order;
mod row;
mod score;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use rcp_corpus::completion::{CompletionBuilder, Completions};
use rcp_corpus::model::{Document, DocumentId, Passage};
use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};
use rcp_index::backend::{
    BackendError, Coverage, Evidence, EvidenceRequest, ExplainRequest, Explanation, Hit, IndexBackend, Page, ScanEnd,
};
use rcp_index::generation::{DocumentStamp, DocumentStamps, Identity};
use rcp_index::plan::{PageRequest, Plan, Sort, Unit};
use rcp_index::record::DocumentRecord;
use rcp_index::scope::Scope;

use self::count::Passing;
use self::row::Row;
use crate::corpus::FACETS;
use crate::engine::{Contents, Engine, fingerprints};

/// Every record, in memory.
pub(crate) struct Referee {
    contents: Contents,
}

impl Engine for Referee {
    fn of(contents: &Contents) -> Referee {
        Referee { contents: contents.clone() }
    }

    fn backend(&self) -> &dyn IndexBackend {
        self
    }
}

impl Referee {
    /// The documents of a scope, in the order of their ids.
    fn in_scope(&self, scope: &Scope) -> Vec<&DocumentRecord> {
        let is_in = |record: &&DocumentRecord| scope.collections().contains(&record.document.collection);
        self.contents.records.iter().filter(is_in).collect()
    }

    /// The documents of a scope, or their passages, in corpus order.
    fn rows(&self, scope: &Scope, unit: Unit) -> Vec<Row<'_>> {
        let records = self.in_scope(scope);
        records.into_iter().flat_map(|record| Row::all(record, unit)).collect()
    }

    fn find(&self, scope: &Scope, id: &DocumentId) -> Option<&DocumentRecord> {
        self.in_scope(scope).into_iter().find(|record| record.document.id == *id)
    }
}

impl IndexBackend for Referee {
    fn search(&self, scope: &Scope, plan: &Plan) -> Result<Page, BackendError> {
        if let Some(unknown) = plan.facet_names().into_iter().find(|name| !FACETS.contains(name)) {
            return Err(BackendError::UnknownFacet(unknown.to_owned()));
        }
        let rows = self.rows(scope, plan.unit);
        let matches = clause::matches(&plan.clause, &rows, plan.similarity);
        let matching: Vec<&Row<'_>> =
            rows.iter().zip(&matches).filter(|(_, found)| found.is_some()).map(|(row, _)| row).collect();
        let facets = plan.facets.iter().map(|facet| (facet.clone(), count::facet(facet, &matching, &plan.filters)));
        let found = rows.iter().zip(&matches).filter_map(|(row, found)| Some((row, found.as_ref()?.score as f32)));
        let passing: Vec<Passing<'_>> = found.filter(|(row, _)| filter::all_hold(row, &plan.filters)).collect();
        let cross_tabs = plan.crosses.iter().map(|cross| count::cross_tab(cross, &passing)).collect();
        let documents: BTreeSet<&DocumentId> = passing.iter().map(|(row, _)| row.document_id()).collect();
        let (mut hits, mut total_all_words) = (Vec::new(), 0);
        for (row, found) in rows.iter().zip(matches) {
            let Some(found) = found.filter(|_| filter::all_hold(row, &plan.filters)) else { continue };
            total_all_words += u64::from(plan.words & !found.words == 0);
            hits.push(hit(row, found.score as f32, plan));
        }
        hits.sort_by(|left, right| order::compare(plan.sort, &order::place(left), &order::place(right)));
        if let Some(after) = &plan.page.after {
            hits.retain(|hit| order::compare(plan.sort, &order::place(hit), after).is_gt());
        }
        Ok(Page {
            hits: hits.into_iter().skip(plan.page.offset).take(plan.page.limit).collect(),
            total: passing.len() as u64,
            total_all_words,
            total_documents: documents.len() as u64,
            facets: facets.collect(),
            cross_tabs,
            partial: false,
        })
    }

    fn scan(
        &self,
        scope: &Scope,
        plan: &Plan,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<ScanEnd, BackendError> {
        let page = PageRequest { offset: 0, limit: usize::MAX, after: None };
        let hits = self.search(scope, &Plan { sort: Sort::Corpus, page, ..plan.clone() })?.hits;
        let is_complete = hits.into_iter().all(|hit| visit(hit).is_continue());
        Ok(if is_complete { ScanEnd::Complete } else { ScanEnd::Stopped })
    }

    fn evidence(&self, scope: &Scope, request: &EvidenceRequest<'_>) -> Result<Vec<Evidence>, BackendError> {
        let rows = self.rows(scope, Unit::Passages);
        let scores = score::columns(request.leaves, &rows, request.similarity);
        Ok(request.documents.iter().map(|id| evidence::of(id, &rows, &scores, request)).collect())
    }

    fn explain(&self, scope: &Scope, request: &ExplainRequest<'_>) -> Result<Explanation, BackendError> {
        let rows = self.rows(scope, request.unit);
        let place = |(id, ordinal): &(DocumentId, u32)| {
            rows.iter().position(|row| row.document_id() == id && row.ordinal().is_none_or(|here| here == *ordinal))
        };
        let asked: Vec<Option<usize>> = request.records.iter().map(place).collect();
        Ok(score::explanation(&rows, &asked, request))
    }

    fn documents(&self, scope: &Scope, ids: &[DocumentId]) -> Result<Vec<Option<Document>>, BackendError> {
        Ok(ids.iter().map(|id| self.find(scope, id).map(|record| record.document.clone())).collect())
    }

    fn passages(&self, scope: &Scope, id: &DocumentId) -> Result<Option<Vec<Passage>>, BackendError> {
        let record = self.find(scope, id);
        Ok(record.map(|record| record.passages.iter().map(|passage| passage.passage.clone()).collect()))
    }

    fn passages_at(&self, scope: &Scope, wanted: &[(DocumentId, u32)]) -> Result<Vec<Option<Passage>>, BackendError> {
        let passage = |(id, ordinal): &(DocumentId, u32)| {
            let passages = self.passages(scope, id)?.unwrap_or_default();
            Ok(passages.into_iter().find(|passage| passage.ordinal == *ordinal))
        };
        wanted.iter().map(passage).collect()
    }

    fn vocabularies(&self, scope: &Scope) -> Vec<Arc<Vocabulary>> {
        let mut vocabularies = Vec::new();
        for name in scope.collections() {
            let mut builder = VocabularyBuilder::default();
            let records = self.in_scope(scope).into_iter().filter(|record| record.document.collection == *name);
            let records: Vec<&DocumentRecord> = records.collect();
            for record in &records {
                for text in record.texts.values().flatten() {
                    builder.add_text(&text.tokens(), text.language);
                }
                builder.end_document();
            }
            if !records.is_empty() {
                vocabularies.push(Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap()));
            }
        }
        vocabularies
    }

    fn completions(&self, scope: &Scope) -> Vec<Arc<Completions>> {
        let mut completions = Vec::new();
        for name in scope.collections() {
            let mut builder = CompletionBuilder::default();
            let records = self.in_scope(scope).into_iter().filter(|record| record.document.collection == *name);
            let records: Vec<&DocumentRecord> = records.collect();
            records.iter().for_each(|record| record.complete(&mut builder));
            if !records.is_empty() {
                completions.push(Arc::new(Completions::from_bytes(&builder.finish().unwrap()).unwrap()));
            }
        }
        completions
    }

    fn coverage(&self, scope: &Scope) -> Coverage {
        let records = self.in_scope(scope);
        let collections = scope.collections().iter().filter_map(|name| self.contents.unsearchable.get(name));
        let mut not_searchable: Vec<_> = collections.flatten().cloned().collect();
        not_searchable.sort_by(|left, right| left.file.cmp(&right.file));
        Coverage {
            documents: (records.len() + not_searchable.len()) as u64,
            searchable: records.len() as u64,
            passages: records.iter().map(|record| record.passages.len() as u64).sum(),
            not_searchable,
        }
    }

    fn version(&self, scope: &Scope) -> String {
        let mut documents: BTreeMap<String, DocumentStamps> = BTreeMap::new();
        for DocumentRecord { document, .. } in &self.contents.records {
            let stamp = DocumentStamp::of(document).unwrap();
            documents.entry(document.collection.clone()).or_default().insert(document.id.clone(), stamp);
        }
        Identity::of(&fingerprints(), &documents, &self.contents.unsearchable).version(scope)
    }
}

fn hit(row: &Row<'_>, score: f32, plan: &Plan) -> Hit {
    Hit { document: row.document_id().clone(), passage: row.ordinal(), score, key: order::key(plan.sort, row, score) }
}

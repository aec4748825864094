//! Answers of one or several collections, joined.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rcp_corpus::completion::Completions;
use rcp_corpus::model::{Document, DocumentId, Passage};
use rcp_corpus::vocabulary::Vocabulary;

use super::bm25::Scoring;
use super::collection::CollectionIndex;
use super::count::PartialCounts;
use super::evidence::EvidenceFinder;
use super::explain::explain;
use super::meter::Meter;
use super::order;
use super::scan::scan;
use super::select::{facets, select, units};
use crate::backend::{
    BackendError, Coverage, CrossTab, Evidence, EvidenceRequest, ExplainRequest, Explanation, Hit, IndexBackend,
    LeafMatch, Page, ScanEnd,
};
use crate::generation::OpenGeneration;
use crate::plan::{Plan, Position, Unit};
use crate::scope::Scope;

impl IndexBackend for OpenGeneration {
    fn search(&self, scope: &Scope, plan: &Plan) -> Result<Page, BackendError> {
        self.check_facets(plan)?;
        search(&self.in_scope(scope), plan)
    }

    fn scan(
        &self,
        scope: &Scope,
        plan: &Plan,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<ScanEnd, BackendError> {
        self.check_facets(plan)?;
        scan(&self.in_scope(scope), plan, visit)
    }

    fn evidence(&self, scope: &Scope, request: &EvidenceRequest<'_>) -> Result<Vec<Evidence>, BackendError> {
        evidence(&self.in_scope(scope), request)
    }

    fn explain(&self, scope: &Scope, request: &ExplainRequest<'_>) -> Result<Explanation, BackendError> {
        explanation(&self.in_scope(scope), request)
    }

    fn documents(&self, scope: &Scope, ids: &[DocumentId]) -> Result<Vec<Option<Document>>, BackendError> {
        documents(&self.in_scope(scope), ids)
    }

    fn passages(&self, scope: &Scope, id: &DocumentId) -> Result<Option<Vec<Passage>>, BackendError> {
        passages(&self.in_scope(scope), id)
    }

    fn passages_at(&self, scope: &Scope, wanted: &[(DocumentId, u32)]) -> Result<Vec<Option<Passage>>, BackendError> {
        let collections = self.in_scope(scope);
        wanted.iter().map(|(id, ordinal)| passage_at(&collections, id, *ordinal)).collect()
    }

    fn vocabularies(&self, scope: &Scope) -> Vec<Arc<Vocabulary>> {
        self.in_scope(scope).into_iter().map(|collection| Arc::clone(&collection.vocabulary)).collect()
    }

    fn completions(&self, scope: &Scope) -> Vec<Arc<Completions>> {
        self.in_scope(scope).into_iter().map(|collection| Arc::clone(&collection.completions)).collect()
    }

    fn coverage(&self, scope: &Scope) -> Coverage {
        let mut coverage = Coverage::default();
        for name in scope.collections() {
            let Some(collection) = self.manifest().collections.get(name) else { continue };
            coverage.searchable += collection.statistics.documents;
            coverage.passages += collection.statistics.passages;
            coverage.not_searchable.extend(collection.unsearchable.iter().cloned());
        }
        coverage.not_searchable.sort_by(|left, right| left.file.cmp(&right.file));
        coverage.documents = coverage.searchable + coverage.not_searchable.len() as u64;
        coverage
    }

    fn version(&self, scope: &Scope) -> String {
        self.manifest().version(scope)
    }
}

impl OpenGeneration {
    /// The collections of a scope that hold documents, in the order of their names.
    fn in_scope(&self, scope: &Scope) -> Vec<&CollectionIndex> {
        scope.collections().iter().filter_map(|name| self.collection(name)).collect()
    }

    /// Refuses a facet that the generation does not have, whatever the collections in scope hold.
    fn check_facets(&self, plan: &Plan) -> Result<(), BackendError> {
        let unknown = |name: &&str| !self.manifest().facets.iter().any(|facet| facet == name);
        match plan.facet_names().into_iter().find(unknown) {
            Some(name) => Err(BackendError::UnknownFacet(name.to_owned())),
            None => Ok(()),
        }
    }
}

/// Runs a plan over the collections of a scope.
fn search(collections: &[&CollectionIndex], plan: &Plan) -> Result<Page, BackendError> {
    let units = units(collections, plan.unit);
    let meter = Meter::new(plan.budget);
    let scoring = Scoring::new(&units, plan.similarity, &meter);
    let facets = facets(plan);
    let mut counts: Vec<PartialCounts> = facets.iter().map(|_| PartialCounts::default()).collect();
    let mut cross_tabs = vec![CrossTab::default(); plan.crosses.len()];
    let skipped = if collections.len() == 1 { plan.page.offset } else { 0 };
    let mut candidates = Vec::new();
    let (mut total, mut total_all_words, mut total_documents) = (0, 0, 0);
    for collection in collections {
        let selection = select(collection, &scoring, plan, &facets, &mut counts, &mut cross_tabs)?;
        total += selection.total;
        total_all_words += selection.total_all_words;
        total_documents += selection.total_documents;
        // Of one collection, the hits before the page need no name.
        for (record, score) in selection.best.into_iter().skip(skipped) {
            candidates.push((position(collection, plan, record, score)?, score));
        }
    }
    if collections.len() > 1 {
        candidates.sort_by(|(left, _), (right, _)| order::compare(plan.sort, left, right));
    }
    let page = candidates.into_iter().skip(plan.page.offset - skipped).take(plan.page.limit);
    let counts = counts.into_iter().map(|counts| counts.finish(total));
    let facets = facets.into_iter().map(str::to_owned).zip(counts).collect();
    let hits = page.map(|(position, score)| hit(plan.unit, position, score)).collect();
    Ok(Page { hits, total, total_all_words, total_documents, facets, cross_tabs, partial: meter.is_spent() })
}

fn position(collection: &CollectionIndex, plan: &Plan, record: u32, score: f32) -> Result<Position, BackendError> {
    let document = collection.document_of(plan.unit, record);
    Ok(Position {
        key: order::key(collection, plan.unit, plan.sort, record, score)?,
        document: collection.documents.id_at(document)?,
        passage: match plan.unit {
            Unit::Documents => 0,
            Unit::Passages => collection.passages.ordinal(record),
        },
    })
}

fn hit(unit: Unit, position: Position, score: f32) -> Hit {
    let passage = (unit == Unit::Passages).then_some(position.passage);
    Hit { document: position.document, passage, score, key: position.key }
}

/// Best passages of documents, in the order asked for.
fn evidence(collections: &[&CollectionIndex], request: &EvidenceRequest<'_>) -> Result<Vec<Evidence>, BackendError> {
    let units = units(collections, Unit::Passages);
    let meter = Meter::new(request.budget);
    let scoring = Scoring::new(&units, request.similarity, &meter);
    let mut evidence =
        vec![Evidence { passages: Vec::new(), total: 0, best: 0.0, partial: false }; request.documents.len()];
    for collection in collections {
        let mut here = Vec::new();
        for (asked, id) in request.documents.iter().enumerate() {
            here.extend(collection.documents.position(id.as_str())?.ok().map(|position| (position, asked)));
        }
        here.sort_unstable();
        let mut finder = EvidenceFinder::open(collection, &scoring, request.leaves, request.limit)?;
        // A document that is asked for twice is looked up once: the finder only goes forward.
        for same in here.chunk_by(|(left, _), (right, _)| left == right) {
            let found = finder.find(same[0].0)?;
            same.iter().for_each(|&(_, asked)| evidence[asked] = found.clone());
        }
    }
    Ok(evidence)
}

/// What leaves score on records, in the order asked for.
fn explanation(collections: &[&CollectionIndex], request: &ExplainRequest<'_>) -> Result<Explanation, BackendError> {
    let units = units(collections, request.unit);
    let meter = Meter::new(request.budget);
    let scoring = Scoring::new(&units, request.similarity, &meter);
    let scores = request.leaves.iter().map(|leaf| scoring.leaf(leaf)).collect::<Result<Vec<_>, _>>()?;
    let mut found = vec![vec![LeafMatch::default(); request.leaves.len()]; request.records.len()];
    for collection in collections {
        // By position; a record that is asked for twice is looked up once, since postings are read only once.
        let mut asked: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, (id, ordinal)) in request.records.iter().enumerate() {
            if let Some(record) = record_of(collection, request.unit, id, *ordinal)? {
                asked.entry(record).or_default().push(place);
            }
        }
        if asked.is_empty() {
            continue;
        }
        let records: Vec<u32> = asked.keys().copied().collect();
        for (at, (leaf, score)) in request.leaves.iter().zip(&scores).enumerate() {
            let here = explain(collection, request.unit, leaf, score, &records, &meter)?;
            if meter.is_spent() {
                break;
            }
            for (places, here) in asked.values().zip(here) {
                places.iter().for_each(|&place| found[place][at] = here);
            }
        }
    }
    let leaves = scores.into_iter().map(|score| score.statistics).collect();
    Ok(Explanation { leaves, records: found, partial: meter.is_spent() })
}

/// Position of a document, or of one of its passages, in a collection.
fn record_of(
    collection: &CollectionIndex,
    unit: Unit,
    id: &DocumentId,
    ordinal: u32,
) -> Result<Option<u32>, BackendError> {
    let document = collection.documents.position(id.as_str())?.ok();
    Ok(match unit {
        Unit::Documents => document,
        Unit::Passages => document.and_then(|document| collection.passage_position(document, ordinal)),
    })
}

/// Documents by id, in the order asked for.
fn documents(collections: &[&CollectionIndex], ids: &[DocumentId]) -> Result<Vec<Option<Document>>, BackendError> {
    ids.iter().map(|id| find(collections, id)?.map(|(collection, at)| collection.document(at)).transpose()).collect()
}

/// The passages of a document, in order.
fn passages(collections: &[&CollectionIndex], id: &DocumentId) -> Result<Option<Vec<Passage>>, BackendError> {
    let Some((collection, at)) = find(collections, id)? else { return Ok(None) };
    let passages = collection.documents.passages_of(at);
    passages.map(|passage| collection.passage(passage)).collect::<Result<_, _>>().map(Some)
}

fn passage_at(
    collections: &[&CollectionIndex],
    id: &DocumentId,
    ordinal: u32,
) -> Result<Option<Passage>, BackendError> {
    let Some((collection, document)) = find(collections, id)? else { return Ok(None) };
    collection.passage_position(document, ordinal).map(|position| collection.passage(position)).transpose()
}

fn find<'a>(
    collections: &[&'a CollectionIndex],
    id: &DocumentId,
) -> Result<Option<(&'a CollectionIndex, u32)>, BackendError> {
    for collection in collections {
        if let Ok(position) = collection.documents.position(id.as_str())? {
            return Ok(Some((collection, position)));
        }
    }
    Ok(None)
}

//! Every match of a plan in corpus order: the cursors of all collections side by side, the first one always next.

use std::ops::ControlFlow;

use ::tantivy::TERMINATED;
use rcp_corpus::model::DocumentId;

use super::bm25::Scoring;
use super::clause::ClauseCursor;
use super::collection::CollectionIndex;
use super::filter::RecordFilter;
use super::meter::Meter;
use super::select::units;
use crate::backend::{BackendError, Hit, ScanEnd};
use crate::plan::{Clause, Plan, SortKey, Unit};

/// Visits every match of a plan, in order of document ids, then passages.
pub(super) fn scan(
    collections: &[&CollectionIndex],
    plan: &Plan,
    visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
) -> Result<ScanEnd, BackendError> {
    let units = units(collections, plan.unit);
    let meter = Meter::new(plan.budget);
    let scoring = Scoring::new(&units, plan.similarity, &meter);
    let mut open = Vec::with_capacity(collections.len());
    for collection in collections {
        open.push(Matches::open(collection, plan, &scoring)?);
    }
    loop {
        // Once the budget is spent, what a cursor stands on counts for nothing, nor does it that one is at its end.
        if meter.is_spent() {
            return Ok(ScanEnd::Spent);
        }
        // A document is in one collection alone, so its passages come one after the other.
        open.retain(|matches| matches.document.is_some());
        let first = open.iter_mut().min_by(|left, right| left.id().cmp(&right.id()));
        let Some((matches, hit)) = first.and_then(|matches| matches.hit().map(|hit| (matches, hit))) else {
            return Ok(ScanEnd::Complete);
        };
        if visit(hit).is_break() {
            return Ok(ScanEnd::Stopped);
        }
        matches.advance()?;
    }
}

/// The matches in one collection.
struct Matches<'a> {
    collection: &'a CollectionIndex,
    unit: Unit,
    cursor: ClauseCursor<'a>,
    filters: Vec<RecordFilter<'a>>,
    meter: &'a Meter,
    /// Position and id of the document that the current match is, or belongs to; `None` at the end.
    document: Option<(u32, DocumentId)>,
}

impl<'a> Matches<'a> {
    /// Stands on the first match.
    fn open(collection: &'a CollectionIndex, plan: &Plan, scoring: &Scoring<'a>) -> Result<Matches<'a>, BackendError> {
        let (unit, meter) = (plan.unit, scoring.meter);
        let mut filters = Vec::with_capacity(plan.filters.len());
        for filter in &plan.filters {
            filters.push(RecordFilter::open(collection, unit, filter)?);
        }
        let cursor = match plan.clause {
            // Without words, the filters say where to look.
            Clause::Everything => ClauseCursor::scan(collection, unit, std::mem::take(&mut filters), meter),
            _ => ClauseCursor::open(collection, unit, scoring, &plan.clause)?,
        };
        let mut matches = Matches { collection, unit, cursor, filters, meter, document: None };
        matches.settle()?;
        Ok(matches)
    }

    fn advance(&mut self) -> Result<(), BackendError> {
        self.cursor.advance();
        self.settle()
    }

    /// Goes on to a record that the filters let through, if it does not stand on one, and finds its document.
    fn settle(&mut self) -> Result<(), BackendError> {
        while self.cursor.record() < TERMINATED && !self.meter.is_spent() {
            self.meter.spend(1);
            let record = self.cursor.record();
            if self.filters.iter().all(|filter| filter.accepts(record)) {
                let position = self.collection.document_of(self.unit, record);
                if self.document.as_ref().is_none_or(|(known, _)| *known != position) {
                    self.document = Some((position, self.collection.documents.id_at(position)?));
                }
                return Ok(());
            }
            self.cursor.advance();
        }
        self.document = None;
        Ok(())
    }

    fn id(&self) -> Option<&DocumentId> {
        self.document.as_ref().map(|(_, id)| id)
    }

    /// The current match.
    fn hit(&self) -> Option<Hit> {
        let passage = || self.collection.passages.ordinal(self.cursor.record());
        Some(Hit {
            document: self.id()?.clone(),
            passage: (self.unit == Unit::Passages).then(passage),
            score: self.cursor.value().0,
            key: SortKey::Id,
        })
    }
}

//! One pass over the matches of a plan in one collection: totals, facet counts, cross-tabs and the best hits.

use std::collections::BTreeSet;

use super::bm25::Scoring;
use super::clause::ClauseCursor;
use super::collection::CollectionIndex;
use super::count::{FacetCounter, PartialCounts};
use super::cross::{CrossCounter, Match};
use super::filter::RecordFilter;
use super::meter::FACET;
use super::order::{self, Best, Rank};
use crate::backend::{BackendError, CrossTab};
use crate::plan::{Clause, Filter, Plan, Unit};

/// What a pass found.
pub(super) struct Selection {
    pub(super) total: u64,
    pub(super) total_all_words: u64,
    pub(super) total_documents: u64,
    /// The best records with their scores, best first: as many as offset and limit ask for.
    pub(super) best: Vec<(u32, f32)>,
}

/// The filters of a plan, opened: those that select in a counted facet apart from all others, because the counts of a
/// facet ignore its own selection.
struct Gate<'a> {
    always: Vec<RecordFilter<'a>>,
    /// By counted facet.
    own: Vec<Vec<RecordFilter<'a>>>,
}

/// The facets that a plan counts, each once.
pub(super) fn facets(plan: &Plan) -> Vec<&str> {
    let facets: BTreeSet<&str> = plan.facets.iter().map(String::as_str).collect();
    facets.into_iter().collect()
}

/// Runs a plan over one collection and adds the counts of its [`facets`] to `counts`, one for each, and those of its
/// crosses to `cross_tabs`.
pub(super) fn select(
    collection: &CollectionIndex,
    scoring: &Scoring<'_>,
    plan: &Plan,
    facets: &[&str],
    counts: &mut [PartialCounts],
    cross_tabs: &mut [CrossTab],
) -> Result<Selection, BackendError> {
    let mut gate = Gate::open(collection, plan, facets)?;
    let mut counters = Vec::with_capacity(facets.len());
    for (facet, own) in facets.iter().zip(&gate.own) {
        counters.push(FacetCounter::open(collection, plan.unit, facet, !own.is_empty())?);
    }
    let mut crosses = Vec::with_capacity(plan.crosses.len());
    for cross in &plan.crosses {
        crosses.push(CrossCounter::open(collection, plan.unit, cross, scoring.meter)?);
    }
    let after = plan.page.after.as_ref();
    let first: Option<Rank> =
        after.map(|position| order::first_behind(collection, plan.unit, plan.sort, position)).transpose()?;
    let mut best = Best::new(plan.page.offset.saturating_add(plan.page.limit));
    let mut selection = Selection { total: 0, total_all_words: 0, total_documents: 0, best: Vec::new() };
    let mut last_document = None;
    let mut cursor = match plan.clause {
        // Without words, the filters say where to look.
        Clause::Everything => {
            ClauseCursor::scan(collection, plan.unit, std::mem::take(&mut gate.always), scoring.meter)
        }
        _ => ClauseCursor::open(collection, plan.unit, scoring, &plan.clause)?,
    };
    let meter = scoring.meter;
    let work_of_match = 1 + FACET * (facets.len() + 2 * crosses.len()) as u64;
    while cursor.record() < ::tantivy::TERMINATED && !meter.is_spent() {
        let record = cursor.record();
        meter.spend(work_of_match);
        if let Some(held_back_by) = gate.held_back_by(record) {
            count(&mut counters, record, held_back_by);
            if held_back_by == HeldBackBy::Nothing {
                let (score, words) = cursor.value();
                selection.total += 1;
                selection.total_all_words += u64::from(words & plan.words == plan.words);
                // Records of one document are neighbours.
                let document = collection.document_of(plan.unit, record);
                selection.total_documents += u64::from(last_document != Some(document));
                last_document = Some(document);
                crosses.iter_mut().for_each(|cross| cross.count(Match { record, document, score }));
                let rank = order::rank(collection, plan.unit, plan.sort, record, score);
                if first.is_none_or(|first| rank >= first) {
                    best.offer(rank, score);
                }
            }
        }
        cursor.advance();
    }
    for (counter, counts) in counters.iter().zip(counts) {
        counter.add_to(counts)?;
    }
    for (cross, cross_tab) in crosses.iter().zip(cross_tabs) {
        cross.add_to(cross_tab)?;
    }
    selection.best = best.into_sorted().collect();
    Ok(selection)
}

/// Which facet's own selection holds a record back that passes everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeldBackBy {
    Nothing,
    Facet(usize),
}

fn count(counters: &mut [FacetCounter<'_>], record: u32, held_back_by: HeldBackBy) {
    match held_back_by {
        HeldBackBy::Nothing => counters.iter_mut().for_each(|counter| counter.count(record, false)),
        HeldBackBy::Facet(facet) => counters[facet].count(record, true),
    }
}

impl<'a> Gate<'a> {
    fn open(collection: &'a CollectionIndex, plan: &Plan, facets: &[&str]) -> Result<Gate<'a>, BackendError> {
        let mut gate = Gate { always: Vec::new(), own: facets.iter().map(|_| Vec::new()).collect() };
        for filter in &plan.filters {
            let opened = RecordFilter::open(collection, plan.unit, filter)?;
            match counted_facet(facets, filter) {
                Some(facet) => gate.own[facet].push(opened),
                None => gate.always.push(opened),
            }
        }
        Ok(gate)
    }

    /// `None` for a record that no count and no total sees.
    fn held_back_by(&self, record: u32) -> Option<HeldBackBy> {
        if !self.always.iter().all(|filter| filter.accepts(record)) {
            return None;
        }
        let mut held_back_by = HeldBackBy::Nothing;
        for (facet, filters) in self.own.iter().enumerate() {
            if !filters.iter().all(|filter| filter.accepts(record)) {
                if held_back_by != HeldBackBy::Nothing {
                    return None;
                }
                held_back_by = HeldBackBy::Facet(facet);
            }
        }
        Some(held_back_by)
    }
}

/// Position of the counted facet that a filter selects in.
fn counted_facet(facets: &[&str], filter: &Filter) -> Option<usize> {
    match filter {
        Filter::Facet(selection) => facets.iter().position(|facet| *facet == selection.facet),
        _ => None,
    }
}

/// The units of the collections, for statistics.
pub(super) fn units<'a>(collections: &[&'a CollectionIndex], unit: Unit) -> Vec<&'a super::collection::UnitIndex> {
    collections.iter().map(|collection| collection.unit(unit)).collect()
}

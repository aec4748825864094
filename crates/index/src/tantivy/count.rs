//! Facet counts over the matches of a plan.

use std::collections::BTreeMap;

use ::tantivy::columnar::StrColumn;

use super::collection::{CollectionIndex, text_at};
use crate::backend::{BackendError, FacetCount, FacetCounts};
use crate::plan::Unit;

/// Counts the values of one facet over the records of one collection.
pub(super) struct FacetCounter<'a> {
    column: Option<&'a StrColumn>,
    /// By value number: records that pass everything but perhaps this facet's own selection.
    counts: Vec<u64>,
    /// By value number: those among them that the facet's own selection holds back.
    held_back: Vec<u64>,
    missing: u64,
    /// Whether something is selected in this facet.
    selected: bool,
}

impl<'a> FacetCounter<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        facet: &str,
        selected: bool,
    ) -> Result<FacetCounter<'a>, BackendError> {
        let column = collection.unit(unit).facet(facet)?;
        let values = column.map_or(0, |column| column.dictionary().num_terms());
        Ok(FacetCounter { column, counts: vec![0; values], held_back: vec![0; values], missing: 0, selected })
    }

    /// Counts a record that passes everything but perhaps this facet's own selection.
    pub(super) fn count(&mut self, record: u32, held_back: bool) {
        let mut missing = true;
        for value in self.column.into_iter().flat_map(|column| column.term_ords(record)) {
            missing = false;
            let value = value as usize;
            self.counts[value] += 1;
            if held_back {
                self.held_back[value] += 1;
            }
        }
        self.missing += u64::from(missing);
    }

    /// Adds the counts to those of other collections. `total` is what this collection adds to the answer's total.
    pub(super) fn add_to(&self, counts: &mut PartialCounts) -> Result<(), BackendError> {
        counts.missing += self.missing;
        counts.selected = self.selected;
        for (value, (&count, &held_back)) in self.counts.iter().zip(&self.held_back).enumerate() {
            if count > 0 {
                let (sum, sum_held_back) = counts.values.entry(text_at(self.column, value as u64)?).or_default();
                *sum += count;
                *sum_held_back += held_back;
            }
        }
        Ok(())
    }
}

/// Counts of one facet, summed over the collections so far.
#[derive(Default)]
pub(super) struct PartialCounts {
    values: BTreeMap<String, (u64, u64)>,
    missing: u64,
    selected: bool,
}

impl PartialCounts {
    /// The counts of the answer. A value that joins a selection adds the records that the selection held back; one
    /// that starts a selection leaves its own records.
    pub(super) fn finish(self, total: u64) -> FacetCounts {
        let selected = self.selected;
        let count =
            |(count, held_back)| FacetCount { count, count_if_added: if selected { total + held_back } else { count } };
        let values = self.values.into_iter().map(|(value, counts)| (value, count(counts))).collect();
        FacetCounts { values, missing: self.missing }
    }
}

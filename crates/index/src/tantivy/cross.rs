//! Two facets crossed over the matches of a plan.

use std::collections::BTreeMap;

use ::tantivy::columnar::StrColumn;

use super::collection::{CollectionIndex, text_at};
use crate::backend::{BackendError, CrossTab, CrossValue};
use crate::plan::{Cross, Unit};

/// Cells (8 bytes each) up to which a table is an array; a larger one keeps only the cells that something is in.
const DENSE_CELLS: usize = 1 << 16;

/// Counts the records of one collection by the values of two facets.
pub(super) struct CrossCounter<'a> {
    rows: Axis<'a>,
    columns: Axis<'a>,
    cells: Cells,
}

/// One facet of a table.
struct Axis<'a> {
    column: Option<&'a StrColumn>,
    /// Records by value number; those without a value come last.
    totals: Vec<u64>,
    /// The value numbers of the record that is being counted.
    here: Vec<usize>,
}

/// Records by row and column number.
enum Cells {
    /// Row by row.
    Dense(Vec<u64>),
    Sparse(BTreeMap<(usize, usize), u64>),
}

impl<'a> CrossCounter<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        cross: &Cross,
    ) -> Result<CrossCounter<'a>, BackendError> {
        let rows = Axis::open(collection, unit, &cross.rows)?;
        let columns = Axis::open(collection, unit, &cross.columns)?;
        let cells = Cells::new(rows.totals.len(), columns.totals.len());
        Ok(CrossCounter { rows, columns, cells })
    }

    /// Counts a record that passes every filter, once in each cell.
    pub(super) fn count(&mut self, record: u32) {
        self.rows.count(record);
        self.columns.count(record);
        let width = self.columns.totals.len();
        for &row in &self.rows.here {
            for &column in &self.columns.here {
                match &mut self.cells {
                    Cells::Dense(cells) => cells[row * width + column] += 1,
                    Cells::Sparse(cells) => *cells.entry((row, column)).or_default() += 1,
                }
            }
        }
    }

    /// Adds the counts to those of other collections.
    pub(super) fn add_to(&self, table: &mut CrossTab) -> Result<(), BackendError> {
        let rows = self.rows.add_to(&mut table.rows)?;
        let columns = self.columns.add_to(&mut table.columns)?;
        let mut add = |row: usize, column: usize, count: u64| {
            if count > 0 {
                *table.cells.entry((rows[row].clone(), columns[column].clone())).or_default() += count;
            }
        };
        match &self.cells {
            Cells::Dense(cells) => {
                let width = columns.len();
                cells.iter().enumerate().for_each(|(cell, &count)| add(cell / width, cell % width, count));
            }
            Cells::Sparse(cells) => cells.iter().for_each(|(&(row, column), &count)| add(row, column, count)),
        }
        Ok(())
    }
}

impl Cells {
    fn new(rows: usize, columns: usize) -> Cells {
        match rows.checked_mul(columns) {
            Some(size) if size <= DENSE_CELLS => Cells::Dense(vec![0; size]),
            _ => Cells::Sparse(BTreeMap::new()),
        }
    }
}

impl<'a> Axis<'a> {
    fn open(collection: &'a CollectionIndex, unit: Unit, facet: &str) -> Result<Axis<'a>, BackendError> {
        let column = collection.unit(unit).facet(facet)?;
        let values = column.map_or(0, |column| column.dictionary().num_terms());
        Ok(Axis { column, totals: vec![0; values + 1], here: Vec::new() })
    }

    fn count(&mut self, record: u32) {
        self.here.clear();
        let values = self.column.into_iter().flat_map(|column| column.term_ords(record));
        self.here.extend(values.map(|value| value as usize));
        if self.here.is_empty() {
            self.here.push(self.totals.len() - 1);
        }
        for &value in &self.here {
            self.totals[value] += 1;
        }
    }

    /// Adds the totals to those of other collections, and gives the values by number; `None` also for one that nothing
    /// has, since no cell will ask for it.
    fn add_to(&self, totals: &mut BTreeMap<CrossValue, u64>) -> Result<Vec<CrossValue>, BackendError> {
        let mut values = vec![None; self.totals.len()];
        for (number, &count) in self.totals.iter().enumerate().filter(|(_, count)| **count > 0) {
            if number + 1 < self.totals.len() {
                values[number] = Some(text_at(self.column, number as u64)?);
            }
            *totals.entry(values[number].clone()).or_default() += count;
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10,000 by 10,000 cells would fill 800 MB.
    #[test]
    fn a_large_table_is_sparse() {
        let is_dense = |rows, columns| matches!(Cells::new(rows, columns), Cells::Dense(_));
        assert!(is_dense(256, 256) && is_dense(1, 1));
        assert!(!is_dense(257, 256) && !is_dense(10_001, 10_001) && !is_dense(usize::MAX, 2));
    }
}

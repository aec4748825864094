//! Two facets crossed over the matches of a plan.

use std::collections::BTreeMap;

use ::tantivy::columnar::StrColumn;

use super::collection::{CollectionIndex, text_at};
use super::meter::{CELL, Meter, SPARSE_CELL};
use crate::backend::{BackendError, CrossCell, CrossHit, CrossTab, CrossValue};
use crate::plan::{Cross, Unit};

/// Cells (20 bytes each) up to which a table is an array; a larger one keeps only the cells that something is in.
const DENSE_CELLS: usize = 1 << 16;

/// Counts the records of one collection by the values of two facets. They must come in rising order.
pub(super) struct CrossCounter<'a> {
    collection: &'a CollectionIndex,
    unit: Unit,
    wants_best: bool,
    rows: Axis<'a>,
    columns: Axis<'a>,
    cells: Cells,
    meter: &'a Meter,
}

/// A record that passes every filter.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub(super) record: u32,
    /// Position of its document.
    pub(super) document: u32,
    pub(super) score: f32,
}

/// One facet of a table.
struct Axis<'a> {
    column: Option<&'a StrColumn>,
    /// By value number; records without a value come last.
    totals: Vec<Cell>,
    /// The value numbers of the record that is being counted.
    here: Vec<usize>,
}

/// By row and column number.
enum Cells {
    /// Row by row.
    Dense(Vec<Cell>),
    Sparse(BTreeMap<(usize, usize), Cell>),
}

/// The matches in a cell, row or column.
#[derive(Clone, Copy, Default)]
struct Cell {
    count: u32,
    documents: u32,
    last_document: u32,
    best: u32,
    best_score: f32,
}

impl<'a> CrossCounter<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        cross: &Cross,
        meter: &'a Meter,
    ) -> Result<CrossCounter<'a>, BackendError> {
        let rows = Axis::open(collection, unit, &cross.rows)?;
        let columns = Axis::open(collection, unit, &cross.columns)?;
        let cells = Cells::new(rows.totals.len(), columns.totals.len());
        Ok(CrossCounter { collection, unit, wants_best: cross.best, rows, columns, cells, meter })
    }

    /// Counts a record, once in each cell.
    pub(super) fn count(&mut self, found: Match) {
        self.rows.count(found);
        self.columns.count(found);
        self.meter.spend(CELL * (self.rows.here.len() * self.columns.here.len()) as u64);
        let width = self.columns.totals.len();
        for &row in &self.rows.here {
            for &column in &self.columns.here {
                match &mut self.cells {
                    Cells::Dense(cells) => cells[row * width + column].add(found),
                    Cells::Sparse(cells) => {
                        let cell = cells.entry((row, column)).or_default();
                        if cell.count == 0 {
                            self.meter.spend(SPARSE_CELL);
                        }
                        cell.add(found);
                    }
                }
            }
        }
    }

    /// Adds the counts to those of other collections.
    pub(super) fn add_to(&self, table: &mut CrossTab) -> Result<(), BackendError> {
        let rows = self.rows.values()?;
        let columns = self.columns.values()?;
        for (axis, values, sums) in
            [(&self.rows, &rows, &mut table.rows), (&self.columns, &columns, &mut table.columns)]
        {
            for (value, &cell) in values.iter().zip(&axis.totals) {
                self.add(cell, sums, || value.clone())?;
            }
        }
        let mut add = |row: usize, column: usize, cell| {
            self.add(cell, &mut table.cells, || (rows[row].clone(), columns[column].clone()))
        };
        let width = columns.len();
        match &self.cells {
            Cells::Dense(cells) => {
                cells.iter().enumerate().try_for_each(|(at, &cell)| add(at / width, at % width, cell))
            }
            Cells::Sparse(cells) => cells.iter().try_for_each(|(&(row, column), &cell)| add(row, column, cell)),
        }
    }

    fn add<K: Ord>(
        &self,
        cell: Cell,
        sums: &mut BTreeMap<K, CrossCell>,
        key: impl Fn() -> K,
    ) -> Result<(), BackendError> {
        if cell.count == 0 {
            return Ok(());
        }
        let sum = sums.entry(key()).or_default();
        sum.count += u64::from(cell.count);
        sum.documents += u64::from(cell.documents);
        if self.wants_best {
            let document = self.collection.documents.id_at(self.collection.document_of(self.unit, cell.best))?;
            let passage = (self.unit == Unit::Passages).then(|| self.collection.passages.ordinal(cell.best));
            let best = CrossHit { document, passage, score: cell.best_score };
            sum.best = Some(match sum.best.take() {
                Some(other) if is_better(&other, &best) => other,
                _ => best,
            });
        }
        Ok(())
    }
}

/// Of different collections, so of different documents.
fn is_better(left: &CrossHit, right: &CrossHit) -> bool {
    right.score.total_cmp(&left.score).then_with(|| left.document.cmp(&right.document)).is_lt()
}

impl Cell {
    fn add(&mut self, found: Match) {
        // Records of one document are neighbours.
        let is_first = self.count == 0;
        self.documents += u32::from(is_first || self.last_document != found.document);
        self.last_document = found.document;
        self.count += 1;
        if is_first || found.score > self.best_score {
            (self.best, self.best_score) = (found.record, found.score);
        }
    }
}

impl Cells {
    fn new(rows: usize, columns: usize) -> Cells {
        match rows.checked_mul(columns) {
            Some(size) if size <= DENSE_CELLS => Cells::Dense(vec![Cell::default(); size]),
            _ => Cells::Sparse(BTreeMap::new()),
        }
    }
}

impl<'a> Axis<'a> {
    fn open(collection: &'a CollectionIndex, unit: Unit, facet: &str) -> Result<Axis<'a>, BackendError> {
        let column = collection.unit(unit).facet(facet)?;
        let values = column.map_or(0, |column| column.dictionary().num_terms());
        Ok(Axis { column, totals: vec![Cell::default(); values + 1], here: Vec::new() })
    }

    fn count(&mut self, found: Match) {
        self.here.clear();
        let values = self.column.into_iter().flat_map(|column| column.term_ords(found.record));
        self.here.extend(values.map(|value| value as usize));
        if self.here.is_empty() {
            self.here.push(self.totals.len() - 1);
        }
        for &value in &self.here {
            self.totals[value].add(found);
        }
    }

    /// The values by number; `None` also for one that nothing has, since no cell will ask for it.
    fn values(&self) -> Result<Vec<CrossValue>, BackendError> {
        let mut values = vec![None; self.totals.len()];
        for (number, _) in self.totals.iter().enumerate().filter(|(_, cell)| cell.count > 0) {
            if number + 1 < self.totals.len() {
                values[number] = Some(text_at(self.column, number as u64)?);
            }
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

//! [`Meter`]: the work of an answer, counted against its budget.

use std::cell::Cell;

use crate::plan::Budget;

/// Looking a token up in a dictionary, or opening its postings.
pub(super) const TOKEN: u64 = 128;

/// Opening the postings of a token with positions: 2 KB that stay for as long as the phrase is looked for. So the budget
/// bounds memory as well.
pub(super) const PLACED_TOKEN: u64 = 4_096;

/// Seeking in the postings of a token, and finding the place of its positions.
pub(super) const SEEK: u64 = 16;

/// Reading the values of a record in a facet, to count them.
pub(super) const FACET: u64 = 8;

/// Counting a record in a cell of a table.
pub(super) const CELL: u64 = 4;

/// A new cell of a sparse table, and all that becomes of it: half a kilobyte.
pub(super) const SPARSE_CELL: u64 = 512;

/// What is left of a budget. Work is counted and not timed, so that the same plan over the same index always gets equally
/// far. Whoever does work spends; once the meter is spent, cursors may stop anywhere, and what they stand on counts for
/// nothing: the pass that drives them ends.
pub(super) struct Meter {
    left: Cell<u64>,
}

impl Meter {
    pub(super) fn new(budget: Budget) -> Meter {
        Meter { left: Cell::new(budget.0) }
    }

    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    pub(super) fn spend(&self, work: u64) {
        self.left.set(self.left.get().saturating_sub(work));
    }

    /// Spends what is left.
    pub(super) fn exhaust(&self) {
        self.left.set(0);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

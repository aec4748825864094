//! [`ClauseCursor`]: the boolean tree as one cursor over matching records.

use std::ops::Range;

use ::tantivy::TERMINATED;

use super::bm25::Scoring;
use super::collection::CollectionIndex;
use super::filter::RecordFilter;
use super::meter::Meter;
use super::words::WordsCursor;
use crate::backend::BackendError;
use crate::plan::{Boolean, Clause, Unit};

/// The records that match a clause, in rising order, with score and covered words.
pub(super) enum ClauseCursor<'a> {
    /// Every record, or those that filters let through.
    Scan(ScanCursor<'a>),
    /// None.
    Nothing,
    /// A union of leaves.
    Words(WordsCursor<'a>),
    /// A boolean combination.
    Boolean(BooleanCursor<'a>),
}

impl<'a> ClauseCursor<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        scoring: &Scoring<'a>,
        clause: &Clause,
    ) -> Result<ClauseCursor<'a>, BackendError> {
        let end = collection.unit(unit).len();
        Ok(match clause {
            Clause::Everything => ClauseCursor::scan(collection, unit, Vec::new(), scoring.meter),
            Clause::Nothing => ClauseCursor::Nothing,
            Clause::Words(words) => {
                let mut words = WordsCursor::open(collection.unit(unit), scoring, words)?;
                words.enter(&(0..end));
                ClauseCursor::Words(words)
            }
            Clause::Filter(filter) => {
                ClauseCursor::scan(collection, unit, vec![RecordFilter::open(collection, unit, filter)?], scoring.meter)
            }
            Clause::Boolean(boolean) => ClauseCursor::Boolean(BooleanCursor::open(collection, unit, scoring, boolean)?),
        })
    }

    /// Every record that some filters let through.
    pub(super) fn scan(
        collection: &CollectionIndex,
        unit: Unit,
        filters: Vec<RecordFilter<'a>>,
        meter: &'a Meter,
    ) -> ClauseCursor<'a> {
        ClauseCursor::Scan(ScanCursor::new(filters, collection.unit(unit).len(), meter))
    }

    /// The current record, [`TERMINATED`] at the end.
    pub(super) fn record(&self) -> u32 {
        match self {
            ClauseCursor::Scan(scan) => scan.record,
            ClauseCursor::Nothing => TERMINATED,
            ClauseCursor::Words(words) => words.record(),
            ClauseCursor::Boolean(boolean) => boolean.record,
        }
    }

    /// Moves to the next match.
    pub(super) fn advance(&mut self) {
        match self {
            ClauseCursor::Scan(scan) => scan.find(scan.record.saturating_add(1)),
            ClauseCursor::Nothing => {}
            ClauseCursor::Words(words) => words.advance(),
            ClauseCursor::Boolean(boolean) => boolean.find(boolean.record.saturating_add(1)),
        }
    }

    /// Moves to the first match at or behind `target`.
    fn seek(&mut self, target: u32) {
        if self.record() < target {
            match self {
                ClauseCursor::Scan(scan) => scan.find(target),
                ClauseCursor::Nothing => {}
                ClauseCursor::Words(words) => words.seek(target),
                ClauseCursor::Boolean(boolean) => boolean.find(target),
            }
        }
    }

    /// Score and covered words of the current record.
    pub(super) fn value(&self) -> (f32, u64) {
        match self {
            ClauseCursor::Scan(_) | ClauseCursor::Nothing => (0.0, 0),
            ClauseCursor::Words(words) => words.value(),
            ClauseCursor::Boolean(boolean) => boolean.value,
        }
    }
}

/// All records that some filters let through.
pub(super) struct ScanCursor<'a> {
    filters: Vec<RecordFilter<'a>>,
    meter: &'a Meter,
    record: u32,
    end: u32,
    /// Records that the filters have been held against.
    block: Range<u32>,
    /// Which of them pass.
    passing: Vec<bool>,
    scratch: Vec<u32>,
}

/// Fewest and most records of a block: a block is twice as long as the one before it, while one follows on the other.
const BLOCK: (u32, u32) = (64, 4_096);

impl<'a> ScanCursor<'a> {
    fn new(filters: Vec<RecordFilter<'a>>, end: u32, meter: &'a Meter) -> ScanCursor<'a> {
        let (block, passing, scratch) = (0..0, Vec::new(), Vec::new());
        let mut scan = ScanCursor { filters, meter, record: 0, end, block, passing, scratch };
        scan.find(0);
        scan
    }

    fn find(&mut self, target: u32) {
        let mut target = target;
        self.record = TERMINATED;
        while target < self.end && !self.meter.is_spent() {
            if self.filters.is_empty() {
                self.meter.spend(1);
                self.record = target;
                return;
            }
            if !self.block.contains(&target) {
                self.read_block(target);
            }
            let rest = &self.passing[(target - self.block.start) as usize..];
            if let Some(ahead) = rest.iter().position(|&passes| passes) {
                self.record = target + ahead as u32;
                return;
            }
            target = self.block.end;
        }
    }

    fn read_block(&mut self, start: u32) {
        let (fewest, most) = BLOCK;
        let length = if start == self.block.end { (2 * self.block.len() as u32).clamp(fewest, most) } else { fewest };
        self.block = start..start.saturating_add(length).min(self.end);
        self.meter.spend((self.block.len() * self.filters.len()) as u64);
        self.passing.clear();
        self.passing.resize(self.block.len(), true);
        for filter in &self.filters {
            filter.retain(&self.block, &mut self.passing, &mut self.scratch);
        }
    }
}

/// A boolean combination: candidates come from `must` (all of them) or, without any, from `should` (any of them), or,
/// without these, from all records; each candidate is then held against the other clauses.
pub(super) struct BooleanCursor<'a> {
    must: Vec<ClauseCursor<'a>>,
    should: Vec<ClauseCursor<'a>>,
    must_not: Vec<ClauseCursor<'a>>,
    minimum: u32,
    record: u32,
    end: u32,
    value: (f32, u64),
    meter: &'a Meter,
}

impl<'a> BooleanCursor<'a> {
    fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        scoring: &Scoring<'a>,
        clause: &Boolean,
    ) -> Result<BooleanCursor<'a>, BackendError> {
        let open = |clauses: &[Clause]| {
            clauses
                .iter()
                .map(|clause| ClauseCursor::open(collection, unit, scoring, clause))
                .collect::<Result<Vec<_>, _>>()
        };
        let mut cursor = BooleanCursor {
            must: open(&clause.must)?,
            should: open(&clause.should)?,
            must_not: open(&clause.must_not)?,
            minimum: clause.minimum_should_match,
            record: 0,
            end: collection.unit(unit).len(),
            value: (0.0, 0),
            meter: scoring.meter,
        };
        cursor.find(0);
        Ok(cursor)
    }

    fn find(&mut self, target: u32) {
        let mut target = target;
        let clauses = self.must.len() + self.should.len() + self.must_not.len();
        while !self.meter.is_spent()
            && let Some(candidate) = self.candidate(target)
        {
            self.meter.spend(clauses as u64);
            if let Some(value) = self.hold_against(candidate) {
                self.record = candidate;
                self.value = value;
                return;
            }
            target = candidate + 1;
        }
        self.record = TERMINATED;
    }

    /// The first record at or behind `target` that could match.
    fn candidate(&mut self, target: u32) -> Option<u32> {
        let candidate = if !self.must.is_empty() {
            all_at_or_behind(&mut self.must, target)
        } else if self.minimum > 0 {
            any_at_or_behind(&mut self.should, target)
        } else {
            target
        };
        (candidate < self.end).then_some(candidate)
    }

    /// Score and words of a candidate, `None` if it does not match.
    fn hold_against(&mut self, candidate: u32) -> Option<(f32, u64)> {
        for clause in &mut self.must_not {
            clause.seek(candidate);
            if clause.record() == candidate {
                return None;
            }
        }
        let (mut score, mut words) = (0.0, 0);
        let mut matched = 0;
        for clause in &self.must {
            let value = clause.value();
            score += value.0;
            words |= value.1;
        }
        for clause in &mut self.should {
            clause.seek(candidate);
            if clause.record() == candidate {
                matched += 1;
                let value = clause.value();
                score += value.0;
                words |= value.1;
            }
        }
        (matched >= self.minimum).then_some((score, words))
    }
}

fn all_at_or_behind(clauses: &mut [ClauseCursor<'_>], target: u32) -> u32 {
    let mut target = target;
    loop {
        let start = target;
        for clause in &mut *clauses {
            clause.seek(target);
            target = clause.record();
        }
        if target == start || target == TERMINATED {
            return target;
        }
    }
}

fn any_at_or_behind(clauses: &mut [ClauseCursor<'_>], target: u32) -> u32 {
    let mut nearest = TERMINATED;
    for clause in clauses {
        clause.seek(target);
        nearest = nearest.min(clause.record());
    }
    nearest
}

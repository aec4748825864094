//! [`ClauseCursor`]: the boolean tree as one cursor over matching records.

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
    /// Every record, or those that a filter lets through.
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
            Clause::Everything => ClauseCursor::Scan(ScanCursor::new(None, end, scoring.meter)),
            Clause::Nothing => ClauseCursor::Nothing,
            Clause::Words(words) => {
                let mut words = WordsCursor::open(collection.unit(unit), scoring, words)?;
                words.enter(&(0..end));
                ClauseCursor::Words(words)
            }
            Clause::Filter(filter) => ClauseCursor::Scan(ScanCursor::new(
                Some(RecordFilter::open(collection, unit, filter)?),
                end,
                scoring.meter,
            )),
            Clause::Boolean(boolean) => ClauseCursor::Boolean(BooleanCursor::open(collection, unit, scoring, boolean)?),
        })
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

/// All records that a filter lets through.
pub(super) struct ScanCursor<'a> {
    filter: Option<RecordFilter<'a>>,
    meter: &'a Meter,
    record: u32,
    end: u32,
}

impl<'a> ScanCursor<'a> {
    fn new(filter: Option<RecordFilter<'a>>, end: u32, meter: &'a Meter) -> ScanCursor<'a> {
        let mut scan = ScanCursor { filter, meter, record: 0, end };
        scan.find(0);
        scan
    }

    fn find(&mut self, target: u32) {
        let passes = |record: &u32| self.filter.as_ref().is_none_or(|filter| filter.accepts(*record));
        self.record = (target..self.end).find(passes).unwrap_or(TERMINATED);
        self.meter.spend(u64::from(self.record.min(self.end).saturating_sub(target)));
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

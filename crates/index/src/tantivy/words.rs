//! [`WordsCursor`]: the union of leaves; match, covered words and score in one pass.

use ::tantivy::TERMINATED;
use ::tantivy::fieldnorm::FieldNormReader;

use super::bm25::{LeafScore, Scoring};
use super::collection::UnitIndex;
use super::group::GroupCursor;
use crate::backend::BackendError;
use crate::plan::Words;

/// Records that are scored together: small enough for their scores to stay in the processor's cache.
const WINDOW: usize = 2048;

/// The records that match a [`Words`] clause, in rising order.
///
/// Leaf by leaf, the postings of a window of records are added into an array of scores and one of word bitmasks;
/// then the window is read in order. Each posting costs an addition and a bitwise or, however many leaves there
/// are, where stacked boolean queries pay for a heap or for several passes.
pub(super) struct WordsCursor {
    leaves: Vec<LeafCursor>,
    minimum: u32,
    window: Box<Window>,
    record: u32,
}

struct LeafCursor {
    group: GroupCursor,
    score: LeafScore,
    norms: FieldNormReader,
    words: u64,
    anchor: bool,
}

struct Window {
    start: u32,
    scores: [f32; WINDOW],
    words: [u64; WINDOW],
    /// Bits of the records that some leaf has.
    touched: [u64; WINDOW / 64],
    /// Bits of the records that an anchor has.
    anchored: [u64; WINDOW / 64],
}

impl WordsCursor {
    pub(super) fn open(unit: &UnitIndex, scoring: &Scoring<'_>, clause: &Words) -> Result<WordsCursor, BackendError> {
        let mut leaves = Vec::with_capacity(clause.leaves.len());
        for leaf in &clause.leaves {
            let Some((segment, field)) = unit.field(leaf.field) else { continue };
            let group = GroupCursor::open(segment.inverted_index(field)?.as_ref(), field, leaf)?;
            if group.record() < TERMINATED {
                leaves.push(LeafCursor {
                    group,
                    score: scoring.leaf(leaf)?,
                    norms: segment.get_fieldnorms_reader(field)?,
                    words: leaf.words,
                    anchor: leaf.anchor,
                });
            }
        }
        let mut cursor = WordsCursor { leaves, minimum: clause.minimum, window: Box::new(Window::new()), record: 0 };
        cursor.fill(0);
        cursor.find(0);
        Ok(cursor)
    }

    /// The current record, [`TERMINATED`] at the end.
    pub(super) fn record(&self) -> u32 {
        self.record
    }

    /// Moves to the next match.
    pub(super) fn advance(&mut self) {
        self.find(self.record.saturating_add(1));
    }

    /// Moves to the first match at or behind `target`.
    pub(super) fn seek(&mut self, target: u32) {
        if self.record < target {
            self.find(target);
        }
    }

    /// Score and covered words of the current record.
    pub(super) fn value(&self) -> (f32, u64) {
        let slot = (self.record - self.window.start) as usize;
        (self.window.scores[slot], self.window.words[slot])
    }

    /// Settles on the first match at or behind `target`, window by window.
    fn find(&mut self, target: u32) {
        let mut target = target;
        while target < TERMINATED {
            if let Some(slot) = self.window.next_match(target, self.minimum) {
                self.record = self.window.start + slot;
                return;
            }
            target = target.max(self.window.end());
            if !self.fill(target) {
                break;
            }
        }
        self.record = TERMINATED;
    }

    /// Scores the window that begins at the first record at or behind `target`; `false` if there is none.
    fn fill(&mut self, target: u32) -> bool {
        self.window.clear();
        for leaf in &mut self.leaves {
            leaf.group.seek(target);
        }
        let Some(start) = self.leaves.iter().map(|leaf| leaf.group.record()).min() else { return false };
        self.window.start = start;
        if start == TERMINATED {
            return false;
        }
        let end = self.window.end();
        for leaf in &mut self.leaves {
            leaf.add_to(&mut self.window, end);
        }
        true
    }
}

impl LeafCursor {
    fn add_to(&mut self, window: &mut Window, end: u32) {
        let mut record = self.group.record();
        while record < end {
            let slot = (record - window.start) as usize;
            let score = self.score.score(self.group.frequency(), self.norms.fieldnorm_id(record));
            window.add(slot, score, self.words, self.anchor);
            self.group.advance();
            record = self.group.record();
        }
    }
}

impl Window {
    fn new() -> Window {
        Window {
            start: TERMINATED,
            scores: [0.0; WINDOW],
            words: [0; WINDOW],
            touched: [0; WINDOW / 64],
            anchored: [0; WINDOW / 64],
        }
    }

    fn end(&self) -> u32 {
        self.start.saturating_add(WINDOW as u32)
    }

    #[inline]
    fn add(&mut self, slot: usize, score: f32, words: u64, anchor: bool) {
        self.scores[slot] += score;
        self.words[slot] |= words;
        let bit = 1_u64 << (slot % 64);
        self.touched[slot / 64] |= bit;
        if anchor {
            self.anchored[slot / 64] |= bit;
        }
    }

    /// Empties the slots that were touched; the others are empty already.
    fn clear(&mut self) {
        for block in 0..WINDOW / 64 {
            let mut bits = self.touched[block];
            while bits != 0 {
                let slot = block * 64 + bits.trailing_zeros() as usize;
                self.scores[slot] = 0.0;
                self.words[slot] = 0;
                bits &= bits - 1;
            }
            self.touched[block] = 0;
            self.anchored[block] = 0;
        }
        self.start = TERMINATED;
    }

    /// First slot at or behind `target` that an anchor has and that covers enough words.
    fn next_match(&self, target: u32, minimum: u32) -> Option<u32> {
        if self.start == TERMINATED || target >= self.end() {
            return None;
        }
        let first = target.saturating_sub(self.start) as usize;
        for block in first / 64..WINDOW / 64 {
            let before = if block == first / 64 { (1_u64 << (first % 64)) - 1 } else { 0 };
            let mut bits = self.anchored[block] & !before;
            while bits != 0 {
                let slot = block * 64 + bits.trailing_zeros() as usize;
                if self.words[slot].count_ones() >= minimum {
                    return Some(slot as u32);
                }
                bits &= bits - 1;
            }
        }
        None
    }
}

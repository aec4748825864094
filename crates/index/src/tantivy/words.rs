//! [`WordsCursor`]: the union of leaves; match, covered words and score in one pass.

use std::ops::Range;

use ::tantivy::TERMINATED;
use ::tantivy::fieldnorm::FieldNormReader;

use super::bm25::{LeafScore, Scoring};
use super::collection::UnitIndex;
use super::group::MemberCursor;
use crate::backend::BackendError;
use crate::plan::Words;

/// Records that are scored together: small enough for their scores to stay in the processor's cache.
const WINDOW: usize = 2048;

/// The records that match a [`Words`] clause, in rising order.
///
/// Leaf by leaf, the postings of a window of records are added into an array of scores and one of word bitmasks;
/// then the window is read in order. Each posting costs an addition and a bitwise or, however many leaves there
/// are and however many members a group has, where stacked boolean queries pay for a heap or for several passes.
pub(super) struct WordsCursor {
    leaves: Vec<LeafCursor>,
    minimum: u32,
    window: Box<Window>,
    record: u32,
    /// Records from here on are left out.
    end: u32,
}

struct LeafCursor {
    members: Vec<MemberCursor>,
    score: LeafScore,
    norms: FieldNormReader,
    words: u64,
    anchor: bool,
}

struct Window {
    start: u32,
    end: u32,
    scores: [f32; WINDOW],
    words: [u64; WINDOW],
    /// Records that some leaf has.
    touched: Bits,
    /// Records that an anchor has.
    anchored: Bits,
    /// Frequencies of the group that is being added; all 0 between two groups.
    frequencies: [f32; WINDOW],
    /// Records that the group has.
    in_group: Bits,
}

/// One bit for each record of a window.
#[derive(Clone, Copy)]
struct Bits([u64; WINDOW / 64]);

impl WordsCursor {
    /// Opens the postings; the cursor stands nowhere until it enters a range.
    pub(super) fn open(unit: &UnitIndex, scoring: &Scoring<'_>, clause: &Words) -> Result<WordsCursor, BackendError> {
        let mut leaves = Vec::with_capacity(clause.leaves.len());
        for leaf in &clause.leaves {
            let Some((segment, field)) = unit.field(leaf.field) else { continue };
            let members = MemberCursor::open_all(segment.inverted_index(field)?.as_ref(), field, leaf)?;
            if !members.is_empty() {
                leaves.push(LeafCursor {
                    members,
                    score: scoring.leaf(leaf)?,
                    norms: segment.get_fieldnorms_reader(field)?,
                    words: leaf.words,
                    anchor: leaf.anchor,
                });
            }
        }
        let window = Box::new(Window::new());
        Ok(WordsCursor { leaves, minimum: clause.minimum, window, record: TERMINATED, end: 0 })
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

    /// Settles on the first match in a range, which must lie behind the ranges before it, and goes no further than its
    /// end: nothing beyond is scored.
    pub(super) fn enter(&mut self, range: &Range<u32>) {
        self.end = range.end;
        self.fill(range.start);
        self.find(range.start);
    }

    /// Score and covered words of the current record.
    pub(super) fn value(&self) -> (f32, u64) {
        let slot = (self.record - self.window.start) as usize;
        (self.window.scores[slot], self.window.words[slot])
    }

    /// Settles on the first match at or behind `target`, window by window.
    fn find(&mut self, target: u32) {
        let mut target = target;
        while target < self.end {
            if let Some(record) = self.window.next_match(target, self.minimum) {
                self.record = record;
                return;
            }
            target = target.max(self.window.end);
            if !self.fill(target) {
                break;
            }
        }
        self.record = TERMINATED;
    }

    /// Scores the window that begins at the first record at or behind `target`; `false` if there is none.
    fn fill(&mut self, target: u32) -> bool {
        self.window.clear();
        let mut start = TERMINATED;
        for member in self.leaves.iter_mut().flat_map(|leaf| &mut leaf.members) {
            member.seek(target);
            start = start.min(member.record());
        }
        if start >= self.end {
            return false;
        }
        self.window.start = start;
        self.window.end = start.saturating_add(WINDOW as u32).min(self.end);
        for leaf in &mut self.leaves {
            leaf.add_to(&mut self.window);
        }
        true
    }
}

impl LeafCursor {
    fn add_to(&mut self, window: &mut Window) {
        let (score, norms, words, anchor) = (&self.score, &self.norms, self.words, self.anchor);
        if let [member] = self.members.as_mut_slice() {
            while member.record() < window.end {
                let record = member.record();
                let score = score.score(member.frequency(), norms.fieldnorm_id(record));
                window.add((record - window.start) as usize, score, words, anchor);
                member.advance();
            }
            return;
        }
        // The members are one term: their frequencies are summed before the score is taken.
        for member in &mut self.members {
            while member.record() < window.end {
                let slot = (member.record() - window.start) as usize;
                window.frequencies[slot] += member.frequency();
                window.in_group.set(slot);
                member.advance();
            }
        }
        let in_group = std::mem::replace(&mut window.in_group, Bits::NONE);
        for slot in in_group.from(0) {
            let frequency = std::mem::take(&mut window.frequencies[slot]);
            let norm = norms.fieldnorm_id(window.start + slot as u32);
            window.add(slot, score.score(frequency, norm), words, anchor);
        }
    }
}

impl Window {
    fn new() -> Window {
        Window {
            start: 0,
            end: 0,
            scores: [0.0; WINDOW],
            words: [0; WINDOW],
            touched: Bits::NONE,
            anchored: Bits::NONE,
            frequencies: [0.0; WINDOW],
            in_group: Bits::NONE,
        }
    }

    #[inline]
    fn add(&mut self, slot: usize, score: f32, words: u64, anchor: bool) {
        self.scores[slot] += score;
        self.words[slot] |= words;
        self.touched.set(slot);
        if anchor {
            self.anchored.set(slot);
        }
    }

    /// Empties the slots that were touched; the others are empty already.
    fn clear(&mut self) {
        for slot in self.touched.from(0) {
            self.scores[slot] = 0.0;
            self.words[slot] = 0;
        }
        self.touched = Bits::NONE;
        self.anchored = Bits::NONE;
        (self.start, self.end) = (0, 0);
    }

    /// First record at or behind `target` that an anchor has and that covers enough words.
    fn next_match(&self, target: u32, minimum: u32) -> Option<u32> {
        if target >= self.end {
            return None;
        }
        let first = target.saturating_sub(self.start) as usize;
        let slot = self.anchored.from(first).find(|&slot| self.words[slot].count_ones() >= minimum)?;
        Some(self.start + slot as u32)
    }
}

impl Bits {
    const NONE: Bits = Bits([0; WINDOW / 64]);

    #[inline]
    fn set(&mut self, slot: usize) {
        self.0[slot / 64] |= 1 << (slot % 64);
    }

    /// The slots that are set, from `first` on, rising.
    fn from(self, first: usize) -> impl Iterator<Item = usize> {
        let blocks = self.0.into_iter().enumerate().skip(first / 64);
        blocks.flat_map(move |(block, bits)| {
            let before = if block == first / 64 { (1_u64 << (first % 64)) - 1 } else { 0 };
            let mut bits = bits & !before;
            std::iter::from_fn(move || {
                let slot = (bits != 0).then(|| block * 64 + bits.trailing_zeros() as usize);
                bits &= bits.wrapping_sub(1);
                slot
            })
        })
    }
}

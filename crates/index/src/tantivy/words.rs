//! [`WordsCursor`]: the union of leaves; match, covered words and score in one pass.

use std::ops::Range;

use ::tantivy::fieldnorm::FieldNormReader;
use ::tantivy::schema::Field as EngineField;
use ::tantivy::{SegmentReader, TERMINATED};

use super::bm25::{LeafScore, Scoring};
use super::collection::UnitIndex;
use super::group::{MemberCursor, opening};
use super::meter::Meter;
use crate::backend::BackendError;
use crate::plan::{Leaf, Words};

/// Records that are scored together: small enough for their scores to stay in the processor's cache.
const WINDOW: usize = 2048;

/// Tokens up to which the postings of all leaves are open side by side (2 KB each).
const MANY: usize = 512;

/// The records that match a [`Words`] clause, in rising order.
///
/// Leaf by leaf, the postings of a window of records are added into an array of scores and one of word bitmasks;
/// then the window is read in order. Each posting costs an addition and a bitwise or, however many leaves there
/// are and however many members a group has, where stacked boolean queries pay for a heap or for several passes.
///
/// With [`MANY`] tokens and more (a prefix stands for up to a thousand) there is one window over all records, filled at once,
/// with the postings of one member open at a time: 16 bytes for each record of the unit, however many tokens there are.
pub(super) struct WordsCursor<'a> {
    /// None when the window is over all records.
    leaves: Vec<LeafCursor<'a>>,
    minimum: u32,
    window: Box<Window>,
    meter: &'a Meter,
    record: u32,
    /// Records from here on are left out.
    end: u32,
    /// Where the records end that have matches, perhaps behind a window that the budget made shorter.
    reach: u32,
}

struct LeafCursor<'a> {
    members: Vec<MemberCursor<'a>>,
    scorer: Scorer,
}

/// What the frequency of a leaf adds to a record.
struct Scorer {
    score: LeafScore,
    norms: FieldNormReader,
    words: u64,
    anchor: bool,
}

struct Window {
    start: u32,
    end: u32,
    scores: Box<[f32]>,
    /// Nothing where every leaf covers the same words.
    words: Box<[u64]>,
    /// The words that every leaf covers where all cover the same.
    words_of_all: u64,
    /// Records that some leaf has.
    touched: Bits,
    /// Records that an anchor has.
    anchored: Bits,
    /// Frequencies of the group that is being added; all 0 between two groups.
    frequencies: Box<[f32]>,
    /// Records that the group has.
    in_group: Bits,
}

/// One bit for each record of a window.
struct Bits(Box<[u64]>);

impl<'a> WordsCursor<'a> {
    /// Opens the postings; the cursor stands nowhere until it enters a range.
    pub(super) fn open(
        unit: &UnitIndex,
        scoring: &Scoring<'a>,
        clause: &Words,
    ) -> Result<WordsCursor<'a>, BackendError> {
        let mut words = clause.leaves.iter().map(|leaf| leaf.words);
        let words_of_all = words.next().filter(|first| words.all(|words| words == *first));
        let is_wide = clause.leaves.iter().map(tokens).sum::<usize>() >= MANY;
        let size = if is_wide { 0 } else { WINDOW };
        let mut cursor = WordsCursor {
            leaves: Vec::new(),
            minimum: clause.minimum,
            window: Box::new(Window::new(size, words_of_all)),
            meter: scoring.meter,
            record: TERMINATED,
            end: 0,
            reach: if is_wide { unit.len() } else { 0 },
        };
        if is_wide {
            cursor.fill_at_once(unit, scoring, clause, words_of_all)?;
        } else {
            cursor.open_leaves(unit, scoring, clause)?;
        }
        Ok(cursor)
    }

    fn open_leaves(&mut self, unit: &UnitIndex, scoring: &Scoring<'a>, clause: &Words) -> Result<(), BackendError> {
        for leaf in &clause.leaves {
            let Some((segment, field)) = unit.field(leaf.field) else { continue };
            let index = segment.inverted_index(field)?;
            let mut members = Vec::with_capacity(leaf.members.len());
            for member in leaf.members.iter() {
                members.extend(MemberCursor::open(&index, field, member, self.meter)?);
            }
            if !members.is_empty() {
                self.leaves.push(LeafCursor { members, scorer: Scorer::of(leaf, scoring, segment, field)? });
            }
        }
        Ok(())
    }

    /// Scores all records, or as many of the first ones as the budget pays for.
    fn fill_at_once(
        &mut self,
        unit: &UnitIndex,
        scoring: &Scoring<'a>,
        clause: &Words,
        words_of_all: Option<u64>,
    ) -> Result<(), BackendError> {
        let mut scorers = Vec::with_capacity(clause.leaves.len());
        let mut postings = 1;
        for leaf in &clause.leaves {
            let Some((segment, field)) = unit.field(leaf.field) else { continue };
            let scorer = Scorer::of(leaf, scoring, segment, field)?;
            postings += scorer.score.postings;
            scorers.push((leaf, segment.inverted_index(field)?, field, scorer));
        }
        let opening = clause.leaves.iter().flat_map(|leaf| leaf.members.iter()).map(opening).sum();
        // Half of what is left then, so that the records can be counted as well.
        let left = self.meter.left().saturating_sub(opening) / 2;
        let payable = u128::from(unit.len()) * u128::from(left) / u128::from(postings);
        let size = u32::try_from(payable).unwrap_or(u32::MAX).min(unit.len());
        let mut window = Window::new(size as usize, words_of_all);
        window.end = size;
        for (leaf, index, field, scorer) in &scorers {
            for member in leaf.members.iter() {
                if let Some(mut member) = MemberCursor::open(index, *field, member, self.meter)? {
                    member.seek(0);
                    self.meter.spend(window.add_frequencies(&mut member));
                }
            }
            window.add_group(scorer);
        }
        window.forget_scratch();
        if !self.meter.is_spent() {
            *self.window = window;
        }
        Ok(())
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
        self.find(range.start);
    }

    /// Score and covered words of the current record.
    pub(super) fn value(&self) -> (f32, u64) {
        let slot = (self.record - self.window.start) as usize;
        (self.window.scores[slot], self.window.words_at(slot))
    }

    /// Settles on the first match at or behind `target`, window by window.
    fn find(&mut self, target: u32) {
        let mut target = target;
        while target < self.end {
            if let Some(record) = self.window.next_match(target, self.minimum) {
                self.record = if record < self.end { record } else { TERMINATED };
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
        if self.leaves.is_empty() {
            // Behind a window over all records there is nothing, unless the budget made it a shorter one.
            if target < self.reach {
                self.meter.exhaust();
            }
            return false;
        }
        self.window.clear();
        let mut start = TERMINATED;
        for member in self.leaves.iter_mut().flat_map(|leaf| &mut leaf.members) {
            member.seek(target);
            start = start.min(member.record());
        }
        if start >= self.end || self.meter.is_spent() {
            return false;
        }
        self.window.start = start;
        self.window.end = start.saturating_add(WINDOW as u32).min(self.end);
        for leaf in &mut self.leaves {
            self.meter.spend(leaf.add_to(&mut self.window));
        }
        true
    }
}

/// Number of tokens in a leaf.
fn tokens(leaf: &Leaf) -> usize {
    leaf.members.iter().flat_map(|member| &member.phrase.slots).map(|slot| slot.tokens.len()).sum()
}

impl LeafCursor<'_> {
    /// Gives back how many postings were read.
    fn add_to(&mut self, window: &mut Window) -> u64 {
        if let [member] = self.members.as_mut_slice() {
            return window.add_member(member, &self.scorer);
        }
        // The members are one term: their frequencies are summed before the score is taken.
        let postings = self.members.iter_mut().map(|member| window.add_frequencies(member)).sum();
        window.add_group(&self.scorer);
        postings
    }
}

impl Scorer {
    fn of(
        leaf: &Leaf,
        scoring: &Scoring<'_>,
        segment: &SegmentReader,
        field: EngineField,
    ) -> Result<Scorer, BackendError> {
        let norms = segment.get_fieldnorms_reader(field)?;
        Ok(Scorer { score: scoring.leaf(leaf)?, norms, words: leaf.words, anchor: leaf.anchor })
    }
}

impl Window {
    /// An empty window of so many records. `words_of_all` where all leaves cover the same words.
    fn new(size: usize, words_of_all: Option<u64>) -> Window {
        Window {
            start: 0,
            end: 0,
            scores: vec![0.0; size].into(),
            words: vec![0; if words_of_all.is_some() { 0 } else { size }].into(),
            words_of_all: words_of_all.unwrap_or(0),
            touched: Bits::none(size),
            anchored: Bits::none(size),
            frequencies: vec![0.0; size].into(),
            in_group: Bits::none(size),
        }
    }

    /// Adds the only member of a leaf, and gives back how many postings were read.
    fn add_member(&mut self, member: &mut MemberCursor<'_>, scorer: &Scorer) -> u64 {
        let mut postings = 0;
        while member.record() < self.end {
            let record = member.record();
            let score = scorer.score.score(member.frequency(), scorer.norms.fieldnorm_id(record));
            self.add((record - self.start) as usize, score, scorer);
            member.advance();
            postings += 1;
        }
        postings
    }

    /// Adds the frequencies of one of several members, and gives back how many postings were read.
    fn add_frequencies(&mut self, member: &mut MemberCursor<'_>) -> u64 {
        let mut postings = 0;
        while member.record() < self.end {
            let slot = (member.record() - self.start) as usize;
            self.frequencies[slot] += member.frequency();
            self.in_group.set(slot);
            member.advance();
            postings += 1;
        }
        postings
    }

    /// Adds the score of the group whose frequencies are there, and takes these away.
    fn add_group(&mut self, scorer: &Scorer) {
        for block in 0..self.in_group.0.len() {
            let mut bits = std::mem::take(&mut self.in_group.0[block]);
            while let Some(slot) = next_slot(block, &mut bits) {
                let frequency = std::mem::take(&mut self.frequencies[slot]);
                let norm = scorer.norms.fieldnorm_id(self.start + slot as u32);
                self.add(slot, scorer.score.score(frequency, norm), scorer);
            }
        }
    }

    #[inline]
    fn add(&mut self, slot: usize, score: f32, scorer: &Scorer) {
        self.scores[slot] += score;
        if let Some(words) = self.words.get_mut(slot) {
            *words |= scorer.words;
        }
        self.touched.set(slot);
        if scorer.anchor {
            self.anchored.set(slot);
        }
    }

    fn words_at(&self, slot: usize) -> u64 {
        self.words.get(slot).copied().unwrap_or(self.words_of_all)
    }

    /// Empties the slots that were touched; the others are empty already.
    fn clear(&mut self) {
        for block in 0..self.touched.0.len() {
            let mut bits = std::mem::take(&mut self.touched.0[block]);
            self.anchored.0[block] = 0;
            while let Some(slot) = next_slot(block, &mut bits) {
                self.scores[slot] = 0.0;
                if let Some(words) = self.words.get_mut(slot) {
                    *words = 0;
                }
            }
        }
        (self.start, self.end) = (0, 0);
    }

    /// Lets go of what only filling needs.
    fn forget_scratch(&mut self) {
        self.frequencies = Box::default();
        self.in_group = Bits(Box::default());
        self.touched = Bits(Box::default());
    }

    /// First record at or behind `target` that an anchor has and that covers enough words.
    fn next_match(&self, target: u32, minimum: u32) -> Option<u32> {
        if target >= self.end {
            return None;
        }
        let first = target.saturating_sub(self.start) as usize;
        let slot = self.anchored.from(first).find(|&slot| self.words_at(slot).count_ones() >= minimum)?;
        Some(self.start + slot as u32)
    }
}

impl Bits {
    fn none(size: usize) -> Bits {
        Bits(vec![0; size.div_ceil(64)].into())
    }

    #[inline]
    fn set(&mut self, slot: usize) {
        self.0[slot / 64] |= 1 << (slot % 64);
    }

    /// The slots that are set, from `first` on, rising.
    fn from(&self, first: usize) -> impl Iterator<Item = usize> {
        let blocks = self.0.iter().enumerate().skip(first / 64);
        blocks.flat_map(move |(block, &bits)| {
            let before = if block == first / 64 { (1_u64 << (first % 64)) - 1 } else { 0 };
            let mut bits = bits & !before;
            std::iter::from_fn(move || next_slot(block, &mut bits))
        })
    }
}

/// The first slot of a block whose bit is set, which is taken away.
#[inline]
fn next_slot(block: usize, bits: &mut u64) -> Option<usize> {
    let slot = (*bits != 0).then(|| block * 64 + bits.trailing_zeros() as usize);
    *bits &= bits.wrapping_sub(1);
    slot
}

//! [`MemberCursor`]: a token or phrase of a synonym group as a cursor over records.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use ::tantivy::postings::{Postings, SegmentPostings};
use ::tantivy::schema::{Field as EngineField, IndexRecordOption};
use ::tantivy::{DocSet, InvertedIndexReader, TERMINATED, Term};

use super::meter::{Meter, PLACED_TOKEN, SEEK, TOKEN};
use crate::backend::BackendError;
use crate::plan::{Member, Phrase, Slot};

/// The records that have a token or phrase, in rising order, each with its weighted frequency.
pub(super) struct MemberCursor<'a> {
    weight: f32,
    postings: MemberPostings<'a>,
}

enum MemberPostings<'a> {
    Token(Box<SegmentPostings>),
    Phrase(PhraseCursor<'a>),
}

impl<'a> MemberCursor<'a> {
    /// Opens a member of a leaf; `None` if the index lacks it.
    pub(super) fn open(
        index: &InvertedIndexReader,
        field: EngineField,
        member: &Member,
        meter: &'a Meter,
    ) -> Result<Option<MemberCursor<'a>>, BackendError> {
        let postings = match member.phrase.slots.as_slice() {
            [Slot { tokens, .. }] if tokens.len() == 1 => {
                meter.spend(TOKEN);
                let postings = read(index, field, &tokens[0], IndexRecordOption::WithFreqs)?;
                postings.map(|postings| MemberPostings::Token(Box::new(postings)))
            }
            _ => PhraseCursor::open(index, field, &member.phrase, meter)?.map(MemberPostings::Phrase),
        };
        Ok(postings.map(|postings| MemberCursor { weight: member.weight, postings }))
    }

    /// Records that have the token, so that no more seeks find something to do; 0 of a phrase, which tells the meter itself.
    pub(super) fn postings(&self) -> u64 {
        match &self.postings {
            MemberPostings::Token(postings) => u64::from(postings.doc_freq()),
            MemberPostings::Phrase(_) => 0,
        }
    }

    /// The current record, [`TERMINATED`] at the end.
    #[inline]
    pub(super) fn record(&self) -> u32 {
        match &self.postings {
            MemberPostings::Token(postings) => postings.doc(),
            MemberPostings::Phrase(phrase) => phrase.record,
        }
    }

    /// Moves to the next record.
    #[inline]
    pub(super) fn advance(&mut self) {
        match &mut self.postings {
            MemberPostings::Token(postings) => {
                postings.advance();
            }
            MemberPostings::Phrase(phrase) => phrase.seek(phrase.record.saturating_add(1)),
        }
    }

    /// Moves to the first record at or behind `target`.
    pub(super) fn seek(&mut self, target: u32) {
        match &mut self.postings {
            MemberPostings::Token(postings) => {
                seek(postings, target);
            }
            MemberPostings::Phrase(phrase) => phrase.seek(target),
        }
    }

    /// Weight × frequency in a record, 0 if it does not have the member. Records must come in rising order; nothing
    /// between them is looked at, so [`MemberCursor::record`] says nothing from then on.
    pub(super) fn frequency_in(&mut self, record: u32) -> f32 {
        let frequency = match &mut self.postings {
            MemberPostings::Token(postings) => {
                if seek(postings, record) == record {
                    postings.term_freq()
                } else {
                    0
                }
            }
            MemberPostings::Phrase(phrase) => phrase.frequency_in(record),
        };
        self.weight * frequency as f32
    }

    /// Weight × frequency in the current record.
    #[inline]
    pub(super) fn frequency(&self) -> f32 {
        let frequency = match &self.postings {
            MemberPostings::Token(postings) => postings.term_freq(),
            MemberPostings::Phrase(phrase) => phrase.frequency,
        };
        self.weight * frequency as f32
    }
}

/// Work that opening a member takes.
pub(super) fn opening(member: &Member) -> u64 {
    match member.phrase.slots.as_slice() {
        [Slot { tokens, .. }] if tokens.len() == 1 => TOKEN,
        slots => slots.iter().map(|slot| PLACED_TOKEN * slot.tokens.len() as u64).sum(),
    }
}

/// The records in which tokens stand at given distances. It stands nowhere until it seeks.
struct PhraseCursor<'a> {
    slots: Vec<SlotCursor>,
    slop: u32,
    record: u32,
    /// 0 where it stands nowhere.
    frequency: u32,
    meter: &'a Meter,
}

impl<'a> PhraseCursor<'a> {
    fn open(
        index: &InvertedIndexReader,
        field: EngineField,
        phrase: &Phrase,
        meter: &'a Meter,
    ) -> Result<Option<PhraseCursor<'a>>, BackendError> {
        let mut slots = Vec::with_capacity(phrase.slots.len());
        for slot in &phrase.slots {
            let Some(slot) = SlotCursor::open(index, field, slot, meter)? else { return Ok(None) };
            slots.push(slot);
        }
        Ok(Some(PhraseCursor { slots, slop: phrase.slop, record: 0, frequency: 0, meter }))
    }

    /// Moves to the first record at or behind `target` that has the phrase.
    fn seek(&mut self, target: u32) {
        if self.frequency > 0 && self.record >= target {
            return;
        }
        let mut target = target;
        while target < TERMINATED && !self.meter.is_spent() {
            let Some(candidate) = self.all_at_or_behind(target) else { break };
            self.frequency = self.count(candidate);
            if self.frequency > 0 {
                self.record = candidate;
                return;
            }
            target = candidate + 1;
        }
        self.record = TERMINATED;
        self.frequency = 0;
    }

    fn frequency_in(&mut self, record: u32) -> u32 {
        let meter = self.meter;
        if self.slots.iter_mut().all(|slot| slot.seek(record, meter) == record) { self.count(record) } else { 0 }
    }

    /// The first record at or behind `target` that every slot has.
    fn all_at_or_behind(&mut self, target: u32) -> Option<u32> {
        let mut target = target;
        loop {
            let start = target;
            for slot in &mut self.slots {
                target = target.max(slot.seek(target, self.meter));
            }
            if target == TERMINATED {
                return None;
            }
            if target == start {
                return Some(target);
            }
        }
    }

    /// How many places the phrase starts at: positions of the first slot from which every next slot can be reached
    /// in order with at most `slop` extra positions in all.
    ///
    /// From the last slot to the first it is noted where the phrase ends at the earliest if a slot stands at each of its
    /// positions. Both rise together, so that every position is passed once, whatever the slop.
    fn count(&mut self, record: u32) -> u32 {
        for slot in &mut self.slots {
            slot.read_positions(record, self.meter);
        }
        for at in (0..self.slots.len()).rev() {
            let (slots, behind) = self.slots.split_at_mut(at + 1);
            slots[at].find_ends(behind.first());
        }
        let Some(first) = self.slots.first() else { return 0 };
        let within_slop = |(start, end): &(&i64, &i64)| *end - *start <= i64::from(self.slop);
        u32::try_from(first.positions.iter().zip(&first.ends).filter(within_slop).count()).unwrap_or(u32::MAX)
    }
}

/// One place of a phrase: the tokens that may stand there.
struct SlotCursor {
    tokens: Vec<SegmentPostings>,
    /// The record that each token stands on, with its number; the nearest on top.
    nearest: BinaryHeap<Reverse<(u32, usize)>>,
    offset: u32,
    /// Positions in the current record, less the slot's offset, sorted.
    positions: Vec<i64>,
    /// Where the phrase ends at the earliest, for each position from which its end can be reached: the first of them.
    ends: Vec<i64>,
    scratch: Vec<u32>,
}

impl SlotCursor {
    /// `None` if the index lacks all of its tokens.
    fn open(
        index: &InvertedIndexReader,
        field: EngineField,
        slot: &Slot,
        meter: &Meter,
    ) -> Result<Option<SlotCursor>, BackendError> {
        let mut tokens = Vec::with_capacity(slot.tokens.len());
        for token in &slot.tokens {
            meter.spend(PLACED_TOKEN);
            if meter.is_spent() {
                return Ok(None);
            }
            tokens.extend(read(index, field, token, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let nearest: BinaryHeap<_> =
            tokens.iter().enumerate().map(|(number, token)| Reverse((token.doc(), number))).collect();
        let (positions, ends, scratch) = (Vec::new(), Vec::new(), Vec::new());
        let cursor = SlotCursor { tokens, nearest, offset: slot.offset, positions, ends, scratch };
        Ok((!cursor.tokens.is_empty()).then_some(cursor))
    }

    /// The first record at or behind `target` that one of the tokens has.
    fn seek(&mut self, target: u32, meter: &Meter) -> u32 {
        while let Some(mut nearest) = self.nearest.peek_mut() {
            let Reverse((record, number)) = &mut *nearest;
            if *record >= target {
                return *record;
            }
            meter.spend(SEEK);
            *record = seek(&mut self.tokens[*number], target);
        }
        TERMINATED
    }

    fn read_positions(&mut self, record: u32, meter: &Meter) {
        self.positions.clear();
        let offset = i64::from(self.offset);
        // Having read one, move it on: the next that has the record comes to the top.
        while let Some(mut nearest) = self.nearest.peek_mut() {
            let Reverse((here, number)) = &mut *nearest;
            if *here != record {
                break;
            }
            let token = &mut self.tokens[*number];
            token.positions(&mut self.scratch);
            meter.spend(SEEK + self.scratch.len() as u64);
            self.positions.extend(self.scratch.iter().map(|&position| i64::from(position) - offset));
            *here = token.advance();
        }
        if self.tokens.len() > 1 {
            // A few sorted runs, which this sort merges.
            self.positions.sort();
            self.positions.dedup();
        }
    }

    /// Notes the ends, given the slot behind; of the last slot they are its positions.
    fn find_ends(&mut self, behind: Option<&SlotCursor>) {
        self.ends.clear();
        let Some(behind) = behind else {
            self.ends.extend_from_slice(&self.positions);
            return;
        };
        let mut next = 0;
        for &position in &self.positions {
            while behind.positions.get(next).is_some_and(|&behind| behind < position) {
                next += 1;
            }
            let Some(&end) = behind.ends.get(next) else { break };
            self.ends.push(end);
        }
    }
}

/// Moves to the first record at or behind `target`: tantivy wants a target that is not behind the current record.
fn seek(postings: &mut SegmentPostings, target: u32) -> u32 {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}

fn read(
    index: &InvertedIndexReader,
    field: EngineField,
    token: &str,
    option: IndexRecordOption,
) -> Result<Option<SegmentPostings>, BackendError> {
    Ok(index.read_postings(&Term::from_field_text(field, token), option)?)
}

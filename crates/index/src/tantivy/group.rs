//! [`MemberCursor`]: a token or phrase of a synonym group as a cursor over records.

use ::tantivy::postings::{Postings, SegmentPostings};
use ::tantivy::schema::{Field as EngineField, IndexRecordOption};
use ::tantivy::{DocSet, InvertedIndexReader, TERMINATED, Term};

use crate::backend::BackendError;
use crate::plan::{Leaf, Phrase, Slot};

/// The records that have a token or phrase, in rising order, each with its weighted frequency.
pub(super) struct MemberCursor {
    weight: f32,
    postings: MemberPostings,
}

enum MemberPostings {
    Token(Box<SegmentPostings>),
    Phrase(PhraseCursor),
}

impl MemberCursor {
    /// Opens the members of a leaf; those that the index lacks fall away.
    pub(super) fn open_all(
        index: &InvertedIndexReader,
        field: EngineField,
        leaf: &Leaf,
    ) -> Result<Vec<MemberCursor>, BackendError> {
        let mut members = Vec::with_capacity(leaf.members.len());
        for member in &leaf.members {
            let postings = match member.phrase.slots.as_slice() {
                [Slot { tokens, .. }] if tokens.len() == 1 => {
                    let postings = read(index, field, &tokens[0], IndexRecordOption::WithFreqs)?;
                    postings.map(|postings| MemberPostings::Token(Box::new(postings)))
                }
                _ => PhraseCursor::open(index, field, &member.phrase)?.map(MemberPostings::Phrase),
            };
            members.extend(postings.map(|postings| MemberCursor { weight: member.weight, postings }));
        }
        Ok(members)
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

/// The records in which tokens stand at given distances. It stands nowhere until it seeks.
struct PhraseCursor {
    slots: Vec<SlotCursor>,
    slop: u32,
    record: u32,
    /// 0 where it stands nowhere.
    frequency: u32,
}

impl PhraseCursor {
    fn open(
        index: &InvertedIndexReader,
        field: EngineField,
        phrase: &Phrase,
    ) -> Result<Option<PhraseCursor>, BackendError> {
        let mut slots = Vec::with_capacity(phrase.slots.len());
        for slot in &phrase.slots {
            let mut tokens = Vec::with_capacity(slot.tokens.len());
            for token in &slot.tokens {
                tokens.extend(read(index, field, token, IndexRecordOption::WithFreqsAndPositions)?);
            }
            if tokens.is_empty() {
                return Ok(None);
            }
            slots.push(SlotCursor { tokens, offset: slot.offset, positions: Vec::new(), scratch: Vec::new() });
        }
        Ok(Some(PhraseCursor { slots, slop: phrase.slop, record: 0, frequency: 0 }))
    }

    /// Moves to the first record at or behind `target` that has the phrase.
    fn seek(&mut self, target: u32) {
        if self.frequency > 0 && self.record >= target {
            return;
        }
        let mut target = target;
        while target < TERMINATED {
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
        if self.slots.iter_mut().all(|slot| slot.seek(record) == record) { self.count(record) } else { 0 }
    }

    /// The first record at or behind `target` that every slot has.
    fn all_at_or_behind(&mut self, target: u32) -> Option<u32> {
        let mut target = target;
        loop {
            let start = target;
            for slot in &mut self.slots {
                target = target.max(slot.seek(target));
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
    fn count(&mut self, record: u32) -> u32 {
        for slot in &mut self.slots {
            slot.read_positions(record);
        }
        let Some((first, rest)) = self.slots.split_first() else { return 0 };
        let reaches = |&&start: &&i64| {
            let mut at = start;
            for slot in rest {
                let next = slot.positions.partition_point(|&position| position < at);
                match slot.positions.get(next) {
                    Some(&position) if position - start <= i64::from(self.slop) => at = position,
                    _ => return false,
                }
            }
            true
        };
        u32::try_from(first.positions.iter().filter(reaches).count()).unwrap_or(u32::MAX)
    }
}

/// One place of a phrase: the tokens that may stand there.
struct SlotCursor {
    tokens: Vec<SegmentPostings>,
    offset: u32,
    /// Positions in the current record, less the slot's offset, sorted.
    positions: Vec<i64>,
    scratch: Vec<u32>,
}

impl SlotCursor {
    fn seek(&mut self, target: u32) -> u32 {
        let mut nearest = TERMINATED;
        for token in &mut self.tokens {
            nearest = nearest.min(seek(token, target));
        }
        nearest
    }

    fn read_positions(&mut self, record: u32) {
        self.positions.clear();
        for token in self.tokens.iter_mut().filter(|token| token.doc() == record) {
            token.positions(&mut self.scratch);
            let offset = i64::from(self.offset);
            self.positions.extend(self.scratch.iter().map(|&position| i64::from(position) - offset));
        }
        if self.tokens.len() > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
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

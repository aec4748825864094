//! The best passages of a document.

use std::ops::Range;

use ::tantivy::TERMINATED;
use rcp_corpus::model::PassageKind;

use super::bm25::Scoring;
use super::collection::CollectionIndex;
use super::meter::Meter;
use super::order::Best;
use super::words::WordsCursor;
use crate::backend::{BackendError, Evidence, LEAD_PASSAGES, ScoredPassage};
use crate::plan::{Leaf, Text, Words};

impl Evidence {
    /// That of a document whose passages the budget did not pay for.
    fn unseen() -> Evidence {
        Evidence { passages: Vec::new(), total: 0, best: 0.0, partial: true }
    }
}

/// Finds evidence in one collection. Documents must come in rising order of their positions, because the postings are
/// read only once.
pub(super) struct EvidenceFinder<'a> {
    collection: &'a CollectionIndex,
    limit: usize,
    /// Matches of a passage's own text; other leaves add to the score.
    own_text: WordsCursor<'a>,
    /// Matches of the headings above a passage.
    headings: WordsCursor<'a>,
    meter: &'a Meter,
}

impl<'a> EvidenceFinder<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        scoring: &Scoring<'a>,
        leaves: &[Leaf],
        limit: usize,
    ) -> Result<EvidenceFinder<'a>, BackendError> {
        let unit = &collection.passages.unit;
        let anchored_on = |anchor: Text, leaf: &Leaf| Leaf { anchor: leaf.field.text == anchor, ..leaf.clone() };
        let own_text = leaves.iter().map(|leaf| anchored_on(Text::Body, leaf)).collect();
        let headings = leaves.iter().filter(|leaf| leaf.field.text == Text::Headings);
        let headings = headings.map(|leaf| anchored_on(Text::Headings, leaf)).collect();
        // As in a search for passages: words that are never required make no match beside others that are.
        let minimum = u32::from(leaves.iter().any(|leaf| leaf.words != 0));
        let open = |leaves| WordsCursor::open(unit, scoring, &Words { leaves, minimum });
        let (own_text, headings) = (open(own_text)?, open(headings)?);
        Ok(EvidenceFinder { collection, limit, own_text, headings, meter: scoring.meter })
    }

    /// Evidence of the document at a position.
    pub(super) fn find(&mut self, document: u32) -> Result<Evidence, BackendError> {
        let passages = self.collection.documents.passages_of(document);
        let mut best = Best::new(self.limit);
        let (mut total, mut best_score) = (0, 0.0_f32);
        self.own_text.enter(&passages);
        while self.own_text.record() < TERMINATED {
            let record = self.own_text.record();
            let (score, _) = self.own_text.value();
            best.offer((u64::from(u32::MAX - score.to_bits()), record), score);
            total += 1;
            self.meter.spend(1);
            best_score = best_score.max(score);
            self.own_text.advance();
        }
        if self.meter.is_spent() {
            return Ok(Evidence::unseen());
        }
        let mut found = Vec::new();
        for (record, score) in best.into_sorted() {
            found.push(ScoredPassage { passage: self.collection.passage(record)?, score, matched: true });
        }
        if total == 0 && self.limit > 0 {
            found.extend(self.substitute(passages)?);
        }
        // Looking for what stands in may have spent the rest.
        if self.meter.is_spent() {
            return Ok(Evidence::unseen());
        }
        Ok(Evidence { passages: found, total, best: best_score, partial: false })
    }

    /// What to show of a document whose passages do not match: the first passage below a matching heading, else the
    /// lead paragraph.
    fn substitute(&mut self, passages: Range<u32>) -> Result<Option<ScoredPassage>, BackendError> {
        self.headings.enter(&passages);
        let record = match self.headings.record() {
            TERMINATED => self.lead(passages)?,
            below_heading => Some(below_heading),
        };
        let substitute =
            |record| Ok(ScoredPassage { passage: self.collection.passage(record)?, score: 0.0, matched: false });
        record.map(substitute).transpose()
    }

    fn lead(&self, passages: Range<u32>) -> Result<Option<u32>, BackendError> {
        let first = passages.clone().next();
        for record in passages.take(LEAD_PASSAGES) {
            if self.collection.passage(record)?.kind == PassageKind::Paragraph {
                return Ok(Some(record));
            }
        }
        Ok(first)
    }
}

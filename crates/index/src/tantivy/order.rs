//! The order of hits: ranks within a collection, keys across collections.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::collection::{CollectionIndex, search_texts, text_at};
use crate::backend::BackendError;
use crate::plan::{Position, Sort, SortKey, Unit};

/// Rank of a record in its collection, the best first: a number made of the sort key, then the record's position,
/// which is in (document id, ordinal) order.
pub(super) type Rank = (u64, u32);

/// Rank of what has no key: last.
const LAST: u64 = u64::MAX;

/// Rank of a record.
pub(super) fn rank(collection: &CollectionIndex, unit: Unit, sort: Sort, record: u32, score: f32) -> Rank {
    let documents = &collection.documents;
    let document = || collection.document_of(unit, record);
    let key = match sort {
        Sort::Relevance => score_rank(score),
        Sort::DateDescending => documents.date_start.first(document()).map_or(LAST, descending),
        Sort::DateAscending => documents.date_start.first(document()).map_or(LAST, ascending),
        Sort::AddedDescending => documents.added.first(document()).map_or(LAST, descending),
        Sort::Title => {
            let title = documents.sort_title.as_ref().and_then(|titles| titles.term_ords(document()).next());
            title.unwrap_or(LAST)
        }
        Sort::Corpus => 0,
    };
    (key, record)
}

/// Sort key of a record, to compare across collections and to go on from.
pub(super) fn key(
    collection: &CollectionIndex,
    unit: Unit,
    sort: Sort,
    record: u32,
    score: f32,
) -> Result<SortKey, BackendError> {
    let documents = &collection.documents;
    let document = collection.document_of(unit, record);
    Ok(match sort {
        Sort::Relevance => SortKey::Score(score),
        Sort::DateDescending | Sort::DateAscending => SortKey::Number(documents.date_start.first(document)),
        Sort::AddedDescending => SortKey::Number(documents.added.first(document)),
        Sort::Title => {
            let titles = documents.sort_title.as_ref();
            let title = titles.and_then(|titles| titles.term_ords(document).next());
            SortKey::Text(title.map(|title| text_at(titles, title)).transpose()?)
        }
        Sort::Corpus => SortKey::Id,
    })
}

/// The first rank behind a position, which may be of a record of another collection.
pub(super) fn first_behind(
    collection: &CollectionIndex,
    unit: Unit,
    sort: Sort,
    position: &Position,
) -> Result<Rank, BackendError> {
    let document = collection.documents.position(position.document.as_str())?;
    let record = match (unit, document) {
        (Unit::Documents, Ok(document)) => document + 1,
        (Unit::Documents, Err(next)) => next,
        (Unit::Passages, Ok(document)) => {
            let passages = collection.documents.passages_of(document);
            let is_behind = |&passage: &u32| collection.passages.ordinal(passage) > position.passage;
            passages.clone().find(is_behind).unwrap_or(passages.end)
        }
        (Unit::Passages, Err(next)) if next < collection.documents.unit.len() => {
            collection.documents.passages_of(next).start
        }
        (Unit::Passages, Err(_)) => collection.passages.unit.len(),
    };
    Ok(match (&position.key, sort) {
        (SortKey::Score(score), _) => (score_rank(*score), record),
        (SortKey::Number(None) | SortKey::Text(None), _) => (LAST, record),
        (SortKey::Number(Some(number)), Sort::DateAscending) => (ascending(*number), record),
        (SortKey::Number(Some(number)), _) => (descending(*number), record),
        (SortKey::Text(Some(title)), _) => match search_texts(collection.documents.sort_title.as_ref(), title)? {
            Ok(title) => (u64::from(title), record),
            Err(next) => (u64::from(next), 0),
        },
        (SortKey::Id, _) => (0, record),
    })
}

/// Order of two hits of any collections: by key, then document id, then passage.
pub(super) fn compare(sort: Sort, left: &Position, right: &Position) -> Ordering {
    let keys = match (&left.key, &right.key) {
        (SortKey::Score(left), SortKey::Score(right)) => right.total_cmp(left),
        (SortKey::Number(left), SortKey::Number(right)) => last_without(left, right, |left, right| match sort {
            Sort::DateAscending => left.cmp(right),
            _ => right.cmp(left),
        }),
        (SortKey::Text(left), SortKey::Text(right)) => last_without(left, right, String::cmp),
        _ => Ordering::Equal,
    };
    keys.then_with(|| left.document.cmp(&right.document)).then_with(|| left.passage.cmp(&right.passage))
}

fn last_without<T>(left: &Option<T>, right: &Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => compare(left, right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

/// Scores are never negative, so their bits are in their order.
fn score_rank(score: f32) -> u64 {
    u64::from(u32::MAX - score.max(0.0).to_bits())
}

fn ascending(number: i64) -> u64 {
    (number as u64) ^ (1 << 63)
}

fn descending(number: i64) -> u64 {
    // Just below LAST, so that what has no key stays behind.
    (u64::MAX - 1) - ascending(number).min(u64::MAX - 1)
}

/// Keeps the best `limit` ranks with their scores.
pub(super) struct Best {
    limit: usize,
    worst_first: BinaryHeap<(Rank, u32)>,
}

impl Best {
    pub(super) fn new(limit: usize) -> Best {
        Best { limit, worst_first: BinaryHeap::with_capacity(limit.min(4096) + 1) }
    }

    pub(super) fn offer(&mut self, rank: Rank, score: f32) {
        if self.worst_first.len() < self.limit {
            self.worst_first.push((rank, score.to_bits()));
        } else if let Some(mut worst) = self.worst_first.peek_mut().filter(|worst| rank < worst.0) {
            *worst = (rank, score.to_bits());
        }
    }

    /// The kept records with their scores, the best first.
    pub(super) fn into_sorted(self) -> impl Iterator<Item = (u32, f32)> {
        self.worst_first.into_sorted_vec().into_iter().map(|((_, record), score)| (record, f32::from_bits(score)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_has_no_key_comes_last() {
        for number in [i64::MIN, -1, 0, 1, i64::MAX - 1] {
            assert!(ascending(number) < LAST && descending(number) < LAST, "{number}");
        }
        assert_eq!(last_without(&Some(1), &None, i32::cmp), Ordering::Less);
    }

    proptest! {
        #[test]
        fn numbers_keep_their_order(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1_000_000_000_000_i64..1_000_000_000_000) {
            prop_assert_eq!(ascending(a).cmp(&ascending(b)), a.cmp(&b));
            prop_assert_eq!(descending(a).cmp(&descending(b)), b.cmp(&a));
        }

        #[test]
        fn scores_keep_their_order(a in 0.0_f32..1e6, b in 0.0_f32..1e6) {
            prop_assert_eq!(score_rank(a).cmp(&score_rank(b)), b.total_cmp(&a));
        }

        /// Compared with sorting everything.
        #[test]
        fn the_best_are_kept(keys in prop::collection::vec(0..50_u64, 0..80), limit in 0..20_usize) {
            let mut best = Best::new(limit);
            let mut all: Vec<Rank> = keys.iter().enumerate().map(|(record, &key)| (key, record as u32)).collect();
            for &rank in &all {
                best.offer(rank, 0.0);
            }
            all.sort_unstable();
            let expected: Vec<u32> = all.into_iter().take(limit).map(|(_, record)| record).collect();
            prop_assert_eq!(best.into_sorted().map(|(record, _)| record).collect::<Vec<_>>(), expected);
        }
    }
}

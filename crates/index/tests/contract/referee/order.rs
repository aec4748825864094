//! The order of hits: by sort key, then document id, then passage.

use std::cmp::Ordering;

use jiff::civil::{Date, date};
use rcp_index::backend::Hit;
use rcp_index::plan::{Position, Sort, SortKey};

use super::row::Row;

/// What a row is sorted by.
pub(super) fn key(sort: Sort, row: &Row<'_>, score: f32) -> SortKey {
    let document = &row.document.document;
    match sort {
        Sort::Relevance => SortKey::Score(score),
        Sort::DateDescending | Sort::DateAscending => {
            SortKey::Number(document.date.as_ref().map(|date| days(date.value.start)))
        }
        Sort::Title => SortKey::Text(row.document.sort_title.clone()),
        Sort::AddedDescending => SortKey::Number(Some(document.added.as_microsecond())),
        Sort::Corpus => SortKey::Id,
    }
}

/// Days since 1970-01-01.
fn days(day: Date) -> i64 {
    i64::from(day.since(date(1970, 1, 1)).unwrap().get_days())
}

/// Where a hit stands.
pub(super) fn place(hit: &Hit) -> Position {
    Position { key: hit.key.clone(), document: hit.document.clone(), passage: hit.passage.unwrap_or(0) }
}

/// Which of two places comes first. What has no key comes last.
pub(super) fn compare(sort: Sort, left: &Position, right: &Position) -> Ordering {
    let keys = match (&left.key, &right.key, sort) {
        (SortKey::Score(left), SortKey::Score(right), _) => right.total_cmp(left),
        (SortKey::Number(left), SortKey::Number(right), Sort::DateAscending) => {
            (left.is_none(), left).cmp(&(right.is_none(), right))
        }
        (SortKey::Number(left), SortKey::Number(right), _) => (left.is_none(), right).cmp(&(right.is_none(), left)),
        (SortKey::Text(left), SortKey::Text(right), _) => (left.is_none(), left).cmp(&(right.is_none(), right)),
        _ => Ordering::Equal,
    };
    keys.then_with(|| (&left.document, left.passage).cmp(&(&right.document, right.passage)))
}

//! Conditions that do not score.

use rcp_index::plan::Filter;

use super::row::Row;

/// Whether all of the conditions hold.
pub(super) fn all_hold(row: &Row<'_>, filters: &[Filter]) -> bool {
    filters.iter().all(|filter| holds(row, filter))
}

/// Whether a condition holds. Years, dates and times are those of the document, also for passages.
pub(super) fn holds(row: &Row<'_>, filter: &Filter) -> bool {
    let document = &row.document.document;
    match filter {
        Filter::Facet(selection) => {
            let values = row.values(&selection.facet);
            values.iter().any(|value| selection.values.contains(value)) || (selection.or_missing && values.is_empty())
        }
        Filter::Years { from, to } => document
            .year
            .as_ref()
            .is_some_and(|year| from.is_none_or(|from| from <= year.value) && to.is_none_or(|to| year.value <= to)),
        Filter::Dates { from, to } => document.date.as_ref().is_some_and(|date| {
            // The days that both have. Where they have none, the last comes before the first.
            let first = from.map_or(date.value.start, |from| from.max(date.value.start));
            let last = to.map_or(date.value.end, |to| to.min(date.value.end));
            first <= last
        }),
        Filter::AddedSince(time) => document.added >= *time,
        Filter::Documents(ids) => ids.contains(&document.id),
        Filter::Not(filter) => !holds(row, filter),
        Filter::Any(filters) => filters.iter().any(|filter| holds(row, filter)),
    }
}

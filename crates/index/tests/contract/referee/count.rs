//! Facet counts and cross-tabs.

use std::collections::BTreeMap;

use rcp_index::backend::{CrossTab, CrossValue, FacetCount, FacetCounts};
use rcp_index::plan::{Cross, Filter};

use super::filter::all_hold;
use super::row::Row;

/// Counts of a facet over the rows that match the clause: with all filters but the facet's own selection.
pub(super) fn facet(facet: &str, matching: &[&Row<'_>], filters: &[Filter]) -> FacetCounts {
    let is_own = |filter: &Filter| matches!(filter, Filter::Facet(selection) if selection.facet == facet);
    let (own, others): (Vec<Filter>, Vec<Filter>) = filters.iter().cloned().partition(is_own);
    let rows: Vec<&&Row<'_>> = matching.iter().filter(|row| all_hold(row, &others)).collect();
    // With nothing selected, a value that is added starts the selection.
    let is_selected = |row: &Row<'_>| !own.is_empty() && all_hold(row, &own);
    let selected = rows.iter().filter(|row| is_selected(row)).count() as u64;
    let mut counts = FacetCounts::default();
    for row in rows {
        counts.missing += u64::from(row.values(facet).is_empty());
        for value in row.values(facet) {
            let start = FacetCount { count: 0, count_if_added: selected };
            let count = counts.values.entry(value.clone()).or_insert(start);
            count.count += 1;
            count.count_if_added += u64::from(!is_selected(row));
        }
    }
    counts
}

/// A table over the rows that pass every filter.
pub(super) fn cross_tab(cross: &Cross, passing: &[&Row<'_>]) -> CrossTab {
    let mut table = CrossTab::default();
    for row in passing {
        let (rows, columns) = (values(row, &cross.rows), values(row, &cross.columns));
        add(&mut table.rows, rows.iter().cloned());
        add(&mut table.columns, columns.iter().cloned());
        add(&mut table.cells, rows.iter().flat_map(|row| columns.iter().map(|column| (row.clone(), column.clone()))));
    }
    table
}

fn values(row: &Row<'_>, facet: &str) -> Vec<CrossValue> {
    match row.values(facet) {
        [] => vec![None],
        values => values.iter().cloned().map(Some).collect(),
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, keys: impl Iterator<Item = K>) {
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
}

//! Facet counts and cross-tabs.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::DocumentId;
use rcp_index::backend::{CrossCell, CrossHit, CrossTab, CrossValue, FacetCount, FacetCounts};
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

/// A row that passes every filter, and its score.
pub(super) type Passing<'a> = (&'a Row<'a>, f32);

/// A table over the rows that pass every filter.
pub(super) fn cross_tab(cross: &Cross, passing: &[Passing<'_>]) -> CrossTab {
    let (mut rows, mut columns, mut cells) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &found in passing {
        let (here, across) = (values(found.0, &cross.rows), values(found.0, &cross.columns));
        add(&mut rows, here.iter().cloned(), found);
        add(&mut columns, across.iter().cloned(), found);
        let pairs = here.iter().flat_map(|row| across.iter().map(|column| (row.clone(), column.clone())));
        add(&mut cells, pairs, found);
    }
    CrossTab { cells: counted(cells, cross), rows: counted(rows, cross), columns: counted(columns, cross) }
}

fn counted<K: Ord>(found: BTreeMap<K, Vec<Passing<'_>>>, cross: &Cross) -> BTreeMap<K, CrossCell> {
    let cell = |found: Vec<Passing<'_>>| {
        let documents: BTreeSet<&DocumentId> = found.iter().map(|(row, _)| row.document_id()).collect();
        // In corpus order, so that the first of equal ones is the first in that order.
        let best = found.iter().fold(None, |best: Option<&Passing<'_>>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        let hit = |&(row, score): &Passing<'_>| CrossHit {
            document: row.document_id().clone(),
            passage: row.ordinal(),
            score,
        };
        let best = best.filter(|_| cross.best).map(hit);
        CrossCell { count: found.len() as u64, documents: documents.len() as u64, best }
    };
    found.into_iter().map(|(key, found)| (key, cell(found))).collect()
}

fn values(row: &Row<'_>, facet: &str) -> Vec<CrossValue> {
    match row.values(facet) {
        [] => vec![None],
        values => values.iter().cloned().map(Some).collect(),
    }
}

fn add<'a, K: Ord>(cells: &mut BTreeMap<K, Vec<Passing<'a>>>, keys: impl Iterator<Item = K>, found: Passing<'a>) {
    keys.for_each(|key| cells.entry(key).or_default().push(found));
}

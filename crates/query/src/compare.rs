//! Compare: two facets crossed over the passages that match a query.
//!
//! ```text
//! rate = 1,000 × passages that match / passages without the query
//! ```
//!
//! One search counts the passages that match in a table, another one all passages that the filters let through. Facets are
//! those of passages: theme, country, mentions and language are the passage's own, the others those of its document. A
//! passage with several values stands in several cells, so rows and columns do not add up to the totals: these are counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::{DocumentId, Language};
use rcp_corpus::taxonomy::Taxonomy;
use rcp_index::backend::{CrossCell, CrossHit, CrossTab, CrossValue, Hit, Page};
use rcp_index::plan::{Clause, Cross, PageRequest, Plan, Sort, SortKey, Unit};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::compile::Query;
use crate::facets::{self, label};
use crate::hits::HitBuilder;
use crate::request::SearchRequest;
use crate::response::{Coverage, Interpretation, PassageHit};
use crate::snapshot::Snapshot;

/// Asks for a table.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareRequest {
    /// Which passages match, and the language of the labels. Its unit, order, page and facets play no part.
    pub search: SearchRequest,
    /// Facet whose values are the rows.
    pub rows: String,
    /// Facet whose values are the columns.
    pub columns: String,
    /// Rows at most, that of passages without a value not counted; at most [`CompareRequest::MAX_LIMIT`].
    pub limit_rows: usize,
    /// Columns at most, in the same way.
    pub limit_columns: usize,
    /// Whether the best passage of each cell is wanted.
    pub best: bool,
}

impl CompareRequest {
    /// Most rows or columns of a table.
    pub const MAX_LIMIT: u16 = 50;
    /// Most cells of a table that shows the best passage of each.
    pub const MAX_BEST: usize = 500;

    /// A table with the defaults of the API: ten by ten, the best passage in each cell.
    #[must_use]
    pub fn new(search: SearchRequest, rows: &str, columns: &str) -> CompareRequest {
        let (rows, columns) = (rows.to_owned(), columns.to_owned());
        CompareRequest { search, rows, columns, limit_rows: 10, limit_columns: 10, best: true }
    }
}

/// Answer to a [`CompareRequest`].
#[derive(Debug, Clone, PartialEq)]
pub struct CompareResponse {
    /// Identifies content and settings of the scope.
    pub index_version: String,
    /// Whether the work that a request may cause ended before all was seen: counts are then of what was.
    pub partial: bool,
    /// What was understood.
    pub interpretation: Interpretation,
    /// What is searchable and what is not.
    pub coverage: Coverage,
    /// All that matches.
    pub total: Counts,
    /// The rows.
    pub rows: Axis,
    /// The columns.
    pub columns: Axis,
    /// The cells, one for each column in each row.
    pub cells: Vec<Vec<Cell>>,
}

/// The rows or columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Name of the facet.
    pub facet: String,
    /// Values by falling number of matching passages, then id; years the earliest first. What has no value comes last.
    pub values: Vec<AxisValue>,
    /// Values that something matches, before the limit.
    pub total_values: usize,
}

/// A row or column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisValue {
    /// Concept id, year, language code or event id; [`facets::NO_VALUE`] for passages without a value.
    pub value: String,
    /// Label in the language of the request.
    pub label: String,
    /// What the whole row or column holds.
    pub counts: Counts,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub counts: Counts,
    /// The passage with the highest score, where the request asks for it.
    pub best: Option<PassageHit>,
}

/// What matches in a part of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Different documents with a passage that matches.
    pub documents: u64,
    /// Passages that match.
    pub passages: u64,
    /// Passages with or without a match: those that the filters let through.
    pub all_passages: u64,
}

impl Counts {
    /// Passages that match of each 1,000 that there are; 0 where there are none.
    #[must_use]
    pub fn rate(&self) -> f64 {
        if self.all_passages == 0 { 0.0 } else { 1000.0 * self.passages as f64 / self.all_passages as f64 }
    }

    fn new(matching: Option<&CrossCell>, all: Option<&CrossCell>) -> Counts {
        let (passages, documents) = matching.map_or((0, 0), |cell| (cell.count, cell.documents));
        Counts { documents, passages, all_passages: all.map_or(0, |cell| cell.count) }
    }
}

impl Snapshot {
    /// Crosses two facets over the passages that match.
    ///
    /// # Errors
    /// When a facet is unknown, a filter has a value that its facet cannot have, or the index fails.
    pub fn compare(&self, scope: &Scope, request: &CompareRequest) -> Result<CompareResponse, SearchError> {
        let taxonomy = &self.settings().taxonomy;
        facets::known_facet(taxonomy, &request.rows)?;
        facets::known_facet(taxonomy, &request.columns)?;
        let search = SearchRequest {
            unit: Unit::Passages,
            sort: Sort::Relevance,
            facets: Vec::new(),
            cursor: None,
            ..request.search.clone()
        };
        let (ast, _, warnings, mut query) = self.understand(scope, &search)?;
        let page = PageRequest { offset: 0, limit: 0, after: None };
        let cross = |best| Cross { rows: request.rows.clone(), columns: request.columns.clone(), best };
        let mut plan = Plan { crosses: vec![cross(request.best)], ..self.compile(&search, &query, 0, page)? };
        let (page, relax) = self.relaxed(scope, &search, &query, &mut plan)?;
        let all = if plan.clause == Clause::Everything {
            page.clone()
        } else {
            let everything = Plan { clause: Clause::Everything, words: 0, crosses: vec![cross(false)], ..plan.clone() };
            self.backend().search(scope, &everything)?
        };
        let are_counted = !page.partial && self.count_expansions(scope, &search, &mut query, &plan, relax)?;
        let tables = Tables { matching: table(&page), all: table(&all) };
        let Tables { matching, all: without_query } = &tables;
        let rows = values(taxonomy, &request.rows, &search, &matching.rows, request.limit_rows);
        let columns = values(taxonomy, &request.columns, &search, &matching.columns, request.limit_columns);
        let cells = self.cells(scope, &search, &query, &tables, &rows, &columns)?;
        let axis = |facet: &str, values: &[CrossValue], matching: &Sums, without_query: &Sums| Axis {
            facet: facet.to_owned(),
            values: values
                .iter()
                .map(|value| AxisValue {
                    value: value.as_deref().unwrap_or(facets::NO_VALUE).to_owned(),
                    label: value.as_deref().map_or_else(
                        || no_value(search.ui).to_owned(),
                        |value| label(taxonomy, facet, value, search.ui),
                    ),
                    counts: Counts::new(matching.get(value), without_query.get(value)),
                })
                .collect(),
            total_values: matching.keys().flatten().count(),
        };
        let rows = axis(&request.rows, &rows, &matching.rows, &without_query.rows);
        let columns = axis(&request.columns, &columns, &matching.columns, &without_query.columns);
        Ok(CompareResponse {
            index_version: self.version(scope),
            partial: page.partial || all.partial || !are_counted,
            interpretation: self.interpretation(scope, &search, &ast, warnings, query, relax),
            coverage: self.coverage(scope),
            total: Counts { documents: page.total_documents, passages: page.total, all_passages: all.total },
            rows,
            columns,
            cells,
        })
    }

    fn cells(
        &self,
        scope: &Scope,
        search: &SearchRequest,
        query: &Query,
        tables: &Tables,
        rows: &[CrossValue],
        columns: &[CrossValue],
    ) -> Result<Vec<Vec<Cell>>, SearchError> {
        let keys: Vec<Vec<(CrossValue, CrossValue)>> =
            rows.iter().map(|row| columns.iter().map(|column| (row.clone(), column.clone())).collect()).collect();
        // A passage can be the best of several cells: it is read and marked once.
        let places: BTreeSet<(&DocumentId, u32)> =
            keys.iter().flatten().filter_map(|key| tables.best(key)).map(place).collect();
        let hits: Vec<Hit> = places
            .iter()
            .map(|&(document, passage)| Hit {
                document: document.clone(),
                passage: Some(passage),
                score: 0.0,
                key: SortKey::Id,
            })
            .collect();
        let builder = HitBuilder {
            backend: self.backend(),
            scope,
            settings: self.settings(),
            analyzer: &self.analyzer,
            request: search,
            leaves: Vec::new(),
            highlighter: query.highlighter(),
        };
        let hits: Vec<(&Hit, _)> = hits.iter().map(|hit| (hit, None)).collect();
        let built: BTreeMap<(&DocumentId, u32), PassageHit> =
            places.into_iter().zip(builder.passages(&hits)?).collect();
        let cell = |key: &(CrossValue, CrossValue)| {
            let best = tables.best(key);
            let best = best.and_then(|best| Some(PassageHit { score: best.score, ..built.get(&place(best))?.clone() }));
            Cell { counts: Counts::new(tables.matching.cells.get(key), tables.all.cells.get(key)), best }
        };
        Ok(keys.iter().map(|row| row.iter().map(cell).collect()).collect())
    }
}

/// What the rows or columns of a table hold.
type Sums = BTreeMap<CrossValue, CrossCell>;

/// The passages that match, and all that the filters let through.
struct Tables {
    matching: CrossTab,
    all: CrossTab,
}

impl Tables {
    fn best(&self, key: &(CrossValue, CrossValue)) -> Option<&CrossHit> {
        self.matching.cells.get(key)?.best.as_ref()
    }
}

fn table(page: &Page) -> CrossTab {
    page.cross_tabs.first().cloned().unwrap_or_default()
}

fn place(best: &CrossHit) -> (&DocumentId, u32) {
    (&best.document, best.passage.unwrap_or_default())
}

/// The values of a facet to show.
fn values(taxonomy: &Taxonomy, facet: &str, search: &SearchRequest, sums: &Sums, limit: usize) -> Vec<CrossValue> {
    shown(sums, facet, &facets::selected(taxonomy, facet, search), limit)
}

/// The values to show, in their order: those that the request selects before others, then the most frequent ones, of years
/// the latest.
fn shown(sums: &Sums, facet: &str, selected: &BTreeSet<&str>, limit: usize) -> Vec<CrossValue> {
    let mut values: Vec<(&str, u64)> =
        sums.iter().filter_map(|(value, sum)| Some((value.as_deref()?, sum.count))).collect();
    let is_year = facet == "year";
    if is_year {
        values.sort_by_key(|&(value, _)| (!selected.contains(value), Reverse(value)));
    } else {
        values.sort_by_key(|&(value, count)| (!selected.contains(value), Reverse(count), value));
    }
    values.truncate(limit);
    if is_year {
        values.sort_by_key(|&(value, _)| value);
    } else {
        values.sort_by_key(|&(value, count)| (Reverse(count), value));
    }
    let without_value = sums.contains_key(&None).then_some(None);
    values.into_iter().map(|(value, _)| Some(value.to_owned())).chain(without_value).collect()
}

/// Label of what has no value.
fn no_value(ui: Language) -> &'static str {
    match ui {
        Language::Es => "sin valor",
        Language::Fr => "sans valeur",
        Language::En | Language::Undetermined => "no value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_and_ordered() {
        #[track_caller]
        fn check(facet: &str, counts: &[(&str, u64)], selected: &[&str], limit: usize, expected: &[&str]) {
            let sums = counts.iter().map(|&(value, count)| {
                let value = (value != facets::NO_VALUE).then(|| value.to_owned());
                (value, CrossCell { count, ..CrossCell::default() })
            });
            let shown = shown(&sums.collect(), facet, &selected.iter().copied().collect(), limit);
            let shown: Vec<&str> = shown.iter().map(|value| value.as_deref().unwrap_or(facets::NO_VALUE)).collect();
            assert_eq!(shown, expected, "{facet} {counts:?}");
        }
        let rcps = [("a", 1), ("b", 3), ("c", 3), ("none", 9)];
        check("rcp", &rcps, &[], 10, &["b", "c", "a", "none"]);
        check("rcp", &rcps, &[], 2, &["b", "c", "none"]);
        check("rcp", &rcps, &["a"], 2, &["b", "a", "none"]);
        let years = [("1999", 9), ("2001", 1), ("2003", 2)];
        check("year", &years, &[], 2, &["2001", "2003"]);
        check("year", &years, &["1999"], 2, &["1999", "2003"]);
        check("year", &[], &[], 2, &[]);
    }
}

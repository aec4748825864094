//! [`Table`]: the matrix as the page shows it.

use rcp_query::compare::{Axis, AxisValue, CompareRequest, CompareResponse, Counts};
use rcp_query::request::{Condition, SearchRequest, Unit};
use rcp_query::response::{Hits, PassageHit, Segment};

use super::asked::Asked;
use crate::answer::Basis;
use crate::pages::address::address;
use crate::pages::concept::{facet_name, full_label, page_of};
use crate::pages::frame::Frame;
use crate::pages::texts::Texts;
use crate::params::{CompareFormat, ComparePageParams, CompareParams, Measure};
use crate::problem::ApiError;
use crate::responses::document_url;

const API: &str = "/v1/compare";

/// Steps of the ramp.
const STEPS: u8 = 7;

/// The matrix.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) caption: String,
    pub(super) rows_name: String,
    pub(super) columns: Vec<Head>,
    pub(super) rows: Vec<Row>,
    /// The whole columns, and the whole table.
    pub(super) totals: Vec<String>,
    pub(super) total: String,
    /// Documents of each column and of the table, with or without the words.
    pub(super) held: Option<(Vec<String>, String)>,
    /// What matches, in words.
    pub(super) summary: String,
    /// What else there is to know.
    pub(super) notes: Vec<String>,
    pub(super) is_empty: bool,
    /// Address of the same without the words.
    pub(super) without_words: Option<String>,
    pub(super) csv: Option<String>,
    pub(super) api: Option<String>,
    pub(super) best: Option<Best>,
    pub(super) is_partial: bool,
}

/// A row or column.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) label: String,
    /// Page of the value.
    pub(super) url: Option<String>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) head: Head,
    pub(super) cells: Vec<Cell>,
    pub(super) total: String,
}

/// A cell.
#[derive(Debug)]
pub(super) struct Cell {
    /// The number.
    pub(super) shown: String,
    /// Step of the ramp, from 1; 0 for an empty cell.
    pub(super) step: u8,
    /// Search for its documents, where one address can ask for them.
    pub(super) search: Option<String>,
    /// What the number stands for.
    pub(super) name: String,
    /// This page with the best passage of the cell.
    pub(super) best: Option<String>,
    /// Whether that passage is shown.
    pub(super) is_current: bool,
}

/// The best passage of a cell.
#[derive(Debug)]
pub(super) struct Best {
    pub(super) cell: String,
    pub(super) title: String,
    pub(super) lang: &'static str,
    pub(super) label: String,
    pub(super) url: String,
    pub(super) segments: Vec<Segment>,
    pub(super) citation: String,
}

/// What a table is made from.
struct Maker<'a> {
    params: &'a ComparePageParams,
    asked: &'a Asked,
    basis: &'a Basis<'a>,
    frame: &'a Frame,
}

impl Table {
    /// Asks for the table and shows it.
    pub(super) fn make(
        params: &ComparePageParams,
        asked: &Asked,
        basis: &Basis<'_>,
        frame: &Frame,
    ) -> Result<Table, ApiError> {
        Maker { params, asked, basis, frame }.table()
    }
}

impl Maker<'_> {
    fn table(&self) -> Result<Table, ApiError> {
        let mut request = self.params.request.clone();
        request.search.ui = self.frame.t.language();
        let refused = |error| ApiError::from_search(error, &request.search);
        let answer = self.basis.snapshot.compare(self.basis.scope, &request).map_err(refused)?;
        let best = self.best(&request)?;
        let held = self.held(&request, &answer.columns)?;
        Ok(self.show(&request, &answer, held, best))
    }

    fn show(
        &self,
        request: &CompareRequest,
        answer: &CompareResponse,
        held: Option<(Vec<String>, String)>,
        best: Option<Best>,
    ) -> Table {
        let (t, taxonomy) = (self.frame.t, self.basis.taxonomy());
        let [rows_name, columns_name] =
            [&request.rows, &request.columns].map(|facet| facet_name(facet, taxonomy, self.frame));
        let summary = self.summary(answer);
        let crossed = format!("{rows_name} × {columns_name}");
        let words = self.asked.words();
        let title = if words.is_empty() { crossed.clone() } else { format!("{words} – {crossed}") };
        let most = answer.cells.iter().flatten().map(|cell| self.value(cell.counts)).fold(0.0, f64::max);
        let rows = answer.rows.values.iter().zip(&answer.cells).map(|(row, cells)| Row {
            head: self.head(&request.rows, row),
            cells: answer
                .columns
                .values
                .iter()
                .zip(cells)
                .map(|(column, cell)| self.cell(row, column, cell.counts, most))
                .collect(),
            total: self.written(row.counts),
        });
        let notes = self.notes(answer);
        let (csv, api) = self.links(request);
        Table {
            title: format!("{title} – {}", t.say("nav-compare")),
            caption: format!("{}: {crossed}", self.measure_name()),
            rows: rows.collect(),
            columns: answer.columns.values.iter().map(|column| self.head(&request.columns, column)).collect(),
            totals: answer.columns.values.iter().map(|column| self.written(column.counts)).collect(),
            total: self.written(answer.total),
            rows_name,
            held,
            summary,
            notes,
            is_empty: answer.total.passages == 0,
            without_words: (!words.is_empty()).then(|| self.frame.href(&self.asked.without_words())),
            csv,
            api,
            best,
            is_partial: answer.partial,
        }
    }

    fn head(&self, facet: &str, value: &AxisValue) -> Head {
        let concept = self.basis.taxonomy().concept(facet, &value.value);
        Head {
            label: concept.map_or_else(|| value.label.clone(), |concept| full_label(concept, self.frame.t.language())),
            url: page_of(facet, &value.value).map(|url| self.frame.href(&url)),
        }
    }

    fn cell(&self, row: &AxisValue, column: &AxisValue, counts: Counts, most: f64) -> Cell {
        let request = &self.params.request;
        let value = self.value(counts);
        let is_empty = counts.passages == 0;
        // One address cannot ask for two values of a facet at once: it would ask for either.
        let can_search = !is_empty && (request.rows != request.columns || row.value == column.value);
        let values = [(request.rows.as_str(), row.value.as_str()), (request.columns.as_str(), column.value.as_str())];
        let values = if request.rows == request.columns { &values[..1] } else { &values[..] };
        let search = can_search.then(|| self.frame.href(&self.asked.search(values)));
        // Without words no passage is better than another.
        let has_best = !is_empty && !self.asked.words().is_empty();
        let best =
            has_best.then(|| format!("{}#best", self.frame.href(&self.asked.with_cell(&row.value, &column.value))));
        let is_current = self.params.cell.as_ref().is_some_and(|(r, c)| *r == row.value && *c == column.value);
        Cell {
            shown: self.written(counts),
            step: step(value, most),
            search,
            name: format!("{}, {}", row.label, column.label),
            best,
            is_current: is_current && has_best,
        }
    }

    /// The number of a cell, in the smallest unit that is written.
    fn value(&self, counts: Counts) -> f64 {
        match self.params.measure {
            Measure::Documents => counts.documents as f64,
            Measure::Passages => counts.passages as f64,
            // In tenths, as it is written.
            Measure::Share => 10.0 * counts.rate(),
        }
    }

    fn written(&self, counts: Counts) -> String {
        match self.params.measure {
            Measure::Documents => self.frame.t.number(counts.documents),
            Measure::Passages => self.frame.t.number(counts.passages),
            Measure::Share => tenths(counts.rate(), self.frame.t),
        }
    }

    fn measure_name(&self) -> String {
        self.frame.t.say(match self.params.measure {
            Measure::Documents => "measure-documents",
            Measure::Passages => "measure-passages",
            Measure::Share => "measure-share",
        })
    }

    fn summary(&self, answer: &CompareResponse) -> String {
        let t = self.frame.t;
        let documents = t.count("results-documents", answer.total.documents);
        t.count_with("compare-summary", answer.total.passages, documents)
    }

    /// What a reader has to know of the numbers.
    fn notes(&self, answer: &CompareResponse) -> Vec<String> {
        let t = self.frame.t;
        let mut notes = Vec::new();
        let understood = &answer.interpretation;
        if understood.relaxed.is_some() {
            notes.push(t.say("compare-relaxed"));
        }
        for correction in &understood.corrections {
            notes.push(format!("{} → {}", correction.from, correction.to.join(", ")));
        }
        if !understood.expansions.is_empty() {
            let terms: Vec<&str> = understood.expansions.iter().map(|expansion| expansion.term.as_str()).collect();
            notes.push(t.with("compare-expanded", terms.join(", ")));
        }
        for (axis, message) in [(&answer.rows, "compare-more-rows"), (&answer.columns, "compare-more-columns")] {
            let shown = axis.values.iter().filter(|value| value.value != rcp_query::facets::NO_VALUE).count();
            if axis.total_values > shown {
                notes.push(t.count(message, (axis.total_values - shown) as u64));
            }
        }
        notes.push(t.say(match self.params.measure {
            Measure::Share if self.asked.words().is_empty() => "compare-share-all",
            Measure::Share => "compare-share",
            Measure::Documents | Measure::Passages => "compare-sums",
        }));
        if answer.partial {
            notes.push(t.say("compare-partial"));
        }
        notes
    }

    /// Documents of each column and in all, with or without the words: counts that grow with the collection mislead.
    fn held(&self, request: &CompareRequest, shown: &Axis) -> Result<Option<(Vec<String>, String)>, ApiError> {
        if self.asked.words().is_empty() {
            return Ok(None);
        }
        let mut all = request.clone();
        all.search.query.clear();
        all.rows.clone_from(&request.columns);
        all.limit_columns = usize::from(CompareRequest::MAX_LIMIT);
        let all = self.basis.snapshot.compare(self.basis.scope, &all)?;
        let documents = |value: &AxisValue| {
            let held = all.columns.values.iter().find(|held| held.value == value.value);
            held.map_or_else(|| "–".to_owned(), |held| self.frame.t.number(held.counts.documents))
        };
        Ok(Some((shown.values.iter().map(documents).collect(), self.frame.t.number(all.total.documents))))
    }

    /// Addresses of the same as CSV and in the API; with the best passages where they are given for so many cells.
    fn links(&self, request: &CompareRequest) -> (Option<String>, Option<String>) {
        let best = request.limit_rows * request.limit_columns <= CompareRequest::MAX_BEST;
        let params = CompareParams { request: CompareRequest { best, ..request.clone() }, format: CompareFormat::Json };
        let facets = self.basis.facets();
        (params.link(API, CompareFormat::Csv, facets), params.link(API, CompareFormat::Json, facets))
    }

    /// The best passage of the cell that is asked for.
    fn best(&self, request: &CompareRequest) -> Result<Option<Best>, ApiError> {
        let Some((row, column)) = &self.params.cell else { return Ok(None) };
        let value = |facet: &String, value: &String| Condition::Value { facet: facet.clone(), value: value.clone() };
        let mut search = SearchRequest { unit: Unit::Passages, limit: 1, ..request.search.clone() };
        search.conditions.extend([value(&request.rows, row), value(&request.columns, column)]);
        let refused = |error| ApiError::from_search(error, &search);
        let found = self.basis.snapshot.search(self.basis.scope, &search).map_err(refused)?;
        let Hits::Passages(hits) = found.hits else { return Ok(None) };
        let taxonomy = self.basis.taxonomy();
        let label = |facet: &str, value: &str| rcp_query::facets::label(taxonomy, facet, value, request.search.ui);
        let cell = format!("{}, {}", label(&request.rows, row), label(&request.columns, column));
        Ok(hits.into_iter().next().map(|hit| self.passage(hit, cell)))
    }

    fn passage(&self, hit: PassageHit, cell: String) -> Best {
        let PassageHit { document, passage, .. } = hit;
        let words = Some(("q", self.asked.words())).filter(|(_, words)| !words.is_empty());
        let page = address(&document_url(&document.id), words);
        Best {
            cell,
            title: document.display_title().to_owned(),
            lang: passage.passage.language.code(),
            label: passage.label,
            url: format!("{}#{}", self.frame.href(&page), passage.passage.id),
            segments: passage.segments,
            citation: passage.citation,
        }
    }
}

/// Step of a value on a ramp from 1 to the greatest one, by its logarithm: `1 + ln(value) / ln(base)`, rounded. The greatest
/// value has the last step, but a step is at least a doubling: `base = max(2, most^(1/6))`. So 1 is the lightest, and few things
/// are never dark. What is less than 1 is there too; 0 for nothing.
fn step(value: f64, most: f64) -> u8 {
    if value <= 0.0 {
        return 0;
    }
    let base = most.powf(1.0 / f64::from(STEPS - 1)).max(2.0);
    // Between 1 and 7: the value is not above the greatest one.
    (1.0 + value.ln() / base.ln()).round().clamp(1.0, f64::from(STEPS)) as u8
}

/// A number with one decimal, as the language writes it.
fn tenths(number: f64, t: Texts) -> String {
    // A rate is at most 1,000.
    let tenths = (number * 10.0).round() as u64;
    let point = if t.language() == rcp_corpus::model::Language::En { '.' } else { ',' };
    format!("{}{point}{}", t.number(tenths / 10), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcp_corpus::model::Language;

    #[test]
    fn steps_rise_with_the_logarithm_and_only_nothing_has_none() {
        for (value, most, expected) in [
            (0.0, 100.0, 0),
            (0.1, 100.0, 1),
            (0.1, 0.1, 1),
            (1.0, 1.0, 1),
            (1.0, 2.0, 1),
            (2.0, 2.0, 2),
            (3.0, 4.0, 3),
            (64.0, 64.0, 7),
            (1.0, 1000.0, 1),
            (10.0, 1000.0, 3),
            (100.0, 1000.0, 5),
            (999.0, 1000.0, 7),
            (1000.0, 1000.0, 7),
            (0.0, 0.0, 0),
        ] {
            assert_eq!(step(value, most), expected, "{value} of {most}");
        }
    }

    #[test]
    fn shares_have_one_decimal() {
        for (number, expected) in [(0.0, ["0.0", "0,0"]), (12.34, ["12.3", "12,3"]), (999.96, ["1,000.0", "1000,0"])] {
            let written = [Language::En, Language::Es].map(|language| tenths(number, Texts::of(language)));
            assert_eq!(written, expected);
        }
    }
}

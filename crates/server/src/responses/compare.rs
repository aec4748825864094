//! [`Comparison`]: a table of two facets, as an object and as CSV.

use rcp_query::compare as domain;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::search::Interpretation;
use super::{CoverageSummary, Passage};
use crate::params::{CompareFormat, CompareParams, Highlight};
use crate::problem::ApiError;
use crate::spreadsheet::plain;

const PATH: &str = "/v1/compare";

/// A table of two facets: the passages that match, by the values of both.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Comparison {
    /// What answered.
    pub(crate) meta: CompareMeta,
    /// The request in normal form: the body of a POST that asks the same.
    #[schema(value_type = CompareParams)]
    pub(crate) request: Map<String, Value>,
    /// What was understood.
    pub(crate) interpretation: Interpretation,
    /// What is searchable.
    pub(crate) coverage: CoverageSummary,
    /// All that matches. A passage with several values of a facet stands in several rows or columns, so these do not add
    /// up to it.
    pub(crate) total: Counts,
    /// The rows.
    pub(crate) rows: Axis,
    /// The columns.
    pub(crate) cols: Axis,
    /// The cells: a list for each row, in it one for each column.
    pub(crate) cells: Vec<Vec<Cell>>,
    /// Addresses of this answer.
    pub(crate) links: CompareLinks,
}

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CompareMeta {
    /// Whether the work that one request may cause ended before all was seen: counts are then of what was.
    #[schema(example = false)]
    pub(crate) partial: bool,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// The rows or columns of a table.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Axis {
    /// Name of the facet.
    #[schema(example = "rcp")]
    pub(crate) facet: String,
    /// Values by falling number of passages that match, years the earliest first; `none`, what has no value, comes last.
    /// A broader concept holds what its narrower ones hold.
    pub(crate) values: Vec<AxisValue>,
    /// Values that something matches, before the limit.
    #[schema(minimum = 0, example = 3)]
    pub(crate) total_values: usize,
    /// Whether the limit cut the list.
    #[schema(example = false)]
    pub(crate) truncated: bool,
}

/// A row or column.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct AxisValue {
    /// Value, as in filters.
    #[schema(example = "rcm")]
    pub(crate) value: String,
    /// Label in the language of the request.
    #[schema(example = "Regional Conference on Migration")]
    pub(crate) label: String,
    #[serde(flatten)]
    pub(crate) counts: Counts,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Cell {
    #[serde(flatten)]
    pub(crate) counts: Counts,
    /// The passage that matches best; only with `best=true`, null in an empty cell.
    #[schema(required = true)]
    pub(crate) best: Option<BestPassage>,
}

/// What matches in a part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub(crate) struct Counts {
    /// Documents with a passage that matches.
    #[schema(minimum = 0, example = 2)]
    pub(crate) documents: u64,
    /// Passages that match.
    #[schema(minimum = 0, example = 3)]
    pub(crate) passages: u64,
    /// Passages with or without a match: those that the filters let through.
    #[schema(minimum = 0, example = 40)]
    pub(crate) all_passages: u64,
    /// Passages that match of each 1,000 of them.
    #[schema(minimum = 0, example = 75.0)]
    pub(crate) rate: f64,
}

/// The best passage of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct BestPassage {
    #[serde(flatten)]
    pub(crate) passage: Passage,
    /// Title of its document, or the file's name.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Score; only the order within one answer means something.
    #[schema(example = 4.25)]
    pub(crate) score: f32,
}

/// Addresses relative to the server's; null where the request is too long for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CompareLinks {
    /// This answer.
    #[serde(rename = "self")]
    #[schema(required = true, example = "/v1/compare?cols=year&q=labour+migration&rows=rcp")]
    pub(crate) this: Option<String>,
    /// The same as CSV.
    #[schema(required = true, example = "/v1/compare?cols=year&format=csv&q=labour+migration&rows=rcp")]
    pub(crate) csv: Option<String>,
}

impl Comparison {
    /// The answer to a comparison; `facets` are those of the configuration.
    pub(crate) fn new(response: domain::CompareResponse, params: &CompareParams, facets: &[String]) -> Comparison {
        Comparison {
            meta: CompareMeta { partial: response.partial, index_version: response.index_version },
            request: params.normalised(),
            interpretation: response.interpretation.into(),
            coverage: CoverageSummary::from(&response.coverage),
            total: response.total.into(),
            rows: response.rows.into(),
            cols: response.columns.into(),
            cells: response.cells.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect(),
            links: CompareLinks::new(params, facets),
        }
    }
}

impl CompareLinks {
    /// The addresses of a comparison; `facets` are those of the configuration.
    pub(crate) fn new(params: &CompareParams, facets: &[String]) -> CompareLinks {
        CompareLinks {
            this: params.link(PATH, params.format, facets),
            csv: params.link(PATH, CompareFormat::Csv, facets),
        }
    }
}

impl From<domain::Axis> for Axis {
    fn from(axis: domain::Axis) -> Axis {
        let shown = axis.values.iter().filter(|value| value.value != rcp_query::facets::NO_VALUE).count();
        Axis {
            truncated: shown < axis.total_values,
            facet: axis.facet,
            values: axis.values.into_iter().map(AxisValue::from).collect(),
            total_values: axis.total_values,
        }
    }
}

impl From<domain::AxisValue> for AxisValue {
    fn from(value: domain::AxisValue) -> AxisValue {
        AxisValue { value: value.value, label: value.label, counts: value.counts.into() }
    }
}

impl From<domain::Counts> for Counts {
    fn from(counts: domain::Counts) -> Counts {
        let domain::Counts { documents, passages, all_passages } = counts;
        // More digits would say more than the counts do.
        let rate = (counts.rate() * 100.0).round() / 100.0;
        Counts { documents, passages, all_passages, rate }
    }
}

impl From<domain::Cell> for Cell {
    fn from(cell: domain::Cell) -> Cell {
        let best = cell.best.map(|hit| BestPassage {
            passage: Passage::new(hit.passage, &hit.document.id, Highlight::Segments),
            title: hit.document.display_title().to_owned(),
            score: hit.score,
        });
        Cell { counts: cell.counts.into(), best }
    }
}

const CSV_HEADER: [&str; 11] = [
    "row",
    "row_label",
    "col",
    "col_label",
    "documents",
    "passages",
    "all_passages",
    "rate",
    "best_document",
    "best_passage",
    "best_citation",
];

/// What stands for a whole row or column in CSV.
const TOTAL: &str = "total";

/// The table as CSV (RFC 4180): a line for each cell that holds passages with or without a match, row, column, and the
/// total.
///
/// # Errors
/// When it cannot be written to memory, which does not happen.
pub(crate) fn csv(response: domain::CompareResponse) -> Result<Vec<u8>, ApiError> {
    let failed = |error: &dyn std::fmt::Display| ApiError::internal(format!("a table is not CSV: {error}"));
    let mut lines = vec![CSV_HEADER.map(str::to_owned)];
    let line = |row: [&str; 2], column: [&str; 2], counts: domain::Counts, best: [String; 3]| {
        let Counts { documents, passages, all_passages, rate } = counts.into();
        let [row, column] = [row, column].map(|texts| texts.map(plain));
        let [row, row_label] = row;
        let [column, column_label] = column;
        let [document, passage, citation] = best.map(|text| plain(&text));
        let [documents, passages, all] = [documents, passages, all_passages].map(|count| count.to_string());
        let rate = rate.to_string();
        [row, row_label, column, column_label, documents, passages, all, rate, document, passage, citation]
    };
    let (rows, columns) = (&response.rows.values, &response.columns.values);
    for (row, cells) in rows.iter().zip(response.cells) {
        for (column, cell) in columns.iter().zip(cells) {
            if cell.counts.all_passages > 0 {
                let best = cell.best.map_or_else(<[String; 3]>::default, |hit| {
                    [hit.document.id.to_string(), hit.passage.passage.id.to_string(), hit.passage.citation]
                });
                lines.push(line([&row.value, &row.label], [&column.value, &column.label], cell.counts, best));
            }
        }
        lines.push(line([&row.value, &row.label], [TOTAL, ""], row.counts, <[String; 3]>::default()));
    }
    for column in columns {
        lines.push(line([TOTAL, ""], [&column.value, &column.label], column.counts, <[String; 3]>::default()));
    }
    lines.push(line([TOTAL, ""], [TOTAL, ""], response.total, <[String; 3]>::default()));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    lines.iter().try_for_each(|line| writer.write_record(line)).map_err(|error| failed(&error))?;
    writer.into_inner().map_err(|error| failed(&error))
}

//! [`CompareParams`]: what a comparison takes, and its normal form.

use rcp_query::compare::CompareRequest;
use rcp_query::request::Unit;
use serde_json::{Map, Value, json};

use super::parameter::{Choice, Integer, Parameter, Text};
use super::search::{UI, query_parameters, query_values, read_query};
use super::{Given, Read};

/// A table of two facets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CompareParams {
    /// What is compared.
    pub(crate) request: CompareRequest,
    /// Form of the answer.
    pub(crate) format: CompareFormat,
}

/// Form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompareFormat {
    /// An object.
    Json,
    /// A line for each cell.
    Csv,
}

const ROWS: Text = Text {
    name: "rows",
    description: "Facet whose values are the rows; `rcp` where none is given.",
    example: "rcp",
    may_be_empty: false,
};
const COLS: Text = Text {
    name: "cols",
    description: "Facet whose values are the columns; `year` where none is given.",
    example: "year",
    may_be_empty: false,
};
const LIMIT_ROWS: Integer = Integer {
    name: "limit_rows",
    description: "Rows at most: those that are filtered by, then those with most passages that match, of years the latest. What has no value is a row beside them.",
    min: 1,
    max: CompareRequest::MAX_LIMIT,
    default: Some(10),
    example: 10,
};
const LIMIT_COLS: Integer = Integer {
    name: "limit_cols",
    description: "Columns at most, chosen as rows are.",
    min: 1,
    max: CompareRequest::MAX_LIMIT,
    default: Some(10),
    example: 10,
};
const BEST: Choice<bool> = Choice {
    name: "best",
    type_name: "TrueFalse",
    description: "Whether each cell shows its best passage: in tables of at most 500 cells (`limit_rows` times `limit_cols`).",
    values: &[("true", true), ("false", false)],
    default: true,
};
const FORMAT: Choice<CompareFormat> = Choice {
    name: "format",
    type_name: "CompareFormat",
    description: "Form of the answer: `json`, or `csv` with a line for each cell, row, column and the total.",
    values: &[("json", CompareFormat::Json), ("csv", CompareFormat::Csv)],
    default: CompareFormat::Json,
};

impl Read for CompareParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters = table_parameters();
        parameters.extend([&BEST as &dyn Parameter, &FORMAT, &UI]);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> CompareParams {
        let mut request = read_table(given, facets);
        request.search.ui = UI.read(given);
        request.best = BEST.read(given);
        if request.best && request.limit_rows * request.limit_columns > CompareRequest::MAX_BEST {
            let most = CompareRequest::MAX_BEST;
            given.refuse(BEST.name, &format!("must be false in a table of more than {most} cells; or ask for fewer"));
        }
        CompareParams { request, format: FORMAT.read(given) }
    }
}

/// The parameters that say what is compared.
pub(super) fn table_parameters() -> Vec<&'static dyn Parameter> {
    let mut parameters: Vec<&'static dyn Parameter> = vec![&ROWS, &COLS];
    parameters.extend(query_parameters());
    parameters.extend([&LIMIT_ROWS as &dyn Parameter, &LIMIT_COLS]);
    parameters
}

/// Reads what is compared, without the best passages.
pub(super) fn read_table(given: &mut Given, facets: &[String]) -> CompareRequest {
    let rows = facet(given, &ROWS, "rcp", facets);
    let columns = facet(given, &COLS, "year", facets);
    let mut request = CompareRequest::new(read_query(given, facets, Unit::Passages), &rows, &columns);
    request.limit_rows = LIMIT_ROWS.read_size(given);
    request.limit_columns = LIMIT_COLS.read_size(given);
    request.best = false;
    request
}

fn facet(given: &mut Given, parameter: &Text, default: &str, facets: &[String]) -> String {
    let name = parameter.read(given).unwrap_or_else(|| default.to_owned());
    if !facets.contains(&name) {
        let shown = crate::problem::shortened(&name);
        given.refuse_word(
            parameter.name,
            &format!("is {shown:?}, which is not a facet"),
            &name,
            facets.iter().map(String::as_str),
        );
    }
    name
}

impl CompareParams {
    /// The request in normal form, as the keys and values of a POST body.
    pub(crate) fn normalised(&self) -> Map<String, Value> {
        let request = &self.request;
        let mut normal = query_values(&request.search);
        let mut put = |name: &str, value: Value| drop(normal.insert(name.to_owned(), value));
        put(ROWS.name, json!(request.rows));
        put(COLS.name, json!(request.columns));
        put(LIMIT_ROWS.name, json!(request.limit_rows));
        put(LIMIT_COLS.name, json!(request.limit_columns));
        put(BEST.name, json!(BEST.word(request.best)));
        put(FORMAT.name, json!(FORMAT.word(self.format)));
        put(UI.name, json!(UI.word(request.search.ui)));
        normal
    }

    /// Address of this table at `path` in a form, without what is default. `None` where it would be too long.
    pub(crate) fn link(&self, path: &str, format: CompareFormat, facets: &[String]) -> Option<String> {
        let asked = CompareParams { format, ..self.clone() };
        let mut defaults = CompareParams::read(&mut Given::default(), facets).normalised();
        // An address says what is compared.
        defaults.retain(|name, _| name != ROWS.name && name != COLS.name);
        super::link(path, &asked.normalised(), &defaults, None)
    }
}

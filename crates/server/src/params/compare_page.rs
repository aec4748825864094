//! [`ComparePageParams`]: what the page of a comparison takes.

use rcp_query::compare::CompareRequest;

use super::compare::{read_table, table_parameters};
use super::parameter::{Choice, Parameter, Text};
use super::{Given, Read};

/// A table of two facets as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ComparePageParams {
    /// What is compared.
    pub(crate) request: CompareRequest,
    /// What the cells show.
    pub(crate) measure: Measure,
    /// Row and column of the cell whose best passage is shown.
    pub(crate) cell: Option<(String, String)>,
}

/// What the cells of a table show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Documents with a passage that matches.
    Documents,
    /// Passages that match.
    Passages,
    /// Passages that match of each 1,000.
    Share,
}

const MEASURE: Choice<Measure> = Choice {
    name: "measure",
    type_name: "CompareMeasure",
    description: "What the cells show. `share`: passages that match of each 1,000.",
    values: &[("documents", Measure::Documents), ("passages", Measure::Passages), ("share", Measure::Share)],
    default: Measure::Documents,
};
const CELL: Text = Text {
    name: "cell",
    description: "The cell whose best passage is shown: a value of the rows and one of the columns, with a comma between.",
    example: "rcm,2013",
    may_be_empty: false,
};

impl Measure {
    /// As in addresses.
    pub(crate) fn word(self) -> &'static str {
        MEASURE.word(self)
    }
}

impl Read for ComparePageParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters = table_parameters();
        parameters.extend([&MEASURE as &dyn Parameter, &CELL]);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> ComparePageParams {
        let request = read_table(given, facets);
        let measure = MEASURE.read(given);
        let cell = CELL.read(given);
        let split = cell.as_deref().and_then(|cell| cell.split_once(','));
        if cell.is_some() && split.is_none() {
            given.refuse(CELL.name, "must be a value of the rows and one of the columns, with a comma between");
        }
        let cell = split.map(|(row, column)| (row.to_owned(), column.to_owned()));
        ComparePageParams { request, measure, cell }
    }
}

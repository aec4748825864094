//! [`ExportParams`]: what an export takes, and its normal form.

use rcp_query::request::{SearchRequest, Sort, Unit};
use serde_json::{Map, Value, json};

use super::parameter::{Choice, List, Parameter};
use super::search::{UI, query_parameters, query_values, read_query, unit};
use super::{Given, Read};
use crate::export::{Column, Format, column, columns};

/// Everything that a request matches, as a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExportParams {
    /// What is exported.
    pub(crate) request: SearchRequest,
    /// Form of the file.
    pub(crate) format: Format,
    /// Names of the columns asked for; `None` for all of them.
    pub(crate) columns: Option<Vec<String>>,
    /// Whether CSV begins with a byte-order mark.
    pub(crate) has_mark: bool,
    /// Whether what was asked stands in the file, where its format has a place for it.
    pub(crate) has_manifest: bool,
}

const FORMAT: Choice<Format> = Choice {
    name: "format",
    type_name: "ExportFormat",
    description: "Form of the file: `csv`, a table for spreadsheets (lists in one cell, with `; ` between), `ndjson`, an object a line, or references: `ris` for reference managers, `bibtex` for LaTeX.",
    values: &[("csv", Format::Csv), ("ndjson", Format::Ndjson), ("ris", Format::Ris), ("bibtex", Format::Bibtex)],
    default: Format::Csv,
};
pub(super) const UNIT: Choice<Unit> = unit(Unit::Passages, "What is looked for: `passage` or `document`.");
const SORT: Choice<Sort> = Choice {
    name: "sort",
    type_name: "ExportSort",
    description: "Order of the rows. `corpus`: by document, then passage, with no limit. Any other: at most 10,000 rows.",
    values: &[
        ("corpus", Sort::Corpus),
        ("relevance", Sort::Relevance),
        ("-date", Sort::DateDescending),
        ("date", Sort::DateAscending),
        ("title", Sort::Title),
        ("-added", Sort::AddedDescending),
    ],
    default: Sort::Corpus,
};
const COLUMNS: List = List {
    name: "columns",
    description: "Columns of CSV and keys of NDJSON, in their order: a list with commas, or repeated; all where none is given. `/v1/export/manifest` lists those of a unit, and says what each holds.",
    example: "document text citation",
    commas: true,
    default: &[],
    max: 100,
};
const BOM: Choice<bool> = Choice {
    name: "bom",
    type_name: "OnOff",
    description: "Whether CSV begins with a byte-order mark: by it Excel reads letters with accents rightly.",
    values: &[("on", true), ("off", false)],
    default: false,
};
const MANIFEST: Choice<bool> = Choice {
    name: "manifest",
    type_name: "OnOff",
    description: "Whether NDJSON begins with a line that says what was asked and ends with one that counts the rows. The other forms have no place for it: the header `Link` names its address.",
    values: &[("on", true), ("off", false)],
    default: true,
};

impl Read for ExportParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters: Vec<&'static dyn Parameter> = vec![&FORMAT, &UNIT];
        parameters.extend(query_parameters());
        let rest: [&'static dyn Parameter; 5] = [&SORT, &COLUMNS, &BOM, &MANIFEST, &UI];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> ExportParams {
        let format = FORMAT.read(given);
        let unit = UNIT.read(given);
        let mut request = read_query(given, facets, unit);
        request.sort = SORT.read(given);
        request.passages = 0;
        request.ui = UI.read(given);
        let names = COLUMNS.read(given);
        if let Some(name) = names.iter().flatten().find(|name| column(unit, name).is_none()) {
            let shown = crate::problem::shortened(name);
            let known = columns(unit).iter().map(|column| column.name);
            given.refuse_word(
                COLUMNS.name,
                &format!("holds {shown:?}, which is no column of {}", UNIT.word(unit)),
                name,
                known,
            );
        }
        if names.is_some() && !format.has_columns() {
            given.refuse(COLUMNS.name, "are for csv and ndjson; references have none");
        }
        let has_mark = BOM.read(given);
        if has_mark && format != Format::Csv {
            given.refuse(BOM.name, "is for format=csv alone");
        }
        ExportParams { request, format, columns: names, has_mark, has_manifest: MANIFEST.read(given) }
    }
}

impl ExportParams {
    /// The export of what a search looks for.
    pub(crate) fn of(search: &SearchRequest) -> ExportParams {
        let request = SearchRequest { sort: SORT.default, cursor: None, ..search.clone() };
        let (format, has_mark, has_manifest) = (FORMAT.default, BOM.default, MANIFEST.default);
        ExportParams { request, format, columns: None, has_mark, has_manifest }
    }

    /// The columns of the file, in their order.
    pub(crate) fn columns(&self) -> Vec<&'static Column> {
        let unit = self.request.unit;
        match &self.columns {
            _ if !self.format.has_columns() => Vec::new(),
            Some(names) => names.iter().filter_map(|name| column(unit, name)).collect(),
            None => columns(unit).to_vec(),
        }
    }

    /// The word for the unit.
    pub(crate) fn unit(&self) -> &'static str {
        UNIT.word(self.request.unit)
    }

    /// The request in normal form, as the keys and values of a POST body.
    pub(crate) fn normalised(&self) -> Map<String, Value> {
        let mut normal = query_values(&self.request);
        let mut put = |name: &str, value: Value| drop(normal.insert(name.to_owned(), value));
        put(FORMAT.name, json!(FORMAT.word(self.format)));
        put(UNIT.name, json!(UNIT.word(self.request.unit)));
        put(SORT.name, json!(SORT.word(self.request.sort)));
        if let Some(columns) = &self.columns {
            put(COLUMNS.name, json!(columns));
        }
        put(BOM.name, json!(BOM.word(self.has_mark)));
        put(MANIFEST.name, json!(MANIFEST.word(self.has_manifest)));
        put(UI.name, json!(UI.word(self.request.ui)));
        normal
    }

    /// Address of this export at `path`, without what is default. `None` where it would be too long.
    pub(crate) fn link(&self, path: &str, facets: &[String]) -> Option<String> {
        let defaults = ExportParams::read(&mut Given::default(), facets);
        super::link(path, &self.normalised(), &defaults.normalised(), None)
    }
}

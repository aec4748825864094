//! A list of documents as a spreadsheet: `metadata.csv`.

use std::collections::BTreeMap;

use rcp_corpus::taxonomy::Taxonomy;
use toml::Spanned;

use super::file::{RawEvent, RawMetadata, Source};
use super::{Metadata, MetadataError, check};

/// Columns of a list; the order is free. Every one but `file` may be left out, and every cell but that may be empty.
pub const COLUMNS: [&str; 19] = [
    "file",
    "id",
    "title",
    "type",
    "languages",
    "date",
    "year",
    "rcps",
    "mentions",
    "regions",
    "themes",
    "countries",
    "venue",
    "url",
    "work",
    "collection",
    "event.series",
    "event.ordinal",
    "event.name",
];

/// What a cell holds to say that there is nothing, where an empty one leaves the field to inference.
const NOTHING: &str = "none";

/// Reads a list: each document's file, as written, with its metadata or what is wrong with it.
///
/// The first line names the columns ([`COLUMNS`]); cells are separated by commas or semicolons, whatever the first line
/// has more of. A cell with several values separates them by `|`; an empty cell leaves the field to inference, `none` in a
/// column of several values says that there is nothing.
///
/// # Errors
/// When a column is unknown or missing, a line has another number of cells, or two lines name one file: nothing is then
/// known about any document of the list.
pub fn parse_list(
    file: &str,
    text: &str,
    taxonomy: &Taxonomy,
) -> Result<BTreeMap<String, Result<Metadata, MetadataError>>, MetadataError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let source = Source::new(file, text);
    let first = text.lines().next().unwrap_or("");
    let delimiter = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let columns = columns(&source, &mut reader)?;
    let mut documents = BTreeMap::new();
    for record in reader.into_records() {
        let record = record.map_err(|error| unreadable(&source, &error))?;
        let position = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let cells = Cells { columns: &columns, record: &record, source: &source, position };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(name) = cells.get("file") else {
            return Err(source.error(position, "file", "the line needs a file: the path of its document"));
        };
        if documents.contains_key(name) {
            return Err(source.error(position, "file", &format!("{name:?} has two lines; keep one")));
        }
        let metadata = cells.raw().and_then(|raw| check::metadata(&source, raw, taxonomy));
        documents.insert(name.to_owned(), metadata);
    }
    Ok(documents)
}

/// The names of the columns, in lower case.
fn columns(source: &Source<'_>, reader: &mut csv::Reader<&[u8]>) -> Result<Vec<String>, MetadataError> {
    let headers = reader.headers().map_err(|error| unreadable(source, &error))?;
    let columns: Vec<String> = headers.iter().map(|name| name.trim().to_lowercase()).collect();
    for (index, column) in columns.iter().enumerate() {
        if !COLUMNS.contains(&column.as_str()) && column != "notes" {
            let message = format!("there is no column {column:?}; known are notes, {}", COLUMNS.join(", "));
            return Err(source.error(0, column, &message));
        }
        if columns.iter().take(index).any(|other| other == column) {
            return Err(source.error(0, column, "the column is there twice; keep one"));
        }
    }
    if columns.iter().any(|column| column == "file") {
        return Ok(columns);
    }
    Err(source.error(0, "file", "the first line names the columns, and one must be file: the path of the document"))
}

fn unreadable(source: &Source<'_>, error: &csv::Error) -> MetadataError {
    let position = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "the line has {len} cells, the first line {expected_len}; put quotation marks around cells with a separator"
            )
        }
        _ => error.to_string(),
    };
    source.error(position, "file", &message)
}

/// The cells of one line by their columns.
struct Cells<'a> {
    columns: &'a [String],
    record: &'a csv::StringRecord,
    source: &'a Source<'a>,
    /// First byte of the line.
    position: usize,
}

impl<'a> Cells<'a> {
    /// A cell that is not empty.
    fn get(&self, column: &str) -> Option<&'a str> {
        let index = self.columns.iter().position(|name| name == column)?;
        self.record.get(index).map(str::trim).filter(|cell| !cell.is_empty())
    }

    fn text(&self, column: &str) -> Option<Spanned<String>> {
        self.get(column).map(|cell| self.at(cell.to_owned()))
    }

    fn list(&self, column: &str) -> Option<Vec<Spanned<String>>> {
        let cell = self.get(column)?;
        if cell.eq_ignore_ascii_case(NOTHING) {
            return Some(Vec::new());
        }
        let values = cell.split('|').map(str::trim).filter(|value| !value.is_empty());
        Some(values.map(|value| self.at(value.to_owned())).collect())
    }

    fn number<N: std::str::FromStr>(&self, column: &str) -> Result<Option<Spanned<N>>, MetadataError> {
        let Some(cell) = self.get(column) else { return Ok(None) };
        let number = cell.parse().map_err(|_| {
            self.source.error(self.position, column, &format!("{cell:?} is no whole number of a sensible size"))
        })?;
        Ok(Some(self.at(number)))
    }

    fn at<T>(&self, value: T) -> Spanned<T> {
        Spanned::new(self.position..self.position, value)
    }

    fn raw(&self) -> Result<RawMetadata, MetadataError> {
        let event = match (self.text("event.series"), self.text("event.name")) {
            (Some(series), Some(name)) => Some(RawEvent { series, ordinal: self.number("event.ordinal")?, name }),
            (None, None) if self.get("event.ordinal").is_none() => None,
            _ => {
                let message = "an event needs both event.series and event.name";
                return Err(self.source.error(self.position, "event", message));
            }
        };
        Ok(RawMetadata {
            id: self.text("id"),
            title: self.text("title"),
            document_type: self.text("type"),
            languages: self.list("languages"),
            date: self.text("date"),
            year: self.number("year")?,
            rcps: self.list("rcps"),
            mentions: self.list("mentions"),
            regions: self.list("regions"),
            themes: self.list("themes"),
            countries: self.list("countries"),
            venue: self.text("venue"),
            url: self.text("url"),
            work: self.text("work"),
            collection: self.text("collection"),
            event,
            ..RawMetadata::default()
        })
    }
}

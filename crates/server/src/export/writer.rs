//! [`Writer`]: rows as bytes of a format.

use std::io::Write as _;
use std::sync::Arc;

use rcp_corpus::model::Language;
use rcp_corpus::settings::Settings;
use rcp_query::citation::Reference;
use rcp_query::export::ExportRow;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::Column;
use super::columns::{Cell, Words};
use crate::responses::{ExportManifest, Labels};
use crate::spreadsheet::plain;

/// Form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A table for spreadsheets (RFC 4180).
    Csv,
    /// An object a line.
    Ndjson,
    /// References for reference managers.
    Ris,
    /// References for LaTeX.
    Bibtex,
}

impl Format {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::Ndjson => "application/x-ndjson",
            Format::Ris => "application/x-research-info-systems; charset=utf-8",
            Format::Bibtex => "application/x-bibtex; charset=utf-8",
        }
    }

    /// Whether rows have columns.
    pub(crate) fn has_columns(self) -> bool {
        matches!(self, Format::Csv | Format::Ndjson)
    }

    /// End of a file's name.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
            Format::Ris => "ris",
            Format::Bibtex => "bib",
        }
    }
}

/// Writes an export: [`Writer::begin`], each row, [`Writer::end`].
pub(crate) struct Writer {
    pub(crate) format: Format,
    pub(crate) columns: Vec<&'static Column>,
    /// Whether CSV begins with a byte-order mark.
    pub(crate) has_mark: bool,
    /// What stands before the rows of NDJSON; without it, they stand alone.
    pub(crate) manifest: Option<ExportManifest>,
    pub(crate) settings: Arc<Settings>,
    /// Language of the labels.
    pub(crate) ui: Language,
    /// Public address of the server; empty where it is not known.
    pub(crate) site: String,
}

/// Between the items of a list in one cell.
const SEPARATOR: &str = "; ";
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// What cannot be written to memory: nothing, unless a text is no text.
pub(crate) type WriteResult = Result<(), std::io::Error>;

impl Writer {
    /// What stands before the first row; `date` is the day of the export.
    pub(crate) fn begin(&self, date: jiff::civil::Date, out: &mut Vec<u8>) -> WriteResult {
        match (self.format, &self.manifest) {
            (Format::Csv, _) => {
                if self.has_mark {
                    out.extend_from_slice(BYTE_ORDER_MARK);
                }
                write_record(self.columns.iter().map(|column| column.name.to_owned()), out)
            }
            (Format::Ndjson, Some(manifest)) => write_line(&json!({"manifest": manifest, "date": date}), out),
            (Format::Ndjson | Format::Ris | Format::Bibtex, _) => Ok(()),
        }
    }

    pub(crate) fn row(&self, row: &ExportRow, out: &mut Vec<u8>) -> WriteResult {
        let words = Words { labels: Labels::new(&self.settings.taxonomy, self.ui), site: &self.site };
        match self.format {
            Format::Csv => {
                let cells = self.columns.iter().map(|column| match column.cell(row, &words) {
                    Cell::Nothing => String::new(),
                    Cell::Text(text) => plain(&text),
                    Cell::Number(number) => number.to_string(),
                    Cell::List(items) => plain(&items.join(SEPARATOR)),
                });
                write_record(cells, out)
            }
            Format::Ndjson => write_line(&Object { columns: &self.columns, row, words }, out),
            Format::Ris => out.write_all(self.reference(row).ris().as_bytes()),
            Format::Bibtex => out.write_all(self.reference(row).bibtex().as_bytes()),
        }
    }

    fn reference(&self, row: &ExportRow) -> Reference {
        let site = Some(self.site.as_str()).filter(|site| !site.is_empty());
        let reference = Reference::new(&row.document.document, &self.settings.taxonomy, site, self.ui);
        match &row.passage {
            Some(passage) => reference.at(&passage.passage, site, self.ui),
            None => reference,
        }
    }

    /// What stands behind the last row: by it NDJSON that was cut off is told from a whole one.
    pub(crate) fn end(&self, rows: u64, out: &mut Vec<u8>) -> WriteResult {
        match (self.format, &self.manifest) {
            (Format::Ndjson, Some(_)) => write_line(&json!({"end": {"rows": rows}}), out),
            _ => Ok(()),
        }
    }
}

fn write_record(cells: impl Iterator<Item = String>, out: &mut Vec<u8>) -> WriteResult {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(cells.map(String::into_bytes))?;
    writer.flush()
}

fn write_line(line: &impl Serialize, out: &mut Vec<u8>) -> WriteResult {
    serde_json::to_writer(&mut *out, line)?;
    out.push(b'\n');
    Ok(())
}

/// A row with its columns as keys, in their order.
struct Object<'a> {
    columns: &'a [&'static Column],
    row: &'a ExportRow,
    words: Words<'a>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().map(|column| (column.name, column.cell(self.row, &self.words))))
    }
}

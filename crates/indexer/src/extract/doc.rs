//! Legacy Word files (DOC), read by office_oxide.
//!
//! Numbers that Word counts are not in what it gives, nor where a note is referred to: items have no number, and the
//! notes stand behind the text, counted in their order.

use std::io::Cursor;

use jiff::civil::Date;
use office_oxide::cfb::CfbReader;
use office_oxide::doc::{DocDocument, DocError, SubDocumentKind};
use office_oxide::ir::{Element, InlineContent, List, Note, VerticalAlign};
use office_oxide::{Document, DocumentFormat, OfficeError};

use super::office::counting::Numerals;
use super::office::line::{Line, Look, is_contents};
use super::office::table;
use super::paragraphs::{Paragraph, Style, blocks};
use super::{ExtractError, Extracted, Properties};

/// Streams that tell what a compound file is.
const STREAMS: [(&str, &str); 5] = [
    ("Workbook", "a spreadsheet (XLS)"),
    ("Book", "a spreadsheet (XLS)"),
    ("PowerPoint Document", "a presentation (PPT)"),
    ("__properties_version1.0", "an Outlook message"),
    ("VisioDocument", "a drawing (VSD)"),
];

/// Reads a compound file.
///
/// # Errors
/// Those without a Word document are [`ExtractError::Unsupported`]; a package that opens with a password is
/// [`ExtractError::Encrypted`].
pub(super) fn read(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let damaged = |why: String| ExtractError::Damaged { format: "DOC", why };
    let container = CfbReader::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    if container.has_root_entry("EncryptedPackage") {
        return Err(ExtractError::Encrypted);
    }
    if !container.has_root_entry("WordDocument") {
        let format = STREAMS.iter().find(|(stream, _)| container.has_root_entry(stream));
        return Err(ExtractError::Unsupported { format: format.map_or("a compound file (OLE)", |(_, format)| format) });
    }
    let document =
        Document::from_reader(Cursor::new(bytes.to_vec()), DocumentFormat::Doc).map_err(|error| match error {
            OfficeError::Doc(DocError::Encrypted) => ExtractError::Encrypted,
            error => damaged(error.to_string()),
        })?;
    let told = document.to_ir();
    let parts = document.as_doc().map(DocDocument::subdocuments).unwrap_or_default();
    let headers = parts
        .iter()
        .filter(|part| matches!(part.kind, SubDocumentKind::HeadersFooters | SubDocumentKind::HeaderTextBoxes));
    let mut reader = Reader { headers: headers.map(|part| part.text.as_str()).collect(), footnotes: 0, endnotes: 0 };
    let mut paragraphs = Vec::new();
    for section in &told.sections {
        reader.elements(&section.elements, &mut paragraphs);
    }
    let day = |stamp: &Option<String>| stamp.as_deref()?.get(..10)?.parse::<Date>().ok();
    Ok(Extracted {
        media_type: "application/msword".to_owned(),
        pages: None,
        properties: Properties {
            // Where the file has no title of its own, the library gives its first heading.
            title: document
                .as_doc()
                .and_then(|document| document.summary_properties()?.title.clone())
                .filter(|title| !title.trim().is_empty()),
            created: day(&told.metadata.created),
            modified: day(&told.metadata.modified),
            ..Properties::default()
        },
        blocks: blocks(paragraphs),
    })
}

/// Reads what the library gives.
struct Reader<'d> {
    /// Texts of headers and footers, which it also gives as text boxes.
    headers: Vec<&'d str>,
    footnotes: u32,
    endnotes: u32,
}

impl Reader<'_> {
    fn elements(&mut self, elements: &[Element], out: &mut Vec<Paragraph>) {
        for element in elements {
            match element {
                Element::Heading(heading) => {
                    out.extend(line(&heading.content).finish(Style::Heading(heading.level), ""));
                }
                Element::Paragraph(paragraph) if paragraph.style.as_deref().is_some_and(is_contents) => {}
                Element::Paragraph(paragraph) => out.extend(line(&paragraph.content).finish(Style::Text, "")),
                Element::List(list) => self.list(list, out),
                Element::Table(table) => {
                    let mut rows = Vec::new();
                    for row in &table.rows {
                        let mut cells = Vec::new();
                        for cell in &row.cells {
                            let mut paragraphs = Vec::new();
                            self.elements(&cell.content, &mut paragraphs);
                            cells.push(paragraphs);
                        }
                        rows.push(cells);
                    }
                    out.extend(table::paragraphs(rows));
                }
                Element::TextBox(content) => {
                    let mut paragraphs = Vec::new();
                    self.elements(&content.content, &mut paragraphs);
                    let header = |paragraph: &Paragraph| self.headers.iter().any(|text| text.contains(&paragraph.text));
                    paragraphs.retain(|paragraph| !header(paragraph));
                    out.extend(paragraphs);
                }
                Element::Footnote(note) => {
                    self.footnotes += 1;
                    let number = Numerals::Decimal.print(self.footnotes, "");
                    self.note(note, number, out);
                }
                // Comments come as endnotes of another name.
                Element::Endnote(note) if note.marker.as_deref() == Some("endnote") => {
                    self.endnotes += 1;
                    let number = Numerals::LowerRoman.print(self.endnotes, "");
                    self.note(note, number, out);
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &List, out: &mut Vec<Paragraph>) {
        for item in &list.items {
            let mut paragraphs = Vec::new();
            self.elements(&item.content, &mut paragraphs);
            if let Some(first) = paragraphs.first_mut().filter(|paragraph| paragraph.style == Style::Text) {
                first.style = Style::ListItem;
            }
            out.append(&mut paragraphs);
            if let Some(nested) = &item.nested {
                self.list(nested, out);
            }
        }
    }

    fn note(&mut self, note: &Note, number: String, out: &mut Vec<Paragraph>) {
        let mut paragraphs = Vec::new();
        self.elements(&note.content, &mut paragraphs);
        out.push(table::note(number, None, paragraphs));
    }
}

fn line(content: &[InlineContent]) -> Line {
    let mut line = Line::default();
    for part in content {
        match part {
            InlineContent::Text(span) => {
                let raised = span.vertical_align == Some(VerticalAlign::Superscript);
                let look = Look { bold: span.bold, raised, hidden: false };
                for (index, piece) in span.text.split('\t').enumerate() {
                    if index > 0 {
                        line.tab();
                    }
                    line.push(piece, look);
                }
            }
            InlineContent::LineBreak => line.end_line(),
            _ => {}
        }
    }
    line
}

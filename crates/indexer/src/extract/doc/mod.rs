//! Legacy Word files (DOC), read by office_oxide.
//!
//! Numbers that Word counts are not in what it gives, nor where a note is referred to: [`marks`] reads both from the
//! file and finds their paragraphs by their text.

mod bytes;
mod formats;
mod lists;
mod marks;

use std::collections::BTreeMap;
use std::io::Cursor;

use jiff::civil::Date;
use office_oxide::cfb::CfbReader;
use office_oxide::doc::{DocDocument, DocError, SubDocumentKind};
use office_oxide::ir::{Element, InlineContent, List, Note, VerticalAlign};
use office_oxide::{Document, DocumentFormat, OfficeError};

use marks::Marks;

use super::office::counting::Numerals;
use super::office::line::{Line, Look, is_contents};
use super::office::table;
use super::paragraphs::{Paragraph, Style, blocks};
use super::{ExtractError, Extracted, Properties};

/// How Word counts notes unless it is told otherwise.
const FOOTNOTES: Numerals = Numerals::Decimal;
const ENDNOTES: Numerals = Numerals::LowerRoman;

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
    let mut container = CfbReader::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
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
    let marks = marks(&mut container);
    let headers = headers.map(|part| part.text.as_str()).collect();
    let mut reader = Reader { headers, marks, notes: BTreeMap::new(), footnotes: 0, endnotes: 0 };
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
        blocks: blocks(reader.with_notes(paragraphs)),
    })
}

/// What the file prints beside its text.
fn marks(container: &mut CfbReader<Cursor<&[u8]>>) -> Marks {
    let mut stream = |name| container.open_stream(name).unwrap_or_default();
    let document = stream("WordDocument");
    let second = bytes::u16_at(&document, 0x0A).is_some_and(|flags| flags & 0x200 != 0);
    Marks::read(&document, &stream(if second { "1Table" } else { "0Table" }))
}

/// Reads what the library gives.
struct Reader<'d> {
    /// Texts of headers and footers, which it also gives as text boxes.
    headers: Vec<&'d str>,
    marks: Marks,
    /// Notes by their number; the library gives them behind the text.
    notes: BTreeMap<String, Paragraph>,
    footnotes: u32,
    endnotes: u32,
}

impl Reader<'_> {
    fn elements(&mut self, elements: &[Element], out: &mut Vec<Paragraph>) {
        for element in elements {
            match element {
                Element::Heading(heading) => self.paragraph(&heading.content, Style::Heading(heading.level), out),
                Element::Paragraph(paragraph) if paragraph.style.as_deref().is_some_and(is_contents) => {}
                Element::Paragraph(paragraph) => self.paragraph(&paragraph.content, Style::Text, out),
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
                    self.note(note, FOOTNOTES.print(self.footnotes, ""));
                }
                // Comments come as endnotes of another name.
                Element::Endnote(note) if note.marker.as_deref() == Some("endnote") => {
                    self.endnotes += 1;
                    self.note(note, ENDNOTES.print(self.endnotes, ""));
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

    /// A paragraph with what is printed beside it.
    fn paragraph(&mut self, content: &[InlineContent], style: Style, out: &mut Vec<Paragraph>) {
        let mut line = line(content);
        let mark = self.marks.of(line.text()).unwrap_or_default();
        let footnotes = mark.footnotes.iter().map(|&number| FOOTNOTES.print(number, ""));
        let endnotes = mark.endnotes.iter().map(|&number| ENDNOTES.print(number, ""));
        footnotes.chain(endnotes).for_each(|number| line.refer(number));
        out.extend(line.finish(style, &mark.label));
    }

    fn note(&mut self, note: &Note, number: String) {
        let mut paragraphs = Vec::new();
        self.elements(&note.content, &mut paragraphs);
        self.notes.insert(number.clone(), table::note(number, None, paragraphs));
    }

    /// The paragraphs, each with its notes behind it.
    fn with_notes(mut self, paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
        let mut all = Vec::new();
        for paragraph in paragraphs {
            let notes: Vec<Paragraph> = paragraph.notes.iter().filter_map(|number| self.notes.remove(number)).collect();
            all.push(paragraph);
            all.extend(notes);
        }
        all.extend(self.notes.into_values());
        all
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

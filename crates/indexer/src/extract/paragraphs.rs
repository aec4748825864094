//! Paragraphs of formats that have them (DOCX, ODT, RTF, HTML, PDF …) to blocks.
//!
//! A reader of a format says what the file says: text, style, list, table, note. What a paragraph *is* is decided
//! here, in one way for all formats: a printed number in front of the text, a bullet typed by hand, a heading that is
//! only a bold line, contact data.

use super::clean::clean_line;
use super::contact::is_contact_block;
use super::draft::{CELL_SEPARATOR, Draft, finish, numbered_row, without_bullet};
use super::heading::{self, ends_sentence};
use super::number::{Marker, MarkerStyle, split_number};
use super::{Block, BlockKind};

/// Longest heading that a style makes, in characters: headings are copied to every passage below them.
const MAX_STYLED_HEADING: usize = 400;

/// Longest heading that is told by bold type alone, in characters.
const MAX_BOLD_HEADING: usize = 200;

/// A paragraph as a format gives it.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// What the format says it is.
    pub(super) style: Style,
    /// Its text; `\n` for a line break inside it, `\t` for a tab. Marks of notes are not in it.
    pub(super) text: String,
    /// The number or bullet that the format counts itself, as it is printed: `21.`, `(a)`, `•`. It is not in the text.
    pub(super) number: Option<String>,
    /// Whether all its letters are bold, or clearly larger than those of the running text.
    pub(super) emphasis: bool,
    /// Page it starts on, counted from 1, where the format has pages.
    pub(super) page: Option<u32>,
    /// Numbers of the footnotes it refers to, as printed.
    pub(super) notes: Vec<String>,
}

/// What a format says a paragraph is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Running text, or nothing said.
    #[default]
    Text,
    /// A heading of this level, 1 the outermost.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A row of a table with these cells; the paragraph's own text is not used.
    Row(Vec<String>),
    /// A footnote or endnote; the number is that of the note.
    Note,
}

/// Makes blocks of paragraphs, in their order.
pub(super) fn blocks(paragraphs: Vec<Paragraph>) -> Vec<Block> {
    let capitals = heading::in_capitals(paragraphs.iter().map(|paragraph| paragraph.text.as_str()));
    paragraphs.into_iter().filter_map(|paragraph| draft(paragraph, capitals)).flat_map(finish).collect()
}

/// `None` for a paragraph without text. In a document in `capitals` they tell no heading.
fn draft(paragraph: Paragraph, capitals: bool) -> Option<Draft> {
    let Paragraph { style, text, number, emphasis, page, notes } = paragraph;
    let lines: Vec<String> =
        text.split('\n').map(|line| clean_line(line).trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let number = number.map(|number| clean_line(&number).trim().to_owned()).filter(|number| !number.is_empty());
    let new = |kind, marker, text| Some(Draft { marker, notes, markup: false, ..Draft::new(kind, text, page) });
    if let Style::Row(cells) = style {
        return row(&cells).and_then(|(kind, marker, text)| new(kind, marker, text));
    }
    if lines.is_empty() {
        return None;
    }
    if lines.len() > 1 && is_contact_block(&lines) {
        return new(BlockKind::Contact, None, lines.join(" "));
    }
    let text = lines.join(" ");
    match style {
        Style::Heading(level) if text.chars().nth(MAX_STYLED_HEADING).is_none() => {
            let text = number.map_or_else(|| text.clone(), |number| format!("{number} {text}"));
            new(BlockKind::Heading(level.clamp(1, 6)), None, text)
        }
        Style::Note => {
            let number = number.map(|number| Marker { number, style: MarkerStyle::Brackets });
            new(BlockKind::Footnote, number, text)
        }
        _ if number.is_none() && is_heading(&text, emphasis, capitals) => {
            new(BlockKind::Heading(heading::level(&text)), None, text)
        }
        style => {
            let (kind, marker, text) = item(&style, number.as_deref(), &text);
            new(kind, marker, text)
        }
    }
}

/// A row; one that has a single cell with text is a paragraph in a frame, one of a number and a text a numbered
/// paragraph.
fn row(cells: &[String]) -> Option<(BlockKind, Option<Marker>, String)> {
    let line =
        |cell: &String| cell.split('\n').map(|line| clean_line(line).trim().to_owned()).collect::<Vec<_>>().join(" ");
    let cells: Vec<String> =
        cells.iter().map(line).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
    if let Some((marker, text)) = numbered_row(&cells) {
        return Some((BlockKind::ListItem, Some(marker), text.to_owned()));
    }
    match cells.as_slice() {
        [] => None,
        [cell] => Some(item(&Style::Text, None, cell)),
        cells => Some((BlockKind::TableRow, None, cells.join(CELL_SEPARATOR))),
    }
}

/// Kind, printed number and text of a paragraph that is no heading.
fn item(style: &Style, number: Option<&str>, text: &str) -> (BlockKind, Option<Marker>, String) {
    // A number needs the punctuation that tells it from a word; counted ones may have none.
    let counted =
        number.and_then(|number| split_number(number).or_else(|| split_number_owned(number)).map(|(marker, _)| marker));
    if counted.is_some() {
        return (BlockKind::ListItem, counted, text.to_owned());
    }
    if let Some((marker, rest)) = split_number(text) {
        return (BlockKind::ListItem, Some(marker), rest.to_owned());
    }
    if let Some(rest) = without_bullet(text) {
        return (BlockKind::ListItem, None, rest.to_owned());
    }
    let listed = *style == Style::ListItem || number.is_some();
    (if listed { BlockKind::ListItem } else { BlockKind::Paragraph }, None, text.to_owned())
}

/// A counted number without punctuation: `21`, `a`.
fn split_number_owned(number: &str) -> Option<(Marker, &str)> {
    let plain = number.len() <= 6 && number.chars().all(|c| c.is_ascii_alphanumeric());
    plain.then(|| (Marker { number: number.to_owned(), style: MarkerStyle::Dot }, ""))
}

/// Whether a paragraph without the style of a heading is one: a bold line that is no sentence, or a line in capitals.
fn is_heading(text: &str, emphasis: bool, capitals: bool) -> bool {
    let short = text.chars().nth(MAX_BOLD_HEADING).is_none();
    let bold =
        emphasis && short && text.chars().any(char::is_alphabetic) && (!ends_sentence(text) || text.ends_with(':'));
    bold || (!capitals && heading::is_capitals(text))
}

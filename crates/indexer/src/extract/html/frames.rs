//! [`Frame`]: what the elements around a text mean for it.

use scraper::node::Element;

use super::super::number::split_number;
use super::super::paragraphs::{Paragraph, Style};
use super::list::List;
use super::notes;
use super::table::Table;
use super::text::Running;

/// What an open element means for the texts in it.
#[derive(Debug)]
pub(super) enum Frame {
    /// A block without a meaning of its own.
    Block,
    Bold,
    Link,
    Quotation,
    Preformatted,
    Heading(u8),
    List(List),
    /// An item with what is printed in front of it, until its first text has taken it.
    Item {
        marker: Option<String>,
        taken: bool,
    },
    /// A footnote with its number, until its first text has taken it.
    Note(Option<String>),
    /// The notes at the end of a text: each item of it is one.
    Notes,
    /// A table whose rows are kept.
    Table(Table),
    Row(Row),
    Cell,
}

/// A row of a table while it is read.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) letters: usize,
    pub(super) linked: usize,
    pub(super) notes: Vec<String>,
}

impl Row {
    /// Adds a text to the cell that is being read, with what is printed in front of it.
    pub(super) fn add(&mut self, running: Running, number: Option<String>) {
        let number = number.or(running.number).filter(|number| number != "•");
        let text = number.map_or_else(|| running.text.clone(), |number| format!("{number} {}", running.text));
        self.letters += running.letters;
        self.linked += running.linked;
        self.notes.extend(running.notes);
        match self.cells.last_mut() {
            Some(cell) if !cell.is_empty() => {
                cell.push('\n');
                cell.push_str(&text);
            }
            Some(cell) => *cell = text,
            None => self.cells.push(text),
        }
    }

    /// The row as a paragraph: a number and its text are a numbered one; `None` for an empty row.
    pub(super) fn paragraph(self, table: Table) -> Option<Paragraph> {
        let Row { mut cells, notes, .. } = self;
        cells.retain(|cell| !cell.trim().is_empty());
        let is_number = |cell: &str| split_number(cell.trim()).is_some_and(|(_, rest)| rest.is_empty());
        match cells.as_slice() {
            [] => None,
            [number, text] if !table.has_heads && is_number(number) => {
                let number = Some(number.trim().to_owned());
                Some(Paragraph { text: text.clone(), number, notes, ..Paragraph::default() })
            }
            _ => Some(Paragraph { style: Style::Row(cells), notes, ..Paragraph::default() }),
        }
    }
}

/// The open elements that mean something, from the outermost on, with where each ends.
#[derive(Debug, Default)]
pub(super) struct Frames(pub(super) Vec<(usize, Frame)>);

impl Frames {
    /// What an item of a list means.
    pub(super) fn item(&mut self, element: &Element) -> Frame {
        let in_notes = self.0.iter().any(|(_, frame)| matches!(frame, Frame::Notes));
        let list = self.0.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::List(list) => Some(list),
            _ => None,
        });
        let marker = list.map_or_else(|| Some("•".to_owned()), |list| list.marker(element));
        match marker.as_deref().and_then(notes::mark) {
            Some(number) if in_notes => Frame::Note(Some(number.to_owned())),
            _ => Frame::Item { marker, taken: false },
        }
    }

    /// The table whose rows are being read.
    pub(super) fn table(&self) -> Option<Table> {
        self.0.iter().rev().find_map(|(_, frame)| match frame {
            Frame::Table(table) => Some(*table),
            _ => None,
        })
    }

    /// The row that is being read.
    pub(super) fn row(&mut self) -> Option<&mut Row> {
        self.0.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::Row(row) => Some(row),
            _ => None,
        })
    }

    /// What the open elements say of a text, and the number that is printed in front of it.
    pub(super) fn style(&mut self, running: &Running) -> (Style, Option<String>) {
        if let Some(number) = &running.note {
            return (Style::Note, Some(number.clone()));
        }
        let mut heading = None;
        for (_, frame) in self.0.iter_mut().rev() {
            match frame {
                Frame::Heading(level) => heading = heading.or(Some(*level)),
                Frame::Note(number) => return (Style::Note, number.take()),
                Frame::Item { marker, taken } => {
                    let marker = if *taken { None } else { marker.take() };
                    let style = match heading {
                        Some(level) => return (Style::Heading(level), marker.filter(|marker| marker != "•")),
                        None if *taken => Style::Text,
                        None => Style::ListItem,
                    };
                    *taken = true;
                    return (style, marker);
                }
                Frame::Cell => break,
                _ => {}
            }
        }
        (heading.map_or(Style::Text, Style::Heading), None)
    }
}

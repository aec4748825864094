//! [`Story`]: paragraphs and tables of the document, a note or a text box while they are read.

use super::super::office::line::Line;
use super::super::office::table::Rows;
use super::super::paragraphs::{Paragraph, Style};

/// Deepest table inside a table that is kept apart.
const MAX_TABLES: usize = 8;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The open paragraph.
    pub(super) line: Line,
    /// The number or bullet that the program printed in front of it.
    pub(super) label: String,
    /// Notes and text boxes that stand behind it.
    pub(super) behind: Vec<Paragraph>,
    paragraphs: Vec<Paragraph>,
    /// Open tables, each in a cell of the one before.
    tables: Vec<Rows>,
}

impl Story {
    /// Ends a paragraph in this many tables; `None` for an entry of a table of contents.
    pub(super) fn end_paragraph(&mut self, style: Option<Style>, depth: usize) {
        self.stand_in(depth);
        let (line, label) = (std::mem::take(&mut self.line), std::mem::take(&mut self.label));
        let mut paragraphs = match style {
            Some(style) if !line.is_blank() => line.finish(style, if label.trim() == "o" { "•" } else { &label }),
            _ => Vec::new(),
        };
        paragraphs.append(&mut self.behind);
        self.push(paragraphs);
    }

    /// Ends a cell of the table at this depth, 1 the outermost.
    pub(super) fn end_cell(&mut self, style: Option<Style>, depth: usize) {
        self.end_paragraph(style, depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
    }

    /// Ends a row of the table at this depth.
    pub(super) fn end_row(&mut self, depth: usize) {
        self.stand_in(depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            table.end_row();
        }
    }

    /// Its paragraphs.
    pub(super) fn finish(mut self, style: Option<Style>) -> Vec<Paragraph> {
        if !self.line.is_blank() || !self.behind.is_empty() {
            let depth = self.tables.len();
            self.end_paragraph(style, depth);
        }
        self.stand_in(0);
        self.paragraphs
    }

    /// Closes and opens tables until this many are open.
    fn stand_in(&mut self, depth: usize) {
        let depth = depth.min(MAX_TABLES);
        while self.tables.len() > depth {
            let rows = self.tables.pop().map(|mut table| table.finish()).unwrap_or_default();
            self.push(rows);
        }
        while self.tables.len() < depth {
            self.tables.push(Rows::default());
        }
    }

    fn push(&mut self, paragraphs: Vec<Paragraph>) {
        match self.tables.last_mut() {
            Some(table) => table.push(paragraphs),
            None => self.paragraphs.extend(paragraphs),
        }
    }
}

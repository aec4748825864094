//! A page to paragraphs, block by block.

use scraper::node::Element;

use super::super::number::split_number;
use super::super::paragraphs::{Paragraph, Style};
use super::element;
use super::frames::{Frame, Frames, Row};
use super::list::List;
use super::notes::{self, Notes};
use super::table;
use super::text::{Running, Setting, paragraphs, superscript, without_number};
use super::tree::{Content, Page};

/// A paragraph with what tells menus from text.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) paragraph: Paragraph,
    /// Letters and digits in it.
    pub(super) letters: usize,
    /// Those of them that are links.
    pub(super) linked: usize,
    /// The outermost list it is in, by its position.
    pub(super) list: Option<usize>,
}

/// Words behind which a raised number is an exponent.
const UNITS: [&str; 6] = ["m", "km", "cm", "mm", "dm", "hm"];

/// The paragraphs in an element.
pub(super) fn walk(page: &Page<'_>, notes: &Notes, root: usize) -> Vec<Piece> {
    let mut walker = Walker::new(page, notes);
    let mut index = root;
    let end = page.end(root);
    while index < end {
        walker.close_until(index);
        index = walker.read(index);
    }
    walker.close_until(usize::MAX);
    walker.flush();
    walker.pieces
}

struct Walker<'a> {
    page: &'a Page<'a>,
    notes: &'a Notes,
    pieces: Vec<Piece>,
    running: Running,
    open: Frames,
    bold: usize,
    linked: usize,
    preformatted: usize,
    /// Cells of kept tables that are open: one or none.
    cells: usize,
    /// Outermost list, and where it ends.
    list: Option<(usize, usize)>,
}

impl<'a> Walker<'a> {
    fn new(page: &'a Page<'a>, notes: &'a Notes) -> Walker<'a> {
        Walker {
            page,
            notes,
            pieces: Vec::new(),
            running: Running::default(),
            open: Frames::default(),
            bold: 0,
            linked: 0,
            preformatted: 0,
            cells: 0,
            list: None,
        }
    }

    /// Reads a node; returns the position of the next one.
    fn read(&mut self, index: usize) -> usize {
        let Some(node) = self.page.nodes.get(index) else { return index + 1 };
        match node.content {
            Content::Text(text) => {
                self.push(text);
                index + 1
            }
            Content::Element(element) if self.read_whole(index, element) => node.end,
            Content::Element(element) => {
                self.enter(index, element);
                index + 1
            }
        }
    }

    fn push(&mut self, text: &str) {
        let setting = Setting { bold: self.bold > 0, linked: self.linked > 0, preformatted: self.preformatted > 0 };
        self.running.push(text, setting);
    }

    /// Reads an element whose text is not that of the paragraph: marks of notes, counted numbers, breaks.
    fn read_whole(&mut self, index: usize, element: &Element) -> bool {
        if let Some(number) = self.notes.references.get(&index) {
            self.running.notes.push(number.clone());
            return true;
        }
        if self.notes.returns.contains(&index) {
            return true;
        }
        match element.name() {
            "br" => {
                self.running.push_break();
                true
            }
            "hr" => {
                self.flush();
                true
            }
            "sup" => self.read_raised(index),
            _ if element::style(element, "mso-list").is_some_and(|value| value.starts_with("ignore")) => {
                let number = self.page.text(index);
                let bullet = split_number(&number).is_none();
                self.running.number = Some(if bullet { "•".to_owned() } else { number });
                true
            }
            _ => false,
        }
    }

    /// Reads a superscript: the mark of a note, an exponent, or (`false`) text.
    fn read_raised(&mut self, index: usize) -> bool {
        let text = self.page.text(index);
        let inside = index + 1..self.page.end(index);
        if let Some(number) = self.notes.references.range(inside.clone()).next().map(|(_, number)| number.clone()) {
            let only_marks = self.page.nodes.get(inside).unwrap_or_default().iter().all(|node| match node.content {
                Content::Element(_) => true,
                Content::Text(text) => text.chars().all(|c| !c.is_alphabetic()),
            });
            if only_marks && notes::mark(&text).is_some() {
                self.running.notes.push(number);
                return true;
            }
            return false;
        }
        let is_mark = !text.is_empty() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit() || c == '*');
        if !is_mark {
            return false;
        }
        let word = self.running.last_word();
        let exponent = UNITS.contains(&word) || word.ends_with(|c: char| c.is_ascii_digit());
        if exponent {
            self.push(&text.chars().map(superscript).collect::<String>());
        } else if self.running.is_empty() {
            self.running.note = Some(text);
        } else {
            self.running.notes.push(text);
        }
        true
    }

    fn enter(&mut self, index: usize, element: &Element) {
        let end = self.page.end(index);
        if element::is_block(element) {
            self.flush();
            let frame = self.block(index, element);
            self.open.0.push((end, frame));
            if let Some(number) = self.notes.notes.get(&index) {
                self.open.0.push((end, Frame::Note(Some(number.clone()))));
            } else if notes::is_notes_section(element) {
                self.open.0.push((end, Frame::Notes));
            }
        }
        if element.name() == "pre"
            || element::style(element, "white-space").is_some_and(|value| value.starts_with("pre"))
        {
            self.preformatted += 1;
            self.open.0.push((end, Frame::Preformatted));
        }
        if element::is_bold(element) {
            self.bold += 1;
            self.open.0.push((end, Frame::Bold));
        }
        if element::is_link(element) {
            self.linked += 1;
            self.open.0.push((end, Frame::Link));
        }
        if element.name() == "q" {
            self.push("“");
            self.open.0.push((end, Frame::Quotation));
        }
    }

    /// What a block means.
    fn block(&mut self, index: usize, element: &Element) -> Frame {
        if let Some(level) = element::heading_level(element) {
            return Frame::Heading(level);
        }
        match element.name() {
            "ul" | "ol" | "menu" | "dir" => {
                let items = self.page.inside(index).iter().filter(|node| {
                    node.parent == Some(index)
                        && matches!(node.content, Content::Element(child) if child.name() == "li")
                });
                if self.list.is_none_or(|(_, end)| end <= index) {
                    self.list = Some((index, self.page.end(index)));
                }
                Frame::List(List::of(element, items.count()))
            }
            "li" => self.open.item(element),
            "table" if self.cells == 0 => table::read(self.page, index).map_or(Frame::Block, Frame::Table),
            "tr" if self.cells == 0 && self.open.table().is_some() => Frame::Row(Row::default()),
            "td" | "th" if self.cells == 0 => match self.open.row() {
                Some(row) => {
                    row.cells.push(String::new());
                    self.cells += 1;
                    Frame::Cell
                }
                None => Frame::Block,
            },
            _ => Frame::Block,
        }
    }

    /// Closes the elements that end at a position.
    fn close_until(&mut self, index: usize) {
        while let Some((_, frame)) = self.open.0.pop_if(|(end, _)| *end <= index) {
            match frame {
                Frame::Bold => self.bold -= 1,
                Frame::Link => self.linked -= 1,
                Frame::Preformatted => self.preformatted -= 1,
                Frame::Quotation => self.push("”"),
                frame => {
                    self.open.0.push((index, frame));
                    self.flush();
                    match self.open.0.pop() {
                        Some((_, Frame::Row(row))) => self.push_row(row),
                        Some((_, Frame::Cell)) => self.cells -= 1,
                        _ => {}
                    }
                }
            }
        }
    }

    fn push_row(&mut self, row: Row) {
        let (letters, linked) = (row.letters, row.linked);
        let paragraph = self.open.table().and_then(|table| row.paragraph(table));
        self.pieces.extend(paragraph.map(|paragraph| Piece { paragraph, letters, linked, list: None }));
    }

    /// Ends the text that was read since the last border of a block.
    fn flush(&mut self) {
        let running = std::mem::take(&mut self.running);
        if running.is_empty() && running.notes.is_empty() {
            return;
        }
        let (style, number) = self.open.style(&running);
        if self.cells > 0 {
            if let Some(row) = self.open.row() {
                row.add(running, number);
            }
            return;
        }
        let list = self.list.filter(|_| matches!(style, Style::ListItem)).map(|(index, _)| index);
        let emphasis = running.is_bold();
        let texts = match style {
            Style::Text | Style::ListItem if running.number.is_none() => paragraphs(&running.text),
            Style::Note => vec![without_number(&running.text, number.as_deref().unwrap_or("")).to_owned()],
            _ => vec![running.text],
        };
        let mut first = Some((style, number.or(running.number), running.notes));
        for text in texts {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            let linked = (running.linked * letters).checked_div(running.letters).unwrap_or(0);
            let (style, number, notes) = first.take().unwrap_or_default();
            let paragraph = Paragraph { style, text, number, emphasis, page: None, notes };
            self.pieces.push(Piece { paragraph, letters, linked, list });
        }
    }
}

//! [`Body`]: the text of an OpenDocument text in reading order.

use super::super::counting::{Counts, LEVELS};
use super::super::line::Line;
use super::super::table;
use super::super::xml::{Child, Element};
use super::lists::{Lists, OpenList, next};
use super::styles::{OUTLINE, Run, Styles};
use crate::extract::paragraphs::{Paragraph, Style};
use crate::extract::{ExtractError, MAX_BLOCKS};

/// Reads the text.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    lists: Lists,
    headings: Counts,
    /// The page that is read; `None` in a file without page breaks of the program's own.
    page: Option<u32>,
    paragraphs: usize,
}

/// The item of a list in which a paragraph stands.
#[derive(Clone)]
struct Item {
    list: OpenList,
    /// Whether the next paragraph has the item's number.
    numbered: bool,
    /// A number that the file holds as text.
    printed: Option<String>,
}

impl<'s> Body<'s> {
    /// A reader of a text with these styles.
    pub(super) fn new(text: Element<'_>, styles: &'s Styles) -> Body<'s> {
        let broken = text.descendants().any(|element| element.name() == "soft-page-break");
        Body { styles, lists: Lists::default(), headings: Counts::default(), page: broken.then_some(1), paragraphs: 0 }
    }

    /// Number of pages read so far.
    pub(super) fn pages(&self) -> Option<u32> {
        self.page
    }

    /// The paragraphs, lists and tables in an element.
    pub(super) fn read(&mut self, parent: Element<'_>, out: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        parent.elements().try_for_each(|element| self.block(element, None, out))
    }

    fn block(
        &mut self,
        element: Element<'_>,
        item: Option<&mut Item>,
        out: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        match element.name() {
            "p" | "h" => self.paragraph(element, item, out),
            "list" => self.list(element, None, true, out),
            "table" => self.table(element, out),
            "soft-page-break" => {
                self.turn_page();
                Ok(())
            }
            // Its entries repeat what stands elsewhere.
            "table-of-content" | "illustration-index" | "table-index" | "object-index" | "user-index"
            | "alphabetical-index" => Ok(()),
            name if is_no_text(name) => Ok(()),
            "title" | "desc" if element.prefix() == "svg" => Ok(()),
            _ => self.read(element, out),
        }
    }

    fn list(
        &mut self,
        element: Element<'_>,
        around: Option<&OpenList>,
        first: bool,
        out: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        let list = self.lists.enter(element, around, first);
        for entry in element.elements() {
            let numbered = entry.name() == "list-item";
            if !numbered && entry.name() != "list-header" {
                continue;
            }
            if let Some(start) = entry.number("start-value") {
                self.lists.start(&list, start);
            }
            let mut item = Item { list: list.clone(), numbered, printed: None };
            let mut first = true;
            for element in entry.elements() {
                match element.name() {
                    "list" => self.list(element, Some(&list), first, out)?,
                    "number" => item.printed = Some(element.text()),
                    _ => self.block(element, Some(&mut item), out)?,
                }
                first = false;
            }
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        element: Element<'_>,
        item: Option<&mut Item>,
        out: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        self.paragraphs += 1;
        if self.paragraphs > MAX_BLOCKS {
            return Err(ExtractError::TooLong { limit: MAX_BLOCKS });
        }
        let styles = self.styles;
        let style = styles.paragraph(&element.attribute("style-name").unwrap_or_default());
        // The style of the first page breaks nothing.
        if style.breaks_before && !out.is_empty() {
            self.turn_page();
        }
        let mut line = Line::default();
        let mut behind = Vec::new();
        self.inline(element, style.run, &mut line, &mut behind)?;
        let outline = if element.name() == "h" { Some(element.number("outline-level").unwrap_or(1)) } else { None };
        let label = match item {
            Some(item) => std::mem::take(&mut item.numbered).then(|| self.item_label(item, style.list)),
            None => outline.and_then(|level| self.heading_label(element, level)),
        };
        let level: Option<u8> = outline.or(style.heading).filter(|level| (1..=9).contains(level));
        if !line.is_blank() && !style.contents {
            out.extend(line.finish(level.map_or(Style::Text, Style::Heading), &label.unwrap_or_default()));
        }
        out.append(&mut behind);
        Ok(())
    }

    /// Counts an item of a list; what the file prints goes before what is counted here.
    fn item_label(&mut self, item: &mut Item, of_paragraph: Option<&str>) -> String {
        let name = item.list.style.as_deref().or(of_paragraph);
        let counted = match name.and_then(|name| self.styles.list(name)) {
            Some(style) => self.lists.next(&item.list, style),
            None => "•".to_owned(),
        };
        item.printed.take().filter(|printed| !printed.trim().is_empty()).unwrap_or(counted)
    }

    /// Counts a heading outside of lists.
    fn heading_label(&mut self, heading: Element<'_>, level: u8) -> Option<String> {
        let printed = heading.child("number").map(Element::text);
        if heading.attribute("is-list-header").is_some_and(|value| value == "true") {
            return printed;
        }
        let level = usize::from(level.max(1) - 1).min(LEVELS - 1);
        let start = heading.number("start-value");
        if let Some(start) = start.filter(|_| heading.attribute("restart-numbering").is_some_and(|on| on == "true")) {
            self.headings.restart(level, start);
        }
        let counted = self.styles.list(OUTLINE).map(|style| next(&mut self.headings, level, style));
        printed.or(counted)
    }

    /// The text in an element; text boxes and notes go behind the paragraph.
    fn inline(
        &mut self,
        parent: Element<'_>,
        run: Run,
        line: &mut Line,
        behind: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        for child in parent.children() {
            let element = match child {
                Child::Element(element) => element,
                Child::Text(text) => {
                    line.on_page(self.page);
                    line.push(text, run.look());
                    continue;
                }
            };
            match element.name() {
                "span" => {
                    let style = self.styles.text(&element.attribute("style-name").unwrap_or_default());
                    self.inline(element, style.or(run), line, behind)?;
                }
                "s" => line.push(" ", run.look()),
                "tab" => line.tab(),
                "line-break" => line.end_line(),
                "soft-page-break" => self.turn_page(),
                "note" => self.note(element, line, behind)?,
                "frame" | "text-box" | "custom-shape" | "g" | "rect" | "ellipse" | "caption" => {
                    self.block(element, None, behind)?;
                }
                "list" | "table" | "p" | "h" => self.block(element, None, behind)?,
                "number" | "ruby-text" | "hidden-text" | "hidden-paragraph" => {}
                "title" | "desc" if element.prefix() == "svg" => {}
                name if is_no_text(name) => {}
                _ => self.inline(element, run, line, behind)?,
            }
        }
        Ok(())
    }

    fn note(&mut self, note: Element<'_>, line: &mut Line, behind: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        let citation = note.child("note-citation");
        let label = citation.and_then(|citation| citation.attribute("label"));
        let number = label.map_or_else(|| citation.map(Element::text).unwrap_or_default(), String::from);
        let number = number.trim().to_owned();
        let mut paragraphs = Vec::new();
        if let Some(body) = note.child("note-body") {
            self.read(body, &mut paragraphs)?;
        }
        line.refer(number.clone());
        behind.push(table::note(number, self.page, paragraphs));
        Ok(())
    }

    fn table(&mut self, element: Element<'_>, out: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        let mut rows = Vec::new();
        self.rows(element, &mut rows)?;
        out.extend(table::paragraphs(rows));
        Ok(())
    }

    fn rows(&mut self, parent: Element<'_>, rows: &mut Vec<Vec<table::Cell>>) -> Result<(), ExtractError> {
        for element in parent.elements() {
            match element.name() {
                "table-row" => {
                    let mut cells = Vec::new();
                    // Cells and rows that are repeated repeat nothing but emptiness in a text.
                    for cell in element.named("table-cell") {
                        let mut paragraphs = Vec::new();
                        self.read(cell, &mut paragraphs)?;
                        cells.push(paragraphs);
                    }
                    rows.push(cells);
                }
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(element, rows)?,
                "soft-page-break" => self.turn_page(),
                _ => {}
            }
        }
        Ok(())
    }

    fn turn_page(&mut self) {
        self.page = self.page.map(|page| page.saturating_add(1));
    }
}

/// Elements whose text is not that of the document.
fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "event-listeners"
            | "object"
            | "object-ole"
            | "image"
            | "script"
            | "scripts"
            | "index-source"
    ) || name.ends_with("-source")
}

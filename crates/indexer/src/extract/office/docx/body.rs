//! [`Body`]: the text of a Word file in reading order.

use super::super::is_contents_code;
use super::super::line::{Line, Look};
use super::super::numbering::Numbering;
use super::super::table;
use super::super::xml::{Child, Element};
use super::fields::Fields;
use super::notes::Notes;
use super::styles::{ListPlace, Run, Styles, is_on, outline};
use super::symbols::symbol;
use crate::extract::paragraphs::{Paragraph, Style};
use crate::extract::{ExtractError, MAX_BLOCKS};

/// Reads the text.
pub(super) struct Body<'t> {
    styles: Styles,
    numbering: Numbering,
    footnotes: Notes<'t>,
    endnotes: Notes<'t>,
    fields: Fields,
    pages: Pages,
    /// Text of a paragraph whose end was deleted: it belongs to the next one.
    carried: Line,
    /// Whether a note is read: notes hold no notes.
    in_note: bool,
    paragraphs: usize,
}

/// The page that is read, as Word broke the pages when it saved the file.
#[derive(Debug, Default)]
struct Pages {
    /// `None` in a file without page breaks of Word's own.
    page: Option<u32>,
    /// After a break that was typed, in front of any text: Word marks the same break again.
    at_top: bool,
}

/// What is known where a run stands.
#[derive(Clone, Copy)]
struct Place {
    /// How runs of the paragraph's style look.
    style: Run,
    /// How the run looks.
    look: Look,
}

impl<'t> Body<'t> {
    /// A reader of the document with this root.
    pub(super) fn new(
        root: Element<'t>,
        styles: Styles,
        numbering: Numbering,
        footnotes: Notes<'t>,
        endnotes: Notes<'t>,
    ) -> Body<'t> {
        let broken = root.descendants().any(|element| element.name() == "lastRenderedPageBreak");
        let pages = Pages { page: broken.then_some(1), at_top: true };
        let (fields, carried) = (Fields::of(root), Line::default());
        Body { styles, numbering, footnotes, endnotes, fields, pages, carried, in_note: false, paragraphs: 0 }
    }

    /// Number of pages read so far.
    pub(super) fn pages(&self) -> Option<u32> {
        self.pages.page
    }

    /// The paragraphs and tables in an element.
    pub(super) fn read(&mut self, parent: Element<'t>, out: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        for element in parent.elements() {
            match element.name() {
                "p" => self.paragraph(element, out)?,
                "tbl" => self.table(element, out)?,
                "sdt" if is_contents_control(element) => {}
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.read(chosen, out)?;
                    }
                }
                "del" | "moveFrom" | "sdtPr" | "sdtEndPr" | "sectPr" | "altChunk" => {}
                _ => self.read(element, out)?,
            }
        }
        let carried = std::mem::take(&mut self.carried);
        if !carried.is_blank() {
            out.extend(carried.finish(Style::Text, ""));
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: Element<'t>, out: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        self.paragraphs += 1;
        if self.paragraphs > MAX_BLOCKS {
            return Err(ExtractError::TooLong { limit: MAX_BLOCKS });
        }
        let properties = paragraph.child("pPr");
        let id = properties.and_then(|properties| properties.value("pStyle"));
        let style = self.styles.resolve(id.as_deref());
        let on = |name| {
            let switch = properties.and_then(|properties| properties.child(name));
            switch.is_some_and(|switch| switch.attribute("val").is_none_or(|value| is_on(&value)))
        };
        if on("pageBreakBefore") {
            self.pages.turn();
        }
        let mut line = std::mem::take(&mut self.carried);
        let mut behind = Vec::new();
        let look = self.styles.look(style.run, None);
        self.inline(paragraph, Place { style: style.run, look }, &mut line, &mut behind)?;

        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some()) {
            self.carried = line;
            out.append(&mut behind);
            return Ok(());
        }
        let direct = properties.map(ListPlace::read).unwrap_or_default();
        let of_style = if direct.list.is_some() { id.as_deref() } else { style.list_style.as_deref() };
        let ListPlace { list, level } = direct.or(style.list);
        let label = list.map(|list| self.numbering.next(list, level, of_style)).unwrap_or_default();
        if !line.is_blank() && !style.contents {
            let level = properties.and_then(outline).or(style.heading).filter(|level| *level <= 9);
            let style = level.map_or(Style::Text, Style::Heading);
            out.extend(line.finish(style, &label));
        }
        out.append(&mut behind);
        Ok(())
    }

    /// The text of runs in an element; text boxes and notes go behind the paragraph.
    fn inline(
        &mut self,
        parent: Element<'t>,
        place: Place,
        line: &mut Line,
        behind: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        for child in parent.children() {
            let Child::Element(element) = child else { continue };
            let show = self.fields.show();
            match element.name() {
                "r" => {
                    let look = self.styles.look(place.style, element.child("rPr"));
                    self.inline(element, Place { look, ..place }, line, behind)?;
                }
                "t" if show => {
                    let text = element.text();
                    self.pages.at_top &= text.trim().is_empty();
                    line.on_page(self.pages.page);
                    line.push(&text, place.look);
                }
                "tab" | "ptab" if show => line.tab(),
                "br" | "cr" if show => {
                    if element.attribute("type").is_some_and(|kind| kind == "page") {
                        self.pages.turn();
                    }
                    line.end_line();
                }
                "noBreakHyphen" if show => line.push("-", place.look),
                "sym" if show => line.push(symbol(element), place.look),
                "lastRenderedPageBreak" => self.pages.pass_break(),
                "fldChar" => self.fields.pass(element),
                "instrText" => self.fields.read_code(&element.text()),
                "fldSimple" if is_contents_code(&element.attribute("instr").unwrap_or_default()) => {}
                "footnoteReference" | "endnoteReference" if show => self.note(parent, element, line, behind)?,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inline(chosen, place, line, behind)?;
                    }
                }
                "txbxContent" => {
                    let carried = std::mem::take(&mut self.carried);
                    self.read(element, behind)?;
                    self.carried = carried;
                }
                "t" | "tab" | "ptab" | "br" | "cr" | "del" | "moveFrom" | "delText" | "delInstrText" | "pPr"
                | "rPr" | "rt" | "sdtPr" | "sdtEndPr" => {}
                _ => self.inline(element, place, line, behind)?,
            }
            // A mark that was typed stands behind its reference and is read with it.
            if has_typed_mark(element) {
                break;
            }
        }
        Ok(())
    }

    fn note(
        &mut self,
        run: Element<'t>,
        reference: Element<'t>,
        line: &mut Line,
        behind: &mut Vec<Paragraph>,
    ) -> Result<(), ExtractError> {
        let Some(id) = reference.number("id").filter(|_| !self.in_note) else { return Ok(()) };
        let mark = has_typed_mark(reference).then(|| run.named("t").map(Element::text).collect::<String>());
        let mark = mark.map(|mark| mark.trim().to_owned()).filter(|mark| !mark.is_empty());
        let notes = if reference.name() == "footnoteReference" { &mut self.footnotes } else { &mut self.endnotes };
        let (number, note) = notes.refer(id, mark);
        line.refer(number.clone());
        let Some(note) = note else { return Ok(()) };
        let fields = std::mem::replace(&mut self.fields, Fields::of(note));
        let carried = std::mem::take(&mut self.carried);
        self.in_note = true;
        let mut paragraphs = Vec::new();
        let read = self.read(note, &mut paragraphs);
        (self.in_note, self.fields, self.carried) = (false, fields, carried);
        behind.push(table::note(number, self.pages.page, paragraphs));
        read
    }

    fn table(&mut self, element: Element<'t>, out: &mut Vec<Paragraph>) -> Result<(), ExtractError> {
        let mut rows = Vec::new();
        for row in wrapped(element, "tr") {
            if row.child("trPr").is_some_and(|properties| properties.child("del").is_some()) {
                continue;
            }
            // Cells stand side by side: each may pass the same page break.
            let (top, mut last) = (self.pages.page, self.pages.page);
            let mut cells = Vec::new();
            for cell in wrapped(row, "tc") {
                let merge = cell.child("tcPr").and_then(|properties| properties.child("vMerge"));
                if merge.is_some_and(|merge| merge.attribute("val").is_none_or(|value| value != "restart")) {
                    continue;
                }
                let mut paragraphs = Vec::new();
                self.pages.page = top;
                self.read(cell, &mut paragraphs)?;
                last = last.max(self.pages.page);
                cells.push(paragraphs);
            }
            self.pages.page = last;
            rows.push(cells);
        }
        out.extend(table::paragraphs(rows));
        Ok(())
    }
}

impl Pages {
    /// A break that was typed.
    fn turn(&mut self) {
        self.page = self.page.map(|page| page.saturating_add(1));
        self.at_top = true;
    }

    /// A break that Word marked.
    fn pass_break(&mut self) {
        if !std::mem::take(&mut self.at_top) {
            self.page = self.page.map(|page| page.saturating_add(1));
        }
    }
}

/// Elements of this name in an element, through content controls and the like.
fn wrapped<'t>(parent: Element<'t>, name: &'static str) -> Vec<Element<'t>> {
    let mut found = Vec::new();
    let mut stack: Vec<Element<'t>> = parent.elements().collect();
    stack.reverse();
    while let Some(element) = stack.pop() {
        match element.name() {
            found_name if found_name == name => found.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                let from = stack.len();
                stack.extend(element.elements());
                if let Some(inner) = stack.get_mut(from..) {
                    inner.reverse();
                }
            }
            _ => {}
        }
    }
    found
}

/// The one of several forms of a content that is read: the others repeat it.
fn chosen(alternatives: Element<'_>) -> Option<Element<'_>> {
    alternatives.child("Choice").or_else(|| alternatives.child("Fallback"))
}

/// Whether a content control holds a table of contents.
fn is_contents_control(control: Element<'_>) -> bool {
    let part = control.child("sdtPr").and_then(|properties| properties.child("docPartObj"));
    part.and_then(|part| part.value("docPartGallery")).is_some_and(|gallery| gallery == "Table of Contents")
}

fn has_typed_mark(reference: Element<'_>) -> bool {
    matches!(reference.name(), "footnoteReference" | "endnoteReference")
        && reference.attribute("customMarkFollows").is_some_and(|value| is_on(&value))
}

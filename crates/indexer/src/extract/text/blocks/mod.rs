//! Lines to blocks.
//!
//! A reader of our own, because printed numbers and bullets must survive as they are: CommonMark would count a list
//! that starts at "21." again, and plain text is not Markdown. Nothing is counted, nothing is dropped but rules and
//! empty lines.

mod headings;

use unicode_normalization::UnicodeNormalization;

use super::lines::{Line, wrap_width};
use super::ruled::ruled_table;
use super::table::{pipe_row, tab_row, tabbed_row};
use crate::extract::contact::is_contact_block;
use crate::extract::draft::{CELL_SEPARATOR, Draft, finish, numbered_row, without_bullet};
use crate::extract::heading::{self, ends_sentence};
use crate::extract::hyphen::{SOFT_HYPHEN, Words};
use crate::extract::number::{Marker, MarkerStyle, split_number};
use crate::extract::{Block, BlockKind};

/// Longest line of a contact block or a letterhead, in characters.
const MAX_SHORT_LINE: usize = 90;

/// Most footnotes at the end of a page that can stand between the halves of a paragraph.
const MAX_FOOTNOTES: usize = 30;

/// Signs of marks that refer to footnotes.
const MARKS: [&str; 12] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "<sup>", "[^", "[footnoteRef:"];

/// Reads lines to blocks.
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let texts = || lines.iter().map(|line| line.text.as_str());
    let width = wrap_width(lines);
    let words = Words::of(texts());
    let in_capitals = heading::in_capitals(texts());
    let has_marks = texts().any(|text| MARKS.iter().any(|mark| text.contains(mark)));
    let mut reader = Reader { lines, width, words, in_capitals, has_marks, drafts: Vec::new(), after_rule: false };
    let mut position = 0;
    while position < lines.len() {
        let Some(run) = lines.get(position..) else { break };
        if let Some(table) = ruled_table(run) {
            let page = run.first().and_then(|line| line.page);
            for row in &table.rows {
                reader.push_row(&row.iter().map(String::as_str).collect::<Vec<_>>(), page);
            }
            position += table.taken;
            continue;
        }
        let length = run.iter().take_while(|line| !line.is_blank()).count();
        if length > 0 {
            reader.read_run(position, position + length);
        }
        position += length.max(1);
    }
    reader.drafts.into_iter().flat_map(finish).collect()
}

struct Reader<'a> {
    lines: &'a [Line],
    /// Width of wrapped lines; `None` where each line is a paragraph.
    width: Option<usize>,
    /// Its words, to tell hyphens apart.
    words: Words,
    /// Whether the document is written in capitals.
    in_capitals: bool,
    /// Whether any mark of a footnote is in the text.
    has_marks: bool,
    drafts: Vec<Draft>,
    /// Whether a rule stood above: numbered texts below it are footnotes, until the next heading.
    after_rule: bool,
}

impl<'a> Reader<'a> {
    /// Reads the lines between two blank ones.
    fn read_run(&mut self, start: usize, end: usize) {
        let run = self.lines.get(start..end).unwrap_or_default();
        if self.read_tab_row(run) || self.read_contacts(run) {
            return;
        }
        let mut position = start;
        while position < end {
            position += self.read_line(position, start, end);
        }
    }

    /// A row of a table whose cells stand behind tabs. A single cell is read as any other line.
    fn read_tab_row(&mut self, run: &[Line]) -> bool {
        let tabbed = run.first().is_some_and(|line| line.text.starts_with('\t'));
        let page = run.first().and_then(|line| line.page);
        let cells = if tabbed { tab_row(run) } else { Vec::new() };
        match cells.as_slice() {
            [] => tabbed,
            [cell] => {
                let (kind, marker, text) = self.item(cell).unwrap_or((BlockKind::Paragraph, None, cell));
                let text = text.to_owned();
                self.drafts.push(Draft { marker, ..Draft::new(kind, text, page) });
                true
            }
            cells => {
                let cells: Vec<&str> = cells.iter().map(|cell| without_bullet(cell).unwrap_or(cell)).collect();
                self.push_row(&cells, page);
                true
            }
        }
    }

    /// A row of a table, or a paragraph whose number has a cell of its own.
    fn push_row(&mut self, cells: &[&str], page: Option<u32>) {
        if let Some((marker, text)) = numbered_row(cells) {
            self.drafts.push(Draft { marker: Some(marker), ..Draft::new(BlockKind::ListItem, text.to_owned(), page) });
        } else if !cells.is_empty() {
            self.drafts.push(Draft::new(BlockKind::TableRow, cells.join(CELL_SEPARATOR), page));
        }
    }

    /// Short lines of which one is an address or a telephone number belong to one person or office.
    fn read_contacts(&mut self, run: &[Line]) -> bool {
        let short = run.len() > 1 && run.iter().all(|line| line.text.chars().count() <= MAX_SHORT_LINE);
        let listed = run.iter().any(|line| self.item(line.text.trim()).is_some() || line.text.starts_with(['|', '#']));
        let lines: Vec<&str> = run.iter().map(|line| line.text.trim()).collect();
        if !short || listed || run.len() > 12 || !is_contact_block(&lines) {
            return false;
        }
        let page = run.first().and_then(|line| line.page);
        self.drafts.push(Draft::new(BlockKind::Contact, lines.join(" "), page));
        true
    }

    /// Reads one line, or a heading of several; returns how many lines it took.
    fn read_line(&mut self, position: usize, start: usize, end: usize) -> usize {
        let Some(line) = self.lines.get(position) else { return 1 };
        let (text, page) = (line.text.trim(), line.page);
        let first = position == start;
        if is_rule(text) {
            self.read_rule(text, first);
            return 1;
        }
        if let Some((level, text)) = heading::marked_heading(text) {
            self.push_heading(level, text, page);
            return 1;
        }
        if let Some(taken) = self.read_bold(position, end) {
            return taken;
        }
        if let Some(cells) = pipe_row(text).or_else(|| tabbed_row(&line.text)) {
            self.push_row(&cells, page);
            return 1;
        }
        if let Some((number, text)) = self.footnote(text) {
            // Superscript digits are the compatibility form of plain ones.
            let marker = Some(Marker { number: number.nfkc().collect(), style: MarkerStyle::Brackets });
            self.drafts.push(Draft { marker, ..Draft::new(BlockKind::Footnote, text.to_owned(), page) });
            return 1;
        }
        if self.is_heading(position, start, end) {
            self.push_heading(heading::level(text), text, page);
            return 1;
        }
        if (first || !self.runs_on(position))
            && let Some((kind, marker, text)) = self.item(text)
        {
            self.drafts.push(Draft { marker, ..Draft::new(kind, text.to_owned(), page) });
            return 1;
        }
        self.read_text(position, first);
        1
    }

    /// Number and text of a footnote.
    fn footnote<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        if let Some(rest) = text.strip_prefix("<sup>") {
            let (number, rest) = rest.split_once("</sup>")?;
            return number.bytes().all(|byte| byte.is_ascii_digit()).then(|| (number.trim(), rest.trim_start()));
        }
        if let Some(rest) = text.strip_prefix("[^") {
            let (number, rest) = rest.split_once("]:")?;
            return (number.len() <= 12).then(|| (number, rest.trim_start()));
        }
        let superscript = text.find(|c| !"¹²³⁰⁴⁵⁶⁷⁸⁹".contains(c)).unwrap_or(text.len());
        if superscript > 0 {
            let (number, rest) = text.split_at_checked(superscript)?;
            return Some((number, rest.trim_start()));
        }
        if !self.after_rule || !self.has_marks || self.counts_on(text) {
            return None;
        }
        if let Some((marker, rest)) = split_number(text) {
            let number = text.get(text.find(&marker.number)?..)?.get(..marker.number.len())?;
            return Some((number, rest));
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = text.split_at_checked(digits)?;
        ((1..=3).contains(&digits) && rest.starts_with(' ')).then(|| (number, rest.trim_start()))
    }

    /// Whether the number in front of a text follows that of the last numbered paragraph: a rule may stand between two
    /// of them.
    fn counts_on(&self, text: &str) -> bool {
        let value = |marker: &Marker| marker.value();
        let numbered =
            self.drafts.iter().rev().find(|draft| draft.kind == BlockKind::ListItem && draft.marker.is_some());
        let last = numbered.and_then(|draft| draft.marker.as_ref()).and_then(value);
        let next = split_number(text).and_then(|(marker, _)| marker.value());
        next.is_some() && last.and_then(|last| last.checked_add(1)) == next
    }

    /// Kind, printed number and text of an item of a list or a numbered paragraph.
    fn item<'t>(&self, text: &'t str) -> Option<(BlockKind, Option<Marker>, &'t str)> {
        if let Some((marker, rest)) = split_number(text).or_else(|| split_bold_number(text)) {
            return Some((BlockKind::ListItem, Some(marker), rest));
        }
        without_bullet(text).map(|rest| (BlockKind::ListItem, None, rest))
    }

    /// Whether the line above asks to be continued, so that a number at the start of this one is part of a sentence.
    fn runs_on(&self, position: usize) -> bool {
        let Some(above) = position.checked_sub(1).and_then(|above| self.lines.get(above)) else { return false };
        let full = self.width.is_some_and(|width| above.text.chars().count() * 10 >= width * 6);
        full && !ends_sentence(&above.text)
    }

    /// A line of running text: it goes on with the text above it, or begins a paragraph.
    fn read_text(&mut self, position: usize, first: bool) {
        let Some(line) = self.lines.get(position) else { return };
        let text = line.text.trim();
        let above = match first {
            true => self.cut_paragraph(position, text),
            false => self.drafts.len().checked_sub(1).filter(|_| self.continues(position, text)),
        };
        if let Some(draft) = above.and_then(|above| self.drafts.get_mut(above)) {
            self.words.append(&mut draft.text, text);
            return;
        }
        let (heading, text) = match heading::split_run_in(text).filter(|_| first) {
            Some((heading, rest)) => (Some(heading), rest),
            None => (None, text),
        };
        if let Some(heading) = heading {
            self.push_heading(heading::level(heading), heading, line.page);
        }
        let text = text.to_owned();
        self.drafts.push(Draft::new(BlockKind::Paragraph, text, line.page));
    }

    /// Whether a line belongs to the text of the line above it in the same run.
    fn continues(&self, position: usize, text: &str) -> bool {
        let Some(above) = position.checked_sub(1).and_then(|above| self.lines.get(above)) else { return false };
        let Some(draft) = self.drafts.last() else { return false };
        let kind = draft.kind;
        if matches!(kind, BlockKind::Heading(_) | BlockKind::TableRow | BlockKind::Contact)
            || is_rule(above.text.trim())
        {
            return false;
        }
        let line = self.lines.get(position).map_or("", |line| line.text.as_str());
        let indented = kind == BlockKind::ListItem && indent(line) >= 2 && indent(line) > indent(&above.text);
        let above = above.text.trim();
        let listed = kind == BlockKind::ListItem && above.ends_with(';');
        text.starts_with(char::is_lowercase)
            || indented
            || draft.text.is_empty()
            || heading::is_unfinished(above)
            || above.ends_with([',', '-', SOFT_HYPHEN])
            || self.width.map_or(listed, |width| above.chars().count() * 10 >= width * 6)
    }

    /// Place of the paragraph that a page break cut: the last one, if it does not end as a sentence ends and asks for
    /// more, or the text goes on in lower case, or its last line is full and the page ends behind it. Footnotes may stand
    /// between. A number that stands alone takes the next text in any case.
    fn cut_paragraph(&self, position: usize, text: &str) -> Option<usize> {
        let last = self.drafts.iter().rev().take(MAX_FOOTNOTES).position(|draft| draft.kind != BlockKind::Footnote)?;
        let place = self.drafts.len().checked_sub(last + 1)?;
        let draft = self.drafts.get(place)?;
        let text_kind = matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem);
        let goes_on = text.starts_with(char::is_lowercase)
            || heading::is_unfinished(&draft.text)
            || (last == 0 && self.page_ends_in_text(position));
        let cut = goes_on && !ends_sentence(&draft.text);
        (text_kind && (cut || (draft.text.is_empty() && draft.marker.is_some()))).then_some(place)
    }

    /// Whether nothing but the end of a page stands between a line and a full line of wrapped text above it.
    fn page_ends_in_text(&self, position: usize) -> bool {
        let lines = self.lines.get(..position).unwrap_or_default();
        let between = lines.iter().rev().take_while(|line| line.is_blank());
        let Some(above) = lines.iter().rev().find(|line| !line.is_blank()) else { return false };
        let full = self.width.is_some_and(|width| above.text.chars().count() * 10 >= width * 8);
        full && between.clone().any(|line| line.furniture)
    }
}

/// A number in bold type and what follows it: `**21.** The`.
fn split_bold_number(text: &str) -> Option<(Marker, &str)> {
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark))?;
    let (number, rest) = text.strip_prefix(mark)?.split_once(mark)?;
    let (marker, between) = split_number(number.trim())?;
    (between.is_empty() && rest.starts_with(char::is_whitespace)).then(|| (marker, rest.trim_start()))
}

/// Number of spaces in front of a line.
fn indent(line: &str) -> usize {
    line.bytes().take_while(|&byte| byte == b' ').count()
}

/// `---`, `***`, `* * *`, `===`, `___`: at least three of one sign, alone.
fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let Some(sign) = signs.next() else { return false };
    "-*_=".contains(sign) && signs.clone().count() >= 2 && signs.all(|next| next == sign)
}

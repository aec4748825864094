//! Which lines stand over the text below them.

use super::super::lines::Line;
use super::Reader;
use crate::extract::BlockKind;
use crate::extract::draft::{CELL_SEPARATOR, Draft};
use crate::extract::heading::{self, ends_sentence};
use crate::extract::number::{Marker, MarkerStyle, split_number};

/// Longest heading that a mark makes, in characters: headings are copied to every passage below them.
const MAX_MARKED_HEADING: usize = 400;

/// Least length, in characters, of a line that a heading can stand over in a file without wrapping.
const MIN_BODY_LINE: usize = 100;

impl Reader<'_> {
    /// Adds a heading; one that is longer than any heading is a paragraph, whatever marks it.
    pub(super) fn push_heading(&mut self, level: u8, text: &str, page: Option<u32>) {
        self.after_rule = false;
        let long = text.chars().nth(MAX_MARKED_HEADING).is_some();
        let kind = if long { BlockKind::Paragraph } else { BlockKind::Heading(level) };
        self.drafts.push(Draft::new(kind, text.to_owned(), page));
    }

    /// A rule makes a short line above it a heading; alone it opens the footnotes.
    pub(super) fn read_rule(&mut self, text: &str, first: bool) {
        match self.drafts.last_mut() {
            Some(draft)
                if !first && draft.kind == BlockKind::Paragraph && heading::is_title_like(draft.text.trim()) =>
            {
                draft.kind = BlockKind::Heading(if text.starts_with('=') { 1 } else { 2 });
            }
            _ => self.after_rule = true,
        }
    }

    /// A heading in bold type, which may run over several lines. Returns how many lines it took.
    pub(super) fn read_bold(&mut self, position: usize, end: usize) -> Option<usize> {
        let rest = self.lines.get(position..end)?;
        let first = rest.first()?.text.trim();
        let mark = if first.starts_with("**") { "**" } else { "__" };
        if !first.starts_with(mark) {
            return None;
        }
        let closes = |line: &Line| line.text.trim().trim_end_matches(':').ends_with(mark);
        let taken = match first.strip_prefix(mark) {
            Some(inner) if inner.trim_end_matches(':').ends_with(mark) => 1,
            _ => 1 + rest.iter().skip(1).take(5).position(closes).map(|index| index + 1)?,
        };
        let lines: Vec<&Line> = rest.iter().take(taken).collect();
        let inner: Vec<&str> =
            lines.iter().map(|line| line.text.trim().trim_end_matches(':').trim_matches(['*', '_']).trim()).collect();
        let whole = inner.iter().all(|line| !line.contains(mark));
        let text_length: usize = inner.iter().map(|line| line.chars().count()).sum();
        if !whole || text_length > 300 || inner.last().is_some_and(|line| line.ends_with(['.', ';', ','])) {
            return None;
        }
        // Lines of one heading are joined where the first asks for more; a date or a place below it stays apart.
        let mut heading = String::new();
        let mut headings = Vec::new();
        for (line, text) in lines.iter().zip(&inner) {
            let joins = heading::is_unfinished(&heading) || text.starts_with(char::is_lowercase);
            if !heading.is_empty() && !joins {
                headings.push((std::mem::take(&mut heading), line.page));
            }
            if !heading.is_empty() {
                heading.push(' ');
            }
            heading.push_str(text);
        }
        headings.push((heading, lines.last().and_then(|line| line.page)));
        for (text, page) in headings {
            self.push_heading(heading::level(&text), &text, page);
        }
        Some(taken)
    }

    /// Whether a line without any mark is a heading.
    pub(super) fn is_heading(&self, position: usize, start: usize, end: usize) -> bool {
        let Some(line) = self.lines.get(position) else { return false };
        let text = line.text.trim();
        let above = (position > start).then(|| self.lines.get(position - 1)).flatten();
        let below = (position + 1 < end).then(|| self.lines.get(position + 1)).flatten();
        let lone_above = match (above, self.width) {
            (None, _) => true,
            (Some(above), None) => above.text.chars().count() >= MIN_BODY_LINE && ends_sentence(&above.text),
            (Some(above), Some(_)) => self.is_capitals(text) && !self.runs_on(position) && !above.text.is_empty(),
        };
        let lone_below = match below {
            None => true,
            Some(below) => !below.text.trim_start().starts_with(char::is_lowercase),
        };
        if !lone_above || !lone_below {
            return false;
        }
        if text.matches(CELL_SEPARATOR).count() >= 2 {
            return false;
        }
        let numbered = split_number(text);
        if let Some((marker, title)) = &numbered {
            return self.is_numbered_heading(position, marker.style, title, above.is_none() && below.is_none());
        }
        if self.item(text).is_some() {
            return false;
        }
        if self.is_capitals(text) {
            return true;
        }
        let alone = below.is_none() || self.width.is_none();
        alone && (heading::is_title_like(text) || heading::is_question(text)) && self.stands_over_text(position)
    }

    /// Whether a line is in capitals, in a document that is not.
    fn is_capitals(&self, text: &str) -> bool {
        !self.in_capitals && heading::is_capitals(text)
    }

    /// "II. BACKGROUND", "3.2 Scope": a number with a title, alone on its line, that no item of the same list
    /// precedes or follows.
    fn is_numbered_heading(&self, position: usize, style: MarkerStyle, title: &str, alone: bool) -> bool {
        if !alone || title.is_empty() || title.ends_with(':') {
            return false;
        }
        if self.is_capitals(title) {
            return true;
        }
        let short_item = |line: &Line| {
            let item = split_number(line.text.trim());
            // Items with letters and paragraphs with numbers of several parts stand below a heading with a number, not
            // beside it.
            let digits = |marker: &Marker| marker.number.bytes().any(|byte| byte.is_ascii_digit());
            let beside =
                |marker: &Marker| marker.style == style || (marker.style != MarkerStyle::Parts && digits(marker));
            item.is_some_and(|(marker, rest)| beside(&marker) && rest.chars().count() < MIN_BODY_LINE)
        };
        let above = self.lines.get(..position).unwrap_or_default().iter().rev().find(|line| !line.is_blank());
        let below = self.lines.get(position + 1..).unwrap_or_default().iter().find(|line| !line.is_blank());
        let in_list = above.is_some_and(short_item) || below.is_some_and(short_item);
        heading::is_title_like(title) && !in_list && self.stands_over_text(position)
    }

    /// Whether the next text after a line is a longer one, a numbered one or a list: what headings stand over. One
    /// further heading may stand between.
    fn stands_over_text(&self, position: usize) -> bool {
        let mut below = self.lines.iter().enumerate().skip(position + 1).filter(|(_, line)| !line.is_blank());
        let Some((place, next)) = below.next() else { return false };
        let heading = self.is_apart(place) && heading::is_title_like(next.text.trim());
        let text = if heading { below.next().map(|(_, line)| line) } else { None };
        self.is_text(next) || text.is_some_and(|text| self.is_text(text))
    }

    /// Whether a line has blank ones around it.
    fn is_apart(&self, position: usize) -> bool {
        let blank =
            |position: Option<usize>| position.and_then(|position| self.lines.get(position)).is_none_or(Line::is_blank);
        blank(position.checked_sub(1)) && blank(position.checked_add(1))
    }

    /// Whether a line is the first of a text that a heading can stand over.
    fn is_text(&self, line: &Line) -> bool {
        let text = line.text.trim();
        let long = match self.width {
            None => text.chars().count() >= MIN_BODY_LINE || text.ends_with(':'),
            Some(width) => text.chars().count() * 10 >= width * 6 || ends_sentence(text),
        };
        long || self.item(text).is_some()
            || line.text.contains('\t')
            || line.text.starts_with('|')
            || heading::is_question(text)
    }
}

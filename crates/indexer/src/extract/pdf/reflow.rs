//! Lines to paragraphs, over the ends of columns and pages.

use super::lines::{Line, same_size};
use super::measures::Measures;
use super::notes::{label, note_lines};
use super::regions::Region;
use crate::extract::draft::without_bullet;
use crate::extract::heading::ends_sentence;
use crate::extract::hyphen::Words;
use crate::extract::is_contact;
use crate::extract::number::{MarkerStyle, split_number};
use crate::extract::paragraphs::{Paragraph, Style};

/// Lines further apart than this, in parts of the usual distance, belong to two paragraphs; raised marks push lines
/// apart a little.
const GAP: f32 = 1.22;
const GAP_AT_MARK: f32 = 1.4;

/// Least indentation, in parts of the font size.
const INDENT: f32 = 0.6;

/// Longest heading in large type, in characters.
const MAX_HEADING: usize = 250;

/// Longest line of an address, in characters.
const MAX_ADDRESS_LINE: usize = 90;

/// Makes paragraphs of the regions of a file, in reading order; `regions` are its pages' regions with their pages.
pub(super) fn paragraphs(pages: Vec<u32>, mut regions: Vec<Region>) -> Vec<Paragraph> {
    let measures = Measures::of(&mut regions);
    let words = Words::of(regions.iter().flat_map(texts));
    let mut flow = Flow { measures, words, open: Vec::new(), notes: Vec::new(), done: Vec::new(), group: 0 };
    for (page, region) in pages.into_iter().zip(regions) {
        match region {
            Region::Text(lines) => flow.text(lines),
            Region::Table(rows) => flow.table(rows, page),
        }
    }
    flow.close();
    flow.end_group();
    flow.done
}

/// The lines of a region.
fn texts(region: &Region) -> Vec<&str> {
    match region {
        Region::Text(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
        Region::Table(rows) => rows.iter().flatten().flat_map(|cell| cell.lines()).collect(),
    }
}

struct Flow {
    measures: Measures,
    words: Words,
    /// Lines of the paragraph that is not finished.
    open: Vec<Line>,
    /// Notes that wait for its end.
    notes: Vec<Paragraph>,
    done: Vec<Paragraph>,
    /// Where the paragraphs begin between which there is no gap.
    group: usize,
}

impl Flow {
    fn text(&mut self, lines: Vec<Line>) {
        let is_note = note_lines(&lines, &self.measures);
        let mut begins = true;
        let ahead: Vec<f32> = lines.iter().skip(1).map(|line| line.left).collect();
        for (index, (line, is_note)) in lines.into_iter().zip(is_note).enumerate() {
            if is_note {
                self.note(line);
                continue;
            }
            let goes_on = match self.open.last() {
                None => true,
                Some(last) if begins => self.continues(last, &line),
                Some(last) => !self.breaks(last, &line, ahead.get(index).copied()),
            };
            if !goes_on {
                let last = self.open.last();
                let apart = begins || last.is_none_or(|last| self.is_apart(last, &line) || !same_type(last, &line));
                self.close();
                if apart {
                    self.end_group();
                }
            }
            self.open.push(line);
            begins = false;
        }
    }

    /// Whether a line begins a paragraph, seen from the line above it; `after` is where the line below it begins.
    fn breaks(&self, last: &Line, line: &Line, after: Option<f32>) -> bool {
        let starts_low = line.text.starts_with(char::is_lowercase);
        if self.is_apart(last, line)
            || !same_size(last, line)
            || (last.bold != line.bold && (!starts_low || last.is_short_before(line)))
        {
            return true;
        }
        if self.begins_item(last, line) {
            return true;
        }
        // Of a centred heading, all lines but the last may fill the column.
        let heading = last.bold || self.measures.heading_level(last.size).is_some();
        if line.is_centred() && (last.is_centred() || (heading && last.is_in_middle())) {
            return last.is_short_before(line);
        }
        self.is_indented_anew(last, line, after) || (last.is_short_before(line) && !self.is_set_narrower(last, line))
    }

    /// Whether there is a gap between two lines of a column.
    fn is_apart(&self, last: &Line, line: &Line) -> bool {
        let gap = if last.notes.is_empty() && line.notes.is_empty() { GAP } else { GAP_AT_MARK };
        let pitch = last.y - line.y;
        pitch <= 0.0 || pitch > gap * self.measures.pitch(last.size) + 0.3
    }

    /// Makes one paragraph of short lines without a gap between if they hold contact data: an address.
    fn end_group(&mut self) {
        let group = self.done.get(self.group..).unwrap_or_default();
        let short = |paragraph: &Paragraph| {
            paragraph.style == Style::Text && paragraph.text.chars().nth(MAX_ADDRESS_LINE).is_none()
        };
        if group.len() > 1 && group.iter().all(short) && group.iter().any(|line| is_contact(&line.text)) {
            let mut lines = self.done.drain(self.group..);
            if let Some(mut address) = lines.next() {
                for line in lines {
                    address.text.push('\n');
                    address.text.push_str(&line.text);
                    address.emphasis &= line.emphasis;
                    address.notes.extend(line.notes);
                }
                self.done.push(address);
            }
        }
        self.group = self.done.len();
    }

    /// Whether a line begins with a bullet, or with a number that does not only happen to stand there.
    fn begins_item(&self, last: &Line, line: &Line) -> bool {
        if without_bullet(&line.text).is_some() {
            return true;
        }
        let Some((marker, _)) = split_number(&line.text) else {
            return false;
        };
        let ended =
            last.text.ends_with(['.', ';', ':', ',', '!', '?', '…', '”', '»', ')']) || last.is_short_before(line);
        let within = |sign: &str| self.open.iter().any(|line| line.text.find(sign).is_some_and(|at| at > 0));
        let listed = match marker.style {
            MarkerStyle::Brackets => within(" (a)") || within(" (i)") || within(" (1)"),
            MarkerStyle::Bracket => within(" a)") || within(" i)") || within(" 1)"),
            _ => false,
        };
        ended && (!listed || last.is_short_before(line))
    }

    /// Whether the left edge says that a paragraph begins: a first line set in, or the end of a hanging one.
    fn is_indented_anew(&self, last: &Line, line: &Line, after: Option<f32>) -> bool {
        let step = (line.left - last.left) / line.size.max(1.0);
        let first = self.open.len() == 1;
        if step > INDENT {
            let back = after.is_some_and(|after| (after - line.left) / line.size.max(1.0) < -INDENT);
            return !first || (!is_item(last) && (back || (after.is_none() && ends_sentence(&last.text))));
        }
        step < -INDENT && !first
    }

    /// Whether both lines end at the same place before the edge: they are justified in a narrower measure.
    fn is_set_narrower(&self, last: &Line, line: &Line) -> bool {
        let before = self.open.len().checked_sub(2).and_then(|index| self.open.get(index));
        let even = |other: &Line| (other.right - last.right).abs() < 0.7;
        even(line) || before.is_some_and(even)
    }

    /// Whether the first line of a column or page goes on with the paragraph before.
    fn continues(&self, last: &Line, line: &Line) -> bool {
        if !same_type(last, line) || is_item(line) {
            return false;
        }
        let full = !last.is_short_before(&Line { column: last.column, ..line.clone() });
        let starts_low = line.text.starts_with(char::is_lowercase);
        if !ends_sentence(&last.text) {
            return starts_low || full;
        }
        // The sentence is over. Where paragraphs are set in, one that is not is none.
        let set_in = |line: &Line| line.left - line.column.0 > INDENT * line.size;
        let first_set_in = self.open.first().is_some_and(|first| set_in(first) && !is_item(first));
        full && self.open.len() > 1 && first_set_in && !set_in(line)
    }

    /// Ends the open paragraph; the notes that waited for it follow.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.open);
        if let Some(first) = lines.first() {
            let text = self.joined(lines.iter().map(|line| line.text.as_str()));
            let level = self.measures.heading_level(first.size);
            let style = match level {
                Some(level) if text.chars().nth(MAX_HEADING).is_none() && !text.ends_with('.') => Style::Heading(level),
                _ => Style::Text,
            };
            // A mark at the beginning of running text belongs to its first word.
            let notes = lines.iter().flat_map(|line| line.label.iter().chain(&line.notes)).cloned().collect();
            let emphasis = lines.iter().all(|line| line.bold);
            self.done.push(Paragraph { style, text, number: None, emphasis, page: Some(first.page), notes });
        }
        self.done.append(&mut self.notes);
    }

    fn joined<'a>(&self, lines: impl Iterator<Item = &'a str>) -> String {
        let mut text = String::new();
        lines.for_each(|line| self.words.append(&mut text, line));
        text
    }

    /// Adds a line to the notes, which wait for the end of the paragraph that refers to them.
    fn note(&mut self, line: Line) {
        let labelled = label(&line).map(|(number, text)| (number, text.to_owned()));
        match (labelled, self.notes.last_mut()) {
            (None, Some(note)) => self.words.append(&mut note.text, &line.text),
            (labelled, _) => {
                let (number, text) = labelled.map_or((None, line.text), |(number, text)| (Some(number), text));
                let page = Some(line.page);
                self.notes.push(Paragraph { style: Style::Note, text, number, page, ..Paragraph::default() });
            }
        }
    }

    fn table(&mut self, rows: Vec<Vec<String>>, page: u32) {
        self.close();
        self.end_group();
        for cells in rows {
            let cells = cells.iter().map(|cell| self.joined(cell.lines())).collect();
            self.done.push(Paragraph { style: Style::Row(cells), page: Some(page), ..Paragraph::default() });
        }
    }
}

fn same_type(a: &Line, b: &Line) -> bool {
    same_size(a, b) && a.bold == b.bold
}

fn is_item(line: &Line) -> bool {
    without_bullet(&line.text).is_some() || split_number(&line.text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A region of lines at their left edges and base lines; ten point type, five points a character.
    fn region(lines: &[(f32, f32, &str)], page: u32) -> (u32, Region) {
        let line = |&(left, y, text): &(f32, f32, &str)| Line {
            text: text.to_owned(),
            left,
            right: left + 5.0 * text.chars().count() as f32,
            y,
            size: 10.0,
            first_width: 5.0 * text.split(' ').next().map_or(0, |word| word.chars().count()) as f32,
            page,
            ..Line::default()
        };
        (page, Region::Text(lines.iter().map(line).collect()))
    }

    #[track_caller]
    fn check(regions: Vec<(u32, Region)>, expected: &[&str]) {
        let (pages, regions) = regions.into_iter().unzip();
        let texts: Vec<String> = paragraphs(pages, regions).into_iter().map(|paragraph| paragraph.text).collect();
        assert_eq!(texts, expected);
    }

    const FULL: &str = "A line that is as long as its column allows.";

    #[test]
    fn a_short_line_a_gap_and_an_indent_end_a_paragraph() {
        let lines = [(0.0, 100.0, FULL), (0.0, 88.0, "It ends here."), (0.0, 76.0, FULL), (0.0, 64.0, "And here.")];
        check(vec![region(&lines, 1)], &[&format!("{FULL} It ends here."), &format!("{FULL} And here.")]);
        let lines = [(0.0, 100.0, FULL), (0.0, 88.0, FULL), (0.0, 76.0, FULL), (0.0, 64.0, FULL), (0.0, 40.0, FULL)];
        check(vec![region(&lines, 1)], &[&[FULL; 4].join(" "), FULL]);
        let short = "A line that is as long as its column, so";
        let lines =
            [(15.0, 100.0, short), (0.0, 88.0, FULL), (0.0, 76.0, FULL), (15.0, 64.0, short), (0.0, 52.0, FULL)];
        check(vec![region(&lines, 1)], &[&format!("{short} {FULL} {FULL}"), &format!("{short} {FULL}")]);
    }

    #[test]
    fn a_centred_heading_goes_on_below_a_line_that_fills_its_column() {
        let mut region =
            region(&[(0.0, 100.0, FULL), (92.5, 88.0, "Balkans"), (0.0, 60.0, FULL), (0.0, 48.0, FULL)], 1);
        if let (_, Region::Text(lines)) = &mut region {
            lines.iter_mut().take(2).for_each(|line| line.bold = true);
        }
        check(vec![region], &[&format!("{FULL} Balkans"), &[FULL; 2].join(" ")]);
    }

    #[test]
    fn items_begin_with_their_signs_and_hang() {
        let lines = [
            (0.0, 100.0, "• A first item that goes on over two lines of"),
            (8.0, 88.0, "text."),
            (0.0, 76.0, "• A second item that is not so long;"),
            (0.0, 64.0, "3. A third item that has a number, and is two"),
            (8.0, 52.0, "lines long."),
        ];
        let expected = [
            "• A first item that goes on over two lines of text.",
            "• A second item that is not so long;",
            "3. A third item that has a number, and is two lines long.",
        ];
        check(vec![region(&lines, 1)], &expected);
        let lines = [
            (0.0, 100.0, "The meeting had been held in Lima on 4 and on"),
            (0.0, 88.0, "5. (June) of the year before."),
        ];
        check(
            vec![region(&lines, 1)],
            &["The meeting had been held in Lima on 4 and on 5. (June) of the year before."],
        );
    }

    #[test]
    fn a_sentence_goes_on_over_a_page_break_and_a_new_one_does_not() {
        let open = "The meeting was held in the city of Lima, and";
        let start = [(0.0, 100.0, FULL), (0.0, 88.0, open)];
        let goes_on = region(&[(0.0, 700.0, "it ended.")], 2);
        check(vec![region(&start, 1), goes_on], &[&format!("{FULL} {open} it ended.")]);
        let start = [(0.0, 100.0, FULL), (0.0, 88.0, FULL)];
        check(vec![region(&start, 1), region(&[(0.0, 700.0, "It ended.")], 2)], &[&[FULL; 2].join(" "), "It ended."]);
    }

    #[test]
    fn the_lines_of_an_address_stay_together() {
        let lines = [
            (0.0, 150.0, FULL),
            (0.0, 138.0, FULL),
            (0.0, 126.0, FULL),
            (0.0, 114.0, FULL),
            (0.0, 90.0, "Secretariat"),
            (0.0, 78.0, "P.O. Box 12, Lima"),
            (0.0, 66.0, "info@example.org"),
        ];
        let address = "Secretariat\nP.O. Box 12, Lima\ninfo@example.org";
        check(vec![region(&lines, 1)], &[&[FULL; 4].join(" "), address]);
    }

    proptest::proptest! {
        #[test]
        fn every_word_comes_out_once(
            pages in proptest::collection::vec(
                proptest::collection::vec((0_u8..4, 8_u8..30, "[a-zA-Z0-9.;,:()•]{1,8}( [a-zA-Z.]{1,9}){0,8}"), 1..12),
                1..4,
            )
        ) {
            let mut regions = Vec::new();
            let mut expected: Vec<String> = Vec::new();
            for (page, lines) in (1..).zip(&pages) {
                let mut y = 700.0;
                let mut placed = Vec::new();
                for (indent, pitch, text) in lines {
                    y -= f32::from(*pitch);
                    expected.extend(text.split(' ').map(str::to_owned));
                    placed.push((f32::from(*indent) * 8.0, y, text.as_str()));
                }
                regions.push(region(&placed, page));
            }
            let (pages, regions) = regions.into_iter().unzip();
            let found: Vec<String> = paragraphs(pages, regions)
                .iter()
                .flat_map(|paragraph| paragraph.text.split_whitespace())
                .map(str::to_owned)
                .collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}

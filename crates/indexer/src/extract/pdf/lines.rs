//! Lines: the words of a row within one column, with the marks of notes taken out.

use super::words::Word;

/// Units whose raised digit is no mark of a note.
const UNITS: [&str; 5] = ["m", "km", "cm", "mm", "dm"];

/// Width of a space, in parts of the font size.
const SPACE: f32 = 0.25;

/// A line of running text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Marks of notes in it, as printed.
    pub(super) notes: Vec<String>,
    /// A mark in front of its text: it is the first line of a note.
    pub(super) label: Option<String>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    /// Font size of most of its letters.
    pub(super) size: f32,
    /// Whether all its letters are bold.
    pub(super) bold: bool,
    /// Width of its first word: had it fitted on the line before, it would stand there.
    pub(super) first_width: f32,
    /// Left and right edge of the column that it is set in.
    pub(super) column: (f32, f32),
    /// Page, counted from 1.
    pub(super) page: u32,
}

impl Line {
    /// Makes a line of words from left to right; `None` without text.
    pub(super) fn of(words: &[Word], page: u32) -> Option<Line> {
        let first = words.first()?;
        let mut line = Line { left: first.left, y: first.y, page, bold: true, ..Line::default() };
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        let mut before: Option<&Word> = None;
        for word in words {
            let apart = before.is_some_and(|before| word.is_apart(before));
            line.add(word, apart);
            line.right = line.right.max(word.right);
            if !word.raised {
                let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
                line.bold &= word.bold || letters == 0;
                match sizes.iter_mut().find(|(size, _)| (size - word.size).abs() < 0.3) {
                    Some((_, count)) => *count += letters,
                    None => sizes.push((word.size, letters)),
                }
            }
            before = Some(word);
        }
        line.size = sizes.iter().max_by_key(|(_, letters)| *letters).map_or(first.size, |(size, _)| *size);
        line.first_width = first_width(words);
        line.bold &= line.text.chars().any(char::is_alphabetic);
        (!line.text.is_empty() || line.label.is_some()).then_some(line)
    }

    fn add(&mut self, word: &Word, apart: bool) {
        let raised = word.raised && is_mark(&word.text) && !self.ends_in_unit();
        let (text, mark) = if raised { ("", Some(word.text.as_str())) } else { split_mark(&word.text) };
        if !text.is_empty() {
            if apart && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(text);
        }
        let Some(mark) = mark else {
            return;
        };
        let marks = plain_digits(mark).split([',', ' ']).filter(|mark| !mark.is_empty()).map(str::to_owned).collect();
        let marks: Vec<String> = marks;
        if self.text.is_empty() && self.label.is_none() {
            self.label = Some(marks.join(","));
        } else {
            self.notes.extend(marks);
        }
    }

    fn ends_in_unit(&self) -> bool {
        UNITS.contains(&self.text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(""))
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Whether it stands in the middle of its column, away from both edges.
    pub(super) fn is_centred(&self) -> bool {
        self.is_in_middle() && self.left - self.column.0 > self.size
    }

    /// Whether it stands in the middle of its column, or fills it.
    pub(super) fn is_in_middle(&self) -> bool {
        let (before, after) = (self.left - self.column.0, self.column.1 - self.right);
        (before - after).abs() < 0.015 * (self.column.1 - self.column.0)
    }

    /// Whether the first word of the next line would have fitted on it: then it ends on purpose.
    pub(super) fn is_short_before(&self, next: &Line) -> bool {
        let room = self.column.1 - self.column.0;
        let used = if self.is_centred() && next.is_centred() { self.width() } else { self.right - self.column.0 };
        used + SPACE * self.size + next.first_width < room - SPACE * self.size
    }
}

/// Whether two lines are set in the same font size, for the eye.
pub(super) fn same_size(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() <= 0.07 * a.size.max(b.size)
}

/// Width of the words that cannot be parted at the beginning.
fn first_width(words: &[Word]) -> f32 {
    let mut pairs = words.windows(2);
    let end = pairs.find_map(|pair| match pair {
        [word, next] if next.is_apart(word) => Some(word.right),
        _ => None,
    });
    let last = words.last().map_or(0.0, |word| word.right);
    end.unwrap_or(last) - words.first().map_or(0.0, |word| word.left)
}

/// `1`, `12`, `1,2`, `*`: what stands raised and points to a note.
fn is_mark(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || b"*,".contains(&byte))
}

/// Splits raised digits from the end of a word (`meeting¹`), or takes a word of nothing else whole.
fn split_mark(text: &str) -> (&str, Option<&str>) {
    let body = text.trim_end_matches(is_raised_digit);
    let unit = UNITS.contains(&body.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
    match text.get(body.len()..) {
        Some(mark) if !mark.is_empty() && !unit => (body, Some(mark)),
        _ => (text, None),
    }
}

fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn plain_digits(mark: &str) -> String {
    let plain =
        |c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c).and_then(|digit| char::from_digit(digit as u32, 10));
    mark.chars().map(|c| plain(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words side by side; `^` raises one.
    fn line(words: &[&str]) -> Line {
        let mut left = 0.0;
        let mut made = Vec::new();
        for text in words {
            let (text, raised) = text.strip_prefix('^').map_or((*text, false), |text| (text, true));
            let right = left + 5.0 * text.chars().count() as f32;
            let (y, size, bold) = (0.0, if raised { 6.0 } else { 10.0 }, false);
            made.push(Word { text: text.to_owned(), left, right, y, size, bold, spaced: !raised, raised });
            left = right;
        }
        // Words touch unless a space is drawn between.
        for index in 1..made.len() {
            if made.get(index).is_some_and(|word| word.spaced) {
                made.iter_mut().skip(index).for_each(|word| {
                    word.left += 3.0;
                    word.right += 3.0;
                });
            }
        }
        Line::of(&made, 1).unwrap()
    }

    #[track_caller]
    fn check(words: &[&str], text: &str, notes: &[&str], label: Option<&str>) {
        let line = line(words);
        assert_eq!((line.text.as_str(), line.label.as_deref()), (text, label));
        assert_eq!(line.notes, notes);
    }

    #[test]
    fn raised_numbers_are_marks_of_notes() {
        check(&["was", "adopted.", "^12"], "was adopted.", &["12"], None);
        check(&["was", "adopted.", "^1,2"], "was adopted.", &["1", "2"], None);
        check(&["was", "adopted.¹²"], "was adopted.", &["12"], None);
        check(&["^3", "See", "the", "report."], "See the report.", &[], Some("3"));
    }

    #[test]
    fn units_and_ordinals_are_text() {
        check(&["12", "km", "^2"], "12 km2", &[], None);
        check(&["12", "km²"], "12 km²", &[], None);
        check(&["le", "1", "^er", "mars"], "le 1er mars", &[], None);
    }
}

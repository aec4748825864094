//! Text to lines: cleaned of bracketed artefacts, with page and width, ready to be read for their structure.

use super::super::clean::clean_line;
use super::super::hyphen::SOFT_HYPHEN;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Text without trailing white space; inline markup is still in it.
    pub(super) text: String,
    /// Page, where the file has page breaks.
    pub(super) page: Option<u32>,
    /// Whether the end of a page, a page number or a running header stands here: no text.
    pub(super) furniture: bool,
}

impl Line {
    /// Whether the line separates blocks. A line that begins with a tab is an empty cell of a table instead.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && !self.text.starts_with('\t')
    }
}

/// Lines longer than this are whole paragraphs: nobody wraps text so wide.
const WIDEST_WRAP: usize = 160;

/// Signs that end a line or a page.
const ENDS: [char; 7] = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Number of ends of lines and pages: that of the lines that [`lines`] makes, less one.
pub(super) fn count_ends(text: &str) -> usize {
    text.chars().filter(|c| ENDS.contains(c)).count() - text.matches("\r\n").count()
}

/// Splits a text into lines at every kind of line end; a form feed begins a new page.
/// Returns the number of pages too, if there is any form feed.
pub(super) fn lines(text: &str) -> (Vec<Line>, Option<u32>) {
    let paged = text.contains('\u{C}');
    let mut page = 1_u32;
    let mut lines = Vec::new();
    for (index, sheet) in text.split('\u{C}').enumerate() {
        if index > 0 {
            page = page.saturating_add(1);
            // A page break ends a block; the halves of a paragraph that it cuts are joined as any others.
            lines.push(Line { text: String::new(), page: Some(page), furniture: true });
        }
        for line in sheet.replace("\r\n", "\n").split(ENDS) {
            let mut text = clean_line(without_quote_marks(line));
            // A tab stays even on an empty line: it is a cell.
            let kept = if text.starts_with('\t') { text.trim_end().len().max(1) } else { text.trim_end().len() };
            text.truncate(kept);
            // A soft hyphen that shows is one at the end of a line: what follows goes on with the word.
            if line.trim_end().ends_with(SOFT_HYPHEN) {
                text.push(SOFT_HYPHEN);
            }
            lines.push(Line { text, page: paged.then_some(page), furniture: false });
        }
    }
    (lines, paged.then_some(page))
}

/// Drops what Markdown puts around quotations and code: `> ` in front of a line, a fence of backquotes.
fn without_quote_marks(line: &str) -> &str {
    let trimmed = line.trim();
    if trimmed.starts_with("```") && !trimmed.contains(' ') {
        return "";
    }
    let mut text = line;
    while let Some(quoted) =
        text.trim_start().strip_prefix('>').filter(|rest| rest.is_empty() || rest.starts_with([' ', '>']))
    {
        text = quoted;
    }
    text
}

/// Width to which the lines of a file are wrapped, in characters; `None` if each line is a whole paragraph.
///
/// Wide lines that hold more than a fifth of the text tell a file without wrapping; else the width is that of the
/// line longer than nine tenths of all. Rows of tables are not wrapped and do not count.
pub(super) fn wrap_width(lines: &[Line]) -> Option<usize> {
    let is_row = |line: &Line| line.text.contains('\t') || line.text.starts_with('|');
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| !line.is_blank() && !is_row(line)).map(|line| line.text.chars().count()).collect();
    let all: usize = widths.iter().sum();
    let wide: usize = widths.iter().filter(|&&width| width > WIDEST_WRAP).sum();
    if wide * 5 > all {
        return None;
    }
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_and_page_break_counts_once() {
        let (lines, pages) = lines("a\r\nb\rc\u{C}d \n\t\u{A0}");
        let seen: Vec<(&str, Option<u32>)> = lines.iter().map(|line| (line.text.as_str(), line.page)).collect();
        assert_eq!(
            seen,
            [("a", Some(1)), ("b", Some(1)), ("c", Some(1)), ("", Some(2)), ("d", Some(2)), ("\t", Some(2))]
        );
        assert_eq!(pages, Some(2));
        assert_eq!(count_ends("a\r\nb\rc\u{C}d \n\t\u{A0}"), 4);
    }

    #[test]
    fn one_long_line_does_not_hide_that_a_file_is_wrapped() {
        let wrapped =
            format!("{}{}", "x".repeat(70).as_str().to_owned() + "\n", "word ".repeat(14).trim().to_owned() + "\n");
        let text = wrapped.repeat(20) + &"u".repeat(200);
        assert!(wrap_width(&lines(&text).0).is_some_and(|width| (60..=80).contains(&width)));
        assert_eq!(wrap_width(&lines(&format!("Report\n{}\n", "word ".repeat(100))).0), None);
        assert_eq!(wrap_width(&[]), None);
    }
}

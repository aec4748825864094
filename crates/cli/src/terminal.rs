//! Words for a person at a terminal.

use std::io::{self, IsTerminal, Write};

use console::{Term, is_dumb, measure_text_width};

use crate::args::ColorArg;

/// Widest line of running text, in columns: longer ones are hard to read.
const MAX_WIDTH: usize = 100;
/// Narrowest line that is worth wrapping to.
const MIN_WIDTH: usize = 20;
/// Narrowest terminal that has room for bars beside numbers.
const MIN_WIDTH_OF_BARS: usize = 60;

/// How text looks on standard output: styled and wrapped on a terminal, plain lines elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    colours: bool,
    width: Option<usize>,
    bars: bool,
}

impl Style {
    /// Neither colours nor wrapping.
    pub(crate) const PLAIN: Style = Style { colours: false, width: None, bars: false };

    /// For standard output.
    pub(crate) fn stdout() -> Style {
        let columns = Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        let width = columns.filter(|_| io::stdout().is_terminal());
        Style {
            colours: console::colors_enabled(),
            width: width.map(|columns| columns.clamp(MIN_WIDTH, MAX_WIDTH)),
            bars: width.is_some_and(|columns| columns >= MIN_WIDTH_OF_BARS) && !is_dumb(),
        }
    }

    /// Whether lines are for a terminal: broken where it ends, several to a thing.
    pub(crate) fn is_terminal(self) -> bool {
        self.width.is_some()
    }

    /// Columns of a line, where there is a terminal.
    pub(crate) fn width(self) -> Option<usize> {
        self.width
    }

    /// Whether there is room for bars.
    pub(crate) fn has_bars(self) -> bool {
        self.bars
    }

    /// Running text, its lines indented; one line where there is no terminal, so that a script reads a line a passage.
    pub(crate) fn paragraph(self, indent: &str, text: &str) -> String {
        match self.width {
            Some(width) => wrapped(text, indent, width),
            None => format!("{indent}{text}"),
        }
    }

    /// Running text behind a mark such as a number, its further lines below its first word.
    pub(crate) fn item(self, mark: &str, text: &str) -> String {
        let indent = " ".repeat(measure_text_width(mark));
        let lines = self.paragraph(&indent, text);
        format!("{mark}{}", lines.strip_prefix(&indent).unwrap_or(&lines))
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    pub(crate) fn label(self, text: &str) -> String {
        self.wrap("36", text)
    }

    pub(crate) fn mark(self, text: &str) -> String {
        // Without colours a match must still be seen.
        if self.colours { self.wrap("1;33", text) } else { format!("[{text}]") }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.colours && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Forces colours on or off for the whole process, or leaves it to the terminal: to NO_COLOR, CLICOLOR_FORCE, and
/// whether it is one at all.
pub(crate) fn choose_colors(choice: ColorArg) {
    let wanted = match choice {
        ColorArg::Auto => return,
        ColorArg::Always => true,
        ColorArg::Never => false,
    };
    console::set_colors_enabled(wanted);
    console::set_colors_enabled_stderr(wanted);
}

/// Text of a document on a terminal: control characters, which could act on it, become spaces.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Prints a line to standard output. A reader that went away (`| head`) is no error.
pub(crate) fn line(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a line to standard error.
pub(crate) fn note(text: &str) {
    // Nothing sensible is left to do when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints an error to standard error, with those of its causes that it does not tell itself.
pub(crate) fn error(error: &anyhow::Error) {
    let word = console::style("error:").for_stderr().red().bold();
    note(&format!("{word} {}", message(error)));
}

fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !message.contains(&cause) {
            let separator = if message.is_empty() { "" } else { ": " };
            message.push_str(separator);
            message.push_str(&cause);
        }
    }
    message
}

/// A number with its noun: `1 passage`, `2 passages`.
pub(crate) fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Names with their values, aligned, a line each.
pub(crate) fn facts(facts: &[(&str, &str)]) -> Vec<String> {
    let widest = facts.iter().map(|(name, _)| measure_text_width(name)).max().unwrap_or_default();
    facts.iter().map(|(name, value)| format!("  {name:widest$}  {value}")).collect()
}

/// Breaks text at spaces, so that no line has more columns than `width` unless one word does. Styles count nothing.
fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let columns = measure_text_width(word);
        if column > 0 && column + 1 + columns <= width {
            out.push(' ');
            column += 1 + columns;
        } else {
            let line_break = if column > 0 { "\n" } else { "" };
            out.push_str(line_break);
            out.push_str(indent);
            column = measure_text_width(indent) + columns;
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(wrapped(text, "  ", 12), expected);
        }
        check("", "");
        check("one", "  one");
        check("one two six ten", "  one two\n  six ten");
        check("migración año", "  migración\n  año");
        check("internationalization of it", "  internationalization\n  of it");
        check("a \u{1b}[1;33mprivate sector\u{1b}[0m", "  a \u{1b}[1;33mprivate\n  sector\u{1b}[0m");
    }

    proptest! {
        #[test]
        fn wrapping_moves_words_and_changes_none(text in "[a-zé ]{0,200}", width in 5_usize..60) {
            let lines = wrapped(&text, " ", width);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&lines), words(&text));
            for line in lines.lines() {
                prop_assert!(measure_text_width(line) <= width || words(line).len() == 1, "{:?}", line);
            }
        }
    }

    #[test]
    fn nothing_of_a_document_acts_on_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{9b}c\r\nd"), "a [2Jb c  d");
    }

    #[test]
    fn a_cause_is_told_once() {
        let cause = || io::Error::other("no space left");
        let told = anyhow::Error::new(cause()).context("index: no space left; delete something");
        assert_eq!(message(&told), "index: no space left; delete something");
        let untold = anyhow::Error::new(cause()).context("the index cannot be written");
        assert_eq!(message(&untold), "the index cannot be written: no space left");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!([count(0, "file"), count(1, "file"), count(2, "file")], ["0 files", "1 file", "2 files"]);
    }
}

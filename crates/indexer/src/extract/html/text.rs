//! [`Running`]: the text of a paragraph while it is read.

use super::super::draft::without_bullet;
use super::super::heading::ends_sentence;
use super::super::number::split_number;

/// A line of this many characters that ends a sentence ends a paragraph too, where only breaks tell lines apart.
const WHOLE_LINE: usize = 120;

/// Text between two borders of blocks, spaces collapsed as a browser does.
#[derive(Debug, Clone, Default)]
pub(super) struct Running {
    /// The text; `\n` for breaks.
    pub(super) text: String,
    /// Letters and digits in it.
    pub(super) letters: usize,
    /// Those in bold type.
    pub(super) bold: usize,
    /// Those that are links.
    pub(super) linked: usize,
    /// Numbers of the notes it refers to.
    pub(super) notes: Vec<String>,
    /// The number that a program printed in front of it.
    pub(super) number: Option<String>,
    /// The number of the note that it is, where a raised one stands in front of it.
    pub(super) note: Option<String>,
    /// White space that counts only if more text comes.
    space: bool,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) bold: bool,
    pub(super) linked: bool,
    pub(super) preformatted: bool,
}

impl Running {
    pub(super) fn push(&mut self, text: &str, setting: Setting) {
        for c in text.chars() {
            if setting.preformatted && c == '\n' {
                self.push_break();
            } else if c.is_ascii_whitespace() {
                self.space = true;
            } else {
                if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.space = false;
                self.text.push(c);
                if c.is_alphanumeric() {
                    self.letters += 1;
                    self.bold += usize::from(setting.bold);
                    self.linked += usize::from(setting.linked);
                }
            }
        }
    }

    pub(super) fn push_break(&mut self) {
        self.text.push('\n');
        self.space = false;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether all its letters are bold.
    pub(super) fn is_bold(&self) -> bool {
        self.letters > 0 && self.bold == self.letters
    }

    /// The last word so far.
    pub(super) fn last_word(&self) -> &str {
        let text = if self.space { "" } else { self.text.as_str() };
        text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
    }
}

/// The paragraphs of a text whose only structure are breaks: empty lines are between them; so are breaks in front of
/// numbers and bullets where there are several, and behind long lines that end a sentence.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let is_item = |line: &&str| split_number(line).is_some() || without_bullet(line).is_some();
    let items = lines.iter().filter(|line| is_item(line)).count() >= 2;
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut above = "";
    for line in lines {
        let begins = above.is_empty()
            || line.is_empty()
            || (items && is_item(&line))
            || (ends_sentence(above) && above.chars().nth(WHOLE_LINE).is_some());
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
        above = line;
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The text of a note without its number, where that is typed in front of it.
pub(super) fn without_number<'t>(text: &'t str, number: &str) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (typed, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    let ends = rest.starts_with(['.', ')']) || rest.starts_with(char::is_whitespace);
    if !typed.is_empty() && typed == number && ends { rest.trim_start_matches(['.', ')']).trim_start() } else { text }
}

/// A digit as it is printed raised.
pub(super) fn superscript(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Setting = Setting { bold: false, linked: false, preformatted: false };

    #[test]
    fn spaces_collapse_and_letters_are_counted() {
        let mut running = Running::default();
        running.push("\n  The ", PLAIN);
        running.push(" two\t\n", Setting { bold: true, ..PLAIN });
        running.push_break();
        running.push(" end", Setting { linked: true, ..PLAIN });
        assert_eq!(running.text, "The two\nend");
        assert_eq!((running.letters, running.bold, running.linked), (9, 3, 3));
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text), expected);
    }

    #[test]
    fn breaks_end_paragraphs_where_something_shows_it() {
        check("a\n\n\nb\nc", &["a", "b\nc"]);
        check(
            "They agree:\n1. to meet;\n2. to write\nletters",
            &["They agree:", "1. to meet;", "2. to write\nletters"],
        );
        check("1. alone\nand more", &["1. alone\nand more"]);
        let long = format!("{}end.", "word ".repeat(30));
        check(&format!("{long}\nNext"), &[&long, "Next"]);
        check("", &[]);
    }
}

//! [`Line`]: the text of a paragraph while it is read, run by run. DOCX, ODT and RTF share it.

use crate::extract::number::split_number;
use crate::extract::paragraphs::{Paragraph, Style};
use crate::extract::{ExtractError, MAX_BLOCKS};

/// Longest number that is counted, in bytes: a longer one is text of the file that each paragraph would repeat.
pub(in crate::extract) const MAX_LABEL: usize = 60;

/// Units that carry an exponent: "12 km²".
const UNITS: [&str; 6] = ["m", "km", "cm", "mm", "dm", "hm"];

/// How a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::extract) struct Look {
    /// Bold type.
    pub(in crate::extract) bold: bool,
    /// Raised above the line.
    pub(in crate::extract) raised: bool,
    /// Not printed.
    pub(in crate::extract) hidden: bool,
}

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(in crate::extract) struct Line {
    text: String,
    letters: usize,
    bold: usize,
    notes: Vec<String>,
    page: Option<u32>,
}

impl Line {
    /// Adds text of a run. Line ends and tabs in it are spaces: the formats have elements of their own for both.
    pub(in crate::extract) fn push(&mut self, text: &str, look: Look) {
        if look.hidden {
            return;
        }
        if look.raised && self.is_note_mark(text) {
            self.notes.push(text.trim().to_owned());
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        self.letters += letters;
        self.bold += if look.bold { letters } else { 0 };
        self.text.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }

    /// Whether raised digits behind a word or its punctuation are the mark of a note that was typed.
    fn is_note_mark(&self, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let last = self.text.rsplit(|c: char| c.is_whitespace() || c.is_ascii_digit()).next().unwrap_or("");
        let stands_behind = last.chars().next_back().is_some_and(|c| c.is_alphabetic() || ".,;:!?)”\"»’'".contains(c));
        stands_behind && !UNITS.contains(&last)
    }

    /// Adds a tab.
    pub(in crate::extract) fn tab(&mut self) {
        self.text.push('\t');
    }

    /// Adds the end of a line inside the paragraph.
    pub(in crate::extract) fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// Adds a reference to a note with its printed number.
    pub(in crate::extract) fn refer(&mut self, number: String) {
        self.notes.push(number);
    }

    /// Says on which page the text that follows stands; a paragraph is on the page of its first letter.
    pub(in crate::extract) fn on_page(&mut self, page: Option<u32>) {
        if self.is_blank() {
            self.page = page;
        }
    }

    /// The text so far.
    pub(in crate::extract) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it has no text yet.
    pub(in crate::extract) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its paragraphs: blank lines in it part them, for that is how text comes that was pasted. `label` is the number
    /// or bullet that the program counts, or nothing.
    pub(in crate::extract) fn finish(self, style: Style, label: &str) -> Vec<Paragraph> {
        let emphasis = self.letters > 0 && self.bold == self.letters;
        let (style, number, text) = labelled(style, label, self.text);
        let first = Paragraph { style, text: String::new(), number, emphasis, page: self.page, notes: self.notes };
        if !text.contains("\n") {
            return vec![Paragraph { text, ..first }];
        }
        let mut parts: Vec<String> = vec![String::new()];
        for line in text.split('\n') {
            match parts.last_mut() {
                _ if line.trim().is_empty() => parts.push(String::new()),
                Some(part) if part.is_empty() => part.push_str(line),
                Some(part) => {
                    part.push('\n');
                    part.push_str(line);
                }
                None => {}
            }
        }
        let mut parts = parts.into_iter().filter(|part| !part.is_empty());
        let first = Paragraph { text: parts.next().unwrap_or_default(), ..first };
        let rest: Vec<Paragraph> =
            parts.map(|text| Paragraph { text, emphasis, page: first.page, ..Paragraph::default() }).collect();
        std::iter::once(first).chain(rest).collect()
    }
}

/// Where a counted number goes: what is no number by its shape ("Artículo 3", "3.2") stands in front of the text, as
/// it is printed.
fn labelled(style: Style, label: &str, text: String) -> (Style, Option<String>, String) {
    let label = label.trim();
    let heading = matches!(style, Style::Heading(_));
    if label.is_empty() || text.trim().is_empty() {
        return (style, None, text);
    }
    let item = if heading { style.clone() } else { Style::ListItem };
    if !label.chars().any(char::is_alphanumeric) {
        return (item, (!heading).then(|| "•".to_owned()), text);
    }
    let is_number = split_number(label).is_some_and(|(_, rest)| rest.is_empty())
        || (label.len() <= 6 && label.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_number {
        (item, Some(label.to_owned()), text)
    } else {
        (style, None, format!("{label} {}", text.trim_start()))
    }
}

/// The paragraphs of a file, if a document can have so many. Readers count as they go; here are those that blank lines
/// made, too.
pub(in crate::extract) fn within_limit(paragraphs: Vec<Paragraph>) -> Result<Vec<Paragraph>, ExtractError> {
    if paragraphs.len() > MAX_BLOCKS { Err(ExtractError::TooLong { limit: MAX_BLOCKS }) } else { Ok(paragraphs) }
}

/// The level of a heading that the name of a style tells, in the languages that programs write names in.
pub(in crate::extract) fn heading_level(style: &str) -> Option<u8> {
    const TITLES: [&str; 4] = ["title", "título", "titulo", "titre"];
    const SUBTITLES: [&str; 4] = ["subtitle", "subtítulo", "subtitulo", "sous-titre"];
    const HEADINGS: [&str; 10] =
        ["heading", "título", "titulo", "titre", "encabezado", "überschrift", "titolo", "rubrik", "kop", "заголовок"];
    let name = style.trim().to_lowercase();
    if TITLES.contains(&name.as_str()) {
        return Some(1);
    }
    if SUBTITLES.contains(&name.as_str()) {
        return Some(2);
    }
    let rest = HEADINGS.iter().find_map(|heading| name.strip_prefix(heading))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// Whether a style is that of an entry in a table of contents.
pub(in crate::extract) fn is_contents(style: &str) -> bool {
    let name = style.trim().to_lowercase();
    ["toc ", "contents ", "table of "].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, label: &str, expected: &[(Option<&str>, &str)]) {
        let mut line = Line::default();
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                line.end_line();
            }
            line.push(part, Look::default());
        }
        let paragraphs = line.finish(Style::Text, label);
        let found: Vec<(Option<&str>, &str)> =
            paragraphs.iter().map(|paragraph| (paragraph.number.as_deref(), paragraph.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("one\ntwo\n \nthree\n\n\nfour\n", "1.", &[(Some("1."), "one\ntwo"), (None, "three"), (None, "four")]);
    }

    #[test]
    fn a_counted_number_is_a_number_or_stands_in_the_text() {
        check("text", "21.", &[(Some("21."), "text")]);
        check("text", "(iv)", &[(Some("(iv)"), "text")]);
        check("text", "7", &[(Some("7"), "text")]);
        check("text", "\u{F0B7}", &[(Some("•"), "text")]);
        check("Scope", "3.2", &[(None, "3.2 Scope")]);
        check("text", "Artículo 3.-", &[(Some("Artículo 3.-"), "text")]);
        check("text", "Fase 3:", &[(None, "Fase 3: text")]);
        check("", "5.", &[(None, "")]);
    }

    #[test]
    fn raised_digits_behind_a_word_are_a_note() {
        let mut line = Line::default();
        let raised = Look { raised: true, ..Look::default() };
        for (text, look) in [
            ("The pact.", Look::default()),
            ("12", raised),
            (" covers 5 km", Look::default()),
            ("2", raised),
            (", the 4", Look::default()),
            ("th", raised),
            (" time", Look::default()),
        ] {
            line.push(text, look);
        }
        assert_eq!(line.notes, ["12"]);
        assert_eq!(line.text, "The pact. covers 5 km2, the 4th time");
    }

    #[test]
    fn names_of_styles_tell_headings() {
        for (name, level) in [
            ("heading 1", Some(1)),
            ("Heading2", Some(2)),
            ("Título 3", Some(3)),
            ("Titre", Some(1)),
            ("Subtitle", Some(2)),
            ("Encabezado", None),
            ("heading 12", None),
            ("Body Text", None),
        ] {
            assert_eq!(heading_level(name), level, "{name}");
        }
        assert!(is_contents("toc 1") && is_contents("TOC Heading") && !is_contents("Tocado"));
    }
}

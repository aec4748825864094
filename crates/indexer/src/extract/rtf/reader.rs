//! [`Reader`]: groups and control words to the document's text.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use jiff::civil::Date;

use super::super::office::counting::Numerals;
use super::super::office::line::{Look, heading_level, is_contents};
use super::super::office::table;
use super::super::paragraphs::{Paragraph, Style};
use super::super::{ExtractError, MAX_BLOCKS, Properties};
use super::destinations::{Destination, Opening, opening};
use super::encodings::{language, of_character_set, of_code_page};
use super::story::Story;
use super::tokens::Token;

/// Most groups inside one another; programs write some 20.
const MAX_DEPTH: usize = 500;

/// Longest text kept of a number, a field's code, a name or a property, in bytes.
const MAX_KEPT: usize = 1_000;

/// Reads the tokens of a file.
pub(super) struct Reader {
    groups: Vec<Group>,
    /// The document, and the notes and text boxes that are open in it.
    stories: Vec<Story>,
    /// Bytes that were not decoded yet: a character may have two.
    bytes: Vec<u8>,
    /// Bytes that repeat a character which was given by its code point.
    repeated: usize,
    /// First half of a character of two code units.
    high: Option<u16>,
    encoding: &'static Encoding,
    fonts: BTreeMap<i32, Font>,
    font: i32,
    styles: BTreeMap<i32, StyleLevel>,
    /// Name of the style, code of the field or value of the property that is read.
    kept: String,
    code: String,
    style: (i32, Option<u8>),
    date: (Option<bool>, [i32; 3]),
    footnotes: NoteCount,
    endnotes: NoteCount,
    paragraphs: usize,
    properties: Properties,
}

#[derive(Debug, Clone, Copy, Default)]
struct Font {
    encoding: Option<&'static Encoding>,
    symbols: bool,
}

/// What a style makes of its paragraphs.
#[derive(Debug, Clone, Copy, Default)]
struct StyleLevel {
    heading: Option<u8>,
    contents: bool,
}

#[derive(Debug)]
struct NoteCount {
    numerals: Numerals,
    next: u32,
}

/// What holds in a group, and in those inside it unless they say otherwise.
#[derive(Debug, Clone, Copy)]
struct Group {
    destination: Destination,
    look: Look,
    deleted: bool,
    font: Option<i32>,
    /// Bytes that repeat a character given by its code point (`\uc`).
    repeats: usize,
    paragraph: Format,
    /// Nothing stood in it so far.
    fresh: bool,
    /// It began with `\*`.
    starred: bool,
    /// What ends with it.
    ends: Option<End>,
}

/// What paragraph properties say.
#[derive(Debug, Clone, Copy, Default)]
struct Format {
    style: i32,
    outline: Option<u8>,
    in_table: bool,
    tables: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Note { endnote: bool },
    Box,
}

impl Reader {
    /// A reader at the start of a file.
    pub(super) fn new() -> Reader {
        let group = Group {
            destination: Destination::Text,
            look: Look::default(),
            deleted: false,
            font: None,
            repeats: 1,
            paragraph: Format::default(),
            fresh: false,
            starred: false,
            ends: None,
        };
        Reader {
            groups: vec![group],
            stories: vec![Story::default()],
            bytes: Vec::new(),
            repeated: 0,
            high: None,
            encoding: WINDOWS_1252,
            fonts: BTreeMap::new(),
            font: 0,
            styles: BTreeMap::new(),
            kept: String::new(),
            code: String::new(),
            style: (0, None),
            date: (None, [0; 3]),
            footnotes: NoteCount { numerals: Numerals::Decimal, next: 1 },
            endnotes: NoteCount { numerals: Numerals::LowerRoman, next: 1 },
            paragraphs: 0,
            properties: Properties::default(),
        }
    }

    /// Reads a token.
    pub(super) fn read(&mut self, token: Token<'_>) -> Result<(), ExtractError> {
        match token {
            Token::Text(bytes) => self.text_bytes(bytes),
            Token::Byte(_) if self.repeated > 0 => self.repeated -= 1,
            Token::Byte(byte) => {
                self.group().fresh = false;
                self.bytes.push(byte);
            }
            _ => {
                self.flush();
                self.repeated = 0;
                match token {
                    Token::Open => return self.open(),
                    Token::Close => self.close(),
                    Token::Symbol(symbol) => self.symbol(symbol)?,
                    Token::Word(word, value) => return self.word(word, value),
                    Token::Text(_) | Token::Byte(_) => {}
                }
            }
        }
        Ok(())
    }

    /// The paragraphs read, and what the file says of itself.
    pub(super) fn finish(mut self) -> (Vec<Paragraph>, Properties) {
        self.flush();
        while self.groups.len() > 1 {
            self.close();
        }
        let style = self.paragraph_style();
        let paragraphs = self.stories.pop().map(|story| story.finish(style)).unwrap_or_default();
        (paragraphs, self.properties)
    }

    fn group(&mut self) -> &mut Group {
        // The outermost is never taken away.
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn story(&mut self) -> &mut Story {
        // That of the document is taken away at the end alone.
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn open(&mut self) -> Result<(), ExtractError> {
        if self.groups.len() > MAX_DEPTH {
            let limit = format!("{MAX_DEPTH} groups inside one another");
            return Err(ExtractError::Bomb { what: "the depth", limit });
        }
        let around = *self.group();
        self.group().fresh = false;
        self.groups.push(Group { fresh: true, starred: false, ends: None, ..around });
        if matches!(around.destination, Destination::Styles) {
            self.kept.clear();
            self.style = (0, None);
        }
        Ok(())
    }

    fn close(&mut self) {
        self.high = None;
        if self.groups.len() == 1 {
            return;
        }
        let style = self.paragraph_style();
        let Some(group) = self.groups.pop() else { return };
        let around = self.group().destination;
        match group.destination {
            Destination::Styles if around == Destination::Styles => self.end_style(),
            Destination::Title if around != Destination::Title => {
                self.properties.title = Some(self.kept.trim().to_owned()).filter(|title| !title.is_empty());
            }
            Destination::Software if around != Destination::Software => {
                self.properties.software = Some(self.kept.trim().trim_end_matches(';').to_owned());
            }
            Destination::Info => self.end_date(),
            _ => {}
        }
        let Some(end) = group.ends else { return };
        let paragraphs = self.stories.pop().map(|story| story.finish(style)).unwrap_or_default();
        match end {
            End::Box => self.story().behind.extend(paragraphs),
            End::Note { endnote } => {
                let count = if endnote { &mut self.endnotes } else { &mut self.footnotes };
                let number = count.numerals.print(count.next, "");
                count.next = count.next.saturating_add(1);
                self.story().line.refer(number.clone());
                self.story().behind.push(table::note(number, None, paragraphs));
            }
        }
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), ExtractError> {
        match symbol {
            b'*' => {
                self.group().starred = true;
                return Ok(());
            }
            b'~' => self.text("\u{A0}"),
            b'_' => self.text("-"),
            b'\\' | b'{' | b'}' => self.text(char::from(symbol).encode_utf8(&mut [0; 4])),
            b'\r' | b'\n' => self.end_paragraph()?,
            b'\t' => self.tab(),
            _ => {}
        }
        self.group().fresh = false;
        Ok(())
    }

    fn word(&mut self, word: &str, value: Option<i32>) -> Result<(), ExtractError> {
        let Group { fresh, starred, destination, .. } = *self.group();
        self.group().fresh = false;
        if fresh && let Some(opening) = opening(word, starred, destination) {
            self.enter(opening);
            return Ok(());
        }
        match destination {
            Destination::Fonts => self.font_word(word, value.unwrap_or(0)),
            Destination::Styles => match (word, value) {
                ("s", Some(number)) => self.style.0 = number,
                ("outlinelevel", Some(level)) => self.style.1 = u8::try_from(level).ok().filter(|level| *level < 9),
                ("u", Some(code)) => self.code_point(code),
                _ => {}
            },
            Destination::Info => self.date_word(word, value.unwrap_or(0)),
            Destination::Skip | Destination::Shape => {}
            _ => return self.text_word(word, value),
        }
        Ok(())
    }

    /// What a group is that begins with such a word.
    fn enter(&mut self, opening: Opening) {
        match opening {
            Opening::To(destination) => {
                self.group().destination = destination;
                match destination {
                    Destination::Title | Destination::Software => self.kept.clear(),
                    Destination::Code => self.code.clear(),
                    Destination::Label => self.story().label.clear(),
                    _ => {}
                }
            }
            Opening::Result if crate::extract::office::is_contents_code(&self.code) => {
                self.group().destination = Destination::Skip;
            }
            Opening::Result => {}
            Opening::Note | Opening::Box => {
                self.stories.push(Story::default());
                let group = self.group();
                group.destination = Destination::Text;
                group.paragraph = Format::default();
                group.look = Look { bold: false, raised: false, ..group.look };
                group.ends = Some(if opening == Opening::Box { End::Box } else { End::Note { endnote: false } });
            }
        }
    }

    /// A control word in text.
    fn text_word(&mut self, word: &str, value: Option<i32>) -> Result<(), ExtractError> {
        let on = value != Some(0);
        let number = usize::try_from(value.unwrap_or(0)).unwrap_or(0);
        match word {
            "par" | "sect" => self.end_paragraph()?,
            "cell" => self.end_cell(1)?,
            "nestcell" => {
                let depth = self.group().paragraph.tables.unwrap_or(2).max(2);
                self.end_cell(depth)?;
            }
            "row" => self.story().end_row(1),
            "nestrow" => {
                let depth = self.group().paragraph.tables.unwrap_or(2).max(2);
                self.story().end_row(depth);
            }
            "line" | "lbr" | "page" | "column" if self.is_text() => self.story().line.end_line(),
            "tab" => self.tab(),
            "u" => self.code_point(value.unwrap_or(0)),
            "uc" => self.group().repeats = number.min(16),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "emspace" | "enspace" | "qmspace" => self.text(" "),
            "plain" => {
                let group = self.group();
                (group.look, group.deleted, group.font) = (Look::default(), false, None);
            }
            "b" => self.group().look.bold = on,
            "v" => self.group().look.hidden = on,
            "super" => self.group().look.raised = on,
            "nosupersub" | "sub" => self.group().look.raised = false,
            "deleted" => self.group().deleted = on,
            "f" => self.group().font = value,
            "pard" => self.group().paragraph = Format::default(),
            "s" => self.group().paragraph.style = value.unwrap_or(0),
            "outlinelevel" => self.group().paragraph.outline = u8::try_from(number).ok(),
            "intbl" => self.group().paragraph.in_table = on,
            "itap" => self.group().paragraph.tables = Some(number),
            "ftnalt" => self.make_endnote(),
            _ => self.document_word(word, value),
        }
        Ok(())
    }

    /// A control word that speaks of the whole document.
    fn document_word(&mut self, word: &str, value: Option<i32>) {
        let number = u32::try_from(value.unwrap_or(1)).unwrap_or(1);
        match word {
            "ansicpg" => self.encoding = of_code_page(value.unwrap_or(1252)),
            "mac" => self.encoding = of_code_page(10000),
            "deflang" => {
                let tag = language(value.unwrap_or(0)).map(str::to_owned);
                self.properties.language = tag;
            }
            "ftnstart" => self.footnotes.next = number,
            "aftnstart" => self.endnotes.next = number,
            _ => {
                let (count, kind) = match (word.strip_prefix("ftnn"), word.strip_prefix("aftnn")) {
                    (Some(kind), _) => (&mut self.footnotes, kind),
                    (_, Some(kind)) => (&mut self.endnotes, kind),
                    _ => return,
                };
                count.numerals = match kind {
                    "ar" => Numerals::Decimal,
                    "alc" => Numerals::LowerLetters,
                    "auc" => Numerals::UpperLetters,
                    "rlc" => Numerals::LowerRoman,
                    "ruc" => Numerals::UpperRoman,
                    "chi" => Numerals::Signs,
                    _ => count.numerals,
                };
            }
        }
    }

    fn font_word(&mut self, word: &str, value: i32) {
        match word {
            "f" => {
                self.font = value;
                self.fonts.insert(value, Font::default());
            }
            "fcharset" => {
                let font = Font { encoding: of_character_set(value), symbols: value == 2 };
                self.fonts.insert(self.font, font);
            }
            "cpg" => {
                let encoding = Some(of_code_page(value));
                self.fonts.entry(self.font).or_default().encoding = encoding;
            }
            _ => {}
        }
    }

    fn end_style(&mut self) {
        let (number, outline) = self.style;
        let names = || self.kept.trim().trim_end_matches(';').split(',');
        let heading = outline.map(|level| level + 1).or_else(|| names().find_map(heading_level));
        let contents = names().any(is_contents);
        self.styles.insert(number, StyleLevel { heading, contents });
    }

    fn date_word(&mut self, word: &str, value: i32) {
        let (which, [year, month, day]) = &mut self.date;
        match word {
            "creatim" => *which = Some(true),
            "revtim" => *which = Some(false),
            "yr" => *year = value,
            "mo" => *month = value,
            "dy" => *day = value,
            _ => {}
        }
    }

    fn end_date(&mut self) {
        let (Some(created), [year, month, day]) = std::mem::take(&mut self.date) else { return };
        let small = |value: i32| i8::try_from(value).ok();
        let date = i16::try_from(year).ok().zip(small(month)).zip(small(day));
        let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
        let place = if created { &mut self.properties.created } else { &mut self.properties.modified };
        *place = date.filter(|date| date.year() > 1980);
    }

    /// Says that the note which is open is an endnote.
    fn make_endnote(&mut self) {
        let notes = self.groups.iter_mut().rev().filter_map(|group| group.ends.as_mut());
        if let Some(End::Note { endnote }) = notes.into_iter().next() {
            *endnote = true;
        }
    }

    fn is_text(&mut self) -> bool {
        let group = self.group();
        group.destination == Destination::Text && !group.deleted && !group.look.hidden
    }

    fn tab(&mut self) {
        if self.is_text() {
            self.story().line.tab();
        } else {
            self.text(" ");
        }
    }

    /// What the paragraph is that ends here; `None` for an entry of a table of contents.
    fn paragraph_style(&mut self) -> Option<Style> {
        let Format { style, outline, .. } = self.group().paragraph;
        let style = self.styles.get(&style).copied().unwrap_or_default();
        let level = outline.map(|level| level + 1).or(style.heading).filter(|level| *level <= 9);
        (!style.contents).then(|| level.map_or(Style::Text, Style::Heading))
    }

    fn end_paragraph(&mut self) -> Result<(), ExtractError> {
        if self.is_text_place() {
            self.count()?;
            let Format { in_table, tables, .. } = self.group().paragraph;
            let depth = tables.unwrap_or(usize::from(in_table));
            let style = self.paragraph_style();
            self.story().end_paragraph(style, depth);
        }
        Ok(())
    }

    fn end_cell(&mut self, depth: usize) -> Result<(), ExtractError> {
        if self.is_text_place() {
            self.count()?;
            let style = self.paragraph_style();
            self.story().end_cell(style, depth);
        }
        Ok(())
    }

    fn is_text_place(&mut self) -> bool {
        self.group().destination == Destination::Text
    }

    fn count(&mut self) -> Result<(), ExtractError> {
        self.paragraphs += 1;
        if self.paragraphs > MAX_BLOCKS { Err(ExtractError::TooLong { limit: MAX_BLOCKS }) } else { Ok(()) }
    }

    /// A character by its UTF-16 code unit, written as a signed number.
    fn code_point(&mut self, value: i32) {
        let repeats = self.group().repeats;
        self.repeated = repeats;
        // Negative numbers are those above 32,767.
        let unit = u16::try_from(value.rem_euclid(0x1_0000)).unwrap_or(0);
        match (self.high.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.high = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                let pair = char::decode_utf16([high, unit]).flatten().next();
                self.text(pair.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]));
            }
            (_, 0xDC00..=0xDFFF) => {}
            (_, unit) => {
                let character = char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}');
                self.text(character.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn text_bytes(&mut self, bytes: &[u8]) {
        let skipped = self.repeated.min(bytes.len());
        self.repeated -= skipped;
        let bytes = bytes.get(skipped..).unwrap_or(b"");
        if bytes.is_empty() {
            return;
        }
        self.group().fresh = false;
        match std::str::from_utf8(bytes) {
            // Some programs write UTF-8 as it is.
            Ok(text) if self.bytes.is_empty() => self.text(text),
            _ => self.bytes.extend_from_slice(bytes),
        }
    }

    /// Decodes the bytes that were read.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.group().font.and_then(|font| self.fonts.get(&font)).copied().unwrap_or_default();
        if font.symbols && self.group().destination == Destination::Label {
            self.text("•");
            return;
        }
        let (text, _) = font.encoding.unwrap_or(self.encoding).decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        let Group { destination, look, deleted, font, .. } = *self.group();
        let kept = match destination {
            Destination::Text if deleted => return,
            Destination::Text => return self.story().line.push(text, look),
            Destination::Label => {
                let symbols = font.and_then(|font| self.fonts.get(&font)).is_some_and(|font| font.symbols);
                let text = if symbols && !text.trim().is_empty() { "•" } else { text };
                let label = &mut self.story().label;
                if label.len() < MAX_KEPT {
                    label.push_str(text);
                }
                return;
            }
            Destination::Code => &mut self.code,
            Destination::Styles | Destination::Title | Destination::Software => &mut self.kept,
            _ => return,
        };
        if kept.len() < MAX_KEPT {
            kept.push_str(text);
        }
    }
}

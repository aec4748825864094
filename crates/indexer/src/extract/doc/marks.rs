//! [`Marks`]: what a legacy Word file prints beside its text, paragraph by paragraph: counted numbers and references
//! to notes. The library that reads the text leaves both out.

use std::collections::{BTreeSet, VecDeque};

use encoding_rs::WINDOWS_1252;

use super::bytes::{positions, u16_at, u32_at, usize_at};
use super::formats::Formats;
use super::lists;

/// Letters that tell a paragraph from its neighbours.
const KEY: usize = 40;

/// Paragraphs with marks that are passed over to find the next one of the text.
const AHEAD: usize = 30;

/// The marks of a file, in the order of its text.
#[derive(Debug, Default)]
pub(super) struct Marks(VecDeque<Mark>);

/// The marks of a paragraph.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first letters and digits.
    key: String,
    /// The number or bullet in front of it, or nothing.
    pub(super) label: String,
    /// Places of its notes among all footnotes and endnotes, from 1.
    pub(super) footnotes: Vec<u32>,
    pub(super) endnotes: Vec<u32>,
}

impl Marks {
    /// Reads the marks from the streams of a file; nothing where it breaks the rules of its format.
    pub(super) fn read(document: &[u8], table: &[u8]) -> Marks {
        Marks(read(document, table).unwrap_or_default())
    }

    /// The marks of the next paragraph with this text, if it has any.
    pub(super) fn of(&mut self, text: &str) -> Option<Mark> {
        let key: String = text.chars().filter(|c| c.is_alphanumeric()).take(KEY).collect();
        let position = self.0.iter().take(AHEAD).position(|mark| mark.key == key && !key.is_empty())?;
        self.0.drain(..position);
        self.0.pop_front()
    }
}

/// A table of the table stream: its place and length stand at this place of the document's head.
fn stored<'t>(document: &[u8], table: &'t [u8], at: usize) -> Option<&'t [u8]> {
    let (start, length) = (usize_at(document, at)?, usize_at(document, at + 4)?);
    table.get(start..start.checked_add(length)?)
}

fn read(document: &[u8], table: &[u8]) -> Option<VecDeque<Mark>> {
    // Places in the head of the file (FIB) of Word 97 and later.
    const LENGTH: usize = 0x4C;
    const STYLES: usize = 0xA2;
    const FOOTNOTES: usize = 0xAA;
    const FORMATS: usize = 0x102;
    const PIECES: usize = 0x1A2;
    const ENDNOTES: usize = 0x20A;
    const LISTS: usize = 0x2E2;
    const LISTS_IN_USE: usize = 0x2EA;
    let part = |at| stored(document, table, at).unwrap_or(&[]);
    let formats = Formats::read(document, part(FORMATS), part(STYLES));
    let mut numbering = lists::read(table, usize_at(document, LISTS)?, usize_at(document, LISTS_IN_USE)?);
    let notes = |at| positions(part(at), 2).collect::<BTreeSet<u32>>();
    let (footnotes, endnotes) = (notes(FOOTNOTES), notes(ENDNOTES));

    let mut marks = VecDeque::new();
    let mut letters = 0;
    let mut mark = Mark::default();
    let (mut footnote, mut endnote) = (0, 0);
    let length = usize_at(document, LENGTH)?.min(document.len());
    for (character, place, position) in Characters::new(document, part(PIECES))?.take(length) {
        if character == '\u{2}' && footnotes.contains(&place) {
            footnote += 1;
            mark.footnotes.push(footnote);
        } else if character == '\u{2}' && endnotes.contains(&place) {
            endnote += 1;
            mark.endnotes.push(endnote);
        }
        if !matches!(character, '\r' | '\u{7}' | '\u{C}') {
            if character.is_alphanumeric() && letters < KEY {
                mark.key.push(character);
                letters += 1;
            }
            continue;
        }
        if let Some((list, level)) = formats.place(position).filter(|_| character != '\u{C}') {
            mark.label = numbering.next(list, Some(level), None);
        }
        letters = 0;
        let ended = std::mem::take(&mut mark);
        if !ended.label.is_empty() || !ended.footnotes.is_empty() || !ended.endnotes.is_empty() {
            marks.push_back(ended);
        }
    }
    Some(marks)
}

/// The characters of the text with their place in it and their position in the file.
struct Characters<'d> {
    document: &'d [u8],
    /// Starts of the pieces and their descriptions.
    pieces: &'d [u8],
    count: usize,
    piece: usize,
    place: u32,
}

impl<'d> Characters<'d> {
    fn new(document: &'d [u8], mut pieces: &'d [u8]) -> Option<Characters<'d>> {
        // Formats that pieces refer to come first.
        while pieces.first() == Some(&1) {
            pieces = pieces.get(3 + usize::from(u16_at(pieces, 1)?)..)?;
        }
        let pieces = pieces.strip_prefix(&[2])?.get(4..)?;
        let count = positions(pieces, 8).count().checked_sub(1)?;
        Some(Characters { document, pieces, count, piece: 0, place: 0 })
    }
}

impl Iterator for Characters<'_> {
    type Item = (char, u32, u32);

    fn next(&mut self) -> Option<(char, u32, u32)> {
        let bound = |piece: usize| u32_at(self.pieces, piece * 4);
        while self.place >= bound(self.piece + 1).filter(|_| self.piece < self.count)? {
            self.piece += 1;
        }
        let offset = self.place.checked_sub(bound(self.piece)?)?;
        let start = u32_at(self.pieces, (self.count + 1) * 4 + self.piece * 8 + 2)?;
        let (position, character) = if start & 0x4000_0000 != 0 {
            let position = ((start & 0x3FFF_FFFF) / 2).checked_add(offset)?;
            let byte = *self.document.get(usize::try_from(position).ok()?)?;
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
            (position, text.chars().next()?)
        } else {
            let position = (start & 0x3FFF_FFFF).checked_add(offset.checked_mul(2)?)?;
            let unit = u16_at(self.document, usize::try_from(position).ok()?)?;
            (position, char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}'))
        };
        let place = self.place;
        self.place += 1;
        Some((character, place, position))
    }
}

//! [`Formats`]: the list of each paragraph of a legacy Word file, from its own properties and its style ([MS-DOC]
//! `PlcBtePapx`, `STSH`).

use std::collections::BTreeMap;

use super::bytes::{positions, u16_at, u32_at, usize_at};

/// Size of a page of formats.
const PAGE: usize = 512;

/// Longest chain of styles based on one another.
const MAX_CHAIN: usize = 20;

/// Where a paragraph stands in a list; list 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    list: Option<u32>,
    level: Option<usize>,
}

/// A stretch of the file that has one format.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    style: u16,
    place: Place,
}

/// The formats of a file.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// By their start.
    runs: Vec<Run>,
    /// The list of each style and the style that it is based on.
    styles: BTreeMap<u16, (Place, u16)>,
}

impl Formats {
    /// Reads the pages of formats that a table lists, and the style sheet.
    pub(super) fn read(document: &[u8], pages: &[u8], sheet: &[u8]) -> Formats {
        let count = positions(pages, 4).count();
        let numbers = (0..count.saturating_sub(1)).map_while(|index| usize_at(pages, count * 4 + index * 4));
        let mut runs = Vec::new();
        // A page that is listed twice is no reason to read it twice as often as the file is long.
        for number in numbers.take(document.len() / PAGE) {
            let start = (number & 0x3F_FFFF) * PAGE;
            if let Some(page) = document.get(start..start + PAGE) {
                read_page(page, &mut runs);
            }
        }
        runs.sort_by_key(|run| run.start);
        Formats { runs, styles: read_styles(sheet).unwrap_or_default() }
    }

    /// The list and level of the paragraph that ends at this position of the file; `None` if it is in no list.
    pub(super) fn place(&self, position: u32) -> Option<(u32, usize)> {
        let after = self.runs.partition_point(|run| run.start <= position);
        let run = self.runs.get(after.checked_sub(1)?).filter(|run| position < run.end)?;
        let mut place = run.place;
        let mut style = run.style;
        for _ in 0..MAX_CHAIN {
            let Some(&(of_style, base)) = self.styles.get(&style) else { break };
            place.list = place.list.or(of_style.list);
            place.level = place.level.or(of_style.level);
            style = base;
        }
        Some((place.list.filter(|&list| list != 0)?, place.level.unwrap_or(0)))
    }
}

/// Runs of a page: positions, then a pointer to the format of each.
fn read_page(page: &[u8], runs: &mut Vec<Run>) {
    let count = page.last().copied().map_or(0, usize::from);
    for index in 0..count {
        let Some((start, end)) = u32_at(page, index * 4).zip(u32_at(page, index * 4 + 4)) else { return };
        let Some(&pointer) = page.get((count + 1) * 4 + index * 13) else { return };
        let format = format_at(page, usize::from(pointer) * 2).filter(|_| pointer != 0).unwrap_or(&[]);
        let (style, place) = (u16_at(format, 0).unwrap_or(0), place(format.get(2..).unwrap_or(&[])));
        runs.push(Run { start, end, style, place });
    }
}

/// A format: its length in words, then the style and its changes.
fn format_at(page: &[u8], at: usize) -> Option<&[u8]> {
    match usize::from(*page.get(at)?) {
        0 => page.get(at + 2..at + 2 + usize::from(*page.get(at + 1)?) * 2),
        words => page.get(at + 1..at + words * 2),
    }
}

/// The list that changes of a format name.
fn place(mut changes: &[u8]) -> Place {
    let mut place = Place::default();
    while let Some(code) = u16_at(changes, 0) {
        let value = changes.get(2..).unwrap_or(&[]);
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => u16_at(value, 0).map_or(0, usize::from) + 1,
            _ => value.first().copied().map_or(0, usize::from) + 1,
        };
        match code {
            0x260A => place.level = value.first().map(|&level| usize::from(level)),
            0x460B => {
                let list = u16_at(value, 0).unwrap_or(0).cast_signed();
                // Lists of older files have the number 2,047; negative numbers are lists whose indent was changed.
                place.list = Some(if list == 2047 { 0 } else { u32::from(list.unsigned_abs()) });
            }
            _ => {}
        }
        changes = value.get(size..).unwrap_or(&[]);
    }
    place
}

/// The list of each paragraph style, and what it is based on.
fn read_styles(sheet: &[u8]) -> Option<BTreeMap<u16, (Place, u16)>> {
    let head = usize::from(u16_at(sheet, 0)?);
    let count = u16_at(sheet, 2)?;
    let base = usize::from(u16_at(sheet, 4)?);
    let mut at = 2 + head;
    let mut styles = BTreeMap::new();
    for number in 0..count {
        let Some(length) = u16_at(sheet, at).map(usize::from) else { break };
        let style = sheet.get(at + 2..at + 2 + length).unwrap_or(&[]);
        at += 2 + length + length % 2;
        let Some(kind) = u16_at(style, 2) else { continue };
        // Behind the head: the name with its length and a zero; then the paragraph's format.
        let name = u16_at(style, base).map_or(0, usize::from);
        let format = base + 2 + name * 2 + 2;
        let size = u16_at(style, format).map_or(0, usize::from);
        let changes = style.get(format + 4..format + 2 + size).unwrap_or(&[]);
        if kind & 0xF == 1 {
            styles.insert(number, (place(changes), kind >> 4));
        }
    }
    Some(styles)
}

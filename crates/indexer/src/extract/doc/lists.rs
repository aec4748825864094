//! The lists of a legacy Word file: the tables `PlfLst` and `PlfLfo` of [MS-DOC].

use std::collections::BTreeMap;

use super::super::office::counting::{LEVELS, Numerals};
use super::super::office::line::MAX_LABEL;
use super::super::office::numbering::{Level, Levels, List, Numbering};
use super::bytes::{u16_at, u32_at, usize_at};

/// Bytes of a list's head, of a level's head, and of a list in use.
const LIST_HEAD: usize = 28;
const LEVEL_HEAD: usize = 28;
const IN_USE: usize = 16;

/// Levels of a list.
const WORD_LEVELS: usize = 9;

/// Reads the tables that begin at these places of the table stream.
pub(super) fn read(table: &[u8], definitions: usize, in_use: usize) -> Numbering {
    let (definitions, lists) = (read_definitions(table, definitions), read_lists(table, in_use));
    Numbering::new(definitions.unwrap_or_default(), lists.unwrap_or_default(), "")
}

/// Levels by the id of their list. Heads come first, then the levels of each.
fn read_definitions(table: &[u8], start: usize) -> Option<BTreeMap<i64, Levels>> {
    let count = usize::from(u16_at(table, start)?);
    let heads = start + 2;
    let mut at = heads + count * LIST_HEAD;
    let mut definitions = BTreeMap::new();
    for index in 0..count {
        let head = heads + index * LIST_HEAD;
        let Some(id) = u32_at(table, head) else { break };
        let simple = table.get(head + 26).is_some_and(|flags| flags & 1 != 0);
        let mut levels = Levels::new();
        for index in 0..if simple { 1 } else { WORD_LEVELS } {
            let Some((level, end)) = read_level(table, at, index) else { break };
            levels.insert(index, level);
            at = end;
        }
        definitions.insert(i64::from(id), levels);
    }
    Some(definitions)
}

/// Lists in use by their number, from 1, with what they change.
fn read_lists(table: &[u8], start: usize) -> Option<BTreeMap<u32, List>> {
    let count = usize_at(table, start)?.min(table.len() / IN_USE);
    let heads = start + 4;
    let mut at = heads + count * IN_USE;
    let mut lists = BTreeMap::new();
    for index in 0..count {
        let head = heads + index * IN_USE;
        let (Some(id), Some(&changes)) = (u32_at(table, head), table.get(head + 12)) else { break };
        let mut list = List { definition: i64::from(id), ..List::default() };
        at += 4;
        for _ in 0..changes {
            let (Some(number), Some(flags)) = (u32_at(table, at), u32_at(table, at + 4)) else { break };
            at += 8;
            let level = (flags & 0xF) as usize;
            if flags & 0x20 != 0 {
                let Some((changed, end)) = read_level(table, at, level) else { break };
                at = end;
                list.levels.insert(level, changed);
            } else if flags & 0x10 != 0 {
                list.starts.insert(level, number);
            }
        }
        lists.insert(u32::try_from(index + 1).ok()?, list);
    }
    Some(lists)
}

/// A level and where it ends.
fn read_level(table: &[u8], at: usize, index: usize) -> Option<(Level, usize)> {
    let head = table.get(at..at.checked_add(LEVEL_HEAD)?)?;
    let flags = *head.get(5)?;
    let properties = usize::from(*head.get(24)?) + usize::from(*head.get(25)?);
    let text = at + LEVEL_HEAD + properties;
    let length = usize::from(u16_at(table, text)?);
    let end = text + 2 + length * 2;
    let units = (0..length).map_while(|unit| u16_at(table, text + 2 + unit * 2));
    let mut printed = String::new();
    for character in char::decode_utf16(units).flatten() {
        match u32::from(character) {
            // The place of a level's count.
            level @ 0..9 => printed.push_str(&format!("%{}", level + 1)),
            _ => printed.push(character),
        }
    }
    if printed.len() > MAX_LABEL || end > table.len() {
        printed.clear();
    }
    let restart = if flags & 8 != 0 { usize::from(*head.get(26)?) } else { index };
    let level = Level {
        start: u32_at(head, 0)?.min(u32::from(u16::MAX)),
        numerals: numerals(*head.get(4)?),
        text: printed,
        restart: restart.min(LEVELS),
        legal: flags & 4 != 0,
        style: None,
    };
    Some((level, end))
}

/// The numerals of a number format code.
fn numerals(code: u8) -> Numerals {
    match code {
        1 => Numerals::UpperRoman,
        2 => Numerals::LowerRoman,
        3 => Numerals::UpperLetters,
        4 => Numerals::LowerLetters,
        5 => Numerals::Ordinal,
        9 => Numerals::Signs,
        22 => Numerals::Padded,
        23 => Numerals::Bullet,
        255 => Numerals::Nothing,
        _ => Numerals::Decimal,
    }
}

//! `numbering.xml` to [`Numbering`].

use std::collections::BTreeMap;

use super::super::counting::{LEVELS, Numerals};
use super::super::line::MAX_LABEL;
use super::super::numbering::{Level, Levels, List, Numbering};
use super::super::xml::Element;
use super::styles::{Styles, is_on};

/// Reads the lists of a file.
pub(super) fn read(root: Element<'_>, styles: &Styles, language: &str) -> Numbering {
    let mut definitions: BTreeMap<i64, Levels> = BTreeMap::new();
    // Definitions that stand for the list of a style.
    let mut linked: BTreeMap<i64, String> = BTreeMap::new();
    for definition in root.named("abstractNum") {
        let Some(id) = definition.number("abstractNumId") else { continue };
        linked.extend(definition.value("numStyleLink").map(|style| (id, style.into_owned())));
        definitions.insert(id, definition.named("lvl").filter_map(level).collect());
    }
    let mut lists: BTreeMap<u32, List> = BTreeMap::new();
    for list in root.named("num") {
        let Some(id) = list.number("numId").filter(|&id| id != 0) else { continue };
        let Some(definition) = list.child("abstractNumId").and_then(|id| id.number("val")) else { continue };
        let overrides = || list.named("lvlOverride");
        let starts =
            overrides().filter_map(|level| Some((level.number("ilvl")?, level.child("startOverride")?.number("val")?)));
        let levels = overrides().filter_map(|level_override| level(level_override.child("lvl")?));
        lists.insert(id, List { definition, levels: levels.collect(), starts: starts.collect() });
    }
    let targets: BTreeMap<i64, i64> =
        linked.into_iter().filter_map(|(id, style)| Some((id, lists.get(&styles.list(&style)?)?.definition))).collect();
    for list in lists.values_mut() {
        list.definition = targets.get(&list.definition).copied().unwrap_or(list.definition);
    }
    Numbering::new(definitions, lists, language)
}

fn level(level: Element<'_>) -> Option<(usize, Level)> {
    let index: usize = level.number("ilvl").filter(|&index| index < LEVELS)?;
    let mut text = level.value("lvlText").unwrap_or_default().into_owned();
    if text.len() > MAX_LABEL {
        text.clear();
    }
    let legal = level.child("isLgl").is_some_and(|legal| legal.attribute("val").is_none_or(|value| is_on(&value)));
    let defined = Level {
        start: level.child("start").and_then(|start| start.number("val")).unwrap_or(0),
        numerals: numerals(&level.value("numFmt").unwrap_or_default()),
        text,
        restart: level.child("lvlRestart").and_then(|restart| restart.number("val")).unwrap_or(index),
        legal,
        style: level.value("pStyle").map(String::from),
    };
    Some((index, defined))
}

/// The numerals of a `w:numFmt`.
pub(super) fn numerals(format: &str) -> Numerals {
    match format {
        "decimalZero" => Numerals::Padded,
        "upperRoman" => Numerals::UpperRoman,
        "lowerRoman" => Numerals::LowerRoman,
        "upperLetter" => Numerals::UpperLetters,
        "lowerLetter" => Numerals::LowerLetters,
        "ordinal" => Numerals::Ordinal,
        "chicago" => Numerals::Signs,
        "bullet" => Numerals::Bullet,
        "none" => Numerals::Nothing,
        _ => Numerals::Decimal,
    }
}

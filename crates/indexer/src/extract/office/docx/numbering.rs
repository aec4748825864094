//! [`Numbering`]: the numbers that Word counts and prints in front of paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::super::counting::{Counting, Counts, LEVELS, Numerals};
use super::super::line::MAX_LABEL;
use super::super::xml::Element;
use super::styles::{ListPlace, Styles, is_on};

/// The lists of a file, with their counts so far.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Definitions by `w:abstractNumId`.
    definitions: BTreeMap<u32, Definition>,
    /// Lists by `w:numId`.
    lists: BTreeMap<u32, List>,
    /// Counts by `w:abstractNumId`: lists of one definition count on.
    counts: BTreeMap<u32, Counts>,
    /// Lists that were begun.
    begun: BTreeSet<u32>,
    language: String,
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style whose list this stands for.
    linked: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    /// Levels that it defines anew.
    levels: BTreeMap<usize, Level>,
    /// Levels that it starts at another number.
    starts: BTreeMap<usize, u32>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    numerals: Numerals,
    /// What is printed; `%1` stands for the count of the first level.
    text: String,
    /// See [`Counting::restart`].
    restart: usize,
    /// Whether all counts in it are printed as decimal.
    legal: bool,
    /// The paragraph style that has this level.
    style: Option<String>,
}

impl Numbering {
    /// Reads `numbering.xml`; ordinals are printed in the language of the document.
    pub(super) fn read(root: Element<'_>, language: &str) -> Numbering {
        let mut numbering = Numbering { language: language.to_owned(), ..Numbering::default() };
        for definition in root.named("abstractNum") {
            let Some(id) = definition.number("abstractNumId") else { continue };
            let linked = definition.value("numStyleLink").map(String::from);
            let levels = definition.named("lvl").filter_map(level).collect();
            numbering.definitions.insert(id, Definition { levels, linked });
        }
        for list in root.named("num") {
            let Some(id) = list.number("numId") else { continue };
            let Some(definition) = list.child("abstractNumId").and_then(|id| id.number("val")) else { continue };
            let overrides = || list.named("lvlOverride");
            let starts = overrides()
                .filter_map(|level| Some((level.number("ilvl")?, level.child("startOverride")?.number("val")?)));
            let levels = overrides().filter_map(|level_override| level(level_override.child("lvl")?));
            numbering.lists.insert(id, List { definition, levels: levels.collect(), starts: starts.collect() });
        }
        numbering
    }

    /// Counts a paragraph at this place of a list and returns the number as printed; nothing where it has none.
    pub(super) fn next(&mut self, place: ListPlace, style: Option<&str>, styles: &Styles) -> String {
        let Numbering { definitions, lists, counts, begun, language } = self;
        let Some((id, list)) = place.list.filter(|&id| id != 0).and_then(|id| Some((id, lists.get(&id)?))) else {
            return String::new();
        };
        // A definition may stand for the list of a style.
        let linked = definitions.get(&list.definition).and_then(|definition| definition.linked.as_deref());
        let linked = linked.and_then(|style| lists.get(&styles.list(style)?)).map(|list| list.definition);
        let definition = linked.unwrap_or(list.definition);
        let levels = definitions.get(&definition).map(|definition| &definition.levels);
        let at = |level: usize| list.levels.get(&level).or_else(|| levels?.get(&level));
        let styled =
            || (0..LEVELS).find(|&level| style.is_some() && at(level).is_some_and(|at| at.style.as_deref() == style));
        let level = place.level.or_else(styled).unwrap_or(0).min(LEVELS - 1);
        let counting = |level: usize| Counting {
            start: list.starts.get(&level).copied().or_else(|| at(level).map(|at| at.start)).unwrap_or(1),
            restart: at(level).map_or(level, |at| at.restart),
        };
        let counts = counts.entry(definition).or_default();
        if begun.insert(id) {
            for (&level, &start) in &list.starts {
                counts.restart(level, start);
            }
        }
        counts.next(level, counting);
        let Some(here) = at(level) else { return String::new() };
        if here.numerals == Numerals::Bullet {
            return Numerals::Bullet.print(0, "");
        }
        let mut printed = String::new();
        let mut rest = here.text.as_str();
        while let Some((before, after)) = rest.split_once('%') {
            printed.push_str(before);
            match after.chars().next().and_then(|digit| digit.to_digit(10)) {
                Some(digit @ 1..) => {
                    let other = digit as usize - 1;
                    let numerals = match at(other) {
                        Some(other) if !here.legal => other.numerals,
                        _ => Numerals::Decimal,
                    };
                    printed.push_str(&numerals.print(counts.at(other), language));
                    rest = after.get(1..).unwrap_or("");
                }
                _ => {
                    printed.push('%');
                    rest = after;
                }
            }
        }
        printed.push_str(rest);
        printed
    }
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

//! [`Lists`]: the numbers that a word processor counts and prints in front of paragraphs of an OpenDocument text.

use std::collections::BTreeMap;

use super::super::counting::{Counting, Counts, LEVELS, Numerals};
use super::super::line::MAX_LABEL;
use super::super::xml::Element;

/// How the levels of a list are numbered.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug)]
struct Level {
    numerals: Numerals,
    prefix: String,
    suffix: String,
    /// How many levels are printed, this one the last.
    shown: usize,
    /// What is printed, where the file says it in one piece: `%1%.%2%.`
    format: Option<String>,
    start: u32,
}

impl ListStyle {
    /// Reads a `text:list-style` or `text:outline-style`.
    pub(super) fn read(style: Element<'_>) -> ListStyle {
        ListStyle { levels: style.elements().filter_map(level).collect() }
    }

    /// What is printed in front of a paragraph of this level.
    fn print(&self, level: usize, counts: &Counts) -> String {
        let Some(here) = self.levels.get(&level) else { return String::new() };
        let at = |level: usize| match self.levels.get(&level).map(|at| at.numerals) {
            Some(Numerals::Bullet | Numerals::Nothing) | None => String::new(),
            Some(numerals) => numerals.print(counts.at(level), ""),
        };
        match here.numerals {
            Numerals::Bullet => return Numerals::Bullet.print(0, ""),
            Numerals::Nothing => return format!("{}{}", here.prefix, here.suffix),
            _ => {}
        }
        if let Some(format) = &here.format {
            let mut printed = String::new();
            for (index, part) in format.split('%').enumerate() {
                match part.parse::<usize>() {
                    Ok(level @ 1..) if index % 2 == 1 => printed.push_str(&at(level - 1)),
                    _ => printed.push_str(part),
                }
            }
            return printed;
        }
        let first = (level + 1).saturating_sub(here.shown);
        let numbers: Vec<String> = (first..=level).map(at).filter(|number| !number.is_empty()).collect();
        format!("{}{}{}", here.prefix, numbers.join("."), here.suffix)
    }
}

fn level(level: Element<'_>) -> Option<(usize, Level)> {
    let index = level.number("level").filter(|level| (1..=LEVELS).contains(level))? - 1;
    let bullet = matches!(level.name(), "list-level-style-bullet" | "list-level-style-image");
    let numerals = match level.attribute("num-format").as_deref() {
        _ if bullet => Numerals::Bullet,
        Some("1") => Numerals::Decimal,
        Some("01" | "01, 02, 03, ...") => Numerals::Padded,
        Some("I") => Numerals::UpperRoman,
        Some("i") => Numerals::LowerRoman,
        Some("A") => Numerals::UpperLetters,
        Some("a") => Numerals::LowerLetters,
        Some("1st") => Numerals::Ordinal,
        Some("") | None => Numerals::Nothing,
        Some(_) => Numerals::Decimal,
    };
    let short = |name| level.attribute(name).filter(|text| text.len() <= MAX_LABEL);
    let defined = Level {
        numerals,
        prefix: short("num-prefix").unwrap_or_default().into_owned(),
        suffix: short("num-suffix").unwrap_or_default().into_owned(),
        shown: level.number("display-levels").unwrap_or(1).clamp(1, LEVELS),
        format: short("num-list-format").map(String::from),
        start: level.number("start-value").unwrap_or(1),
    };
    Some((index, defined))
}

/// The lists of a text, with their counts so far.
#[derive(Debug, Default)]
pub(super) struct Lists {
    counts: Vec<Counts>,
    /// Lists by their id, for those that go on later.
    by_id: BTreeMap<String, usize>,
    /// The last list of each style.
    by_style: BTreeMap<String, usize>,
}

/// A list that is open at a place of the text.
#[derive(Debug, Clone)]
pub(super) struct OpenList {
    /// Its style; `None` if only its paragraphs name one.
    pub(super) style: Option<String>,
    counts: usize,
    /// Level of its items, 0 the outermost.
    pub(super) level: usize,
}

impl Lists {
    /// Enters a list; `first` tells whether it begins the item of the list around it.
    pub(super) fn enter(&mut self, list: Element<'_>, around: Option<&OpenList>, first: bool) -> OpenList {
        let style = list.attribute("style-name").map(String::from);
        if let Some(around) = around {
            let level = (around.level + 1).min(LEVELS - 1);
            if !first && let Some(counts) = self.counts.get_mut(around.counts) {
                counts.forget(level);
            }
            return OpenList { style: style.or_else(|| around.style.clone()), counts: around.counts, level };
        }
        let continues = list.attribute("continue-numbering").is_some_and(|value| value == "true");
        let continued = list.attribute("continue-list").and_then(|id| self.by_id.get(id.as_ref()).copied());
        let last = || self.by_style.get(style.as_deref()?).copied();
        let counts = continued.or_else(|| if continues { last() } else { None }).unwrap_or_else(|| {
            self.counts.push(Counts::default());
            self.counts.len() - 1
        });
        if let Some(id) = list.attribute("id") {
            self.by_id.insert(id.into_owned(), counts);
        }
        if let Some(style) = &style {
            self.by_style.insert(style.clone(), counts);
        }
        OpenList { style, counts, level: 0 }
    }

    /// Sets the number of the next item.
    pub(super) fn start(&mut self, list: &OpenList, number: u32) {
        if let Some(counts) = self.counts.get_mut(list.counts) {
            counts.restart(list.level, number);
        }
    }

    /// Counts an item and returns what is printed in front of it.
    pub(super) fn next(&mut self, list: &OpenList, style: &ListStyle) -> String {
        match self.counts.get_mut(list.counts) {
            Some(counts) => next(counts, list.level, style),
            None => String::new(),
        }
    }
}

/// Counts a paragraph of this level and returns what is printed in front of it.
pub(super) fn next(counts: &mut Counts, level: usize, style: &ListStyle) -> String {
    counts.next(level, |level| Counting {
        start: style.levels.get(&level).map_or(1, |level| level.start),
        restart: level,
    });
    style.print(level, counts)
}

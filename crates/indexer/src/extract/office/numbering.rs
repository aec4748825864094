//! [`Numbering`]: the numbers that Word counts and prints in front of paragraphs, in DOCX and in legacy files.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::{Counting, Counts, LEVELS, Numerals};

/// Levels of a list, by their depth: 0 is the outermost.
pub(in crate::extract) type Levels = BTreeMap<usize, Level>;

/// A level of a list.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Level {
    /// First number.
    pub(in crate::extract) start: u32,
    /// How the count is written.
    pub(in crate::extract) numerals: Numerals,
    /// What is printed; `%1` stands for the count of the first level.
    pub(in crate::extract) text: String,
    /// See [`Counting::restart`].
    pub(in crate::extract) restart: usize,
    /// Whether all counts in it are printed as decimal.
    pub(in crate::extract) legal: bool,
    /// The paragraph style that has this level.
    pub(in crate::extract) style: Option<String>,
}

/// A list: a definition, and what it changes of it.
#[derive(Debug, Default)]
pub(in crate::extract) struct List {
    /// Id of the definition; lists that share one count on.
    pub(in crate::extract) definition: i64,
    /// Levels that it defines anew.
    pub(in crate::extract) levels: Levels,
    /// Levels that it starts at another number.
    pub(in crate::extract) starts: BTreeMap<usize, u32>,
}

/// The lists of a file, with their counts so far.
#[derive(Debug, Default)]
pub(in crate::extract) struct Numbering {
    definitions: BTreeMap<i64, Levels>,
    lists: BTreeMap<u32, List>,
    /// By definition.
    counts: BTreeMap<i64, Counts>,
    /// Lists that were begun.
    begun: BTreeSet<u32>,
    language: String,
}

impl Numbering {
    /// Lists of these definitions; ordinals are printed in the language of the document.
    pub(in crate::extract) fn new(
        definitions: BTreeMap<i64, Levels>,
        lists: BTreeMap<u32, List>,
        language: &str,
    ) -> Numbering {
        Numbering { definitions, lists, language: language.to_owned(), ..Numbering::default() }
    }

    /// Counts a paragraph of a list and returns the number as printed; nothing where it has none. Its level is the one
    /// it names, or that of its style.
    pub(in crate::extract) fn next(&mut self, id: u32, level: Option<usize>, style: Option<&str>) -> String {
        let Numbering { definitions, lists, counts, begun, language } = self;
        let Some(list) = lists.get(&id) else { return String::new() };
        let levels = definitions.get(&list.definition);
        let at = |level: usize| list.levels.get(&level).or_else(|| levels?.get(&level));
        let is_of_style = |level: usize| style.is_some() && at(level).is_some_and(|at| at.style.as_deref() == style);
        let level = level.or_else(|| (0..LEVELS).find(|&level| is_of_style(level))).unwrap_or(0).min(LEVELS - 1);
        let counting = |level: usize| Counting {
            start: list.starts.get(&level).copied().or_else(|| at(level).map(|at| at.start)).unwrap_or(1),
            restart: at(level).map_or(level, |at| at.restart),
        };
        let counts = counts.entry(list.definition).or_default();
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
        let print = |other: usize| {
            let numerals = at(other).filter(|_| !here.legal).map_or(Numerals::Decimal, |other| other.numerals);
            numerals.print(counts.at(other), language)
        };
        let mut printed = String::new();
        let mut rest = here.text.as_str();
        while let Some((before, after)) = rest.split_once('%') {
            printed.push_str(before);
            match after.chars().next().and_then(|digit| digit.to_digit(10)) {
                Some(digit @ 1..) => {
                    printed.push_str(&print(digit as usize - 1));
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

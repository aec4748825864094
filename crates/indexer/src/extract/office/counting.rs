//! Numbers that a program counts and prints in front of paragraphs, and at notes.

use crate::extract::number::roman;

/// How a counted number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::extract) enum Numerals {
    /// `1`
    #[default]
    Decimal,
    /// `01`
    Padded,
    /// `IV`
    UpperRoman,
    /// `iv`
    LowerRoman,
    /// `D`; after `Z` comes `AA`, then `BB`.
    UpperLetters,
    /// `d`
    LowerLetters,
    /// `1st`, `1º`, `1er`, by the language of the document.
    Ordinal,
    /// `*`, `†`, `‡`, `§`, then doubled.
    Signs,
    /// A bullet, whatever the count.
    Bullet,
    /// Nothing.
    Nothing,
}

/// Longest repetition of a letter or sign: nobody prints 40 of them.
const MAX_REPEATED: usize = 40;

impl Numerals {
    /// A number as it is printed; `language` is a language tag or empty.
    pub(in crate::extract) fn print(self, number: u32, language: &str) -> String {
        match self {
            Numerals::Decimal => number.to_string(),
            Numerals::Padded => format!("{number:02}"),
            Numerals::UpperRoman => roman(number),
            Numerals::LowerRoman => roman(number).to_lowercase(),
            Numerals::UpperLetters => repeated(number, &LETTERS).to_uppercase(),
            Numerals::LowerLetters => repeated(number, &LETTERS),
            Numerals::Ordinal => ordinal(number, language),
            Numerals::Signs => repeated(number, &['*', '†', '‡', '§']),
            Numerals::Bullet => "•".to_owned(),
            Numerals::Nothing => String::new(),
        }
    }
}

const LETTERS: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z',
];

/// The n-th sign; when all are used up, each is doubled, then tripled.
fn repeated(number: u32, signs: &[char]) -> String {
    let Some(index) = usize::try_from(number).ok().and_then(|number| number.checked_sub(1)) else {
        return "0".to_owned();
    };
    let times = (index / signs.len() + 1).min(MAX_REPEATED);
    signs.get(index % signs.len()).map(|sign| sign.to_string().repeat(times)).unwrap_or_default()
}

fn ordinal(number: u32, language: &str) -> String {
    match language.get(..2).unwrap_or("") {
        "es" | "pt" | "it" => format!("{number}º"),
        "fr" => format!("{number}{}", if number == 1 { "er" } else { "e" }),
        _ => {
            let teen = (11..=13).contains(&(number % 100));
            let ending = match number % 10 {
                1 if !teen => "st",
                2 if !teen => "nd",
                3 if !teen => "rd",
                _ => "th",
            };
            format!("{number}{ending}")
        }
    }
}

/// Levels of a list: Word has nine, OpenDocument ten.
pub(in crate::extract) const LEVELS: usize = 10;

/// The counts of a list, a level each.
#[derive(Debug, Clone, Default)]
pub(in crate::extract) struct Counts([Option<u32>; LEVELS]);

/// What a level says of its counting.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Counting {
    /// First number.
    pub(in crate::extract) start: u32,
    /// Starts again after a paragraph of a level below this one: 0 is never, its own depth is after any higher level.
    pub(in crate::extract) restart: usize,
}

impl Counts {
    /// Counts a paragraph of this level. Levels above it that were never printed count as begun; those below it start
    /// again.
    pub(in crate::extract) fn next(&mut self, level: usize, counting: impl Fn(usize) -> Counting) {
        for (other, count) in self.0.iter_mut().enumerate() {
            let Counting { start, restart } = counting(other);
            match other.cmp(&level) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or(start)),
                std::cmp::Ordering::Equal => *count = Some(count.map_or(start, |count| count.saturating_add(1))),
                std::cmp::Ordering::Greater if level < restart => *count = None,
                std::cmp::Ordering::Greater => {}
            }
        }
    }

    /// Sets what the next paragraph of this level is counted as, and starts the levels below it again.
    pub(in crate::extract) fn restart(&mut self, level: usize, start: u32) {
        for (other, count) in self.0.iter_mut().enumerate() {
            if other == level {
                *count = start.checked_sub(1);
            } else if other > level {
                *count = None;
            }
        }
    }

    /// Forgets the counts of this level and those below it.
    pub(in crate::extract) fn forget(&mut self, level: usize) {
        for count in self.0.iter_mut().skip(level) {
            *count = None;
        }
    }

    /// The count of a level.
    pub(in crate::extract) fn at(&self, level: usize) -> u32 {
        self.0.get(level).copied().flatten().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_programs_print_them() {
        use Numerals::{Decimal, LowerLetters, LowerRoman, Ordinal, Padded, Signs, UpperLetters, UpperRoman};
        for (numerals, number, language, printed) in [
            (Decimal, 21, "", "21"),
            (Padded, 7, "", "07"),
            (UpperRoman, 1994, "", "MCMXCIV"),
            (LowerRoman, 4, "", "iv"),
            (UpperLetters, 28, "", "BB"),
            (LowerLetters, 26, "", "z"),
            (LowerLetters, 0, "", "0"),
            (Ordinal, 1, "es-CR", "1º"),
            (Ordinal, 1, "fr", "1er"),
            (Ordinal, 112, "en", "112th"),
            (Ordinal, 22, "", "22nd"),
            (Signs, 5, "", "**"),
            (LowerLetters, u32::MAX, "", &"u".repeat(40)),
            (UpperRoman, 4000, "", "4000"),
        ] {
            assert_eq!(numerals.print(number, language), printed, "{numerals:?}");
        }
    }

    #[test]
    fn deeper_levels_start_again() {
        let mut counts = Counts::default();
        let mut printed = Vec::new();
        for level in [0, 1, 1, 0, 1, 2, 0] {
            counts.next(level, |level| Counting { start: 1, restart: level });
            printed.push((0..=level).map(|level| counts.at(level).to_string()).collect::<Vec<_>>().join("."));
        }
        assert_eq!(printed, ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "3"]);
        counts.restart(0, 7);
        counts.next(0, |level| Counting { start: 1, restart: level });
        assert_eq!(counts.at(0), 7);
    }
}

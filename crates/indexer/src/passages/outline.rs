//! The headings above a place, outermost first.

use crate::extract::heading_number;

/// What the number of a heading is made of. Headings that look alike but count with other signs are not of one level:
/// "A. Return" stands below "II. Results".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Roman,
    Letter,
    Digits,
}

/// The headings above the current place.
#[derive(Debug, Default)]
pub(super) struct HeadingPath {
    headings: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    level: u8,
    sign: Option<Sign>,
    number: String,
    text: String,
}

impl HeadingPath {
    /// Goes on to a heading: it stands below the headings of outer levels, and below a heading of its own level that
    /// counts with other signs, unless one with its signs stands between.
    pub(super) fn enter(&mut self, level: u8, text: &str) {
        let number = heading_number(text).unwrap_or_default();
        let sign = self.sign(level, &number);
        let same = |entry: &Entry| entry.level == level && entry.sign.is_some();
        let like = sign.and_then(|sign| self.headings.iter().position(|entry| same(entry) && entry.sign == Some(sign)));
        let other = sign.and_then(|_| self.headings.iter().rposition(same)).map(|place| place + 1);
        match like.or(other) {
            Some(place) => self.headings.truncate(place),
            None => self.headings.retain(|entry| entry.level < level),
        }
        self.headings.push(Entry { level, sign, number, text: text.to_owned() });
    }

    /// Their texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|entry| entry.text.as_str())
    }

    /// What a number is made of. A single letter that is a roman number too ("I", "V") is a letter behind the letter
    /// before it in the alphabet.
    fn sign(&self, level: u8, number: &str) -> Option<Sign> {
        let bytes = number.as_bytes();
        let first = *bytes.first()?;
        if bytes.iter().all(u8::is_ascii_digit) {
            return Some(Sign::Digits);
        }
        if !bytes.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let follows = self.headings.iter().any(|entry| {
            entry.level == level
                && entry.sign == Some(Sign::Letter)
                && entry.number.bytes().last().and_then(|last| last.checked_add(1)) == Some(first)
        });
        let roman = bytes.iter().all(|byte| b"IVXLivxl".contains(byte));
        Some(if roman && !(bytes.len() == 1 && follows) { Sign::Roman } else { Sign::Letter })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headings: &[(u8, &str)], expected: &[&str]) {
        let mut path = HeadingPath::default();
        for (level, text) in headings {
            path.enter(*level, text);
        }
        assert_eq!(path.texts().collect::<Vec<_>>(), expected, "{headings:?}");
    }

    #[test]
    fn headings_stand_below_those_of_outer_levels() {
        check(&[(1, "Report"), (2, "One"), (3, "Inside"), (2, "Two")], &["Report", "Two"]);
        check(&[(2, "One"), (1, "ANNEX II"), (2, "List")], &["ANNEX II", "List"]);
    }

    #[test]
    fn headings_that_count_with_other_signs_stand_below_each_other() {
        check(&[(2, "I. Context"), (2, "A. Data"), (2, "1. Sources")], &["I. Context", "A. Data", "1. Sources"]);
        check(&[(2, "I. Context"), (2, "A. Data"), (2, "1. Sources"), (2, "B. Return")], &["I. Context", "B. Return"]);
        check(&[(2, "I. Context"), (2, "A. Data"), (2, "II. Results")], &["II. Results"]);
        check(&[(2, "II. Results"), (2, "H. Data"), (2, "I. Return")], &["II. Results", "I. Return"]);
        check(&[(2, "1. Scope"), (2, "Next steps")], &["Next steps"]);
        check(&[(2, "1. Scope"), (3, "1.1 Data"), (2, "2. Aims")], &["2. Aims"]);
    }
}

//! Reads the date that begins at a token. Every form looks at a bounded number of tokens, so that reading a text takes
//! time in proportion to its length.

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Language, Precision};

use super::token::{Piece, Token};
use super::words::{BEFORE_DAY, BEFORE_MONTH, BEFORE_YEAR, BETWEEN, THOUSAND, THROUGH, TWO, month, number};
use super::{When, days, whole_year};

/// Most days that one date names: "19, 20 y 21 de octubre".
const MAX_DAYS: usize = 8;

/// Most words between two parts of a date: "del mes de", "de l'année".
const MAX_FILLERS: usize = 5;

/// Longest time that "and" joins into one date, in days; "4 May and 12 June" are two.
const MAX_JOINED: i32 = 14;

/// Longest range, in days.
const MAX_RANGE: i32 = 366;

/// The date that begins at a token, and the token after it.
pub(super) fn date(tokens: &[Token], at: usize, language: Language) -> Option<(When, usize)> {
    let reader = Reader { tokens };
    let numeric = || reader.iso(at).or_else(|| reader.numeric(at, language));
    numeric().or_else(|| reader.days(at)).or_else(|| reader.months(at)).or_else(|| reader.years(at))
}

/// Days of one month.
#[derive(Clone, Copy)]
struct Days {
    month: i8,
    first: i8,
    last: i8,
}

/// Reads at a token; each method gives what it read and the token after it.
#[derive(Clone, Copy)]
struct Reader<'t> {
    tokens: &'t [Token],
}

impl<'t> Reader<'t> {
    fn piece(self, at: usize) -> Option<&'t Piece> {
        self.tokens.get(at).map(|token| &token.piece)
    }

    fn word(self, at: usize) -> Option<&'t str> {
        if let Some(Piece::Word(word)) = self.piece(at) { Some(word) } else { None }
    }

    fn word_is(self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn sign_is(self, at: usize, signs: &[char]) -> bool {
        matches!(self.piece(at), Some(Piece::Sign(sign)) if signs.contains(sign))
    }

    /// A number of so many digits.
    fn digits(self, at: usize, wanted: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let Some(&Piece::Number(value, digits)) = self.piece(at) else { return None };
        if wanted.contains(&digits) { i16::try_from(value).ok() } else { None }
    }

    /// Whether nothing stands between the tokens of a range.
    fn contiguous(self, from: usize, to: usize) -> bool {
        let tokens = self.tokens.get(from..to).unwrap_or_default();
        tokens.windows(2).all(|pair| matches!(pair, [one, next] if one.span.end == next.span.start))
    }

    /// `2009-06-04`, `2009/06/04`.
    fn iso(self, at: usize) -> Option<(When, usize)> {
        let (year, month, day) = (self.year_digits(at)?, self.digits(at + 2, 1..=2)?, self.digits(at + 4, 1..=2)?);
        let signs = self.piece(at + 1) == self.piece(at + 3) && self.sign_is(at + 1, &['-', '/', '.']);
        let day = if signs && self.contiguous(at, at + 5) { date_of(year, month, day)? } else { return None };
        Some((When::Date(days(day, day)?), at + 5))
    }

    /// `4/6/2009`, `4.6.2009`, `4.-5.6.2009`, `14-15/04/2005`.
    fn numeric(self, at: usize, language: Language) -> Option<(When, usize)> {
        let first = self.digits(at, 1..=2)?;
        let dot = usize::from(self.sign_is(at + 1, &['.']) && self.sign_is(at + 2, &['-', '–']));
        let two_days = self.sign_is(at + 1 + dot, &['-', '–', '/']) && self.year_digits(at + 4).is_none();
        let last_at = if two_days { at + 2 + dot } else { at };
        let (last, other, year) =
            (self.digits(last_at, 1..=2)?, self.digits(last_at + 2, 1..=2)?, self.year_digits(last_at + 4)?);
        let end = last_at + 5;
        let signs = self.piece(last_at + 1) == self.piece(last_at + 3) && self.sign_is(last_at + 1, &['-', '/', '.']);
        if !signs || !self.contiguous(at, end) {
            return None;
        }
        let dotted = self.sign_is(last_at + 1, &['.']);
        let ambiguous = !dotted && !two_days && last <= 12 && other <= 12 && last != other;
        if ambiguous && language == Language::En {
            return Some((When::Date(whole_year(year)?), end));
        }
        let month_first = !dotted && !two_days && other > 12;
        let (first, last, month) = if month_first { (other, other, first) } else { (first, last, other) };
        Some((When::Date(days(date_of(year, month, first)?, date_of(year, month, last)?)?), end))
    }

    /// Days of a month or of two, with or without a year.
    fn days(self, at: usize) -> Option<(When, usize)> {
        let (from, after_days) = self.days_of_month(at)?;
        let year = self.year(after_days);
        let after = year.map_or(after_days, |(_, after)| after);
        if let Some((to, through, after_second)) = self.second_half(self.skip_hour(after)) {
            let second_year = self.year(after_second);
            let end = second_year.map_or(after_second, |(_, after)| after);
            let years = match (year, second_year) {
                (None, None) => None,
                (first, Some((last, _))) => {
                    Some((first.map_or(last - i16::from(from.month > to.month), |(first, _)| first), last))
                }
                (Some((first, _)), None) => Some((first, first)),
            };
            match years {
                Some((first, last)) if through || year.is_none() => {
                    if let Some(range) = range(first, from, last, to, if through { MAX_RANGE } else { MAX_JOINED }) {
                        return Some((When::Date(range), end));
                    }
                }
                None if through => return Some((When::Days((from.month, from.first), (to.month, to.last)), end)),
                _ => {}
            }
        }
        let Some((year, end)) = year else {
            return Some((When::Days((from.month, from.first), (from.month, from.last)), after_days));
        };
        Some((When::Date(range(year, from, year, from, MAX_RANGE)?), end))
    }

    /// "to 2 June", "– June 2", "y el 2 de junio", and whether it says that all between is meant.
    fn second_half(self, at: usize) -> Option<(Days, bool, usize)> {
        let through = self.sign_is(at, &['-', '–', '—']) || self.word_is(at, &THROUGH);
        if !through && !self.word_is(at, &BETWEEN) {
            return None;
        }
        let (days, after) = self.days_of_month(self.skip_before_day(at + 1))?;
        Some((days, through, after))
    }

    /// "4-5 June", "29 y 30 de mayo", "June 4th-5th".
    fn days_of_month(self, at: usize) -> Option<(Days, usize)> {
        if let Some((first, last, after)) = self.day_list(at) {
            let (month, after) = self.month(self.skip(after, &BEFORE_MONTH, &['\'', '’', '-', '/']))?;
            return Some((Days { month, first, last }, after));
        }
        let (month, after) = self.month(at)?;
        let (first, last, after) = self.day_list(self.skip(after, &["the", "el"], &[',', '-']))?;
        Some((Days { month, first, last }, after))
    }

    /// One day, or several in order: "4", "4-5", "19, 20 y 21", "Tuesday 4 and Wednesday 5".
    fn day_list(self, at: usize) -> Option<(i8, i8, usize)> {
        let (first, mut after) = self.day(at)?;
        let mut last = first;
        for _ in 0..MAX_DAYS {
            // A conversion may have lost a dash: "20 ? 22 June".
            let signs = [',', '-', '–', '—', '/', '&', '?', '\u{FFFD}'];
            let between = (after..after + 2).take_while(|&at| self.sign_is(at, &signs) || self.word_is(at, &BETWEEN));
            let next = after + between.count();
            match self.day(self.skip_before_day(next)) {
                Some((day, after_day)) if next > after && day > last => (last, after) = (day, after_day),
                _ => break,
            }
        }
        Some((first, last, after))
    }

    fn day(self, at: usize) -> Option<(i8, usize)> {
        let (day, after) = match self.digits(at, 1..=2) {
            // The hour of "5, 10:00" is no day.
            Some(_) if self.sign_is(at + 1, &[':', '%']) => return None,
            Some(day) => (day, at + 1),
            None => {
                let (day, after) = self.spelled(at)?;
                (i16::try_from(day).ok()?, self.skip_repeated(after))
            }
        };
        let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, after))
    }

    fn month(self, at: usize) -> Option<(i8, usize)> {
        let word = self.word(at)?;
        let abbreviated = word.len() <= 5 && self.sign_is(at + 1, &['.']);
        Some((month(word)?, at + 1 + usize::from(abbreviated)))
    }

    /// The year after a month.
    fn year(self, at: usize) -> Option<(i16, usize)> {
        let at = self.skip(at, &BEFORE_YEAR, &[',', '\'', '’', '-', '/']);
        if let Some(year) = self.year_digits(at) {
            return Some((year, at + 1));
        }
        let thousands = self.word_is(at, &TWO) && self.word_is(at + 1, &THOUSAND);
        if !thousands {
            return None;
        }
        let after = at + 2 + usize::from(self.word_is(at + 2, &["and", "y", "e", "et"]));
        let (rest, after) = self.spelled(after).unwrap_or((0, at + 2));
        Some((2000 + i16::try_from(rest).ok()?, self.skip_repeated(after)))
    }

    fn year_digits(self, at: usize) -> Option<i16> {
        self.digits(at, 4..=4).filter(|year| (1900..=2099).contains(year))
    }

    /// A number below a hundred in words: "treinta y uno", "vingt-deux".
    fn spelled(self, at: usize) -> Option<(u32, usize)> {
        let tens = number(self.word(at)?)?;
        let joins = self.word_is(at + 1, &["y", "et", "e"]) || self.sign_is(at + 1, &['-']);
        let units = || self.word(at + 2).and_then(number).filter(|&units| units < 10 && (units > 6 || tens > 10));
        match units() {
            Some(units) if joins && [10, 20, 30].contains(&tens) => Some((tens + units, at + 3)),
            _ => Some((tens, at + 1)),
        }
    }

    /// The digits that repeat a number in words: "cinco (5)".
    fn skip_repeated(self, at: usize) -> usize {
        let repeated = self.sign_is(at, &['(']) && self.digits(at + 1, 1..=4).is_some() && self.sign_is(at + 2, &[')']);
        at + if repeated { 3 } else { 0 }
    }

    /// The hour of "15 June 2016, 9:00 - 16 June 2016, 14:00".
    fn skip_hour(self, at: usize) -> usize {
        let hour = at + usize::from(self.sign_is(at, &[',']));
        let told = self.digits(hour, 1..=2).is_some() && self.digits(hour + 2, 2..=2).is_some();
        if told && self.sign_is(hour + 1, &[':']) { hour + 3 } else { at }
    }

    fn skip_before_day(self, at: usize) -> usize {
        self.skip(at, &BEFORE_DAY, &[','])
    }

    fn skip(self, at: usize, words: &[&str], signs: &[char]) -> usize {
        let skipped = |at: &usize| self.word_is(*at, words) || self.sign_is(*at, signs);
        at + (at..at + MAX_FILLERS).take_while(skipped).count()
    }

    /// "September 2012", "April–May 2012", "December 2003 to May 2004".
    fn months(self, at: usize) -> Option<(When, usize)> {
        let (first, after) = self.month(at)?;
        let joined = self.sign_is(after, &['-', '–', '/']) || self.word_is(after, &BETWEEN);
        let (last, after) = Some(after + 1).filter(|_| joined).and_then(|at| self.month(at)).unwrap_or((first, after));
        let (year, after) = self.year(after)?;
        let to = || {
            let through = self.sign_is(after, &['-', '–', '—']) || self.word_is(after, &THROUGH);
            let (month, after) = Some(after + 1).filter(|_| through).and_then(|at| self.month(at))?;
            let (year, after) = self.year(after)?;
            Some((month, year, after))
        };
        let (last, last_year, after) = to().unwrap_or((last, year, after));
        let start = Date::new(year, first, 1).ok()?;
        let end = Date::new(last_year, last, 1).ok()?.last_of_month();
        (start <= end).then_some((When::Date(DateRange { start, end, precision: Precision::Month }), after))
    }

    /// "2013", and the periods "2011-2015", "2011/12", "2011 to 2015".
    fn years(self, at: usize) -> Option<(When, usize)> {
        let year = self.year_digits(at)?;
        let sign = self.sign_is(at + 1, &['-', '–', '—', '/']);
        let last = self.year_digits(at + 2).filter(|_| sign || self.word_is(at + 1, &THROUGH));
        let short = || self.digits(at + 2, 2..=2).filter(|_| sign && self.contiguous(at, at + 3));
        let last = last.or_else(|| short().map(|short| year - year % 100 + short));
        match last.filter(|&last| last > year) {
            Some(last) => Some((When::Period(year, last), at + 3)),
            None => Some((When::Year(year), at + 1)),
        }
    }
}

fn date_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// From the first of some days to the last of others, of at most so many days.
fn range(first_year: i16, from: Days, last_year: i16, to: Days, longest: i32) -> Option<DateRange> {
    let start = Date::new(first_year, from.month, from.first).ok()?;
    let end = Date::new(last_year, to.month, to.last).ok()?;
    let length = start.until(end).ok()?.get_days();
    days(start, end).filter(|_| length <= longest)
}

//! Dates as people write them: "4-5 June 2009", "los días 29 y 30 de mayo de 2003", "du 12 au 14 septembre 2017".
//!
//! Only what is written is read: a day without a year stays one, a period of years ("2011-2015") is no date, and a
//! number in an address or a document symbol is none at all.

mod read;
mod token;
mod words;

use std::ops::Range;

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Language, Precision};

pub(crate) use words::{is_weekday, month};

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// Byte range of the words.
    pub(crate) span: Range<usize>,
    /// What they say.
    pub(crate) when: When,
}

/// What a written date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Days or months with their year.
    Date(DateRange),
    /// Days without a year: month and day of the first and of the last.
    Days((i8, i8), (i8, i8)),
    /// A year alone: it may as well be a number.
    Year(i16),
    /// The first and last year of a period: "2011-2015".
    Period(i16, i16),
}

impl When {
    /// The date with its year, where it has one beside days or months.
    pub(crate) fn date(self) -> Option<DateRange> {
        if let When::Date(range) = self { Some(range) } else { None }
    }

    /// The date that days make in a year; a range that crosses the new year ends in it.
    pub(crate) fn in_year(self, year: i16) -> Option<DateRange> {
        let When::Days((first_month, first_day), (last_month, last_day)) = self else { return None };
        let first_year = if first_month > last_month { year.checked_sub(1)? } else { year };
        days(Date::new(first_year, first_month, first_day).ok()?, Date::new(year, last_month, last_day).ok()?)
    }
}

/// Every date of a text, in order. In English 04/06/2009 tells no more than its year; elsewhere the day stands first.
pub(crate) fn find(text: &str, language: Language) -> Vec<WrittenDate> {
    // Most passages hold no date.
    if !text.contains(|c: char| c.is_ascii_digit()) && !text.contains("mil") && !text.contains("thousand") {
        return Vec::new();
    }
    let tokens = token::tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((when, end)) = read::date(&tokens, at, language) else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (tokens.get(at), tokens.get(end.saturating_sub(1))) {
            found.push(WrittenDate { span: first.span.start..last.span.end, when });
        }
        at = end.max(at + 1);
    }
    found
}

/// A whole year.
pub(crate) fn whole_year(year: i16) -> Option<DateRange> {
    let start = Date::new(year, 1, 1).ok()?;
    Some(DateRange { start, end: start.last_of_year(), precision: Precision::Year })
}

/// A range of days; `None` where the last is before the first.
fn days(start: Date, end: Date) -> Option<DateRange> {
    (start <= end).then_some(DateRange { start, end, precision: Precision::Day })
}

#[cfg(test)]
mod tests;

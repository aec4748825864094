//! Dates as documents give them: a day, a range of days, a month, a year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Language;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

/// A range of days with the precision it was given in.
///
/// Written as ISO 8601, cut to the precision: `2013-05-22/2013-05-23`, `2022-05-31`, `2003-12/2004-05`, `2011`.
///
/// ```
/// use rcp_corpus::model::{DateRange, Precision};
///
/// let range: DateRange = "2003-12/2004-05".parse()?;
/// assert_eq!(range.precision, Precision::Month);
/// assert_eq!(range.end.to_string(), "2004-05-31");
/// assert_eq!(range.to_string(), "2003-12/2004-05");
/// # Ok::<(), rcp_corpus::model::DateParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateRange {
    /// First day.
    pub start: Date,
    /// Last day, never before `start`.
    pub end: Date,
    /// How exactly both ends are known.
    pub precision: Precision,
}

/// A text that is not a date range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a date: write 2013, 2013-05, 2013-05-22, or two of one kind with a slash between them, the earlier first"
)]
pub struct DateParseError {
    /// The text that was offered.
    pub text: String,
}

/// Names of the months by language of the interface, as they stand inside a sentence.
const MONTHS: [[&str; 3]; 12] = [
    ["January", "enero", "janvier"],
    ["February", "febrero", "février"],
    ["March", "marzo", "mars"],
    ["April", "abril", "avril"],
    ["May", "mayo", "mai"],
    ["June", "junio", "juin"],
    ["July", "julio", "juillet"],
    ["August", "agosto", "août"],
    ["September", "septiembre", "septembre"],
    ["October", "octubre", "octobre"],
    ["November", "noviembre", "novembre"],
    ["December", "diciembre", "décembre"],
];

/// Name of a month (1 to 12) as it stands inside a sentence; English for an undetermined language. `None` for any
/// other number.
#[must_use]
pub fn month_name(month: i8, language: Language) -> Option<&'static str> {
    let names = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    Some(match language {
        Language::En | Language::Undetermined => names[0],
        Language::Es => names[1],
        Language::Fr => names[2],
    })
}

impl DateRange {
    /// Year of the last day: the one a document is filed under when a range crosses the new year.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.end.year()
    }
}

impl std::str::FromStr for DateRange {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<DateRange, DateParseError> {
        let error = || DateParseError { text: text.chars().take(40).collect() };
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let (start, precision) = parse_point(first).ok_or_else(error)?;
        let (last, last_precision) = parse_point(last).ok_or_else(error)?;
        let end = match precision {
            Precision::Year => last.last_of_year(),
            Precision::Month => last.last_of_month(),
            Precision::Day => last,
        };
        if precision != last_precision || end < start {
            return Err(error());
        }
        Ok(DateRange { start, end, precision })
    }
}

/// First day of `2013`, `2013-05` or `2013-05-22`, with the precision that its length tells.
fn parse_point(text: &str) -> Option<(Date, Precision)> {
    let digits_and_hyphens = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let (full, precision) = match text.len() {
        4 => (format!("{text}-01-01"), Precision::Year),
        7 => (format!("{text}-01"), Precision::Month),
        10 => (text.to_owned(), Precision::Day),
        _ => return None,
    };
    if !digits_and_hyphens {
        return None;
    }
    full.parse().ok().map(|date| (date, precision))
}

impl std::fmt::Display for DateRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let length = match self.precision {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        let (start, end) = (self.start.to_string(), self.end.to_string());
        // Years are four digits: `parse_point` takes no others.
        let (start, end) = (start.get(..length).unwrap_or(&start), end.get(..length).unwrap_or(&end));
        if start == end { f.write_str(start) } else { write!(f, "{start}/{end}") }
    }
}

impl TryFrom<String> for DateRange {
    type Error = DateParseError;
    fn try_from(text: String) -> Result<DateRange, DateParseError> {
        text.parse()
    }
}

impl From<DateRange> for String {
    fn from(range: DateRange) -> String {
        range.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_as_they_were_read() {
        for text in ["2013", "2013-05", "2013-05-22", "2013-05-22/2013-05-23", "2003-12/2004-05", "2009/2010"] {
            assert_eq!(text.parse::<DateRange>().map(|range| range.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in
            ["", "13", "2013-13", "2013-02-30", "2014/2013", "2013/2013-05", "2013-05-22/", "May 2013", "２０１３"]
        {
            assert!(text.parse::<DateRange>().is_err(), "{text:?} should be refused");
        }
    }
}

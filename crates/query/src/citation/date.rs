//! Dates in words: English, Spanish and French.

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Language, Precision, month_name};

/// A day in words: `14 April 2005`, `14 de abril de 2005`, `1er avril 2005`. English for an undetermined language.
#[must_use]
pub fn format_date(date: Date, ui: Language) -> String {
    Parts::of(date, Precision::Day).write(ui)
}

/// A range of days in words, no more exact than it is known. What both ends share is said once.
///
/// | en | es | fr |
/// |---|---|---|
/// | `14–15 April 2005` | `14 y 15 de abril de 2005` | `14 et 15 avril 2005` |
/// | `30 May–2 June 2003` | `30 de mayo a 2 de junio de 2003` | `30 mai–2 juin 2003` |
/// | `December 2003–May 2004` | `diciembre de 2003 a mayo de 2004` | `décembre 2003–mai 2004` |
///
/// Spanish and French name two days in a row one by one, as documents in these languages do.
#[must_use]
pub fn format_date_range(range: &DateRange, ui: Language) -> String {
    let end = Parts::of(range.end, range.precision);
    let mut start = Parts::of(range.start, range.precision);
    if start == end {
        return end.write(ui);
    }
    if start.year == end.year && end.month.is_some() {
        start.year = None;
        if start.month == end.month {
            start.month = None;
        }
    }
    let next_day = range.precision == Precision::Day && range.start.tomorrow().is_ok_and(|day| day == range.end);
    let between = match ui {
        Language::Es if next_day => " y ",
        Language::Es if range.precision != Precision::Year => " a ",
        Language::Fr if next_day => " et ",
        _ => "–",
    };
    format!("{}{between}{}", start.write(ui), end.write(ui))
}

/// The parts of a date that are to be said.
#[derive(PartialEq, Eq)]
struct Parts {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

impl Parts {
    fn of(date: Date, precision: Precision) -> Parts {
        Parts {
            day: (precision == Precision::Day).then(|| date.day()),
            month: (precision != Precision::Year).then(|| date.month()),
            year: Some(date.year()),
        }
    }

    fn write(&self, ui: Language) -> String {
        let between = if ui == Language::Es { " de " } else { " " };
        let day = self.day.map(|day| if ui == Language::Fr && day == 1 { "1er".to_owned() } else { day.to_string() });
        let month = self.month.and_then(|month| month_name(month, ui)).map(str::to_owned);
        let year = self.year.map(|year| year.to_string());
        [day, month, year].into_iter().flatten().collect::<Vec<_>>().join(between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: &str, expected: [&str; 3]) {
        let range: DateRange = range.parse().unwrap();
        assert_eq!(Language::ANALYSED.map(|ui| format_date_range(&range, ui)), expected);
    }

    #[test]
    fn what_both_ends_share_is_said_once() {
        check("2022-05-31", ["31 May 2022", "31 de mayo de 2022", "31 mai 2022"]);
        check("2005-04-14/2005-04-15", ["14–15 April 2005", "14 y 15 de abril de 2005", "14 et 15 avril 2005"]);
        check("2012-06-04/2012-06-08", ["4–8 June 2012", "4 a 8 de junio de 2012", "4–8 juin 2012"]);
        check("2003-05-30/2003-06-02", ["30 May–2 June 2003", "30 de mayo a 2 de junio de 2003", "30 mai–2 juin 2003"]);
        check(
            "2020-02-29/2020-03-01",
            ["29 February–1 March 2020", "29 de febrero y 1 de marzo de 2020", "29 février et 1er mars 2020"],
        );
        check(
            "2003-12-30/2004-01-02",
            [
                "30 December 2003–2 January 2004",
                "30 de diciembre de 2003 a 2 de enero de 2004",
                "30 décembre 2003–2 janvier 2004",
            ],
        );
    }

    #[test]
    fn nothing_is_said_that_is_not_known() {
        check("2004-05", ["May 2004", "mayo de 2004", "mai 2004"]);
        check("2004-05/2004-06", ["May–June 2004", "mayo a junio de 2004", "mai–juin 2004"]);
        check(
            "2003-12/2004-05",
            ["December 2003–May 2004", "diciembre de 2003 a mayo de 2004", "décembre 2003–mai 2004"],
        );
        check("2011", ["2011", "2011", "2011"]);
        check("2009/2010", ["2009–2010", "2009–2010", "2009–2010"]);
    }

    #[test]
    fn a_single_day() {
        assert_eq!(format_date(jiff::civil::date(2017, 2, 1), Language::Fr), "1er février 2017");
        assert_eq!(format_date(jiff::civil::date(2017, 2, 1), Language::Undetermined), "1 February 2017");
    }
}

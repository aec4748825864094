use proptest::prelude::*;
use rcp_corpus::model::month_name;

use super::*;

/// Every date of a text as written, `/` between days without a year, `~` for a year alone, `..` for a period.
fn read(text: &str, language: Language) -> Vec<String> {
    let write = |found: WrittenDate| match found.when {
        When::Date(range) => range.to_string(),
        When::Days((month, day), (last_month, last_day)) => format!("{month}-{day}/{last_month}-{last_day}"),
        When::Year(year) => format!("~{year}"),
        When::Period(first, last) => format!("{first}..{last}"),
    };
    find(text, language).into_iter().map(write).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text, Language::Es), expected, "{text}");
}

#[test]
fn days_are_read_in_the_forms_of_each_language() {
    check("Bangkok, Thailand, 4-5 June 2009", &["2009-06-04/2009-06-05"]);
    check("Gaborone, 25–26 October 2011", &["2011-10-25/2011-10-26"]);
    check("June 4th-5th, 2009", &["2009-06-04/2009-06-05"]);
    check("Tuesday, May 17 and Friday, May 20, 2022", &["2022-05-17/2022-05-20"]);
    check("on Tuesday 4 and Wednesday 5 May 2010", &["2010-05-04/2010-05-05"]);
    check("the 31st day of May, 2022", &["2022-05-31"]);
    check("los días 29 y 30 de mayo de 2003", &["2003-05-29/2003-05-30"]);
    check("19, 20 y 21 de octubre de 2011", &["2011-10-19/2011-10-21"]);
    check("entre el 12 y el 14 de Setiembre del año 2017", &["2017-09-12/2017-09-14"]);
    check("1º y 2 de febrero de 2017; 1° de marzo del 2018", &["2017-02-01/2017-02-02", "2018-03-01"]);
    check("31 mayo de 2022", &["2022-05-31"]);
    check("mayo 4 y 5 de 2006", &["2006-05-04/2006-05-05"]);
    check("a los cinco (5) días del mes de mayo del año dos mil seis (2006)", &["2006-05-05"]);
    check("el treinta y uno de octubre de dos mil veintidós", &["2022-10-31"]);
    check("les 1er et 2 mars 2020", &["2020-03-01/2020-03-02"]);
    check("du 12 au 14 septembre 2017", &["2017-09-12/2017-09-14"]);
    check("le vingt-deux août deux mille dix-sept", &["2017-08-22"]);
    check("Rabat, 3-4 d’octobre de l’année 2008", &["2008-10-03/2008-10-04"]);
    check("20 ? 22 June 2017", &["2017-06-20/2017-06-22"]);
    check("from 3rd to 6th October 2023", &["2023-10-03/2023-10-06"]);
    check("10 e 11 de abril de 2025", &["2025-04-10/2025-04-11"]);
    check("l5 May 2OO6, I2 June 2O13", &["2006-05-15", "2013-06-12"]);
}

#[test]
fn ranges_cross_months_and_years() {
    check("30 May - 2 June 2014", &["2014-05-30/2014-06-02"]);
    check("April 30 – May 2, 2014", &["2014-04-30/2014-05-02"]);
    check("del 30 de mayo al 2 de junio de 2014", &["2014-05-30/2014-06-02"]);
    check("du 30 novembre au 2 décembre 2014", &["2014-11-30/2014-12-02"]);
    check("29 December 2013 to 3 January 2014", &["2013-12-29/2014-01-03"]);
    check("30 December – 2 January 2014", &["2013-12-30/2014-01-02"]);
    check("Wednesday, 15 June 2016, 9:00 - Thursday, 16 June 2016, 14:00", &["2016-06-15/2016-06-16"]);
    check("15 June 2016, 10:30", &["2016-06-15"]);
    check("30 de noviembre y 1 de diciembre de 2012", &["2012-11-30/2012-12-01"]);
    check("4 May 2010 and 12 June 2012", &["2010-05-04", "2012-06-12"]);
    check("4 May and 12 July 2012", &["5-4/5-4", "2012-07-12"]);
}

#[test]
fn months_years_and_days_without_a_year_stay_what_they_are() {
    check("September 2012, sept. de 2013, April–May 2014", &["2012-09", "2013-09", "2014-04/2014-05"]);
    check("December 2003 to May 2004", &["2003-12/2004-05"]);
    check("between May 17 and 20; el 23 de junio", &["5-17/5-20", "6-23/6-23"]);
    check("in 2013 and the Plan 2011-2015, 2021 - 2022, 2012/13", &["~2013", "2011..2015", "2021..2022", "2012..2013"]);
    check("31 June 2009; 45 May 2010", &["2009-06", "2010-05"]);
}

#[test]
fn digits_alone_are_read_where_they_are_clear() {
    check("2009-06-04, 22/05/2013, 5/22/2013, 4.6.2009", &["2009-06-04", "2013-05-22", "2013-05-22", "2009-06-04"]);
    check("4.-5.6.2009 14-15/04/2005", &["2009-06-04/2009-06-05", "2005-04-14/2005-04-15"]);
    check("04/06/2009", &["2009-06-04"]);
    assert_eq!(read("04/06/2009", Language::En), ["2009"]);
}

#[test]
fn numbers_that_are_no_dates_are_left_alone() {
    for text in [
        "MC/INF/2009/266",
        "https://example.org/2009/06/04/report",
        "ana.2009@example.org",
        "+66 22 8300 1234",
        "USD 2,500.00",
        "resolution 63/225",
        "5, 10:00",
        "they may 5",
        "RCM2013",
    ] {
        let dates: Vec<String> =
            read(text, Language::En).into_iter().filter(|date| !date.starts_with(['~', '5'])).collect();
        assert!(dates.is_empty(), "{text}: {dates:?}");
    }
}

#[test]
fn a_date_stands_where_it_says() {
    let text = "Celebrada en Asunción, los días 4 y 5 de mayo de 2006.";
    let spans: Vec<&str> = find(text, Language::Es).into_iter().map(|found| &text[found.span]).collect();
    assert_eq!(spans, ["4 y 5 de mayo de 2006"]);
}

#[test]
fn hostile_texts_are_read_to_their_end() {
    for piece in ["4, ", "4-", "May ", "2009-", "de ", "veinte y ", "4 y el ", "1.1.", "dos mil ", "(5)"] {
        let text = piece.repeat(20_000);
        assert!(find(&text, Language::Es).iter().all(|found| text.get(found.span.clone()).is_some()));
    }
}

/// A range of days in every form that names it with all its parts.
fn forms(range: &DateRange) -> Vec<String> {
    let name = |date: Date, language| month_name(date.month(), language).unwrap();
    let (start, end) = (range.start, range.end);
    let (d1, d2, y1, y2) = (start.day(), end.day(), start.year(), end.year());
    let [en1, es1, fr1] = Language::ANALYSED.map(|language| name(start, language));
    let [en2, es2, fr2] = Language::ANALYSED.map(|language| name(end, language));
    let mut forms = vec![
        format!("held from {d1} {en1} {y1} to {d2} {en2} {y2} in"),
        format!("{en1} {d1}, {y1} – {en2} {d2}, {y2}"),
        format!("del {d1} de {es1} de {y1} al {d2} de {es2} de {y2}."),
        format!("du {d1} {fr1} {y1} au {d2} {fr2} {y2}"),
        format!("{d1} {en1} - {d2} {en2} {y2}"),
    ];
    if start.month() == end.month() && d1 < d2 {
        forms.extend([
            format!("{d1}-{d2} {en1} {y1}"),
            format!("{en1} {d1}–{d2}, {y1}"),
            format!("los días {d1} y {d2} de {es1} del {y1}"),
            format!("les {d1} et {d2} {} {y1}", fr1.to_uppercase()),
        ]);
    }
    if start == end {
        forms.truncate(0);
        forms.extend([
            format!("{d1} {en1} {y1}"),
            format!("{en1} {d1}, {y1}"),
            format!("{d1} de {es1} de {y1}"),
            format!("le {d1} {fr1} {y1}"),
            format!("{start}"),
            format!("{d1:02}.{:02}.{y1}", start.month()),
        ]);
    }
    forms
}

proptest! {
    #[test]
    fn what_is_written_in_any_form_is_read_back(start in 0..40_000i64, length in 0..20i64) {
        let first = Date::constant(1950, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
        let last = first.checked_add(jiff::Span::new().days(length)).unwrap();
        let range = days(first, last).unwrap();
        for form in forms(&range) {
            prop_assert_eq!(read(&form, Language::Es), vec![range.to_string()], "{}", form);
        }
    }
}

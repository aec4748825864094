//! What people type about a document and its text need not say: event, ordinal, place, date, names of its processes.

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Document, Event, Language, Precision, month_name};
use rcp_corpus::taxonomy::Taxonomy;

use crate::ordinals::{in_roman, in_words};

/// Texts of the `facts` field with their languages, one value each.
pub(super) fn facts(document: &Document, taxonomy: &Taxonomy) -> Vec<(String, Language)> {
    let language = document.languages.first().copied().unwrap_or(Language::Undetermined);
    let mut facts = Vec::new();
    if let Some(event) = &document.event {
        facts.extend(event_texts(&event.value, language));
    }
    if let Some(venue) = &document.venue {
        facts.push((venue.value.clone(), language));
    }
    if let Some(date) = &document.date {
        facts.extend(date_texts(&date.value));
    }
    if let Some(year) = &document.year {
        facts.push((year.value.to_string(), Language::Undetermined));
    }
    for id in document.concepts("rcp") {
        let Some(process) = taxonomy.concept("rcp", id) else { continue };
        facts.extend(process.label.iter().map(|(language, label)| (label.to_owned(), language)));
        let others = process.abbreviation.iter().chain(&process.aliases).chain(&process.former_names);
        facts.extend(others.chain(&process.weak_aliases).map(|name| (name.clone(), language)));
    }
    facts
}

/// The name of an event, alone and after its ordinal in every form: "4 4th IV fourth", "4 4ª IV cuarta", "4 4e IV quatrième".
fn event_texts(event: &Event, language: Language) -> Vec<(String, Language)> {
    let mut texts = vec![(event.name.clone(), language)];
    if let Some(ordinal) = event.ordinal {
        let roman = in_roman(ordinal);
        let [en, es, fr] = in_words(ordinal).unwrap_or_default();
        let masculine = es.strip_suffix('a').map(|stem| format!("{stem}o")).unwrap_or_default();
        let french = if ordinal == 1 { "1re 1er" } else { "" };
        texts.push((format!("{ordinal} {} {roman} {en}", english_ordinal(ordinal)), Language::En));
        texts.push((format!("{ordinal}ª {ordinal}º {es} {masculine}").trim_end().to_owned(), Language::Es));
        texts.push((format!("{ordinal}e {ordinal}ème {french} {fr}").trim_end().to_owned(), Language::Fr));
    }
    texts
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`, `22nd`.
fn english_ordinal(number: u16) -> String {
    let suffix = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// A date as written, and its days with the month's name in each language, to the precision it has.
fn date_texts(range: &DateRange) -> Vec<(String, Language)> {
    let mut texts = vec![(range.to_string(), Language::Undetermined)];
    let mut days = vec![range.start];
    if range.end != range.start {
        days.push(range.end);
    }
    for day in days {
        texts.extend(Language::ANALYSED.iter().filter_map(|&language| day_text(day, range.precision, language)));
    }
    texts.dedup();
    texts
}

/// A day or month in words; `None` where the year is all that is known.
fn day_text(date: Date, precision: Precision, language: Language) -> Option<(String, Language)> {
    let between = if language == Language::Es { " de " } else { " " };
    let (month, year) = (month_name(date.month(), language)?, date.year());
    let text = match precision {
        Precision::Year => return None,
        Precision::Month => format!("{month}{between}{year}"),
        Precision::Day => format!("{}{between}{month}{between}{year}", date.day()),
    };
    Some((text, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinal_is_found_in_every_form() {
        let event =
            Event { series: "grcp".to_owned(), ordinal: Some(4), edition: None, name: "Global meeting".to_owned() };
        let texts: Vec<String> = event_texts(&event, Language::En).into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["Global meeting", "4 4th IV fourth", "4ª 4º cuarta cuarto", "4e 4ème  quatrième"]);
        assert_eq!([1, 2, 3, 11, 22, 113].map(english_ordinal), ["1st", "2nd", "3rd", "11th", "22nd", "113th"]);
        assert_eq!([1, 4, 9, 26, 49, 1994, 4000].map(in_roman), ["I", "IV", "IX", "XXVI", "XLIX", "MCMXCIV", ""]);
    }

    #[test]
    fn a_date_has_no_more_precision_than_is_known() {
        let texts = |date: &str| -> Vec<String> {
            date_texts(&date.parse().unwrap()).into_iter().map(|(text, _)| text).collect()
        };
        assert_eq!(texts("2013"), ["2013"]);
        assert_eq!(
            texts("2004-05"),
            ["2004-05", "May 2004", "mayo de 2004", "mai 2004", "May 2004", "mayo de 2004", "mai 2004"]
        );
        assert_eq!(texts("2005-04-14"), ["2005-04-14", "14 April 2005", "14 de abril de 2005", "14 avril 2005"]);
    }
}

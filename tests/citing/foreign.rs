//! References as programs that are not ours read them: biblib for RIS, biblatex for BibTeX, citationberg for CSL-JSON.

use std::collections::BTreeSet;

use biblatex::{Bibliography, ChunksExt};
use biblib::{CitationParser, RisParser};
use citationberg::json::{DateValue, Item, NameValue};
use rcp_corpus::model::Precision;
use rcp_query::citation::Reference;

/// Expects that a foreign parser reads exactly this reference in RIS.
#[track_caller]
pub(crate) fn check_ris(text: &str, reference: &Reference) {
    check_lines_of_ris(text);
    let parsed = RisParser::new().parse(text).unwrap();
    let [record] = parsed.as_slice() else { panic!("{} records in {text}", parsed.len()) };
    assert_eq!(record.title, reference.title, "{text}");
    assert_eq!(record.journal, reference.event, "{text}");
    assert_eq!(record.publisher.as_ref(), reference.processes.first(), "{text}");
    assert_eq!(record.urls, Vec::from_iter(reference.url.clone()), "{text}");
    let year = reference.year.or_else(|| Some(reference.date?.year()));
    assert_eq!(record.date.as_ref().map(|date| date.year), year.map(i32::from), "{text}");
    if let Some(range) = reference.date.filter(|range| Some(range.start.year()) == year) {
        let date = record.date.as_ref().unwrap();
        let known = (date.month.is_some(), date.day.is_some());
        assert_eq!(known, (range.precision != Precision::Year, range.precision == Precision::Day), "{text}");
        assert!(date.month.is_none_or(|month| i8::try_from(month) == Ok(range.start.month())), "{text}");
        assert!(date.day.is_none_or(|day| i8::try_from(day) == Ok(range.start.day())), "{text}");
    }
}

/// What every reader of RIS relies on: each line is a known tag and a value, each record begins and ends as one does.
#[track_caller]
fn check_lines_of_ris(text: &str) {
    const ONCE: [&str; 14] = ["TY", "ID", "TI", "T2", "M3", "PY", "DA", "CY", "PB", "LA", "SP", "EP", "SE", "UR"];
    assert!(text.ends_with("ER  - \r\n") && text.starts_with("TY  - RPRT\r\n"), "{text}");
    let mut tags = BTreeSet::new();
    for line in text.strip_suffix("ER  - \r\n").unwrap().split_terminator("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("{line:?} in {text}"));
        assert!(tag == "AU" || (ONCE.contains(&tag) && tags.insert(tag)), "{line:?} in {text}");
        assert_eq!(value, value.trim(), "{text}");
        assert!(!value.is_empty() && !value.chars().any(char::is_control), "{line:?}");
    }
}

/// Expects that a foreign parser reads exactly this reference in BibTeX.
#[track_caller]
pub(crate) fn check_bibtex(text: &str, reference: &Reference) {
    let parsed = Bibliography::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(parsed.len(), 1, "{text}");
    let entry = parsed.get(&reference.key(':')).unwrap_or_else(|| panic!("no such key: {text}"));
    assert!(entry.key.is_ascii());
    let field = |name: &str| entry.get(name).map(ChunksExt::format_verbatim);
    assert_eq!(field("title").as_deref(), Some(reference.title.as_str()), "{text}");
    assert_eq!(field("type"), reference.document_type, "{text}");
    assert_eq!(field("series"), reference.event, "{text}");
    assert_eq!(field("institution").as_ref(), reference.processes.first(), "{text}");
    assert_eq!(field("address").or(field("location")), reference.venue, "{text}");
    assert_eq!(field("note"), reference.place, "{text}");
    assert_eq!(field("url"), reference.url, "{text}");
    let authors: Vec<String> = entry.author().unwrap_or_default().into_iter().map(|person| person.name).collect();
    assert_eq!(authors, reference.processes, "{text}");
    let date = reference.date.map(|range| range.to_string());
    assert_eq!(field("date"), date, "{text}");
    if reference.date.is_some() {
        entry.date().unwrap_or_else(|error| panic!("{error}: {text}"));
    }
    assert!(braces_are_balanced(text), "{text}");
}

/// BibTeX itself counts every brace, escaped or not.
fn braces_are_balanced(text: &str) -> bool {
    let depth = text.chars().try_fold(0_u32, |depth, c| match c {
        '{' => Some(depth + 1),
        '}' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// Expects that a foreign parser reads exactly this reference in CSL-JSON.
#[track_caller]
pub(crate) fn check_csl(text: &str, reference: &Reference) {
    let parsed: Vec<Item> = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let [item] = parsed.as_slice() else { panic!("{} items in {text}", parsed.len()) };
    assert_eq!((item.id().as_deref(), item.type_().as_deref()), (Some(&*reference.key('#')), Some("report")));
    let field =
        |name: &str| item.0.get(name).and_then(citationberg::json::Value::to_str).map(std::borrow::Cow::into_owned);
    assert_eq!(field("title").as_ref(), Some(&reference.title), "{text}");
    assert_eq!(field("genre"), reference.document_type, "{text}");
    assert_eq!(field("event-title"), reference.event, "{text}");
    assert_eq!(field("event-place"), reference.venue, "{text}");
    assert_eq!(field("section"), reference.place, "{text}");
    assert_eq!(field("URL"), reference.url, "{text}");
    let authors: Vec<String> = match item.0.get("author") {
        Some(citationberg::json::Value::Names(names)) => names.iter().map(literal).collect(),
        _ => Vec::new(),
    };
    assert_eq!(authors, reference.processes, "{text}");
    let parts = match item.0.get("issued") {
        Some(citationberg::json::Value::Date(DateValue::DateParts { date_parts, .. })) => date_parts.0.len(),
        None => 0,
        other => panic!("{other:?} in {text}"),
    };
    let dates = match (reference.date, reference.year) {
        (Some(range), _) => 1 + usize::from(range.to_string().contains('/')),
        (None, year) => usize::from(year.is_some()),
    };
    assert_eq!(parts, dates, "{text}");
}

fn literal(name: &NameValue) -> String {
    match name {
        NameValue::Literal(name) => name.literal.clone(),
        NameValue::Item(item) => panic!("{item:?} was taken for a person"),
    }
}

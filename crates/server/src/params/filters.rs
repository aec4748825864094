//! Filters: a parameter for each facet and its exclusion, and ranges of years, dates and times.

use std::collections::BTreeMap;

use rcp_query::facets::NO_VALUE;
use rcp_query::request::{SearchRequest, Selection};
use serde_json::{Value, json};

use super::Given;
use super::parameter::{Day, Integer, List, Moment, Parameter};

/// The facet that ranges of years and dates narrow down too.
const YEAR: &str = "year";
/// Values in one facet parameter at most.
const MAX_VALUES: usize = 100;

const YEAR_FROM: Integer =
    Integer { name: "year_from", description: "First year.", min: 1, max: 9_999, default: None, example: 2005 };
const YEAR_TO: Integer =
    Integer { name: "year_to", description: "Last year.", min: 1, max: 9_999, default: None, example: 2013 };
const DATE_FROM: Day = Day {
    name: "date_from",
    description: "Documents whose dates reach to this day or later. A month or year means its first day.",
    example: "2005-06",
};
const DATE_TO: Day = Day {
    name: "date_to",
    description: "Documents whose dates begin on this day or earlier. A month or year means its last day.",
    example: "2013-05-22",
};
const ADDED_SINCE: Moment = Moment {
    name: "added_since",
    description: "Documents first indexed then or later.",
    example: "2026-01-31T12:00:00Z",
};

macro_rules! facet_parameters {
    ($($name:literal, $not:literal, $what:literal, $example:literal;)*) => {
        /// Name, inclusion and exclusion of the facets of the schemes that the project ships.
        const STANDARD_FACETS: &[(List, List)] = &[$((
            List {
                name: $name,
                description: concat!("Filters by ", $what, ". Several values are joined by OR; a value stands for its narrower ones, `none` for having no value."),
                example: $example, commas: false, default: &[], max: MAX_VALUES,
            },
            List {
                name: $not,
                description: concat!("Leaves out by ", $what, "."),
                example: $example, commas: false, default: &[], max: MAX_VALUES,
            },
        )),*];
    };
}
facet_parameters! {
    "rcp", "not_rcp", "process that the document belongs to", "rcm";
    "mentions", "not_mentions", "process that the text names", "bali-process";
    "theme", "not_theme", "theme", "protection-rights";
    "region", "not_region", "region", "central-america";
    "country", "not_country", "country that the text names (id of the vocabulary of countries)", "mx";
    "type", "not_type", "type of document", "summary-report";
    "lang", "not_lang", "language of the text", "es";
    "event", "not_event", "meeting (the id of its series and its number)", "grcp-4";
    "process_type", "not_process_type", "kind of process", "regional";
    "year", "not_year", "year", "2013";
}

/// Whether a parameter is a facet of the shipped schemes, or its exclusion.
pub(crate) fn is_standard_facet(name: &str) -> bool {
    STANDARD_FACETS.iter().any(|(include, exclude)| include.name == name || exclude.name == name)
}

/// The parameters that narrow down which documents are looked at.
pub(super) fn filter_parameters() -> impl Iterator<Item = &'static dyn Parameter> {
    let facets = STANDARD_FACETS.iter().flat_map(|(include, exclude)| [include as &dyn Parameter, exclude]);
    facets.chain([&YEAR_FROM as &dyn Parameter, &YEAR_TO, &DATE_FROM, &DATE_TO, &ADDED_SINCE])
}

/// Reads filters and ranges into a request.
pub(super) fn read_filters(given: &mut Given, facets: &[String], request: &mut SearchRequest) {
    request.filters = facets.iter().filter_map(|facet| Some((facet.clone(), selection(given, facet)?))).collect();
    let year = |year: u16| i16::try_from(year).ok();
    request.year_from = YEAR_FROM.read(given).and_then(year);
    request.year_to = YEAR_TO.read(given).and_then(year);
    request.date_from = DATE_FROM.read(given).map(|range| range.start);
    request.date_to = DATE_TO.read(given).map(|range| range.end);
    request.added_since = ADDED_SINCE.read(given);
    refuse_contradictions(given, request);
}

/// Refuses years and dates that no document can have together. The year of a document is that of its last day, so a
/// document of a year after `date_to` may have begun before.
fn refuse_contradictions(given: &mut Given, request: &SearchRequest) {
    let SearchRequest { year_from, year_to, date_from, date_to, .. } = *request;
    let first_of_dates = date_from.map(jiff::civil::Date::year);
    if year_from.zip(year_to).is_some_and(|(from, to)| from > to) {
        given.refuse(YEAR_FROM.name, "must not be after year_to");
    }
    if date_from.zip(date_to).is_some_and(|(from, to)| from > to) {
        given.refuse(DATE_FROM.name, "must not be after date_to");
    }
    if first_of_dates.zip(year_to).is_some_and(|(from, to)| from > to) {
        given.refuse(DATE_FROM.name, "must not be after year_to");
    }
    let years = request.filters.get(YEAR).map_or(&[][..], |selection| selection.include.as_slice());
    let (from, to) = (year_from.max(first_of_dates), year_to);
    let is_outside = |year: &String| match year.parse::<i16>() {
        Ok(year) => from.is_some_and(|from| year < from) || to.is_some_and(|to| year > to),
        // What is no year is refused by its name, where the values of facets are known.
        Err(_) => year == NO_VALUE && (from.is_some() || to.is_some()),
    };
    if !years.is_empty() && years.iter().all(is_outside) {
        given.refuse(YEAR, "must hold a year that year_from, year_to and date_from allow");
    }
}

/// What is chosen in one facet, sorted, so that equal choices are equal requests.
fn selection(given: &mut Given, facet: &str) -> Option<Selection> {
    let mut values = |name: &str| {
        let mut values = given.all(name)?;
        if values.iter().any(|value| value.trim().is_empty()) {
            given.refuse(name, "must not hold an empty value; leave it out instead");
        } else if values.len() > MAX_VALUES {
            given.refuse(name, &format!("takes at most {MAX_VALUES} values"));
        }
        values.sort_unstable();
        values.dedup();
        Some(values)
    };
    let (include, exclude) = (values(facet), values(&format!("not_{facet}")));
    let selection = Selection { include: include.unwrap_or_default(), exclude: exclude.unwrap_or_default() };
    (selection != Selection::default()).then_some(selection)
}

/// Filters and ranges by parameter.
pub(super) fn filter_values(request: &SearchRequest) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for (facet, selection) in &request.filters {
        if !selection.include.is_empty() {
            values.insert(facet.clone(), json!(selection.include));
        }
        if !selection.exclude.is_empty() {
            values.insert(format!("not_{facet}"), json!(selection.exclude));
        }
    }
    let ranges = [
        (YEAR_FROM.name, request.year_from.map(Value::from)),
        (YEAR_TO.name, request.year_to.map(Value::from)),
        (DATE_FROM.name, request.date_from.map(|day| Value::from(day.to_string()))),
        (DATE_TO.name, request.date_to.map(|day| Value::from(day.to_string()))),
        (ADDED_SINCE.name, request.added_since.map(|moment| Value::from(moment.to_string()))),
    ];
    values.extend(ranges.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    values
}

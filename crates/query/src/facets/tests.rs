//! Facets: filters of a request, and counts as a tree.

use rcp_corpus::taxonomy::Scheme;
use rcp_index::plan::Unit;
use serde_json::json;

use super::*;

/// Themes: `health` below `rights` and `services`, `rights.asylum` below `rights`; `refuge` was renamed twice.
fn taxonomy() -> Taxonomy {
    let schemes = [
        json!({"id": "theme", "label": {"en": "Theme"}, "facets": ["theme"], "concept": [
            {"id": "rights", "label": {"en": "Rights", "es": "Derechos"}},
            {"id": "services", "label": {"en": "Services"}},
            {"id": "health", "label": {"en": "Health", "es": "Salud"}, "broader": ["rights", "services"]},
            {"id": "rights.asylum", "label": {"en": "Asylum"}, "broader": ["rights"]},
            {"id": "deep", "label": {"en": "Deep"}, "broader": ["rights.asylum"]},
            {"id": "refuge", "label": {"en": "Refuge"}, "replaced_by": "shelter"},
            {"id": "shelter", "label": {"en": "Shelter"}, "replaced_by": "rights.asylum"},
        ]}),
        json!({"id": "rcp", "label": {"en": "Process"}, "facets": ["rcp", "mentions"], "concept": [
            {"id": "grcp", "label": {"en": "Global meetings", "es": "Reuniones mundiales"}},
        ]}),
    ];
    let schemes = schemes.into_iter().map(|scheme| serde_json::from_value::<Scheme>(scheme).unwrap());
    Taxonomy::new(schemes.collect()).unwrap()
}

fn request(facet: &str, include: &[&str], exclude: &[&str]) -> SearchRequest {
    let mut request = SearchRequest::new(Unit::Documents, "");
    let texts = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
    let selection = Selection { include: texts(include), exclude: texts(exclude) };
    request.filters.insert(facet.to_owned(), selection);
    request
}

/// A tree in one line: `value count/count_if_added`, `!` for a selected one, narrower ones in parentheses.
fn print(values: &[FacetValue]) -> String {
    let value = |value: &FacetValue| {
        let selected = if value.selected { "!" } else { "" };
        let below = if value.children.is_empty() { String::new() } else { format!(" ({})", print(&value.children)) };
        format!("{}{selected} {}/{}{below}", value.value, value.count, value.count_if_added)
    };
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// Counts as `(value, count, count_if_added)`, in an answer of ten hits.
fn tree(name: &str, counts: &[(&str, u64, u64)], request: &SearchRequest) -> Facet {
    let count =
        |&(value, count, count_if_added): &(&str, u64, u64)| (value.to_owned(), FacetCount { count, count_if_added });
    let counts = FacetCounts { values: counts.iter().map(count).collect(), missing: 7 };
    facet(&taxonomy(), name, &counts, 10, request)
}

const THEMES: [(&str, u64, u64); 4] = [("health", 3, 3), ("rights", 5, 5), ("rights.asylum", 4, 4), ("services", 5, 5)];

#[test]
fn a_value_stands_below_each_of_its_parents() {
    let facet = tree("theme", &THEMES, &request("rcp", &[], &[]));
    assert_eq!(print(&facet.values), "rights 5/5 (rights.asylum 4/4, health 3/3), services 5/5 (health 3/3)");
    assert_eq!((facet.total_values, facet.truncated, facet.missing), (4, false, 7));
    let health = &facet.values[1].children[0];
    assert_eq!(health.paths, [["rights", "health"], ["services", "health"]]);
}

#[test]
fn selected_values_without_a_hit_are_shown_in_their_place() {
    let chosen = request("theme", &["deep"], &[]);
    let facet = tree("theme", &[("services", 5, 12)], &chosen);
    assert_eq!(print(&facet.values), "services 5/12, rights 0/10 (rights.asylum 0/10 (deep! 0/10))");
    assert_eq!(facet.total_values, 1);
    let facet = tree("year", &[("2013", 1, 11)], &request("year", &["2009", "none"], &[]));
    assert_eq!(print(&facet.values), "2013 1/11, 2009! 0/10");
}

#[test]
fn a_renamed_value_selects_the_one_that_replaced_it() {
    let chosen = request("theme", &["refuge"], &[]);
    let facet = tree("theme", &THEMES, &chosen);
    assert!(print(&facet.values).contains("rights.asylum! 4/4"), "{}", print(&facet.values));
    assert!(!print(&facet.values).contains("refuge"));
    let filters = filters(&taxonomy(), &chosen).unwrap();
    let [Filter::Facet(filter)] = filters.as_slice() else { panic!("{filters:?}") };
    assert_eq!(filter.values, ["rights.asylum"]);
}

#[test]
fn the_limit_cuts_each_level_but_nothing_selected() {
    let mut plain = request("theme", &[], &[]);
    plain.facet_limit = 1;
    let facet = tree("theme", &THEMES, &plain);
    assert_eq!(print(&facet.values), "rights 5/5 (rights.asylum 4/4)");
    assert_eq!((facet.total_values, facet.truncated), (4, true));
    let mut chosen = request("theme", &["health"], &[]);
    chosen.facet_limit = 1;
    let facet = tree("theme", &THEMES, &chosen);
    assert_eq!(print(&facet.values), "rights 5/5 (rights.asylum 4/4, health! 3/3), services 5/5 (health! 3/3)");
    let mut all = plain;
    all.facet_limit = 2;
    assert!(!tree("theme", &THEMES, &all).truncated);
}

#[test]
fn years_come_newest_first_and_the_rest_by_count_then_value() {
    let none = request("theme", &[], &[]);
    let years = tree("year", &[("2009", 9, 9), ("2013", 1, 1), ("1996", 3, 3)], &none);
    assert_eq!(print(&years.values), "2013 1/1, 2009 9/9, 1996 3/3");
    let countries = tree("lang", &[("en", 1, 1), ("es", 9, 9), ("fr", 1, 1)], &none);
    assert_eq!(print(&countries.values), "es 9/9, en 1/1, fr 1/1");
}

#[test]
fn labels_are_in_the_language_asked_for() {
    let taxonomy = taxonomy();
    for (facet, value, es) in [
        ("theme", "rights", "Derechos"),
        ("theme", "services", "Services"),
        ("theme", "unknown", "unknown"),
        ("lang", "fr", "francés"),
        ("lang", "und", "otro o desconocido"),
        ("year", "2009", "2009"),
        ("event", "grcp", "Reuniones mundiales"),
        ("event", "grcp-4", "Reuniones mundiales – 4"),
        ("event", "other-4", "other-4"),
    ] {
        assert_eq!(label(&taxonomy, facet, value, Language::Es), es, "{facet} {value}");
    }
    let mut spanish = request("theme", &[], &[]);
    spanish.ui = Language::Es;
    assert_eq!(tree("theme", &THEMES, &spanish).values[0].label, "Derechos");
}

#[test]
fn values_are_checked() {
    let message = |facet: &str, value: &str| match filters(&taxonomy(), &request(facet, &[], &[value])) {
        Ok(filters) => format!("{filters:?}"),
        Err(error) => error.to_string(),
    };
    assert_eq!(message("theme", "helth"), "\"helth\" is not a value of theme; the nearest are health");
    assert_eq!(message("year", "209"), "\"209\" is not a value of year");
    assert_eq!(message("year", "20x9"), "\"20x9\" is not a value of year");
    assert_eq!(message("lang", "xx"), "\"xx\" is not a value of lang; the nearest are en, es, fr");
    assert!(message("colour", "red").starts_with("there is no facet \"colour\"; the facets are rcp, mentions, theme"));
    for (facet, value) in [("theme", "none"), ("year", "1850"), ("lang", "und"), ("event", "anything")] {
        assert!(message(facet, value).starts_with("[Not(Facet("), "{facet} {value}");
    }
}

#[test]
fn a_language_is_known_by_code_and_name() {
    for (text, language) in [
        ("es", Some(Language::Es)),
        ("Espagnol", Some(Language::Es)),
        ("ESPANOL", Some(Language::Es)),
        ("und", None),
        ("x", None),
    ] {
        assert_eq!(language_named(text), language, "{text}");
    }
}

//! Every parameter, right and wrong.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn facets() -> Vec<String> {
    ["rcp", "mentions", "theme", "region", "country", "type", "lang", "event", "year", "donor"]
        .map(str::to_owned)
        .into()
}

fn search(query: &str) -> Result<SearchParams, ApiError> {
    from_query(query, &facets())
}

fn post(body: &Value) -> Result<SearchParams, ApiError> {
    from_json(body.to_string().as_bytes(), &facets())
}

/// Expects a refusal that names one parameter.
#[track_caller]
fn check(refused: Result<SearchParams, ApiError>, code: &str, name: &str, reason: &str, nearest: &[&str]) {
    let error = refused.unwrap_err();
    assert_eq!((error.status.as_u16(), error.code), (400, code), "{}", error.detail);
    let [param] = error.invalid_params.as_slice() else { panic!("{:?}", error.invalid_params) };
    assert_eq!((param.name.as_str(), param.reason.as_str()), (name, reason));
    assert_eq!(param.nearest, nearest);
    assert_eq!(error.detail, format!("{name} {reason}"));
}

/// Of years that ranges leave out.
const CONTRADICTION: &str = "must hold a year that year_from, year_to and date_from allow";

#[test]
fn years_and_ranges_that_a_document_can_have_together_are_taken() {
    for query in [
        "year=2009&year=2013&year_to=2010",
        "year=2010&year_from=2010&year_to=2010&date_from=2010-12-31",
        "year=none",
        // What began in 2009 and ended in 2011 is of 2011.
        "date_to=2009&year_from=2011",
        "not_year=2013&year_from=2013&year_to=2013",
    ] {
        assert!(search(query).is_ok(), "{query}");
    }
}

#[test]
fn a_wrong_value_is_refused_with_what_would_be_right() {
    let (bad, number) = ("invalid_parameter", "must be a whole number from 1 to 100");
    for (query, name, reason, nearest) in [
        ("limit=ten", "limit", number, &[] as &[&str]),
        ("limit=0", "limit", number, &[]),
        ("limit=101", "limit", number, &[]),
        ("limit=%2B5", "limit", number, &[]),
        ("limit=99999999999999999999", "limit", number, &[]),
        ("limit=", "limit", "must not be empty; leave it out instead", &[]),
        ("limit=5&limit=6", "limit", "must be given only once", &[]),
        ("offset=1001", "offset", "must be a whole number from 0 to 1000", &[]),
        ("offset=10&cursor=x", "offset", "cannot be combined with cursor; give one of the two", &[]),
        ("cursor=", "cursor", "must not be empty; leave it out instead", &[]),
        ("passages=11", "passages", "must be a whole number from 0 to 10", &[]),
        ("facet_limit=0", "facet_limit", "must be a whole number from 1 to 1000", &[]),
        ("sort=dat", "sort", "must be one of relevance, -date, date, title, -added", &["date"]),
        ("match=al", "match", "must be one of most, all, any", &["all"]),
        ("highlight=xml", "highlight", "must be one of segments, html, none", &[]),
        ("ui=de", "ui", "must be one of en, es, fr", &[]),
        ("facets=rcp,themes", "facets", "holds \"themes\", which is not a facet", &["theme"]),
        ("facets=rcp,,theme", "facets", "must not hold an empty value; leave it out instead", &[]),
        ("facets=", "facets", "must not hold an empty value; leave it out instead", &[]),
        ("rcp=", "rcp", "must not hold an empty value; leave it out instead", &[]),
        ("not_theme=a&not_theme=+", "not_theme", "must not hold an empty value; leave it out instead", &[]),
        (
            "document=beta&document=Not+an+id",
            "document",
            "must hold ids of documents: lower-case letters, digits and single hyphens",
            &[],
        ),
        ("year_from=2010&year_to=2005", "year_from", "must not be after year_to", &[]),
        ("year=2013&year_to=2010", "year", CONTRADICTION, &[]),
        ("year=2013&year=none&year_from=2014", "year", CONTRADICTION, &[]),
        ("year=2013&date_from=2014-02", "year", CONTRADICTION, &[]),
        ("date_from=2011&year_to=2010", "date_from", "must not be after year_to", &[]),
        ("year_from=-5", "year_from", "must be a whole number from 1 to 9999", &[]),
        ("date_from=2010&date_to=2009-12", "date_from", "must not be after date_to", &[]),
        ("date_from=May", "date_from", "must be a day, month or year such as 2013-05-22, 2013-05 or 2013", &[]),
        ("date_to=2013/2014", "date_to", "must be a day, month or year such as 2013-05-22, 2013-05 or 2013", &[]),
        (
            "added_since=yesterday",
            "added_since",
            "must be a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31",
            &[],
        ),
    ] {
        check(search(query), bad, name, reason, nearest);
    }
}

#[test]
fn an_unknown_parameter_is_refused_with_the_nearest_names() {
    let reason = "is not a parameter of this address";
    for (query, name, nearest) in [
        ("themes=a", "themes", &["theme"] as &[&str]),
        ("no_rcp=a", "no_rcp", &["not_rcp"]),
        ("yearfrom=2000", "yearfrom", &["year_from"]),
        ("donr=a", "donr", &["donor"]),
        ("colour=red", "colour", &[]),
        ("=x", "", &[]),
    ] {
        check(search(query), "unknown_parameter", name, reason, nearest);
    }
}

#[test]
fn every_mistake_is_named_at_once_but_not_without_end() {
    let error = search("limit=x&sort=y&colour=red").unwrap_err();
    let names: Vec<_> = error.invalid_params.iter().map(|param| param.name.as_str()).collect();
    assert_eq!(names, ["colour", "sort", "limit"]);
    let many: String = (0..300).map(|n| format!("&x{n}=")).collect();
    assert_eq!(search(&many).unwrap_err().invalid_params.len(), 20);
}

#[test]
fn a_long_query_string_is_refused() {
    assert!(search(&format!("q={}", "(".repeat(MAX_QUERY - 2))).is_ok());
    let error = search(&format!("q={}", "(".repeat(MAX_QUERY - 1))).unwrap_err();
    assert_eq!((error.status.as_u16(), error.code), (400, "query_too_long"));
}

#[test]
fn a_body_has_the_same_parameters_with_the_types_of_json() {
    let params = post(&json!({"q": "a", "rcp": ["rcm"], "donor": ["x"], "limit": 5, "facets": ["rcp"]})).unwrap();
    assert_eq!(params, search("q=a&rcp=rcm&donor=x&limit=5&facets=rcp").unwrap());
    for (body, name, reason) in [
        (json!({"limit": "5"}), "limit", "must be a whole number from 1 to 100"),
        (json!({"limit": 5.5}), "limit", "must be a whole number from 1 to 100"),
        (json!({"year": ["2013"], "year_to": 2010}), "year", CONTRADICTION),
        (json!({"limit": null}), "limit", "must be a whole number from 1 to 100"),
        (json!({"q": 5}), "q", "must be a text"),
        (json!({"rcp": "rcm"}), "rcp", "must be a list of texts"),
        (json!({"rcp": [["rcm"]]}), "rcp", "must be a list of texts"),
        (json!({"donor": {}}), "donor", "must be a list of texts"),
        (json!({"not_donor": "x"}), "not_donor", "must be a list of texts"),
        (json!({"limit": 500.0}), "limit", "must be a whole number from 1 to 100"),
        (json!({"limit": 1e300}), "limit", "must be a whole number from 1 to 100"),
    ] {
        check(post(&body), "invalid_parameter", name, reason, &[]);
    }
    // To JSON, 5.0 is a whole number; an unknown name is one whatever its value.
    assert_eq!(post(&json!({"limit": 5.0})).unwrap(), search("limit=5").unwrap());
    for value in [json!(5), json!("x"), json!(["x"]), json!(null)] {
        let reason = "is not a parameter of this address";
        check(post(&json!({"limt": value})), "unknown_parameter", "limt", reason, &["limit"]);
    }
    for body in ["", "[]", "{", "{\"q\":\"a\"} x", &"[".repeat(16_000)] {
        let error = from_json::<SearchParams>(body.as_bytes(), &facets()).unwrap_err();
        assert_eq!((error.status.as_u16(), error.code), (400, "invalid_json"), "{body}");
    }
}

#[test]
fn defaults_are_those_of_the_document() {
    let params = search("").unwrap();
    assert_eq!((params.request.limit, params.request.offset, params.request.passages), (10, 0, 3));
    assert_eq!(params.request.facets, ["rcp", "theme", "region", "year", "type", "lang", "country"]);
    assert_eq!(params.highlight, Highlight::Segments);
    assert_eq!(search("q=").unwrap(), params);
    assert!(search("facets=none").unwrap().request.facets.is_empty());
}

#[test]
fn a_month_or_year_stands_for_its_days() {
    let request = search("date_from=2012-02&date_to=2012").unwrap().request;
    let days = [request.date_from, request.date_to].map(|day| day.unwrap().to_string());
    assert_eq!(days, ["2012-02-01", "2012-12-31"]);
}

#[test]
fn equal_choices_are_equal_requests() {
    assert_eq!(search("rcp=b&rcp=a&rcp=b").unwrap(), search("rcp=a&rcp=b").unwrap());
}

#[test]
fn ids_stand_alone() {
    let list = |query: &str| from_query::<DocumentsParams>(query, &facets());
    assert!(matches!(list("ids=b,a&ui=es").unwrap().listing, Listing::Ids(ids) if ids.len() == 2));
    for query in ["ids=a&limit=5", "ids=a&rcp=rcm", "ids=A", "ids=../a"] {
        assert_eq!(list(query).unwrap_err().invalid_params[0].name, "ids", "{query}");
    }
}

#[test]
fn links_leave_out_what_is_default() {
    let params = search("q=a+b&limit=10&rcp=rcm&rcp=puebla&offset=20&not_year=2013").unwrap();
    let link = params.link("/v1/search", None, &facets()).unwrap();
    assert_eq!(link, "/v1/search?not_year=2013&offset=20&q=a+b&rcp=puebla&rcp=rcm");
    let next = params.link("/v1/search", Some("c="), &facets()).unwrap();
    assert_eq!(next, "/v1/search?not_year=2013&q=a+b&rcp=puebla&rcp=rcm&cursor=c%3D");
}

proptest! {
    #[test]
    fn no_query_string_is_a_crash(query in "\\PC{0,200}") {
        let _ = search(&query);
        let _ = from_query::<DocumentsParams>(&query, &facets());
        let _ = from_json::<PassagesParams>(query.as_bytes(), &facets());
    }

    #[test]
    fn the_normal_form_and_the_link_ask_the_same(
        q in "\\PC{0,30}", rcp in prop::collection::vec("[a-z&=+% ]{0,6}x", 0..3), not in prop::collection::vec("[a-z]{1,4}", 0..3),
        year in prop::option::of(1_u16..=9_999), limit in 1_u8..=100, offset in 0_u16..=1_000,
        sort in prop::sample::select(vec!["relevance", "-date", "date", "title", "-added"]),
        facet in prop::sample::select(vec!["none", "rcp", "donor"]),
    ) {
        let mut body = json!({"q": q, "rcp": rcp, "not_theme": not, "limit": limit, "offset": offset, "sort": sort, "facets": [facet]});
        if let Some(year) = year {
            body["year_to"] = json!(year);
        }
        let params = post(&body).unwrap();
        prop_assert_eq!(&post(&Value::Object(params.normalised())).unwrap(), &params);
        let link = params.link("/v1/search", None, &facets()).unwrap();
        let query = link.split_once('?').map_or("", |(_, query)| query);
        prop_assert_eq!(&search(query).unwrap(), &params);
    }
}

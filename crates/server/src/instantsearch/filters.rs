//! `facetFilters` and `numericFilters` as conditions. Outer lists are joined by AND, inner ones by OR.

use rcp_query::request::Condition;
use serde_json::Value;

use super::attributes::Attributes;

/// Filters of one request at most.
const MAX_FILTERS: usize = 100;
/// The one attribute with numbers.
pub(super) const YEAR: &str = "year";

const FORM: &str = "must be a list of texts, or of lists of texts of which one must hold";
const NUMERIC_FORM: &str = "takes year with =, !=, <, <=, > or >= and a number, such as year>=2010";

/// Reads filters such as `["theme:Health", ["year:2012", "year:-2013"]]`; `Err` says what is wrong.
pub(super) fn facet_filters(value: &Value, attributes: &Attributes<'_>) -> Result<Vec<Condition>, String> {
    conditions(value, &|text| facet_filter(text, attributes))
}

/// Reads filters such as `["year>=2010", "year<=2020"]`; `Err` says what is wrong.
pub(super) fn numeric_filters(value: &Value) -> Result<Vec<Condition>, String> {
    conditions(value, &|text| numeric_filter(text).ok_or_else(|| NUMERIC_FORM.to_owned()))
}

fn conditions(value: &Value, read: &impl Fn(&str) -> Result<Condition, String>) -> Result<Vec<Condition>, String> {
    let outer = match value {
        Value::Array(outer) => outer.as_slice(),
        Value::String(text) if text.is_empty() => return Ok(Vec::new()),
        one => std::slice::from_ref(one),
    };
    let mut conditions = Vec::new();
    let mut left = MAX_FILTERS;
    for item in outer {
        let inner = match item {
            Value::Array(inner) => inner.as_slice(),
            one => std::slice::from_ref(one),
        };
        left = left.checked_sub(inner.len()).ok_or_else(|| format!("takes at most {MAX_FILTERS} filters"))?;
        let texts = inner.iter().map(|filter| filter.as_str().ok_or_else(|| FORM.to_owned()));
        let one_of = texts.map(|text| read(text?)).collect::<Result<Vec<_>, _>>()?;
        // No filter holds nothing back.
        if !one_of.is_empty() {
            conditions.push(Condition::Any(one_of));
        }
    }
    Ok(conditions)
}

/// `attribute:value`, cut at the first colon; a value behind `-` must not be there, one that begins with a minus is
/// written behind a backslash.
fn facet_filter(text: &str, attributes: &Attributes<'_>) -> Result<Condition, String> {
    let (name, value) = text.split_once(':').ok_or("holds a filter without a colon; write attribute:value")?;
    let attribute = attributes.attribute(name).ok_or_else(|| super::requests::no_attribute(name))?;
    let (value, is_excluded) = match value.strip_prefix('-') {
        Some(value) => (value, true),
        None if value.starts_with("\\-") => (&value[1..], false),
        None => (value, false),
    };
    let value = attributes.value(&attribute, value);
    let condition = Condition::Value { facet: attribute.facet, value };
    Ok(if is_excluded { Condition::Not(Box::new(condition)) } else { condition })
}

/// A comparison of the year; `None` for anything else.
fn numeric_filter(text: &str) -> Option<Condition> {
    let rest = text.trim().strip_prefix(YEAR)?.trim_start();
    let operators = ["!=", "<=", ">=", "=", "<", ">"];
    let (operator, number) = operators.iter().find_map(|operator| Some((*operator, rest.strip_prefix(operator)?)))?;
    let number: f64 = number.trim().parse().ok().filter(|number: &f64| number.is_finite())?;
    // No document has a year outside of this range, so nothing is lost by staying in it.
    let year = |number: f64| number.clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16;
    let from = |number: f64| Condition::Years { from: Some(year(number)), to: None };
    let to = |number: f64| Condition::Years { from: None, to: Some(year(number)) };
    let equal = || match number.fract() == 0.0 {
        true => Condition::Years { from: Some(year(number)), to: Some(year(number)) },
        false => Condition::Any(Vec::new()),
    };
    Some(match operator {
        "=" => equal(),
        "!=" => Condition::Not(Box::new(equal())),
        ">=" => from(number.ceil()),
        ">" => from(number.floor() + 1.0),
        "<=" => to(number.floor()),
        _ => to(number.ceil() - 1.0),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rcp_corpus::model::Language;
    use rcp_corpus::settings::Settings;
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Vec<Condition>, String> {
        let settings = Settings::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config")).unwrap();
        let facets = ["rcp".to_owned(), "event".to_owned(), "theme".to_owned()];
        facet_filters(value, &Attributes::new(&settings.taxonomy, &facets, Language::En))
    }

    fn value(facet: &str, value: &str) -> Condition {
        Condition::Value { facet: facet.to_owned(), value: value.to_owned() }
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    fn any(conditions: impl IntoIterator<Item = Condition>) -> Condition {
        Condition::Any(conditions.into_iter().collect())
    }

    #[test]
    fn outer_lists_are_and_inner_ones_or() {
        for (filters, expected) in [
            (json!([]), vec![]),
            (json!(""), vec![]),
            (json!([[]]), vec![]),
            (json!("rcp:rcm"), vec![any([value("rcp", "rcm")])]),
            (json!(["rcp:rcm", "event:a"]), vec![any([value("rcp", "rcm")]), any([value("event", "a")])]),
            (
                json!([["rcp:rcm", "event:-a"], "rcp:sacm"]),
                vec![any([value("rcp", "rcm"), not(value("event", "a"))]), any([value("rcp", "sacm")])],
            ),
            (json!(["event:\\-a:b"]), vec![any([value("event", "-a:b")])]),
            (json!(["event:--a"]), vec![any([not(value("event", "-a"))])]),
            (json!(["event:\\a"]), vec![any([value("event", "\\a")])]),
            (json!(["theme.lvl0:Protection and rights"]), read(&json!(["theme:Protection and rights"])).unwrap()),
        ] {
            assert_eq!(read(&filters), Ok(expected), "{filters}");
        }
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        let many: Vec<String> = (0..=MAX_FILTERS).map(|n| format!("event:{n}")).collect();
        for (filters, reason) in [
            (json!(5), FORM),
            (json!([5]), FORM),
            (json!([[["rcp:rcm"]]]), FORM),
            (json!({"rcp": "rcm"}), FORM),
            (json!(["rcp"]), "holds a filter without a colon; write attribute:value"),
            (json!([many]), "takes at most 100 filters"),
            (json!(many), "takes at most 100 filters"),
        ] {
            assert_eq!(read(&filters), Err(reason.to_owned()), "{filters}");
        }
        assert!(read(&json!(["colour:red"])).unwrap_err().contains("colour"));
    }

    #[test]
    fn years_are_compared_with_any_number() {
        let years = |from: Option<i16>, to: Option<i16>| Condition::Years { from, to };
        for (filter, expected) in [
            ("year>=2010", years(Some(2010), None)),
            (" year >= 2010 ", years(Some(2010), None)),
            ("year>2010", years(Some(2011), None)),
            ("year>2010.5", years(Some(2011), None)),
            ("year>=2010.5", years(Some(2011), None)),
            ("year<2010", years(None, Some(2009))),
            ("year<2010.5", years(None, Some(2010))),
            ("year<=2010.5", years(None, Some(2010))),
            ("year=2010", years(Some(2010), Some(2010))),
            ("year=2010.5", any([])),
            ("year!=2010", not(years(Some(2010), Some(2010)))),
            ("year<=1e300", years(None, Some(i16::MAX))),
            ("year>=-1e300", years(Some(i16::MIN), None)),
        ] {
            assert_eq!(numeric_filters(&json!([filter])), Ok(vec![any([expected])]), "{filter}");
        }
        for filter in ["year", "year>=", "year>=a", "year>=NaN", "year<=inf", "date>=3", "years=3", "year:2010 TO 2012"]
        {
            assert_eq!(numeric_filters(&json!([filter])), Err(NUMERIC_FORM.to_owned()), "{filter}");
        }
    }
}

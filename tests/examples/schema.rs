//! Whether a value is what a schema of the OpenAPI document says.
//!
//! It knows the keywords that the document uses, and names one that it does not know, so that nothing stays unchecked.

use std::collections::BTreeSet;

use jiff::Timestamp;
use regex::Regex;
use serde_json::{Map, Value};

/// Keywords that tell people something, and bind no value.
const REMARKS: [&str; 7] =
    ["description", "default", "example", "examples", "x-stability", "x-enum-varnames", "propertyNames"];

/// Schemas whose objects have more fields, as they say in words: a facet each, by the configuration.
const OPEN: [&str; 1] = ["#/components/schemas/InstantSearchHit"];

/// What is wrong with a value, each with its place below `place`. A field that no schema names is a fault too.
pub(crate) fn faults(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut check = Check { document, faults: Vec::new() };
    check.value(schema, value, place);
    check.faults
}

struct Check<'a> {
    document: &'a Value,
    faults: Vec<String>,
}

impl<'a> Check<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, place: &str) {
        if let (Value::Object(given), Some(known)) = (value, self.names(schema)) {
            for name in given.keys().filter(|name| !known.contains(name.as_str())) {
                self.fault(place, &format!("{name} is not documented"));
            }
        }
        self.keywords(schema, value, place);
    }

    fn keywords(&mut self, schema: &'a Value, value: &Value, place: &str) {
        let Some(keywords) = schema.as_object() else { return self.fault(place, "its schema is no object") };
        for (keyword, rule) in keywords {
            if !self.keyword(keywords, keyword, rule, value, place) {
                self.fault(place, &format!("{keyword}: {rule} does not hold for {value:.200}"));
            }
        }
    }

    /// Whether a keyword holds; what is wrong further down is noted there.
    fn keyword(
        &mut self,
        schema: &'a Map<String, Value>,
        keyword: &str,
        rule: &'a Value,
        value: &Value,
        place: &str,
    ) -> bool {
        let length = value.as_str().map(|text| text.chars().count());
        let limit = rule.as_u64().map(|limit| limit as usize);
        match keyword {
            "$ref" => self.keywords(self.referenced(rule), value, place),
            "allOf" => list(rule).iter().for_each(|part| self.keywords(part, value, place)),
            "oneOf" => return self.fits_one(list(rule), value, place),
            "type" => return is_of_type(rule, value),
            "enum" => return list(rule).contains(value),
            "required" => return value.as_object().is_none_or(|fields| is_complete(list(rule), fields)),
            "properties" => {
                for (name, schema) in rule.as_object().into_iter().flatten() {
                    if let Some(field) = value.get(name) {
                        self.value(schema, field, &format!("{place}.{name}"));
                    }
                }
            }
            "additionalProperties" => {
                let named = schema.get("properties").and_then(Value::as_object);
                let is_other = |name: &str| named.is_none_or(|named| !named.contains_key(name));
                for (name, field) in value.as_object().into_iter().flatten().filter(|(name, _)| is_other(name)) {
                    self.value(rule, field, &format!("{place}.{name}"));
                }
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(rule, item, &format!("{place}[{number}]"));
                }
            }
            "minimum" => return value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|least| number >= least)),
            "maximum" => return value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|most| number <= most)),
            "minLength" => return length.is_none_or(|length| Some(length) >= limit),
            "maxLength" => return length.is_none_or(|length| Some(length) <= limit),
            "maxItems" => return value.as_array().is_none_or(|items| Some(items.len()) <= limit),
            "pattern" => return value.as_str().is_none_or(|text| matches(rule, text)),
            "format" => return has_format(rule, value),
            remark if REMARKS.contains(&remark) => {}
            unknown => self.fault(place, &format!("this test does not know the keyword {unknown}")),
        }
        true
    }

    /// Whether a value fits one choice alone. Where it fits none, what is wrong by the nearest one is noted.
    fn fits_one(&mut self, choices: &[Value], value: &Value, place: &str) -> bool {
        let mut each: Vec<_> = choices.iter().map(|choice| faults(self.document, choice, value, place)).collect();
        each.sort_by_key(Vec::len);
        let fitting = each.iter().filter(|faults| faults.is_empty()).count();
        if fitting == 0 {
            self.faults.extend(each.swap_remove(0));
        }
        fitting <= 1
    }

    /// Names of the fields that an object may have; `None` where it may have any, or where the choices of a `oneOf`
    /// say so themselves.
    fn names(&self, schema: &'a Value) -> Option<BTreeSet<&'a str>> {
        if let Some(reference) = schema.get("$ref") {
            let is_open = OPEN.iter().any(|open| reference == open);
            return if is_open { None } else { self.names(self.referenced(reference)) };
        }
        if let Some(parts) = schema.get("allOf") {
            let parts: Option<Vec<_>> = list(parts).iter().map(|part| self.names(part)).collect();
            return parts.map(|parts| parts.into_iter().flatten().collect());
        }
        let properties = schema.get("properties")?.as_object()?;
        schema.get("additionalProperties").is_none().then(|| properties.keys().map(String::as_str).collect())
    }

    fn referenced(&self, reference: &Value) -> &'a Value {
        let pointer = reference.as_str().unwrap().trim_start_matches('#');
        self.document.pointer(pointer).unwrap()
    }

    fn fault(&mut self, place: &str, what: &str) {
        self.faults.push(format!("{place}: {what}"));
    }
}

/// Elements of a keyword's list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_complete(required: &[Value], fields: &Map<String, Value>) -> bool {
    required.iter().filter_map(Value::as_str).all(|name| fields.contains_key(name))
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match rule {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}

fn matches(pattern: &Value, text: &str) -> bool {
    Regex::new(pattern.as_str().unwrap()).unwrap().is_match(text)
}

fn has_format(rule: &Value, value: &Value) -> bool {
    match rule.as_str().unwrap() {
        "date-time" => value.as_str().is_none_or(|text| text.parse::<Timestamp>().is_ok()),
        "int32" => value.as_i64().is_none_or(|number| i32::try_from(number).is_ok()),
        "int64" | "float" | "double" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(schema: &Value, right: &[Value], wrong: &[Value]) {
        let document = json!({"components": {"A": {"type": "object", "properties": {"a": {"type": "integer"}}}}});
        let found = |value: &Value| faults(&document, schema, value, "");
        for value in right {
            assert_eq!(found(value), [""; 0], "{value}");
        }
        for value in wrong {
            assert_ne!(found(value), [""; 0], "{value}");
        }
    }

    #[test]
    fn every_keyword_can_fail() {
        check(&json!({"type": "integer"}), &[json!(1)], &[json!(1.5), json!("1"), Value::Null]);
        check(&json!({"type": ["string", "null"]}), &[json!("a"), Value::Null], &[json!(1)]);
        check(&json!({"enum": ["a", "b"]}), &[json!("a")], &[json!("c")]);
        check(&json!({"type": "object", "required": ["a"]}), &[json!({"a": 1})], &[json!({"b": 1})]);
        check(&json!({"$ref": "#/components/A"}), &[json!({"a": 1}), json!({})], &[json!({"a": ""}), json!({"b": 1})]);
        let both = json!({"allOf": [{"$ref": "#/components/A"}, {"type": "object", "properties": {"b": {}}}]});
        check(&both, &[json!({"a": 1, "b": 2})], &[json!({"c": 1}), json!({"a": ""})]);
        let one = json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/A"}]});
        check(&one, &[Value::Null, json!({"a": 1})], &[json!(1), json!({"b": 1})]);
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        check(&map, &[json!({"x": "y"})], &[json!({"x": 1})]);
        check(&json!({"items": {"type": "string"}, "maxItems": 1}), &[json!(["a"])], &[json!([1]), json!(["a", "b"])]);
        check(&json!({"minimum": 1, "maximum": 2.5}), &[json!(1), json!(2)], &[json!(0), json!(3)]);
        check(&json!({"minLength": 1, "maxLength": 2}), &[json!("é"), json!("ab")], &[json!(""), json!("abc")]);
        check(&json!({"pattern": "^[0-9]+$"}), &[json!("12")], &[json!("1a")]);
        check(&json!({"format": "date-time"}), &[json!("2026-01-31T12:00:00Z")], &[json!("2026-01-31")]);
        check(&json!({"format": "int32"}), &[json!(1)], &[json!(3_000_000_000_u64)]);
        check(&json!({"multipleOf": 2}), &[], &[json!(2)]);
    }
}

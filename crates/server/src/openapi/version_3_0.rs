//! The document in OpenAPI 3.0, for tools that read no 3.1.

use serde_json::{Map, Value, json};

/// Keywords of a schema that 3.0 does not have and that say nothing a client needs.
const UNKNOWN: [&str; 1] = ["propertyNames"];

/// Converts a document of version 3.1. A value that may be null is `nullable`; the first of several examples stays; a
/// reference stands alone.
pub(super) fn converted(mut document: Value) -> Value {
    document["openapi"] = json!("3.0.3");
    if let Some(license) = document.pointer_mut("/info/license").and_then(Value::as_object_mut) {
        license.remove("identifier");
    }
    for pointer in ["/components/schemas", "/components/responses", "/paths"] {
        if let Some(part) = document.pointer_mut(pointer) {
            convert_below(part);
        }
    }
    document
}

/// Converts every schema at or below a value, the innermost first. Examples are data, not schemas.
fn convert_below(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(convert_below),
        Value::Object(object) => {
            for (key, inner) in object.iter_mut() {
                match (key.as_str(), inner) {
                    ("example" | "examples" | "default" | "enum", _) => {}
                    // Names in it are of fields, not of keywords.
                    ("properties", Value::Object(fields)) => fields.values_mut().for_each(convert_below),
                    (_, inner) => convert_below(inner),
                }
            }
            convert(object);
        }
        _ => {}
    }
}

fn convert(object: &mut Map<String, Value>) {
    if let Some(reference) = object.get("$ref").cloned() {
        *object = Map::from_iter([("$ref".to_owned(), reference)]);
        return;
    }
    UNKNOWN.iter().for_each(|keyword| drop(object.remove(*keyword)));
    if let Some(Value::Array(types)) = object.get("type") {
        let others: Vec<Value> = types.iter().filter(|name| *name != "null").cloned().collect();
        let may_be_null = others.len() < types.len();
        if let [one] = others.as_slice() {
            object.insert("type".to_owned(), one.clone());
        }
        if may_be_null {
            object.insert("nullable".to_owned(), json!(true));
        }
    }
    if let Some(Value::Array(choices)) = object.get("oneOf") {
        let others: Vec<Value> = choices.iter().filter(|choice| choice["type"] != "null").cloned().collect();
        if others.len() < choices.len() {
            let keyword = if others.len() == 1 { "allOf" } else { "oneOf" };
            object.remove("oneOf");
            object.insert(keyword.to_owned(), Value::Array(others));
            object.insert("nullable".to_owned(), json!(true));
        }
    }
    // Beside a schema, examples are a list; at a parameter or of a body they are named, which 3.0 knows too.
    if let Some(Value::Array(examples)) = object.get("examples") {
        let first = examples.first().cloned();
        object.remove("examples");
        object.extend(first.map(|first| ("example".to_owned(), first)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schema: &Value, expected: &Value) {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {"It": schema}}});
        assert_eq!(&converted(document)["components"]["schemas"]["It"], expected);
    }

    #[test]
    fn what_may_be_null_is_nullable() {
        check(
            &json!({"type": ["string", "null"], "example": null}),
            &json!({"type": "string", "nullable": true, "example": null}),
        );
        check(
            &json!({"oneOf": [{"type": "null"}, {"$ref": "#/a", "description": "b"}], "description": "c"}),
            &json!({"allOf": [{"$ref": "#/a"}], "nullable": true, "description": "c"}),
        );
        check(
            &json!({"oneOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]}),
            &json!({"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
        );
        check(
            &json!({"oneOf": [{"type": "string"}, {"$ref": "#/a"}]}),
            &json!({"oneOf": [{"type": "string"}, {"$ref": "#/a"}]}),
        );
    }

    #[test]
    fn fields_may_be_called_as_keywords_are() {
        check(
            &json!({"properties": {"examples": {"type": ["array", "null"], "items": {"type": "string"}, "examples": [["a"], ["b"]]}}}),
            &json!({"properties": {"examples": {"type": "array", "nullable": true, "items": {"type": "string"}, "example": ["a"]}}}),
        );
    }

    #[test]
    fn nothing_of_3_1_is_left() {
        let document: Value = serde_json::from_str(crate::openapi_3_0_json()).unwrap();
        assert_eq!(document["openapi"], "3.0.3");
        let text = document.to_string();
        for keyword in ["\"null\"", "\"propertyNames\"", "\"identifier\"", "\"const\"", "\"prefixItems\"", "\"type\":["]
        {
            assert!(!text.contains(keyword), "{keyword}");
        }
    }
}

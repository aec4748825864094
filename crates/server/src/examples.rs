//! An example for every answer, composed from the examples of its fields: so it always has the shape of its schema.

use serde_json::{Map, Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Components, SchemaType, Type};
use utoipa::openapi::{Content, RefOr, Schema};

/// Schemas inside each other at most; ours nest less.
const MAX_DEPTH: usize = 20;

/// Gives the successful answer and the body of an operation their examples.
pub(crate) fn add(operation: &mut Operation, components: &Components) {
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") {
        response.content.values_mut().for_each(|content| complete(content, components));
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.values_mut().for_each(|content| complete(content, components));
    }
}

fn complete(content: &mut RefOr<Content>, components: &Components) {
    if let RefOr::T(content) = content
        && let (None, Some(schema)) = (&content.example, &content.schema)
    {
        content.example = Some(example(schema, components, MAX_DEPTH));
    }
}

fn example(schema: &RefOr<Schema>, components: &Components, depth: usize) -> Value {
    let Some(deeper) = depth.checked_sub(1) else { return Value::Null };
    match schema {
        RefOr::Ref(reference) => {
            let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
            components.schemas.get(name).map_or(Value::Null, |schema| example(schema, components, deeper))
        }
        RefOr::T(Schema::Object(object)) => {
            if let Some(given) = object.example.as_ref().or(object.examples.first()) {
                return given.clone();
            }
            let mut composed: Map<String, Value> = object
                .properties
                .iter()
                .filter(|(name, _)| object.required.contains(name))
                .map(|(name, property)| (name.clone(), example(property, components, deeper)))
                .collect();
            if let Some(AdditionalProperties::RefOr(value)) = object.additional_properties.as_deref() {
                composed.insert("theme".to_owned(), example(value, components, deeper));
            }
            if composed.is_empty() && object.schema_type != SchemaType::new(Type::Object) {
                return Value::Null;
            }
            Value::Object(composed)
        }
        RefOr::T(Schema::Array(array)) => {
            if let Some(given) = array.example.as_ref().or(array.examples.first()) {
                return given.clone();
            }
            match &array.items {
                ArrayItems::RefOrSchema(item) => match example(item, components, deeper) {
                    Value::Null => json!([]),
                    item => json!([item]),
                },
                ArrayItems::False => json!([]),
            }
        }
        // A value that can be null is shown as what it is otherwise.
        RefOr::T(Schema::OneOf(one)) => {
            if let Some(given) = one.example.as_ref().or(one.examples.first()) {
                return given.clone();
            }
            let items = one.items.iter().map(|item| example(item, components, deeper));
            items.into_iter().find(|item| !item.is_null()).unwrap_or_default()
        }
        RefOr::T(Schema::AllOf(all)) => all.examples.first().cloned().unwrap_or_default(),
        RefOr::T(_) => Value::Null,
    }
}

//! Choices of parameters as schemas of their own, so that a generated client has one type for each, under one name.

use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AllOfBuilder, Components, Object, Schema};
use utoipa::openapi::{Ref, RefOr};

/// What generators call the values: they would make up names for those that begin with a sign.
const NAMES: &str = "x-enum-varnames";

/// Moves each choice among the parameters of an operation to the components, under its title.
pub(super) fn name_in_operation(operation: &mut Operation, components: &mut Components) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = &mut parameter.schema
        {
            name(schema, components);
        }
    }
}

/// Moves each choice among the fields of a schema to the components, under its title.
pub(super) fn name_in_schemas(components: &mut Components) {
    let mut schemas = std::mem::take(&mut components.schemas);
    for schema in schemas.values_mut() {
        if let RefOr::T(Schema::Object(object)) = schema {
            object.properties.values_mut().for_each(|field| name(field, components));
        }
    }
    components.schemas.append(&mut schemas);
}

/// Puts a reference in the place of a choice. Its default, description and example differ from place to place and stay. A
/// choice of other values under a name that is taken stays where it is.
fn name(schema: &mut RefOr<Schema>, components: &mut Components) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    let (Some(title), Some(values)) = (&object.title, &object.enum_values) else { return };
    let names: Vec<String> = values.iter().filter_map(|value| value.as_str()).map(constant).collect();
    let mut choice = Object::with_type(object.schema_type.clone());
    choice.enum_values = Some(values.clone());
    choice.extensions = Some(Extensions::from_iter([(NAMES, names)]));
    let choice = RefOr::from(choice);
    if components.schemas.entry(title.clone()).or_insert_with(|| choice.clone()) != &choice {
        return;
    }
    let place = AllOfBuilder::new()
        .item(Ref::from_schema_name(title))
        .description(object.description.take())
        .default(object.default.take())
        .examples(std::mem::take(&mut object.examples));
    *schema = place.into();
}

/// A word as the name of a constant; a sort that begins with `-` goes down.
fn constant(word: &str) -> String {
    match word.strip_prefix('-') {
        Some(word) => format!("{}_DESCENDING", word.to_uppercase()),
        None => word.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_name_of_a_constant() {
        assert_eq!(["most", "-date"].map(constant), ["MOST", "DATE_DESCENDING"]);
    }
}

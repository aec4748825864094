//! What clients may rely on: `x-stability` on every operation, parameter, schema and field.

use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::Components;
use utoipa::openapi::{RefOr, Schema};

/// What the document says of it, at its beginning.
pub(super) const PROMISE: &str = "**Stability.** `x-stability` stands on each operation, parameter, schema and field; a field that refers to a schema is as stable as that. What is `stable` keeps its name, type and meaning for as long as addresses begin with `/v1/`; new fields, parameters, facets, values of a `code` and kinds of a `kind` may come, so ignore what you do not know. What is `experimental` may change with any release, and the changelog says so. A concept that gets a new id keeps the old one: GET and HEAD lead with 308 to the same address with the new id, and POST takes either.";

const KEY: &str = "x-stability";

/// Schemas that follow how hits are ranked, and fields and parameters by which they are asked for.
const EXPERIMENTAL_SCHEMAS: [&str; 3] = ["ScoreExplanation", "ScorePart", "WordPart"];
const EXPERIMENTAL_FIELDS: [&str; 2] = ["explain", "explanation"];

fn promise(is_experimental: bool) -> Extensions {
    Extensions::from_iter([(KEY, if is_experimental { "experimental" } else { "stable" })])
}

fn is_experimental(field: &str) -> bool {
    EXPERIMENTAL_FIELDS.contains(&field)
}

/// Marks an operation and its parameters.
pub(super) fn mark_operation(operation: &mut Operation) {
    operation.extensions.get_or_insert_default().merge(promise(false));
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter {
            parameter.extensions.get_or_insert_default().merge(promise(is_experimental(&parameter.name)));
        }
    }
}

/// Marks every schema and each of its fields.
pub(super) fn mark_schemas(components: &mut Components) {
    for (name, schema) in &mut components.schemas {
        mark(schema, EXPERIMENTAL_SCHEMAS.contains(&name.as_str()));
    }
}

fn mark(schema: &mut RefOr<Schema>, experimental: bool) {
    let RefOr::T(schema) = schema else { return };
    let extensions = match schema {
        Schema::Array(array) => &mut array.extensions,
        Schema::OneOf(one) => &mut one.extensions,
        Schema::AnyOf(any) => &mut any.extensions,
        Schema::AllOf(all) => {
            all.items.iter_mut().for_each(|item| mark(item, experimental));
            &mut all.extensions
        }
        Schema::Object(object) => {
            for (name, field) in &mut object.properties {
                mark(field, experimental || is_experimental(name));
            }
            &mut object.extensions
        }
        _ => return,
    };
    extensions.get_or_insert_default().merge(promise(experimental));
}

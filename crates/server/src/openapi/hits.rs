//! Hits of a search as schemas of their own. `fields` may leave out any key but the ids, so no other is required.

use utoipa::openapi::schema::{AllOf, ArrayItems, Components, Object, Schema};
use utoipa::openapi::{Ref, RefOr};

use crate::responses::{DocumentHit, Hit, PassageHit};

/// Names the hits in the answers of searches, so that a generated client has a type for each.
pub(super) fn name(components: &mut Components) {
    name_one::<DocumentHit>("DocumentHit", components);
    name_one::<PassageHit>("PassageHit", components);
}

fn name_one<H: Hit>(name: &str, components: &mut Components) {
    let answer = components.schemas.get_mut(&format!("SearchResponse_{name}"));
    let Some(RefOr::T(Schema::Object(answer))) = answer else { return };
    let Some(RefOr::T(Schema::Array(hits))) = answer.properties.get_mut("hits") else { return };
    let ArrayItems::RefOrSchema(item) = &mut hits.items else { return };
    let whole = std::mem::replace(item.as_mut(), Ref::from_schema_name(name).into());
    if let RefOr::T(Schema::AllOf(parts)) = whole {
        let hit = flattened(parts, H::IDS, components);
        components.schemas.insert(name.to_owned(), RefOr::T(hit.into()));
    }
}

/// One object with the fields of all parts.
fn flattened(parts: AllOf, required: &[&str], components: &Components) -> Object {
    let mut object = Object::new();
    let about = parts.description.unwrap_or_default();
    object.description = Some(format!("{about} The ids are always there; `fields` may leave out any other key."));
    for part in parts.items {
        let part = match part {
            RefOr::Ref(reference) => {
                let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
                components.schemas.get(name).cloned()
            }
            whole @ RefOr::T(_) => Some(whole),
        };
        if let Some(RefOr::T(Schema::Object(part))) = part {
            object.properties.extend(part.properties);
        }
    }
    object.required = required.iter().map(ToString::to_string).collect();
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys<H: Hit>(name: &str) -> Vec<String> {
        let document = crate::openapi::openapi();
        let schemas = document.components.unwrap().schemas;
        let Some(RefOr::T(Schema::Object(hit))) = schemas.get(name) else { panic!("{name} is not an object") };
        assert_eq!(hit.required, H::IDS, "{name}");
        hit.properties.keys().cloned().collect()
    }

    #[test]
    fn every_key_of_a_hit_can_be_asked_for() {
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            keys.sort_unstable();
            keys
        };
        for (found, known) in [
            (keys::<DocumentHit>("DocumentHit"), DocumentHit::KEYS),
            (keys::<PassageHit>("PassageHit"), PassageHit::KEYS),
        ] {
            assert_eq!(sorted(&found.iter().map(String::as_str).collect::<Vec<_>>()), sorted(known));
        }
    }
}

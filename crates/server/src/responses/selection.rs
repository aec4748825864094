//! [`Selection`]: hits with those of their keys that were asked for.

use serde::ser::{Error as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Hit;

/// Hits, whole or cut to some of their keys (`fields`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Selection<H> {
    pub(crate) hits: Vec<H>,
    /// The keys that are kept beside [`Hit::IDS`]; `None` for all of them.
    pub(crate) fields: Option<Vec<String>>,
}

impl<H: Hit + Serialize> Serialize for Selection<H> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(fields) = &self.fields else { return self.hits.serialize(serializer) };
        let is_kept = |key: &str| H::IDS.contains(&key) || fields.iter().any(|field| field == key);
        let mut hits = serializer.serialize_seq(Some(self.hits.len()))?;
        for hit in &self.hits {
            let mut hit = serde_json::to_value(hit).map_err(S::Error::custom)?;
            if let Value::Object(hit) = &mut hit {
                hit.retain(|key, _| is_kept(key));
            }
            hits.serialize_element(&hit)?;
        }
        hits.end()
    }
}

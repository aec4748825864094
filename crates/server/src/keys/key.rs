//! [`Key`]: what is kept of a key.

use jiff::Timestamp;
use rcp_corpus::model::DocumentId;
use serde::{Deserialize, Serialize};

use super::KeysError;
use super::text::{KeyHash, KeyText, is_id};

/// Longest name, in characters.
const MAX_NAME: usize = 200;
/// The collection that needs no key.
const PUBLIC: &str = "public";

/// What is kept of a key: everything but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Its id, as in its text; in logs too.
    pub id: String,
    /// Whose it is, in words of the operator.
    pub name: String,
    /// The restricted collections that it grants; an index need not have them.
    pub collections: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was revoked. Its entry stays, so that a log can still be understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    // Last, since no entry is read without it: where a file ends in the middle of an entry, as while it is copied, no
    // key appears without its revocation.
    sha256: KeyHash,
}

impl Key {
    /// The entry of a new key.
    pub(super) fn new(
        text: &KeyText,
        name: &str,
        collections: &[String],
        created: Timestamp,
    ) -> Result<Key, KeysError> {
        let mut collections = collections.to_vec();
        collections.sort();
        collections.dedup();
        let name = name.trim().to_owned();
        let key =
            Key { id: text.id().to_owned(), name, collections, created, revoked: None, sha256: KeyHash::of(text) };
        key.check().map(|()| key)
    }

    /// Whether this is its text.
    pub(super) fn is(&self, text: &KeyText) -> bool {
        self.id == text.id() && self.sha256.is_of(text)
    }

    /// Whether the entry can be one, whoever wrote it.
    pub(super) fn check(&self) -> Result<(), KeysError> {
        let is_line = !self.name.is_empty() && !self.name.chars().any(char::is_control);
        if !is_line || self.name.chars().count() > MAX_NAME {
            return Err(KeysError::Name);
        }
        let is_restricted = |name: &String| name != PUBLIC && DocumentId::new(name).is_ok();
        match self.collections.iter().find(|name| !is_restricted(name)) {
            Some(name) => Err(KeysError::Collection { name: name.clone() }),
            None => Ok(()),
        }
    }

    /// Whether its id can be one.
    pub(super) fn has_id(&self) -> bool {
        is_id(&self.id)
    }
}

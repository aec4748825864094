//! Ids of documents and passages: short, readable, safe in a URL path without escaping.

use serde::{Deserialize, Serialize};

/// Longest id accepted, in bytes.
const MAX_LENGTH: usize = 120;

/// Id of a document: lower-case ASCII letters, digits and single hyphens, `gcim-iom-workshop-2005`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId(String);

/// Id of a passage within its document: `p21`, `s3-p1`, `n37`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PassageId(String);

/// An id that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id:?} is not a valid id: use 1 to {MAX_LENGTH} lower-case letters, digits and single hyphens between them")]
pub struct IdError {
    /// The text that was offered, cut to a printable length.
    pub id: String,
}

impl DocumentId {
    /// Checks an id.
    ///
    /// # Errors
    /// When it is empty, too long, or has other characters than lower-case ASCII letters, digits and single
    /// hyphens between them.
    pub fn new(id: &str) -> Result<DocumentId, IdError> {
        check(id)?;
        Ok(DocumentId(id.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PassageId {
    /// Checks an id.
    ///
    /// # Errors
    /// As [`DocumentId::new`].
    pub fn new(id: &str) -> Result<PassageId, IdError> {
        check(id)?;
        Ok(PassageId(id.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(id: &str) -> Result<(), IdError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let well_formed = !id.is_empty()
        && id.len() <= MAX_LENGTH
        && id.chars().all(allowed)
        && !id.starts_with('-')
        && !id.ends_with('-')
        && !id.contains("--");
    if well_formed { Ok(()) } else { Err(IdError { id: id.chars().take(MAX_LENGTH).collect() }) }
}

macro_rules! text_id {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(id: String) -> Result<$name, IdError> {
                check(&id)?;
                Ok($name(id))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(DocumentId);
text_id!(PassageId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_a_url_path() {
        for good in ["a", "p21", "s3-p1", "gcim-iom-workshop-2005"] {
            assert_eq!(DocumentId::new(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "-a", "a-", "a--b", "A", "é", "a b", "a/b", "..", &"x".repeat(MAX_LENGTH + 1)] {
            assert!(DocumentId::new(bad).is_err(), "{bad:?} should be refused");
        }
    }

    #[test]
    fn a_stored_id_is_checked_again_when_read() {
        assert!(serde_json::from_str::<PassageId>("\"p21\"").is_ok());
        assert!(serde_json::from_str::<PassageId>("\"../p21\"").is_err());
    }
}

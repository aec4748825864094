//! [`Scope`]: the collections that a request may see.

/// Name of the collection that everyone may see.
pub const PUBLIC: &str = "public";

/// The collections that a request may see, sorted and without repetition.
///
/// Every statistic of an answer (document frequencies, mean lengths, counts, vocabulary) is summed over exactly
/// these collections, so a collection outside the scope cannot influence an answer, not even a score.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    collections: Vec<String>,
}

impl Scope {
    /// What a request without a key may see: the public collection.
    #[must_use]
    pub fn public() -> Scope {
        Scope { collections: vec![PUBLIC.to_owned()] }
    }

    /// The public collection and the named restricted ones.
    pub fn with(restricted: impl IntoIterator<Item = String>) -> Scope {
        let mut collections: Vec<String> = restricted.into_iter().chain([PUBLIC.to_owned()]).collect();
        collections.sort();
        collections.dedup();
        Scope { collections }
    }

    /// Names of the collections, sorted.
    #[must_use]
    pub fn collections(&self) -> &[String] {
        &self.collections
    }
}

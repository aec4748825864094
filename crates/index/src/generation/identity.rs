//! [`Identity`]: content and settings of a generation, hashed; what `index_version` is made of.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::State;
use rcp_corpus::settings::Fingerprints;
use serde::{Deserialize, Serialize};

use super::digest::TextDigest;
use super::stamp::DocumentStamps;
use crate::backend::Unsearchable;
use crate::scope::Scope;

/// Fingerprints of the settings that a generation was built with. The query fingerprint is not among them: those
/// settings act while searching, and a change of them builds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuiltWith {
    /// Files to passages.
    pub extraction: String,
    /// Passages to labels.
    pub annotation: String,
    /// Text to tokens.
    pub analysis: String,
}

impl From<&Fingerprints> for BuiltWith {
    fn from(fingerprints: &Fingerprints) -> BuiltWith {
        let Fingerprints { extraction, annotation, analysis, query: _ } = fingerprints.clone();
        BuiltWith { extraction, annotation, analysis }
    }
}

/// What a generation says, as hashes: the settings, and the content of each collection. The files of the index play
/// no part, so two builds of one corpus have one identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Settings.
    pub built_with: BuiltWith,
    /// Digest of each collection's content, by name. A collection without content is left out.
    pub collections: BTreeMap<String, String>,
}

impl Identity {
    /// The identity that a generation of these documents and unsearchable files, by collection, would have. Where it
    /// equals [`super::Manifest::identity`], there is nothing new to publish.
    #[must_use]
    pub fn of(
        fingerprints: &Fingerprints,
        documents: &BTreeMap<String, DocumentStamps>,
        unsearchable: &BTreeMap<String, Vec<Unsearchable>>,
    ) -> Identity {
        let none = DocumentStamps::new();
        let names: BTreeSet<&String> = documents.keys().chain(unsearchable.keys()).collect();
        let contents = names.into_iter().map(|name| {
            let unsearchable = unsearchable.get(name).map(Vec::as_slice).unwrap_or_default();
            (name.as_str(), documents.get(name).unwrap_or(&none), unsearchable)
        });
        Identity::new(fingerprints.into(), contents)
    }

    /// From the name, documents and unsearchable files of each collection.
    pub(super) fn new<'a>(
        built_with: BuiltWith,
        contents: impl IntoIterator<Item = (&'a str, &'a DocumentStamps, &'a [Unsearchable])>,
    ) -> Identity {
        let collections = contents
            .into_iter()
            .filter(|(_, stamps, unsearchable)| !stamps.is_empty() || !unsearchable.is_empty())
            .map(|(name, stamps, unsearchable)| (name.to_owned(), content_digest(stamps, unsearchable)))
            .collect();
        Identity { built_with, collections }
    }

    /// Identifies content and settings in scope, as 16 hexadecimal digits: the hash of the settings, and of name and
    /// digest of each collection in scope. An absent collection and an empty one count the same, and nothing outside
    /// the scope has any influence.
    #[must_use]
    pub fn version(&self, scope: &Scope) -> String {
        let BuiltWith { extraction, annotation, analysis } = &self.built_with;
        let mut digest = TextDigest::default();
        digest.text(extraction).text(annotation).text(analysis);
        for name in scope.collections() {
            if let Some(content) = self.collections.get(name) {
                digest.text(name).text(content);
            }
        }
        digest.hex()
    }
}

/// Hash over (id, source hash, metadata digest) in order of the ids, and over the files that cannot be searched: they
/// are part of every answer's coverage, so an answer may change with them.
fn content_digest(stamps: &DocumentStamps, unsearchable: &[Unsearchable]) -> String {
    let mut digest = TextDigest::default();
    digest.text(&stamps.len().to_string());
    for (id, stamp) in stamps {
        digest.text(id.as_str()).text(&stamp.source).text(&stamp.metadata);
    }
    let mut files: Vec<&Unsearchable> = unsearchable.iter().collect();
    files.sort_by(|a, b| a.file.cmp(&b.file));
    for Unsearchable { file, state } in files {
        let (kind, why) = match state {
            State::Searchable => ("searchable", ""),
            State::NoText => ("no-text", ""),
            State::Failed { why } => ("failed", why.as_str()),
        };
        digest.text(file).text(kind).text(why);
    }
    digest.hex()
}

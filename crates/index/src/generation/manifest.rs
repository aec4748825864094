//! [`Manifest`]: what a generation holds, file by file and document by document.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rcp_corpus::model::DocumentId;
use serde::{Deserialize, Serialize};

use super::CollectionStatistics;
use super::error::Damage;
use super::files::FileStamp;
use super::identity::Identity;
use super::stamp::{DocumentStamp, DocumentStamps};
use crate::backend::Unsearchable;
use crate::scope::{PUBLIC, Scope};

/// Version of everything below a generation's folder: this file, the layout, and what the engine writes. It is raised
/// whenever a generation written before could not be read, or would answer otherwise.
pub const FORMAT: u32 = 2;

/// Earlier generations that a manifest remembers, so that a client's version of the index is recognised.
const MAX_HISTORY: usize = 1_000;

/// Longest name of a collection, in bytes.
const MAX_NAME: usize = 64;

/// What a generation holds. Written as JSON, equal manifests as equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// Number of the generation. Numbers never go back.
    pub generation: u64,
    /// When it was published, which is when it replaced the one before.
    pub created: Timestamp,
    /// Content and settings as hashes.
    pub identity: Identity,
    /// Names of all facets, in the order of the settings.
    pub facets: Vec<String>,
    /// The collections, by name; also those that hold nothing but files that cannot be searched, or withdrawn ids.
    pub collections: BTreeMap<String, CollectionManifest>,
    /// The generations before, oldest first, as far as they are remembered.
    pub history: Vec<Predecessor>,
}

/// What a collection holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionManifest {
    /// Sizes, as scoring needs them.
    pub statistics: CollectionStatistics,
    /// The documents.
    pub documents: DocumentStamps,
    /// Files that cannot be searched, in order of their names.
    pub unsearchable: Vec<Unsearchable>,
    /// Documents that earlier generations had in this collection and this one does not.
    pub withdrawn: BTreeMap<DocumentId, Withdrawal>,
    /// The files of the index, by path relative to the collection's folder, `/` between the parts. None where there
    /// are no documents.
    pub files: BTreeMap<String, FileStamp>,
}

/// When a document left its collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The first generation without it.
    pub generation: u64,
    /// When that was published.
    pub at: Timestamp,
}

/// A generation that was published before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// Its number.
    pub generation: u64,
    /// Its content and settings.
    pub identity: Identity,
}

impl Manifest {
    /// Identifies content and settings in scope. See [`Identity::version`].
    #[must_use]
    pub fn version(&self, scope: &Scope) -> String {
        self.identity.version(scope)
    }

    /// The stamp of a document, if this collection has it.
    #[must_use]
    pub fn stamp(&self, collection: &str, id: &DocumentId) -> Option<&DocumentStamp> {
        self.collections.get(collection)?.documents.get(id)
    }

    /// Whether `older` shows a document to someone who cannot see it here: it was withdrawn, or moved to a collection
    /// that not everyone who saw it may see. Then nothing may answer from `older` any more. A move to the public
    /// collection takes nothing from anyone.
    #[must_use]
    pub fn restricts(&self, older: &Manifest) -> bool {
        let holds = |collection: &str, id: &DocumentId| self.stamp(collection, id).is_some();
        older
            .collections
            .iter()
            .any(|(name, collection)| collection.documents.keys().any(|id| !holds(name, id) && !holds(PUBLIC, id)))
    }

    /// Documents that left the scope since the index had this version, sorted; `None` for a version that it never
    /// had, or had too long ago.
    #[must_use]
    pub fn withdrawn_since(&self, scope: &Scope, version: &str) -> Option<Vec<&DocumentId>> {
        let since = self.generation_of(scope, version)?;
        let in_scope = || scope.collections().iter().filter_map(|name| self.collections.get(name));
        let mut withdrawn: Vec<&DocumentId> = in_scope()
            .flat_map(|collection| &collection.withdrawn)
            .filter(|(_, withdrawal)| withdrawal.generation > since)
            .map(|(id, _)| id)
            .filter(|id| !in_scope().any(|collection| collection.documents.contains_key(*id)))
            .collect();
        withdrawn.sort();
        withdrawn.dedup();
        Some(withdrawn)
    }

    /// The latest generation that had this version.
    fn generation_of(&self, scope: &Scope, version: &str) -> Option<u64> {
        if self.version(scope) == version {
            return Some(self.generation);
        }
        let before = self.history.iter().rev().find(|before| before.identity.version(scope) == version);
        before.map(|before| before.generation)
    }

    /// The history that the next generation remembers.
    pub(super) fn next_history(&self) -> Vec<Predecessor> {
        let surplus = (self.history.len() + 1).saturating_sub(MAX_HISTORY);
        let this = Predecessor { generation: self.generation, identity: self.identity.clone() };
        self.history.iter().skip(surplus).cloned().chain([this]).collect()
    }

    /// The bytes to write.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads the bytes of a manifest whose format is [`FORMAT`] ([`format_of`]).
    pub(super) fn from_text(text: &str) -> Result<Manifest, Damage> {
        let manifest: Manifest =
            serde_json::from_str(text).map_err(|error| Damage::Malformed(format!("it is not a manifest: {error}")))?;
        let names = manifest.collections.keys();
        if let Some(name) = names.into_iter().find(|name| !is_collection_name(name)) {
            return Err(Damage::Malformed(format!("{name:?} is not the name of a collection")));
        }
        let mut paths = manifest.collections.values().flat_map(|collection| collection.files.keys());
        match paths.find(|path| path.split('/').any(|part| matches!(part, "" | "." | ".."))) {
            Some(path) => Err(Damage::Malformed(format!("{path:?} is not the path of a file"))),
            None => Ok(manifest),
        }
    }
}

impl CollectionManifest {
    /// The withdrawn ids of the next generation's collection: those of this one, and the documents that left, without
    /// those that came back.
    pub(super) fn next_withdrawn(
        &self,
        documents: &DocumentStamps,
        now: Withdrawal,
    ) -> BTreeMap<DocumentId, Withdrawal> {
        let left = self.documents.keys().map(|id| (id, now));
        let before = self.withdrawn.iter().map(|(id, withdrawal)| (id, *withdrawal));
        let gone = left.chain(before).filter(|(id, _)| !documents.contains_key(*id));
        gone.map(|(id, withdrawal)| (id.clone(), withdrawal)).collect()
    }
}

/// The format of a manifest, whatever else it holds.
pub(super) fn format_of(text: &str) -> Result<u32, Damage> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let head: Result<Head, _> = serde_json::from_str(text);
    head.map(|head| head.format).map_err(|error| Damage::Malformed(format!("it is not a manifest: {error}")))
}

/// Whether a text can be the name of a collection, which is also the name of a folder: lower-case ASCII letters,
/// digits and single hyphens between them, 64 bytes at most.
pub(super) fn is_collection_name(name: &str) -> bool {
    name.len() <= MAX_NAME && DocumentId::new(name).is_ok()
}

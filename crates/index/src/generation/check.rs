//! [`check()`]: the whole state of a generation, for `rcp-search check`. Where a [`super::Reader`] stops at the first
//! damage, this goes on and lists all of it.

use super::engine::Collections;
use super::error::{Damage, GenerationError};
use super::manifest::{CollectionManifest, Manifest};
use super::store::Store;
use super::verify;

/// What was found in a generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// Number of the generation.
    pub generation: u64,
    /// Its files beside manifest and seal, which are sound where there is a report.
    pub files: Vec<CheckedFile>,
    /// Its collections, by name. Those with a damaged file are not opened.
    pub collections: Vec<CheckedCollection>,
}

/// A file of a generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// Path relative to the generation's folder.
    pub name: String,
    /// Its length as published, in bytes; `None` for a file that does not belong there.
    pub length: Option<u64>,
    /// What is wrong with it.
    pub damage: Option<Damage>,
}

/// A collection of a generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCollection {
    /// Its name.
    pub name: String,
    /// Documents, as the manifest lists them.
    pub documents: u64,
    /// Passages, as the manifest counts them.
    pub passages: u64,
    /// What is wrong with it beyond its files.
    pub problems: Vec<String>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.files.iter().all(|file| file.damage.is_none())
            && self.collections.iter().all(|collection| collection.problems.is_empty())
    }
}

/// Examines the published generation, or the one with this number.
///
/// # Errors
/// [`GenerationError::NoIndex`] and [`GenerationError::NoGeneration`]; damage of `CURRENT`, the seal or the manifest,
/// without which nothing tells what the other files should be; or a file that the system cannot read.
pub fn check(store: &Store, number: Option<u64>) -> Result<CheckReport, GenerationError> {
    let manifest = match number {
        None => current_manifest(store)?,
        Some(number) => {
            let kept = store.numbers()?;
            if !kept.contains(&number) {
                return Err(GenerationError::NoGeneration { folder: store.root().to_owned(), number, kept });
            }
            verify::sealed_manifest(store, number)?.1
        }
    };
    let mut files = Vec::new();
    verify::each_file(store, &manifest, |file, damage| {
        files.push(CheckedFile { name: file.name, length: file.length, damage });
        Ok(())
    })?;
    let collections = manifest.collections.iter().map(|(name, content)| {
        let prefix = format!("{name}/");
        let sound = files.iter().all(|file| file.damage.is_none() || !file.name.starts_with(&prefix));
        let problems = if sound { problems(store, &manifest, name, content) } else { Vec::new() };
        let documents = content.documents.len() as u64;
        CheckedCollection { name: name.clone(), documents, passages: content.statistics.passages, problems }
    });
    let collections = collections.collect();
    Ok(CheckReport { generation: manifest.generation, files, collections })
}

fn current_manifest(store: &Store) -> Result<Manifest, GenerationError> {
    let no_index = || GenerationError::NoIndex { folder: store.root().to_owned() };
    let pointer = store.current()?.ok_or_else(no_index)?;
    let manifest = verify::manifest(store, &pointer, "CURRENT")?;
    verify::seal(store, &pointer)?;
    Ok(manifest)
}

/// Compares the counts, and opens the collection.
fn problems(store: &Store, manifest: &Manifest, name: &str, content: &CollectionManifest) -> Vec<String> {
    let mut problems = Vec::new();
    let (listed, counted) = (content.documents.len() as u64, content.statistics.documents);
    if listed != counted {
        problems.push(format!("the manifest lists {listed} documents and counts {counted}"));
    }
    if listed > 0 {
        let folder = store.generation_path(manifest.generation).join(name);
        let mut collections = Collections::new();
        if let Err(error) = (store.engine().open)(&mut collections, name, &folder, &content.statistics) {
            problems.push(error.0);
        }
    }
    problems
}

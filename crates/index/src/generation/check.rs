//! [`check()`]: the whole state of a generation, for `rcp-search check`. Where a [`super::Reader`] stops at the first
//! damage, this goes on and lists all of it; and where a reader compares files alone, this walks through what they hold.

use std::any::Any;
use std::thread;

use super::error::{Damage, GenerationError};
use super::identity::Identity;
use super::manifest::{CollectionManifest, Manifest};
use super::store::Store;
use super::verify;
use super::walk::{Findings, Published, Walk};

/// Name of the threads in which engines walk. What panics there is a line of the report: a program may want to keep
/// the message from standing on its standard error as well.
pub const WALK_THREAD: &str = "walk";

/// What was found in a generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// Number of the generation.
    pub generation: u64,
    /// Its files beside manifest and seal, which are sound where there is a report.
    pub files: Vec<CheckedFile>,
    /// Its collections, by name.
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
    /// What a walk through it found; `None` where a file is damaged, so that there was none.
    pub findings: Option<Findings>,
}

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckProgress<'a> {
    /// Files are compared with the manifest.
    Files {
        /// Bytes read.
        done: u64,
        /// Bytes to read.
        total: u64,
    },
    /// A collection is walked through.
    Walk {
        /// Its name.
        collection: &'a str,
        /// Terms, words and records passed.
        done: u64,
        /// Those found to be there so far.
        total: u64,
    },
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let walks = self.collections.iter().map(|collection| &collection.findings);
        self.files.iter().all(|file| file.damage.is_none())
            && walks.into_iter().all(|findings| findings.as_ref().is_some_and(|found| found.problems.is_empty()))
    }
}

/// Examines the published generation, or the one with this number: first its files, then, where all files of a
/// collection are sound, everything in them. `show` is told how far it is.
///
/// # Errors
/// [`GenerationError::NoIndex`] and [`GenerationError::NoGeneration`]; damage of `CURRENT`, the seal or the manifest,
/// without which nothing tells what the other files should be; or a file that the system cannot read.
pub fn check(
    store: &Store,
    number: Option<u64>,
    mut show: impl FnMut(CheckProgress<'_>) + Send,
) -> Result<CheckReport, GenerationError> {
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
    let files = files(store, &manifest, &mut show)?;
    let collections = manifest.collections.iter().map(|(name, content)| {
        let prefix = format!("{name}/");
        let sound = files.iter().all(|file| file.damage.is_none() || !file.name.starts_with(&prefix));
        let findings = sound.then(|| walk(store, &manifest, name, content, &mut show));
        let documents = content.documents.len() as u64;
        CheckedCollection { name: name.clone(), documents, passages: content.statistics.passages, findings }
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

fn files(
    store: &Store,
    manifest: &Manifest,
    show: &mut impl FnMut(CheckProgress<'_>),
) -> Result<Vec<CheckedFile>, GenerationError> {
    let stamps = manifest.collections.values().flat_map(|collection| collection.files.values());
    let total = stamps.map(|stamp| stamp.length).sum();
    let (mut files, mut done) = (Vec::new(), 0);
    show(CheckProgress::Files { done, total });
    verify::each_file(store, manifest, |file, damage| {
        done += file.length.unwrap_or(0);
        show(CheckProgress::Files { done, total });
        files.push(CheckedFile { name: file.name, length: file.length, damage });
        Ok(())
    })?;
    Ok(files)
}

/// Walks through a collection whose files are sound.
fn walk(
    store: &Store,
    manifest: &Manifest,
    name: &str,
    content: &CollectionManifest,
    show: &mut (impl FnMut(CheckProgress<'_>) + Send),
) -> Findings {
    let mut show = |done, total| show(CheckProgress::Walk { collection: name, done, total });
    let mut walk = Walk::new(&mut show);
    for problem in contradictions(manifest, name, content) {
        walk.problem(problem);
    }
    let folder = store.generation_path(manifest.generation).join(name);
    let published = Published { folder: &folder, name, content, facets: &manifest.facets };
    let engine = store.engine();
    // Engines trust their files: on some that are as published and yet make no sense, they panic. On a thread of its
    // own a panic ends the walk alone, and what was found before it stands.
    let ended = thread::scope(|scope| {
        let thread = thread::Builder::new().name(WALK_THREAD.to_owned());
        thread.spawn_scoped(scope, || (engine.walk)(&published, &mut walk)).map(thread::ScopedJoinHandle::join)
    });
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(panic)) => walk.problem(format!("the engine gave up on it: {}", said(panic.as_ref()))),
        Err(error) => walk.problem(format!("it could not be walked through: {error}; run `rcp-search check` again")),
    }
    walk.into_findings()
}

/// Where the manifest contradicts itself about a collection.
fn contradictions(manifest: &Manifest, name: &str, content: &CollectionManifest) -> Vec<String> {
    let mut problems = Vec::new();
    let (listed, counted) = (content.documents.len() as u64, content.statistics.documents);
    if listed != counted {
        problems.push(format!("the manifest lists {listed} documents and counts {counted}"));
    }
    let contents = [(name, &content.documents, content.unsearchable.as_slice())];
    let identity = Identity::new(manifest.identity.built_with.clone(), contents);
    if identity.collections.get(name) != manifest.identity.collections.get(name) {
        problems.push("the manifest's digest of the collection is not that of the documents it lists".to_owned());
    }
    let others = manifest.collections.iter().take_while(|(other, _)| *other != name);
    for (other, before) in others {
        let twice = content.documents.keys().filter(|id| before.documents.contains_key(*id));
        problems.extend(twice.map(|id| format!("document {id} is in the collection {other:?} as well")));
    }
    problems
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it did not say why")
}

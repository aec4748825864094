//! [`Store`]: the folder that holds an index, and [`WriteLock`]: the right to write to it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::engine::{Engine, TANTIVY};
use super::error::{Damage, GenerationError};
use super::files;
use super::manifest::Manifest;
use super::pointer::{self, Pointer};
use super::verify;

/// An index folder, `data/index`, whether or not it exists yet. Cheap to clone; holds nothing open.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    engine: Engine,
}

/// The right to write to a [`Store`]. The system takes it back when the process ends, however it ends, so a file
/// left behind never blocks anyone.
#[derive(Debug)]
pub struct WriteLock {
    store: Store,
    // The lock lives as long as the file is open.
    _file: File,
}

impl Store {
    /// The index in a folder. Touches nothing.
    pub fn new(root: impl Into<PathBuf>) -> Store {
        Store { root: root.into(), engine: TANTIVY }
    }

    /// As [`Store::new`], with another engine.
    #[cfg(test)]
    pub(super) fn with_engine(root: impl Into<PathBuf>, engine: Engine) -> Store {
        Store { root: root.into(), engine }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Becomes the one writer, creating the folder if need be.
    ///
    /// # Errors
    /// [`GenerationError::Locked`] while another process writes; [`GenerationError::Io`] when the folder cannot be
    /// written to.
    pub fn lock(&self) -> Result<WriteLock, GenerationError> {
        fs::create_dir_all(&self.root).map_err(GenerationError::io(&self.root))?;
        let path = self.root.join(".lock");
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(GenerationError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { store: self.clone(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(GenerationError::Locked { folder: self.root.clone() }),
            Err(TryLockError::Error(source)) => Err(GenerationError::Io { path, source }),
        }
    }

    /// Manifest of the published generation, verified against `CURRENT`; `None` before the first publish. The other
    /// files of the generation are not looked at: see [`super::Reader`] and [`super::check()`] for that.
    ///
    /// # Errors
    /// When `CURRENT` or the manifest is damaged, or of another format.
    pub fn current_manifest(&self) -> Result<Option<Manifest>, GenerationError> {
        match self.current()? {
            Some(pointer) => verify::manifest(self, &pointer, "CURRENT").map(Some),
            None => Ok(None),
        }
    }

    /// What `CURRENT` says; `None` before the first publish.
    ///
    /// The first build writes `none` into `CURRENT` before anything else, so where generations stand beside no
    /// `CURRENT`, it was lost.
    pub(super) fn current(&self) -> Result<Option<Pointer>, GenerationError> {
        let path = self.current_path();
        match self.read_pointer(&path)? {
            Ok(pointer) => Ok(pointer),
            Err(Damage::Missing) if self.numbers()?.is_empty() => Ok(None),
            Err(damage) => Err(self.damaged(path, damage, u64::MAX)),
        }
    }

    /// Reads `CURRENT` or a seal.
    pub(super) fn read_pointer(&self, path: &Path) -> Result<Result<Option<Pointer>, Damage>, GenerationError> {
        let text = files::read_text(path, pointer::MAX_BYTES).map_err(GenerationError::io(path))?;
        Ok(text.and_then(|text| Pointer::parse(&text)))
    }

    /// Numbers of the generations on disk, published or not, rising.
    pub(super) fn numbers(&self) -> Result<Vec<u64>, GenerationError> {
        let folder = self.generations_path();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if files::is_absent(&error) => return Ok(Vec::new()),
            Err(source) => return Err(GenerationError::Io { path: folder, source }),
        };
        let mut numbers = Vec::new();
        for entry in entries {
            let entry = entry.map_err(GenerationError::io(&folder))?;
            numbers.extend(entry.file_name().to_str().and_then(pointer::parse_number));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The error for a damaged file of a generation. Names the newest generation before it, if the folder can be
    /// listed.
    pub(super) fn damaged(&self, file: PathBuf, damage: Damage, generation: u64) -> GenerationError {
        let numbers = self.numbers().unwrap_or_default();
        let older = numbers.into_iter().rfind(|&number| number < generation);
        GenerationError::Damaged { file, damage, older }
    }

    pub(super) fn engine(&self) -> Engine {
        self.engine
    }

    pub(super) fn current_path(&self) -> PathBuf {
        self.root.join("CURRENT")
    }

    /// Where a new `CURRENT` is written before it takes the place of the old one.
    pub(super) fn next_path(&self) -> PathBuf {
        self.root.join("CURRENT.new")
    }

    pub(super) fn generations_path(&self) -> PathBuf {
        self.root.join("generations")
    }

    pub(super) fn generation_path(&self, number: u64) -> PathBuf {
        self.generations_path().join(pointer::folder_name(number))
    }

    pub(super) fn manifest_path(&self, number: u64) -> PathBuf {
        self.generation_path(number).join(verify::MANIFEST)
    }

    pub(super) fn seal_path(&self, number: u64) -> PathBuf {
        self.generation_path(number).join(verify::SEAL)
    }
}

impl WriteLock {
    /// The index that may be written to.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

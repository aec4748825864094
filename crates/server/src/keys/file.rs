//! [`KeysFile`]: the file that keeps the keys, and what `rcp-search key` does with it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Key, KeyText, KeysError};

/// Longest file, in bytes: thousands of keys.
const MAX_FILE: u64 = 1024 * 1024;

/// What the file begins with.
const HEAD: &str = "\
# API keys of rcp-search, written by `rcp-search key`: of each key only its SHA-256 is kept. A running server follows
# this file. `rcp-search key` writes it anew and keeps no other comments.
";

/// The file of the keys. There need not be one: then there are no keys.
#[derive(Debug, Clone)]
pub struct KeysFile {
    path: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    key: Vec<Key>,
}

impl KeysFile {
    /// The file at a path. Touches nothing.
    pub fn new(path: impl Into<PathBuf>) -> KeysFile {
        KeysFile { path: path.into() }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All keys in the order in which they were made, revoked ones too.
    ///
    /// # Errors
    /// [`KeysError::Read`], or [`KeysError::Damaged`] if anything in it cannot be understood: what is damaged may have
    /// been a revocation.
    pub fn read(&self) -> Result<Vec<Key>, KeysError> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.unreadable(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| self.unreadable(error))?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(self.damaged(None, format!("it is longer than {MAX_FILE} bytes")));
        }
        let text = str::from_utf8(&bytes).map_err(|_| self.damaged(None, "it is not UTF-8".to_owned()))?;
        let content: Content = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start].lines().count().max(1));
            self.damaged(line, "this is no entry of a key (id, name, collections, created, revoked, sha256)".to_owned())
        })?;
        self.check(&content.key)?;
        Ok(content.key)
    }

    /// Makes a key, and answers its text too: it is kept nowhere.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn add(&self, name: &str, collections: &[String]) -> Result<(Key, KeyText), KeysError> {
        self.change(|keys| {
            let text = loop {
                let text = KeyText::random()?;
                if keys.iter().all(|key| key.id != text.id()) {
                    break text;
                }
            };
            let key = Key::new(&text, name, collections, now())?;
            keys.push(key.clone());
            Ok((key, text))
        })
    }

    /// Revokes a key for good; one that is revoked already stays as it is. Answers its entry.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn revoke(&self, id: &str) -> Result<Key, KeysError> {
        self.change(|keys| {
            let unknown = || KeysError::UnknownKey { id: id.to_owned(), path: self.path.clone() };
            let key = keys.iter_mut().find(|key| key.id == id).ok_or_else(unknown)?;
            key.revoked.get_or_insert_with(now);
            Ok(key.clone())
        })
    }

    /// Reads, changes and writes the keys, while no other process does.
    fn change<T>(&self, change: impl FnOnce(&mut Vec<Key>) -> Result<T, KeysError>) -> Result<T, KeysError> {
        let unwritable = |source| KeysError::Write { path: self.path.clone(), source };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A lock on the file itself would go with the file when it is replaced.
        let lock = self.path.with_extension("lock");
        let lock = fs::create_dir_all(folder)
            .and_then(|()| File::options().create(true).truncate(false).write(true).open(lock))
            .map_err(unwritable)?;
        lock.lock().map_err(unwritable)?;
        let mut content = Content { key: self.read()? };
        let answer = change(&mut content.key)?;
        let text = toml::to_string(&content).map_err(|error| unwritable(io::Error::other(error)))?;
        let text = format!("{HEAD}\n{text}");
        if text.len() as u64 > MAX_FILE {
            return Err(unwritable(io::Error::from(io::ErrorKind::FileTooLarge)));
        }
        replace(folder, &self.path, text.as_bytes()).map_err(unwritable)?;
        Ok(answer)
    }

    fn check(&self, keys: &[Key]) -> Result<(), KeysError> {
        let mut ids = BTreeSet::new();
        for key in keys {
            if !key.has_id() || !ids.insert(&key.id) {
                return Err(self.damaged(None, "an id is not 8 hexadecimal digits, or stands twice".to_owned()));
            }
            key.check().map_err(|error| self.damaged(None, format!("key {}: {error}", key.id)))?;
        }
        Ok(())
    }

    fn unreadable(&self, source: io::Error) -> KeysError {
        KeysError::Read { path: self.path.clone(), source }
    }

    fn damaged(&self, line: Option<usize>, why: String) -> KeysError {
        KeysError::Damaged { path: self.path.clone(), line, why }
    }
}

/// Puts a file in the place of another, whole or not at all; its owner alone may read and write it.
fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A temporary file is its owner's alone.
    let mut file = tempfile::Builder::new().prefix(".rcp-search-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // Only Unix can sync a folder, and with it the new name.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The time, in whole seconds.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

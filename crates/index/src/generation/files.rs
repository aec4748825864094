//! The files of a generation: listed, hashed, compared, made readable and durable.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::error::Damage;

/// Bytes read at a time while hashing.
const BUFFER: usize = 1 << 18;

/// Length and hash of a published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileStamp {
    /// Length in bytes.
    pub length: u64,
    /// xxh3 of its bytes, 16 hexadecimal digits.
    pub xxh3: String,
}

/// Something found below a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Path relative to the folder, `/` between its parts.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Whether it is a folder. Everything else, links included, counts as a file.
    pub(super) is_folder: bool,
}

/// Everything below a folder, sorted by name. Links are listed, not followed.
pub(super) fn walk(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut pending = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = pending.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let is_folder = entry.file_type()?.is_dir();
            if is_folder {
                pending.push((entry.path(), format!("{name}/")));
            }
            entries.push(Entry { name, path: entry.path(), is_folder });
        }
    }
    entries.sort();
    Ok(entries)
}

/// Length and hash of a file, by plain reads.
pub(super) fn stamp(path: &Path) -> io::Result<FileStamp> {
    let mut file = File::open(path)?;
    let mut hash = Xxh3::new();
    let mut length = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok(FileStamp { length, xxh3: format!("{:016x}", hash.digest()) }),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(buffer.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

/// Compares a file with what was published. The length is compared first, so most damages cost no reading.
pub(super) fn examine(path: &Path, published: &FileStamp) -> io::Result<Option<Damage>> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if is_absent(&error) => return Ok(Some(Damage::Missing)),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Ok(Some(Damage::NotAFile));
    }
    if metadata.len() != published.length {
        return Ok(Some(Damage::Length { expected: published.length, found: metadata.len() }));
    }
    let found = stamp(path)?;
    Ok((found != *published).then_some(Damage::Content))
}

/// Whether a path does not exist, be it that a folder on its way is missing or is a file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads a small file whole. A file over `limit` bytes, or one that is not UTF-8, is malformed.
pub(super) fn read_text(path: &Path, limit: u64) -> io::Result<Result<String, Damage>> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if is_absent(&error) => return Ok(Err(Damage::Missing)),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Ok(Err(Damage::NotAFile));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Err(Damage::Malformed(format!("it is longer than {limit} bytes"))));
    }
    Ok(String::from_utf8(bytes).map_err(|_| Damage::Malformed("it is not UTF-8".to_owned())))
}

/// Writes a file and waits until its bytes are on the disk.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    make_readable(path, false)?;
    file.sync_all()
}

/// Lets every user of the machine read a file (0644) or enter a folder (0755): engines write private files, and a
/// server may run as another user than the indexer.
pub(super) fn make_readable(path: &Path, is_folder: bool) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if is_folder { 0o755 } else { 0o644 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        let _ = (path, is_folder);
        Ok(())
    }
}

/// Waits until a file, or the names in a folder, are on the disk. Systems other than Unix cannot sync a folder.
pub(super) fn sync(path: &Path, is_folder: bool) -> io::Result<()> {
    if is_folder && !cfg!(unix) {
        return Ok(());
    }
    // Windows syncs only what is open for writing; Unix syncs a file however it was opened.
    let file = if cfg!(unix) { File::open(path)? } else { File::options().write(true).open(path)? };
    file.sync_all()
}

/// Removes a file; nothing to do when it is gone already.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Removes a folder with all it holds; nothing to do when it is gone already.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

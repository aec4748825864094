//! Folders of index files: one that is only ever read, and one that is being written.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ::tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use ::tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use ::tantivy::{Directory, HasLen};

/// tantivy's own directory takes a lock file to read and so needs write access to the folder. A published generation
/// never changes: this one reads without a lock, and refuses to write.
#[derive(Debug, Clone)]
pub(super) struct ReadOnlyDirectory {
    files: MmapDirectory,
}

impl ReadOnlyDirectory {
    pub(super) fn open(folder: &Path) -> Result<ReadOnlyDirectory, OpenDirectoryError> {
        Ok(ReadOnlyDirectory { files: MmapDirectory::open(folder)? })
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "a published generation is never written")
}

impl Directory for ReadOnlyDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn watch(&self, _callback: WatchCallback) -> ::tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// A folder that is being written. What was written is read again once, to be merged: piece by piece, where tantivy's own
/// directory would map all of it into memory at once.
#[derive(Debug, Clone)]
pub(super) struct BuildDirectory {
    folder: PathBuf,
    files: MmapDirectory,
}

impl BuildDirectory {
    pub(super) fn open(folder: &Path) -> Result<BuildDirectory, OpenDirectoryError> {
        Ok(BuildDirectory { folder: folder.to_owned(), files: MmapDirectory::open(folder)? })
    }
}

impl Directory for BuildDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let whole = self.folder.join(path);
        let length = fs::metadata(&whole).and_then(|about| usize::try_from(about.len()).map_err(io::Error::other));
        match length {
            Ok(length) => Ok(Arc::new(PiecewiseFile::new(whole, length))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(lock)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> ::tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// Bytes that are read ahead of postings and positions: those of one term are few, and terms are merged in the order in
/// which the files have them.
const AHEAD: usize = 32 << 10;

/// Endings of the files with postings and positions.
const READ_AHEAD: [&str; 2] = ["idx", "pos"];

/// A file that is opened for each piece that is read of it: a merge has hundreds of files before it, more than a process
/// may hold open.
#[derive(Debug)]
struct PiecewiseFile {
    path: PathBuf,
    length: usize,
    /// What was read last, and where it begins; `None` for a file that is not read ahead.
    ahead: Option<Mutex<(usize, OwnedBytes)>>,
}

impl PiecewiseFile {
    fn new(path: PathBuf, length: usize) -> PiecewiseFile {
        let in_order = path.extension().is_some_and(|ending| READ_AHEAD.iter().any(|known| ending == *known));
        let ahead = in_order.then(|| Mutex::new((0, OwnedBytes::empty())));
        PiecewiseFile { path, length, ahead }
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for PiecewiseFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for PiecewiseFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let Some(ahead) = self.ahead.as_ref().filter(|_| range.len() < AHEAD) else { return self.read(range) };
        // Each change is one assignment: a thread that panicked left it whole.
        let mut ahead = ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, bytes) = &*ahead;
        if range.start < *start || range.end > start + bytes.len() {
            let start = range.start;
            *ahead = (start, self.read(start..self.length.min(start + AHEAD))?);
        }
        let (start, bytes) = &*ahead;
        let within = range.start - start..range.end - start;
        if within.end > bytes.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes.slice(within))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_there_is_told_from_what_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let directory = BuildDirectory::open(folder.path()).unwrap();
        let missing = directory.get_file_handle(Path::new("a.idx"));
        assert!(matches!(missing, Err(OpenReadError::FileDoesNotExist(path)) if path == Path::new("a.idx")));
        fs::write(folder.path().join("a.idx"), b"abc").unwrap();
        let file = directory.get_file_handle(Path::new("a.idx")).unwrap();
        assert_eq!(file.read_bytes(2..4).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        fs::write(folder.path().join("a.idx"), b"a").unwrap();
        assert!(file.read_bytes(0..2).is_err(), "it has become shorter");
    }

    proptest! {
        #[test]
        fn pieces_are_those_of_the_file(
            length in 0..3 * AHEAD,
            pieces in prop::collection::vec((0.0..=1.0, 0..2 * AHEAD), 1..20),
            ending in prop::sample::select(vec!["idx", "pos", "term"]),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let name = format!("a.{ending}");
            fs::write(folder.path().join(&name), &bytes).unwrap();
            let file = BuildDirectory::open(folder.path()).unwrap().get_file_handle(Path::new(&name)).unwrap();
            prop_assert_eq!(file.len(), length);
            for (place, size) in pieces {
                let start = (place * length as f64) as usize;
                let range = start..length.min(start + size);
                let piece = file.read_bytes(range.clone()).unwrap();
                prop_assert_eq!(piece.as_slice(), &bytes[range]);
            }
        }
    }
}

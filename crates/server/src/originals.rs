//! [`Originals`]: the files that documents were read from, as far as they are still what was indexed.
//!
//! A file is given out only if its bytes have the hash that the index holds of them. So whatever a path of the index leads
//! to, nobody gets a byte that was not indexed as the document they asked for.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use rcp_corpus::model::Source;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, ReadBuf};

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// Longest file that is given out: it is read once before, to compare its hash.
const MAX_LENGTH: u64 = 256 << 20;

/// The folders with the originals.
#[derive(Debug, Clone, Default)]
pub struct Originals {
    /// What the names of a folder's files begin with in the index, and where it is.
    folders: Vec<(String, PathBuf)>,
}

/// A file with the bytes that were indexed.
#[derive(Debug)]
pub(crate) struct Original {
    file: File,
    length: u64,
}

/// Why there is no original to give out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unavailable {
    /// There is no such file in the folders.
    Missing,
    /// It is not what was indexed.
    Changed,
}

impl Originals {
    /// Of folders, each with what the names of its files begin with in the index: nothing where there is but one, else its
    /// name and a slash. One that does not exist holds nothing.
    #[must_use]
    pub fn new(folders: Vec<(String, PathBuf)>) -> Originals {
        let real = |(prefix, folder): (String, PathBuf)| Some((prefix, folder.canonicalize().ok()?));
        Originals { folders: folders.into_iter().filter_map(real).collect() }
    }

    /// Whether there are any folders, so that an original may be there.
    pub(crate) fn are_kept(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Opens the original of a document, and reads it once to see that it is what was indexed. Blocks.
    pub(crate) fn open(&self, source: &Source) -> Result<Original, Unavailable> {
        let path = self.folders.iter().find_map(|(prefix, folder)| find(folder, source.file.strip_prefix(prefix)?));
        let mut file = path.and_then(|path| File::open(path).ok()).ok_or(Unavailable::Missing)?;
        let about = file.metadata().map_err(|_| Unavailable::Missing)?;
        if !about.is_file() || about.len() > MAX_LENGTH {
            return Err(Unavailable::Missing);
        }
        let (hash, length) = hash(&mut file).map_err(|_| Unavailable::Missing)?;
        if hash != source.sha256 {
            return Err(Unavailable::Changed);
        }
        file.rewind().map_err(|_| Unavailable::Missing)?;
        Ok(Original { file, length })
    }
}

/// The file with a name in a folder; `None` where the name, or a symbolic link on the way, leads out of it.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = Path::new(name);
    if !name.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let real = folder.join(name).canonicalize().ok()?;
    real.starts_with(folder).then_some(real)
}

/// SHA-256 in hexadecimal digits, and how many bytes there were.
fn hash(file: &mut File) -> io::Result<(String, u64)> {
    let (mut hasher, mut length, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            let digits = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            return Ok((digits, length));
        }
        hasher.update(&piece[..read]);
        length += read as u64;
    }
}

impl Original {
    /// Its bytes as the body of an answer, a piece at a time. A slow client holds a file open, and no thread.
    pub(crate) fn into_body(self) -> OriginalBody {
        OriginalBody { file: tokio::fs::File::from_std(self.file), left: self.length }
    }
}

/// The rest of an original.
#[derive(Debug)]
pub(crate) struct OriginalBody {
    file: tokio::fs::File,
    left: u64,
}

impl Body for OriginalBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; usize::try_from(self.left).unwrap_or(PIECE).min(PIECE)];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // Cut short since it was compared: the connection is, too, so that nobody takes a part for the whole.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        piece.truncate(read);
        self.left -= read as u64;
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(file: &str, bytes: &[u8]) -> Source {
        let digits = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Source {
            file: file.to_owned(),
            url: None,
            sha256: digits,
            media_type: "text/plain".to_owned(),
            pages: None,
            extractor: "text 1".to_owned(),
        }
    }

    #[test]
    fn only_what_was_indexed_is_given_out() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir_all(corpus.join("a")).unwrap();
        std::fs::write(corpus.join("a/one.txt"), "one").unwrap();
        std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let originals = Originals::new(vec![(String::new(), corpus.clone())]);
        let open = |file: &str, bytes: &[u8]| originals.open(&source(file, bytes)).map(|original| original.length);
        assert_eq!(open("a/one.txt", b"one"), Ok(3));
        assert_eq!(open("a/one.txt", b"two"), Err(Unavailable::Changed));
        for outside in [
            "../secret.txt",
            "a/../../secret.txt",
            "/etc/passwd",
            "",
            "a",
            "a/one.txt:17",
            "a/two.txt",
            "./a/one.txt\0",
        ] {
            assert_eq!(open(outside, b"secret"), Err(Unavailable::Missing), "{outside:?}");
        }
        let absolute = folder.path().join("secret.txt").display().to_string();
        assert_eq!(open(&absolute, b"secret"), Err(Unavailable::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        std::fs::write(corpus.join("in.txt"), "inside").unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), corpus.join("out.txt")).unwrap();
        std::os::unix::fs::symlink("in.txt", corpus.join("link.txt")).unwrap();
        let originals = Originals::new(vec![(String::new(), corpus)]);
        assert_eq!(originals.open(&source("out.txt", b"secret")).err(), Some(Unavailable::Missing));
        assert!(originals.open(&source("link.txt", b"inside")).is_ok());
    }

    #[test]
    fn of_several_folders_the_one_that_a_name_begins_with_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let named = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).unwrap();
            std::fs::write(path.join("a.txt"), name).unwrap();
            (format!("{name}/"), path)
        };
        let originals =
            Originals::new(vec![named("x"), named("x-2"), ("gone/".to_owned(), folder.path().join("gone"))]);
        assert!(originals.open(&source("x/a.txt", b"x")).is_ok());
        assert!(originals.open(&source("x-2/a.txt", b"x-2")).is_ok());
        assert_eq!(originals.open(&source("a.txt", b"x")).err(), Some(Unavailable::Missing));
        assert_eq!(originals.open(&source("gone/a.txt", b"x")).err(), Some(Unavailable::Missing));
    }
}

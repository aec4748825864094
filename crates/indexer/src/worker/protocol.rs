//! What the indexer and a worker say to each other.
//!
//! ```text
//! indexer -> worker   Orders                        once
//! worker -> indexer   Ready                         once, when its limits are set
//! indexer -> worker   the bytes of a file           in pieces, an empty one at the end
//! worker -> indexer   Answer, then the reading      for each file; no reading where there is none
//! ```
//!
//! Everything travels in frames: four bytes with the length, the least significant first, then so many bytes. Orders,
//! Ready and Answer are JSON.

use std::io::{self, Read, Write};

use rcp_corpus::settings::ExtractionSettings;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::extraction::{MAX_READING, Summary, Unreadable};

/// Longest frame of JSON that is no reading.
pub(super) const MAX_MESSAGE: usize = 64 << 10;

/// Longest frame at all.
const MAX_FRAME: usize = MAX_READING;

/// Bytes of a file that travel at a time.
const PIECE: usize = 64 << 10;

/// How files are to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Orders {
    pub(super) settings: ExtractionSettings,
}

/// A worker is ready.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    /// Its extractor, which must be that of the indexer: the program may have been replaced while it runs.
    pub(super) extractor: String,
}

/// What became of a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) outcome: Result<Summary, Unreadable>,
    /// Whether the worker should not read another file.
    pub(super) exhausted: bool,
}

/// Writes a frame.
pub(super) fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads a frame of at most so many bytes.
pub(super) fn read_frame(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > most.min(MAX_FRAME) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn write_message(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    write_frame(to, &serde_json::to_vec(message)?)
}

pub(super) fn read_message<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    Ok(serde_json::from_slice(&read_frame(from, MAX_MESSAGE)?)?)
}

/// Writes a file in pieces, and the end of it. `take` is shown each piece.
///
/// The error is that of the file (`Ok(Err(…))`) or that of whom it is written to.
pub(super) fn write_file(
    to: &mut impl Write,
    mut file: impl Read,
    mut take: impl FnMut(&[u8]),
) -> io::Result<io::Result<()>> {
    let mut piece = vec![0; PIECE];
    loop {
        let length = match file.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Err(error)),
        };
        let bytes = piece.get(..length).unwrap_or_default();
        take(bytes);
        write_frame(to, bytes)?;
        if length == 0 {
            to.flush()?;
            return Ok(Ok(()));
        }
    }
}

/// Reads a file that travels in pieces; `None` when there is none any more.
pub(super) fn read_file(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut file = Vec::new();
    loop {
        let piece = match read_frame(from, PIECE) {
            Ok(piece) => piece,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && file.is_empty() => return Ok(None),
            Err(error) => return Err(error),
        };
        if piece.is_empty() {
            return Ok(Some(file));
        }
        file.extend_from_slice(&piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_arrives_as_it_was_and_an_end_is_no_file() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let file: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let (mut pipe, mut seen) = (Vec::new(), 0);
            write_file(&mut pipe, file.as_slice(), |piece| seen += piece.len()).unwrap().unwrap();
            assert_eq!(seen, length);
            let mut pipe = pipe.as_slice();
            assert!(read_file(&mut pipe).unwrap() == Some(file), "{length}");
            assert!(read_file(&mut pipe).unwrap().is_none());
        }
        assert!(read_file(&mut [9, 0, 0, 0, 1].as_slice()).unwrap().is_none(), "what is cut off is none");
    }

    #[test]
    fn a_frame_that_is_too_long_is_refused_before_it_is_read() {
        let frame = u32::MAX.to_le_bytes();
        let error = read_frame(&mut frame.as_slice(), usize::MAX).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        let mut frame = Vec::new();
        write_frame(&mut frame, b"abc").unwrap();
        assert_eq!(read_frame(&mut frame.as_slice(), 3).unwrap(), b"abc");
        assert!(read_frame(&mut frame.as_slice(), 2).is_err());
    }
}

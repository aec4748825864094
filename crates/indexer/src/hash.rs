//! [`Sha256`] of files, and SHA-256 of texts as hexadecimal digits.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::Digest;

/// SHA-256 of the bytes of a file: of every file there is one in memory, and as digits it would take three times as much.
/// Written as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Sha256([u8; 32]);

impl Sha256 {
    /// Of bytes.
    pub(crate) fn of(bytes: &[u8]) -> Sha256 {
        Sha256(sha2::Sha256::digest(bytes).into())
    }

    /// Of bytes that come in pieces.
    pub(crate) fn of_pieces(pieces: sha2::Sha256) -> Sha256 {
        Sha256(pieces.finalize().into())
    }

    /// Of all that can be read, a piece at a time.
    pub(crate) fn of_all(mut from: impl Read) -> io::Result<Sha256> {
        let mut pieces = sha2::Sha256::new();
        let mut piece = vec![0; PIECE];
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => return Ok(Sha256::of_pieces(pieces)),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            pieces.update(piece.get(..read).unwrap_or_default());
        }
    }
}

/// Bytes that are hashed at a time.
const PIECE: usize = 64 << 10;

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Sha256> for String {
    fn from(hash: Sha256) -> String {
        hash.to_string()
    }
}

/// A text that is no SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 has 64 lower-case hexadecimal digits")]
pub(crate) struct NoSha256;

impl FromStr for Sha256 {
    type Err = NoSha256;

    fn from_str(text: &str) -> Result<Sha256, NoSha256> {
        let mut hash = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != hash.len() || !rest.is_empty() {
            return Err(NoSha256);
        }
        for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Sha256(hash))
    }
}

/// What a lower-case hexadecimal digit stands for.
fn digit(digit: u8) -> Result<u8, NoSha256> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NoSha256),
    }
}

impl TryFrom<String> for Sha256 {
    type Error = NoSha256;

    fn try_from(text: String) -> Result<Sha256, NoSha256> {
        text.parse()
    }
}

/// SHA-256 of bytes, 64 hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::of(bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_written() {
        // The hash of nothing (FIPS 180-4).
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), nothing);
        assert_eq!(nothing.parse(), Ok(Sha256::of(b"")));
        assert_eq!(Sha256::of_all(&b""[..]).unwrap(), Sha256::of(b""));
        let long = vec![7; PIECE + 1];
        assert_eq!(Sha256::of_all(&long[..]).unwrap(), Sha256::of(&long));
        for text in
            ["", "e3", &nothing[1..], &nothing.to_uppercase(), &nothing.replace('e', "g"), &format!("{nothing}0")]
        {
            assert_eq!(text.parse::<Sha256>(), Err(NoSha256), "{text}");
        }
    }
}

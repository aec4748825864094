//! Hashes, all of them xxh3 with 64 bits, written as 16 hexadecimal digits.
//!
//! They tell accidental differences apart. They are no protection against someone who may write to the index folder.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Hash of bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// Hash of a sequence of texts. Each text is preceded by its length, so `["ab", "c"]` and `["a", "bc"]` differ.
#[derive(Default)]
pub(super) struct TextDigest(Xxh3);

impl TextDigest {
    /// Appends a text.
    pub(super) fn text(&mut self, text: &str) -> &mut TextDigest {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    /// The hash of all texts so far.
    pub(super) fn hex(&self) -> String {
        format!("{:016x}", self.0.digest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_between_texts_count() {
        let hex = |texts: &[&str]| {
            let mut digest = TextDigest::default();
            for text in texts {
                digest.text(text);
            }
            digest.hex()
        };
        assert_eq!(hex(&["ab", "c"]), hex(&["ab", "c"]));
        assert_ne!(hex(&["ab", "c"]), hex(&["a", "bc"]));
        assert_ne!(hex(&["ab"]), hex(&["ab", ""]));
        assert_eq!(hex(&[]).len(), 16);
    }
}

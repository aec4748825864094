//! [`KeyText`], a key as its owner has it, and [`KeyHash`], which is all that is kept of it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::KeysError;

/// What every key begins with. Programs that look for leaked secrets know one by
/// `rcp_[0-9a-f]{8}_[0-9a-f]{64}`.
const PREFIX: &str = "rcp_";
/// Hexadecimal digits of an id.
const ID_DIGITS: usize = 8;
/// Random bytes of a secret.
const SECRET_BYTES: usize = 32;

/// A key as its owner sends it: `rcp_ID_SECRET`, in lower-case hexadecimal digits. Its `Debug` form does not show it.
#[derive(Clone)]
pub struct KeyText(String);

impl KeyText {
    /// A new key, from the random numbers of the system.
    pub(super) fn random() -> Result<KeyText, KeysError> {
        let (mut id, mut secret) = ([0; ID_DIGITS / 2], [0; SECRET_BYTES]);
        getrandom::fill(&mut id).and_then(|()| getrandom::fill(&mut secret)).map_err(KeysError::NoRandomNumbers)?;
        Ok(KeyText(format!("{PREFIX}{}_{}", hexadecimal(&id), hexadecimal(&secret))))
    }

    /// Reads a key; `None` for a text that cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<KeyText> {
        let (id, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
        let is_key = is_id(id) && is_hexadecimal(secret, 2 * SECRET_BYTES);
        is_key.then(|| KeyText(text.to_owned()))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0[PREFIX.len()..PREFIX.len() + ID_DIGITS]
    }

    /// The whole text, to be shown once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyText({PREFIX}{}_…)", self.id())
    }
}

/// SHA-256 of a key's whole text, its id included: an entry of the file fits one key alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct KeyHash([u8; 32]);

impl KeyHash {
    pub(super) fn of(text: &KeyText) -> KeyHash {
        KeyHash(Sha256::digest(&text.0).into())
    }

    /// Whether it is that of a key. How long that takes tells nothing of where the two differ.
    pub(super) fn is_of(&self, text: &KeyText) -> bool {
        KeyHash::of(text).0.ct_eq(&self.0).into()
    }
}

impl From<KeyHash> for String {
    fn from(hash: KeyHash) -> String {
        hexadecimal(&hash.0)
    }
}

impl TryFrom<String> for KeyHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<KeyHash, &'static str> {
        let mut hash = [0; 32];
        if !is_hexadecimal(&text, 2 * hash.len()) {
            return Err("sha256 must be 64 lower-case hexadecimal digits");
        }
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).unwrap_or_default();
        }
        Ok(KeyHash(hash))
    }
}

/// Whether a text can be the id of a key.
pub(super) fn is_id(text: &str) -> bool {
    is_hexadecimal(text, ID_DIGITS)
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_read_as_it_was_written_and_is_like_no_other() {
        let [one, other] = [KeyText::random().unwrap(), KeyText::random().unwrap()];
        let read = KeyText::parse(one.expose()).unwrap();
        assert_eq!((read.id(), read.expose()), (one.id(), one.expose()));
        assert_ne!(one.expose()[12..], other.expose()[12..]);
        assert!(KeyHash::of(&one).is_of(&read) && !KeyHash::of(&one).is_of(&other));
    }

    #[test]
    fn only_whole_keys_are_read() {
        let key = KeyText::random().unwrap();
        let key = key.expose();
        assert_eq!(key.len(), 77);
        for cut in 0..key.len() {
            assert!(KeyText::parse(&key[..cut]).is_none(), "{cut} bytes");
            assert!(KeyText::parse(&key[key.len() - cut..]).is_none(), "{cut} bytes");
        }
        let (id, secret) = ("0123abcd", "0".repeat(64));
        assert!(KeyText::parse(&format!("rcp_{id}_{secret}")).is_some());
        for other in [
            format!("rcp_{id}_{}", secret.replace('0', "A")),
            format!("rcp_{id}_{secret}0"),
            format!("rcp_{id}_{secret} "),
            format!("rcp_{id}0_{secret}"),
            format!("rcp-{id}-{secret}"),
            format!("RCP_{id}_{secret}"),
            format!("rcp_{id}_é{}", &secret[2..]),
        ] {
            assert!(KeyText::parse(&other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_hash_is_that_of_the_whole_text() {
        let key = KeyText::parse(&format!("rcp_0123abcd_{}", "0".repeat(64))).unwrap();
        // As `printf %s KEY | sha256sum` prints it.
        let expected = "0b3c81d0cd9fcd273091efc6da2af244eeab28e53dd6b764a770486d124168fd";
        assert_eq!(String::from(KeyHash::of(&key)), expected);
        assert_eq!(KeyHash::try_from(expected.to_owned()).unwrap(), KeyHash::of(&key));
        let same_secret = KeyText::parse(&format!("rcp_0123abce_{}", "0".repeat(64))).unwrap();
        assert!(!KeyHash::of(&key).is_of(&same_secret));
        for damaged in ["", &expected[1..], &expected.to_uppercase(), &"g".repeat(64)] {
            assert!(KeyHash::try_from(damaged.to_owned()).is_err(), "{damaged}");
        }
    }

    #[test]
    fn what_is_printed_for_debugging_has_no_secret() {
        let key = KeyText::random().unwrap();
        assert_eq!(format!("{key:?}"), format!("KeyText(rcp_{}_…)", key.id()));
    }
}

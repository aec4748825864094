//! [`Pointer`]: the one line of `CURRENT` that says which generation answers.

use super::error::Damage;

/// What `CURRENT` holds before the first publish.
pub(super) const NOTHING: &str = "none\n";

/// Longest pointer file that is read, in bytes.
pub(super) const MAX_BYTES: u64 = 64;

/// A generation and the hash of its manifest, which in turn holds the hash of every other file.
///
/// Written as one line, `000007 0123456789abcdef`, into `CURRENT` and, so that an older generation can be verified
/// too when someone asks for it, into the `manifest.seal` of the generation itself. Reading is strict: any changed byte is
/// found, either by the form of the line or by the hash it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    /// Number of the generation.
    pub(super) generation: u64,
    /// xxh3 of the manifest's bytes, 16 hexadecimal digits.
    pub(super) manifest: String,
}

impl Pointer {
    /// Reads the line; `None` where nothing was published yet.
    pub(super) fn parse(text: &str) -> Result<Option<Pointer>, Damage> {
        if text == NOTHING {
            return Ok(None);
        }
        let malformed = || Damage::Malformed("it does not hold a generation and the hash of its manifest".to_owned());
        let (folder, hash) = text.strip_suffix('\n').and_then(|line| line.split_once(' ')).ok_or_else(malformed)?;
        let generation = parse_number(folder).ok_or_else(malformed)?;
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if hash.len() != 16 || !hash.bytes().all(digit) {
            return Err(malformed());
        }
        Ok(Some(Pointer { generation, manifest: hash.to_owned() }))
    }

    /// The line to write.
    pub(super) fn line(&self) -> String {
        format!("{} {}\n", folder_name(self.generation), self.manifest)
    }
}

/// Name of a generation's folder: its number with at least six digits.
pub(super) fn folder_name(number: u64) -> String {
    format!("{number:06}")
}

/// The number that a folder name stands for; `None` for any name that [`folder_name`] does not give.
///
/// More than 15 digits are refused, so that a number can always be counted up.
pub(super) fn parse_number(name: &str) -> Option<u64> {
    let well_formed = (6..=15).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit());
    let number = well_formed.then(|| name.parse().ok()).flatten()?;
    (folder_name(number) == name).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_exact_line_is_a_pointer() {
        for bad in [
            "",
            "\n",
            "none",
            "None\n",
            "000007\n",
            "000007 0123456789abcdef",
            "000007 0123456789ABCDEF\n",
            "000007 0123456789abcde\n",
            "000007  0123456789abcdef\n",
            "00007 0123456789abcdef\n",
            "0000007 0123456789abcdef\n",
            "+00007 0123456789abcdef\n",
            "../007 0123456789abcdef\n",
            "000007 0123456789abcdef\n\n",
            "9999999999999999 0123456789abcdef\n",
        ] {
            assert!(Pointer::parse(bad).is_err(), "{bad:?} should be refused");
        }
        assert_eq!(Pointer::parse("none\n"), Ok(None));
    }

    proptest! {
        #[test]
        fn a_pointer_is_read_as_it_was_written(generation in 0..10_u64.pow(15), hash: u64) {
            let pointer = Pointer { generation, manifest: format!("{hash:016x}") };
            prop_assert_eq!(Pointer::parse(&pointer.line()), Ok(Some(pointer)));
        }

        #[test]
        fn a_changed_byte_never_leaves_the_same_pointer(place in 0_usize..24, bit in 0_u8..8) {
            let pointer = Pointer { generation: 7, manifest: "0123456789abcdef".to_owned() };
            let mut bytes = pointer.line().into_bytes();
            bytes[place] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert_ne!(Pointer::parse(&text), Ok(Some(pointer)));
            }
        }
    }
}

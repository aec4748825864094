//! [`Entry`]: what is known of one word, and its form in the file.

use crate::model::Language;

/// What a collection knows of one folded word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Documents that have the word; 0 for a joined form that no text has.
    pub documents: u32,
    /// Languages of the texts it stands in.
    pub languages: Vec<Language>,
    /// Stems it was given, sorted; empty where it was a stop word everywhere.
    pub stems: Vec<String>,
    /// Parts of the hyphenated compounds that this word is the joined form of.
    pub compounds: Vec<Vec<String>>,
}

/// Languages in the order of their bits.
const LANGUAGES: [Language; 4] = [Language::En, Language::Es, Language::Fr, Language::Undetermined];

impl Entry {
    /// Appends the entry: varints for numbers and lengths, a byte of language bits, stems as text, compounds as the
    /// lengths of their parts (joined, they are the word itself).
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        write_number(self.documents, bytes);
        bytes.push(LANGUAGES.iter().enumerate().map(|(bit, l)| u8::from(self.languages.contains(l)) << bit).sum());
        write_number(length(&self.stems), bytes);
        for stem in &self.stems {
            write_text(stem, bytes);
        }
        write_number(length(&self.compounds), bytes);
        for parts in &self.compounds {
            write_number(length(parts), bytes);
            for part in parts {
                write_number(length(part.as_bytes()), bytes);
            }
        }
    }

    /// Adds what other texts say of the word; the documents of both are counted by who knows them.
    pub(super) fn unite(&mut self, other: Entry) {
        self.languages.extend(other.languages);
        self.stems.extend(other.stems);
        self.compounds.extend(other.compounds);
        self.sort();
    }

    /// Brings the lists into the order of the file, each member once.
    pub(super) fn sort(&mut self) {
        self.languages.sort_unstable();
        self.languages.dedup();
        self.stems.sort_unstable();
        self.stems.dedup();
        self.compounds.sort_unstable();
        self.compounds.dedup();
    }

    /// Reads the documents alone, which come first; `None` when the bytes are no entry.
    pub(super) fn read_documents(bytes: &[u8]) -> Option<u32> {
        read_number(&mut &*bytes)
    }

    /// Takes the entry of a word off the bytes; `None` when they do not begin with one.
    pub(super) fn read(word: &str, bytes: &mut &[u8]) -> Option<Entry> {
        let documents = read_number(bytes)?;
        let (&languages, rest) = bytes.split_first()?;
        *bytes = rest;
        let mut stems = Vec::new();
        for _ in 0..read_number(bytes)? {
            stems.push(read_text(bytes)?.to_owned());
        }
        let mut compounds = Vec::new();
        for _ in 0..read_number(bytes)? {
            compounds.push(read_parts(word, bytes)?);
        }
        let seen = |bit: usize| languages >> bit & 1 == 1;
        let languages = LANGUAGES.iter().enumerate().filter(|&(bit, _)| seen(bit)).map(|(_, &l)| l).collect();
        Some(Entry { documents, languages, stems, compounds })
    }
}

fn read_parts(word: &str, rest: &mut &[u8]) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut at = 0_usize;
    for _ in 0..read_number(rest)? {
        let length = read_number(rest)? as usize;
        parts.push(word.get(at..at.checked_add(length)?)?.to_owned());
        at += length;
    }
    Some(parts)
}

/// Appends a text behind its length.
pub(super) fn write_text(text: &str, bytes: &mut Vec<u8>) {
    write_number(length(text.as_bytes()), bytes);
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes such a text off the bytes.
pub(super) fn read_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = read_number(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

/// Number of the members of a list, as it is written.
pub(super) fn length<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// Appends a number, seven bits a byte, the lowest first.
pub(super) fn write_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes such a number off the bytes.
pub(super) fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_entry_is_read_as_it_was_written(
            documents: u32,
            stems in prop::collection::vec("[a-zé]{0,200}", 0..4),
            parts in prop::collection::vec("[a-zñ]{1,9}", 2..4),
            language in 0..4_usize,
        ) {
            let entry = Entry {
                documents,
                languages: vec![LANGUAGES[language]],
                stems,
                compounds: vec![parts.clone()],
            };
            let mut bytes = Vec::new();
            entry.write(&mut bytes);
            prop_assert_eq!(Entry::read_documents(&bytes), Some(documents));
            let mut rest = bytes.as_slice();
            prop_assert_eq!(Entry::read(&parts.concat(), &mut rest), Some(entry));
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, word in "[a-zñ]{0,9}") {
            let _ = Entry::read(&word, &mut bytes.as_slice());
        }
    }
}

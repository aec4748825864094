//! [`Packed`]: many words in little memory, while a vocabulary is being built.

use super::Entry;
use super::entry::{read_number, read_text, write_number, write_text};

/// What was counted of a word in some documents, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// What is known of it; the lists sorted.
    pub(super) entry: Entry,
    /// The first document that has it, by its number from 1; 0 where none has.
    pub(super) first_document: u32,
    /// The last one.
    pub(super) last_document: u32,
}

/// Words in alphabetical order, each with what was counted of it: bytes, some thirty a word.
#[derive(Debug, Default)]
pub(super) struct Packed {
    bytes: Vec<u8>,
}

impl Packed {
    /// These words with others, in alphabetical order, from documents that come after: the first of them may be the last
    /// one of these.
    pub(super) fn with(&self, others: impl IntoIterator<Item = (String, Counted)>) -> Packed {
        let mut all = Packed { bytes: Vec::with_capacity(self.bytes.len()) };
        let mut others = others.into_iter().peekable();
        for (word, mut counted) in self.words() {
            while let Some((before, other)) = others.next_if(|(other, _)| other.as_str() < word) {
                all.push(&before, &other);
            }
            if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
                counted.go_on(other);
            }
            all.push(word, &counted);
        }
        for (word, counted) in others {
            all.push(&word, &counted);
        }
        all
    }

    /// The words in alphabetical order.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, Counted)> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let word = read_text(&mut rest)?;
            let (first_document, last_document) = (read_number(&mut rest)?, read_number(&mut rest)?);
            let entry = Entry::read(word, &mut rest)?;
            Some((word, Counted { entry, first_document, last_document }))
        })
    }

    fn push(&mut self, word: &str, counted: &Counted) {
        write_text(word, &mut self.bytes);
        write_number(counted.first_document, &mut self.bytes);
        write_number(counted.last_document, &mut self.bytes);
        counted.entry.write(&mut self.bytes);
    }
}

impl Counted {
    /// Adds what was counted from then on.
    fn go_on(&mut self, later: Counted) {
        let twice = self.last_document > 0 && self.last_document == later.first_document;
        self.entry.documents += later.entry.documents - u32::from(twice);
        self.last_document = self.last_document.max(later.last_document);
        if self.first_document == 0 {
            self.first_document = later.first_document;
        }
        self.entry.unite(later.entry);
    }
}

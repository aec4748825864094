//! [`Packed`]: many words in little memory, while a vocabulary is being built.

use super::Entry;
use super::entry::{length, read_number, read_text, write_number, write_text};

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

/// Bytes of words after which a new block begins.
const BLOCK: usize = 1 << 16;

/// Room in a block for the word that fills it; a longer one makes the block grow.
const ROOM: usize = 1 << 10;

/// Words in alphabetical order, each with what was counted of it: bytes, some thirty a word. They lie in blocks, so that new
/// ones can be written while old ones are given back: a growing list of bytes would for a moment take three times as much.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Each with whole words.
    blocks: Vec<Vec<u8>>,
}

/// A packed word. What is known of it is read where that is asked for only: of many words, few are counted again.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedWord<'a> {
    pub(super) word: &'a str,
    first_document: u32,
    last_document: u32,
    /// Its [`Entry`] as it stands in the file.
    pub(super) entry: &'a [u8],
}

impl Packed {
    /// These words with others, in alphabetical order, from documents that come after: the first of them may be the last
    /// one of these.
    pub(super) fn with(self, others: impl IntoIterator<Item = (String, Counted)>) -> Packed {
        let mut all = Packed::default();
        let mut entry = Vec::new();
        let mut others = others.into_iter().peekable();
        for block in self.blocks {
            for packed in words(&block) {
                while let Some((before, other)) = others.next_if(|(other, _)| other.as_str() < packed.word) {
                    all.push(other.packed(&before, &mut entry));
                }
                let again = others.next_if(|(other, _)| other == packed.word);
                match again.and_then(|(_, later)| Some(packed.counted()?.and_then(later))) {
                    Some(counted) => all.push(counted.packed(packed.word, &mut entry)),
                    None => all.push(packed),
                }
            }
        }
        for (word, counted) in others {
            all.push(counted.packed(&word, &mut entry));
        }
        all
    }

    /// The words in alphabetical order.
    pub(super) fn words(&self) -> impl Iterator<Item = PackedWord<'_>> {
        self.blocks.iter().flat_map(|block| words(block))
    }

    fn push(&mut self, PackedWord { word, first_document, last_document, entry }: PackedWord<'_>) {
        if self.blocks.last().is_none_or(|block| block.len() >= BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK + ROOM));
        }
        // There is one now.
        let Some(block) = self.blocks.last_mut() else { return };
        write_text(word, block);
        write_number(first_document, block);
        write_number(last_document, block);
        write_number(length(entry), block);
        block.extend_from_slice(entry);
    }
}

/// The words in a block, in alphabetical order.
fn words(mut block: &[u8]) -> impl Iterator<Item = PackedWord<'_>> {
    std::iter::from_fn(move || {
        let word = read_text(&mut block)?;
        let (first_document, last_document) = (read_number(&mut block)?, read_number(&mut block)?);
        let length = read_number(&mut block)? as usize;
        let (entry, behind) = block.split_at_checked(length)?;
        block = behind;
        Some(PackedWord { word, first_document, last_document, entry })
    })
}

impl PackedWord<'_> {
    /// What was counted; always there, for it was written here.
    fn counted(&self) -> Option<Counted> {
        let PackedWord { word, first_document, last_document, mut entry } = *self;
        Some(Counted { entry: Entry::read(word, &mut entry)?, first_document, last_document })
    }
}

impl Counted {
    /// As it is kept; its entry is written into the bytes.
    fn packed<'a>(&self, word: &'a str, bytes: &'a mut Vec<u8>) -> PackedWord<'a> {
        let Counted { entry, first_document, last_document } = self;
        bytes.clear();
        entry.write(bytes);
        PackedWord { word, first_document: *first_document, last_document: *last_document, entry: bytes }
    }

    /// With what was counted from then on.
    fn and_then(mut self, later: Counted) -> Counted {
        let twice = self.last_document > 0 && self.last_document == later.first_document;
        self.entry.documents += later.entry.documents - u32::from(twice);
        self.last_document = self.last_document.max(later.last_document);
        if self.first_document == 0 {
            self.first_document = later.first_document;
        }
        self.entry.unite(later.entry);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of every so many numbers, each in one document.
    fn counted(every: u32, document: u32) -> impl Iterator<Item = (String, Counted)> {
        let entry = Entry { documents: 1, ..Entry::default() };
        let counted = Counted { entry, first_document: document, last_document: document };
        (0..20_000).step_by(every as usize).map(move |number: u32| (format!("word{number:05}"), counted.clone()))
    }

    #[test]
    fn words_of_many_blocks_are_united_in_order() {
        let both = Packed::default().with(counted(2, 1)).with(counted(3, 2));
        assert!(both.blocks.len() > 2 && both.blocks.iter().all(|block| block.capacity() == BLOCK + ROOM));
        let mut expected: Vec<(String, u32)> = (0..20_000_u32)
            .filter(|number| number % 2 == 0 || number % 3 == 0)
            .map(|number| (format!("word{number:05}"), u32::from(number % 2 == 0) + u32::from(number % 3 == 0)))
            .collect();
        let found = |packed: &Packed| -> Vec<(String, u32)> {
            packed.words().map(|word| (word.word.to_owned(), word.counted().unwrap().entry.documents)).collect()
        };
        assert_eq!(found(&both), expected);
        expected.insert(0, ("a".repeat(2 * ROOM), 1));
        let long = ("a".repeat(2 * ROOM), counted(1, 3).next().unwrap().1);
        assert_eq!(found(&both.with([long])), expected);
    }
}

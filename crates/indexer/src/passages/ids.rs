//! Ids of passages: `p21`, `article-5`, `s3-p1`, `n37`.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::fold;
use rcp_corpus::model::{PassageId, PassageKind};

use super::Piece;

/// Longest printed number that goes into an id.
const MAX_NUMBER: usize = 30;

/// Fewest letters of a word in front of a number (`art-3`); fewer are the number itself (`a`, `ii`).
const MIN_WORD: usize = 3;

/// Stands in a piece until [`assign`] gives it its own id.
pub(super) fn placeholder() -> PassageId {
    checked("n0")
}

/// Gives every piece its ordinal and id.
///
/// - `p21` for the paragraph with the printed number 21; for an item of a list with that number only where no
///   paragraph has it and no other item does;
/// - `article-5`, `primero` where the number has a word of its own;
/// - `s3-p1` where the number occurs more than once: item 1 in the third section;
/// - `n37` for the 37th passage, if it has no number of its own.
///
/// The second part of a split paragraph is `p21-part2`; the second item 1 of a section (two lists below one heading)
/// `s3-p1-again2`. No printed number makes such an id: `p1-2` is the paragraph with the number 1.2.
pub(super) fn assign(pieces: &mut [Piece]) {
    let mut paragraphs: BTreeMap<String, usize> = BTreeMap::new();
    let mut items: BTreeMap<String, usize> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| !piece.continuation) {
        if let Some(number) = own_number(piece) {
            let counts = if piece.numbered_paragraph { &mut paragraphs } else { &mut items };
            *counts.entry(number).or_default() += 1;
        }
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut repeated: BTreeMap<String, u32> = BTreeMap::new();
    // The id of the first part of the current paragraph, and how many parts it has so far.
    let mut parts = (String::new(), 1_u32);
    for (index, piece) in pieces.iter_mut().enumerate() {
        let own = match own_number(piece) {
            Some(_) if piece.continuation => {
                parts.1 += 1;
                format!("{}-part{}", parts.0, parts.1)
            }
            Some(number) => {
                let once = |counts: &BTreeMap<String, usize>| counts.get(&number) == Some(&1);
                let alone = if piece.numbered_paragraph {
                    once(&paragraphs)
                } else {
                    once(&items) && !paragraphs.contains_key(&number)
                };
                if alone { number } else { format!("s{}-{number}", piece.section) }
            }
            None => format!("n{}", index + 1),
        };
        let mut id = own.clone();
        while !taken.insert(id.clone()) {
            let count = repeated.entry(own.clone()).or_insert(1);
            *count += 1;
            id = format!("{own}-again{count}");
        }
        if !piece.continuation {
            parts = (id.clone(), 1);
        }
        piece.passage.ordinal = u32::try_from(index).unwrap_or(u32::MAX);
        piece.passage.id = checked(&id);
    }
}

/// The printed number as it stands in an id: `p21`, `pii-3`, `article-5`; `None` without one, and for footnotes, which
/// count for themselves.
fn own_number(piece: &Piece) -> Option<String> {
    if piece.passage.kind == PassageKind::Footnote {
        return None;
    }
    let folded = fold(piece.passage.number.as_deref()?);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let slug = parts.collect::<Vec<_>>().join("-");
    if slug.is_empty() {
        return None;
    }
    let letters = slug.bytes().take_while(u8::is_ascii_lowercase).count();
    let has_word = letters >= MIN_WORD && !is_roman(&slug);
    let slug = if has_word { slug } else { format!("p{slug}") };
    let well_formed = PassageId::new(&slug).is_ok() && slug.len() <= MAX_NUMBER;
    well_formed.then_some(slug)
}

/// Whether a slug begins with a roman number: long ones look like words (`xviii`).
fn is_roman(slug: &str) -> bool {
    slug.split('-').next().is_some_and(|part| part.bytes().all(|byte| b"ivxlc".contains(&byte)))
}

#[expect(clippy::expect_used, reason = "ids are made of `p`, `s`, `n`, numbers, and slugs that were checked")]
fn checked(id: &str) -> PassageId {
    PassageId::new(id).expect("an id of letters, digits and single hyphens")
}

//! Ids of passages: `p21`, `s3-p1`, `n37`.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::{PassageId, PassageKind};

use super::Piece;

/// Longest printed number that goes into an id.
const MAX_NUMBER: usize = 30;

/// Stands in a piece until [`assign`] gives it its own id.
pub(super) fn placeholder() -> PassageId {
    checked("n0")
}

/// Gives every piece its ordinal and id.
///
/// - `p21` for the paragraph with the printed number 21; for an item of a list with that number only where no
///   paragraph has it and no other item does;
/// - `s3-p1` where the number occurs more than once: item 1 below the third heading;
/// - `n37` for the 37th passage, if it has no number of its own.
///
/// What is still not unique (two lists below one heading, the parts of a split paragraph) gets `-2`, `-3` … .
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
    let mut next_suffix: BTreeMap<String, u32> = BTreeMap::new();
    for (index, piece) in pieces.iter_mut().enumerate() {
        let base = match own_number(piece) {
            Some(number) => {
                let once = |counts: &BTreeMap<String, usize>| counts.get(&number) == Some(&1);
                let alone = if piece.numbered_paragraph {
                    once(&paragraphs)
                } else {
                    once(&items) && !paragraphs.contains_key(&number)
                };
                if alone { format!("p{number}") } else { format!("s{}-p{number}", piece.section) }
            }
            None => format!("n{}", index + 1),
        };
        let mut id = base.clone();
        while !taken.insert(id.clone()) {
            let suffix = next_suffix.entry(base.clone()).or_insert(2);
            id = format!("{base}-{suffix}");
            *suffix += 1;
        }
        piece.passage.ordinal = u32::try_from(index).unwrap_or(u32::MAX);
        piece.passage.id = checked(&id);
    }
}

/// The printed number as it stands in an id; `None` without one, and for footnotes, which count for themselves.
fn own_number(piece: &Piece) -> Option<String> {
    if piece.passage.kind == PassageKind::Footnote {
        return None;
    }
    let number = piece.passage.number.as_deref()?;
    let slug: String =
        number.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let well_formed = PassageId::new(&slug).is_ok() && slug.len() <= MAX_NUMBER;
    well_formed.then_some(slug)
}

#[expect(clippy::expect_used, reason = "ids are made of `p`, `s`, `n`, numbers, and slugs that were checked")]
fn checked(id: &str) -> PassageId {
    PassageId::new(id).expect("an id of letters, digits and single hyphens")
}

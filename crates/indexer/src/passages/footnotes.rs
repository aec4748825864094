//! Footnotes tied to the paragraphs that refer to them.

use std::collections::BTreeMap;

use rcp_corpus::model::PassageKind;

use super::Piece;

/// Gives each footnote the id and the headings of the passage that refers to it.
///
/// Numbers may begin again on each page or in each chapter, and the notes may stand at the end of the text: the first
/// footnote with a number goes with the nearest reference above it that no footnote has taken. A footnote whose
/// reference is lost belongs to none.
pub(super) fn tie(pieces: &mut [Piece]) {
    // Places of the references that no footnote has taken yet, by number, in order.
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut owners: Vec<(usize, usize)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece.passage.kind {
            PassageKind::Contact => {}
            PassageKind::Footnote if !piece.continuation => {
                let number = piece.passage.number.as_deref();
                if let Some(owner) = number.and_then(|number| open.get_mut(number)).and_then(Vec::pop) {
                    owners.push((index, owner));
                }
            }
            PassageKind::Footnote => {
                // The parts of a long footnote belong to one paragraph.
                if let Some(&(_, owner)) = owners.last().filter(|(last, _)| last + 1 == index) {
                    owners.push((index, owner));
                }
            }
            _ => {
                for number in &piece.notes {
                    open.entry(number.clone()).or_default().push(index);
                }
            }
        }
    }
    for (footnote, owner) in owners {
        let Some(of) = pieces.get(owner).map(|piece| piece.passage.clone()) else { continue };
        if let Some(piece) = pieces.get_mut(footnote) {
            piece.passage.footnote_of = Some(of.id);
            piece.passage.heading_path = of.heading_path;
        }
    }
}

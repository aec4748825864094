//! The best passages of a document.

use rcp_corpus::model::{DocumentId, PassageKind};
use rcp_index::backend::{Evidence, EvidenceRequest, LEAD_PASSAGES, ScoredPassage};
use rcp_index::plan::{Leaf, Text};

use super::row::Row;
use super::score::Column;

/// Evidence of a document, given all passages in scope and the score of each leaf in each of them.
pub(super) fn of(id: &DocumentId, rows: &[Row<'_>], columns: &[Column<'_>], request: &EvidenceRequest<'_>) -> Evidence {
    let passages: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].document_id() == id).collect();
    let some_are_typed = columns.iter().any(|(leaf, _)| leaf.words != 0);
    let leaves_of = |at: usize| columns.iter().filter(move |(_, scores)| scores[at].is_some()).map(|(leaf, _)| *leaf);
    let covers = |mut leaves: Box<dyn Iterator<Item = &Leaf> + '_>| leaves.any(|leaf| leaf.words != 0);
    let show = |at: usize, score, matched| {
        let passage = rows[at].passage.map(|record| record.passage.clone());
        ScoredPassage { passage: passage.unwrap(), score, matched }
    };
    let is_match = |at: usize| {
        let in_own_text = leaves_of(at).any(|leaf| leaf.field.text == Text::Body);
        in_own_text && (!some_are_typed || covers(Box::new(leaves_of(at))))
    };
    let score = |at: usize| columns.iter().filter_map(|(_, scores)| scores[at]).sum::<f64>() as f32;
    let mut matching: Vec<ScoredPassage> =
        passages.iter().copied().filter(|&at| is_match(at)).map(|at| show(at, score(at), true)).collect();
    // A stable sort: equal scores stay in the order of the passages.
    matching.sort_by(|left, right| right.score.total_cmp(&left.score));
    let total = matching.len() as u64;
    if matching.is_empty() {
        let below_heading = |at: usize| {
            let headings = || leaves_of(at).filter(|leaf| leaf.field.text == Text::Headings);
            headings().next().is_some() && (!some_are_typed || covers(Box::new(headings())))
        };
        let is_paragraph = |at: usize| rows[at].passage.unwrap().passage.kind == PassageKind::Paragraph;
        let below_heading = passages.iter().copied().find(|&at| below_heading(at));
        let lead = passages.iter().copied().take(LEAD_PASSAGES).find(|&at| is_paragraph(at));
        let substitute = below_heading.or(lead).or(passages.first().copied());
        matching.extend(substitute.map(|at| show(at, 0.0, false)));
    }
    matching.truncate(request.limit);
    Evidence { passages: matching, total }
}

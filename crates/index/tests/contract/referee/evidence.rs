//! The best passages of a document.

use rcp_corpus::model::{DocumentId, PassageKind};
use rcp_index::backend::{Evidence, EvidenceRequest, LEAD_PASSAGES, ScoredPassage};
use rcp_index::plan::{Leaf, Text};

use super::row::Row;
use super::score::Column;

/// Evidence of a document, given all passages in scope and the score of each leaf in each of them.
pub(super) fn of(id: &DocumentId, rows: &[Row<'_>], columns: &[Column<'_>], request: &EvidenceRequest<'_>) -> Evidence {
    let passages: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].document_id() == id).collect();
    let passage = |at: usize| &rows[at].passage.unwrap().passage;
    let show = |at: usize, score, matched| ScoredPassage { passage: passage(at).clone(), score, matched };
    let matched: Vec<usize> = passages.iter().copied().filter(|&at| is_match(columns, at)).collect();
    let total = matched.len() as u64;
    let mut shown: Vec<ScoredPassage> = matched.into_iter().map(|at| show(at, score(columns, at), true)).collect();
    // A stable sort: equal scores stay in the order of the passages.
    shown.sort_by(|left, right| right.score.total_cmp(&left.score));
    if shown.is_empty() {
        let is_paragraph = |at: &usize| passage(*at).kind == PassageKind::Paragraph;
        let below_heading = passages.iter().copied().find(|&at| is_below_match(columns, at));
        let lead = passages.iter().copied().take(LEAD_PASSAGES).find(is_paragraph);
        let substitute = below_heading.or(lead).or(passages.first().copied());
        shown.extend(substitute.map(|at| show(at, 0.0, false)));
    }
    let best = shown.first().map_or(0.0, |best| best.score);
    shown.truncate(request.limit);
    Evidence { passages: shown, total, best, partial: false }
}

/// Whether a passage's own text matches.
fn is_match(columns: &[Column<'_>], at: usize) -> bool {
    let leaves = leaves(columns, at);
    leaves.iter().any(|leaf| leaf.field.text == Text::Body) && is_enough(columns, &leaves)
}

/// Whether the headings above a passage match.
fn is_below_match(columns: &[Column<'_>], at: usize) -> bool {
    let mut leaves = leaves(columns, at);
    leaves.retain(|leaf| leaf.field.text == Text::Headings);
    !leaves.is_empty() && is_enough(columns, &leaves)
}

/// Where any leaf of the request stands for a typed word, one of those that match does.
fn is_enough(columns: &[Column<'_>], matching: &[&Leaf]) -> bool {
    columns.iter().all(|(leaf, _)| leaf.words == 0) || matching.iter().any(|leaf| leaf.words != 0)
}

/// The leaves that match a passage.
fn leaves<'a>(columns: &[Column<'a>], at: usize) -> Vec<&'a Leaf> {
    columns.iter().filter(|(_, scores)| scores[at].is_some()).map(|(leaf, _)| *leaf).collect()
}

/// The sum over the leaves that match.
fn score(columns: &[Column<'_>], at: usize) -> f32 {
    columns.iter().filter_map(|(_, scores)| scores[at]).sum::<f64>() as f32
}

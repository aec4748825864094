//! Leaves: frequencies and BM25, by their definitions.

use rcp_index::backend::{ExplainRequest, Explanation, LeafMatch, LeafStatistics};
use rcp_index::plan::{Leaf, Member, Phrase, Similarity, Slot};

use super::row::{Placed, Row};

/// A leaf with its score in each row; `None` where it does not match.
pub(super) type Column<'a> = (&'a Leaf, Vec<Option<f64>>);

/// The leaves, each with its score in each row.
pub(super) fn columns<'a>(leaves: &'a [Leaf], rows: &[Row<'_>], similarity: Similarity) -> Vec<Column<'a>> {
    leaves.iter().map(|leaf| (leaf, scores(leaf, rows, similarity))).collect()
}

/// What each leaf scores in each of some rows, given all rows in scope; the rows asked for by their place among these.
pub(super) fn explanation(rows: &[Row<'_>], asked: &[Option<usize>], request: &ExplainRequest<'_>) -> Explanation {
    let statistics = |leaf: &Leaf| {
        let Statistics { df, holders, mean } = Statistics::of(leaf, rows);
        let mean_length = if holders > 0.0 { mean as f32 } else { 0.0 };
        LeafStatistics { df: df as u64, records: holders as u64, mean_length }
    };
    let columns = columns(request.leaves, rows, request.similarity);
    let found = |at: usize, (leaf, scores): &Column<'_>| LeafMatch {
        frequency: frequency(&rows[at], leaf) as f32,
        length: norm(rows[at].tokens(leaf.field).len()) as u32,
        score: scores[at].unwrap_or(0.0) as f32,
    };
    let record = |at: &Option<usize>| {
        columns.iter().map(|column| at.map_or(LeafMatch::default(), |at| found(at, column))).collect()
    };
    let leaves = request.leaves.iter().map(statistics).collect();
    Explanation { leaves, records: asked.iter().map(record).collect(), partial: false }
}

/// BM25 with the statistics of all rows.
fn scores(leaf: &Leaf, rows: &[Row<'_>], similarity: Similarity) -> Vec<Option<f64>> {
    let Statistics { df, holders, mean } = Statistics::of(leaf, rows);
    let (k1, b) = (f64::from(similarity.k1), f64::from(similarity.b_of(leaf.field.text)));
    let idf = (1.0 + (holders - df + 0.5) / (df + 0.5)).ln();
    let score = |row: &Row<'_>| {
        let tf = frequency(row, leaf);
        let length = norm(row.tokens(leaf.field).len()) as f64;
        let score = f64::from(leaf.boost) * idf * tf / (tf + k1 * (1.0 - b + b * length / mean));
        (tf > 0.0).then_some(score)
    };
    rows.iter().map(score).collect()
}

/// What BM25 needs to know of a leaf: how many rows have the group, how many the field, and the field's mean length.
struct Statistics {
    df: f64,
    holders: f64,
    mean: f64,
}

impl Statistics {
    fn of(leaf: &Leaf, rows: &[Row<'_>]) -> Statistics {
        let has = |row: &&Row<'_>, token: &String| row.tokens(leaf.field).iter().any(|(_, word)| word == token);
        let df_of_token = |token: &String| rows.iter().filter(|row| has(row, token)).count();
        let df_of_slot = |slot: &Slot| slot.tokens.iter().map(df_of_token).max().unwrap();
        let df_of_phrase = |phrase: &Phrase| phrase.slots.iter().map(df_of_slot).min().unwrap();
        let df = leaf.members.iter().map(|member| df_of_phrase(&member.phrase)).max().unwrap_or(0);
        let lengths: Vec<usize> = rows.iter().map(|row| row.tokens(leaf.field).len()).filter(|n| *n > 0).collect();
        let (sum, holders) = (lengths.iter().sum::<usize>() as f64, lengths.len() as f64);
        Statistics { df: df as f64, holders, mean: sum / holders }
    }
}

/// Σ weight × frequency over the members.
fn frequency(row: &Row<'_>, leaf: &Leaf) -> f64 {
    let tokens = row.tokens(leaf.field);
    leaf.members.iter().map(|member| f64::from(member.weight) * starts(tokens, member) as f64).sum()
}

/// Places at which a phrase starts. Taking the offsets off, the slots must stand in order, within `slop` of the first.
fn starts(tokens: &[Placed], member: &Member) -> usize {
    let places = |slot: &Slot| -> Vec<i64> {
        let here = tokens.iter().filter(|(_, word)| slot.tokens.contains(word));
        here.map(|(at, _)| at - i64::from(slot.offset)).collect()
    };
    let slots: Vec<Vec<i64>> = member.phrase.slots.iter().map(places).collect();
    let slop = i64::from(member.phrase.slop);
    let reaches_end = |start: i64| {
        // Every place that the slots so far can end at, so that no choice among them has to be argued for.
        let mut ends = vec![start];
        for slot in &slots[1..] {
            let follows = |&&at: &&i64| at - start <= slop && ends.iter().any(|&end| end <= at);
            ends = slot.iter().filter(follows).copied().collect();
        }
        !ends.is_empty()
    };
    slots[0].iter().filter(|&&start| reaches_end(start)).count()
}

/// The length that is left of a length in one byte, as Lucene and tantivy keep it: exact up to 40, then the four
/// highest bits of what exceeds 24.
fn norm(length: usize) -> usize {
    let Some(excess) = length.checked_sub(40) else { return length };
    let excess = excess + 16;
    let dropped = excess.ilog2() - 3;
    24 + (excess >> dropped << dropped)
}

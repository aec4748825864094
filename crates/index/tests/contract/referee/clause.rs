//! The boolean tree, for all rows at once.

use rcp_index::plan::{Boolean, Clause, Similarity, Words};

use super::row::Row;
use super::{filter, score};

/// How a row matches.
#[derive(Clone, Copy, Default)]
pub(super) struct Match {
    pub(super) score: f64,
    /// Bits of the typed words that it covers.
    pub(super) words: u64,
}

/// How each row matches; `None` where it does not.
pub(super) fn matches(clause: &Clause, rows: &[Row<'_>], similarity: Similarity) -> Vec<Option<Match>> {
    match clause {
        Clause::Everything => rows.iter().map(|_| Some(Match::default())).collect(),
        Clause::Nothing => rows.iter().map(|_| None).collect(),
        Clause::Words(words) => union(words, rows, similarity),
        Clause::Boolean(boolean) => combination(boolean, rows, similarity),
        Clause::Filter(condition) => {
            rows.iter().map(|row| filter::holds(row, condition).then(Match::default)).collect()
        }
    }
}

fn union(clause: &Words, rows: &[Row<'_>], similarity: Similarity) -> Vec<Option<Match>> {
    let columns = score::columns(&clause.leaves, rows, similarity);
    let row = |at: usize| {
        let (mut found, mut is_anchored) = (Match::default(), false);
        for (leaf, scores) in &columns {
            if let Some(score) = scores[at] {
                found.score += score;
                found.words |= leaf.words;
                is_anchored |= leaf.anchor;
            }
        }
        (is_anchored && found.words.count_ones() >= clause.minimum).then_some(found)
    };
    (0..rows.len()).map(row).collect()
}

fn combination(clause: &Boolean, rows: &[Row<'_>], similarity: Similarity) -> Vec<Option<Match>> {
    let all = |clauses: &[Clause]| -> Vec<Vec<Option<Match>>> {
        clauses.iter().map(|clause| matches(clause, rows, similarity)).collect()
    };
    let (must, should, must_not) = (all(&clause.must), all(&clause.should), all(&clause.must_not));
    let row = |at: usize| {
        let enough = should.iter().filter(|should| should[at].is_some()).count();
        let is_match = must.iter().all(|must| must[at].is_some())
            && enough >= clause.minimum_should_match as usize
            && must_not.iter().all(|must_not| must_not[at].is_none());
        let mut found = Match::default();
        for part in must.iter().chain(&should).filter_map(|clause| clause[at]) {
            found.score += part.score;
            found.words |= part.words;
        }
        is_match.then_some(found)
    };
    (0..rows.len()).map(row).collect()
}

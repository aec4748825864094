//! BM25 over a scope.

use std::sync::Arc;

use ::tantivy::Term;
use ::tantivy::fieldnorm::FieldNormReader;

use super::collection::UnitIndex;
use super::meter::{Meter, TOKEN};
use crate::backend::{BackendError, LeafStatistics};
use crate::plan::{Field, Leaf, Phrase, Similarity, Text};

/// Scores the leaves of a plan with statistics summed over the collections of a scope.
///
/// Robertson's BM25 in Lucene's form, with `n` the records that have the field, `df` those that have the group:
///
/// ```text
/// score(tf, length) = boost × ln(1 + (n − df + 0.5) / (df + 0.5)) × tf / (tf + k1 × (1 − b + b × length / mean length))
/// ```
///
/// `b` is 0 for facts ([`Similarity::b_of`]). The length is tantivy's one-byte length norm; the mean is exact, over the records that have the field. Collections
/// outside the scope are never looked at, so they cannot move a score.
pub(super) struct Scoring<'a> {
    units: &'a [&'a UnitIndex],
    similarity: Similarity,
    pub(super) meter: &'a Meter,
}

/// What the score of a leaf needs beside tf and length.
#[derive(Clone)]
pub(super) struct LeafScore {
    pub(super) statistics: LeafStatistics,
    /// Postings of its tokens, over all collections.
    pub(super) postings: u64,
    /// boost × idf.
    weight: f32,
    /// k1 × (1 − b + b × length / mean) for each of the 256 length norms.
    norms: Arc<[f32; 256]>,
}

impl LeafScore {
    /// Score of a frequency in a record with this length norm.
    #[inline]
    pub(super) fn score(&self, tf: f32, norm: u8) -> f32 {
        self.weight * tf / (tf + self.norms[usize::from(norm)])
    }
}

impl<'a> Scoring<'a> {
    pub(super) fn new(units: &'a [&'a UnitIndex], similarity: Similarity, meter: &'a Meter) -> Scoring<'a> {
        Scoring { units, similarity, meter }
    }

    pub(super) fn leaf(&self, leaf: &Leaf) -> Result<LeafScore, BackendError> {
        let (statistics, postings) = self.statistics(leaf)?;
        let (df, records) = (statistics.df as f32, statistics.records as f32);
        let idf = (1.0 + (records - df + 0.5) / (df + 0.5)).ln();
        Ok(LeafScore {
            statistics,
            postings,
            weight: leaf.boost * idf,
            norms: self.norms(leaf.field.text, statistics.mean_length),
        })
    }

    fn statistics(&self, leaf: &Leaf) -> Result<(LeafStatistics, u64), BackendError> {
        let (tokens, holders) = self.field_size(leaf.field);
        let (mut df, mut postings) = (0, 0);
        for member in leaf.members.iter() {
            df = df.max(self.phrase_df(leaf.field, &member.phrase, &mut postings)?);
        }
        // A field can hold fewer records than a group that stands in several values counts: keep the odds positive.
        let records = holders.max(df);
        let mean_length = if records > 0 { tokens as f32 / records as f32 } else { 0.0 };
        Ok((LeafStatistics { df, records, mean_length }, postings))
    }

    fn field_size(&self, field: Field) -> (u64, u64) {
        let sizes = self.units.iter().filter_map(|unit| unit.fields.get(field.name()));
        sizes.fold((0, 0), |(tokens, holders), size| (tokens + size.tokens, holders + size.holders))
    }

    /// Smallest df of the slots; that of a slot is the largest of its tokens.
    fn phrase_df(&self, field: Field, phrase: &Phrase, postings: &mut u64) -> Result<u64, BackendError> {
        let mut smallest = u64::MAX;
        for slot in &phrase.slots {
            let mut largest = 0;
            for token in &slot.tokens {
                let df = self.token_df(field, token)?;
                *postings += df;
                largest = largest.max(df);
            }
            smallest = smallest.min(largest);
        }
        Ok(smallest)
    }

    fn token_df(&self, field: Field, token: &str) -> Result<u64, BackendError> {
        let mut df = 0;
        for unit in self.units {
            if let Some((segment, field)) = unit.field(field) {
                self.meter.spend(TOKEN);
                df += u64::from(segment.inverted_index(field)?.doc_freq(&Term::from_field_text(field, token))?);
            }
        }
        Ok(df)
    }

    fn norms(&self, text: Text, mean: f32) -> Arc<[f32; 256]> {
        let (k1, b) = (self.similarity.k1, self.similarity.b_of(text));
        let norm = |id: usize| {
            // There are 256 ids, so the conversion cannot fail.
            let length = FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX)) as f32;
            if b == 0.0 { k1 } else { k1 * (1.0 - b + b * length / mean) }
        };
        Arc::new(std::array::from_fn(norm))
    }
}

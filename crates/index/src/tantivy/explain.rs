//! What leaves score on given records.

use super::bm25::LeafScore;
use super::collection::CollectionIndex;
use super::group::MemberCursor;
use crate::backend::{BackendError, LeafMatch};
use crate::plan::{Leaf, Unit};

/// A record of one collection that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    /// Its position in the unit.
    pub(super) record: u32,
    /// Its place among all that are asked for.
    pub(super) place: usize,
}

/// Hands out what a leaf scores on each of some records of a collection, which must come in rising order. The frequencies
/// of a group are summed as [`super::words`] sums them, member by member, so that the scores are the same to the bit.
pub(super) fn explain(
    collection: &CollectionIndex,
    unit: Unit,
    leaf: &Leaf,
    score: &LeafScore,
    asked: &[Asked],
    mut found: impl FnMut(usize, LeafMatch),
) -> Result<(), BackendError> {
    let Some((segment, field)) = collection.unit(unit).field(leaf.field) else { return Ok(()) };
    let norms = segment.get_fieldnorms_reader(field)?;
    let mut members = MemberCursor::open_all(segment.inverted_index(field)?.as_ref(), field, leaf)?;
    for &Asked { record, place } in asked {
        let frequency = members.iter_mut().fold(0.0, |sum, member| sum + member.frequency_in(record));
        // Of nothing the formula makes a part of nothing where k1 is 0.
        let score = if frequency > 0.0 { score.score(frequency, norms.fieldnorm_id(record)) } else { 0.0 };
        found(place, LeafMatch { frequency, length: norms.fieldnorm(record), score });
    }
    Ok(())
}

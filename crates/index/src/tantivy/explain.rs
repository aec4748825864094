//! What leaves score on given records.

use super::bm25::LeafScore;
use super::collection::CollectionIndex;
use super::group::MemberCursor;
use super::meter::{Meter, SEEK};
use crate::backend::{BackendError, LeafMatch};
use crate::plan::{Leaf, Unit};

/// What a leaf scores on each of some records of a collection, which must rise. The frequencies of a group are summed as
/// [`super::words`] sums them, member by member, so that the scores are the same to the bit.
pub(super) fn explain(
    collection: &CollectionIndex,
    unit: Unit,
    leaf: &Leaf,
    score: &LeafScore,
    records: &[u32],
    meter: &Meter,
) -> Result<Vec<LeafMatch>, BackendError> {
    let mut found = vec![LeafMatch::default(); records.len()];
    let Some((segment, field)) = collection.unit(unit).field(leaf.field) else { return Ok(found) };
    let index = segment.inverted_index(field)?;
    for member in leaf.members.iter() {
        let Some(mut member) = MemberCursor::open(&index, field, member, meter)? else { continue };
        meter.spend(SEEK * member.postings().min(records.len() as u64));
        for (found, &record) in found.iter_mut().zip(records) {
            found.frequency += member.frequency_in(record);
        }
    }
    let norms = segment.get_fieldnorms_reader(field)?;
    for (found, &record) in found.iter_mut().zip(records) {
        found.length = norms.fieldnorm(record);
        // Of nothing the formula makes a part of nothing where k1 is 0.
        if found.frequency > 0.0 {
            found.score = score.score(found.frequency, norms.fieldnorm_id(record));
        }
    }
    Ok(found)
}

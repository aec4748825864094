//! [`Sketch`]: how much two sets have in common, told from a few numbers of each.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Bins of a sketch.
const BINS: usize = 128;

/// Neighbouring bins that make one key: sets that share most of their members have a key in common almost surely.
const BAND: usize = 4;

/// Number of keys.
pub(super) const BANDS: usize = BINS / BAND;

/// What an empty bin holds.
const EMPTY: u32 = u32::MAX;

/// A sample of a set that tells its resemblance to another, |A ∩ B| / |A ∪ B| (Jaccard).
///
/// One permutation hashing (Li, Owen, Zhang 2012): every member falls into one of 128 bins by its hash, a bin keeps the
/// smallest hash in it. Resemblance is estimated as the share of bins that agree among those that are not empty in
/// both; its standard error is √(r (1 − r) / 128), at most 0.044.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sketch {
    bins: Vec<u32>,
}

impl Sketch {
    /// The sketch of a set of byte strings; repeated members count once.
    pub(super) fn of<M: AsRef<[u8]>>(members: impl Iterator<Item = M>) -> Sketch {
        let mut bins = vec![EMPTY; BINS];
        for member in members {
            let hash = xxh3_64(member.as_ref());
            // The upper half chooses the bin, the lower half is the value: they are independent.
            let bin = usize::try_from(hash >> 32).unwrap_or(0) % BINS;
            if let Some(least) = bins.get_mut(bin) {
                *least = (*least).min(u32::try_from(hash & 0xFFFF_FFFE).unwrap_or(0));
            }
        }
        Sketch { bins }
    }

    /// Estimated resemblance of two sets, from 0 to 1; 0 where both are empty.
    pub(super) fn resemblance(&self, other: &Sketch) -> f32 {
        let used = self.bins.iter().zip(&other.bins).filter(|(a, b)| **a != EMPTY || **b != EMPTY);
        let (used, equal) = used.fold((0_u16, 0_u16), |(used, equal), (a, b)| (used + 1, equal + u16::from(a == b)));
        if used == 0 { 0.0 } else { f32::from(equal) / f32::from(used) }
    }

    /// The key of a band, unless that is empty: only sets that share one are worth comparing.
    pub(super) fn key(&self, band: usize) -> Option<&[u32]> {
        self.bins.chunks(BAND).nth(band).filter(|band| band.iter().any(|value| *value != EMPTY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resemblance_is_estimated_within_its_error() {
        let set = |range: std::ops::Range<u32>| Sketch::of(range.map(u32::to_le_bytes));
        for (shared, expected) in [(1_000, 1.0), (900, 0.818), (750, 0.6), (500, 0.333), (0, 0.0)] {
            let (a, b) = (set(0..1_000), set(1_000 - shared..2_000 - shared));
            let found = a.resemblance(&b);
            assert!((found - expected).abs() < 4.0 * 0.044, "{shared}: {found} for {expected}");
        }
        assert!(set(0..0).resemblance(&set(0..0)).abs() < f32::EPSILON);
        assert!((0..BANDS).all(|band| set(0..0).key(band).is_none() && set(0..1_000).key(band).is_some()));
        assert!((set(0..3).resemblance(&set(0..3)) - 1.0).abs() < f32::EPSILON);
    }
}

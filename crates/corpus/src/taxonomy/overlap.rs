//! Which matches hide which: a longer one hides the shorter ones inside it.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// For each range, whether a longer range with the same key contains it. Equal ranges do not hide each other.
///
/// One pass over the ranges in order of start, longer first: a range is hidden exactly if one before it reaches
/// beyond its end, or to its end from an earlier start.
pub(super) fn hidden<K: Hash + Eq>(ranges: &[(K, Range<usize>)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|&position| {
        let range = &ranges[position].1;
        (range.start, std::cmp::Reverse(range.end))
    });
    let mut furthest: HashMap<&K, &Range<usize>> = HashMap::new();
    let mut hidden = vec![false; ranges.len()];
    for position in order {
        let (key, range) = &ranges[position];
        let before = furthest.entry(key).or_insert(range);
        hidden[position] = before.end > range.end || (before.end == range.end && before.start < range.start);
        if range.end > before.end {
            *before = range;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Compared with the definition, pair by pair.
        #[test]
        fn hidden_is_inside_a_longer_one(ranges in prop::collection::vec((0..3_u8, 0..8_usize, 1..6_usize), 0..12)) {
            let ranges: Vec<(u8, Range<usize>)> =
                ranges.into_iter().map(|(key, start, length)| (key, start..start + length)).collect();
            let inside = |(key, range): &(u8, Range<usize>), (other_key, other): &(u8, Range<usize>)| {
                key == other_key && other.start <= range.start && range.end <= other.end && other.len() > range.len()
            };
            let expected: Vec<bool> =
                ranges.iter().map(|range| ranges.iter().any(|other| inside(range, other))).collect();
            prop_assert_eq!(hidden(&ranges), expected);
        }
    }
}

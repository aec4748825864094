//! Matches that share words: which hide which, and which are counted.

use std::collections::{BTreeMap, HashMap};
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

/// Which ranges to count so that no place counts twice: the longest first, of equals the first in the text and then in
/// the list; each that shares nothing with those counted before it.
///
/// `migrant smuggling and trafficking in persons` holds "migrant smuggling", "smuggling and trafficking" and
/// "trafficking in persons"; only the longest, "smuggling and trafficking", is counted.
pub(super) fn counted(ranges: &[Range<usize>]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|&position| (std::cmp::Reverse(ranges[position].len()), ranges[position].start));
    let mut ends_by_start: BTreeMap<usize, usize> = BTreeMap::new();
    let mut counted = vec![false; ranges.len()];
    for position in order {
        let Range { start, end } = ranges[position];
        // Counted ranges are disjoint, so of those that start before this end only the last can reach into it.
        let before = ends_by_start.range(..end).next_back();
        if before.is_none_or(|(_, &before_end)| before_end <= start) {
            ends_by_start.insert(start, end);
            counted[position] = true;
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_place_counts_twice() {
        assert_eq!(counted(&[0..17, 8..33, 22..44, 50..60, 50..60]), [false, true, false, true, false]);
        assert!(counted(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn counted_ranges_are_disjoint_and_cover_what_is_left_out(
            ranges in prop::collection::vec((0..9_usize, 1..6_usize), 0..12)
        ) {
            let ranges: Vec<Range<usize>> = ranges.into_iter().map(|(start, length)| start..start + length).collect();
            let share = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
            let counted = counted(&ranges);
            for (position, range) in ranges.iter().enumerate() {
                let rivals = (0..ranges.len()).filter(|&other| {
                    other != position && counted[other] && share(range, &ranges[other])
                });
                let rivals: Vec<usize> = rivals.collect();
                prop_assert_eq!(counted[position], rivals.is_empty());
                prop_assert!(rivals.is_empty() || rivals.iter().any(|&rival| ranges[rival].len() >= range.len()));
            }
        }

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

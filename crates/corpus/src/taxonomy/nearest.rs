//! Edit distance, for error messages that offer what was probably meant.

/// Longest text that is compared, in characters: what is longer is no mistyped id.
const MAX_CHARS: usize = 64;

/// The number of edits between two texts, if it is at most `limit`: insertions, deletions, replacements, and swaps of
/// neighbours (optimal string alignment, a restricted Damerau-Levenshtein distance).
///
/// `distance("hostage", "hotsage", 2)` is `Some(1)`: one swap.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().take(MAX_CHARS + 1).collect();
    let b: Vec<char> = b.chars().take(MAX_CHARS + 1).collect();
    if a.len() > MAX_CHARS || b.len() > MAX_CHARS || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before_previous: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for row in 1..=a.len() {
        let mut current = vec![row];
        for column in 1..=b.len() {
            let replaced = previous[column - 1] + usize::from(a[row - 1] != b[column - 1]);
            let mut edits = replaced.min(previous[column] + 1).min(current[column - 1] + 1);
            if row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1] {
                edits = edits.min(before_previous[column - 2] + 1);
            }
            current.push(edits);
        }
        before_previous = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, edits) in [
            ("", "", 0),
            ("", "ab", 2),
            ("theme", "theme", 0),
            ("theme", "thme", 1),
            ("hostage", "hotsage", 1),
            ("caribbean", "caribean", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b, 9), Some(edits), "{a} {b}");
            assert_eq!(distance(a, b, edits), Some(edits), "{a} {b}");
            assert_eq!(edits.checked_sub(1).and_then(|fewer| distance(a, b, fewer)), None, "{a} {b}");
        }
    }

    #[test]
    fn a_long_text_is_near_nothing() {
        assert_eq!(distance(&"x".repeat(1_000_000), &"x".repeat(1_000_000), 3), None);
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_zero_for_equals(a in "[a-c]{0,8}", b in "[a-c]{0,8}") {
            prop_assert_eq!(distance(&a, &b, 16), distance(&b, &a, 16));
            prop_assert_eq!(distance(&a, &b, 16) == Some(0), a == b);
        }
    }
}

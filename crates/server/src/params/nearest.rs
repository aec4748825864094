//! The names nearest to a mistyped one.

/// Longest name that is compared, in characters: longer ones are no typing errors of ours.
const COMPARED: usize = 40;
/// Names offered at most.
const OFFERED: usize = 3;

/// The known names that a mistyped one may have meant, best first.
///
/// A name is offered when it is at most a third of its length (at least one, at most three edits) away, or when it
/// starts with what was typed (three characters or more). Ties are in alphabetical order.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let typed: Vec<char> = typed.chars().take(COMPARED + 1).flat_map(char::to_lowercase).collect();
    if typed.len() > COMPARED {
        return Vec::new();
    }
    let mut offers: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            let letters: Vec<char> = name.chars().collect();
            let edits = distance(&typed, &letters);
            let close = edits <= (letters.len() / 3).clamp(1, 3) && edits < letters.len().max(typed.len());
            let begun = typed.len() >= 3 && letters.starts_with(&typed);
            (close || begun).then_some((edits, name))
        })
        .collect();
    offers.sort_unstable();
    offers.dedup();
    offers.into_iter().take(OFFERED).map(|(_, name)| name.to_owned()).collect()
}

/// Levenshtein distance in which two neighbours that changed places are one edit (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut edits = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                edits = edits.min(before[j - 1] + 1);
            }
            row.push(edits);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_names_find_what_was_meant() {
        let known = ["q", "rcp", "region", "theme", "year", "year_from", "year_to", "limit", "sort"];
        for (typed, expected) in [
            ("rpc", &["rcp"] as &[&str]),
            ("themes", &["theme"]),
            ("Limit", &["limit"]),
            ("yearfrom", &["year_from"]),
            ("reg", &["region"]),
            ("colour", &[]),
            ("", &[]),
            ("x", &[]),
        ] {
            assert_eq!(nearest(typed, known), expected, "{typed}");
        }
        assert!(nearest(&"x".repeat(100_000), known).is_empty());
    }

    #[test]
    fn neighbours_that_changed_places_are_one_edit() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        for (a, b, edits) in [("", "", 0), ("abc", "acb", 1), ("abc", "", 3), ("kitten", "sitting", 3)] {
            assert_eq!(distance(&letters(a), &letters(b)), edits, "{a} {b}");
        }
    }
}

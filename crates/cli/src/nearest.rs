//! What was probably meant by a name that does not exist.

use strsim::damerau_levenshtein;

/// The name with the fewest edits from a mistyped one, of equal ones the first. What differs in more than a third of
/// its letters is not near, but one edit always is.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (typed.chars().count() / 3).max(1);
    let edits = known.into_iter().map(|name| (damerau_levenshtein(typed, name), name));
    edits.filter(|&(edits, _)| edits <= most).min_by_key(|&(edits, _)| edits).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        #[track_caller]
        fn check(typed: &str, expected: Option<&str>) {
            assert_eq!(nearest(typed, ["rcp", "region", "theme", "type"]), expected);
        }
        check("tehme", Some("theme"));
        check("regoins", Some("region"));
        check("rpc", Some("rcp"));
        check("thpe", Some("type"));
        check("xylophone", None);
        check("", None);
    }
}

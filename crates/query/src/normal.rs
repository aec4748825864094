//! [`NormalText`]: a query text in normal form C, and where its parts stand in what was typed.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// A query text as analysis wants it. Keyboards and files of some systems give letters and accents apart, so places in
/// it are not those in the typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NormalText {
    text: String,
    /// Where the pieces that are normalised each for itself begin: in this text, and as typed; at last both ends. Empty
    /// where nothing was changed.
    pieces: Vec<(usize, usize)>,
}

impl NormalText {
    pub(crate) fn new(typed: &str) -> NormalText {
        if is_nfc(typed) {
            return NormalText { text: typed.to_owned(), pieces: Vec::new() };
        }
        let starts = typed.char_indices().filter(|&(at, c)| at == 0 || is_apart(c)).map(|(at, _)| at);
        let starts: Vec<usize> = starts.chain([typed.len()]).collect();
        let (mut text, mut pieces) = (String::with_capacity(typed.len()), Vec::with_capacity(starts.len()));
        for piece in starts.windows(2) {
            pieces.push((text.len(), piece[0]));
            text.extend(typed[piece[0]..piece[1]].nfc());
        }
        pieces.push((text.len(), typed.len()));
        NormalText { text, pieces }
    }

    /// The text in normal form C.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The range of the typed text that became this range, in whole characters as the reader sees them.
    pub(crate) fn typed(&self, span: &Range<usize>) -> Range<usize> {
        let before = self.pieces.partition_point(|&(normal, _)| normal <= span.start).checked_sub(1);
        let behind = self.pieces.partition_point(|&(normal, _)| normal < span.end);
        match (before.and_then(|piece| self.pieces.get(piece)), self.pieces.get(behind)) {
            (Some(&(_, start)), Some(&(_, end))) => start..end.max(start),
            _ => span.clone(),
        }
    }
}

/// Whether a character neither joins nor changes places with what stands before it.
fn is_apart(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(typed: &str, part: &str, expected: &str) {
        let normal = NormalText::new(typed);
        let at = normal.as_str().find(part).unwrap();
        assert_eq!(&typed[normal.typed(&(at..at + part.len()))], expected, "{typed:?}");
    }

    #[test]
    fn places_are_those_in_the_typed_text() {
        check("migración (x", "(", "(");
        check("migracio\u{301}n (x", "(", "(");
        check("migracio\u{301}n (x", "migración", "migracio\u{301}n");
        check("e\u{301}e\u{301} \u{1112}\u{1161}\u{11AB} \u{212B}b", "한", "\u{1112}\u{1161}\u{11AB}");
        check("e\u{301}e\u{301} \u{212B}b", "b", "b");
        check("e\u{301} a", "", "");
    }

    proptest! {
        #[test]
        fn a_range_is_what_its_typed_range_becomes(
            typed in "(\\PC|[a-z \u{300}-\u{304}\u{323}\u{1100}-\u{1112}\u{1161}-\u{1175}\u{11A8}-\u{11C2}\u{9C7}\u{9BE}]){0,30}",
            from in 0..40usize,
            to in 0..40usize,
        ) {
            let normal = NormalText::new(&typed);
            prop_assert_eq!(normal.as_str(), typed.nfc().collect::<String>());
            let borders: Vec<usize> =
                normal.as_str().char_indices().map(|(at, _)| at).chain([normal.as_str().len()]).collect();
            let (from, to) = (borders[from.min(to) % borders.len()], borders[from.max(to) % borders.len()]);
            let span = from.min(to)..from.max(to);
            let range = normal.typed(&span);
            let written = typed.get(range);
            prop_assert!(written.is_some());
            let became: String = written.unwrap_or_default().nfc().collect();
            prop_assert!(became.contains(&normal.as_str()[span]));
        }
    }
}

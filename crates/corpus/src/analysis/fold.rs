//! Folding: the form in which words are compared.

use unicode_normalization::UnicodeNormalization;

/// Lower case, accents off, ligatures apart, invisible characters out.
///
/// Accents are the combining marks U+0300 to U+036F after canonical decomposition; vowel signs of other scripts
/// stay. Folding a folded text changes nothing.
///
/// ```
/// use rcp_corpus::analysis::fold;
///
/// assert_eq!(fold("Réfugié"), "refugie");
/// assert_eq!(fold("Œuvre"), "oeuvre");
/// assert_eq!(fold("Straße"), "strasse");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Invisible characters go first: the marks on both sides of one stand in their canonical order only without it.
    let visible = text.chars().filter(|&c| !is_invisible(c));
    for c in visible.nfd().flat_map(char::to_lowercase).nfd() {
        if !is_accent(c) {
            push_apart(&mut folded, c);
        }
    }
    folded
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Soft hyphen, zero-width characters, byte-order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters without a canonical decomposition that readers of Latin script type as plain ones.
fn push_apart(folded: &mut String, c: char) {
    match c {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'ﬀ' => folded.push_str("ff"),
        'ﬁ' => folded.push_str("fi"),
        'ﬂ' => folded.push_str("fl"),
        'ﬃ' => folded.push_str("ffi"),
        'ﬄ' => folded.push_str("ffl"),
        'ø' | 'º' => folded.push('o'),
        'ª' => folded.push('a'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        other => folded.push(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_fold_to_what_people_type_without_an_accent_key() {
        for (written, typed) in [
            ("Migración", "migracion"),
            ("État", "etat"),
            ("E\u{301}tat", "etat"),
            ("Ñandú", "nandu"),
            ("cœur", "coeur"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("eﬃcient", "efficient"),
            ("migra\u{AD}tion", "migration"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Қазақстан", "қазақстан"),
            ("a\u{1E01B}\u{200D}\u{591}", "a\u{591}\u{1E01B}"),
        ] {
            assert_eq!(fold(written), typed, "{written}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_fold_alike(text in "\\PC*") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }
    }
}

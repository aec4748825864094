//! Where sentences end in reports and declarations (en, es, fr, and scripts with marks of their own).

/// Words in front of a full stop that does not end a sentence, in lower case.
const ABBREVIATIONS: [&str; 112] = [
    "add", "al", "amb", "apdo", "app", "approx", "arq", "art", "arts", "av", "ave", "blvd", "cap", "caps", "cdt", "cf",
    "ch", "chap", "chaps", "cia", "cit", "co", "col", "coord", "corp", "corr", "cía", "dept", "depto", "div", "doc",
    "docs", "dpto", "dr", "dra", "ed", "eds", "ee", "ej", "ex", "excmo", "fig", "figs", "gen", "gob", "gov", "gral",
    "hon", "ibid", "inc", "incl", "ing", "jr", "lic", "ltd", "ltda", "messrs", "mgr", "mlle", "mlles", "mm", "mme",
    "mmes", "mons", "mr", "mrs", "ms", "nro", "núm", "núms", "op", "par", "para", "paragr", "paras", "pars", "pdte",
    "ph", "pp", "prof", "pág", "págs", "pár", "párr", "párrs", "rep", "res", "resp", "rev", "rr", "sec", "secr", "sgt",
    "sr", "sra", "sras", "sres", "srta", "st", "sta", "ste", "sto", "suppl", "trad", "univ", "uu", "vid", "viz", "vol",
    "vols", "vs", "éd",
];

/// Words that are such abbreviations only in front of a number (`No. 5`, `3 Mar. 2004`): they end sentences too.
const BEFORE_NUMBERS: [&str; 26] = [
    "abr", "ago", "apr", "aug", "avr", "dec", "dic", "déc", "ene", "ext", "feb", "févr", "jan", "janv", "juil", "jun",
    "mar", "no", "nos", "nov", "oct", "sep", "sept", "set", "tel", "tél",
];

/// Longest abbreviation above, in bytes.
const MAX_ABBREVIATION: usize = 6;

/// Longest mark of a list item, in bytes: `viii`.
const MAX_ITEM_MARK: usize = 4;

/// Byte offsets at which a sentence begins, apart from the first: behind the space that follows a sentence end.
///
/// A sentence ends with `.`, `!`, `?` or `…`, closing quotes and note marks, then a space, unless the next letter is a
/// lower-case one. A full stop does not end it behind an abbreviation, a single letter (`R. Jenny`, `D.C.`) or the number
/// that opens it (`21. The`, `2.1. The`, `IV. The`). Chinese, Japanese, Arabic, Urdu and Devanagari marks end one too, the
/// first two kinds without a space.
pub(super) fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut sentence = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_terminator(c) {
            continue;
        }
        let full_stop = c == '.';
        while chars.next_if(|&(_, c)| is_terminator(c) || is_closing(c)).is_some() {}
        let Some(&(end, after)) = chars.peek() else { break };
        if !(after.is_whitespace() || ends_without_space(c)) {
            continue;
        }
        // French puts a space before a closing guillemet.
        while chars.next_if(|&(_, c)| c.is_whitespace() || c == '»').is_some() {}
        let Some(&(next, _)) = chars.peek() else { break };
        let is_inside = (full_stop && is_no_end(&text[sentence..at], &text[end..])) || goes_on(&text[end..]);
        if !is_inside {
            starts.push(next);
            sentence = next;
        }
    }
    starts
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥') || ends_without_space(c)
}

fn ends_without_space(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．')
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '¹' | '²' | '³' | '\u{2070}'..='\u{2079}'
    )
}

/// Whether what stands before a full stop and behind it shows that the sentence goes on.
fn is_no_end(before: &str, after: &str) -> bool {
    let word_start =
        before.char_indices().rev().find(|&(_, c)| !c.is_alphanumeric()).map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[word_start..];
    let opens_sentence = || !before[..word_start].contains(char::is_alphabetic);
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(only), None) if only.is_alphabetic() => true,
        _ if word.bytes().all(|byte| byte.is_ascii_digit()) => opens_sentence(),
        _ if word.bytes().all(|byte| b"IVXLC".contains(&byte)) && opens_sentence() => true,
        _ if word.len() > MAX_ABBREVIATION => false,
        _ => {
            let word = word.to_lowercase();
            ABBREVIATIONS.contains(&word.as_str())
                || (BEFORE_NUMBERS.contains(&word.as_str()) && begins_with_number(after))
        }
    }
}

fn begins_with_number(after: &str) -> bool {
    after.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the first letter or digit that follows is a lower-case letter, and not the mark of a list item: `(b)`, `iv)`.
fn goes_on(after: &str) -> bool {
    let Some(first) = after.char_indices().take(8).find(|(_, c)| c.is_alphanumeric()) else { return false };
    let marked = after[first.0..].find(|c: char| !c.is_alphanumeric()).filter(|&length| length <= MAX_ITEM_MARK);
    let is_item = marked.is_some_and(|length| after[first.0 + length..].starts_with(')'));
    first.1.is_lowercase() && !is_item
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Borders are written `|`.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let mut shown = text.clone();
        for start in sentence_starts(&text).into_iter().rev() {
            shown.insert(start, '|');
        }
        assert_eq!(shown, marked);
    }

    #[test]
    fn sentences_end_at_full_stops_before_a_new_start() {
        check("One ends. |Two ends! |Three? |(Four.) |“Five.” |Six.¹ |Seven… and on.");
        check("Il répond : « Oui. » |Puis il part.");
        check("¿Quién decide? |¡Nadie! |2003 fue distinto.");
        check("The price is 3.5 million. |See www.iom.int for more.");
        check("One. |移民。|政策。|هل تعلم؟ |نعم۔ |Fin");
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not_end_one() {
        check("See para. 21 and Nos. 3. |Mr. Joris and R. K. Jenny went to Washington, D.C. Then home.");
        check("Véase el párr. 5 y la pág. 7. |El Sr. Pérez y la Sra. Gómez.");
        check("Cf. art. 3 et M. Dupont. |Fin.");
        check("21. The Workshop ended. |It was in 2005. |Next.");
        check("e.g. This. etc. and so on.");
        check("On 15 Feb. 2005 the U.N. Secretary spoke, i.e. Mr. Annan. |No. |Then Res. No. 5 of 3 Mar. 2004 passed.");
        check("P. ej. México, EE. UU. y el Perú. |Dijo que no. |Luego el Excmo. Sr. López, art. 5, núm. 3. |Fin.");
        check("MM. Dupont et Durand, le 3 févr. 2004, p. ex. Genève, t. II, n° 5. |Voir chap. IV. |Fin.");
        check(
            "IV. The Process met. |2.1. Its members agreed. |In 2005. |In 1999. |(b) They left. |iv) All. (of them) left.",
        );
    }

    proptest! {
        #[test]
        fn starts_are_rising_character_borders(text in "(\\PC|[A-Z. a-z]){0,60}") {
            let starts = sentence_starts(&text);
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(starts.iter().all(|&start| start > 0 && start < text.len() && text.is_char_boundary(start)));
        }
    }
}

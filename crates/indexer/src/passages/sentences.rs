//! Splits over-long texts at the end of sentences.

/// Words whose full stop ends no sentence, in English, Spanish and French. Single letters ("M.", "p. ej.") and words with
/// a full stop inside ("S.E.") need no entry.
const ABBREVIATIONS: [&str; 75] = [
    "add", "al", "apdo", "approx", "art", "arts", "av", "bd", "cap", "cf", "ch", "chap", "cit", "col", "dept", "depto",
    "dr", "dra", "ed", "ej", "etc", "ex", "excma", "excmo", "fig", "gen", "govt", "gral", "hon", "ibid", "inc", "ing",
    "jr", "lic", "lit", "ltd", "mlle", "mm", "mme", "mr", "mrs", "ms", "no", "nos", "nro", "n°", "nº", "núm", "op",
    "ord", "p", "par", "para", "paras", "pp", "prof", "pág", "págs", "párr", "párrs", "rev", "sec", "secc", "sr",
    "sra", "sres", "srta", "st", "sta", "ste", "sto", "vol", "vols", "vs", "éd",
];

/// Parts of a text, each of at most `limit` characters, together the whole text but for the spaces between them.
///
/// A part ends with a sentence if one ends in its second half, else between two words, else inside a word.
pub(super) fn split(text: &str, limit: usize) -> Vec<&str> {
    let limit = limit.max(1);
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((hard_end, _)) = rest.char_indices().nth(limit) {
        let window = rest.get(..hard_end).unwrap_or(rest);
        let half = hard_end / 2;
        let sentence = sentence_ends(window, rest).filter(|&end| end > half).last();
        let end = sentence.or_else(|| window.rfind(' ').filter(|&end| end > half)).unwrap_or(hard_end);
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        parts.push(part.trim_end());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Positions in `window` after the signs that end a sentence. `text` begins with the window and tells what follows.
fn sentence_ends<'a>(window: &'a str, text: &'a str) -> impl Iterator<Item = usize> + 'a {
    window.match_indices(['.', '!', '?', ';']).filter_map(move |(position, sign)| {
        let after = text.get(position + sign.len()..)?;
        let closing = after.len() - after.trim_start_matches(|c| ")”\"»’'".contains(c)).len();
        let end = position + sign.len() + closing;
        let following = text.get(end..)?.strip_prefix(' ')?;
        let begins = following.chars().next()?;
        let starts_sentence = sign == ";" || begins.is_uppercase() || begins.is_numeric() || "¿¡“\"«(".contains(begins);
        let word = window.get(..position)?.rsplit(|c: char| c.is_whitespace() || c == '(').next()?;
        let word = word.to_lowercase();
        let abbreviated =
            sign == "." && (word.chars().count() == 1 || ABBREVIATIONS.contains(&word.as_str()) || word.contains('.'));
        (starts_sentence && !abbreviated && end <= window.len()).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, limit: usize, expected: &[&str]) {
        assert_eq!(split(text, limit), expected);
    }

    #[test]
    fn long_texts_end_with_a_sentence() {
        check("One. Two.", 50, &["One. Two."]);
        check("It was first. Then it ended there.", 24, &["It was first.", "Then it ended there."]);
        check("As Mr. Paiva of the I.O.M. Office said so.", 30, &["As Mr. Paiva of the I.O.M.", "Office said so."]);
        check(
            "Según el Art. 5 y el Sr. Juan Soto, p. ej. S.E. Ana.",
            50,
            &["Según el Art. 5 y el Sr. Juan Soto, p. ej. S.E.", "Ana."],
        );
        check(
            "Avec Mme. Diop, M. Diallo et S.E. Ba. Puis le no. 4.",
            40,
            &["Avec Mme. Diop, M. Diallo et S.E. Ba.", "Puis le no. 4."],
        );
        check("“It is so.” ¿Qué sigue ahora?", 18, &["“It is so.”", "¿Qué sigue ahora?"]);
        check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
        check("", 4, &[]);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_and_no_part_is_too_long(text in "[a-zé.!? ]{0,200}", limit in 1_usize..40) {
            let text = text.trim();
            let parts = split(text, limit);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&parts.concat()), letters(text));
            prop_assert!(parts.iter().all(|part| part.chars().count() <= limit && !part.is_empty()));
        }
    }
}

//! Spellings that the stemmers part although they are forms of one word, by classes: British and American, plurals,
//! genders. Single words are overridden in `stems.toml` instead.

use crate::model::Language;

/// Fewest bytes before an ending that a rule changes: `labour` has them, `four` and `rise` do not.
const MIN_HEAD: usize = 3;

const SPANISH_VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'á', 'é', 'í', 'ó', 'ú'];

/// The spelling that stands for the class of a lower-case word; `None` where it stands for itself. It is what is
/// stemmed and need not be a word: it only has to be the same for the forms of one.
pub(super) fn regular(word: &str, language: Language) -> Option<String> {
    match language {
        Language::En => american(word),
        Language::Es => spanish(word),
        Language::Fr => french(word),
        Language::Undetermined => None,
    }
}

/// `organisation` -> `organization`, `labours` -> `labors`, `voluntarily` -> `voluntary`. Not `exercise` and `revise`, whose kin (`revision`) are
/// spelt with s by all.
fn american(word: &str) -> Option<String> {
    if let Some(head) = word.strip_suffix("arily") {
        return Some(format!("{head}ary"));
    }
    if let Some((head, rest)) = parted_at(word, "is") {
        let endings = ["e", "ed", "er", "ers", "es", "ing", "able", "ation", "ations", "ational", "ement", "ements"];
        let is_fixed = head.ends_with(['c', 'v']) && !["ac", "ic", "iv"].iter().any(|verb| head.ends_with(verb));
        if endings.contains(&rest) && !is_fixed {
            return Some(format!("{head}iz{rest}"));
        }
    }
    let (head, rest) = parted_at(word, "our")?;
    let endings =
        ["", "s", "ed", "er", "ers", "ing", "able", "ably", "al", "ful", "hood", "hoods", "ite", "ites", "less"];
    endings.contains(&rest).then(|| format!("{head}or{rest}"))
}

/// What stands before and behind the last occurrence of some plain letters, where enough stands before it. A scan of
/// bytes: most words have none, and a search of strings costs more to set up.
fn parted_at<'w>(word: &'w str, letters: &str) -> Option<(&'w str, &'w str)> {
    let at = word.as_bytes().windows(letters.len()).rposition(|window| window == letters.as_bytes())?;
    if at < MIN_HEAD {
        return None;
    }
    Some((word.get(..at)?, word.get(at + letters.len()..)?))
}

/// Nouns in a consonant, whose ending looks like that of a verb: `voces` -> `voz`, `talleres` -> `taller`, `ciudad`
/// -> `ciudades`; and nouns too short for their plural to be seen: `actas` -> `acta`.
fn spanish(word: &str) -> Option<String> {
    if word.ends_with("dad") || word.ends_with("tad") {
        return Some(format!("{word}es"));
    }
    if let Some(head) = word.strip_suffix("ces").filter(|head| head.ends_with(SPANISH_VOWELS)) {
        return Some(format!("{head}z"));
    }
    if let Some(head) = word.strip_suffix("es").filter(|head| head.len() >= MIN_HEAD && head.ends_with('r')) {
        return Some(head.to_owned()).filter(|head| !head.ends_with("or"));
    }
    let singular = word.strip_suffix('s').filter(|head| head.ends_with(['a', 'e', 'o']))?;
    let is_vowel = |c: char| SPANISH_VOWELS.contains(&c);
    let middle = singular.get(..singular.len() - 1)?.strip_prefix(SPANISH_VOWELS)?;
    (!middle.is_empty() && !middle.chars().any(is_vowel)).then(|| singular.to_owned())
}

/// Feminine forms: `protectrice` -> `protecteur`, `français` -> `française`. Plurals in -ais and -ois that have an
/// ending of their own (`délais`) are single overrides.
fn french(word: &str) -> Option<String> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    if let Some(head) = singular.strip_suffix("trice") {
        return Some(format!("{head}teur"));
    }
    let is_origin = |form: &str| form.len() > MIN_HEAD + 2 && (form.ends_with("ais") || form.ends_with("ois"));
    match singular.strip_suffix('e') {
        Some(masculine) if is_origin(masculine) => Some(singular.to_owned()),
        _ => is_origin(word).then(|| format!("{word}e")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, words: &[(&str, &str)]) {
        for &(word, expected) in words {
            assert_eq!(regular(word, language).as_deref().unwrap_or(word), expected, "{word}");
        }
    }

    #[test]
    fn british_spelling_is_brought_to_american() {
        check(
            Language::En,
            &[
                ("organisation", "organization"),
                ("mobilised", "mobilized"),
                ("politicise", "politicize"),
                ("relativise", "relativize"),
                ("labour", "labor"),
                ("neighbourhoods", "neighborhoods"),
                ("behavioural", "behavioral"),
                ("temporarily", "temporary"),
            ],
        );
        for word in ["revise", "supervised", "exercises", "precise", "rise", "four", "hours", "source", "tourism", "is"]
        {
            check(Language::En, &[(word, word)]);
        }
    }

    #[test]
    fn spanish_nouns_have_one_number() {
        check(
            Language::Es,
            &[
                ("voces", "voz"),
                ("raíces", "raíz"),
                ("mujeres", "mujer"),
                ("ciudad", "ciudades"),
                ("libertad", "libertades"),
                ("actas", "acta"),
                ("años", "año"),
            ],
        );
        for word in ["entonces", "alcances", "es", "mayores", "dos", "más", "casas", "as"] {
            check(Language::Es, &[(word, word)]);
        }
    }

    #[test]
    fn french_words_have_one_gender() {
        check(
            Language::Fr,
            &[
                ("protectrices", "protecteur"),
                ("français", "française"),
                ("françaises", "française"),
                ("sénégalais", "sénégalaise"),
            ],
        );
        for word in ["mois", "fois", "trois", "emploi", "aise", "mais"] {
            check(Language::Fr, &[(word, word)]);
        }
    }
}

//! Contact data: lines that exist to reach a person.

use rcp_corpus::analysis::fold;

/// Words in front of a telephone or fax number.
const PHONE_WORDS: [&str; 12] =
    ["tel", "tel.", "tél", "tél.", "telephone", "téléphone", "teléfono", "telefono", "fax", "phone", "mobile", "móvil"];

/// Titles in front of the name of a person (folded, without full stop).
const TITLES: [&str; 20] = [
    "mr", "mrs", "ms", "miss", "dr", "dra", "prof", "amb", "hon", "sr", "sra", "srta", "lic", "ing", "m", "mm", "mme",
    "mlle", "abg", "arq",
];

/// What the names of addresses of offices begin with (folded): they are nobody's own.
const OFFICES: [&str; 24] = [
    "admin",
    "communication",
    "conference",
    "contact",
    "correo",
    "courrier",
    "enquir",
    "event",
    "help",
    "info",
    "mail",
    "media",
    "mission",
    "office",
    "oficina",
    "prensa",
    "presidenc",
    "press",
    "public",
    "registr",
    "secretar",
    "support",
    "unit",
    "web",
];

/// Longest text, in words, that is contact data as a whole. A longer one that holds an address is running text.
const MAX_WORDS: usize = 40;

/// Fewest words of a sentence that says more than how to reach somebody.
const MIN_SENTENCE: usize = 8;

/// Stands for an address that is taken out of a text.
const MASK: &str = "[…]";

/// Whether a text is a contact block: short, with an e-mail address or a telephone number, and either no sentence or
/// one that names the person behind the address.
///
/// ```
/// use rcp_indexer::extract::is_contact;
///
/// assert!(is_contact("Ms. Ana Pérez, Secretariat, Tel.: +506 2222 3333, ana.perez@example.org"));
/// assert!(is_contact("For more information please contact Ana Pérez at ana.perez@example.org before the meeting."));
/// assert!(!is_contact("Further details can be had from the secretariat of the process (info@example.org)."));
/// assert!(!is_contact("The telephone line for victims was opened in 2012."));
/// ```
#[must_use]
pub fn is_contact(text: &str) -> bool {
    is_short(text) && reaches(text) && (!is_sentence(text) || names_person(text))
}

/// Whether lines that stand together are one contact block: one of them has an address or a number, and together they
/// are no sentence.
pub(super) fn is_contact_block<T: AsRef<str>>(lines: &[T]) -> bool {
    if !lines.iter().any(|line| is_short(line.as_ref()) && reaches(line.as_ref())) {
        return false;
    }
    let text = lines.iter().map(T::as_ref).collect::<Vec<_>>().join(" ");
    !is_sentence(&text) || (is_short(&text) && names_person(&text))
}

/// A text with `[…]` in place of every e-mail address that is not the one of an office.
pub(crate) fn without_addresses(text: String) -> String {
    if !text.contains('@') {
        return text;
    }
    let masked = |word: &str| match address(word) {
        Some(address) if !is_office(address) => word.replace(address, MASK),
        _ => word.to_owned(),
    };
    text.split(' ').map(masked).collect::<Vec<_>>().join(" ")
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(MAX_WORDS).is_none()
}

fn reaches(text: &str) -> bool {
    text.split_whitespace().any(|word| address(word).is_some()) || has_phone(text)
}

/// Whether a text ends as a sentence and at least half of its words are in small letters.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small =
        words.iter().filter(|word| word.trim_start_matches(['(', '"', '“', '«']).starts_with(char::is_lowercase));
    text.ends_with(['.', ';', ':', '!', '?', ')']) && words.len() >= MIN_SENTENCE && small.count() * 2 >= words.len()
}

/// Whether a text names somebody: by a title, or by a name that is in the address too.
fn names_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let title = |word: &str| {
        word.starts_with(char::is_uppercase) && TITLES.contains(&fold(word.trim_end_matches('.')).as_str())
    };
    let titled = words
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if title(first) && second.starts_with(char::is_uppercase)));
    let in_address = |name: &str| {
        words.iter().any(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphabetic());
            bare.chars().nth(2).is_some() && bare.starts_with(char::is_uppercase) && name.contains(&fold(bare))
        })
    };
    let local_names = words.iter().filter_map(|word| address(word)).filter(|address| !is_office(address));
    titled || local_names.filter_map(|address| address.split_once('@')).any(|(name, _)| in_address(&fold(name)))
}

/// The e-mail address in a word, without the punctuation around it.
fn address(word: &str) -> Option<&str> {
    // "e-mail:ana@example.org" is one word.
    let word = word.rsplit(':').next().unwrap_or(word);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (name, host) = word.split_once('@')?;
    let (domain, rest) = host.split_once('.')?;
    (!name.is_empty() && !domain.is_empty() && !rest.is_empty()).then_some(word)
}

/// Whether an address is that of an office: its name says so, or is that of its domain (`rcm@rcm.example`).
fn is_office(address: &str) -> bool {
    let folded = fold(address);
    let Some((name, host)) = folded.split_once('@') else { return false };
    let own_domain = name.chars().nth(2).is_some() && host.split(['.', '-']).any(|part| part == name);
    own_domain || OFFICES.iter().any(|office| name.split(['.', '-', '_']).any(|part| part.starts_with(office)))
}

/// A word for telephone with at least six digits soon after it, or an international number (`+41 22 717 9111`).
fn has_phone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    while let Some(word) = words.next() {
        let bare = word.split([':', '/']).next().unwrap_or(word);
        let rest = || std::iter::once(word).chain(words.clone().take(6));
        if PHONE_WORDS.contains(&bare) && digits(rest()) >= 6 {
            return true;
        }
        if word.trim_start_matches('(').starts_with('+') && digits(rest()) >= 8 {
            return true;
        }
    }
    false
}

/// Digits in the leading words that belong to a number: the first may carry the word for telephone.
fn digits<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words
        .enumerate()
        .take_while(|(index, word)| *index == 0 || word.chars().all(|c| !c.is_alphabetic()))
        .map(|(_, word)| word.chars().filter(char::is_ascii_digit).count())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_make_a_contact_block() {
        for text in [
            "E-mail: jane.doe@example.org",
            "Tél. : 022 717 91 11",
            "Fax: +41 22 798 61 50",
            "Jane Doe (+41) 22 717 9111",
            "Teléfono: 2222-3333",
        ] {
            assert!(is_contact(text), "{text}");
        }
    }

    #[test]
    fn a_sentence_is_text_unless_it_names_the_person() {
        for text in [
            "Les documents peuvent être demandés au secrétariat du dialogue (secretariat@example.org).",
            "La información está disponible en la oficina de la OIM, rcm@rcm.example, desde el 5 de mayo.",
            "States may call +41 22 717 9111 at any hour to report a missing vessel in their waters.",
        ] {
            assert!(!is_contact(text), "{text}");
            assert_eq!(without_addresses(text.to_owned()), text);
        }
        for text in [
            "Para más información póngase en contacto con la Sra. Ana Pérez en el teléfono 2222-3333 de la secretaría.",
            "Pour tout renseignement, veuillez écrire à Jean Dupont (jdupont@example.org) avant la fin du mois.",
        ] {
            assert!(is_contact(text), "{text}");
        }
        let long = format!("{} as was said to jane.doe@example.org.", "word ".repeat(40));
        assert!(!is_contact(&long) && without_addresses(long).ends_with("said to […]."));
    }

    #[test]
    fn lines_that_are_one_sentence_are_no_contact_block() {
        assert!(is_contact_block(&["Ms. Ana Pérez", "Technical Secretariat", "ana@example.org"]));
        assert!(!is_contact_block(&[
            "Further details can be had from the",
            "secretariat (info@example.org) at any time."
        ]));
    }

    #[test]
    fn running_text_is_none() {
        let long = format!("{} write to info@example.org", "word ".repeat(40));
        for text in ["About +30 per cent of 12 countries", "Tel Aviv hosted 2 meetings in 2005", "a @ b", "5+5", &long]
        {
            assert!(!is_contact(text), "{text}");
        }
    }
}

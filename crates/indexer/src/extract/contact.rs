//! Contact data: lines that exist to reach a person.

/// Words in front of a telephone or fax number.
const PHONE_WORDS: [&str; 12] =
    ["tel", "tel.", "tél", "tél.", "telephone", "téléphone", "teléfono", "telefono", "fax", "phone", "mobile", "móvil"];

/// Longest text, in words, that is contact data as a whole. A longer one that holds an address is running text.
const MAX_WORDS: usize = 40;

/// Whether a text is a contact block: short, with an e-mail address or a telephone number.
///
/// ```
/// use rcp_indexer::extract::is_contact;
///
/// assert!(is_contact("Ms. Ana Pérez, Secretariat, Tel.: +506 2222 3333, ana.perez@example.org"));
/// assert!(!is_contact("The telephone line for victims was opened in 2012."));
/// ```
#[must_use]
pub fn is_contact(text: &str) -> bool {
    text.split_whitespace().take(MAX_WORDS + 1).count() <= MAX_WORDS && (has_email(text) || has_phone(text))
}

fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.split_once('.').is_some_and(|(domain, rest)| !domain.is_empty() && !rest.is_empty())
        })
    })
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
    fn running_text_is_none() {
        let long = format!("{} write to info@example.org", "word ".repeat(40));
        for text in ["About +30 per cent of 12 countries", "Tel Aviv hosted 2 meetings in 2005", "a @ b", "5+5", &long]
        {
            assert!(!is_contact(text), "{text}");
        }
    }
}

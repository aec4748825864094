//! Printed numbers: `21.`, `21)`, `(a)`, `[21]`, `II.3`, `1.-`, `1º`, `§ 4`, `Article 5.`, `PRIMERO:`. They are what
//! people cite, so they are kept as printed and never counted again.

mod roman;
mod worded;

use serde::{Deserialize, Serialize};

use roman::is_roman;
pub(super) use roman::roman;

/// The number in front of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// As printed, without its punctuation: `21`, `II.3`, `a`, `Article 5`.
    pub number: String,
    /// Its punctuation. Numbers of different styles never belong to one run.
    pub style: MarkerStyle,
}

/// Most parts of a number: `1.2.3.4.5.6`.
const MAX_PARTS: usize = 6;

/// Punctuation of a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MarkerStyle {
    /// `21.`, `21.-`, `1º.`
    Dot,
    /// `21)`
    Bracket,
    /// `(21)`
    Brackets,
    /// `[21]`
    Square,
    /// `II.3`, `3.2.1`: more than one part.
    Parts,
    /// `§ 4`, `Párrafo 4:`
    Section,
    /// `Article 5.`, `Recomendación 2:`; the word belongs to the number.
    Article,
    /// `N° 4.`
    Numero,
    /// `PRIMERO:`, `Segundo.-`
    Ordinal,
}

impl Marker {
    /// The value of a plain arabic number or an ordinal; `None` for letters, roman numbers and numbers of several parts.
    #[must_use]
    pub fn value(&self) -> Option<u32> {
        match self.style {
            MarkerStyle::Ordinal => worded::value(&self.number),
            MarkerStyle::Article => self.number.rsplit(' ').next().and_then(|number| number.parse().ok()),
            _ => self.number.parse().ok(),
        }
    }

    /// Whether the number says of itself that it is one of a paragraph, not of an item.
    #[must_use]
    pub fn names_paragraph(&self) -> bool {
        matches!(self.style, MarkerStyle::Section | MarkerStyle::Article | MarkerStyle::Ordinal)
    }
}

/// Splits a leading printed number from a text; `None` if there is none. The rest may be empty.
pub(super) fn split_number(text: &str) -> Option<(Marker, &str)> {
    if let Some(rest) = text.strip_prefix('§') {
        let (number, rest) = split_core(rest.trim_start())?;
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        return finish(number, MarkerStyle::Section, rest);
    }
    if let Some(inner) = text.strip_prefix('(') {
        let (number, rest) = split_core(inner)?;
        return finish(number, MarkerStyle::Brackets, rest.strip_prefix(')')?);
    }
    if let Some(inner) = text.strip_prefix('[') {
        let (number, rest) = split_core(inner)?;
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        return finish(number, MarkerStyle::Square, rest.strip_prefix(']').filter(|_| digits)?);
    }
    let Some((number, rest)) = split_core(text) else { return worded::split(text) };
    let parts = number.contains('.');
    // Markdown writers escape what would begin a list: `12\.`, `a\)`.
    let unescaped = rest.strip_prefix('\\').unwrap_or(rest);
    if let Some(rest) = unescaped.strip_prefix(')') {
        return finish(number, MarkerStyle::Bracket, rest);
    }
    let ordinal = unescaped.strip_prefix(['º', '°']).unwrap_or(unescaped);
    match ordinal.strip_prefix('.') {
        Some(rest) => {
            let rest = rest.strip_prefix(['º', '°']).unwrap_or(rest);
            let dash = rest.trim_start().strip_prefix(['-', '–', '—']).filter(|rest| rest.starts_with([' ', '\u{A0}']));
            let rest = dash.or_else(|| rest.strip_prefix([')', '-', '–', '—'])).unwrap_or(rest);
            let style = if parts { MarkerStyle::Parts } else { MarkerStyle::Dot };
            // "R. Paiva" begins with an initial, not with a number.
            let initial = number.len() == 1 && !"ABCDEFGHIVX".contains(number) && starts_upper(number);
            if initial { worded::split(text) } else { finish(number, style, rest) }
        }
        // "3.2 Scope" is a number, "3.5 million" and "II of" are not.
        None if parts && starts_upper(rest.trim_start()) => finish(number, MarkerStyle::Parts, rest),
        // "1º Los Estados" is a number, "1º y 2 de febrero" is a date.
        None if ordinal.len() < unescaped.len() && starts_upper(ordinal.trim_start()) => {
            finish(number, MarkerStyle::Dot, ordinal)
        }
        None => worded::split(text),
    }
}

/// The marker and the text behind it. Some writers leave no space behind a number ("1.Los Estados").
fn finish<'a>(number: &str, style: MarkerStyle, rest: &'a str) -> Option<(Marker, &'a str)> {
    let mut following = rest.chars();
    let glued = matches!(style, MarkerStyle::Dot | MarkerStyle::Bracket)
        && (number.bytes().all(|byte| byte.is_ascii_digit()) || style == MarkerStyle::Bracket)
        && following.next().is_some_and(char::is_uppercase)
        && following.next().is_some_and(char::is_lowercase);
    let separated = rest.is_empty() || rest.starts_with(char::is_whitespace) || glued;
    separated.then(|| (Marker { number: number.to_owned(), style }, rest.trim_start()))
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_uppercase() || "¿¡\"“«".contains(c))
}

/// `21`, `iv`, `a`, `II.3`, `3.2.1`, with what follows.
fn split_core(text: &str) -> Option<(&str, &str)> {
    let mut end = split_part(text)?;
    let mut parts = 1;
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix('.')) {
        match split_part(rest) {
            // Letters follow digits alone ("3.a"): "a.m." and "e.g." are no numbers.
            Some(length)
                if rest.as_bytes().get(length).is_none_or(|next| !next.is_ascii_alphanumeric())
                    && (text.starts_with(|c: char| c.is_ascii_digit())
                        || rest.starts_with(|c: char| c.is_ascii_digit())) =>
            {
                end += 1 + length;
                parts += 1;
            }
            _ => break,
        }
    }
    let (number, rest) = text.split_at_checked(end)?;
    let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || next == 'º');
    (ends && parts <= MAX_PARTS).then_some((number, rest))
}

/// Length of one part: up to three digits without a leading zero, a roman number, or a single letter.
fn split_part(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 3 && !text.starts_with('0')).then_some(digits);
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    (letters == 1 || text.get(..letters).is_some_and(is_roman)).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, style: MarkerStyle, rest: &str) {
        assert_eq!(split_number(text), Some((Marker { number: number.to_owned(), style }, rest)), "{text:?}");
    }

    #[test]
    fn printed_numbers_are_recognised() {
        use MarkerStyle::{Article, Bracket, Brackets, Dot, Parts, Section, Square};
        check("21. The", "21", Dot, "The");
        check("21) The", "21", Bracket, "The");
        check("(21) The", "21", Brackets, "The");
        check("(iv) el", "iv", Brackets, "el");
        check("a) Eje", "a", Bracket, "Eje");
        check("d. To keep", "d", Dot, "To keep");
        check("1.- Reafirmar", "1", Dot, "Reafirmar");
        check("1º. Los", "1", Dot, "Los");
        check("1.º Los", "1", Dot, "Los");
        check("II.3 Scope", "II.3", Parts, "Scope");
        check("3.2.1. scope", "3.2.1", Parts, "scope");
        check("IV. FUTURE", "IV", Dot, "FUTURE");
        check("§ 4 Les", "4", Section, "Les");
        check("12\\. Escaped", "12", Dot, "Escaped");
        check("a\\) escaped", "a", Bracket, "escaped");
        check("7.", "7", Dot, "");
        check("[21] The", "21", Square, "The");
        check("21.\tThe", "21", Dot, "The");
        check("21.\u{A0}The", "21", Dot, "The");
        check("1° Los", "1", Dot, "Los");
        check("1.1. Los", "1.1", Parts, "Los");
        check("1. – Les", "1", Dot, "Les");
        check("1.Los Estados", "1", Dot, "Los Estados");
        check("1.-Reafirmar", "1", Dot, "Reafirmar");
        check("a)Promover", "a", Bracket, "Promover");
        check("Artículo 5.- Los", "Artículo 5", Article, "Los");
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for text in [
            "2005. The",
            "3.5 million",
            "14-15 April",
            "19, 20 y 21 de",
            "1º y 2 de febrero",
            "R. Paiva",
            "a.m. session",
            "I thank",
            "(see below)",
            "5+5",
            "007. Bond",
            "U.S. officials",
            "e.g. this",
            "civil. x",
            "",
            "(",
            "§",
            "1.5)x",
            "1.OIM",
            "a.Promover",
            "[a] The",
            "C'est",
        ] {
            assert_eq!(split_number(text), None, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split_at_a_boundary(text in "\\PC{0,12}") {
            if let Some((_, rest)) = split_number(&text) {
                proptest::prop_assert!(text.ends_with(rest));
            }
        }
    }
}

//! Printed numbers that have a word: `Article 5.`, `Artículo 5.-`, `Párrafo 12:`, `N° 4.`, `PRIMERO:`.
//!
//! The same words begin sentences ("Article 5 of the Convention says"), so each needs the punctuation of a number
//! behind it.

use rcp_corpus::analysis::fold;

use super::{Marker, MarkerStyle, finish, split_core, starts_upper};

/// Words for a numbered part that is cited by its word and number (folded).
const ARTICLES: [&str; 15] = [
    "art",
    "article",
    "articulo",
    "artigo",
    "clause",
    "clausula",
    "decision",
    "principe",
    "principio",
    "principle",
    "recomendacion",
    "recommandation",
    "recommendation",
    "resolucion",
    "resolution",
];

/// Words for a numbered paragraph: its number alone is cited (folded).
const PARAGRAPHS: [&str; 7] = ["para", "paragrafo", "paragraph", "paragraphe", "parr", "parrafo", "par"];

/// Signs for "number" in front of one (folded).
const NUMEROS: [&str; 6] = ["n°", "nº", "n.°", "n.º", "num.", "no."];

/// Ordinals that stand as numbers, in order (folded): the masculine and feminine of Spanish, the adverb of French,
/// English.
const ORDINALS: [[&str; 4]; 12] = [
    ["primero", "primera", "premierement", "first"],
    ["segundo", "segunda", "deuxiemement", "second"],
    ["tercero", "tercera", "troisiemement", "third"],
    ["cuarto", "cuarta", "quatriemement", "fourth"],
    ["quinto", "quinta", "cinquiemement", "fifth"],
    ["sexto", "sexta", "sixiemement", "sixth"],
    ["septimo", "septima", "septiemement", "seventh"],
    ["octavo", "octava", "huitiemement", "eighth"],
    ["noveno", "novena", "neuviemement", "ninth"],
    ["decimo", "decima", "dixiemement", "tenth"],
    ["undecimo", "undecima", "onziemement", "eleventh"],
    ["duodecimo", "duodecima", "douziemement", "twelfth"],
];

/// Longest word in front of a number, in bytes: longer first words need no look at any list.
const MAX_WORD: usize = 20;

/// Splits a leading number with a word from a text.
pub(super) fn split(text: &str) -> Option<(Marker, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || ":,;-–".contains(c)).unwrap_or(text.len());
    let word = text.get(..end).filter(|word| word.len() <= MAX_WORD && starts_upper(word))?;
    let rest = text.get(end..)?;
    let folded = fold(word);
    if let Some(ordinal) = split_ordinal(text, word, &folded) {
        return Some(ordinal);
    }
    let unit = folded.trim_end_matches('.');
    let style = if ARTICLES.contains(&unit) {
        MarkerStyle::Article
    } else if PARAGRAPHS.contains(&unit) {
        MarkerStyle::Section
    } else if NUMEROS.contains(&folded.as_str()) {
        MarkerStyle::Numero
    } else {
        return None;
    };
    let (number, after) = split_core(rest.strip_prefix(char::is_whitespace)?.trim_start())?;
    let printed = match style {
        MarkerStyle::Article => text.get(..text.len() - after.len())?,
        _ => number,
    };
    let after = after.strip_prefix(['º', '°']).unwrap_or(after);
    finish(printed, style, behind_punctuation(after)?)
}

/// `PRIMERO:`, `Segundo.-`, `Décimo. Los`, `Premièrement : les`.
fn split_ordinal<'a>(text: &'a str, word: &'a str, folded: &str) -> Option<(Marker, &'a str)> {
    let bare = word.trim_end_matches('.');
    value(folded.trim_end_matches('.'))?;
    let rest = text.get(bare.len()..)?;
    let full_stop = rest.strip_prefix('.').map(str::trim_start);
    let dashed = full_stop.is_some_and(|rest| rest.starts_with(['-', '–', '—', ':']));
    let new_sentence = full_stop.is_some_and(starts_upper);
    let colon = rest.trim_start().starts_with(':');
    if !(dashed || new_sentence || colon) {
        return None;
    }
    finish(bare, MarkerStyle::Ordinal, behind_punctuation(rest)?)
}

/// The value of an ordinal.
pub(super) fn value(ordinal: &str) -> Option<u32> {
    let folded = fold(ordinal);
    let position = ORDINALS.iter().position(|words| words.contains(&folded.as_str()))?;
    u32::try_from(position + 1).ok()
}

/// What follows the punctuation behind a number; `None` where there is none and the text goes on.
fn behind_punctuation(text: &str) -> Option<&str> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return Some("");
    }
    let behind = trimmed.trim_start_matches(['.', ':', ')', '-', '–', '—']);
    // A dash needs spaces around it: "Article 5-bis" is a word of its own.
    let separated = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (behind.len() < trimmed.len() && separated).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, style: MarkerStyle, rest: &str) {
        assert_eq!(split(text), Some((Marker { number: number.to_owned(), style }, rest)), "{text:?}");
    }

    #[test]
    fn numbers_with_a_word_in_three_languages() {
        use MarkerStyle::{Article, Numero, Ordinal, Section};
        check("Article 5. The States", "Article 5", Article, "The States");
        check("ARTICLE IV – Membership", "ARTICLE IV", Article, "Membership");
        check("Artículo 5.- La Conferencia", "Artículo 5", Article, "La Conferencia");
        check("Art. 3: Le secrétariat", "Art. 3", Article, "Le secrétariat");
        check("Artículo 1º.- Los", "Artículo 1", Article, "Los");
        check("Article 12", "Article 12", Article, "");
        check("Recommandation 2 : Les États", "Recommandation 2", Article, "Les États");
        check("Párrafo 12: Los", "12", Section, "Los");
        check("Paragraph 7. The", "7", Section, "The");
        check("N° 4. Les", "4", Numero, "Les");
        check("PRIMERO: Los", "PRIMERO", Ordinal, "Los");
        check("Primero.- Los", "Primero", Ordinal, "Los");
        check("SEGUNDA. Las", "SEGUNDA", Ordinal, "Las");
        check("Premièrement : les", "Premièrement", Ordinal, "les");
        check("Décimo.– Los", "Décimo", Ordinal, "Los");
    }

    #[test]
    fn sentences_that_begin_with_such_a_word_are_text() {
        for text in [
            "Article 5 of the Convention says",
            "Artículo 5 de la Declaración",
            "Article 5-bis. Of",
            "Premièrement, les États",
            "First, the States",
            "Primero los",
            "No. of States",
            "Para 2010",
            "Articles 5. The",
            "article 5. the",
            "",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn ordinals_have_values() {
        assert_eq!(["PRIMERO", "Segunda", "troisièmement", "nono"].map(value), [Some(1), Some(2), Some(3), None]);
    }
}

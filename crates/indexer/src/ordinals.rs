//! Ordinal numbers as meetings bear them: "VI", "26th", "Eighth", "Décimo Séptima", "vingt-troisième", "8-ème".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rcp_corpus::analysis::fold;

/// Highest ordinal that is read and written as a word.
const MAX_WORD: u16 = 69;

/// Highest ordinal that is read as a number: above it stand years and symbols.
const MAX_NUMBER: u16 = 199;

/// Most parts of an ordinal in words: "vingt et unième".
const MAX_PARTS: usize = 3;

/// An ordinal in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenOrdinal {
    /// Its value, from 1.
    pub(crate) value: u16,
    /// Byte range in the text.
    pub(crate) span: Range<usize>,
}

const ENGLISH_UNITS: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const ENGLISH_TENS: [&str; 5] = ["twent", "thirt", "fort", "fift", "sixt"];
const SPANISH_UNITS: [&str; 12] = [
    "primera",
    "segunda",
    "tercera",
    "cuarta",
    "quinta",
    "sexta",
    "séptima",
    "octava",
    "novena",
    "décima",
    "undécima",
    "duodécima",
];
const SPANISH_TENS: [&str; 5] = ["vigésima", "trigésima", "cuadragésima", "quincuagésima", "sexagésima"];
const FRENCH_UNITS: [&str; 16] = [
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
];
const FRENCH_TENS: [&str; 5] = ["vingt", "trente", "quarante", "cinquante", "soixante"];

/// Other words for ordinals: French, Spanish before a masculine noun, Portuguese; folded.
const OTHERS: [(&str, u16); 26] = [
    ("premier", 1),
    ("seconde", 2),
    ("primer", 1),
    ("tercer", 3),
    ("septimo", 7),
    ("setima", 7),
    ("noveno", 9),
    ("nona", 9),
    ("decimoprimera", 11),
    ("decimoprimero", 11),
    ("decimoprimer", 11),
    ("decimosegunda", 12),
    ("decimosegundo", 12),
    ("decimotercer", 13),
    ("decimanona", 19),
    ("decimonona", 19),
    ("vigesimoprimer", 21),
    ("vigesimotercer", 23),
    ("primeira", 1),
    ("terceira", 3),
    ("quarta", 4),
    ("oitava", 8),
    ("decimaprimeira", 11),
    ("decimaterceira", 13),
    ("decimaquarta", 14),
    ("decimaoitava", 18),
];

/// An ordinal in words, feminine where that makes a difference, in English, Spanish and French; `None` for 0 and
/// above 69.
pub(crate) fn in_words(value: u16) -> Option<[String; 3]> {
    let unit = |units: &[&'static str], value: u16| units.get(usize::from(value.checked_sub(1)?)).copied();
    if value == 0 || value > MAX_WORD {
        return None;
    }
    let (tens, rest) = (value / 10, value % 10);
    let of_tens = |tens_names: &[&'static str]| unit(tens_names, tens.checked_sub(1)?);
    let english = match unit(&ENGLISH_UNITS, value) {
        Some(word) => word.to_owned(),
        None if rest == 0 => format!("{}ieth", of_tens(&ENGLISH_TENS)?),
        None => format!("{}y-{}", of_tens(&ENGLISH_TENS)?, unit(&ENGLISH_UNITS, rest)?),
    };
    let spanish = match unit(&SPANISH_UNITS, value) {
        Some(word) => word.to_owned(),
        None if tens == 1 => format!("decimo{}", unit(&SPANISH_UNITS, rest)?),
        None if rest == 0 => of_tens(&SPANISH_TENS)?.to_owned(),
        None => format!("{} {}", of_tens(&SPANISH_TENS)?, unit(&SPANISH_UNITS, rest)?),
    };
    let french = match (unit(&FRENCH_UNITS, value), rest) {
        (Some(word), _) => word.to_owned(),
        (None, _) if tens == 1 => format!("dix-{}", unit(&FRENCH_UNITS, rest)?),
        (None, 0) => format!("{}ième", of_tens(&FRENCH_TENS)?.trim_end_matches('e')),
        (None, 1) => format!("{} et unième", of_tens(&FRENCH_TENS)?),
        (None, _) => format!("{}-{}", of_tens(&FRENCH_TENS)?, unit(&FRENCH_UNITS, rest)?),
    };
    Some([english, spanish, french])
}

/// Every spelling, folded and without spaces and hyphens.
static WORDS: LazyLock<BTreeMap<String, u16>> = LazyLock::new(|| {
    let mut words: BTreeMap<String, u16> = OTHERS.iter().map(|(word, value)| ((*word).to_owned(), *value)).collect();
    for value in 1..=MAX_WORD {
        for word in in_words(value).into_iter().flatten() {
            words.insert(joined(&word), value);
        }
        words.extend(spanish_spellings(value).into_iter().map(|word| (word, value)));
    }
    words
});

fn joined(word: &str) -> String {
    fold(word).replace([' ', '-'], "")
}

/// "decimoséptima", "décima séptima", "décimo séptimo": each part masculine or feminine.
fn spanish_spellings(value: u16) -> Vec<String> {
    let (tens, rest) = (usize::from(value / 10), usize::from(value % 10));
    let tens_name = match tens {
        0 => None,
        1 => SPANISH_UNITS.get(9).copied(),
        _ => SPANISH_TENS.get(tens - 2).copied(),
    };
    let unit = rest.checked_sub(1).and_then(|unit| SPANISH_UNITS.get(unit)).copied();
    let both = |word: &str| {
        let stem = fold(word);
        let masculine = stem.strip_suffix('a').map(|stem| format!("{stem}o"));
        [Some(stem.clone()), masculine].into_iter().flatten().collect::<Vec<_>>()
    };
    let (heads, tails) = (tens_name.map(both), unit.map(both));
    match (heads, tails) {
        (Some(heads), Some(tails)) => {
            heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Vec::new(),
    }
}

/// Every ordinal of a text, in order. A Roman number counts whatever it stands for: whoever asks looks at its
/// neighbours.
pub(crate) fn find(text: &str) -> Vec<WrittenOrdinal> {
    let parts = parts(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let in_words = (1..=MAX_PARTS).rev().find_map(|length| {
            let run = parts.get(at..at + length)?;
            let together = run.windows(2).all(|pair| {
                let [one, next] = pair else { return false };
                text.get(one.end..next.start).is_some_and(|between| between == " " || between == "-")
            });
            let name: String = run.iter().filter_map(|part| text.get(part.clone())).map(fold).collect();
            let value = WORDS.get(&name).copied().filter(|_| together)?;
            Some((value, run.last()?.end, length))
        });
        if let Some((value, end, length)) = in_words {
            found.push(WrittenOrdinal { value, span: part.start..end });
            at += length;
            continue;
        }
        // The letter of "L’atelier" is an article.
        let elided = text.get(part.end..).is_some_and(|rest| rest.starts_with(['\'', '’']));
        let in_letters = || Some((roman(text.get(part.clone())?).filter(|_| !elided)?, part.end));
        if let Some((value, end)) = in_digits(text, part).or_else(in_letters) {
            found.push(WrittenOrdinal { value, span: part.start..end });
        }
        at += 1;
    }
    found
}

/// Runs of letters and digits.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() && c != '\u{301}' && c != '\u{300}' {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => parts.push(at..at + c.len_utf8()),
        }
    }
    parts
}

/// "26th", "8e", "8-ème", "3.ª", "2da", "1°".
fn in_digits(text: &str, part: &Range<usize>) -> Option<(u16, usize)> {
    const ENDINGS: [&str; 21] = [
        "st", "nd", "rd", "th", "e", "er", "re", "eme", "ieme", "a", "o", "ra", "da", "ta", "ma", "va", "na", "ro",
        "do", "to", "vo",
    ];
    let run = text.get(part.clone())?;
    let digits = run.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = run.split_at(digits);
    let value: u16 = number.parse().ok().filter(|value| (1..=MAX_NUMBER).contains(value))?;
    if !ending.is_empty() {
        return ENDINGS.contains(&fold(ending).as_str()).then_some((value, part.end));
    }
    let rest = text.get(part.end..)?;
    let apart = rest.strip_prefix(['-', '.', ' ']).unwrap_or(rest);
    let ending = apart.split(|c: char| !c.is_alphanumeric() && c != '°').next()?;
    let sign = matches!(ending, "º" | "ª" | "°") || matches!(fold(ending).as_str(), "eme" | "ieme");
    sign.then_some((value, part.end + (rest.len() - apart.len()) + ending.len()))
}

/// Value of a Roman number in capitals, up to 199.
fn roman(text: &str) -> Option<u16> {
    let values = text.chars().map(|c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    });
    let values: Vec<u16> = values.collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(index, &value)| {
        let before_larger = values.get(index + 1).is_some_and(|&next| next > value);
        if before_larger { -i32::from(value) } else { i32::from(value) }
    });
    let value = u16::try_from(signed.sum::<i32>()).ok().filter(|value| (1..=MAX_NUMBER).contains(value))?;
    (in_roman(value) == text).then_some(value)
}

/// Roman number up to 3999; empty above.
pub(crate) fn in_roman(number: u16) -> String {
    const DIGITS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    let mut rest = if number < 4_000 { number } else { 0 };
    for (value, digits) in DIGITS {
        while rest >= value {
            roman.push_str(digits);
            rest -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u16, &str)]) {
        let found = find(text);
        let found: Vec<(u16, &str)> = found.iter().map(|found| (found.value, &text[found.span.clone()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ordinals_are_read_in_every_form() {
        check("VI CONFERENCIA SUDAMERICANA", &[(6, "VI")]);
        check("the 26th Meeting, the Twenty-sixth Meeting", &[(26, "26th"), (26, "Twenty-sixth")]);
        check(
            "Octava Reunión; Décimo Séptima; Vigésimo primera",
            &[(8, "Octava"), (17, "Décimo Séptima"), (21, "Vigésimo primera")],
        );
        check("3.ª y 2da reunión, 7º taller", &[(3, "3.ª"), (2, "2da"), (7, "7º")]);
        check("8e, 8-ème et 9ème réunions, 1re", &[(8, "8e"), (8, "8-ème"), (9, "9ème"), (1, "1re")]);
        check("Vingt et unième, vingt-troisième", &[(21, "Vingt et unième"), (23, "vingt-troisième")]);
        check("L’atelier, C'est, L'VIII", &[(8, "VIII")]);
        check("in 2013, 25 states, IIII and MIX", &[]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for value in 1..=MAX_WORD {
            let words = in_words(value).unwrap();
            let capitals = words.clone().map(|word| word.to_uppercase());
            for text in words.into_iter().chain(capitals).chain([in_roman(value), format!("{value}th")]) {
                check(&text, &[(value, &text)]);
            }
        }
        assert_eq!(in_words(0), None);
        assert_eq!(in_words(70), None);
    }
}

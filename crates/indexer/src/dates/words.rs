//! Words that dates are written with, in English, Spanish, French and Portuguese; all folded.

/// Endings of a day's number: "4th", "1er", "1º", "1ro".
pub(super) const ORDINAL_ENDINGS: [&str; 9] = ["st", "nd", "rd", "th", "er", "o", "ro", "do", "e"];

/// What stands between two days of one date, or between the two halves of a range.
pub(super) const BETWEEN: [&str; 13] =
    ["and", "to", "through", "until", "y", "e", "et", "a", "al", "au", "hasta", "ao", "till"];

/// Those of [`BETWEEN`] that join the ends of a range and nothing else.
pub(super) const THROUGH: [&str; 9] = ["to", "through", "until", "al", "au", "a", "hasta", "ao", "till"];

/// What may stand before a day after one of [`BETWEEN`]: articles and the days of the week.
pub(super) const BEFORE_DAY: [&str; 32] = [
    "the",
    "el",
    "le",
    "les",
    "los",
    "o",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
];

/// What may stand between a day and its month: "4 de mayo", "a los 5 días del mes de mayo", "the 5th day of May".
pub(super) const BEFORE_MONTH: [&str; 14] =
    ["de", "of", "del", "day", "days", "dias", "dia", "mes", "d", "du", "mois", "jour", "jours", "do"];

/// What may stand between a month and its year: "mayo del año 2006".
pub(super) const BEFORE_YEAR: [&str; 10] = ["de", "del", "of", "ano", "l", "annee", "an", "do", "in", "the"];

/// The days of the week, by which a line of an agenda begins.
pub(crate) fn is_weekday(word: &str) -> bool {
    BEFORE_DAY.iter().skip(6).any(|day| *day == word)
}

/// Number of a month by its folded name or abbreviation.
pub(crate) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" | "enero" | "ene" | "janvier" | "janv" | "janeiro" => 1,
        "february" | "feb" | "febrero" | "fevrier" | "fevr" | "fev" | "fevereiro" => 2,
        "march" | "mar" | "marzo" | "mars" | "marco" => 3,
        "april" | "apr" | "abril" | "abr" | "avril" | "avr" => 4,
        "may" | "mayo" | "mai" | "maio" => 5,
        "june" | "jun" | "junio" | "juin" | "junho" => 6,
        "july" | "jul" | "julio" | "juillet" | "juil" | "julho" => 7,
        "august" | "aug" | "agosto" | "ago" | "aout" => 8,
        "september" | "sep" | "sept" | "septiembre" | "setiembre" | "septembre" | "setembro" => 9,
        "october" | "oct" | "octubre" | "octobre" | "outubro" => 10,
        "november" | "nov" | "noviembre" | "novembre" | "novembro" => 11,
        "december" | "dec" | "diciembre" | "dic" | "decembre" | "dezembro" => 12,
        _ => return None,
    })
}

/// Value of a number below a hundred that is written as one word, in Spanish, French or English.
pub(super) fn number(word: &str) -> Option<u32> {
    Some(match word {
        "uno" | "un" | "primero" | "premier" | "one" => 1,
        "dos" | "deux" | "two" => 2,
        "tres" | "trois" | "three" => 3,
        "cuatro" | "quatre" | "four" => 4,
        "cinco" | "cinq" | "five" => 5,
        "seis" | "six" => 6,
        "siete" | "sept" | "seven" => 7,
        "ocho" | "huit" | "eight" => 8,
        "nueve" | "neuf" | "nine" => 9,
        "diez" | "dix" | "ten" => 10,
        "once" | "onze" | "eleven" => 11,
        "doce" | "douze" | "twelve" => 12,
        "trece" | "treize" | "thirteen" => 13,
        "catorce" | "quatorze" | "fourteen" => 14,
        "quince" | "quinze" | "fifteen" => 15,
        "dieciseis" | "seize" | "sixteen" => 16,
        "diecisiete" | "seventeen" => 17,
        "dieciocho" | "eighteen" => 18,
        "diecinueve" | "nineteen" => 19,
        "veinte" | "vingt" | "twenty" => 20,
        "veintiuno" | "veintiun" => 21,
        "veintidos" => 22,
        "veintitres" => 23,
        "veinticuatro" => 24,
        "veinticinco" => 25,
        "veintiseis" => 26,
        "veintisiete" => 27,
        "veintiocho" => 28,
        "veintinueve" => 29,
        "treinta" | "trente" | "thirty" => 30,
        _ => return None,
    })
}

/// Words for "two thousand": what a year written in words begins with.
pub(super) const TWO: [&str; 4] = ["dos", "deux", "two", "dois"];

/// Words for "thousand".
pub(super) const THOUSAND: [&str; 3] = ["mil", "mille", "thousand"];

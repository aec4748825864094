//! Which lines are headings.
//!
//! Markdown says so; plain text shows it by capitals, by bold type, or by a short line without a full stop that
//! stands alone in front of a longer text.

use rcp_corpus::analysis::fold;

use super::number::split_number;

/// Longest heading, in characters.
const MAX_HEADING: usize = 160;

/// Longest heading that is told by its shape alone, in characters and words.
const MAX_TITLE_LIKE: (usize, usize) = (100, 14);

/// Longest question used as a sub-heading, in characters.
const MAX_QUESTION: usize = 250;

/// Most words of a heading that ends in a colon ("Challenges:"); longer ones introduce a list.
const MAX_COLON_WORDS: usize = 2;

/// Most words of a heading in capitals that ends in a colon; a longer one introduces what follows it.
const MAX_CAPITALS_COLON_WORDS: usize = 12;

/// Words with which the heading of an outermost part begins (folded): "ANNEX II", "Capítulo 3".
const PARTS: [&str; 13] = [
    "annex",
    "annexe",
    "anexo",
    "apendice",
    "appendice",
    "appendix",
    "capitulo",
    "chapitre",
    "chapter",
    "part",
    "parte",
    "partie",
    "titulo",
];

/// Words after which a line is not finished, in English, Spanish and French.
const UNFINISHED: [&str; 44] = [
    "a", "al", "and", "at", "au", "aux", "by", "con", "d", "dans", "de", "del", "des", "du", "e", "el", "en", "entre",
    "et", "for", "from", "in", "l", "la", "las", "le", "les", "los", "of", "on", "or", "ou", "para", "par", "por",
    "pour", "sobre", "sur", "the", "to", "u", "with", "y", "y/o",
];

/// Level and text of a Markdown heading (`## Scope`).
pub(super) fn marked_heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let text = line.get(level..)?.strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim_end();
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    (!text.is_empty()).then_some((level, text))
}

/// Whether a line in capitals is a heading.
pub(super) fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let lower = text.chars().any(char::is_lowercase);
    let cased = text.chars().any(char::is_uppercase);
    let introduces = text.ends_with(':') && text.split_whitespace().nth(MAX_CAPITALS_COLON_WORDS).is_some();
    let ends = text.ends_with(['.', ';', ',']) || introduces;
    letters >= 3 && cased && !lower && !is_longer(text, MAX_HEADING) && !ends
}

/// Whether a document is written in capitals, so that they tell no heading: most of its letters stand in such lines, and
/// some of these end as sentences.
pub(super) fn in_capitals<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut capitals, mut sentences) = (0, 0, 0);
    for line in lines {
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        all += letters;
        if letters >= 3 && !line.chars().any(char::is_lowercase) {
            capitals += letters;
            sentences += usize::from(line.trim_end().ends_with(['.', ';']));
        }
    }
    capitals * 10 >= all * 6 && sentences >= 2
}

/// Whether a line has the shape of a heading: short, begins with a capital, ends without punctuation.
pub(super) fn is_title_like(text: &str) -> bool {
    // Length first: the text may be a whole paragraph, and this is asked of it more than once.
    if is_longer(text, MAX_TITLE_LIKE.0) {
        return false;
    }
    let words = text.split_whitespace().count();
    let begins = text.chars().next().is_some_and(char::is_uppercase);
    let ends = match text.strip_suffix(':') {
        Some(_) => words <= MAX_COLON_WORDS,
        None => text.ends_with(|c: char| c.is_alphanumeric() || ")”\"»".contains(c)),
    };
    begins && ends && words <= MAX_TITLE_LIKE.1 && !is_unfinished(text)
}

fn is_longer(text: &str, characters: usize) -> bool {
    text.chars().nth(characters).is_some()
}

/// Whether a line is a question that can stand over the paragraphs that answer it.
pub(super) fn is_question(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| c.is_uppercase() || c == '¿');
    begins && text.ends_with('?') && !is_longer(text, MAX_QUESTION)
}

/// Whether a line ends with a word that asks for more ("… of", "… de la").
pub(super) fn is_unfinished(text: &str) -> bool {
    let last = text.rsplit(|c: char| c.is_whitespace() || "'’".contains(c)).next().unwrap_or("").to_lowercase();
    UNFINISHED.contains(&last.as_str())
}

/// Whether a text ends as a sentence or an introduction ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| ")”\"»’'*_ ".contains(c));
    text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// The number in front of a heading: `II`, `3.2`, `A`.
pub(crate) fn heading_number(text: &str) -> Option<String> {
    split_number(text).map(|(marker, _)| marker.number)
}

/// Splits a run-in heading from its paragraph: "Highlight of Results:  The RCM can show". The two spaces tell it
/// from a sentence with a colon.
pub(super) fn split_run_in(text: &str) -> Option<(&str, &str)> {
    let (heading, rest) = text.split_once(":  ")?;
    let words = heading.split_whitespace().count();
    let title_like = is_title_like(heading) && (2..=5).contains(&words);
    (title_like && !rest.trim().is_empty()).then(|| (heading, rest.trim_start()))
}

/// Level of a heading without a Markdown level: annexes, chapters and capitals, then bold or title-like lines, then
/// questions. Each further part of its number ("II.3") goes one deeper, so that "2.1 Return" stands below "2. Results".
pub(super) fn level(text: &str) -> u8 {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if PARTS.contains(&fold(first).as_str()) {
        return 1;
    }
    let parts = split_number(text).map_or(1, |(marker, _)| marker.number.split('.').count());
    let shape = match (is_capitals(text), is_question(text)) {
        (true, _) => 1,
        (false, false) => 2,
        (false, true) => 3,
    };
    u8::try_from(parts).unwrap_or(u8::MAX).saturating_sub(1).saturating_add(shape).min(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_in_capitals_is_told_by_its_sentences() {
        assert!(in_capitals(["REPORT", "THE STATES MET.", "THEY AGREED ON DATA.", "Page one"].into_iter()));
        assert!(!in_capitals(["REPORT ON MIGRATION", "CONCEPT NOTE", "BACKGROUND", "It was short."].into_iter()));
        assert!(!in_capitals(["NOTE.", "END.", "The States met and agreed on a number of things."].into_iter()));
    }

    #[test]
    fn shapes_of_headings() {
        for text in
            ["Evolution of RCPs", "Challenges:", "Cross-fertilization between RCPs", "Introducción", "L'avenir des PCR"]
        {
            assert!(is_title_like(text), "{text}");
        }
        for text in ["The topics addressed were:", "asylum", "It ended.", "Meeting of the", "Budapest Group;", "", "·"]
        {
            assert!(!is_title_like(text), "{text}");
        }
        assert!(
            is_capitals("RCM-SACM")
                && is_capitals("DECLARACIÓN DE LIMA")
                && !is_capitals("RCM made")
                && !is_capitals("12")
        );
        assert!(is_question("¿Qué sigue?") && !is_question("and why?"));
        let long =
            "LOS REPRESENTANTES DE LOS GOBIERNOS DE LOS PAÍSES MIEMBROS, REUNIDOS EN LIMA, ACUERDAN LO SIGUIENTE:";
        assert!(is_capitals("ACUERDAN:") && !is_capitals(long) && !is_capitals("THE STATES AGREE."));
        assert_eq!(["ANNEX II", "Anexo 1: Lista", "Annexe", "Partnerships"].map(level), [1, 1, 1, 2]);
        assert_eq!(marked_heading("## Scope ##"), Some((2, "Scope")));
        assert_eq!(marked_heading("#1 of 2"), None);
        assert_eq!(marked_heading("####### seven"), None);
        assert_eq!(split_run_in("Highlight of Results:  The RCM"), Some(("Highlight of Results", "The RCM")));
        assert_eq!(split_run_in("The aim was: peace"), None);
        assert!(level("2.1 Return") > level("2. Results") && level("2.1 RETURN") > level("2. RESULTS"));
    }
}

//! Language versions by the names of their files: `declaration_ES.pdf` beside `declaration_EN.pdf`.

use rcp_corpus::analysis::fold;
use rcp_corpus::model::Language;

use crate::metadata::without_ending;

/// How names of files mark a language (folded).
const MARKS: [(&str, Language); 22] = [
    ("en", Language::En),
    ("eng", Language::En),
    ("english", Language::En),
    ("ingles", Language::En),
    ("anglais", Language::En),
    ("es", Language::Es),
    ("esp", Language::Es),
    ("spa", Language::Es),
    ("spanish", Language::Es),
    ("espanol", Language::Es),
    ("castellano", Language::Es),
    ("espagnol", Language::Es),
    ("sp", Language::Es),
    ("fr", Language::Fr),
    ("fra", Language::Fr),
    ("fre", Language::Fr),
    ("french", Language::Fr),
    ("francais", Language::Fr),
    ("frances", Language::Fr),
    ("vf", Language::Fr),
    ("vo", Language::Undetermined),
    ("original", Language::Undetermined),
];

/// Words behind a mark that say how far a text has come, not what it is (folded).
const VERSIONS: [&str; 8] = ["final", "rev", "limpia", "clean", "draft", "web", "definitivo", "definitif"];

/// What the versions of one work have in common in their names, and the language that a name marks.
///
/// A mark is the last word of a file's name (only words like "final" or a number may follow it), its first word, or
/// the whole name of a folder: "reunión en Panamá" has none.
pub(super) fn marked_name(file: &str) -> Option<(String, Language)> {
    let folded = fold(without_ending(file));
    let mut parts: Vec<Vec<&str>> = folded
        .split('/')
        .map(|part| part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect())
        .collect();
    let name = parts.last_mut()?;
    let mark = take_mark(name).or_else(|| {
        let folders = parts.len().saturating_sub(1);
        let marks = |part: &Vec<&str>| part.len() == 1 && part.iter().any(|word| language(word).is_some());
        let folder = parts.iter().take(folders).position(marks)?;
        let word = *parts.remove(folder).first()?;
        language(word)
    })?;
    let key: Vec<String> = parts.iter().map(|part| part.join("-")).collect();
    Some((key.join("/"), mark))
}

/// Takes the mark off the words of a file's name; it must not be the only word.
fn take_mark(words: &mut Vec<&str>) -> Option<Language> {
    let is_version = |word: &&&str| {
        VERSIONS.contains(*word) || word.trim_start_matches('v').bytes().all(|byte| byte.is_ascii_digit())
    };
    let behind = words.iter().rev().take_while(is_version).count();
    let last = words.len().checked_sub(behind + 1);
    let position = last.filter(|&last| words.get(last).is_some_and(|word| language(word).is_some())).or_else(|| {
        let first = words.first().copied().and_then(language);
        first.map(|_| 0)
    })?;
    if words.len() < 2 {
        return None;
    }
    language(words.remove(position))
}

fn language(word: &str) -> Option<Language> {
    MARKS.iter().find(|(mark, _)| *mark == word).map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_at_the_border_of_a_name() {
        for (file, expected) in [
            ("declaration_ES.pdf", Some(("declaration", Language::Es))),
            ("2013/Informe final (español).docx", Some(("2013/informe-final", Language::Es))),
            ("EN - Plan of action.doc", Some(("plan-of-action", Language::En))),
            ("report-fr-final-v2.odt", Some(("report-final-v2", Language::Fr))),
            ("docs/fr/report.html", Some(("docs/report", Language::Fr))),
            ("reunion en Panama.txt", None),
            ("Es.txt", None),
            ("report.pdf", None),
        ] {
            let expected = expected.map(|(key, language)| (key.to_owned(), language));
            assert_eq!(marked_name(file), expected, "{file}");
        }
    }
}

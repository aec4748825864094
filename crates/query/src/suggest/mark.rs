//! Which part of a suggestion was typed.

use std::ops::Range;

use rcp_corpus::analysis::{fold, words};

use super::typed::Tail;

/// The byte range of a text, behind the head of the tail, in which a word and what follows it begins with the tail.
pub(super) fn marked(text: &str, tail: &Tail<'_>) -> Option<Range<usize>> {
    let words = words(text);
    let first = words.iter().position(|word| word.span.start >= tail.head.len())?;
    let typed: Vec<&str> = tail.prefix.split_whitespace().collect();
    let (last, complete) = typed.split_last()?;
    let run = words[first..].windows(typed.len()).find(|run| {
        let same = run.iter().zip(complete).all(|(word, typed)| word.folded == **typed);
        same && run.last().is_some_and(|word| word.folded.starts_with(last))
    })?;
    let (begin, end) = (run.first()?, run.last()?);
    let surface = &text[end.span.clone()];
    Some(begin.span.start..end.span.start + beginning(surface, last.len()))
}

/// Length of the shortest beginning of a word, as it is written, that folds to so many bytes: folding may change lengths.
pub(crate) fn beginning(surface: &str, folded: usize) -> usize {
    let mut cuts = surface.char_indices().map(|(at, _)| at);
    cuts.find(|&cut| fold(&surface[..cut]).len() >= folded).unwrap_or(surface.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, head: &str, prefix: &str, expected: Option<&str>) {
        let found = marked(text, &Tail { head, prefix: prefix.to_owned() }).map(|range| &text[range]);
        assert_eq!(found, expected, "{prefix:?} in {text:?}");
    }

    #[test]
    fn accents_case_and_ligatures_are_marked_as_written() {
        check("Migración laboral", "", "migraci", Some("Migraci"));
        check("Migración laboral", "", "migracio", Some("Migració"));
        check("Migración laboral", "", "migracion lab", Some("Migración lab"));
        check("Migración laboral", "", "migracion ", Some("Migración"));
        check("La Œuvre", "", "oe", Some("Œ"));
        check("La Œuvre", "", "oeu", Some("Œu"));
        check("a labour of labour", "a labour of ", "lab", Some("lab"));
        check("Trafficking", "", "trata", None);
    }
}

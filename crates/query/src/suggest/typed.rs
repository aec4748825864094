//! [`Typed`]: a typed text as the beginnings that it may be of something longer.

use rcp_corpus::analysis::{Word, words};

/// Most words of a tail that is not the whole text: phrases have no more.
const MAX_TAIL_WORDS: usize = 4;

/// A typed text with its words.
pub(super) struct Typed<'a> {
    text: &'a str,
    words: Vec<Word>,
}

/// The last words of a typed text, and what stands before them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tail<'a> {
    /// The text before the words, as typed.
    pub(super) head: &'a str,
    /// The folded words with a space between, and one behind the last if it is complete.
    pub(super) prefix: String,
}

impl<'a> Typed<'a> {
    pub(super) fn new(text: &'a str) -> Typed<'a> {
        Typed { text, words: words(text) }
    }

    /// The folded words with a space between.
    pub(super) fn folded(&self) -> String {
        join(&self.words)
    }

    /// All words, then the last four, three, two and one.
    pub(super) fn tails(&self) -> impl Iterator<Item = Tail<'a>> {
        let count = self.words.len();
        let complete = self.words.last().is_some_and(|last| last.span.end < self.text.len());
        let starts = (0..count).filter(move |&start| start == 0 || count - start <= MAX_TAIL_WORDS);
        starts
            .map(move |start| Tail {
                // Quotes and the like before the first word are no part of what is completed.
                head: if start == 0 { "" } else { &self.text[..self.words[start].span.start] },
                prefix: join(&self.words[start..]) + if complete { " " } else { "" },
            })
            .collect::<Vec<_>>()
            .into_iter()
    }
}

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let tails: Vec<(&str, String)> = Typed::new(text).tails().map(|tail| (tail.head, tail.prefix)).collect();
        let expected: Vec<(&str, String)> = expected.iter().map(|&(head, prefix)| (head, prefix.to_owned())).collect();
        assert_eq!(tails, expected, "{text:?}");
    }

    #[test]
    fn the_last_words_are_completed_too() {
        check("", &[]);
        check("Migr", &[("", "migr")]);
        check("Migración ", &[("", "migracion ")]);
        check("labour mig", &[("", "labour mig"), ("labour ", "mig")]);
        check(
            "a b c d e f",
            &[("", "a b c d e f"), ("a b ", "c d e f"), ("a b c ", "d e f"), ("a b c d ", "e f"), ("a b c d e ", "f")],
        );
        check("\"right to  educ", &[("", "right to educ"), ("\"right ", "to educ"), ("\"right to  ", "educ")]);
        check("l'éco", &[("", "l eco"), ("l'", "eco")]);
    }
}

//! Text and marks to the segments of an answer.

use std::ops::Range;

use super::window::windows;
use super::{ELISION, Mark};
use crate::response::Segment;

/// Cuts a text into marked and unmarked segments; joined they are the text to show.
///
/// A text of at most `limit` characters is shown whole. Of a longer one the sentences around the marks are shown,
/// about `limit` characters in all, and `…` in an unmarked segment of its own stands for each part left out (with
/// the space around it). No word is cut, unless one alone is longer than `limit`; no character is ever.
///
/// `marks` are in order and apart from each other, as [`super::Highlighter::mark`] gives them.
///
/// ```
/// use rcp_query::highlight::{Mark, segments};
///
/// let text = "The first meeting was in Geneva. The second was in Bangkok. The third was in Gaborone.";
/// let marks = [Mark { span: 51..58, words: 1, expanded: false }];
/// let shown: Vec<_> = segments(text, &marks, 30).into_iter().map(|segment| (segment.text, segment.matched)).collect();
/// let expected = [("… ", false), ("The second was in ", false), ("Bangkok", true), (".", false), (" …", false)];
/// assert_eq!(shown, expected.map(|(text, matched)| (text.to_owned(), matched)));
/// ```
#[must_use]
pub fn segments(text: &str, marks: &[Mark], limit: usize) -> Vec<Segment> {
    if text.chars().nth(limit).is_none() {
        return marked(text, 0..text.len(), marks);
    }
    let windows = windows(text, marks, limit);
    let mut segments = Vec::new();
    let mut shown_to = 0;
    for window in windows {
        let is_first = segments.is_empty();
        if !text[shown_to..window.start].trim().is_empty() {
            let text = if is_first { format!("{ELISION} ") } else { format!(" {ELISION} ") };
            segments.push(Segment { text, matched: false, expanded: false });
        }
        shown_to = window.end;
        segments.extend(marked(text, window, marks));
    }
    if !text[shown_to..].trim().is_empty() {
        segments.push(Segment { text: format!(" {ELISION}"), matched: false, expanded: false });
    }
    segments
}

/// The segments of a part of the text; marks that reach out of it are clipped.
fn marked(text: &str, window: Range<usize>, marks: &[Mark]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut push = |range: Range<usize>, matched, expanded| {
        if let Some(slice) = text.get(range).filter(|slice| !slice.is_empty()) {
            segments.push(Segment { text: slice.to_owned(), matched, expanded });
        }
    };
    let mut at = window.start;
    let first = marks.partition_point(|mark| mark.span.end <= window.start);
    for mark in marks[first..].iter().take_while(|mark| mark.span.start < window.end) {
        let (start, end) = (mark.span.start.max(at), mark.span.end.min(window.end));
        push(at..start, false, false);
        push(start..end, true, mark.expanded);
        at = end;
    }
    push(at..window.end, false, false);
    segments
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Marks every word of `wanted` (a bit each) in the text.
    fn marks(text: &str, wanted: &[&str]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = (0..)
            .zip(wanted)
            .flat_map(|(bit, word)| {
                text.match_indices(word).map(move |(at, found)| Mark {
                    span: at..at + found.len(),
                    words: 1 << bit,
                    expanded: false,
                })
            })
            .collect();
        marks.sort_by_key(|mark| mark.span.start);
        marks
    }

    /// Marks stand in brackets.
    #[track_caller]
    fn check(text: &str, wanted: &[&str], limit: usize, expected: &str) {
        let segments = segments(text, &marks(text, wanted), limit);
        let shown: String = segments
            .iter()
            .map(|segment| if segment.matched { format!("[{}]", segment.text) } else { segment.text.clone() })
            .collect();
        assert_eq!(shown, expected);
    }

    const REPORT: &str =
        "Alpha begins. Beta follows with para. 21 of it. Gamma stands alone. Delta comes late. Omega ends.";

    #[test]
    fn short_texts_are_whole() {
        check("", &[], 10, "");
        check("  Two words ", &["words"], 12, "  Two [words] ");
        check(REPORT, &["Gamma"], 600, &REPORT.replace("Gamma", "[Gamma]"));
    }

    #[test]
    fn long_texts_show_the_sentences_around_the_marks() {
        check(REPORT, &["Gamma"], 25, "… [Gamma] stands alone. …");
        check(REPORT, &["Gamma"], 40, "… [Gamma] stands alone. Delta comes late. …");
        check(REPORT, &["21"], 40, "… Beta follows with para. [21] of it. …");
        check(REPORT, &["Omega"], 20, "… [Omega] ends.");
        check(REPORT, &[], 20, "Alpha begins. …");
    }

    #[test]
    fn different_words_come_before_many_marks() {
        let text = "One one one. And so on. Two is one. And so on. Three.";
        check(text, &["one", "Two"], 15, "… [Two] is [one]. …");
        check(text, &["one", "Three"], 20, "One [one] [one]. … [Three].");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_semicolon_or_between_words() {
        check(
            "Recalling the past; noting the present and the future",
            &["noting"],
            34,
            "… [noting] the present and the future",
        );
        check("one two three four five six", &["four"], 10, "… [four] five …");
        check("one two three four five six", &["two three"], 10, "… [two three] …");
        check("one two three four five six", &["two three four"], 10, "… [two three] …");
    }

    #[test]
    fn a_run_without_spaces_is_cut_between_clusters() {
        check(&"移民".repeat(20), &[], 5, "移民移民移 …");
        check(&"e\u{301}".repeat(20), &[], 5, "e\u{301}e\u{301} …");
        check(&"👩\u{200D}👧".repeat(20), &[], 4, "👩\u{200D}👧 …");
        check(&format!("a{}", "\u{301}".repeat(50)), &[], 3, "a\u{301}\u{301} …");
    }

    fn text() -> impl Strategy<Value = String> {
        let words = [
            "Alpha",
            "beta",
            "gamma",
            "الهجرة",
            "e\u{301}t",
            "👩\u{200D}👧",
            "para.",
            "21.",
            "end.",
            "fin;",
            "移民。",
            "x",
        ];
        let spaces = ["", " ", " ", "  ", "\n"];
        vec((proptest::sample::select(words.to_vec()), proptest::sample::select(spaces.to_vec())), 0..60)
            .prop_map(|pieces| pieces.into_iter().flat_map(|(word, space)| [word, space]).collect())
    }

    proptest! {
        #[test]
        fn segments_show_parts_of_the_text_in_order(text in text(), limit in 1..120usize) {
            let marks = marks(&text, &["beta", "الهجرة", "para"]);
            let segments = segments(&text, &marks, limit);
            let mut at = 0;
            let mut shown = 0;
            for segment in &segments {
                prop_assert!(!segment.text.is_empty());
                if segment.text.trim() == ELISION {
                    prop_assert!(!segment.matched);
                    continue;
                }
                let found = text[at..].find(&segment.text);
                prop_assert!(found.is_some(), "{:?} does not follow in {:?}", segment.text, text);
                at += found.unwrap_or(0) + segment.text.len();
                shown += segment.text.chars().count();
                if segment.matched {
                    prop_assert!(marks.iter().any(|mark| text[mark.span.clone()].contains(&segment.text)));
                }
            }
            prop_assert!(shown <= limit);
            if text.chars().count() <= limit {
                prop_assert_eq!(segments.iter().map(|segment| segment.text.as_str()).collect::<String>(), text);
            }
        }

        #[test]
        fn something_marked_is_shown_if_anything_is(text in text(), limit in 20..120usize) {
            let marks = marks(&text, &["beta", "gamma"]);
            let any = segments(&text, &marks, limit).iter().any(|segment| segment.matched);
            prop_assert_eq!(any, !marks.is_empty());
        }

        #[test]
        fn words_are_not_cut(text in "([a-zé]{1,9}[ ,.;] ?){0,80}", limit in 12..60usize) {
            for window in windows(&text, &[], limit) {
                for at in [window.start, window.end] {
                    let before = text[..at].chars().next_back();
                    let after = text[at..].chars().next();
                    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    prop_assert!(!(inside(before) && inside(after)), "{:?} is cut at {}", text, at);
                }
            }
        }
    }
}

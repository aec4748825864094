//! Removes what conversion left in a text, and nothing else: every letter and digit that is not part of a named
//! artefact survives, in order.
//!
//! The artefacts: `[image: …]`, `[bookmark: …]`, `OLE_LINK11`, `RANGE!A15`, `[footnoteRef:2]`, Markdown emphasis,
//! links and escapes, `<http://…>`, inline HTML tags, `<sup>1</sup>`, `[^1]`, superscript digits glued to words,
//! HTML character references (`&eacute;`), soft hyphens and other invisible characters, no-break spaces, ligatures, repeated spaces.
//!
//! Every search for a closing sign looks a limited way ahead, so hostile text costs linear time.

mod entities;
mod markup;
mod notes;

use unicode_normalization::UnicodeNormalization;

use entities::without_references;
use markup::{without_emphasis, without_links, without_superscripts, without_tags};

pub(super) use notes::take_notes;

/// Longest bracketed artefact, tag or link part, in bytes.
const MAX_ARTEFACT: usize = 500;

/// Cleans a paragraph: plain text in normal form C on one line.
///
/// ```
/// use rcp_indexer::extract::clean;
///
/// assert_eq!(clean("[image: logo]The **ﬁrst**  meet\u{AD}ing,<sup>1</sup> see <http://example.org>."),
///            "The first meeting, see http://example.org.");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    clean_markup(&clean_line(text))
}

/// First step, before the lines are read for their structure: bracketed artefacts, control and invisible
/// characters. Tabs stay, for they are structure.
pub(super) fn clean_line(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '['
            && let Some(after) = skip_bracketed(rest)
        {
            rest = after;
            continue;
        }
        match c {
            '\t' => clean.push('\t'),
            '\u{AD}'
            | '\u{200B}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => {}
            _ if is_noncharacter(c) => {}
            _ if c.is_whitespace() => clean.push(' '),
            _ if c.is_control() => {}
            _ => clean.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    if clean.contains("OLE_LINK") || clean.contains("RANGE!") { without_link_names(&clean) } else { clean }
}

/// Code points that are never characters. The filler of token strings is one: no text may hold it.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// What follows `[image: …]` or `[bookmark: …]`.
fn skip_bracketed(text: &str) -> Option<&str> {
    let named = ["[image:", "[bookmark:"].iter().any(|name| text.starts_with(name));
    if !named {
        return None;
    }
    let close = find_within(text, "]", MAX_ARTEFACT)?;
    text.get(close + 1..)
}

/// Drops the names that Word gives to linked ranges where they stand as words.
fn without_link_names(text: &str) -> String {
    let is_name = |word: &str| {
        let numbered = |prefix: &str| {
            word.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        };
        let cell = word.strip_prefix("RANGE!").is_some_and(|cell| {
            !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b':')
        });
        numbered("OLE_LINK") || cell
    };
    text.split_inclusive([' ', '\t']).filter(|word| !is_name(word.trim_end_matches([' ', '\t']))).collect()
}

/// Second step, on a whole paragraph: markup, footnote marks, ligatures, spaces, normal form C.
pub(super) fn clean_markup(text: &str) -> String {
    clean_noted(text, &mut Vec::new())
}

/// As [`clean_markup`]; the numbers in the footnote marks that it removes go into `marks`.
pub(super) fn clean_noted(text: &str, marks: &mut Vec<String>) -> String {
    let text = without_tags(text, marks);
    let text = without_links(&text, marks);
    let text = without_emphasis(&text);
    let text = without_superscripts(&text, marks);
    // Last of all, so that `&lt;b&gt;` is text and no tag.
    let text = without_references(&text);
    clean_plain(&text)
}

/// The second step where a text has no markup: ligatures, spaces, normal form C.
pub(super) fn clean_plain(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'ﬀ' => clean.push_str("ff"),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            'ﬅ' | 'ﬆ' => clean.push_str("st"),
            '\u{AD}' => {}
            _ if c.is_whitespace() => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            _ => clean.push(c),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Position of a needle that starts within the first `limit` bytes.
fn find_within(text: &str, needle: &str, limit: usize) -> Option<usize> {
    let end = limit.saturating_add(needle.len()).min(text.len());
    // The window ends at the next boundary of a character, at most three bytes behind.
    let window = (end..=text.len()).find_map(|end| text.get(..end))?;
    window.find(needle)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::canonical_combining_class;

    use super::notes::Note;
    use super::*;

    #[track_caller]
    fn check(dirty: &str, expected: &str) {
        assert_eq!(clean(dirty), expected, "{dirty:?}");
        assert_eq!(clean(expected), expected, "cleaning twice changes {expected:?}");
    }

    #[test]
    fn conversion_artefacts_go() {
        check("[image: ][image: logo] ", "");
        check("[bookmark: RANGE!A15][bookmark: OLE_LINK92]10:00 – 10:45", "10:00 – 10:45");
        check("OLE_LINK3 Agenda RANGE!A15:B20 del día", "Agenda del día");
        check("meet\u{AD}ing\u{200B}s\u{FEFF} of\u{A0}the ofﬁce", "meetings of the office");
        check("two  spaces \u{2003}here ", "two spaces here");
        check("migracio\u{301}n", "migración");
        check("filler \u{FFFF} word", "filler word");
    }

    #[test]
    fn markup_goes_and_text_stays() {
        check("The *objectives* and **working methods**", "The objectives and working methods");
        check("Europe:** Inter-governmental", "Europe: Inter-governmental");
        check("“*Regional Processes*”; 2008", "“Regional Processes”; 2008");
        check("_nota_ y (_ibid._)", "nota y (ibid.)");
        check("see <http://example.org/a_b_c>.", "see http://example.org/a_b_c.");
        check("[the site](https://example.org/x) is", "the site (https://example.org/x) is");
        check("![map](map.png) of", "map of");
        check("<strong>Article</strong> <a href='x'>1</a><br/>text", "Article 1 text");
        assert_eq!(clean("1\\. An escaped \\*star\\*"), "1. An escaped *star*");
    }

    #[test]
    fn footnote_marks_go_and_units_stay() {
        check("websites.¹ A list,²,³ of", "websites. A list, of");
        check("meeting.<sup>12</sup> Then[^1] it", "meeting. Then it");
        check("1 km² of land", "1 km² of land");
        check("H<sub>2</sub>O and x<sup>n</sup>", "H2O and xn");
    }

    #[test]
    fn signs_that_are_no_markup_stay() {
        for text in
            ["5 * 3 = 15", "a < b and c > d", "Name: ______", "[sic] and [2: 30]", "snake_case_name", "R&D 100%"]
        {
            check(text, text);
        }
    }

    #[test]
    fn an_inlined_note_is_taken_out() {
        let mut marks = Vec::new();
        let (body, notes) =
            take_notes("documents[footnoteRef:2], among others: [2:  See [1] at <https://example.org>] ", &mut marks);
        assert_eq!(clean(&body), "documents, among others:");
        assert_eq!(notes, [Note { number: "2".to_owned(), text: "See [1] at https://example.org".to_owned() }]);
        let (body, notes) = take_notes("at [2: 30] sharp", &mut marks);
        assert_eq!((body.as_str(), notes.len()), ("at [2: 30] sharp", 0));
        assert_eq!(marks, ["2"]);
    }

    #[test]
    fn the_numbers_of_footnote_marks_are_told() {
        for (text, expected) in [
            ("websites.¹²,³ A list", vec!["12", "3"]),
            ("meeting.<sup>1, 2</sup> Then[^note] it", vec!["1", "2", "note"]),
            ("1 km² of land [2] and 5", vec![]),
        ] {
            let mut marks = Vec::new();
            clean_noted(text, &mut marks);
            assert_eq!(marks, expected, "{text}");
        }
    }

    fn alphanumeric(text: &str) -> String {
        // Decomposed: a control character that is removed can bring a letter and its accent together. And without marks,
        // of which some are letters: normal form puts those that come together in an order of its own.
        let is_mark = |c: char| canonical_combining_class(c) != 0;
        text.nfkd().filter(|&c| c.is_alphanumeric() && !is_mark(c)).collect()
    }

    proptest! {
        /// Artefacts are put between, in front of and behind words; exactly they disappear.
        #[test]
        fn every_letter_that_is_no_artefact_survives(
            words in prop::collection::vec("[a-záéñçœA-Z0-9ﬁ]{1,8}[.,;:)]?", 1..12),
            artefacts in prop::collection::vec(prop::sample::select(vec![
                "", "[image: x1]", "[bookmark: OLE_LINK1]", "\u{AD}", "**", "<b>", "<sup>3</sup>", "¹", "\u{200B}", " ** ",
                " OLE_LINK7 ", "[^2]", "  ", "\u{A0}", "</strong>",
            ]), 12),
        ) {
            // A unit would keep its superscript, and that is right.
            prop_assume!(!words.iter().any(|word| matches!(word.as_str(), "m" | "km" | "cm" | "mm" | "dm")));
            let mut dirty = String::new();
            for (word, artefact) in words.iter().zip(&artefacts) {
                dirty.push_str(word);
                dirty.push_str(artefact);
                dirty.push(' ');
            }
            prop_assert_eq!(alphanumeric(&clean(&dirty)), alphanumeric(&words.concat()));
        }

        /// Without the signs that begin an artefact, any text keeps every letter and digit.
        #[test]
        fn text_without_artefacts_keeps_everything(text in "[^\\[<&¹²³⁰⁴-⁹\\\\]{0,200}") {
            prop_assume!(!text.contains("OLE_LINK") && !text.contains("RANGE!"));
            prop_assert_eq!(alphanumeric(&clean(&text)), alphanumeric(&text));
        }

        #[test]
        fn any_text_is_cleaned_to_one_normal_line(text in "(\\PC|\\[|<|\\*|_|\\n){0,300}") {
            let clean = clean(&text);
            prop_assert!(!clean.contains('\n') && !clean.contains("  ") && clean.trim() == clean);
            prop_assert_eq!(clean.nfc().collect::<String>(), clean.clone());
        }
    }
}

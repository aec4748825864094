//! Removes what conversion left in a text, and nothing else: every letter and digit that is not part of a named
//! artefact survives, in order.
//!
//! The artefacts: `[image: …]`, `[bookmark: …]`, `OLE_LINK11`, `RANGE!A15`, `[footnoteRef:2]`, Markdown emphasis,
//! links and escapes, `<http://…>`, inline HTML tags, `<sup>1</sup>`, `[^1]`, superscript digits glued to words,
//! soft hyphens and other invisible characters, no-break spaces, ligatures, repeated spaces.
//!
//! Every search for a closing sign looks a limited way ahead, so hostile text costs linear time.

use unicode_normalization::UnicodeNormalization;

/// Longest bracketed artefact, tag or link part, in bytes.
const MAX_ARTEFACT: usize = 500;

/// Longest note that is inlined as `[2: …]`, in bytes.
const MAX_NOTE: usize = 5_000;

/// Inline tags that Markdown and converted pages leave in running text.
const INLINE_TAGS: [&str; 18] = [
    "a", "b", "br", "del", "div", "em", "font", "i", "ins", "p", "s", "small", "span", "strong", "sub", "sup", "u",
    "mark",
];

/// A footnote that stood inside the text it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Its number as printed.
    pub(super) number: String,
    /// Its text, cleaned.
    pub(super) text: String,
}

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
    let text = without_tags(text);
    let text = without_links(&text);
    let text = without_emphasis(&text);
    let text = without_superscripts(&text);
    let mut clean = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'ﬀ' => clean.push_str("ff"),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            'ﬅ' | 'ﬆ' => clean.push_str("st"),
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

/// Takes `[footnoteRef:2]` and the note `[2: …]` that it announces out of a paragraph.
pub(super) fn take_notes(text: &str) -> (String, Vec<Note>) {
    const REFERENCE: &str = "[footnoteRef:";
    if !text.contains(REFERENCE) {
        return (text.to_owned(), Vec::new());
    }
    let mut without_references = String::with_capacity(text.len());
    let mut numbers: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(REFERENCE) {
        without_references.push_str(before);
        match find_within(after, "]", 8).and_then(|close| after.split_at_checked(close)) {
            Some((number, after)) => {
                numbers.push(number);
                rest = after.strip_prefix(']').unwrap_or(after);
            }
            None => {
                without_references.push_str(REFERENCE);
                rest = after;
            }
        }
    }
    without_references.push_str(rest);

    let mut body = without_references;
    let mut notes = Vec::new();
    // More references than notes have a place on a page are no references.
    for number in numbers.into_iter().take(100) {
        let opening = format!("[{number}:");
        let Some(start) = body.find(&opening) else { continue };
        let Some(length) = body.get(start..).and_then(matching_bracket) else { continue };
        let note = body.get(start + opening.len()..start + length - 1).unwrap_or("");
        notes.push(Note { number: number.to_owned(), text: clean_markup(note) });
        body.replace_range(start..start + length, " ");
    }
    (body, notes)
}

/// Length of the text up to and with the bracket that closes its first one.
fn matching_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (position, byte) in text.bytes().take(MAX_NOTE).enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(position + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Position of a needle that starts within the first `limit` bytes.
fn find_within(text: &str, needle: &str, limit: usize) -> Option<usize> {
    let window = text.get(..text.floor_char_boundary(limit.saturating_add(needle.len())))?;
    window.find(needle)
}

/// `<http://…>` becomes the address; inline tags go; a superscript of digits goes with its content.
fn without_tags(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        clean.push_str(before);
        rest = after;
        let Some((inner, after_tag)) =
            find_within(after, ">", MAX_ARTEFACT).and_then(|close| after.split_at_checked(close))
        else {
            clean.push('<');
            continue;
        };
        let after_tag = after_tag.strip_prefix('>').unwrap_or(after_tag);
        let address = ["http://", "https://", "mailto:", "www."].iter().any(|start| inner.starts_with(start))
            || (inner.contains('@') && !inner.contains(char::is_whitespace));
        if address {
            clean.push_str(inner);
            rest = after_tag;
        } else if inner == "sup"
            && let Some(end) = find_within(after_tag, "</sup>", 8)
            && after_tag.get(..end).is_some_and(is_footnote_mark)
        {
            rest = after_tag.get(end + "</sup>".len()..).unwrap_or("");
        } else if is_inline_tag(inner) {
            if matches!(tag_name(inner), "br" | "p" | "div") {
                clean.push(' ');
            }
            rest = after_tag;
        } else {
            clean.push('<');
        }
    }
    clean.push_str(rest);
    clean
}

fn tag_name(inner: &str) -> &str {
    let name = inner.trim_start_matches('/');
    name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(name)
}

fn is_inline_tag(inner: &str) -> bool {
    INLINE_TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(tag_name(inner)))
}

/// `1`, `12`, `1,2`, `*`: what stands in a superscript that points to a footnote.
fn is_footnote_mark(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || b"*, ".contains(&byte))
}

/// `[text](address)` becomes `text (address)`, `![text](address)` its text; `[^1]` goes.
fn without_links(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        clean.push_str(before);
        rest = after;
        let label_end = find_within(after, "]", MAX_ARTEFACT);
        let Some((label, following)) = label_end.and_then(|end| after.split_at_checked(end)) else {
            clean.push('[');
            continue;
        };
        let following = following.strip_prefix(']').unwrap_or(following);
        if label.starts_with('^') && label.len() <= 12 && !label.contains(char::is_whitespace) {
            rest = following;
            continue;
        }
        let target = following.strip_prefix('(').and_then(|target| {
            let end = find_within(target, ")", MAX_ARTEFACT)?;
            target.split_at_checked(end)
        });
        match target {
            Some((address, following)) if is_link(label, address) => {
                let picture = clean.ends_with('!');
                if picture {
                    clean.pop();
                }
                clean.push_str(label);
                if !picture && label != address {
                    clean.push_str(" (");
                    clean.push_str(address);
                    clean.push(')');
                }
                rest = following.strip_prefix(')').unwrap_or(following);
            }
            _ => clean.push('['),
        }
    }
    clean.push_str(rest);
    clean
}

fn is_link(label: &str, address: &str) -> bool {
    !label.contains('[') && !address.is_empty() && !address.contains(|c: char| c.is_whitespace() || c == '(')
}

/// Drops `**` wherever it stands (conversion leaves lone ones), `*…*` and `_…_` where they enclose words, and the
/// backslash of an escaped sign.
fn without_emphasis(text: &str) -> String {
    if !text.contains(['*', '_', '\\']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied();
    let mut dropped = vec![false; chars.len()];
    let mut drop_at = |index: usize| {
        if let Some(mark) = dropped.get_mut(index) {
            *mark = true;
        }
    };
    let mut open_star = None;
    let mut open_underscore = None;
    let mut index = 0;
    while let Some(c) = at(index) {
        if c == '\\' && at(index + 1).is_some_and(|next| next.is_ascii_punctuation()) {
            drop_at(index);
            index += 2;
            continue;
        }
        if c != '*' && c != '_' {
            index += 1;
            continue;
        }
        let run = chars.get(index..).unwrap_or_default().iter().take_while(|&&next| next == c).count();
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + run);
        let opens = after.is_some_and(|next| !next.is_whitespace())
            && before.is_none_or(|previous| previous.is_whitespace() || "([{\"'“‘«¿¡-–—/*_".contains(previous));
        let closes = before.is_some_and(|previous| !previous.is_whitespace())
            && after.is_none_or(|next| !next.is_alphanumeric() && next != '/');
        if c == '*' && run >= 2 {
            (index..index + run).for_each(&mut drop_at);
        } else if c == '*' || run <= 2 {
            let open = if c == '*' { &mut open_star } else { &mut open_underscore };
            match *open {
                Some((start, length)) if closes && length == run => {
                    (start..start + run).chain(index..index + run).for_each(&mut drop_at);
                    *open = None;
                }
                _ if opens && before != Some('/') => *open = Some((index, run)),
                _ => {}
            }
        }
        index += run;
    }
    chars.iter().zip(&dropped).filter(|(_, dropped)| !**dropped).map(|(c, _)| *c).collect()
}

/// Drops superscript digits, which are footnote marks unless they make a unit (`km²`).
fn without_superscripts(text: &str) -> String {
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    if !text.contains(is_superscript) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_superscript(c) {
            clean.push(c);
            continue;
        }
        // Three characters tell a unit, however long the word is.
        let start = clean.char_indices().rev().nth(2).map_or(0, |(start, _)| start);
        let end = clean.get(start..).unwrap_or("");
        let word = end.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if matches!(word, "m" | "km" | "cm" | "mm" | "dm") {
            clean.push(c);
            continue;
        }
        // "¹,²" is two marks, and the comma between them is theirs.
        let mut ahead = chars.clone();
        if ahead.next() == Some(',') && ahead.next().is_some_and(is_superscript) {
            chars.next();
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        let (body, notes) =
            take_notes("documents[footnoteRef:2], among others: [2:  See [1] at <https://example.org>] ");
        assert_eq!(clean(&body), "documents, among others:");
        assert_eq!(notes, [Note { number: "2".to_owned(), text: "See [1] at https://example.org".to_owned() }]);
        let (body, notes) = take_notes("at [2: 30] sharp");
        assert_eq!((body.as_str(), notes.len()), ("at [2: 30] sharp", 0));
    }

    fn alphanumeric(text: &str) -> String {
        text.nfkc().filter(|c| c.is_alphanumeric()).collect()
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
        fn text_without_artefacts_keeps_everything(text in "[^\\[<¹²³⁰⁴-⁹\\\\]{0,200}") {
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

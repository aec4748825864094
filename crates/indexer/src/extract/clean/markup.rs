//! Inline markup of Markdown and HTML: the text of it stays.

use unicode_normalization::char::decompose_compatible;

use super::{MAX_ARTEFACT, find_within};

/// Inline tags that Markdown and converted pages leave in running text.
const INLINE_TAGS: [&str; 18] = [
    "a", "b", "br", "del", "div", "em", "font", "i", "ins", "p", "s", "small", "span", "strong", "sub", "sup", "u",
    "mark",
];

/// `<http://…>` becomes the address; inline tags go; a superscript of digits goes with its content, into `marks`.
pub(super) fn without_tags(text: &str, marks: &mut Vec<String>) -> String {
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
            && let Some(mark) = after_tag.get(..end).filter(|mark| is_footnote_mark(mark))
        {
            marks.extend(mark.split([',', ' ']).filter(|number| !number.is_empty()).map(str::to_owned));
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

/// `[text](address)` becomes `text (address)`, `![text](address)` its text; `[^1]` goes into `marks`.
pub(super) fn without_links(text: &str, marks: &mut Vec<String>) -> String {
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
        if let Some(mark) =
            label.strip_prefix('^').filter(|_| label.len() <= 12 && !label.contains(char::is_whitespace))
        {
            marks.push(mark.to_owned());
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
pub(super) fn without_emphasis(text: &str) -> String {
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

/// Drops superscript digits, which are footnote marks unless they make a unit (`km²`); the marks go into `marks`.
pub(super) fn without_superscripts(text: &str, marks: &mut Vec<String>) -> String {
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    if !text.contains(is_superscript) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut mark = String::new();
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
        // Superscript digits are the compatibility form of plain ones.
        decompose_compatible(c, |digit| mark.push(digit));
        if !chars.peek().is_some_and(|&next| is_superscript(next)) {
            marks.push(std::mem::take(&mut mark));
        }
        // "¹,²" is two marks, and the comma between them is theirs.
        let mut ahead = chars.clone();
        if ahead.next() == Some(',') && ahead.next().is_some_and(is_superscript) {
            chars.next();
        }
    }
    clean
}

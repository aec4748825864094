//! Footnotes that conversion put inside the text they belong to.

use super::{clean_markup, find_within};

/// Longest note that is inlined as `[2: …]`, in bytes.
const MAX_NOTE: usize = 5_000;

/// A footnote that stood inside the text it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Note {
    /// Its number as printed.
    pub(in crate::extract) number: String,
    /// Its text, cleaned.
    pub(in crate::extract) text: String,
}

/// Takes `[footnoteRef:2]` and the note `[2: …]` that it announces out of a paragraph; the numbers of the references go
/// into `marks`.
pub(in crate::extract) fn take_notes(text: &str, marks: &mut Vec<String>) -> (String, Vec<Note>) {
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
    marks.extend(numbers.iter().map(|&number| number.to_owned()));

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

//! Footnotes: small type at the foot of a column that begins with a mark.

use super::lines::{Line, same_size};
use super::measures::Measures;
use crate::extract::number::split_number;

/// Type of notes is smaller than running text by this factor.
const SMALLER: f32 = 0.93;

/// Lines of a note are nearer to each other than this, in parts of the usual distance.
const NOTE_GAP: f32 = 1.22;

/// Which lines of a region belong to notes: those of small type at its end, from the first marked one on, and from a
/// line that begins with a raised number those that follow in the same type without a gap.
pub(super) fn note_lines(lines: &[Line], measures: &Measures) -> Vec<bool> {
    let small = |line: &Line| line.size <= SMALLER * measures.body;
    let tail = lines.len() - lines.iter().rev().take_while(|line| small(line)).count();
    let mut at_foot = false;
    let mut before: Option<&Line> = None;
    let mut is_note = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        at_foot |= index >= tail && label(line).is_some();
        let follows = is_note.last() == Some(&true)
            && before.is_some_and(|before| {
                same_size(before, line) && before.y - line.y < NOTE_GAP * measures.pitch(before.size)
            });
        is_note.push(at_foot || is_raised(line) || (small(line) && bare_number(&line.text).is_some()) || follows);
        before = Some(line);
    }
    is_note
}

fn is_raised(line: &Line) -> bool {
    let number = line.label.as_ref().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    number && !line.text.is_empty()
}

/// The mark at the beginning of a note, and its text: a raised one, or a number in front of a capital.
pub(super) fn label(line: &Line) -> Option<(String, &str)> {
    if let Some(label) = &line.label {
        return Some((label.clone(), &line.text));
    }
    if let Some((marker, rest)) = split_number(&line.text) {
        return marker.value().is_some().then_some((marker.number, rest));
    }
    bare_number(&line.text)
}

/// A number without punctuation in front of a capital.
fn bare_number(text: &str) -> Option<(String, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let text = rest.trim_start();
    let begins = text.starts_with(|c: char| c.is_uppercase() || "¿¡\"“«".contains(c));
    ((1..=3).contains(&digits) && begins).then(|| (number.to_owned(), text))
}

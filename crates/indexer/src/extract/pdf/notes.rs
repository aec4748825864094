//! Footnotes: small type at the foot of a column that begins with a mark.

use super::lines::Line;
use crate::extract::number::split_number;

/// Type of notes is smaller than running text by this factor.
const SMALLER: f32 = 0.93;

/// Splits the notes from the end of a region: from the first marked line of its small type on, or from a line that
/// begins with a raised number, in any type.
pub(super) fn split_notes(mut lines: Vec<Line>, body: f32) -> (Vec<Line>, Vec<Line>) {
    let small = lines.iter().rev().take_while(|line| line.size <= SMALLER * body).count();
    let tail = lines.len() - small;
    let in_small = (tail..lines.len()).find(|&index| lines.get(index).is_some_and(|line| label(line).is_some()));
    let raised = lines.iter().position(is_raised);
    let first = in_small.into_iter().chain(raised).min().unwrap_or(lines.len());
    let notes = lines.split_off(first);
    (lines, notes)
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
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.text.split_at_checked(digits)?;
    let text = rest.trim_start();
    let begins = text.starts_with(|c: char| c.is_uppercase() || "¿¡\"“«".contains(c));
    ((1..=3).contains(&digits) && begins).then(|| (number.to_owned(), text))
}

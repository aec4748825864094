//! Which parts of a long text to show.

use std::cmp::Reverse;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::Mark;
use super::sentence::sentence_starts;

/// Most parts shown of one text, before neighbouring ones join.
const MAX_WINDOWS: usize = 3;

/// The parts of a text to show, at most `limit` characters in all, in order, apart from each other.
///
/// The text is taken as a row of units: its sentences, over-long ones cut at semicolons or spaces. Units are chosen
/// greedily: the one that shows most query words not shown yet, then most marks a character, then the first; up to
/// three. What is left of the limit goes to their neighbours, those with marks first, then what follows.
pub(super) fn windows(text: &str, marks: &[Mark], limit: usize) -> Vec<Range<usize>> {
    let limit = limit.max(1);
    let units = units(text, marks, limit);
    let mut chosen = choose(&units, limit);
    chosen.sort_unstable();
    let mut windows: Vec<Range<usize>> = Vec::new();
    for index in chosen {
        let range = units[index].range.clone();
        match windows.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => windows.push(range),
        }
    }
    windows.into_iter().map(|window| trim(text, window)).filter(|window| !window.is_empty()).collect()
}

/// A part of the text that is shown or left out as a whole.
struct Unit {
    range: Range<usize>,
    chars: usize,
    /// Query words marked in it.
    words: u64,
    marks: usize,
}

/// Cuts the text into units of at most `limit` characters, none of them within a mark if that can be.
fn units(text: &str, marks: &[Mark], limit: usize) -> Vec<Unit> {
    let starts = sentence_starts(text).into_iter().filter(|&start| !is_inside_mark(marks, start));
    let mut units = Vec::new();
    let mut start = 0;
    for end in starts.chain(std::iter::once(text.len())) {
        while let Some(cut) = cut_long(text, start..end, marks, limit) {
            units.push(unit(text, start..cut, marks));
            start = cut;
        }
        units.push(unit(text, start..end, marks));
        start = end;
    }
    units
}

fn unit(text: &str, range: Range<usize>, marks: &[Mark]) -> Unit {
    let first = marks.partition_point(|mark| mark.span.end <= range.start);
    let inside = marks[first..].iter().take_while(|mark| mark.span.start < range.end);
    let (words, count) = inside.fold((0, 0), |(words, count), mark| (words | mark.words, count + 1));
    Unit { chars: text[range.clone()].chars().count(), range, words, marks: count }
}

fn is_inside_mark(marks: &[Mark], at: usize) -> bool {
    let next = marks.partition_point(|mark| mark.span.end <= at);
    marks.get(next).is_some_and(|mark| mark.span.start < at)
}

/// Where to cut a range that is longer than `limit` characters: behind the last semicolon of its second half, else
/// behind the last space, else (a run without spaces) beside the last punctuation, else between two characters that the
/// reader sees as two.
fn cut_long(text: &str, range: Range<usize>, marks: &[Mark], limit: usize) -> Option<usize> {
    let end = text[range.clone()].char_indices().nth(limit).map(|(offset, _)| range.start + offset)?;
    let (mut clause, mut space, mut word_edge, mut safe) = (None, None, None, None);
    let mut before = ['\0'; 2];
    for (count, (offset, c)) in text[range.start..].char_indices().enumerate().take(limit + 1) {
        let at = range.start + offset;
        if count > 0 && before[1].is_whitespace() && !c.is_whitespace() && !is_inside_mark(marks, at) {
            space = Some(at);
            if before[0] == ';' && count >= limit / 2 {
                clause = Some(at);
            }
        }
        if count > 0 && !is_joined(before[1], c) {
            safe = Some(at);
            let after_letter = before[1].is_alphanumeric() || is_combining_mark(before[1]);
            if !(after_letter && c.is_alphanumeric()) {
                word_edge = Some(at);
            }
        }
        before = [before[1], c];
    }
    Some(clause.or(space).or(word_edge).or(safe).unwrap_or(end))
}

/// Whether two characters may belong to one that the reader sees: accents, vowel signs, emoji sequences, flags.
fn is_joined(before: char, after: char) -> bool {
    let is_joiner = |c| matches!(c, '\u{200C}' | '\u{200D}');
    let is_flag_letter = |c| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    let is_hangul_part = |c| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}');
    is_combining_mark(after)
        || is_joiner(before)
        || is_joiner(after)
        || matches!(after, '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
        || (is_flag_letter(before) && is_flag_letter(after))
        || is_hangul_part(after)
        || (before, after) == ('\r', '\n')
}

/// Indices of the units to show.
fn choose(units: &[Unit], limit: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut left = limit;
    let mut covered = 0;
    while chosen.len() < MAX_WINDOWS {
        let fresh = |unit: &Unit| (unit.words & !covered).count_ones();
        let candidates = units.iter().enumerate().filter(|(index, unit)| {
            let adds = fresh(unit) > 0 || (chosen.is_empty() && unit.marks > 0);
            adds && unit.chars <= left && !chosen.contains(index)
        });
        let best = candidates.max_by(|(first_index, first), (second_index, second)| {
            let density = (first.marks * second.chars).cmp(&(second.marks * first.chars));
            fresh(first).cmp(&fresh(second)).then(density).then(second_index.cmp(first_index))
        });
        let Some((index, unit)) = best else { break };
        chosen.push(index);
        left -= unit.chars;
        covered |= unit.words;
    }
    if chosen.is_empty() {
        chosen.push(0);
        left -= units.first().map_or(0, |unit| unit.chars);
    }
    grow(units, &mut chosen, left);
    chosen
}

/// Adds neighbours of the chosen units while characters are left.
fn grow(units: &[Unit], chosen: &mut Vec<usize>, mut left: usize) {
    loop {
        let neighbours = chosen.iter().flat_map(|&index| [(index + 1, true), (index.wrapping_sub(1), false)]);
        let fitting = neighbours
            .filter(|(index, _)| units.get(*index).is_some_and(|unit| unit.chars <= left) && !chosen.contains(index));
        let best = fitting.max_by_key(|&(index, follows)| (units[index].marks, follows, Reverse(index)));
        let Some((index, _)) = best else { return };
        left -= units[index].chars;
        chosen.push(index);
    }
}

fn trim(text: &str, window: Range<usize>) -> Range<usize> {
    let shown = &text[window.clone()];
    let start = window.start + (shown.len() - shown.trim_start().len());
    start..start + shown.trim().len()
}

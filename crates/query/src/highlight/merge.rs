//! What was found in a text, to marks that are in order and apart from each other.

use std::ops::Range;

use rcp_corpus::analysis::Token;

use super::Mark;

/// A word or an unbroken part of a phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Positions of its tokens.
    pub(super) positions: Range<usize>,
    /// See [`Mark::words`].
    pub(super) words: u64,
    /// Whether an expansion brought it.
    pub(super) expanded: bool,
}

/// The marks of what was found. What overlaps is one mark; what only touches stays apart. Typed words win: of an
/// expansion that overlaps them the rest is marked as expanded, without the stop words at its ends.
pub(super) fn marks(tokens: &[Token], found: Vec<Found>) -> Vec<Mark> {
    let (expanded, typed): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| found.expanded);
    let typed = joined(typed);
    let mut apart: Vec<Found> =
        joined(expanded).into_iter().flat_map(|found| rest_beside(found, &typed, tokens)).collect();
    apart.extend(typed);
    apart.sort_by_key(|found| found.positions.start);
    apart.iter().filter_map(|found| mark_of(tokens, found)).collect()
}

/// Joins what overlaps.
fn joined(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (found.positions.start, found.positions.end));
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut() {
            Some(last) if next.positions.start < last.positions.end => {
                last.positions.end = last.positions.end.max(next.positions.end);
                last.words |= next.words;
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// The parts of an expansion that no typed word overlaps; all of it where none does.
fn rest_beside(found: Found, typed: &[Found], tokens: &[Token]) -> Vec<Found> {
    let first = typed.partition_point(|typed| typed.positions.end <= found.positions.start);
    let overlapping: Vec<&Found> =
        typed[first..].iter().take_while(|typed| typed.positions.start < found.positions.end).collect();
    if overlapping.is_empty() {
        return vec![found];
    }
    let starts = std::iter::once(found.positions.start).chain(overlapping.iter().map(|typed| typed.positions.end));
    let ends = overlapping.iter().map(|typed| typed.positions.start).chain([found.positions.end]);
    let rest = starts.zip(ends).map(|(start, end)| without_stop_words(start..end, tokens));
    rest.filter(|positions| !positions.is_empty()).map(|positions| Found { positions, ..found.clone() }).collect()
}

fn without_stop_words(positions: Range<usize>, tokens: &[Token]) -> Range<usize> {
    let says_something = |&at: &usize| tokens.get(at).is_some_and(|token| token.stem.is_some());
    match (positions.clone().find(says_something), positions.rev().find(says_something)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    }
}

fn mark_of(tokens: &[Token], found: &Found) -> Option<Mark> {
    let parts = tokens.get(found.positions.clone())?;
    let span = parts.first()?.span.start..parts.last()?.span.end;
    Some(Mark { span, words: found.words, expanded: found.expanded })
}

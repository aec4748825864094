//! The meeting that a document comes from.
//!
//! Its series is the process, for the main meeting of one; other kinds of meeting are series of their own
//! (`rcm-workshop`), and so is a joint meeting that the process scheme knows (`rcm-sacm-plenary`). The ids hold no
//! words of a language, so that language versions share them.

use std::collections::BTreeSet;
use std::ops::Range;

use rcp_corpus::analysis::{fold, words};
use rcp_corpus::model::{DateRange, Event, Evidence, Fact};
use rcp_corpus::taxonomy::Role;

use super::clues::{Clues, above_text, in_passage, read};
use super::dates::title_block;
use super::own::{phrase_at, sentences};
use super::words::{SERIES, THE, THIS};
use crate::dates;
use crate::ordinals::{self, WrittenOrdinal};
use crate::passages::MEETINGS;

const NUMBERED_IN_TITLE: f32 = 0.9;
const IN_TITLE: f32 = 0.75;
const IN_TEXT: f32 = 0.7;

/// Most words between an ordinal and the meeting that bears it: "Third Annual Ministerial Meeting".
const BETWEEN: usize = 4;

/// A meeting that a line names.
pub(super) struct Meeting<'a> {
    pub(super) ordinal: Option<u16>,
    /// The line, or the sentence of a passage.
    line: &'a str,
    name: String,
    evidence: Evidence,
    confidence: f32,
}

/// The meeting of the title block; else "this Fourth Meeting" of the text.
pub(super) fn meeting<'a>(clues: &Clues<'a>) -> Option<Meeting<'a>> {
    let opening = clues.opening;
    let lines: Vec<&'a str> = opening.title.iter().chain(&opening.lines).map(String::as_str).collect();
    let numbered = || lines.iter().find_map(|line| in_line(clues, line, true));
    let plain = || lines.iter().find_map(|line| in_line(clues, line, false));
    numbered().or_else(|| in_lead(clues)).or_else(plain).or_else(|| in_text(clues))
}

/// The event that a meeting is, where the document belongs to a process.
pub(super) fn event(clues: &Clues<'_>, meeting: &Meeting<'_>) -> Option<Fact<Event>> {
    let series = series(clues, meeting.line)?;
    let event = Event { series, ordinal: meeting.ordinal, edition: None, name: meeting.name.clone() };
    Some(read(event, meeting.confidence, meeting.evidence.clone()))
}

/// Names of processes in a text, with their concepts.
fn names<'a>(clues: &Clues<'a>, text: &str) -> Vec<(&'a str, Range<usize>)> {
    let Some(scheme) = clues.annotator.taxonomy.scheme_of_facet("rcp") else { return Vec::new() };
    let found = clues.annotator.matcher.find(text, clues.language);
    let named = found.into_iter().filter(|found| {
        let weak = found.role == Role::WeakName && !clues.processes.contains(&found.concept);
        found.scheme == scheme.id && !found.concept.is_empty() && !weak
    });
    named.map(|found| (found.concept, found.span)).collect()
}

/// The meeting that a line of the title block names, with its ordinal or without.
fn in_line<'a>(clues: &Clues<'a>, line: &'a str, numbered: bool) -> Option<Meeting<'a>> {
    let names = names(clues, line);
    if numbered {
        let ordinal = ordinals::find(line).into_iter().find(|ordinal| numbers_meeting(line, ordinal, &names))?;
        let name = name(line, ordinal.span.start);
        let (evidence, ordinal) = (above_text(line), Some(ordinal.value));
        return Some(Meeting { ordinal, line, name, evidence, confidence: NUMBERED_IN_TITLE });
    }
    // "Type: Inter-state dialogue" says what a process is.
    let label = |line: &str| line.split_once(": ").is_some_and(|(label, _)| label.split(' ').count() == 1);
    if label(line) && clues.opening.title.as_deref() != Some(line) {
        return None;
    }
    let outside = |start: usize| !names.iter().any(|(_, name)| name.contains(&start));
    let meets = |text: &str| {
        words(text).iter().any(|word| MEETINGS.contains(&word.folded.as_str()) && outside(word.span.start))
    };
    // "Global Meeting of Chairs and Secretariats" names both the process and its meeting.
    let is_meeting = |span: &Range<usize>| {
        let name = words(line.get(span.clone()).unwrap_or_default());
        name.iter().any(|word| ["meeting", "workshop", "reunion", "taller", "atelier"].contains(&word.folded.as_str()))
    };
    if !meets(line) && !names.iter().any(|(_, span)| is_meeting(span)) {
        return None;
    }
    Some(Meeting { ordinal: None, line, name: name(line, 0), evidence: above_text(line), confidence: IN_TITLE })
}

/// Whether an ordinal counts meetings: one follows it within a few words, or the name of a process does.
fn numbers_meeting(line: &str, ordinal: &WrittenOrdinal, names: &[(&str, Range<usize>)]) -> bool {
    let Some(rest) = line.get(ordinal.span.end..) else { return false };
    let cut = rest.find([',', ';', ':', '(']).unwrap_or(rest.len());
    let following = words(rest.get(..cut).unwrap_or(rest));
    let mut near = following.iter().take(BETWEEN + 1);
    let named = |start: usize| names.iter().any(|(_, name)| name.start == ordinal.span.end + start);
    near.any(|word| MEETINGS.contains(&word.folded.as_str()) || named(word.span.start))
}

/// The name of a meeting in a line: from its ordinal on, or after "Report of the", up to its date and place.
fn name(line: &str, ordinal: usize) -> String {
    const KINDS: [&str; 14] = [
        "report",
        "informe",
        "rapport",
        "minutes",
        "acta",
        "memoria",
        "summary",
        "resumen",
        "compte",
        "agenda",
        "conclusions",
        "conclusiones",
        "programme",
        "programa",
    ];
    let first = fold(line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    let words = words(line);
    let after_kind = || {
        let article = (1..words.len())
            .find(|&at| phrase_at(&words, at, &["of the", "of", "de la", "del", "de l", "du", "de"]).is_some());
        let length = phrase_at(&words, article?, &["of the", "of", "de la", "del", "de l", "du", "de"])?;
        Some(words.get(article? + length)?.span.start)
    };
    let start = if ordinal == 0 && KINDS.contains(&first.as_str()) { after_kind().unwrap_or(0) } else { ordinal };
    let dated = dates::find(line, rcp_corpus::model::Language::Undetermined);
    let date = dated.iter().find(|date| date.when.date().is_some()).map_or(line.len(), |date| date.span.start);
    let whole = line.get(start..).unwrap_or(line);
    let cut = line.get(start..date).filter(|_| date < line.len()).and_then(|before| before.split(',').next());
    cut.unwrap_or(whole).trim().trim_end_matches([',', '.', ':', '–', '-', ' ']).to_owned()
}

/// "The second Forum … was held in San Salvador": the subject of the first sentence, where the date of the title block
/// stands in it or it tells no date.
fn in_lead<'a>(clues: &Clues<'a>) -> Option<Meeting<'a>> {
    let block = title_block(clues)?;
    let passage = clues.passages.first()?;
    let sentence = sentences(&passage.text).into_iter().next()?;
    let text = passage.text.get(sentence)?;
    let words = words(text);
    let article = words.first().filter(|word| THE.contains(&word.folded.as_str()))?;
    let ordinal = ordinals::find(text).into_iter().next()?;
    let next = words.iter().find(|word| word.span.start > article.span.start)?;
    if ordinal.span.start != next.span.start || !numbers_meeting(text, &ordinal, &names(clues, text)) {
        return None;
    }
    let within = |date: DateRange| block.range.start <= date.end && date.start <= block.range.end;
    if !dates::find(text, clues.language).iter().filter_map(|date| date.when.date()).all(within) {
        return None;
    }
    let end = end_of_name(text, &words, ordinal.span.end);
    let name = text.get(ordinal.span.start..end)?;
    let evidence = in_passage(passage, ordinal.span.start..end);
    let (ordinal, name) = (Some(ordinal.value), name.to_owned());
    Some(Meeting { ordinal, line: text.get(..end)?, name, evidence, confidence: IN_TEXT })
}

/// "this Fourth Meeting of Chairs and Secretariats" in the text.
fn in_text<'a>(clues: &Clues<'a>) -> Option<Meeting<'a>> {
    clues.passages.iter().find_map(|passage| {
        let text = passage.text.as_str();
        let words = words(text);
        let ordinal = ordinals::find(text).into_iter().find(|ordinal| {
            let before = words.iter().rev().find(|word| word.span.end <= ordinal.span.start);
            let capital = text.get(ordinal.span.clone()).is_some_and(|name| name.starts_with(char::is_uppercase));
            capital
                && before.is_some_and(|word| THIS.contains(&word.folded.as_str()))
                && numbers_meeting(text, ordinal, &[])
        })?;
        let end = end_of_name(text, &words, ordinal.span.end);
        let name = text.get(ordinal.span.start..end)?.to_owned();
        let evidence = in_passage(passage, ordinal.span.start..end);
        let line = text.get(ordinal.span.start..end)?;
        Some(Meeting { ordinal: Some(ordinal.value), line, name, evidence, confidence: IN_TEXT })
    })
}

/// Where a name ends: capitalised words, and small ones between them.
fn end_of_name(text: &str, words: &[rcp_corpus::analysis::Word], from: usize) -> usize {
    const INSIDE: [&str; 12] = ["of", "and", "the", "on", "de", "la", "y", "sobre", "des", "et", "du", "sur"];
    let mut end = from;
    for word in words.iter().skip_while(|word| word.span.start < from) {
        let capital = text.get(word.span.clone()).is_some_and(|name| name.starts_with(char::is_uppercase));
        let gap = text.get(end..word.span.start).unwrap_or_default();
        if gap.contains([',', '.', ';', ':']) || !(capital || INSIDE.contains(&word.folded.as_str())) {
            break;
        }
        if capital {
            end = word.span.end;
        }
    }
    end
}

/// Those kinds of [`SERIES`] that are bodies, which hold meetings of their own.
const GROUPS: [&str; 4] = ["consultation-group", "working-group", "steering-committee", "focal-points-meeting"];

/// The id of the series of a meeting; `None` where the document belongs to no process.
fn series(clues: &Clues<'_>, line: &str) -> Option<String> {
    let scheme = clues.annotator.taxonomy.scheme_of_facet("rcp")?;
    let in_line = names(clues, line);
    // A joint meeting that has a name of its own.
    let joint_of = |id: &str| {
        let concept = scheme.concepts.iter().find(|concept| concept.id == id)?;
        concept.implies.get("rcp").filter(|members| members.len() > 1).map(|_| id.to_owned())
    };
    if let Some(joint) = in_line.iter().find_map(|(id, _)| joint_of(id)) {
        return Some(joint);
    }
    let own = |ids: Vec<&str>| -> BTreeSet<String> {
        ids.into_iter().filter(|id| clues.processes.contains(id)).map(str::to_owned).collect()
    };
    let mut processes = own(in_line.iter().map(|(id, _)| *id).collect());
    if processes.is_empty() {
        let block: Vec<&str> = clues.title_block().flat_map(|line| names(clues, line)).map(|(id, _)| id).collect();
        processes = own(block);
    }
    if processes.is_empty() && clues.processes.len() == 1 {
        processes = own(clues.processes.clone());
    }
    let joint = scheme.concepts.iter().find(|concept| {
        let members: BTreeSet<String> = concept.implies.get("rcp").into_iter().flatten().cloned().collect();
        members.len() > 1 && members == processes
    });
    if let Some(joint) = joint {
        return Some(joint.id.clone());
    }
    let process = processes.into_iter().reduce(|one, next| format!("{one}-{next}"))?;
    // "Fourth Annual Meeting" below the name of a group is a meeting of the group.
    let group = || {
        let mut block = clues.title_block().filter(|_| in_line.is_empty());
        block.find_map(|line| kind(line, &names(clues, line)).filter(|kind| GROUPS.contains(kind)))
    };
    Some(match kind(line, &in_line).or_else(group) {
        Some(kind) => format!("{process}-{kind}"),
        None => process,
    })
}

/// The kind of a meeting that is a series of its own, by words outside the names of processes.
fn kind(line: &str, names: &[(&str, Range<usize>)]) -> Option<&'static str> {
    let words: Vec<_> =
        words(line).into_iter().filter(|word| !names.iter().any(|(_, name)| name.contains(&word.span.start))).collect();
    let is_kind = |(_, phrases): &&(&str, &[&str])| (0..words.len()).any(|at| phrase_at(&words, at, phrases).is_some());
    SERIES.iter().find(is_kind).map(|(kind, _)| *kind)
}

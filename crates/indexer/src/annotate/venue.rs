//! Where a document's event took place.
//!
//! A place stands beside the date in the title block, on the line before or after it, or in the sentence that says
//! when the meeting was held. Names of places are known by their shape; no list of cities is needed.

use std::cmp::Reverse;
use std::ops::Range;

use rcp_corpus::analysis::{fold, words};
use rcp_corpus::model::{DateRange, Evidence, Fact, Language};

use super::clues::{Clues, above_text, in_passage, read};
use super::dates::{OPENED_NEAR, dateline, stated, title_block};
use super::own::{Statement, phrase_at};
use super::words::{OPENED, PERSONS, PLACE_LABELS, SIGNED};
use crate::dates;
use crate::passages::{JOINING, MEETINGS, REMOTE, TITLE_WORDS, is_date_line};

const IN_TITLE_BLOCK: f32 = 0.9;
const BESIDE_TITLE_BLOCK: f32 = 0.8;
const STATED: f32 = 0.8;

/// Passages among which a labelled line ("Venue: …") counts.
const LABELLED: usize = 10;

/// Most parts of a place between commas: hotel, city, country.
const MAX_PARTS: usize = 3;

/// Most words of one part.
const MAX_WORDS: usize = 6;

/// What stands between other words and a place.
const JOINS: [&str; 7] = [" – ", " — ", " - ", " in ", " en ", " à ", " at "];

/// Words after the verb of a statement among which its place begins.
const NEAR_VERB: usize = 20;

/// What may stand between a place and its date, or before a place; folded.
const AROUND: [&str; 67] = [
    "location",
    "ubicacion",
    "endroit",
    "adopte",
    "adoptee",
    "adopted",
    "approved",
    "approuve",
    "approuvee",
    "aprobada",
    "aprobado",
    "adoptada",
    "adoptado",
    "fait",
    "done",
    "hecho",
    "dado",
    "signed",
    "held",
    "on",
    "from",
    "the",
    "in",
    "at",
    "between",
    "celebrada",
    "celebrado",
    "realizada",
    "realizado",
    "en",
    "la",
    "ciudad",
    "de",
    "los",
    "el",
    "dias",
    "dia",
    "del",
    "entre",
    "a",
    "tenue",
    "tenu",
    "le",
    "les",
    "du",
    "au",
    "ville",
    "city",
    "of",
    "venue",
    "lugar",
    "lieu",
    "sede",
    "place",
    "date",
    "fecha",
    "dates",
    "y",
    "and",
    "et",
    "publie",
    "published",
    "publicado",
    "updated",
    "actualizado",
    "issued",
    "posted",
];

/// Those of [`AROUND`] that begin a place where they have a capital: "Ciudad de Panamá", "La Paz".
const PART_OF_NAME: [&str; 8] = ["el", "la", "los", "le", "les", "the", "ciudad", "ville"];

/// The place of the title block, of a labelled line, or of a statement about the document's own meeting.
pub(super) fn venue(
    clues: &Clues<'_>,
    statements: &[Statement<'_>],
    date: Option<&Fact<DateRange>>,
) -> Option<Fact<String>> {
    let block = title_block(clues);
    let dated = block.as_ref().and_then(|date| {
        let place = beside_date(clues, date.line, &date.span)?;
        Some(read(place, IN_TITLE_BLOCK, above_text(date.line)))
    });
    let beside = || {
        let line = block.as_ref().map(|date| date.line);
        let place = line_of_place(clues, line)?;
        Some(read(place.0, BESIDE_TITLE_BLOCK, above_text(place.1)))
    };
    // The statement that gives the date first.
    let stated = || {
        let mut ranked: Vec<&Statement<'_>> = statements.iter().collect();
        ranked.sort_by_key(|statement| (Reverse(statement.ownership), stated(statement, clues.language).is_none()));
        ranked.into_iter().find_map(|statement| {
            let (place, evidence) = in_statement(statement)?;
            Some(read(place, STATED, evidence))
        })
    };
    dated
        .or_else(beside)
        .or_else(|| labelled(clues))
        .or_else(stated)
        .or_else(|| signed(clues))
        .or_else(|| line_of_date(clues, date?))
}

/// The place on the line of the text that gave the date: "San Salvador, 9 de julio de 2009" at the foot.
fn line_of_date(clues: &Clues<'_>, date: &Fact<DateRange>) -> Option<Fact<String>> {
    let evidence = date.evidence.first()?;
    let (id, span) = (evidence.passage.as_ref()?, evidence.span.as_ref()?);
    let of_line = dateline(clues).is_some_and(|line| line.passage.id == *id && line.span == *span);
    let passage =
        clues.passages.iter().find(|passage| passage.id == *id && (of_line || is_date_line(&passage.text)))?;
    let place = last_parts(passage.text.get(..span.start)?)?;
    Some(read(place, STATED, in_passage(passage, 0..passage.text.len())))
}

/// The place before a date on its line, else after it.
fn beside_date(clues: &Clues<'_>, line: &str, span: &Range<usize>) -> Option<String> {
    let (before, after) = (line.get(..span.start)?, line.get(span.end..)?);
    let in_title = clues.opening.title.as_deref() == Some(line);
    let sure = |place: &String| !in_title || clues.names_country(place) || before.contains(',');
    let place = last_parts(before).or_else(|| first_parts(after)).filter(sure);
    with_remote(place, line)
}

/// A place with the note that some take part from afar; "virtual" where there is no place.
fn with_remote(place: Option<String>, line: &str) -> Option<String> {
    let folded = fold(line);
    let says = |word: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|other| other == word);
    if !REMOTE.iter().any(|word| says(word)) {
        return place;
    }
    let hybrid = ["hybrid", "hybride", "hibrida", "hibrido"].iter().any(|word| says(word));
    let platform = [("zoom", "Zoom"), ("webex", "Webex"), ("teams", "Teams")].iter().find(|(word, _)| says(word));
    match (place, hybrid, platform) {
        (Some(place), true, _) => Some(format!("{place} (hybrid)")),
        (None, true, _) => Some("hybrid".to_owned()),
        (_, false, Some((_, platform))) => Some(format!("virtual ({platform})")),
        (_, false, None) => Some("virtual".to_owned()),
    }
}

/// The parts of a place that end a text: "Workshop on data, Nairobi, Kenya, on" is "Nairobi, Kenya".
fn last_parts(text: &str) -> Option<String> {
    let text = without_around(text);
    let mut start = text.len();
    let mut parts = 0;
    for part in text.rsplit([',', '·', '|']) {
        if parts == MAX_PARTS {
            break;
        }
        // "Press release – Cairo", "Adopted by the conference in Maputo".
        let after_join = || JOINS.iter().filter_map(|join| part.rfind(join).map(|at| at + join.len())).max();
        let tail =
            if is_place(part) { Some(0) } else { after_join().filter(|&at| part.get(at..).is_some_and(is_place)) };
        let Some(tail) = tail else { break };
        parts += 1;
        start = start.saturating_sub(part.len() - tail + if parts > 1 { text_before_sign(text, start) } else { 0 });
        if tail > 0 {
            break;
        }
    }
    if parts == 0 {
        return None;
    }
    tidy(text.get(start..)?)
}

/// Bytes of the sign that parts the text at a place from what stands before.
fn text_before_sign(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.chars().next_back()).map_or(0, char::len_utf8)
}

/// The parts of a place that begin a text: ", Geneva, Switzerland".
fn first_parts(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ",;–-.(|".contains(c));
    let parts: Vec<&str> = text.split(',').take(MAX_PARTS).take_while(|part| is_place(part)).collect();
    tidy(&parts.join(","))
}

/// Without the words that join a place to its date, at the end.
fn without_around(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || ",;–—-:.(|".contains(c));
        let word = trimmed.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let folded = fold(word);
        let joins = AROUND.contains(&folded.as_str()) && word.chars().next().is_some_and(char::is_lowercase);
        if !joins && !dates::is_weekday(&folded) {
            return trimmed;
        }
        text = trimmed.strip_suffix(word).unwrap_or_default();
    }
}

/// A place without the words before it: "held in Lima" is "Lima".
fn tidy(text: &str) -> Option<String> {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || ",;–—-:.(|".contains(c));
    loop {
        let word = text.split(|c: char| c.is_whitespace() || c == ':' || c == '|').next().unwrap_or_default();
        let label = text.get(word.len()..).is_some_and(|rest| rest.trim_start().starts_with([':', '|']));
        let part_of_name = word.starts_with(char::is_uppercase) && PART_OF_NAME.contains(&fold(word).as_str());
        if word.is_empty() || !AROUND.contains(&fold(word).as_str()) || (part_of_name && !label) {
            break;
        }
        text = text.get(word.len()..)?.trim_start_matches(|c: char| c.is_whitespace() || ":|".contains(c));
    }
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;–—-:.(|".contains(c));
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a part between commas has the shape of a place: few words, the first telling one with a capital, none that
/// titles, meetings or persons have, no digits.
fn is_place(part: &str) -> bool {
    let folded = fold(part);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let count = words.clone().count();
    let named = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let telling = part.split_whitespace().find(|word| !AROUND.contains(&fold(word).as_str())).is_some_and(named);
    let small = |word: &str| {
        let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        named(word) || folded.is_empty() || AROUND.contains(&folded.as_str()) || JOINING.contains(&folded.as_str())
    };
    let capital = telling && part.split([' ', '\u{a0}', '\'', '’']).filter(|word| !word.is_empty()).all(small);
    let begins_week = words.clone().next().is_some_and(dates::is_weekday);
    let wrong = begins_week
        || words.any(|word| {
            let named = TITLE_WORDS.contains(&word) || MEETINGS.contains(&word) || PERSONS.contains(&word);
            named || REMOTE.contains(&word) || dates::month(word).is_some()
        });
    (1..=MAX_WORDS).contains(&count)
        && capital
        && !wrong
        && !part.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '/')
}

/// A line of the title block that is a place: "Almaty, Kazakhstan" beside the line of the date, with a country in it;
/// or one that says that nobody travels.
fn line_of_place<'a>(clues: &Clues<'a>, dated: Option<&str>) -> Option<(String, &'a str)> {
    let opening = clues.opening;
    let lines: Vec<&str> = opening.lines.iter().map(String::as_str).filter(|line| Some(*line) != dated).collect();
    lines.into_iter().find_map(|line| {
        let parts: Vec<&str> = line.split([',', '–']).collect();
        let label = label(line);
        let shaped = parts.len() <= MAX_PARTS && parts.iter().all(|part| is_place(part));
        let place = (shaped && (label || clues.names_country(line))).then(|| tidy(line)).flatten();
        let short = line.split_whitespace().count() <= MAX_WORDS;
        with_remote(place, if short { line } else { "" }).map(|place| (place, line))
    })
}

/// Whether a line says that it gives a place.
fn label(line: &str) -> bool {
    line.split_once([':', '|']).is_some_and(|(label, _)| PLACE_LABELS.contains(&fold(label.trim()).as_str()))
}

/// "Venue: Lima, Peru", "Lugar | Ciudad de Panamá".
fn labelled(clues: &Clues<'_>) -> Option<Fact<String>> {
    clues.passages.iter().take(LABELLED).filter(|passage| label(&passage.text)).find_map(|passage| {
        let (_, value) = passage.text.split_once([':', '|'])?;
        let before_date = dates::find(value, clues.language).first().map_or(value.len(), |date| date.span.start);
        let place = last_parts(value.get(..before_date)?);
        let place = with_remote(place, value)?;
        Some(read(place, IN_TITLE_BLOCK, in_passage(passage, 0..passage.text.len())))
    })
}

/// The place of a text that was signed: "Fait à Nouakchott, le 15 décembre 2012".
fn signed(clues: &Clues<'_>) -> Option<Fact<String>> {
    let passages = clues.passages.iter().rev().take(LABELLED).map(|passage| passage.text.as_str());
    let headings = clues.headings.iter().rev().take(2).map(|(heading, _)| heading.as_str());
    let opened = clues.passages.iter().take(OPENED_NEAR).map(|passage| passage.text.as_str());
    let opened = opened.filter(|line| phrase_at(&words(line), 0, &OPENED).is_some());
    let signed = headings.chain(passages).filter(|line| phrase_at(&words(line), 0, &SIGNED).is_some());
    opened.chain(signed).find_map(|line| {
        let date = dates::find(line, clues.language).into_iter().find(|date| date.when.date().is_some())?;
        let (place, _) = place_in(line.get(..date.span.start)?, clues.language)?;
        Some(read(place, STATED, above_text(line)))
    })
}

/// The place that a statement names after its verb.
fn in_statement(statement: &Statement<'_>) -> Option<(String, Evidence)> {
    let rest = statement.passage.text.get(statement.verb.end..statement.sentence.end)?;
    let from_verb = statement.passage.text.get(statement.verb.start..statement.sentence.end)?;
    let found = place_in(from_verb, statement.passage.language);
    if let Some(place) = with_remote(None, rest).filter(|_| found.is_none()) {
        return Some((place, in_passage(statement.passage, statement.sentence.clone())));
    }
    let (place, span) = found?;
    let start = statement.verb.start;
    Some((place, in_passage(statement.passage, start + span.start..start + span.end)))
}

/// The first place after "in", "en", "à" and the like, with its byte range: capitalised words, small words between
/// them, parts after commas.
fn place_in(text: &str, language: Language) -> Option<(String, Range<usize>)> {
    const BEFORE: [&str; 9] = ["in", "at", "en", "au", "aux", "em", "na", "no", "a"];
    const INSIDE: [&str; 9] = ["de", "of", "del", "la", "las", "los", "du", "des", "el"];
    const CITY: [&str; 8] = ["la", "the", "ciudad", "city", "ville", "de", "of", "sede"];
    let words = words(text);
    let capital = |at: usize| {
        let word = words.get(at)?;
        let first = text.get(word.span.clone())?.chars().next()?;
        // "En la V Reunión" names no place.
        let numbered = words.get(at + 1).is_some_and(|next| MEETINGS.contains(&next.folded.as_str()));
        (first.is_uppercase()
            && !numbered
            && dates::month(&word.folded).is_none()
            && !MEETINGS.contains(&word.folded.as_str()))
        .then_some(())
    };
    let gap = |at: usize| -> &str {
        let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return "." };
        text.get(word.span.end..next.span.start).unwrap_or(".")
    };
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.folded.as_str()));
    // In English "a" is no preposition.
    let before = if language == Language::En { &BEFORE[..2] } else { &BEFORE[..] };
    for at in 0..words.len().min(NEAR_VERB) {
        if !is(at, before) {
            continue;
        }
        let mut first = at + 1;
        while is(first, &CITY) && capital(first).is_none() {
            first += 1;
        }
        if capital(first).is_none() {
            continue;
        }
        let mut parts: Vec<Range<usize>> = vec![words.get(first)?.span.clone()];
        let mut last = first;
        while parts.len() <= MAX_PARTS {
            let between = gap(last);
            let plain = [" ", "-", "'", "’", ". "].contains(&between);
            let small = is(last + 1, &INSIDE) && capital(last + 2).is_some() && gap(last + 1) == " ";
            let country = [", ", " (", " "].contains(&between) && is(last + 1, before) && capital(last + 2).is_some();
            if plain && (capital(last + 1).is_some() || small) {
                last += if capital(last + 1).is_some() { 1 } else { 2 };
                parts.last_mut()?.end = words.get(last)?.span.end;
            } else if between == ", " && capital(last + 1).is_some() && !dates::is_weekday(&words.get(last + 1)?.folded)
            {
                last += 1;
                parts.push(words.get(last)?.span.clone());
            } else if country {
                last += 2;
                parts.push(words.get(last)?.span.clone());
            } else {
                break;
            }
        }
        parts.truncate(MAX_PARTS);
        if !parts.iter().filter_map(|part| text.get(part.clone())).all(is_place) {
            continue;
        }
        let place: Vec<&str> = parts.iter().filter_map(|part| text.get(part.clone())).collect();
        let span = parts.first()?.start..parts.last()?.end;
        return Some((place.join(", "), span));
    }
    None
}

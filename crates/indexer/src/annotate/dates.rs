//! When a document's event took place, or the document was issued.
//!
//! The title block says it best; then a line that says when the text was signed; then a sentence about the document's
//! own meeting; a line with a date at the top or foot; the days of an agenda; last, the file's metadata where the text
//! bears it out. What a text tells of other meetings, of laws and of periods is never its date, and there is no date
//! by default.

use std::ops::Range;

use rcp_corpus::analysis::{fold, words};
use rcp_corpus::model::{DateRange, Evidence, Fact, Language, Passage, PassageKind, Precision, Provenance};

use super::clues::{Clues, above_text, in_passage, read};
use super::own::{Ownership, Statement, phrase_at, sentences};
use super::words::{DATE_LABELS, DEADLINES, LOOKING_BACK, OPENED, POSTED, SIGNED, TOUCHED};
use crate::dates::{self, When, WrittenDate, is_weekday, whole_year};
use crate::passages::{JOINING, is_date_line};

const IN_TITLE_BLOCK: f32 = 0.95;
const YEAR_IN_TITLE: f32 = 0.7;
const ON_SIGNING: f32 = 0.9;
const OF_OWN_MEETING: f32 = 0.85;
const OF_THE_MEETING: f32 = 0.65;
const ON_A_LINE: f32 = 0.75;
const IN_AGENDA: f32 = 0.7;
const ON_POSTING: f32 = 0.5;
const IN_PROPERTIES: f32 = 0.5;

/// Passages at the end among which a text says when it was signed.
const ENDING: usize = 12;

/// Passages at the top among which minutes say where and when they begin.
pub(super) const OPENED_NEAR: usize = 2;

/// Passages at the top, and at the foot, among which a line with nothing but place and date counts.
const TOP: usize = 4;
const FOOT: usize = 5;

/// Passages among which a labelled line ("Date: …") counts.
const LABELLED: usize = 10;

/// Most words before the date in a dateline.
const MAX_PLACE: usize = 6;

/// Most words between the verb of a statement and its date.
const NEAR_VERB: usize = 16;

/// Shortest time from month to month that is a period and no date, in days.
const PERIOD_DAYS: i32 = 300;

/// Longest line of an agenda, in bytes.
const AGENDA_LINE: usize = 120;

/// Longest meeting that an agenda tells, in days.
const MEETING_DAYS: i32 = 10;

/// A date with its place among the lines of the title block.
pub(super) struct BlockDate<'a> {
    pub(super) line: &'a str,
    pub(super) span: Range<usize>,
    pub(super) range: DateRange,
}

/// The date of a document; unknown where the text does not say.
pub(super) fn date(clues: &Clues<'_>, statements: &[Statement<'_>]) -> Option<Fact<DateRange>> {
    let stated = |ownership| {
        let mut of_ownership = statements.iter().filter(move |statement| statement.ownership == ownership);
        of_ownership.find_map(|statement| stated(statement, clues.language))
    };
    let named = || stated(Ownership::Named).map(|(range, evidence)| read(range, OF_OWN_MEETING, evidence));
    let definite = || stated(Ownership::Definite).map(|(range, evidence)| read(range, OF_THE_MEETING, evidence));
    let Some(block) = title_block(clues) else {
        return signed(clues)
            .or_else(named)
            .or_else(|| labelled(clues))
            .or_else(definite)
            .or_else(|| Some(dateline(clues)?.fact()))
            .or_else(|| line_of_date(clues))
            .or_else(|| agenda(clues))
            .or_else(|| posted(clues))
            .or_else(|| properties(clues));
    };
    if block.range.precision == Precision::Day {
        return Some(read(block.range, IN_TITLE_BLOCK, above_text(block.line)));
    }
    // A month or a year in the title block; the text may tell the days.
    let within = |fact: &Fact<DateRange>| block.range.start <= fact.value.start && fact.value.end <= block.range.end;
    let finer = [named(), agenda(clues), definite()].into_iter().flatten().find(within);
    let confidence = if block.range.precision == Precision::Year { YEAR_IN_TITLE } else { IN_TITLE_BLOCK };
    finer.or_else(|| Some(read(block.range, confidence, above_text(block.line))))
}

/// The date of the title block: days before months before years, and of these the first.
pub(super) fn title_block<'a>(clues: &Clues<'a>) -> Option<BlockDate<'a>> {
    let opening = clues.opening;
    let lines: Vec<&str> = opening.title.iter().chain(&opening.lines).map(String::as_str).collect();
    let found: Vec<(usize, &str, WrittenDate)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !is_agenda_line(line) && !is_posting(line) && !tells_beginning(line))
        .flat_map(|(at, line)| dates::find(line, clues.language).into_iter().map(move |date| (at, *line, date)))
        .filter(|(_, line, date)| !looks_back(line, &date.span) && !is_deadline(line, &date.span))
        .collect();
    let mut years =
        found.iter().filter_map(|(_, _, date)| if let When::Year(year) = date.when { Some(year) } else { None });
    let only_year = years.next().filter(|year| years.all(|other| other == *year));
    let period = found.iter().any(|(_, _, date)| matches!(date.when, When::Period(..)));
    let ranked = found.into_iter().filter_map(|(at, line, date)| {
        let range = match date.when {
            When::Date(range) if is_period(&range) => return None,
            When::Date(range) => range,
            When::Days(..) => date.when.in_year(only_year?)?,
            When::Year(year) if !period && is_year_of(line, &date.span) => whole_year(year)?,
            When::Year(_) | When::Period(..) => return None,
        };
        Some(((std::cmp::Reverse(range.precision), at), BlockDate { line, span: date.span, range }))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
}

/// Whether months are those of a project or a plan: a year or more.
fn is_period(range: &DateRange) -> bool {
    range.precision == Precision::Month && range.start.until(range.end).is_ok_and(|span| span.get_days() >= PERIOD_DAYS)
}

/// Whether a date in a title is that of something before: "Follow-up to the declaration of July 1999".
fn looks_back(line: &str, span: &Range<usize>) -> bool {
    let before = line.get(..span.start).unwrap_or_default();
    let clause = before.rsplit([',', ';']).next().unwrap_or(before);
    let folded = fold(clause);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| LOOKING_BACK.contains(&word))
}

/// Whether something is asked for until a date: "Please return by 30 June 2016".
fn is_deadline(line: &str, span: &Range<usize>) -> bool {
    let words = words(line.get(..span.start).unwrap_or_default());
    (0..words.len()).any(|at| phrase_at(&words, at, &DEADLINES).is_some_and(|length| at + length == words.len()))
}

/// Whether a line says what it tells by a label, and that is a beginning: "Established: 1996 (renamed in 1997)".
fn tells_beginning(line: &str) -> bool {
    let label = line.split_once([':', '|']).map(|(label, _)| fold(label));
    label.is_some_and(|label| label.split(|c: char| !c.is_alphanumeric()).any(|word| LOOKING_BACK.contains(&word)))
}

/// Whether a line says when a page was put up or last touched.
fn is_posting(line: &str) -> bool {
    let words = words(line);
    let begins = |phrases: &[&str]| (0..words.len().min(2)).any(|at| phrase_at(&words, at, phrases).is_some());
    line.len() <= AGENDA_LINE && (begins(&POSTED) || begins(&TOUCHED))
}

/// When the page was put up, where nothing tells the date of what it is about; never when it was last touched.
pub(super) fn posted(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    let lines = clues.title_block().map(|line| (line, None));
    let passages = clues.passages.iter().take(TOP).map(|passage| (passage.text.as_str(), Some(passage)));
    lines.chain(passages).filter(|(line, _)| is_posting(line)).find_map(|(line, passage)| {
        let words = words(line);
        let touched = (0..words.len()).any(|at| phrase_at(&words, at, &TOUCHED).is_some());
        let date = dates::find(line, clues.language).into_iter().find(|date| date.when.date().is_some() && !touched)?;
        let evidence = passage.map_or_else(|| above_text(line), |passage| in_passage(passage, date.span.clone()));
        Some(read(date.when.date()?, ON_POSTING, evidence))
    })
}

/// Whether a year in a title is that of the document: it begins or ends the line ("Work Plan 2014") and belongs to no
/// agenda, law or agreement.
fn is_year_of(line: &str, span: &Range<usize>) -> bool {
    let before = fold(line.get(..span.start).unwrap_or_default());
    let after = fold(line.get(span.end..).unwrap_or_default());
    let last = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or_default();
    let next = after.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let ends = after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || after.trim_start().starts_with([':', '–', '-', '(', ',']);
    let names = [
        "agenda",
        "law",
        "ley",
        "loi",
        "convention",
        "convencion",
        "protocol",
        "protocolo",
        "protocole",
        "decree",
        "decreto",
        "decret",
        "horizon",
        "vision",
    ];
    let reference = before.split(|c: char| !c.is_alphanumeric()).any(|word| names[1..].contains(&word));
    (ends || before.trim().is_empty()) && !names.contains(&last) && !names.contains(&next) && !reference
}

/// Whether a line is one of an agenda: it begins with a day of the week or "Day 1".
fn is_agenda_line(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let counted = ["day", "dia", "jour"].contains(&first)
        && (second.parse::<u8>().is_ok() || ["one", "two", "uno", "dos", "un", "deux", "i", "ii"].contains(&second));
    counted
        || (is_weekday(first) && !line.contains(','))
        || (is_weekday(first) && folded.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).count() <= 3)
}

/// The date of a statement, with its place: the first after the verb, else the last before it.
pub(super) fn stated(statement: &Statement<'_>, language: Language) -> Option<(DateRange, Evidence)> {
    let text = statement.passage.text.get(statement.sentence.clone())?;
    let offset = statement.sentence.start;
    let found: Vec<WrittenDate> = dates::find(text, language)
        .into_iter()
        .map(|date| WrittenDate { span: date.span.start + offset..date.span.end + offset, ..date })
        .collect();
    let dated = |date: &&WrittenDate| is_stated(&statement.passage.text, date);
    let after = found.iter().filter(|date| date.span.start >= statement.verb.end).find(dated);
    let before =
        || found.iter().rfind(|date| date.span.end <= statement.verb.start && is_stated(&statement.passage.text, date));
    let date =
        after.filter(|date| is_near(&statement.passage.text, statement.verb.end..date.span.start)).or_else(before)?;
    let range = match date.when {
        When::Year(year) => whole_year(year)?,
        other => other.date()?,
    };
    Some((range, in_passage(statement.passage, date.span.clone())))
}

/// Whether a date can be that of a statement: days or months, or "in 2013".
fn is_stated(text: &str, date: &WrittenDate) -> bool {
    match date.when {
        When::Date(_) => true,
        When::Year(_) => {
            let before = text.get(..date.span.start).unwrap_or_default().trim_end();
            let word = before.rsplit(' ').next().unwrap_or_default();
            ["in", "en", "em"].contains(&fold(word).as_str())
        }
        When::Days(..) | When::Period(..) => false,
    }
}

/// Whether so few words stand between a verb and a date that they belong together, and none that looks back.
fn is_near(text: &str, between: Range<usize>) -> bool {
    let folded = fold(text.get(between).unwrap_or_default());
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().count() <= NEAR_VERB && !words.any(|word| LOOKING_BACK.contains(&word))
}

/// When the text was signed, issued or adopted, by a sentence near its end: "Done at Geneva, 5 May 2006".
fn signed(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    let in_text = clues.passages.iter().rev().take(ENDING).find_map(|passage| {
        sentences(&passage.text).into_iter().find_map(|sentence| {
            let (range, span) = signed_line(passage.text.get(sentence.clone())?, clues.language)?;
            Some((range, in_passage(passage, sentence.start + span.start..sentence.start + span.end)))
        })
    });
    let in_headings = || {
        let mut headings = clues.headings.iter().rev().take(2);
        headings.find_map(|(heading, _)| {
            signed_line(heading, clues.language).map(|(range, _)| (range, above_text(heading)))
        })
    };
    let opened = || {
        clues.passages.iter().take(OPENED_NEAR).find_map(|passage| {
            let sentence = sentences(&passage.text).into_iter().next()?;
            let text = passage.text.get(sentence)?;
            phrase_at(&words(text), 0, &OPENED)?;
            let (range, span) = first_days(text, clues.language)?;
            Some((range, in_passage(passage, span)))
        })
    };
    let (range, evidence) = in_text.or_else(in_headings).or_else(opened)?;
    Some(read(range, ON_SIGNING, evidence))
}

fn signed_line(line: &str, language: Language) -> Option<(DateRange, Range<usize>)> {
    phrase_at(&words(line), 0, &SIGNED)?;
    first_days(line, language)
}

fn first_days(line: &str, language: Language) -> Option<(DateRange, Range<usize>)> {
    let days = |date: WrittenDate| {
        let range = date.when.date().filter(|range| range.precision == Precision::Day)?;
        Some((range, date.span))
    };
    dates::find(line, language).into_iter().find_map(days)
}

/// A line that says what it is: "Date: 12 May 2010", "Fecha | 4 de junio de 2009".
fn labelled(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    clues.passages.iter().take(LABELLED).find_map(|passage| {
        let (label, value) = passage.text.split_once([':', '|'])?;
        let labelled = DATE_LABELS.contains(&fold(label.trim()).as_str());
        let offset = passage.text.len() - value.len();
        let date =
            dates::find(value, clues.language).into_iter().find(|date| labelled && date.when.date().is_some())?;
        let span = offset + date.span.start..offset + date.span.end;
        Some(read(date.when.date()?, ON_A_LINE, in_passage(passage, span)))
    })
}

/// Place and date with which news begins: "San José, 4 May 2010 – The ministers …".
pub(super) struct Dateline<'a> {
    pub(super) passage: &'a Passage,
    pub(super) range: DateRange,
    /// Byte range of the date in the passage.
    pub(super) span: Range<usize>,
}

impl Dateline<'_> {
    fn fact(&self) -> Fact<DateRange> {
        read(self.range, OF_THE_MEETING, in_passage(self.passage, self.span.clone()))
    }
}

/// The place and date at the very beginning of the text.
pub(super) fn dateline<'a>(clues: &Clues<'a>) -> Option<Dateline<'a>> {
    let passage = clues.passages.first()?;
    let (range, span) = first_days(&passage.text, clues.language)?;
    let (before, after) = (passage.text.get(..span.start)?, passage.text.get(span.end..)?);
    let place = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = place.clone().all(|word| word.starts_with(char::is_uppercase) || JOINING.contains(&word));
    let ends = after.trim_start().starts_with([':', '–', '—', '-', '.', ')']) && after.split_whitespace().count() > 2;
    let is_line = named && ends && (1..=MAX_PLACE).contains(&place.count()) && before.contains([',', '(']);
    is_line.then_some(Dateline { passage, range, span })
}

/// A line with nothing but place and date at the top or foot of the text.
fn line_of_date(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    let tail = clues.passages.len().saturating_sub(FOOT).max(TOP);
    let lines = clues.passages.iter().take(TOP).chain(clues.passages.iter().skip(tail));
    let plain = |passage: &&Passage| matches!(passage.kind, PassageKind::Paragraph | PassageKind::Contact);
    let in_text = lines.filter(plain).find_map(|passage| {
        let (range, span) = plain_date(&passage.text, clues.language)?;
        Some((range, in_passage(passage, span)))
    });
    let ends = clues.headings.iter().rev().take(1).chain(clues.headings.first());
    let in_headings = || {
        let mut ends = ends.map(|(heading, _)| heading);
        ends.find_map(|heading| plain_date(heading, clues.language).map(|(range, _)| (range, above_text(heading))))
    };
    let (range, evidence) = in_text.or_else(in_headings)?;
    Some(read(range, ON_A_LINE, evidence))
}

fn plain_date(line: &str, language: Language) -> Option<(DateRange, Range<usize>)> {
    if line.len() > AGENDA_LINE || !is_date_line(line) || is_agenda_line(line) || is_posting(line) {
        return None;
    }
    let date = dates::find(line, language).into_iter().find(|date| date.when.date().is_some())?;
    Some((date.when.date()?, date.span))
}

/// The days of an agenda, where they follow one another: "Day 1 – Tuesday, 5 March 2013", "Miércoles 6 de marzo".
fn agenda(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    let passages = clues.passages.iter().map(|passage| (passage.text.as_str(), Some(passage)));
    let headings = clues.title_block().chain(clues.headings.iter().map(|(heading, _)| heading.as_str()));
    let headings = headings.map(|heading| (heading, None));
    let mut days: Vec<(DateRange, Evidence)> = Vec::new();
    for (line, passage) in headings.chain(passages) {
        let line_is_day = line.len() <= AGENDA_LINE && (is_agenda_line(line) || is_weekday(&first_word(line)));
        let date = if line_is_day { date_of_day(line, clues.language) } else { None };
        let Some(date) = date else { continue };
        let known_year = days.first().map(|(range, _)| range.year());
        let range = date.when.date().or_else(|| date.when.in_year(known_year?));
        let evidence = passage.map_or_else(|| above_text(line), |passage| in_passage(passage, date.span.clone()));
        days.extend(range.filter(|range| range.precision == Precision::Day).map(|range| (range, evidence)));
    }
    let start = days.iter().map(|(range, _)| range.start).min()?;
    let end = days.iter().map(|(range, _)| range.end).max()?;
    let short = start.until(end).ok()?.get_days() <= MEETING_DAYS;
    let evidence = days.into_iter().map(|(_, evidence)| evidence).collect();
    let range = DateRange { start, end, precision: Precision::Day };
    short.then_some(Fact { value: range, provenance: Provenance::TextRule, confidence: IN_AGENDA, evidence })
}

/// The date of a line of an agenda; the number of "Day 1" is no part of it.
fn date_of_day(line: &str, language: Language) -> Option<WrittenDate> {
    let counted = ["day", "dia", "jour"].contains(&first_word(line).as_str());
    let start = if counted { line.find([':', '–', '-', ',', '(', '|']).map_or(0, |sign| sign + 1) } else { 0 };
    let start = (start..=line.len()).find(|&at| line.is_char_boundary(at))?;
    let date = dates::find(line.get(start..)?, language).into_iter().next()?;
    Some(WrittenDate { span: date.span.start + start..date.span.end + start, ..date })
}

fn first_word(line: &str) -> String {
    fold(line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
}

/// The year in which the file was made, where the newest date of the text is of the same year and not after it.
fn properties(clues: &Clues<'_>) -> Option<Fact<DateRange>> {
    let created = clues.properties.created?;
    let modified = clues.properties.modified.unwrap_or(created);
    let told = |passage: &&Passage| passage.kind != PassageKind::Footnote;
    let of_text = clues.passages.iter().filter(told).flat_map(|passage| dates::find(&passage.text, clues.language));
    let newest = of_text.filter_map(|date| date.when.date()).max_by_key(|range| range.end)?;
    let agree = newest.year() == created.year() && newest.start <= created && modified.year() == created.year();
    let surface = created.to_string();
    let range = whole_year(created.year()).filter(|_| agree)?;
    let evidence = vec![Evidence { passage: None, span: None, surface }];
    Some(Fact { value: range, provenance: Provenance::FileMetadata, confidence: IN_PROPERTIES, evidence })
}

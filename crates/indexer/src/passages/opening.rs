//! The opening of a document: letterhead, title, subtitle, place and date, before the body begins.

use rcp_corpus::analysis::fold;
use rcp_corpus::model::Language;
use serde::{Deserialize, Serialize};

use super::opening_words::{
    ABOUT, ADDRESSED, ARTICLES, BODIES, FURNITURE, JOINING, KINDS, MEETINGS, MEMBERS, ORGANISATIONS, PROCESSES, REMOTE,
    SECTIONS, SUBJECTS, TITLE_WORDS, VERSIONS, WRITTEN,
};
use crate::dates::{self, When};
use crate::extract::{Block, BlockKind};
use crate::ordinals;

/// What stands before the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Names of organisations, document symbols, notes on the version: they vote for neither title nor language.
    pub letterhead: Vec<String>,
    /// What this document calls itself, its lines joined.
    pub title: Option<String>,
    /// The other lines: subtitle, kind of document, place and date.
    pub lines: Vec<String>,
}

/// Most lines of an opening; more short lines are no title page.
const MAX_LINES: usize = 24;

/// Blocks of which one can be the first line of a title that a colon ends.
const HEAD: usize = 3;

/// Longest line of an opening, in characters.
const MAX_LINE: usize = 300;

/// Longest line of an opening that ends with a comma, in characters: a longer one goes on as a sentence.
const MAX_CLAUSE: usize = 60;

/// Most cells of a row that belongs to a title page.
const MAX_CELLS: usize = 2;

/// Most lines that make up one title.
const MAX_TITLE_LINES: usize = 5;

/// Shortest line of a title that is full, in characters.
const FULL_LINE: usize = 50;

/// Most words on the last line of a title that was wrapped.
const MAX_WRAPPED: usize = 4;

/// Most words of the name of a process.
const MAX_NAME: usize = 12;

/// Lines below the name of a process among which stands what it wrote.
const NEAR_NAME: usize = 2;

/// Most words beside the date in a line that tells place and date.
const MAX_BESIDE_DATE: usize = 8;

/// Blocks among which a title that stands below some text is looked for.
const NEAR_TOP: usize = 8;

/// Whether a heading says nothing about its document: "Background", "Antecedentes", "CONCEPT NOTE".
#[must_use]
pub fn is_generic_heading(heading: &str) -> bool {
    let folded = bare(heading);
    let is_kind = |text: &str| KINDS.contains(&text);
    SECTIONS.contains(&folded.as_str()) || is_kind(&folded) || is_kind(unlabelled(&folded))
}

/// A kind without its number or the label after it: "press release no. 600", "communique / global".
fn unlabelled(folded: &str) -> &str {
    let label = folded.split_once(" / ").filter(|(_, label)| label.split_whitespace().count() == 1);
    let text = label.map_or(folded, |(kind, _)| kind);
    let number = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/' || c == '-');
    if number.len() == text.len() {
        return text;
    }
    let text = number.trim_end_matches(|c: char| !c.is_alphanumeric());
    let abbreviation = ["no", "n", "nro", "num", "numero", "number"];
    let numbered = text.rsplit_once(' ').filter(|(_, last)| abbreviation.contains(&last.replace('.', "").as_str()));
    numbered.map_or(folded, |(kept, _)| kept.trim_end())
}

/// A short line at the top: a block, or a cell of a row.
struct Line {
    /// Block it is of.
    block: usize,
    heading: bool,
    /// Level of a heading on a page with fixed lines.
    level: Option<u8>,
    text: String,
}

/// Takes the opening off the blocks of a document.
///
/// The opening ends before the first text, and before the heading under which that text stands: the first that is
/// generic or numbered, else the last that neither is the title nor tells kind, place or date. Where no text would be
/// left, only lines that tell kind, place and date belong to it, and what stands last is the text.
pub(super) fn split_opening(blocks: Vec<Block>) -> (Opening, Vec<Block>) {
    let lines = leading_lines(&blocks);
    match only_text(&lines, &blocks) {
        None => split_lines(lines, blocks),
        Some(text) => {
            let (opening, body) = split_lines(lines, blocks.clone());
            if body.iter().any(is_text) {
                return (opening, body);
            }
            let above = leading_lines(&blocks).into_iter().filter(|line| line.block < text).collect();
            split_lines(above, blocks)
        }
    }
}

/// Takes the opening off that is among these lines.
fn split_lines(lines: Vec<Line>, mut blocks: Vec<Block>) -> (Opening, Vec<Block>) {
    let goes_on = |at: usize| at.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|line| ends_open(&line.text));
    let section = (0..lines.len()).find(|&at| {
        let opens = lines.get(at).is_some_and(|line| opens_section(line.heading, &line.text));
        opens && !goes_on(at) && !stands_above_date(&lines, at)
    });
    let above_text = lines.get(..section.unwrap_or(lines.len())).unwrap_or_default();
    let Some(title) = title_lines(above_text) else {
        // Without a title only a letterhead is taken off, so that no heading is lost.
        let letterhead = lines.iter().take_while(|line| is_letterhead(&line.text)).count();
        let body = blocks.split_off(block_of(&lines, letterhead));
        let mut body: Vec<Block> = contacts(blocks).chain(body).collect();
        let title = only_heading(&body).map(|at| body.remove(at).text);
        let letterhead = lines.into_iter().take(letterhead).map(|line| line.text).collect();
        return (Opening { letterhead, title, lines: Vec::new() }, body);
    };
    let end = end_of_opening(&blocks, &lines, section, title.end);
    let block = block_of(&lines, end);
    let body = blocks.split_off(block);
    let body = contacts(blocks).chain(body).collect();
    let mut opening = Opening::default();
    let mut parts: Vec<String> = Vec::new();
    for (index, line) in lines.into_iter().enumerate().take_while(|(_, line)| line.block < block) {
        if title.contains(&index) {
            parts.push(line.text);
        } else if is_letterhead(&line.text) {
            opening.letterhead.push(line.text);
        } else {
            opening.lines.push(line.text);
        }
    }
    let title = parts.join(" ");
    opening.title = Some(subject(&title).map_or_else(|| title.clone(), str::to_owned));
    (opening, body)
}

/// Whether place and date follow a line: "Summary" is the kind of the document then, not the heading of its first section.
fn stands_above_date(lines: &[Line], at: usize) -> bool {
    let dated = |at: usize| lines.get(at).is_some_and(|line| is_date_line(&line.text) && has_date(&line.text));
    dated(at + 1) || (lines.get(at + 1).is_some_and(|line| is_venue(&line.text)) && dated(at + 2))
}

/// Block of a line; the one after the last line where there is no such line.
fn block_of(lines: &[Line], at: usize) -> usize {
    lines.get(at).map_or_else(|| lines.last().map_or(0, |line| line.block + 1), |line| line.block)
}

/// The contact data of a letterhead: no part of the opening.
fn contacts(opening: Vec<Block>) -> impl Iterator<Item = Block> {
    opening.into_iter().filter(|block| block.kind == BlockKind::Contact)
}

/// The short lines before the first text. Contact data ends them, but for that of a letterhead.
fn leading_lines(blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let cells: Vec<&str> = match block.kind {
            BlockKind::TableRow => block.text.split(" | ").map(str::trim).filter(|cell| !cell.is_empty()).collect(),
            BlockKind::Heading(_) | BlockKind::Paragraph => vec![block.text.as_str()],
            BlockKind::Contact if !lines.iter().any(|line: &Line| is_title(&line.text)) => continue,
            BlockKind::Contact | BlockKind::ListItem | BlockKind::Footnote => break,
        };
        let heading = matches!(block.kind, BlockKind::Heading(_));
        if cells.len() > MAX_CELLS
            || lines.len() + cells.len() > MAX_LINES
            || !cells
                .iter()
                .all(|cell| is_short(cell, heading) || (index < HEAD && announces(cell, blocks.get(index + 1))))
        {
            break;
        }
        let level = if let BlockKind::Heading(level) = block.kind { block.page.map(|_| level) } else { None };
        lines.extend(cells.into_iter().map(|cell| Line { block: index, heading, level, text: cell.to_owned() }));
    }
    lines
}

/// The block of the last line, where nothing but it could be text: a short text without a full stop is no title page.
fn only_text(lines: &[Line], blocks: &[Block]) -> Option<usize> {
    let last = lines.last()?;
    let tells_more = is_date_line(&last.text) || is_letterhead(&last.text) || tells_kind(&last.text);
    let is_last = !last.heading && !blocks.iter().skip(last.block + 1).any(is_text);
    (is_last && !tells_more).then_some(last.block)
}

fn is_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Heading(_))
}

/// Whether a line at the head of a document is the first of a title of two: "Conference on Protection:" above "The
/// Almaty Process".
fn announces(text: &str, next: Option<&Block>) -> bool {
    let short = |text: &str| text.chars().count() <= MAX_LINE;
    let titled = next.is_some_and(|next| {
        let kind = matches!(next.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
        kind && short(&next.text) && !next.text.ends_with(['.', ':', ';', ',']) && !is_date_line(&next.text)
    });
    text.strip_suffix(':').is_some_and(|line| short(line) && is_title(line)) && titled
}

fn is_short(text: &str, heading: bool) -> bool {
    let length = text.chars().count();
    let ends = text.ends_with([':', ';'])
        || (text.ends_with(',') && length > MAX_CLAUSE)
        || (text.ends_with('.') && !heading && !is_date_line(text));
    length <= MAX_LINE && !ends
}

/// The lines of the title: the first that says what the document is, with those that go on with it. A line with the
/// date of its event is a title where no heading is.
fn title_lines(lines: &[Line]) -> Option<std::ops::Range<usize>> {
    // Below the name of a body stands what it wrote: "PLAN DE TRABAJO 2011".
    // What stands above the choice of a language is the head of a page.
    let head = lines.iter().rposition(|line| is_furniture(&line.text)).map_or(0, |at| at + 1);
    let head = if lines.iter().skip(head).any(|line| is_title(&line.text)) { head } else { 0 };
    let titles = || lines.iter().enumerate().skip(head).filter(|(_, line)| is_title(&line.text));
    let first_that = |names: fn(&str) -> bool| titles().skip(1).find(|(_, line)| names(&line.text)).map(|(at, _)| at);
    // Below "Regional Conference" stands "Tenth Regional Conference".
    let again = |first: usize, text: &str| {
        let mut below = titles().skip(1).take_while(|(at, _)| *at <= first + NEAR_NAME);
        below.find(|(_, line)| says_more_than(&line.text, text)).map(|(at, _)| at)
    };
    let plain = match titles().next() {
        Some((at, line)) if again(at, &line.text).is_some() => again(at, &line.text),
        Some((at, line)) if names_body(&line.text) || names_members(&line.text) => first_that(names_kind).or(Some(at)),
        Some((at, line)) if names_process(&line.text) => {
            first_that(names_written).filter(|written| *written <= at + NEAR_NAME).or(Some(at))
        }
        first => first.map(|(at, _)| at),
    };
    let about = lines.iter().position(|line| subject(&line.text).is_some());
    let plain = about.or(plain);
    let dated = lines.iter().position(|line| is_dated_title(&line.text));
    let first = match (plain, dated) {
        (Some(plain), Some(dated)) if dated < plain && !lines.get(plain).is_some_and(|line| line.heading) => dated,
        (plain, dated) => plain.or(dated)?,
    };
    let goes_on = |&at: &usize| {
        let (Some(line), Some(next)) = (lines.get(at - 1), lines.get(at)) else { return false };
        is_continued(&line.text, &next.text) || is_wrapped(line, next)
    };
    let joined = (first + 1..lines.len().min(first + MAX_TITLE_LINES)).take_while(goes_on).count();
    Some(first..first + 1 + joined)
}

/// Whether a line holds all of another one, and more.
fn says_more_than(line: &str, other: &str) -> bool {
    let (line, other) = (fold(line), fold(other));
    line.len() > other.len() && line.contains(&other)
}

/// What a letter is about, where a line tells that: "Subject: Invitation to the workshop".
fn subject(line: &str) -> Option<&str> {
    let (label, about) = line.split_once(':')?;
    let about = about.trim();
    (ABOUT.contains(&fold(label.trim()).as_str()) && about.contains(' ')).then_some(about)
}

/// Whether a line of the head of a letter tells who writes to whom: "From: Secretariat".
fn is_address(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| ADDRESSED.contains(&fold(label.trim()).as_str()))
}

/// Whether a title goes on in the next line: one ends with, or the other begins with, a word that joins.
fn is_continued(line: &str, next: &str) -> bool {
    let says_more = is_date_line(next) || is_letterhead(next) || next.contains('@');
    let first = fold(next).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    let joins = JOINING.contains(&first.as_str()) && !ARTICLES.contains(&first.as_str());
    let goes_on = joins || next.starts_with(char::is_lowercase);
    !says_more && (ends_open(line) || line.ends_with(':') || (goes_on && !is_generic_heading(next)))
}

/// Whether a title fills its line on the page and the few words of the next, as large, are its end.
fn is_wrapped(line: &Line, next: &Line) -> bool {
    let short = next.text.split_whitespace().count() <= MAX_WRAPPED;
    let says_more = is_date_line(&next.text) || is_letterhead(&next.text) || tells_kind(&next.text);
    let full = line.text.chars().count() >= FULL_LINE && line.text.ends_with(char::is_alphanumeric);
    full && line.level.is_some() && line.level == next.level && short && !says_more && !opens_section(true, &next.text)
}

/// Whether a line ends in the middle of a title: with a word that joins, a comma, an open parenthesis.
fn ends_open(line: &str) -> bool {
    let folded = fold(line);
    let last = folded.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let parenthesis = line.matches('(').count() > line.matches(')').count();
    JOINING.contains(&last) || parenthesis || line.ends_with(['-', '–', '&', ','])
}

/// Line before which the body begins.
fn end_of_opening(blocks: &[Block], lines: &[Line], section: Option<usize>, after_title: usize) -> usize {
    let tells_place = |text: &str| has_date(text) || is_date_line(text) || is_venue(text);
    let tells_more = |text: &str| tells_place(text) || is_letterhead(text) || tells_kind(text);
    let below = lines.get(after_title..).unwrap_or_default();
    let last_heading = below
        .iter()
        .rposition(|line| line.heading && !tells_more(&line.text))
        .map(|index| after_title + index)
        .filter(|index| index + 1 == lines.len());
    let last_block = lines.last().map_or(0, |line| line.block + 1);
    let text_follows = blocks.iter().skip(last_block).any(is_text);
    let is_page = lines.len() + MAX_CELLS <= MAX_LINES;
    let known = || after_title + below.iter().take_while(|line| tells_more(&line.text)).count();
    section.or(last_heading).unwrap_or_else(|| if text_follows && is_page { lines.len() } else { known() })
}

/// The one heading of the first level, near the top, where the other headings are below it: a title under some text.
fn only_heading(body: &[Block]) -> Option<usize> {
    let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
    let mut first_level = body.iter().enumerate().filter(|(_, block)| level(block) == Some(1));
    let (place, block) = first_level.next()?;
    let others = body.iter().any(|block| level(block).is_some_and(|level| level > 1));
    let only = first_level.next().is_none() && others && place < NEAR_TOP;
    (only && is_title(&block.text) && !opens_section(true, &block.text)).then_some(place)
}

fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let undated = !is_date_line(text) && !is_dated_title(text) && !begins_day(&fold(text));
    // "SOM Summary" says no more than "Summary".
    let spelled: Vec<&str> = text.split_whitespace().filter(|word| !is_abbreviation(word)).collect();
    let mixed = text.contains(char::is_lowercase);
    let generic = is_generic_heading(text) || (mixed && is_generic_heading(&spelled.join(" ")));
    let listed = text.ends_with(',') && !names_kind(text);
    words >= 2
        && undated
        && !listed
        && !is_furniture(text)
        && !is_letterhead(text)
        && !generic
        && !text.contains('@')
        && !is_venue(text)
}

/// Whether a line with a date begins with a title: "Workshop on Migration Data, Nairobi, 3-4 March 2016". A place has
/// fewer words, or none of those that titles are made of.
fn is_dated_title(text: &str) -> bool {
    let name = text.split([',', ';']).next().unwrap_or(text);
    let words = name.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    has_date(text)
        && !is_date_line(text)
        && !is_letterhead(text)
        && words >= 4
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line begins a section inside a document: a generic heading or a numbered one.
fn opens_section(heading: bool, text: &str) -> bool {
    (heading && unnumbered(&fold(text)).is_some()) || SECTIONS.contains(&bare(text).as_str())
}

/// Whether a line begins with the kind of the document: "CONCEPT NOTE", "DECLARACIÓN DE ASUNCIÓN".
fn tells_kind(text: &str) -> bool {
    let bare = bare(text);
    let begins = |kind: &&str| bare.strip_prefix(*kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    KINDS.iter().any(begins)
}

/// Folded, without a leading number ("1. Introduction", "II. ANTECEDENTES") and closing signs.
pub(super) fn bare(text: &str) -> String {
    let folded = fold(text).replace('’', "'");
    let text = unnumbered(&folded).unwrap_or(&folded);
    text.trim().trim_end_matches([':', '.', ' ']).to_owned()
}

/// What follows the number of a folded heading ("1. scope", "1.1 scope", "ii) scope"); `None` without a number.
fn unnumbered(folded: &str) -> Option<&str> {
    let (number, rest) = folded.split_once(' ')?;
    let digits_or_roman = number.chars().all(|c| c.is_ascii_digit() || "ivx.)".contains(c));
    (digits_or_roman && number.len() <= 6 && number.contains(['.', ')'])).then_some(rest)
}

/// Whether a word is an abbreviation, as organisations have them: "IOM", "IOM-OIM".
fn is_abbreviation(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_uppercase() || c == '-' || c == '•')
}

/// A line that consists of the name of an organisation, of a document symbol (`MC/INF/266`), or of a note on the
/// version ("Draft, revised 20 July 2009"), or that tells who writes to whom.
fn is_letterhead(text: &str) -> bool {
    let symbol = !text.contains(' ') && text.contains('/') && text.chars().any(char::is_uppercase);
    let abbreviated = text.split_whitespace().take_while(|word| is_abbreviation(word)).count();
    let rest: Vec<&str> = text.split_whitespace().skip(abbreviated).collect();
    let begins = |folded: &str, name: &str, most: usize| {
        let rest = folded.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && rest.split_whitespace().count() <= most)
    };
    let folded = fold(text);
    let names_title = folded.split(|c: char| !c.is_alphanumeric()).any(|word| MEETINGS.contains(&word));
    let named = [folded.clone(), fold(&rest.join(" "))]
        .into_iter()
        .filter(|_| !names_title)
        .any(|folded| ORGANISATIONS.iter().any(|name| begins(&folded, name, 3)));
    let version = VERSIONS.iter().any(|version| begins(&folded, version, 6)) && !KINDS.contains(&folded.as_str());
    // "OIM · IOM · OIM"
    let mut words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let signs = text.contains(['·', '•', '|', '/', '–']) && words.all(is_abbreviation);
    symbol || named || version || signs || is_address(text) || is_furniture(text)
}

/// Whether a line is the name of a body and of nothing that it wrote.
fn names_body(text: &str) -> bool {
    fold(text).split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word)) && !names_kind(text)
}

/// Whether a line is the name of a process and of nothing that it wrote: "MIDSA Migration Dialogue for Southern Africa".
fn names_process(text: &str) -> bool {
    let folded = fold(text);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() <= MAX_NAME
        && words().any(|word| PROCESSES.contains(&word))
        && !words().any(|word| WRITTEN.contains(&word) || word.bytes().any(|byte| byte.is_ascii_digit()))
        && ordinals::find(text).is_empty()
}

/// Whether a line names what was written or what met, and of what: "Senior Officials' Meeting" alone says too little.
fn names_written(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let says_of_what =
        words.clone().any(|word| JOINING.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()));
    says_of_what && !has_date(text) && words.any(|word| WRITTEN.contains(&word))
}

/// Whether a line names the members of a body.
fn names_members(text: &str) -> bool {
    let folded = fold(text);
    MEMBERS.iter().any(|name| folded.starts_with(name)) && folded.split_whitespace().count() <= 4
}

/// Whether a line is one of a page that stands beside its text.
fn is_furniture(text: &str) -> bool {
    FURNITURE.contains(&bare(text).as_str())
}

/// Whether a line names a kind of document or meeting.
fn names_kind(text: &str) -> bool {
    let names = |word: &str| TITLE_WORDS.contains(&word) && !SUBJECTS.contains(&word);
    fold(text).split(|c: char| !c.is_alphanumeric()).any(names)
}

/// A line that tells place and date: a date and few other words, none of those that titles are made of.
pub(crate) fn is_date_line(text: &str) -> bool {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let others = words.clone().filter(|word| !is_number(word) && dates::month(word).is_none());
    let (others, digits) = (others.count(), words.clone().count() > 0);
    let names_kind = || words.clone().any(|word| TITLE_WORDS.contains(&word));
    let remote = || words.clone().any(|word| REMOTE.contains(&word));
    let dated = has_date(text) && (!names_kind() || remote());
    !begins_day(&folded) && others <= MAX_BESIDE_DATE && (dated || (others == 0 && digits))
}

/// A line that tells where an event is held: "Venue: …", "Modalidad virtual", or, by its shape, "Almaty, Kazakhstan".
fn is_venue(text: &str) -> bool {
    let folded = fold(text);
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let capitals = words.all(|word| {
        let small = JOINING.contains(&word) || word.starts_with(char::is_uppercase);
        small && !TITLE_WORDS.contains(&fold(word).as_str()) && !MEETINGS.contains(&fold(word).as_str())
    });
    let shaped = text.contains(", ") && capitals && folded.split_whitespace().count() <= 5 && !is_generic_heading(text);
    let label = ["venue:", "lugar:", "lieu:", "place:", "date:", "fecha:", "sede:"];
    let mixed = text.contains(char::is_lowercase);
    (shaped && mixed)
        || label.iter().any(|label| folded.starts_with(label))
        || (folded.split_whitespace().count() <= 4 && REMOTE.iter().any(|word| folded.ends_with(word)))
}

fn has_date(text: &str) -> bool {
    let is_date = |found: &dates::WrittenDate| matches!(found.when, When::Date(_) | When::Days(..));
    dates::find(text, Language::Undetermined).iter().any(is_date)
}

/// Whether a line is one of an agenda: "Day 1 – Tuesday, 5 March".
fn begins_day(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let numbered = ["day", "dia", "jour"].contains(&first) && words.next().is_some_and(is_number);
    numbered || first == "day" && folded.starts_with("day one")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(line: &str) -> Block {
        let (kind, text) = match line.strip_prefix("# ") {
            Some(text) => (BlockKind::Heading(1), text),
            None => (BlockKind::Paragraph, line),
        };
        Block { kind, text: text.to_owned(), page: None, marker: None, notes: Vec::new() }
    }

    const BODY: &str = "The participants met for two days and agreed on a number of measures that they will take.";

    #[track_caller]
    fn check(lines: &[&str], title: Option<&str>, first_of_body: &str) {
        let blocks = lines.iter().map(|line| block(line)).chain([block(BODY)]).collect();
        let (opening, body) = split_opening(blocks);
        assert_eq!(opening.title.as_deref(), title);
        assert_eq!(body.first().map(|block| block.text.as_str()), Some(first_of_body));
    }

    #[test]
    fn the_title_is_found_below_the_letterhead_and_above_the_body() {
        check(&["# Background"], None, "Background");
        check(&["# ANTECEDENTES"], None, "ANTECEDENTES");
        check(&["# 1. Introduction", "# Evolution of the process"], None, "1. Introduction");
        check(&["# THE SECRETARIAT", "IOM International Organization for Migration"], None, BODY);
        check(
            &[
                "OIM Organización Internacional para las Migraciones",
                "Taller sobre PCR",
                "14-15 de abril de 2005",
                "# INFORME FINAL",
                "# Introducción",
            ],
            Some("Taller sobre PCR"),
            "Introducción",
        );
        check(
            &["# VI CONFERENCIA SUDAMERICANA", "Asunción, Paraguay, 4 y 5 de Mayo de 2006", "# DECLARACIÓN FINAL"],
            Some("VI CONFERENCIA SUDAMERICANA"),
            BODY,
        );
        check(
            &["# Rapport de la réunion de Rabat", "# Ouverture de la session"],
            Some("Rapport de la réunion de Rabat"),
            "Ouverture de la session",
        );
        check(
            &["# Note conceptuelle", "# Dialogue sur la migration", "# Contexte"],
            Some("Dialogue sur la migration"),
            "Contexte",
        );
        check(
            &["Conference on Refugee Protection:", "The Example Process", "Lima, Peru, 5 June 2013", "# Introduction"],
            Some("Conference on Refugee Protection: The Example Process"),
            "Introduction",
        );
        check(&["The delegations agreed on what follows:"], None, "The delegations agreed on what follows:");
        check(&["MC/INF/266", "# Regional Processes at Work"], Some("Regional Processes at Work"), BODY);
        check(
            &["# VI CONFERENCIA SUDAMERICANA", "Asunción, 4 y 5 de Mayo de 2006", "# DECLARACIÓN DE ASUNCIÓN"],
            Some("VI CONFERENCIA SUDAMERICANA"),
            BODY,
        );
        check(
            &["# Plan of the Prague Process", "# 1. Priority areas", "# 1.1 Return"],
            Some("Plan of the Prague Process"),
            "1. Priority areas",
        );
    }

    #[test]
    fn a_title_with_its_date_is_one_where_there_is_no_other() {
        let dated = "Regional Workshop on Migration Data, Nairobi, 3-4 March 2016";
        check(&["# CONCEPT NOTE", dated, "# Background"], Some(dated), "Background");
        check(&["# CONCEPT NOTE", "Palais des Nations, Genève, 3-4 mars 2016", "# Background"], None, "CONCEPT NOTE");
        check(&[dated, "# Data for a common policy", "# Background"], Some("Data for a common policy"), "Background");
    }

    #[test]
    fn lines_of_a_web_page_and_names_of_bodies_are_no_titles() {
        let title = "Report of the Workshop on Visas";
        check(&["Safer borders for all", "Select your language", title], Some(title), BODY);
        check(&["Members of the Forum", title], Some(title), BODY);
        check(&["MIDSA Migration Dialogue for Southern Africa", title], Some(title), BODY);
        check(&["Outcomes Statement", title], Some(title), BODY);
        check(&["PRESS RELEASE No. 12", title], Some(title), BODY);
        check(&["Communiqué / Global", "Ministers agree on visas"], Some("Ministers agree on visas"), BODY);
        check(&["IOM · OIM", title], Some(title), BODY);
        check(
            &["Regional Conference on Migration", "Lima, 4 May 2010"],
            Some("Regional Conference on Migration"),
            BODY,
        );
        check(
            &["III Conferencia sobre Migraciones", "Declaración de Lima"],
            Some("III Conferencia sobre Migraciones"),
            BODY,
        );
    }

    #[test]
    fn a_letter_is_called_what_it_is_about() {
        let head = ["From: Secretariat", "To: Focal points", "Date: 14 March 2017"];
        let subject = "Subject: Invitation to the workshop on data, San José, 25-27 April 2017";
        let title = Some("Invitation to the workshop on data, San José, 25-27 April 2017");
        check(&[head[0], head[1], head[2], subject], title, BODY);
        check(&["MEMORÁNDUM", "Para: Presidencia", "Asunto: Taller de retorno"], Some("Taller de retorno"), BODY);
        check(&["À : Points focaux", "Objet : Atelier sur le retour"], Some("Atelier sur le retour"), BODY);
        check(&["From: Secretariat", "Workshop on return"], Some("Workshop on return"), BODY);
    }

    #[test]
    fn a_line_that_says_more_than_the_name_above_it_is_the_title() {
        let (name, title) = ("REGIONAL CONFERENCE ON RETURN", "XIX Regional Conference on Return");
        check(&[name, title, "Lima, 6 May 2019"], Some(title), BODY);
        check(&[name, "Lima, 6 May 2019", "A", "B", title], Some(name), BODY);
    }

    #[test]
    fn what_stands_above_place_and_date_is_the_kind_of_the_document() {
        for date in [&["Bishkek, Kyrgyzstan", "8-9 June 2016"][..], &["Bishkek, 8-9 June 2016"]] {
            let lines: Vec<Block> = ["# Senior Officials' Meeting on Return", "# Summary"]
                .iter()
                .chain(date)
                .map(|line| block(line))
                .collect();
            let (opening, body) = split_opening(lines.into_iter().chain([block(BODY)]).collect());
            assert_eq!(opening.title.as_deref(), Some("Senior Officials' Meeting on Return"));
            assert_eq!((opening.lines.len(), body.len()), (1 + date.len(), 1), "{date:?}");
        }
        check(&["# Report on return", "# Summary", "# 2005"], Some("Report on return"), "Summary");
    }

    #[test]
    fn a_title_that_fills_its_line_goes_on_in_the_next() {
        let on_page = |line: &str| Block { page: Some(1), ..block(line) };
        let lines = ["# Counting those who return: statistics of migration in the Western", "# Balkans", BODY];
        let (opening, _) = split_opening(lines.map(on_page).to_vec());
        assert_eq!(
            opening.title.as_deref(),
            Some("Counting those who return: statistics of migration in the Western Balkans")
        );
        let (opening, body) = split_opening(lines.map(block).to_vec());
        assert_eq!(opening.title.as_deref(), Some("Counting those who return: statistics of migration in the Western"));
        assert_eq!(body.len(), 2);
    }

    #[test]
    fn contact_data_is_never_part_of_the_opening() {
        let contact = Block { kind: BlockKind::Contact, ..block("Tel.: +000 0, e-mail: one@office.example") };
        let lines = |lines: [&str; 2]| lines.map(block).to_vec();
        let above = [vec![contact.clone()], lines(["Workshop on return", "Bali, 12 March 2010"]), lines([BODY, BODY])];
        let (opening, body) = split_opening(above.concat());
        assert_eq!(opening.title.as_deref(), Some("Workshop on return"));
        assert_eq!(body.first(), Some(&contact));
        let below = [lines(["List of those present", "Bali, 12 March 2010"]), vec![block("# Fiji"), contact.clone()]];
        let (opening, body) = split_opening(below.concat());
        assert_eq!(opening.lines, ["Bali, 12 March 2010"]);
        assert_eq!(body.len(), 2);
    }

    #[test]
    fn a_document_of_short_lines_keeps_its_text() {
        let lines = ["Workshop on return", "Bali, 12 March 2010", "Return was discussed", "Manila comes next"];
        let (opening, body) = split_opening(lines.map(block).to_vec());
        assert_eq!(opening.title.as_deref(), Some("Workshop on return"));
        assert_eq!(opening.lines, ["Bali, 12 March 2010"]);
        assert_eq!(body.len(), 2);
    }

    #[test]
    fn a_short_text_without_a_full_stop_is_no_title() {
        for text in ["return of migrants in dignity", "Migrants return in dignity", "Seasonal labour"] {
            let (opening, body) = split_opening(vec![block("# Workshop on return"), block(text)]);
            assert_eq!((opening.title.as_deref(), body), (Some("Workshop on return"), vec![block(text)]));
            let (opening, body) = split_opening(vec![block(text)]);
            assert_eq!((opening, body), (Opening::default(), vec![block(text)]));
        }
    }

    #[test]
    fn an_organisation_in_a_title_makes_no_letterhead() {
        assert!(!is_letterhead("GCIM – IOM Workshop on Regional Consultative Processes"));
        assert!(!is_letterhead("United Nations High-level Dialogue on International Migration"));
        assert!(is_letterhead("OIM Organisation Internationale pour les Migrations"));
        assert!(is_letterhead("Distr. LIMITED"));
    }
}

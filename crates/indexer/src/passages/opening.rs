//! The opening of a document: letterhead, title, subtitle, place and date, before the body begins.

use rcp_corpus::analysis::fold;
use serde::{Deserialize, Serialize};

use super::opening_line::{
    ends_open, has_date, is_date_line, is_dated_title, is_furniture, is_generic_heading, is_letterhead, is_title,
    is_venue, names_body, names_kind, names_members, names_process, names_written, opens_section, says_more_than,
    subject, tells_kind,
};
use super::opening_words::{ARTICLES, JOINING};
use crate::extract::{Block, BlockKind};

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

/// Lines below the name of a process among which stands what it wrote.
const NEAR_NAME: usize = 2;

/// Blocks among which a title that stands below some text is looked for.
const NEAR_TOP: usize = 8;

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
        let below_a_name = ["Conferencia Regional sobre Retorno", "Para: Presidencia", "Asunto: Cambio de sede"];
        check(&below_a_name, Some("Cambio de sede"), BODY);
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

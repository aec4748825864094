//! The opening of a document: letterhead, title, subtitle, place and date, before the body begins.

use rcp_corpus::analysis::fold;
use rcp_corpus::model::{Language, month_name};
use serde::{Deserialize, Serialize};

use super::opening_words::{KINDS, ORGANISATIONS, OTHER_MONTHS, SECTIONS};
use crate::extract::{Block, BlockKind};

/// What stands before the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Names of organisations, document symbols: they vote for neither title nor language.
    pub letterhead: Vec<String>,
    /// The first line that says what this document is.
    pub title: Option<String>,
    /// The other lines: subtitle, kind of document, place and date.
    pub lines: Vec<String>,
}

/// Most blocks of an opening; more short lines are no title page.
const MAX_BLOCKS: usize = 16;

/// Longest line of an opening, in characters.
const MAX_LINE: usize = 220;

/// Whether a heading says nothing about its document: "Background", "Antecedentes", "CONCEPT NOTE".
#[must_use]
pub fn is_generic_heading(heading: &str) -> bool {
    let folded = bare(heading);
    SECTIONS.contains(&folded.as_str()) || KINDS.contains(&folded.as_str())
}

/// Takes the opening off the blocks of a document.
///
/// The opening ends before the first text, and before the heading under which that text stands: the first that is
/// generic or numbered, else the last that neither is the title nor tells kind, place or date. Where no text would be
/// left, only lines that tell kind, place and date belong to it.
pub(super) fn split_opening(mut blocks: Vec<Block>) -> (Opening, Vec<Block>) {
    let leading = blocks.iter().take(MAX_BLOCKS).take_while(|block| is_short(block)).count();
    if leading == MAX_BLOCKS {
        return (Opening::default(), blocks);
    }
    let texts: Vec<&str> = blocks.iter().take(leading).map(|block| block.text.as_str()).collect();
    let section = blocks.iter().take(leading).position(opens_section);
    let above_text = texts.get(..section.unwrap_or(leading)).unwrap_or_default();
    let dated_title = || above_text.iter().position(|text| is_dated_title(text));
    let Some(title) = above_text.iter().position(|text| is_title(text)).or_else(dated_title) else {
        // Without a title only a letterhead is taken off, so that no heading is lost.
        let letterhead = texts.iter().take_while(|text| is_letterhead(text)).count();
        let body = blocks.split_off(letterhead);
        let letterhead = blocks.into_iter().map(|block| block.text).collect();
        return (Opening { letterhead, title: None, lines: Vec::new() }, body);
    };
    let tells_more = |text: &str| is_date_line(text) || is_letterhead(text) || tells_kind(text);
    let last_heading = texts
        .iter()
        .enumerate()
        .skip(title + 1)
        .rfind(|(index, text)| {
            let heading = blocks.get(*index).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
            heading && !tells_more(text)
        })
        .filter(|(index, _)| index + 1 == leading)
        .map(|(index, _)| index);
    let text_follows = blocks.iter().skip(leading).any(|block| !matches!(block.kind, BlockKind::Heading(_)));
    let known = || title + 1 + texts.iter().skip(title + 1).take_while(|text| tells_more(text)).count();
    let end = section.or(last_heading).unwrap_or_else(|| if text_follows { leading } else { known() });
    let body = blocks.split_off(end);
    let mut opening = Opening::default();
    for (index, block) in blocks.into_iter().enumerate() {
        if index == title {
            opening.title = Some(block.text);
        } else if is_letterhead(&block.text) {
            opening.letterhead.push(block.text);
        } else {
            opening.lines.push(block.text);
        }
    }
    (opening, body)
}

fn is_short(block: &Block) -> bool {
    let kind = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Contact);
    kind && block.text.chars().count() <= MAX_LINE && !block.text.ends_with(['.', ':', ';'])
}

fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    words >= 2 && !is_letterhead(text) && !is_date_line(text) && !is_generic_heading(text) && !text.contains('@')
}

/// Whether a line with a date begins with a title: "Workshop on Migration Data, Nairobi, 3-4 March 2016". A place has
/// fewer words.
fn is_dated_title(text: &str) -> bool {
    let name = text.split([',', ';']).next().unwrap_or(text);
    let words = name.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    is_date_line(text) && !is_letterhead(text) && words >= 4 && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a block is a heading inside a document: a generic or a numbered one.
fn opens_section(block: &Block) -> bool {
    let numbered = matches!(block.kind, BlockKind::Heading(_)) && unnumbered(&fold(&block.text)).is_some();
    numbered || SECTIONS.contains(&bare(&block.text).as_str())
}

/// Whether a line begins with the kind of the document: "CONCEPT NOTE", "DECLARACIÓN DE ASUNCIÓN".
fn tells_kind(text: &str) -> bool {
    let bare = bare(text);
    let begins = |kind: &&str| bare.strip_prefix(*kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    KINDS.iter().any(begins)
}

/// Folded, without a leading number ("1. Introduction", "II. ANTECEDENTES") and closing signs.
pub(super) fn bare(text: &str) -> String {
    let folded = fold(text);
    let text = unnumbered(&folded).unwrap_or(&folded);
    text.trim().trim_end_matches([':', '.', ' ']).to_owned()
}

/// What follows the number of a folded heading ("1. scope", "1.1 scope", "ii) scope"); `None` without a number.
fn unnumbered(folded: &str) -> Option<&str> {
    let (number, rest) = folded.split_once(' ')?;
    let digits_or_roman = number.chars().all(|c| c.is_ascii_digit() || "ivx.)".contains(c));
    (digits_or_roman && number.len() <= 6 && number.contains(['.', ')'])).then_some(rest)
}

/// A line that consists of the name of an organisation, or of a document symbol (`MC/INF/266`).
fn is_letterhead(text: &str) -> bool {
    let symbol = !text.contains(' ') && text.contains('/') && text.chars().any(char::is_uppercase);
    let is_abbreviation =
        |word: &&str| (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_uppercase() || c == '-' || c == '•');
    let abbreviated = text.split_whitespace().take_while(is_abbreviation).count();
    let rest: Vec<&str> = text.split_whitespace().skip(abbreviated).collect();
    let named = [fold(text), fold(&rest.join(" "))].into_iter().any(|folded| {
        ORGANISATIONS.iter().any(|name| {
            folded
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && rest.split_whitespace().count() <= 3)
        })
    });
    symbol || named
}

/// A line with a year and a month or day, and few other words: "Bangkok, Thailand, 4-5 June 2009".
fn is_date_line(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_year =
        |word: &&str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && is_number(word);
    let year = words.iter().any(is_year);
    let month = words.iter().any(|word| is_month(word));
    let others = words.iter().filter(|word| !is_number(word) && !is_month(word)).count();
    others <= 8 && ((year && month) || (others == 0 && !words.is_empty()))
}

/// Whether a folded word is the name of a month.
fn is_month(word: &str) -> bool {
    let names = (1..=12).flat_map(|month| Language::ANALYSED.map(|language| month_name(month, language)));
    OTHER_MONTHS.contains(&word) || names.flatten().any(|name| fold(name) == word)
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
    fn a_document_of_short_lines_keeps_its_text() {
        let lines = ["Workshop on return", "Bali, 12 March 2010", "Return was discussed", "Manila comes next"];
        let (opening, body) = split_opening(lines.map(block).to_vec());
        assert_eq!(opening.title.as_deref(), Some("Workshop on return"));
        assert_eq!(opening.lines, ["Bali, 12 March 2010"]);
        assert_eq!(body.len(), 2);
    }

    #[test]
    fn an_organisation_in_a_title_makes_no_letterhead() {
        assert!(!is_letterhead("GCIM – IOM Workshop on Regional Consultative Processes"));
        assert!(!is_letterhead("United Nations High-level Dialogue on International Migration"));
        assert!(is_letterhead("OIM Organisation Internationale pour les Migrations"));
        assert!(is_letterhead("Distr. LIMITED"));
    }
}

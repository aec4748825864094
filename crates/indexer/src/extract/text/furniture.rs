//! What belongs to the page and not to the text: page numbers, running headers and footers.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::fold;

use super::lines::Line;

/// Lines above and below the end of a page that may be headers and footers.
const BORDER: usize = 2;

/// Fewest pages that show the same line for it to be a running one; it must be on half of the pages besides.
const MIN_PAGES: usize = 3;

/// Longest running header, in characters.
const MAX_HEADER: usize = 140;

/// Longest line with nothing but a page number, in bytes.
const MAX_NUMBER_LINE: usize = 30;

/// Words in front of a page number (folded).
const PAGE_WORDS: [&str; 5] = ["page", "pagina", "pag", "pg", "p"];

/// Words between a page number and the number of pages (folded).
const OF_WORDS: [&str; 4] = ["of", "de", "sur", "/"];

/// Clears the lines of page furniture. They stay as blank lines that know what they were.
///
/// - "Page 2:", "Página 1 de 5", "- 3 -", where at least two such lines count on;
/// - a bare number in the first or last line of a page, where pages end in form feeds;
/// - a line that comes again beside the ends of at least three pages and half of all, numbers aside; on the first page
///   it stays, for it may be the title.
pub(super) fn clear(lines: &mut [Line]) {
    let marked = counted(lines);
    for index in &marked {
        empty(lines.get_mut(*index));
    }
    let ends = page_ends(lines);
    for &end in &ends {
        // A number above the end of a page is its own, one below it that of the next.
        let beside = [text_above(lines, end).next(), text_below(lines, end).next()];
        for index in beside.into_iter().flatten() {
            if lines.get(index).is_some_and(|line| line.page.is_some() && is_number(line.text.trim())) {
                empty(lines.get_mut(index));
            }
        }
    }
    for index in repeated(lines, &ends) {
        empty(lines.get_mut(index));
    }
}

/// Where pages end: one place for each, however many signs of it stand together; with form feeds, the end of the text
/// too.
fn page_ends(lines: &[Line]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut text_since = true;
    for (index, line) in lines.iter().enumerate() {
        if line.furniture && text_since {
            ends.push(index);
        }
        text_since = !line.is_blank() || (text_since && !line.furniture);
    }
    let paged = lines.last().is_some_and(|line| line.page.is_some());
    ends.into_iter().chain(paged.then_some(lines.len())).collect()
}

fn empty(line: Option<&mut Line>) {
    if let Some(line) = line {
        line.text.clear();
        line.furniture = true;
    }
}

/// The lines with page numbers of their own, where there are two or more and each is greater than the one before.
fn counted(lines: &[Line]) -> Vec<usize> {
    let mut counted: Vec<usize> = Vec::new();
    let mut last = 0;
    for (index, line) in lines.iter().enumerate() {
        if let Some(number) = page_number(line.text.trim()).filter(|number| *number > last) {
            last = number;
            counted.push(index);
        }
    }
    if counted.len() >= 2 { counted } else { Vec::new() }
}

/// The number in "Page 2:", "Página 1 de 5", "p. 3", "- 4 -".
fn page_number(line: &str) -> Option<u32> {
    if line.is_empty() || line.len() > MAX_NUMBER_LINE {
        return None;
    }
    let dashed = line.strip_prefix(['-', '–', '—']).and_then(|line| line.strip_suffix(['-', '–', '—']));
    if let Some(number) = dashed {
        return number.trim().parse().ok();
    }
    let folded = fold(line.trim_matches(['*', '_', '|', ' ']).trim_end_matches(':'));
    let (word, rest) = folded.split_once([' ', '.'])?;
    let mut rest = rest.trim_start_matches([' ', '.']).split_whitespace();
    let number = rest.next().filter(|_| PAGE_WORDS.contains(&word))?;
    let (number, of) = number.split_once('/').map_or((number, None), |(number, of)| (number, Some(of)));
    let all: Vec<&str> = of.into_iter().chain(rest.filter(|word| !OF_WORDS.contains(word))).collect();
    let only_numbers = all.len() <= 1 && all.iter().all(|word| is_number(word));
    number.parse().ok().filter(|_| only_numbers)
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Places of the lines with text above a place, the nearest first.
fn text_above(lines: &[Line], place: usize) -> impl Iterator<Item = usize> + '_ {
    (0..place).rev().filter(|index| lines.get(*index).is_some_and(|line| !line.is_blank()))
}

/// Places of the lines with text below a place, the nearest first.
fn text_below(lines: &[Line], place: usize) -> impl Iterator<Item = usize> + '_ {
    (place + 1..lines.len()).filter(|index| lines.get(*index).is_some_and(|line| !line.is_blank()))
}

/// The lines beside the ends of pages that come again and again.
fn repeated(lines: &[Line], ends: &[usize]) -> Vec<usize> {
    let first_end = ends.first().copied().unwrap_or(0);
    let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for &end in ends {
        for index in text_above(lines, end).take(BORDER).chain(text_below(lines, end).take(BORDER)) {
            if let Some(key) = lines.get(index).and_then(|line| header_key(&line.text)) {
                places.entry(key).or_default().insert(index);
            }
        }
    }
    let runs = |of_key: &BTreeSet<usize>| of_key.len() >= MIN_PAGES && of_key.len() * 2 >= ends.len();
    places.into_values().filter(runs).flatten().filter(|index| *index > first_end).collect()
}

/// What running headers have in common: the text without its numbers. `None` for what is none.
fn header_key(text: &str) -> Option<String> {
    let text = text.trim();
    let letters = text.chars().any(char::is_alphabetic) && !text.starts_with(['|', '#']);
    let short = text.chars().nth(MAX_HEADER).is_none();
    (letters && short).then(|| text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (mut lines, _) = lines(text);
        clear(&mut lines);
        let left: Vec<&str> = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
        assert_eq!(left, expected);
    }

    #[test]
    fn lines_that_count_pages_go() {
        check("One\nPage 2:\ntwo\n\nPage 3 of 9\nthree", &["One", "two", "three"]);
        check("Uno\nPágina 1 de 3\ndos\nPág. 2\ntres\npágina 3/3", &["Uno", "dos", "tres"]);
        check("Un\n- 1 -\ndeux\n– 2 –\ntrois", &["Un", "deux", "trois"]);
        check("See\nPage 2\nof it", &["See", "Page 2", "of it"]);
        check("Page 2 of the report\nPage 3 of the report", &["Page 2 of the report", "Page 3 of the report"]);
    }

    #[test]
    fn bare_numbers_go_at_the_ends_of_pages_alone() {
        check("One\n12\ntwo\n1\u{C}three\n2\u{C}2010 was\n\n3", &["One", "12", "two", "three", "2010 was"]);
    }

    #[test]
    fn running_headers_go_but_on_the_first_page() {
        let text = "Report 1\nOne\u{C}Report 2\ntwo\u{C}Report 3\nthree\u{C}Report 4\nfour\u{C}Report 5\nfive";
        check(text, &["Report 1", "One", "two", "three", "four", "five"]);
        check("A\nfoot\u{C}B\nfoot\u{C}C\nend", &["A", "foot", "B", "foot", "C", "end"]);
    }
}

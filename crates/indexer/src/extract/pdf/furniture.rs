//! Running headers, footers and page numbers: rows at the edge of a page that come back at the same height on other
//! pages, the same but for their numbers.

use std::collections::HashMap;

use super::words::Row;

/// Most rows at the top, and at the bottom, that are furniture.
const MAX_ROWS: usize = 4;

/// Part of the page height, at the top and at the bottom, in which furniture stands.
const EDGE: f32 = 0.17;

/// How far the same furniture may move between pages, in points.
const SAME_HEIGHT: f32 = 2.5;

/// Fewest pages on which a row comes back that needs no other sign.
const MANY_PAGES: usize = 3;

/// Most words of furniture that is told by less.
const MAX_WORDS: usize = 12;

/// Least distance of such furniture from the text, in parts of the usual distance of rows.
const APART: f32 = 1.25;

/// Smaller type than the text has this part of its size.
const SMALLER: f32 = 0.95;

/// Fewest rows of a page that show what distance is usual.
const MIN_ROWS: usize = 4;

/// Words around the number of a page, in English, Spanish and French.
const PAGE_WORDS: [&str; 10] = ["page", "página", "pagina", "pág", "pag", "p", "of", "de", "sur", "/"];

/// A page to be cleared: its rows from top to bottom, and its lower and upper edge.
pub(super) struct Sheet<'a> {
    pub(super) rows: &'a mut Vec<Row>,
    pub(super) edges: (f32, f32),
}

/// Removes furniture from the pages of a file, in their order: numbers of pages, rows that come back on many pages, short
/// rows that come back on another page and stand apart from the text or are smaller, and such that do both and end with
/// the number of the page.
pub(super) fn remove(sheets: &mut [Sheet<'_>]) {
    let mut seen: HashMap<String, Vec<(f32, usize)>> = HashMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for row in edge_rows(sheet) {
            seen.entry(key(&row.text())).or_default().push((row.y, page));
        }
    }
    for (page, sheet) in sheets.iter_mut().enumerate() {
        let usual = Usual::of(sheet.rows);
        let look = |row: &Row| {
            // A raised mark begins a note: "³ Ibid." may come back.
            if row.words.first().is_some_and(|word| word.raised) {
                return Look::Text;
            }
            let text = row.text();
            let pages = seen.get(&key(&text)).map_or(1, |places| {
                let same = |&&(y, other): &&(f32, usize)| other != page && (y - row.y).abs() <= SAME_HEIGHT;
                1 + places.iter().filter(same).count()
            });
            let short = row.words.len() <= MAX_WORDS;
            let small = row.words.iter().all(|word| word.size < SMALLER * usual.size);
            let again = pages >= MANY_PAGES || (pages > 1 && short && small);
            if again || numbers_page(&text, page + 1) {
                Look::Furniture
            } else if short && (pages > 1 || (small && ends_with_page(&text, page + 1))) {
                Look::IfApart
            } else {
                Look::Text
            }
        };
        let (top, bottom) = (from_top(sheet), from_bottom(sheet));
        let keep_from = leading(sheet.rows.iter(), top, usual.distance, look);
        let keep_to = sheet.rows.len() - leading(sheet.rows.iter().rev(), bottom, usual.distance, look);
        sheet.rows.truncate(keep_to);
        sheet.rows.drain(..keep_from.min(keep_to));
    }
}

/// What a row looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Text,
    Furniture,
    /// Furniture if it does not stand with the text.
    IfApart,
}

/// What is usual on a page: the distance of rows, and the size of type.
struct Usual {
    distance: f32,
    size: f32,
}

impl Usual {
    fn of(rows: &[Row]) -> Usual {
        let distances = rows.windows(2).filter_map(|pair| match pair {
            [above, below] => Some((above.y - below.y).abs()),
            _ => None,
        });
        let distance = if rows.len() < MIN_ROWS { 0.0 } else { middle(distances.collect()) };
        let sizes = rows.iter().filter_map(|row| row.words.first()).map(|word| word.size);
        Usual { distance, size: middle(sizes.collect()) }
    }
}

/// The middle one of some values.
fn middle(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// How many of the first rows, `most` at most, are furniture; what is inside of the first text is text.
fn leading<'a>(
    rows: impl Iterator<Item = &'a Row> + Clone,
    most: usize,
    distance: f32,
    look: impl Fn(&Row) -> Look,
) -> usize {
    let looks: Vec<Look> = rows.clone().take(most).map(look).take_while(|look| *look != Look::Text).collect();
    let heights: Vec<f32> = rows.take(most + 1).map(|row| row.y).collect();
    let stands = |&count: &usize| {
        let apart = match heights.get(count - 1..=count) {
            Some([last, next]) => (last - next).abs() >= APART * distance,
            _ => true,
        };
        apart || looks.get(count - 1) == Some(&Look::Furniture)
    };
    (1..=looks.len()).rev().find(stands).unwrap_or(0)
}

fn from_top(sheet: &Sheet<'_>) -> usize {
    let (low, high) = sheet.edges;
    sheet.rows.iter().take(MAX_ROWS).take_while(|row| row.y > high - EDGE * (high - low)).count()
}

fn from_bottom(sheet: &Sheet<'_>) -> usize {
    let (low, high) = sheet.edges;
    sheet.rows.iter().rev().take(MAX_ROWS).take_while(|row| row.y < low + EDGE * (high - low)).count()
}

fn edge_rows<'a>(sheet: &'a Sheet<'_>) -> impl Iterator<Item = &'a Row> {
    sheet.rows.iter().take(from_top(sheet)).chain(sheet.rows.iter().rev().take(from_bottom(sheet)))
}

/// What stays the same from page to page: the text with `#` for each number.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_ascii_digit() {
            true if key.ends_with('#') => {}
            true => key.push('#'),
            false => key.extend(c.to_lowercase()),
        }
    }
    let roman = !key.is_empty() && key.chars().all(|c| "ivxlc-–—.".contains(c));
    if roman { "#".to_owned() } else { key }
}

/// Whether a row says the number of its page and nothing else: `- 3 -`, `Page 3 of 9`, `3/9`.
fn numbers_page(text: &str, page: usize) -> bool {
    let text = text.to_lowercase();
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|part| !part.is_empty()).collect();
    let words = parts.iter().flat_map(|part| part.split_inclusive('/')).flat_map(|part| match part.strip_suffix('/') {
        Some(number) if !number.is_empty() => vec![number, "/"],
        _ => vec![part],
    });
    let mut numbers = Vec::new();
    for word in words {
        match word.parse::<usize>() {
            Ok(number) => numbers.push(number),
            Err(_) if PAGE_WORDS.contains(&word) => {}
            Err(_) => return false,
        }
    }
    match numbers.as_slice() {
        [number] => *number == page,
        [number, total] => *number == page && total >= number,
        _ => false,
    }
}

/// Whether a text ends with the number of its page, behind words: `ToR – 3`.
fn ends_with_page(text: &str, page: usize) -> bool {
    let last = text.split_whitespace().next_back().and_then(|word| word.parse::<usize>().ok());
    last == Some(page) && text.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;

    /// Rows with their heights on a page 800 points high.
    #[track_caller]
    fn check(pages: &[&[(f32, &str)]], expected: &[&[&str]]) {
        let word = |y: f32, text: &str| {
            let (text, left, right, size) = (text.to_owned(), 0.0, 100.0, 10.0);
            Word { text, left, right, y, size, bold: false, spaced: false, raised: false }
        };
        let row = |&(y, text): &(f32, &str)| Row { y, words: vec![word(y, text)] };
        let mut pages: Vec<Vec<Row>> = pages.iter().map(|rows| rows.iter().map(row).collect()).collect();
        let mut sheets: Vec<Sheet<'_>> = pages.iter_mut().map(|rows| Sheet { rows, edges: (0.0, 800.0) }).collect();
        remove(&mut sheets);
        let texts: Vec<Vec<String>> = pages.iter().map(|rows| rows.iter().map(Row::text).collect()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn what_comes_back_at_an_edge_goes() {
        check(
            &[
                &[(780.0, "MC/INF/266"), (700.0, "Text."), (30.0, "Page 1 of 3")],
                &[(780.4, "MC/INF/266"), (700.0, "More."), (30.0, "Page 2 of 3")],
                &[(780.0, "MC/INF/266"), (700.0, "End."), (30.0, "Page 3 of 3")],
            ],
            &[&["Text."], &["More."], &["End."]],
        );
        // Left and right pages, and the numbers of a preface.
        check(
            &[
                &[(780.0, "Report"), (700.0, "One."), (30.0, "iii")],
                &[(780.0, "IOM"), (700.0, "Two."), (30.0, "iv")],
                &[(780.0, "Report"), (700.0, "Three."), (30.0, "v")],
                &[(780.0, "IOM"), (700.0, "Four."), (30.0, "vi")],
            ],
            &[&["One."], &["Two."], &["Three."], &["Four."]],
        );
    }

    #[test]
    fn the_number_of_a_single_page_goes() {
        for number in ["1", "- 1 -", "Page 1", "Página 1 de 2", "1/2", "page 1 sur 2"] {
            check(&[&[(700.0, "Text."), (30.0, number)]], &[&["Text."]]);
        }
        for text in ["2", "1996", "1 June", "Page one"] {
            check(&[&[(700.0, "Text."), (30.0, text)]], &[&["Text.", text]]);
        }
    }

    #[test]
    fn what_comes_back_once_stands_apart() {
        check(
            &[
                &[(780.0, "Bulletin"), (740.0, "One."), (726.0, "Two."), (712.0, "Three.")],
                &[(780.0, "Bulletin"), (740.0, "Four."), (726.0, "Five."), (712.0, "Six.")],
            ],
            &[&["One.", "Two.", "Three."], &["Four.", "Five.", "Six."]],
        );
        // The rows of a table that goes on.
        let rows: [&[(f32, &str)]; 2] = [
            &[(780.0, "Yes"), (766.0, "No"), (752.0, "Three."), (738.0, "Four.")],
            &[(780.0, "Yes"), (766.0, "No"), (752.0, "Five."), (738.0, "Six.")],
        ];
        check(&rows, &[&["Yes", "No", "Three.", "Four."], &["Yes", "No", "Five.", "Six."]]);
    }

    #[test]
    fn text_stays() {
        // In the middle of a page, and at another height.
        let pages: [&[(f32, &str)]; 2] =
            [&[(400.0, "Member States"), (60.0, "x")], &[(400.0, "Member States"), (90.0, "x")]];
        check(&pages, &[&["Member States", "x"], &["Member States", "x"]]);
    }
}

//! Characters to words, and words to rows of one base line.

use std::collections::HashMap;

use super::content::Glyph;

/// Gap that parts words where nothing else does, in parts of the font size.
const WORD_GAP: f32 = 0.18;

/// Least gap beside a space that is drawn, in parts of the font size.
const SPACE_GAP: f32 = 0.03;

/// How far the base lines of one row may differ, in parts of the font size.
const SAME_BASELINE: f32 = 0.15;

/// A raised or lowered word is smaller than this part of the word beside it, and off its base line by at most this
/// part of its size.
const SMALLER: f32 = 0.85;
const MAX_SHIFT: f32 = 0.65;

/// Widest gap between a drawn bullet and its text, in parts of the font size.
const MAX_BULLET_GAP: f32 = 3.0;

/// Accents that old fonts draw over a letter, with the combining ones.
const ACCENTS: [(char, char); 8] = [
    ('´', '\u{301}'),
    ('`', '\u{300}'),
    ('¨', '\u{308}'),
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('¸', '\u{327}'),
    ('ˇ', '\u{30C}'),
    ('˚', '\u{30A}'),
];

/// Characters without a space between, in one font.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its base line; that of the row it stands on where it is raised or lowered.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Whether a space is drawn in front of it.
    pub(super) spaced: bool,
    /// Whether it is set smaller above the base line.
    pub(super) raised: bool,
}

impl Word {
    /// Whether a space parts it from the word before it on its row.
    pub(super) fn is_apart(&self, before: &Word) -> bool {
        let gap = (self.left - before.right) / self.size.max(before.size);
        gap > WORD_GAP || (self.spaced && gap > SPACE_GAP)
    }
}

/// The words on one base line, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) y: f32,
    pub(super) words: Vec<Word>,
}

impl Row {
    /// Its text, with single spaces.
    pub(super) fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Size of its largest letters.
    pub(super) fn size(&self) -> f32 {
        self.words.iter().map(|word| word.size).fold(0.0, f32::max)
    }
}

/// Rows of upright text, from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut words = words(&without_doubles(glyphs));
    words.sort_by(|a, b| b.y.total_cmp(&a.y));
    snap_to_baselines(&mut words);
    words.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Row> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row) if row.y - word.y <= SAME_BASELINE * word.size.max(row.size()) => row.words.push(word),
            _ => rows.push(Row { y: word.y, words: vec![word] }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Puts drawn bullets in front of the words that they stand before.
pub(super) fn add_bullets(rows: &mut [Row], dots: &[(f32, f32)]) {
    for &(x, y) in dots {
        for row in rows.iter_mut() {
            let size = row.size();
            let index = row.words.partition_point(|word| word.left <= x);
            let before = index.checked_sub(1).and_then(|before| row.words.get(before));
            let apart = before.is_none_or(|before| before.right < x - 0.3 * size);
            let near = row.words.get(index).is_some_and(|word| word.left - x < MAX_BULLET_GAP * size);
            if (row.y..row.y + 0.8 * size).contains(&y) && near && apart {
                let bullet = Word {
                    text: "•".to_owned(),
                    left: x - 0.1 * size,
                    right: x + 0.1 * size,
                    y: row.y,
                    size,
                    bold: false,
                    spaced: false,
                    raised: false,
                };
                row.words.insert(index, bullet);
                break;
            }
        }
    }
}

/// Drops a character that is drawn again at the same place: bold type made by drawing twice.
fn without_doubles(glyphs: &[Glyph]) -> Vec<Glyph> {
    let cell = |x: f32, y: f32| ((x / 2.0).floor() as i32, (y / 2.0).floor() as i32);
    let mut seen: HashMap<(char, i32, i32), (f32, f32)> = HashMap::new();
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let (column, line) = cell(glyph.x, glyph.y);
        let near = |(x, y): &(f32, f32)| {
            (x - glyph.x).abs() < (0.3 * glyph.width).min(1.5) && (y - glyph.y).abs() < 0.1 * glyph.size
        };
        let neighbours = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let doubled = !glyph.c.is_whitespace()
            && neighbours
                .filter_map(|(dx, dy)| seen.get(&(glyph.c, column.saturating_add(dx), line.saturating_add(dy))))
                .any(near);
        if !doubled {
            seen.insert((glyph.c, column, line), (glyph.x, glyph.y));
            kept.push(*glyph);
        }
    }
    kept
}

/// Words in the order in which they are drawn.
fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut spaced = false;
    for glyph in glyphs {
        // A no-break space keeps its words together, as it does on the line.
        if glyph.c.is_whitespace() && glyph.c != '\u{A0}' {
            open = false;
            spaced = true;
            continue;
        }
        match words.last_mut() {
            Some(word) if open && goes_on(word, glyph) => extend(word, glyph),
            _ => words.push(Word {
                text: glyph.c.to_string(),
                left: glyph.x,
                right: glyph.x + glyph.width,
                y: glyph.y,
                size: glyph.size,
                bold: glyph.bold,
                spaced,
                raised: false,
            }),
        }
        open = true;
        spaced = false;
    }
    words
}

fn goes_on(word: &Word, glyph: &Glyph) -> bool {
    let gap = (glyph.x - word.right) / word.size;
    let alike = word.bold == glyph.bold && (word.size - glyph.size).abs() < 0.02 * word.size;
    alike && (word.y - glyph.y).abs() < 0.02 * word.size && (-1.0..WORD_GAP).contains(&gap) && glyph.x >= word.left
}

/// Adds a character; an accent that is drawn by itself joins the letter that it stands over.
fn extend(word: &mut Word, glyph: &Glyph) {
    let over = glyph.x < word.right - 0.3 * glyph.width.max(0.1);
    let accent = |c: char| ACCENTS.iter().find(|(drawn, _)| *drawn == c).map(|(_, combining)| *combining);
    let last = word.text.chars().next_back();
    if over && let Some(combining) = accent(glyph.c) {
        word.text.push(combining);
    } else if over && let Some(combining) = last.and_then(accent) {
        word.text.pop();
        word.text.extend([glyph.c, combining]);
    } else {
        word.text.push(glyph.c);
    }
    word.right = word.right.max(glyph.x + glyph.width);
}

/// Puts raised and lowered words on the base line of the larger word beside them. Words are sorted by their base
/// lines from top to bottom.
fn snap_to_baselines(words: &mut [Word]) {
    let largest = words.iter().map(|word| word.size).fold(0.0, f32::max);
    let reach = largest * MAX_SHIFT;
    let mut snapped: Vec<(usize, f32, bool)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let above = words.get(..index).unwrap_or_default().iter().rev().take_while(|other| other.y - word.y <= reach);
        let below = words.get(index + 1..).unwrap_or_default().iter().take_while(|other| word.y - other.y <= reach);
        let beside = |other: &&Word| {
            let touches = (word.left - other.right).abs() < 0.35 * other.size
                || (other.left - word.right).abs() < 0.35 * other.size;
            let mark = word.y > other.y + 0.2 * other.size && is_number(&word.text) && !is_number(&other.text);
            let smaller = word.size < SMALLER * other.size || (mark && word.size < 1.02 * other.size);
            smaller && touches && (word.y - other.y).abs() < MAX_SHIFT * other.size
        };
        let base = below.chain(above).take(MAX_NEIGHBOURS).find(beside);
        if let Some(base) = base.filter(|base| base.y != word.y) {
            snapped.push((index, base.y, word.y > base.y));
        }
    }
    for (index, y, raised) in snapped {
        if let Some(word) = words.get_mut(index) {
            word.y = y;
            word.raised = raised;
        }
    }
}

fn is_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Most words looked at for the base line of one; a page of text has fewer so near.
const MAX_NEIGHBOURS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    /// Type of one width: each character is half its size wide.
    fn draw(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let at = |(index, c): (usize, char)| {
            let width = size / 2.0;
            Glyph { c, x: x + width * index as f32, y, width, size, bold: false, turns: 0 }
        };
        text.chars().enumerate().map(at).collect()
    }

    #[track_caller]
    fn check(glyphs: &[Vec<Glyph>], expected: &[&[&str]]) {
        let rows = rows(&glyphs.concat());
        let words: Vec<Vec<&str>> =
            rows.iter().map(|row| row.words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_end_at_spaces_and_at_gaps() {
        check(&[draw("of the", 0.0, 0.0, 10.0), draw("meeting", 33.0, 0.2, 10.0)], &[&["of", "the", "meeting"]]);
        check(&[draw("below", 0.0, 0.0, 10.0), draw("above", 0.0, 12.0, 10.0)], &[&["above"], &["below"]]);
        check(&[draw("5\u{A0}June", 0.0, 0.0, 10.0)], &[&["5\u{A0}June"]]);
    }

    #[test]
    fn type_that_is_drawn_twice_is_read_once_and_double_letters_stay() {
        check(&[draw("illegal", 0.0, 0.0, 10.0), draw("illegal", 0.4, 0.0, 10.0)], &[&["illegal"]]);
        check(&[draw("illegal", 0.0, 0.0, 10.0), draw("illegal", 0.0, 12.0, 10.0)], &[&["illegal"], &["illegal"]]);
    }

    #[test]
    fn accents_join_the_letter_that_they_are_drawn_over() {
        check(&[draw("e", 0.0, 0.0, 10.0), draw("´", 0.0, 0.0, 10.0), draw("t", 5.0, 0.0, 10.0)], &[&["e\u{301}t"]]);
        check(&[draw("´", 0.0, 0.0, 10.0), draw("et", 0.0, 0.0, 10.0)], &[&["e\u{301}t"]]);
        check(&[draw("l´eau", 0.0, 0.0, 10.0)], &[&["l´eau"]]);
    }

    #[test]
    fn small_raised_words_stand_on_the_row_beside_them() {
        let rows = rows(&[draw("adopted", 0.0, 0.0, 10.0), draw("12", 35.0, 4.0, 6.0)].concat());
        let words: Vec<(&str, bool)> =
            rows.iter().flat_map(|row| &row.words).map(|word| (word.text.as_str(), word.raised)).collect();
        assert_eq!((rows.len(), words), (1, vec![("adopted", false), ("12", true)]));
        // A small line of its own stays one.
        check(&[draw("adopted", 0.0, 0.0, 10.0), draw("12", 90.0, 4.0, 6.0)], &[&["12"], &["adopted"]]);
    }

    #[test]
    fn drawn_bullets_stand_in_front_of_their_words() {
        let mut rows = rows(&[draw("left", 0.0, 0.0, 10.0), draw("right", 100.0, 0.0, 10.0)].concat());
        add_bullets(&mut rows, &[(88.0, 3.0), (10.0, 3.0), (50.0, 40.0)]);
        assert_eq!(rows.first().map(Row::text).as_deref(), Some("left • right"));
    }

    proptest::proptest! {
        #[test]
        fn no_character_is_lost_or_added(
            places in proptest::collection::vec((0_u8..30, 0_u8..40, "[a-z]{1,6}", 6_u8..20), 0..40)
        ) {
            let glyphs: Vec<Glyph> = places
                .iter()
                .enumerate()
                .flat_map(|(index, (x, y, text, size))| {
                    let y = f32::from(*y) * 20.0 + index as f32 * 0.01;
                    draw(text, f32::from(*x) * 150.0 + index as f32 * 3.7, y, f32::from(*size))
                })
                .collect();
            let kept = without_doubles(&glyphs);
            let mut expected: Vec<char> = kept.iter().map(|glyph| glyph.c).collect();
            let mut found: Vec<char> = rows(&glyphs)
                .iter()
                .flat_map(|row| &row.words)
                .flat_map(|word| word.text.chars())
                .collect();
            expected.sort_unstable();
            found.sort_unstable();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}

//! Where text stands on a page: tables, columns and running text, in reading order.
//!
//! Rows are cut from the page from the outside in, as in an XY-cut: a table with rules first, then the longest strip
//! of white that runs down between words of several rows. What stands left and right of a strip is either columns of
//! text, which are read one after the other, or a table, which is read row by row.

use super::grid::{self, Grid};
use super::lines::Line;
use super::paths::Rule;
use super::strips::{Strip, best_strip, segments};
use super::words::{Row, Word};

/// Deepest nesting of columns and tables.
const MAX_DEPTH: usize = 6;

/// Most words of a page that is searched for columns and tables; the densest newspaper has fewer.
const MAX_WORDS: usize = 20_000;

/// Rows of a table stand this much further apart than lines of a cell.
const ROW_GAP: f32 = 1.2;

/// Text of a page that is read from its beginning to its end.
#[derive(Debug, PartialEq)]
pub(super) enum Region {
    /// Lines from top to bottom.
    Text(Vec<Line>),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

/// The regions of a page, in reading order.
pub(super) fn regions(rows: Vec<Row>, rules: &[Rule], page: u32) -> Vec<Region> {
    let grids = grid::grids(rules);
    let mut cutter = Cutter { page, grids: &grids, regions: Vec::new() };
    cutter.cut(rows, 0);
    cutter.regions
}

struct Cutter<'a> {
    page: u32,
    grids: &'a [Grid],
    regions: Vec<Region>,
}

impl<'a> Cutter<'a> {
    fn cut(&mut self, rows: Vec<Row>, depth: usize) {
        if rows.is_empty() {
            return;
        }
        if depth < MAX_DEPTH && rows.iter().map(|row| row.words.len()).sum::<usize>() <= MAX_WORDS {
            if let Some((grid, first, end)) = self.table_with_rules(&rows) {
                let (above, inner, below) = split(rows, first, end);
                self.cut(above, depth + 1);
                self.regions.push(Region::Table(grid.table(&inner)));
                self.cut(below, depth);
                return;
            }
            if let Some(strip) = best_strip(&rows) {
                let (above, inner, below) = split(rows, strip.first, strip.end);
                self.cut(above, depth + 1);
                self.cut_strip(inner, &strip, depth);
                self.cut(below, depth + 1);
                return;
            }
        }
        let lines = rows.iter().filter_map(|row| Line::of(&row.words, self.page)).collect();
        self.regions.push(Region::Text(lines));
    }

    fn cut_strip(&mut self, rows: Vec<Row>, strip: &Strip, depth: usize) {
        if !strip.is_columns {
            self.regions.push(Region::Table(table(&rows)));
            return;
        }
        let mut sides = [Vec::new(), Vec::new()];
        for row in rows {
            let (left, right): (Vec<Word>, Vec<Word>) = row.words.into_iter().partition(|word| word.left < strip.x);
            for (side, words) in sides.iter_mut().zip([left, right]) {
                if !words.is_empty() {
                    side.push(Row { y: row.y, words });
                }
            }
        }
        for side in sides {
            self.cut(side, depth + 1);
        }
    }

    /// The first table with rules that no other text stands beside, with its first row and the one after its last.
    fn table_with_rules(&self, rows: &[Row]) -> Option<(&'a Grid, usize, usize)> {
        let mut found: Vec<(&'a Grid, usize, usize)> = self
            .grids
            .iter()
            .filter_map(|grid| {
                let first = rows.iter().position(|row| grid.spans(row.y))?;
                let count = rows.get(first..)?.iter().take_while(|row| grid.spans(row.y)).count();
                let inner = rows.get(first..first + count)?;
                let alone = inner.iter().flat_map(|row| &row.words).all(|word| grid.holds(word));
                alone.then_some((grid, first, first + count))
            })
            .collect();
        found.sort_by_key(|(_, first, _)| *first);
        found.into_iter().next()
    }
}

fn split(mut rows: Vec<Row>, first: usize, end: usize) -> (Vec<Row>, Vec<Row>, Vec<Row>) {
    let below = rows.split_off(end);
    let inner = rows.split_off(first);
    (rows, inner, below)
}

/// The cells of a table without rules: columns are parted by white over all rows; a row begins where lines stand
/// further apart than within a cell, or else where the first column has text.
fn table(rows: &[Row]) -> Vec<Vec<String>> {
    let mut spans: Vec<(f32, f32)> = rows.iter().flat_map(segments).map(|part| (part.left, part.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut() {
            Some(column) if left <= column.1 => column.1 = column.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    let pitches: Vec<f32> = rows.windows(2).filter_map(|pair| Some(pair.first()?.y - pair.get(1)?.y)).collect();
    let least = pitches.iter().copied().fold(f32::INFINITY, f32::min);
    let spaced = pitches.iter().any(|pitch| *pitch > ROW_GAP * least);
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut above: Option<f32> = None;
    for row in rows {
        let begins = match above {
            None => true,
            Some(above) if spaced => above - row.y > ROW_GAP * least,
            Some(_) => row.words.first().zip(columns.first()).is_some_and(|(word, column)| word.left <= column.1),
        };
        if begins {
            table.push(vec![String::new(); columns.len()]);
        }
        let Some(cells) = table.last_mut() else { continue };
        for (cell, column) in cells.iter_mut().zip(&columns) {
            let within = |word: &&Word| word.left >= column.0 - 0.1 && word.left <= column.1;
            grid::add_words(cell, row.words.iter().filter(within));
        }
        above = Some(row.y);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of words from texts at their places; ten point type, five points a character.
    fn rows(texts: &[(f32, f32, &str)]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for &(x, y, text) in texts {
            let mut left = x;
            let mut words = Vec::new();
            for part in text.split(' ') {
                let right = left + 5.0 * part.chars().count() as f32;
                let (text, spaced) = (part.to_owned(), left > x);
                words.push(Word { text, left, right, y, size: 10.0, bold: false, spaced, raised: false });
                left = right + 3.0;
            }
            match rows.iter_mut().find(|row| row.y == y) {
                Some(row) => row.words.extend(words),
                None => rows.push(Row { y, words }),
            }
        }
        rows.iter_mut().for_each(|row| row.words.sort_by(|a, b| a.left.total_cmp(&b.left)));
        rows.sort_by(|a, b| b.y.total_cmp(&a.y));
        rows
    }

    fn shown(regions: &[Region]) -> Vec<String> {
        let shown = |region: &Region| match region {
            Region::Text(lines) => lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" / "),
            Region::Table(rows) => rows.iter().map(|cells| cells.join("|")).collect::<Vec<_>>().join(" # "),
        };
        regions.iter().map(shown).collect()
    }

    #[track_caller]
    fn check(texts: &[(f32, f32, &str)], expected: &[&str]) {
        assert_eq!(shown(&regions(rows(texts), &[], 1)), expected);
    }

    #[test]
    fn columns_are_read_from_left_to_right_between_what_runs_across() {
        let line = "states underlined that fees remain";
        let mut texts = vec![(0.0, 700.0, "a heading over both columns, as long as the page is wide and more")];
        texts.extend((0..5).map(|index| (0.0, 680.0 - 12.0 * index as f32, line)));
        texts.extend((0..5).map(|index| (220.0, 678.0 - 12.0 * index as f32, line)));
        texts.push((0.0, 580.0, "a last line below both columns, as long as the page is wide and more"));
        let column = [line; 5].join(" / ");
        check(&texts, &[texts[0].2, &column, &column, texts[11].2]);
    }

    #[test]
    fn the_numbers_of_a_list_stay_in_its_column() {
        let line = "states underlined that fees remain";
        let mut texts: Vec<(f32, f32, &str)> = (0..5).map(|index| (0.0, 680.0 - 12.0 * index as f32, line)).collect();
        let item = "states share what they know";
        texts.extend([(220.0, 680.0, "2."), (220.0, 656.0, "3."), (220.0, 620.0, "4.")]);
        texts.extend((0..6).map(|index| (240.0, 680.0 - 12.0 * index as f32, item)));
        let items = format!("2. {item} / {item} / 3. {item} / {item} / {item} / 4. {item}");
        check(&texts, &[&[line; 5].join(" / "), &items]);
    }

    #[test]
    fn a_list_has_no_columns() {
        let lines = [(0.0, 100.0, "•"), (0.0, 88.0, "•"), (0.0, 76.0, "•"), (0.0, 64.0, "•")];
        let texts: Vec<(f32, f32, &str)> =
            lines.iter().flat_map(|&(x, y, text)| [(x, y, text), (30.0, y, "an item of the list")]).collect();
        check(
            &texts,
            &["• an item of the list / • an item of the list / • an item of the list / • an item of the list"],
        );
    }

    #[test]
    fn cells_of_several_lines_are_told_by_the_distance_of_rows() {
        let texts = [
            (0.0, 100.0, "4 June"),
            (100.0, 100.0, "Return and"),
            (100.0, 88.0, "reintegration"),
            (0.0, 70.0, "5 June"),
            (100.0, 70.0, "Labour"),
            (0.0, 52.0, "6 June"),
            (100.0, 52.0, "Closing"),
        ];
        check(&texts, &["4 June|Return and\nreintegration # 5 June|Labour # 6 June|Closing"]);
    }

    #[test]
    fn two_rows_with_a_gap_are_no_table() {
        check(
            &[(0.0, 100.0, "Lima"), (200.0, 100.0, "June"), (0.0, 88.0, "Quito"), (200.0, 88.0, "May")],
            &["Lima June / Quito May"],
        );
    }

    #[test]
    fn a_justified_line_of_few_words_is_one_text() {
        let mut row = rows(&[(0.0, 100.0, "Labour Market Authority")]);
        for (index, word) in row[0].words.iter_mut().enumerate() {
            word.left += 60.0 * index as f32;
            word.right += 60.0 * index as f32;
        }
        assert_eq!(segments(&row[0]).len(), 1);
        row[0].words[2].left += 20.0;
        assert_eq!(segments(&row[0]).len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_in_one_region(
            texts in proptest::collection::vec((0_u8..5, 0_u8..25, "[a-z]{1,8}( [a-z]{1,8}){0,5}"), 1..60)
        ) {
            let mut taken = std::collections::BTreeSet::new();
            let placed: Vec<(f32, f32, &str)> = texts
                .iter()
                .filter(|(x, y, _)| taken.insert((*x, *y)))
                .map(|(x, y, text)| (f32::from(*x) * 300.0, f32::from(*y) * 13.0, text.as_str()))
                .collect();
            let mut expected: Vec<&str> = placed.iter().flat_map(|(_, _, text)| text.split(' ')).collect();
            let shown = shown(&regions(rows(&placed), &[], 1)).join(" # ");
            let mut found: Vec<&str> =
                shown.split(|c: char| !c.is_ascii_lowercase()).filter(|word| !word.is_empty()).collect();
            expected.sort_unstable();
            found.sort_unstable();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}

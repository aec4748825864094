//! Tables with rules: the grid that the rules make, and the words in its cells.

use super::paths::Rule;
use super::words::{Row, Word};

/// Most rules of a page that are looked at; drawings have more.
const MAX_RULES: usize = 3_000;

/// Rules nearer than this touch, and lines nearer than this are one, in points.
const TOUCH: f32 = 2.5;
const SAME: f32 = 4.0;

/// A grid of rules with at least two columns.
#[derive(Debug)]
pub(super) struct Grid {
    /// Its vertical lines from left to right, and its horizontal ones from top to bottom.
    columns: Vec<f32>,
    rows: Vec<f32>,
    rules: Vec<Rule>,
}

/// Finds the grids of a page.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let mut left: Vec<Rule> = rules.to_vec();
    let mut grids = Vec::new();
    while let Some(seed) = left.pop() {
        let mut joined = vec![seed];
        let mut next = 0;
        while let Some(rule) = joined.get(next).copied() {
            let (touching, apart) = left.into_iter().partition(|other| touch(&rule, other));
            left = apart;
            joined.extend::<Vec<Rule>>(touching);
            next += 1;
        }
        grids.extend(grid(joined));
    }
    grids
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let near = |a: (f32, f32), b: (f32, f32)| a.0 <= b.1 + TOUCH && b.0 <= a.1 + TOUCH;
    near(a.x, b.x) && near(a.y, b.y)
}

fn is_upright(rule: &Rule) -> bool {
    rule.y.1 - rule.y.0 > rule.x.1 - rule.x.0
}

/// A grid needs three vertical and two horizontal lines.
fn grid(rules: Vec<Rule>) -> Option<Grid> {
    let mut columns: Vec<f32> = rules.iter().filter(|rule| is_upright(rule)).map(|rule| middle(rule.x)).collect();
    let mut rows: Vec<f32> = rules.iter().filter(|rule| !is_upright(rule)).map(|rule| middle(rule.y)).collect();
    for lines in [&mut columns, &mut rows] {
        lines.sort_by(f32::total_cmp);
        lines.dedup_by(|a, b| *a - *b < SAME);
    }
    rows.reverse();
    (columns.len() >= 3 && rows.len() >= 2).then_some(Grid { columns, rows, rules })
}

fn middle(span: (f32, f32)) -> f32 {
    (span.0 + span.1) / 2.0
}

impl Grid {
    /// Whether a base line is between its first and last line.
    pub(super) fn spans(&self, y: f32) -> bool {
        self.rows.first().is_some_and(|top| y < *top) && self.rows.last().is_some_and(|bottom| y > *bottom)
    }

    /// Whether a word is within it.
    pub(super) fn holds(&self, word: &Word) -> bool {
        let centre = middle((word.left, word.right));
        self.columns.first().is_some_and(|left| centre > *left)
            && self.columns.last().is_some_and(|right| centre < *right)
    }

    /// The cells of the rows within it.
    pub(super) fn table(&self, rows: &[Row]) -> Vec<Vec<String>> {
        let (across, down) = (self.columns.len() - 1, self.rows.len() - 1);
        let mut table = vec![vec![String::new(); across]; down];
        for row in rows {
            // Half the height of small letters above the base line is surely in the cell.
            let y = row.y + 0.25 * row.size();
            let line = self.rows.iter().filter(|top| **top > y).count().saturating_sub(1);
            let mut cells: Vec<Vec<&Word>> = vec![Vec::new(); across];
            for word in &row.words {
                let x = middle((word.left, word.right));
                let column = self.columns.iter().filter(|left| **left < x).count().saturating_sub(1);
                if let Some(cell) = cells.get_mut(self.first_of_merged(column, y)) {
                    cell.push(word);
                }
            }
            for (cell, words) in table.get_mut(line).into_iter().flatten().zip(cells) {
                add_words(cell, words.into_iter());
            }
        }
        table.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
        table
    }

    /// The first of the cells that no rule parts at this height.
    fn first_of_merged(&self, mut column: usize, y: f32) -> usize {
        let ruled = |x: f32| {
            self.rules.iter().any(|rule| {
                is_upright(rule) && (middle(rule.x) - x).abs() < SAME && rule.y.0 - TOUCH < y && y < rule.y.1 + TOUCH
            })
        };
        while column > 0 && self.columns.get(column).is_some_and(|x| !ruled(*x)) {
            column -= 1;
        }
        column
    }
}

/// Adds the words of one line to a cell.
pub(super) fn add_words<'a>(cell: &mut String, words: impl Iterator<Item = &'a Word>) {
    let mut before: Option<&Word> = None;
    for word in words {
        let apart = before.is_none_or(|before| word.is_apart(before));
        if apart && !cell.is_empty() {
            cell.push(if before.is_none() { '\n' } else { ' ' });
        }
        cell.push_str(&word.text);
        before = Some(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(y: f32, from: f32, to: f32) -> Rule {
        Rule { x: (from, to), y: (y, y) }
    }

    fn down(x: f32, from: f32, to: f32) -> Rule {
        Rule { x: (x, x), y: (from, to) }
    }

    fn row(y: f32, words: &[(f32, &str)]) -> Row {
        let word = |&(left, text): &(f32, &str)| {
            let (text, right, size) = (text.to_owned(), left + 20.0, 10.0);
            Word { text, left, right, y, size, bold: false, spaced: true, raised: false }
        };
        Row { y, words: words.iter().map(word).collect() }
    }

    #[test]
    fn words_go_to_the_cells_between_the_rules() {
        let mut rules = vec![across(100.0, 0.0, 200.0), across(60.0, 0.0, 200.0), across(40.0, 0.0, 200.0)];
        // No rule parts the two cells of the lower row.
        rules.extend([down(0.0, 40.0, 100.0), down(100.0, 60.0, 100.0), down(200.0, 40.0, 100.0)]);
        let grids = grids(&rules);
        let grid = grids.first().unwrap();
        assert!(grid.spans(70.0) && !grid.spans(110.0) && !grid.spans(30.0));
        let rows = [
            row(85.0, &[(10.0, "4 June"), (110.0, "Return and")]),
            row(70.0, &[(110.0, "labour")]),
            row(45.0, &[(10.0, "Closing"), (110.0, "session")]),
        ];
        assert_eq!(grid.table(&rows), [vec!["4 June", "Return and\nlabour"], vec!["Closing session", ""]]);
    }

    #[test]
    fn a_frame_and_a_line_are_no_grids() {
        let frame =
            [across(100.0, 0.0, 200.0), across(60.0, 0.0, 200.0), down(0.0, 60.0, 100.0), down(200.0, 60.0, 100.0)];
        assert!(grids(&frame).is_empty());
        assert!(grids(&[across(100.0, 0.0, 200.0)]).is_empty());
        // Three lines down that no rule joins.
        assert!(
            grids(&[down(0.0, 0.0, 90.0), down(50.0, 0.0, 90.0), down(99.0, 0.0, 90.0), across(200.0, 0.0, 99.0)])
                .is_empty()
        );
    }
}

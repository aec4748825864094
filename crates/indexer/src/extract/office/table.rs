//! Tables to paragraphs: rows where a table holds data, the paragraphs of its cells where it only lays them out.

use crate::extract::paragraphs::{Paragraph, Style};

/// What a cell holds, in order; the rows of a table inside it are rows among them.
pub(in crate::extract) type Cell = Vec<Paragraph>;

/// Words from which on a paragraph is running text.
const RUNNING: usize = 25;

/// Paragraphs of running text from which on a cell is a page of its own.
const SEVERAL: usize = 3;

/// The paragraphs of a table. A row stays a row, its cells apart, unless its cells hold running text: side by side in
/// several languages, or as the columns of a page. Such cells follow one another. If most of a table's words are in
/// rows of that kind, its short rows (headings in two languages) are taken apart with them.
pub(in crate::extract) fn paragraphs(rows: Vec<Vec<Cell>>) -> Vec<Paragraph> {
    let rows: Vec<Vec<Cell>> =
        rows.into_iter().map(|row| row.into_iter().filter(|cell| !is_empty(cell)).collect()).collect();
    let (mut apart, mut all) = (0, 0);
    for row in &rows {
        let words: usize = row.iter().map(words).sum();
        all += words;
        apart += if is_layout(row) { words } else { 0 };
    }
    let layout = apart * 3 > all * 2;
    rows.into_iter().flat_map(|row| if layout || is_layout(&row) { row.concat() } else { joined(row) }).collect()
}

fn is_empty(cell: &Cell) -> bool {
    cell.iter().all(|paragraph| words_of(paragraph) == 0)
}

/// Whether a row only lays its cells out.
fn is_layout(row: &[Cell]) -> bool {
    let running = |cell: &Cell| cell.iter().filter(|paragraph| words_of(paragraph) >= RUNNING).count();
    let nested = |cell: &Cell| cell.iter().any(|paragraph| matches!(paragraph.style, Style::Row(_)));
    let headed = |cell: &Cell| {
        let heading = cell.iter().any(|paragraph| matches!(paragraph.style, Style::Heading(_)));
        heading && running(cell) > 0
    };
    row.len() == 1
        || row.iter().all(|cell| running(cell) > 0)
        || row.iter().any(|cell| running(cell) >= SEVERAL || nested(cell) || headed(cell))
}

fn words(cell: &Cell) -> usize {
    cell.iter().map(words_of).sum()
}

fn words_of(paragraph: &Paragraph) -> usize {
    match &paragraph.style {
        Style::Row(cells) => cells.iter().map(|cell| cell.split_whitespace().count()).sum(),
        Style::Note => 0,
        _ => paragraph.text.split_whitespace().count(),
    }
}

/// A row: the paragraphs of a cell on lines of their own, the notes behind it.
fn joined(row: Vec<Cell>) -> Vec<Paragraph> {
    let page = row.iter().flatten().find_map(|paragraph| paragraph.page);
    let mut notes = Vec::new();
    let mut behind = Vec::new();
    let mut cells = Vec::new();
    for cell in row {
        let mut lines = Vec::new();
        for mut paragraph in cell {
            notes.append(&mut paragraph.notes);
            match paragraph.style {
                Style::Note => behind.push(paragraph),
                _ => lines.push(printed(paragraph)),
            }
        }
        cells.push(lines.join("\n"));
    }
    let row = Paragraph { style: Style::Row(cells), page, notes, ..Paragraph::default() };
    std::iter::once(row).chain(behind).collect()
}

/// A paragraph's text with its number.
fn printed(paragraph: Paragraph) -> String {
    match paragraph.number {
        Some(number) if number != "•" => format!("{number} {}", paragraph.text),
        _ => paragraph.text,
    }
}

/// The rows of a table while it is read, for formats that mark the ends of cells and rows alone.
#[derive(Debug, Default)]
pub(in crate::extract) struct Rows {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Cell,
}

impl Rows {
    /// Adds a paragraph to the open cell.
    pub(in crate::extract) fn push(&mut self, paragraphs: Vec<Paragraph>) {
        self.cell.extend(paragraphs);
    }

    /// Ends a cell.
    pub(in crate::extract) fn end_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell));
    }

    /// Ends a row.
    pub(in crate::extract) fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        self.rows.push(std::mem::take(&mut self.row));
    }

    /// Ends the table.
    pub(in crate::extract) fn finish(&mut self) -> Vec<Paragraph> {
        if !self.row.is_empty() || !self.cell.is_empty() {
            self.end_row();
        }
        paragraphs(std::mem::take(&mut self.rows))
    }
}

/// The text of a note: its paragraphs on one line.
pub(in crate::extract) fn note(number: String, page: Option<u32>, paragraphs: Vec<Paragraph>) -> Paragraph {
    let text: Vec<String> = paragraphs
        .into_iter()
        .map(|paragraph| match paragraph.style {
            Style::Row(cells) => cells.join(" "),
            _ => printed(paragraph),
        })
        .collect();
    let text = text.join(" ").replace('\n', " ");
    Paragraph { style: Style::Note, text, number: Some(number), page, ..Paragraph::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(texts: &[&str]) -> Cell {
        let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), ..Paragraph::default() };
        texts.iter().map(paragraph).collect()
    }

    #[track_caller]
    fn check(rows: Vec<Vec<Cell>>, expected: &[&str]) {
        let found: Vec<String> = paragraphs(rows)
            .into_iter()
            .map(|paragraph| match paragraph.style {
                Style::Row(cells) => cells.join(" | "),
                Style::Note => format!("note {}", paragraph.text),
                _ => paragraph.text,
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_of_data_stay_rows() {
        check(
            vec![vec![cell(&["10:00"]), cell(&["Opening", "Minister"])], vec![cell(&["11:00"]), cell(&["", " "])]],
            &["10:00 | Opening\nMinister", "11:00"],
        );
    }

    #[test]
    fn running_text_side_by_side_is_taken_apart() {
        let (english, spanish) = ("word ".repeat(30), "palabra ".repeat(30));
        check(
            vec![vec![cell(&["Scope"]), cell(&["Alcance"])], vec![cell(&[&english]), cell(&[&spanish])]],
            &["Scope", "Alcance", &english, &spanish],
        );
        check(vec![vec![cell(&["1"]), cell(&[&english])]], &[&format!("1 | {english}")]);
        check(
            vec![vec![cell(&["Press"]), cell(&[&english, &english, &english])]],
            &["Press", &english, &english, &english],
        );
    }

    #[test]
    fn a_frame_is_its_paragraphs() {
        check(vec![vec![cell(&["one", "two"]), cell(&[])]], &["one", "two"]);
    }

    #[test]
    fn notes_follow_their_row() {
        let mut second = cell(&["12"]);
        second.push(note("1".to_owned(), None, cell(&["See", "below"])));
        check(vec![vec![cell(&["Total"]), second]], &["Total | 12", "note See below"]);
    }
}

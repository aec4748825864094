//! Tables whose columns are shown by rules: simple and multi-line tables of Markdown, and grids.

use super::lines::Line;

/// Most lines of a head above its rule.
const MAX_HEAD: usize = 6;

/// Most lines of a table: what is longer has its rule by chance.
const MAX_LINES: usize = 2_000;

/// Most columns: the place of every character is looked up among them.
const MAX_COLUMNS: usize = 40;

/// A table: its rows with their cells, and how many lines it takes.
pub(super) struct RuledTable {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) taken: usize,
}

/// The table that begins with the first of these lines.
///
/// ```text
///   Country     Since           +---------+-------+
///   ----------- -------         | Country | Since |
///   Costa Rica  1996            +=========+=======+
/// ```
pub(super) fn ruled_table(lines: &[Line]) -> Option<RuledTable> {
    let lines = lines.get(..lines.len().min(MAX_LINES))?;
    let first = lines.first()?.text.trim();
    if first.starts_with('+') {
        return grid(lines);
    }
    let framed = is_frame(first);
    let head = usize::from(framed);
    let rule = (head..=head + MAX_HEAD)
        .find(|&index| lines.get(index).is_none_or(|line| line.is_blank() || is_columns(line)))?;
    let starts = columns(&lines.get(rule).filter(|line| is_columns(line))?.text);
    if rule == head || starts.len() >= MAX_COLUMNS {
        return None;
    }
    let mut table = Columns { starts, rows: Vec::new(), row: Vec::new() };
    lines.get(head..rule)?.iter().for_each(|line| table.add(&line.text));
    table.end_row();
    for (index, line) in lines.iter().enumerate().skip(rule + 1) {
        let closes = if framed { is_frame(line.text.trim()) } else { line.is_blank() || is_columns(line) };
        if closes {
            table.end_row();
            return Some(RuledTable { rows: table.rows, taken: index + 1 });
        }
        if !line.is_blank() {
            table.add(&line.text);
        }
        if !framed || line.is_blank() {
            table.end_row();
        }
    }
    table.end_row();
    (!framed).then_some(RuledTable { rows: table.rows, taken: lines.len() })
}

/// A table in the making whose cells are told by their place in the line.
struct Columns {
    /// Where each column but the first begins, in characters.
    starts: Vec<usize>,
    rows: Vec<Vec<String>>,
    row: Vec<String>,
}

impl Columns {
    /// Adds a line to the current row.
    fn add(&mut self, line: &str) {
        self.row.resize(self.starts.len() + 1, String::new());
        let mut cells = vec![String::new(); self.starts.len() + 1];
        for (place, c) in line.chars().enumerate() {
            let column = self.starts.iter().take_while(|start| **start <= place).count();
            if let Some(cell) = cells.get_mut(column) {
                cell.push(c);
            }
        }
        for (cell, more) in self.row.iter_mut().zip(&cells) {
            append(cell, more.trim());
        }
    }

    fn end_row(&mut self) {
        let row: Vec<String> = std::mem::take(&mut self.row).into_iter().filter(|cell| !cell.is_empty()).collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
    }
}

fn append(cell: &mut String, more: &str) {
    if !cell.is_empty() && !more.is_empty() {
        cell.push(' ');
    }
    cell.push_str(more);
}

/// A grid: rows between borders of `+` and `-`.
fn grid(lines: &[Line]) -> Option<RuledTable> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut taken = 0;
    for line in lines {
        let text = line.text.trim();
        if let Some(inner) = text.strip_prefix('|') {
            let cells: Vec<&str> = inner.strip_suffix('|').unwrap_or(inner).split('|').collect();
            row.resize(row.len().max(cells.len()), String::new());
            for (cell, more) in row.iter_mut().zip(&cells) {
                append(cell, more.trim());
            }
        } else if is_border(text) {
            let whole: Vec<String> = std::mem::take(&mut row).into_iter().filter(|cell| !cell.is_empty()).collect();
            rows.extend((!whole.is_empty()).then_some(whole));
        } else {
            break;
        }
        taken += 1;
    }
    (row.is_empty() && !rows.is_empty()).then_some(RuledTable { rows, taken })
}

/// `+-----+=====+`
fn is_border(text: &str) -> bool {
    text.len() >= 3 && text.starts_with('+') && text.ends_with('+') && text.bytes().all(|byte| b"+-=:".contains(&byte))
}

/// A rule over the whole table.
fn is_frame(text: &str) -> bool {
    text.len() >= 10 && text.bytes().all(|byte| byte == b'-')
}

/// A rule of at least two parts, one over each column.
fn is_columns(line: &Line) -> bool {
    let text = line.text.trim();
    let parts = || text.split(' ').filter(|part| !part.is_empty());
    text.starts_with("--")
        && parts().count() >= 2
        && parts().all(|part| part.len() >= 2 && part.bytes().all(|b| b == b'-'))
}

/// Where the parts of a rule begin, the first left out.
fn columns(rule: &str) -> Vec<usize> {
    let bytes = rule.as_bytes();
    let begins = |&at: &usize| bytes.get(at) == Some(&b'-') && (at == 0 || bytes.get(at - 1) == Some(&b' '));
    (0..bytes.len()).filter(begins).skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&[&str], usize)>) {
        let table = ruled_table(&lines(text).0)
            .map(|table| (table.rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(), table.taken));
        let expected =
            expected.map(|(rows, taken)| (rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>(), taken));
        assert_eq!(table, expected, "{text}");
    }

    #[test]
    fn columns_are_those_of_the_rule() {
        check(
            "  Country     Since\n  ----------- -------\n  Costa Rica  1996\n  Perú        2000\n\nText",
            Some((&["Country|Since", "Costa Rica|1996", "Perú|2000"], 5)),
        );
        check(
            "  ----------------\n  Hour   Séance\n         I\n  ------ ---------\n  9 h    Welcome\n         address\n\n  10 h\n  ----------------\nText",
            Some((&["Hour|Séance I", "9 h|Welcome address", "10 h"], 9)),
        );
        check(
            "+---+-----+\n| a | b   |\n|   | c   |\n+===+=====+\n| d | e   |\n+---+-----+\n",
            Some((&["a|b c", "d|e"], 6)),
        );
    }

    #[test]
    fn other_rules_make_no_table() {
        for text in [
            "----------------\n\nText",
            "Title\n-----\nText",
            "-- --\nText",
            "+ item",
            "----------\nText\nText",
            "",
            "+-+\nx",
        ] {
            check(text, None);
        }
    }
}

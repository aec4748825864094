//! Tables in text: pipe tables of Markdown, and cells on lines of their own that begin with a tab.

use super::lines::Line;

/// The cells of a Markdown table row, without empty ones; `None` for other lines, an empty list for the line of
/// dashes under the head.
pub(super) fn pipe_row(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    if inner.chars().all(|c| "-:| ".contains(c)) {
        return Some(Vec::new());
    }
    Some(inner.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect())
}

/// The cells of a row whose cells stand one a line behind a tab; a line without tab goes on with its cell.
/// Empty cells are left out.
pub(super) fn tab_row(lines: &[Line]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        match cells.last_mut() {
            Some(cell) if !line.text.starts_with('\t') => {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(text);
            }
            _ => cells.extend(text.split('\t').map(|cell| cell.trim().to_owned())),
        }
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

/// The cells of a line that has at least three of them with tabs between.
pub(super) fn tabbed_row(line: &str) -> Option<Vec<&str>> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    (cells.len() >= 3).then_some(cells)
}

//! Which tables are tables, and which only arrange a page.

use super::element::{has_role, heading_level};
use super::tree::{Content, Page};

/// Letters of a cell that arranges a page rather than being one of a table.
const LARGE_CELL: usize = 600;

/// A table whose rows are kept as rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    /// Whether it has head cells.
    pub(super) has_heads: bool,
}

/// Reads what kind of table an element is; `None` for one that arranges paragraphs: it holds another table or a
/// heading, has no row of several cells, or has a row or two of which one cell is a page by itself.
pub(super) fn read(page: &Page<'_>, table: usize) -> Option<Table> {
    if page.element(table).is_some_and(|element| has_role(element, "presentation") || has_role(element, "none")) {
        return None;
    }
    let (mut rows, mut cells, mut most_cells, mut largest, mut has_heads) = (0, 0, 0, 0, false);
    for node in page.inside(table).iter().skip(1) {
        let Content::Element(element) = node.content else { continue };
        match element.name() {
            "table" => return None,
            "tr" => {
                rows += 1;
                cells = 0;
            }
            "td" | "th" => {
                cells += 1;
                most_cells = most_cells.max(cells);
                largest = largest.max(node.letters);
                has_heads |= element.name() == "th";
            }
            _ if heading_level(element).is_some() => return None,
            _ => {}
        }
    }
    let arranges = most_cells < 2 || (rows <= 2 && !has_heads && largest > LARGE_CELL);
    (!arranges).then_some(Table { has_heads })
}

//! Facets as a table: what is selected, how many, a bar, and the value with its id.

use std::collections::BTreeSet;

use rcp_query::facets::NO_VALUE;
use rcp_query::request::SearchRequest;
use rcp_query::response::{Facet, FacetValue};

use crate::terminal::{self, Style};

/// Columns of the longest bar.
const BAR_WIDTH: u64 = 12;
/// Parts of a block, by eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A facet with its values, narrower ones below the wider.
pub(super) fn facet_lines(facet: &Facet, style: Style) -> Vec<String> {
    let mut table = Table { style, largest: 1, shown: BTreeSet::new(), lines: vec![style.bold(&facet.name)] };
    table.largest = facet.values.iter().map(|value| value.count).chain([facet.missing, 1]).max().unwrap_or(1);
    facet.values.iter().for_each(|value| table.add(value, 0));
    if facet.missing > 0 {
        table.row(false, facet.missing, 0, NO_VALUE);
    }
    let mut lines = table.lines;
    if facet.truncated {
        let (shown, all) = (table.shown.len(), facet.total_values);
        let most = all.min(usize::from(SearchRequest::MAX_FACET_LIMIT));
        let more = format!("{shown} of {all} values; more: --facet-limit {most}");
        lines.push(style.paragraph("          ", &style.faint(&more)));
    }
    lines
}

struct Table<'a> {
    style: Style,
    largest: u64,
    /// Values in the table; one with two parents is there twice.
    shown: BTreeSet<&'a str>,
    lines: Vec<String>,
}

impl<'a> Table<'a> {
    // As deep as the scheme: the loader refuses circles.
    fn add(&mut self, value: &'a FacetValue, depth: usize) {
        self.shown.insert(&value.value);
        let label = terminal::plain(&value.label);
        let id = || self.style.faint(&format!("({})", value.value));
        let name = if label == value.value { label } else { format!("{label} {}", id()) };
        self.row(value.selected, value.count, depth, &name);
        value.children.iter().for_each(|child| self.add(child, depth + 1));
    }

    fn row(&mut self, selected: bool, count: u64, depth: usize, name: &str) {
        let mark = if selected { "*" } else { " " };
        let bar = if self.style.has_bars() { format!("{}  ", bar(count, self.largest)) } else { String::new() };
        let row = format!("{mark} {count:>6}  {}{:indent$}", self.style.label(&bar), "", indent = depth * 2);
        let name = if selected { self.style.bold(name) } else { name.to_owned() };
        self.lines.push(self.style.item(&row, &name));
    }
}

/// A bar as long as its part of the largest, in eighths of a column; never nothing for something.
fn bar(count: u64, largest: u64) -> String {
    let whole = u128::from(largest.max(1));
    let eighths = (u128::from(count.min(largest)) * u128::from(BAR_WIDTH) * 8).div_ceil(whole);
    // At most BAR_WIDTH times eight.
    let eighths = usize::try_from(eighths).unwrap_or_default();
    let bar = format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8]);
    format!("{bar:width$}", width = usize::try_from(BAR_WIDTH).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        #[track_caller]
        fn check(count: u64, largest: u64, expected: &str) {
            assert_eq!(bar(count, largest), format!("{expected:12}"));
        }
        check(0, 10, "");
        check(1, u64::MAX, "▏");
        check(5, 10, "██████");
        check(3, 16, "██▎");
        check(10, 10, "████████████");
        check(u64::MAX, u64::MAX, "████████████");
        check(1, 0, "");
    }
}

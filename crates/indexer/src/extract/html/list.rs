//! Numbers of ordered lists, as a browser prints them.

use scraper::node::Element;

use super::element;
use crate::extract::number::roman;

/// A list while its items are read.
#[derive(Debug, Clone)]
pub(super) struct List {
    numbering: Numbering,
    next: i64,
    step: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// Bullets.
    Bullets,
    /// Nothing in front of an item.
    Nothing,
    Decimal,
    Alphabetic {
        upper: bool,
    },
    Roman {
        upper: bool,
    },
}

impl List {
    /// A list element that has so many items of its own.
    pub(super) fn of(element: &Element, items: usize) -> List {
        let ordered = element.name() == "ol";
        let numbering = numbering(element).unwrap_or(if ordered { Numbering::Decimal } else { Numbering::Bullets });
        let reversed = ordered && element.attr("reversed").is_some();
        let first = if reversed { i64::try_from(items).unwrap_or(1) } else { 1 };
        let next = number(element, "start").filter(|_| ordered).unwrap_or(first);
        List { numbering, next, step: if reversed { -1 } else { 1 } }
    }

    /// What is printed in front of the next item: `3.`, `c.`, `•`; `None` for nothing.
    pub(super) fn marker(&mut self, item: &Element) -> Option<String> {
        let value = number(item, "value").unwrap_or(self.next);
        self.next = value.saturating_add(self.step);
        match numbering(item).unwrap_or(self.numbering) {
            Numbering::Nothing => None,
            Numbering::Bullets => Some("•".to_owned()),
            Numbering::Decimal => Some(format!("{value}.")),
            Numbering::Alphabetic { upper } => Some(format!("{}.", cased(alphabetic(value), upper))),
            Numbering::Roman { upper } => Some(format!("{}.", cased(small_roman(value), upper))),
        }
    }
}

/// The numbering that an element asks for, by its style or its type.
fn numbering(element: &Element) -> Option<Numbering> {
    let style = element::style(element, "list-style-type").or_else(|| element::style(element, "list-style"));
    let styled = style.iter().flat_map(|style| style.split_whitespace()).find_map(|word| match word {
        "none" => Some(Numbering::Nothing),
        "decimal" | "decimal-leading-zero" => Some(Numbering::Decimal),
        "lower-alpha" | "lower-latin" => Some(Numbering::Alphabetic { upper: false }),
        "upper-alpha" | "upper-latin" => Some(Numbering::Alphabetic { upper: true }),
        "lower-roman" => Some(Numbering::Roman { upper: false }),
        "upper-roman" => Some(Numbering::Roman { upper: true }),
        "disc" | "circle" | "square" => Some(Numbering::Bullets),
        _ => None,
    });
    styled.or_else(|| match element.attr("type")?.trim() {
        "1" => Some(Numbering::Decimal),
        "a" => Some(Numbering::Alphabetic { upper: false }),
        "A" => Some(Numbering::Alphabetic { upper: true }),
        "i" => Some(Numbering::Roman { upper: false }),
        "I" => Some(Numbering::Roman { upper: true }),
        _ => None,
    })
}

fn number(element: &Element, attribute: &str) -> Option<i64> {
    element.attr(attribute)?.trim().parse::<i32>().ok().map(i64::from)
}

fn cased(text: String, upper: bool) -> String {
    if upper { text.to_ascii_uppercase() } else { text }
}

/// `a` … `z`, `aa`, `ab` …; numbers below 1 stay digits.
fn alphabetic(value: i64) -> String {
    let mut rest = value;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'a' + letter));
        rest = (rest - 1) / 26;
    }
    if letters.is_empty() { value.to_string() } else { letters.iter().rev().collect() }
}

/// Roman numbers in small letters, where there are such.
fn small_roman(value: i64) -> String {
    u32::try_from(value).map_or_else(|_| value.to_string(), |value| roman(value).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_browsers_print_them() {
        assert_eq!([1, 26, 27, 52, 703, 0, -3].map(alphabetic), ["a", "z", "aa", "az", "aaa", "0", "-3"]);
        assert_eq!([1, 14, 4_000, 0, -3].map(small_roman), ["i", "xiv", "4000", "0", "-3"]);
    }
}

//! [`Notes`]: footnotes and endnotes, numbered as Word prints them.

use std::collections::BTreeMap;

use super::super::counting::Numerals;
use super::super::xml::Element;
use super::numbering::numerals;

/// The notes of one kind.
#[derive(Debug)]
pub(super) struct Notes<'t> {
    /// Those that were not printed yet, by id.
    notes: BTreeMap<i64, Element<'t>>,
    numerals: Numerals,
    /// The number of the next one.
    next: u32,
}

impl<'t> Notes<'t> {
    /// Reads `footnotes.xml` or `endnotes.xml`; `properties` are the settings of notes, the strongest first.
    pub(super) fn read(root: Option<Element<'t>>, default: Numerals, properties: &[Element<'_>]) -> Notes<'t> {
        let elements = root.into_iter().flat_map(Element::elements);
        // Separators have a type; notes have none.
        let notes = elements.filter(|note| note.attribute("type").is_none_or(|kind| kind == "normal"));
        let setting = |name| properties.iter().find_map(|properties| properties.value(name));
        Notes {
            notes: notes.filter_map(|note| Some((note.number("id")?, note))).collect(),
            numerals: setting("numFmt").map_or(default, |format| numerals(&format)),
            next: setting("numStart").and_then(|start| start.parse().ok()).unwrap_or(1),
        }
    }

    /// The printed number of a reference, and the note if it was not printed before. A mark that was typed is not
    /// counted.
    pub(super) fn refer(&mut self, id: i64, mark: Option<String>) -> (String, Option<Element<'t>>) {
        let number = mark.unwrap_or_else(|| {
            let number = self.numerals.print(self.next, "");
            self.next = self.next.saturating_add(1);
            number
        });
        (number, self.notes.remove(&id))
    }
}

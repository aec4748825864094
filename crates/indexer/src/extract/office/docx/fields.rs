//! [`Fields`]: which text of a Word file is the code of a field, which its result.

use std::collections::BTreeSet;

use super::super::is_contents_code;
use super::super::xml::Element;

/// The fields that are open at a place of the text.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many of them hide their text.
    hiding: usize,
    /// Beginnings without an end: they must not swallow the rest of the file.
    unclosed: BTreeSet<u32>,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    in_result: bool,
    hides: bool,
}

/// Longest code that is looked at, in bytes.
const MAX_CODE: usize = 1_000;

impl Fields {
    /// The fields of a part, none of them open.
    pub(super) fn of(part: Element<'_>) -> Fields {
        let mut open = Vec::new();
        for character in part.descendants().filter(|element| element.name() == "fldChar") {
            match character.attribute("fldCharType").as_deref() {
                Some("begin") => open.push(character.id()),
                Some("end") => {
                    open.pop();
                }
                _ => {}
            }
        }
        Fields { unclosed: open.into_iter().collect(), ..Fields::default() }
    }

    /// Passes the beginning, middle or end of a field.
    pub(super) fn pass(&mut self, character: Element<'_>) {
        match character.attribute("fldCharType").as_deref() {
            Some("begin") if !self.unclosed.contains(&character.id()) => {
                self.open.push(Field { hides: true, ..Field::default() });
                self.hiding += 1;
            }
            Some("separate") => {
                if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
                    field.in_result = true;
                    field.hides = is_contents_code(&field.code);
                    self.hiding -= usize::from(!field.hides);
                }
            }
            Some("end") => {
                if let Some(field) = self.open.pop() {
                    self.hiding -= usize::from(field.hides);
                }
            }
            _ => {}
        }
    }

    /// Reads a piece of a field's code.
    pub(super) fn read_code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.code.len() < MAX_CODE) {
            field.code.push_str(text);
        }
    }

    /// Whether text at this place is printed.
    pub(super) fn show(&self) -> bool {
        self.hiding == 0
    }
}

//! Where in a document a passage stands, in words.

use rcp_corpus::model::{Language, Passage, PassageKind};

use super::line::clean_line;

/// Longest heading in a label, in characters.
const MAX_HEADING_CHARS: usize = 80;

/// Longest printed number in a label, in characters.
const MAX_NUMBER_CHARS: usize = 20;

/// What to call a passage: by its printed number, else by its heading and page.
///
/// `para. 21`, `párr. 21`, `par. 21`; `item (a)`, `note 3`, `preamble, para. 2`. Where a number occurs more than once in
/// the document (its id is then qualified by its section), and for items of lists, the heading stands in front:
/// `Conclusions, para. 1`. Without a number: `Background, p. 3`, or the page, or as a last resort the position,
/// `passage 38`. Never empty.
#[must_use]
pub fn passage_label(passage: &Passage, ui: Language) -> String {
    let heading = heading(passage);
    match number(passage, ui) {
        Some(number) if needs_heading(passage) => join([heading, Some(number)]),
        Some(number) => number,
        None => unnumbered(passage, heading, ui),
    }
}

/// The same inside a citation: headings stand in quotation marks, so that they are not taken for a name.
pub(crate) fn cited_place(passage: &Passage, ui: Language) -> String {
    let quoted = heading(passage).map(|heading| match ui {
        Language::Es => format!("«{heading}»"),
        Language::Fr => format!("«\u{A0}{heading}\u{A0}»"),
        Language::En | Language::Undetermined => format!("“{heading}”"),
    });
    match number(passage, ui) {
        Some(number) if needs_heading(passage) => join([quoted, Some(number)]),
        Some(number) => number,
        None => unnumbered(passage, quoted, ui),
    }
}

/// Whether the number alone does not tell which passage is meant.
fn needs_heading(passage: &Passage) -> bool {
    passage.kind == PassageKind::ListItem || passage.id.as_str().starts_with('s')
}

fn heading(passage: &Passage) -> Option<String> {
    let heading = clean_line(passage.heading_path.last()?, MAX_HEADING_CHARS);
    (!heading.is_empty()).then_some(heading)
}

/// The printed number with the word for what it numbers.
fn number(passage: &Passage, ui: Language) -> Option<String> {
    let number = clean_line(passage.number.as_deref()?, MAX_NUMBER_CHARS);
    if number.is_empty() {
        return None;
    }
    // "Article 5" and "PRIMERO" say themselves what they number.
    let has_word = number.split(' ').next().is_some_and(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
        && !number.chars().all(|c| "IVXLivxl.".contains(c));
    if has_word && passage.kind != PassageKind::Footnote {
        return Some(number);
    }
    let is_letter = number.chars().all(char::is_alphabetic);
    let item = match (ui, is_letter) {
        (Language::Es | Language::Fr, true) => format!("{number})"),
        (_, true) => format!("({number})"),
        (_, false) => number.clone(),
    };
    let paragraph = say(ui, ["para.", "párr.", "par."]);
    Some(match passage.kind {
        PassageKind::Paragraph | PassageKind::Operative | PassageKind::Contact => format!("{paragraph} {number}"),
        PassageKind::Preambular => {
            format!("{}, {paragraph} {number}", say(ui, ["preamble", "preámbulo", "préambule"]))
        }
        PassageKind::ListItem => format!("{} {item}", say(ui, ["item", "punto", "point"])),
        PassageKind::TableRow => format!("{} {number}", say(ui, ["table row", "fila de cuadro", "ligne de tableau"])),
        PassageKind::Footnote => format!("{} {number}", say(ui, ["note", "nota", "note"])),
    })
}

fn unnumbered(passage: &Passage, heading: Option<String>, ui: Language) -> String {
    let preamble = (passage.kind == PassageKind::Preambular && heading.is_none())
        .then(|| say(ui, ["preamble", "preámbulo", "préambule"]).to_owned());
    let page = passage.page.map(|page| format!("{} {page}", say(ui, ["p.", "pág.", "p."])));
    let label = join([heading, preamble, page]);
    if label.is_empty() {
        return format!("{} {}", say(ui, ["passage", "pasaje", "passage"]), u64::from(passage.ordinal) + 1);
    }
    label
}

/// One of three wordings: English, Spanish, French.
fn say(ui: Language, [english, spanish, french]: [&'static str; 3]) -> &'static str {
    match ui {
        Language::Es => spanish,
        Language::Fr => french,
        Language::En | Language::Undetermined => english,
    }
}

fn join<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

//! What a document is called.

use std::collections::BTreeSet;

use rcp_corpus::analysis::fold;
use rcp_corpus::model::{Evidence, Fact, Provenance};

use super::clues::{Clues, content_words};
use crate::passages::is_generic_heading;

/// Confidence of a title that stands in the title block.
const IN_TEXT: f32 = 0.9;

/// Confidence of a title that the file's own metadata repeats.
const CONFIRMED: f32 = 0.95;

/// Confidence of a title that only the file's metadata gives, in words of the text.
const IN_PROPERTIES: f32 = 0.6;

/// Least share of the words of a title in the file's metadata that the text must have.
const SHARED: f64 = 0.7;

/// Passages that stand for the first page.
const FIRST_PAGE: usize = 12;

/// Kinds of document that go by a name or a year of their own; folded.
const NAMED_KINDS: [&str; 17] = [
    "declaration",
    "declaracion",
    "communique",
    "comunicado",
    "joint declaration",
    "ministerial declaration",
    "plan of action",
    "plan de accion",
    "plan d'action",
    "plan d’action",
    "action plan",
    "work plan",
    "plan de trabajo",
    "plan de travail",
    "annual report",
    "informe anual",
    "rapport annuel",
];

/// Lines below the title among which such a name stands.
const NAMED_KIND_LINES: usize = 3;

/// Most words of such a name.
const NAMED_KIND_WORDS: usize = 8;

/// Beginnings and endings of what programs write into the title of a file; folded.
const LEFT_OVER: [&str; 14] = [
    "microsoft word",
    "microsoft powerpoint",
    "untitled",
    "sin titulo",
    "sans titre",
    "document",
    "documento",
    "slide",
    "diapositiva",
    "presentation",
    "presentacion",
    "template",
    "plantilla",
    "modele",
];

/// Endings of file names.
const FILE_ENDINGS: [&str; 10] = [".doc", ".docx", ".pdf", ".rtf", ".odt", ".txt", ".html", ".htm", ".indd", ".pptx"];

/// The title of the title block, else that of the file's metadata where it can be trusted.
pub(super) fn title(clues: &Clues<'_>) -> Option<Fact<String>> {
    let in_properties = clues.properties.title.as_deref().filter(|title| is_trusted(title, clues));
    let fact = |value: &str, provenance, confidence| Fact {
        value: value.to_owned(),
        provenance,
        confidence,
        evidence: vec![Evidence { passage: None, span: None, surface: value.to_owned() }],
    };
    match (clues.opening.title.as_deref(), in_properties) {
        (Some(title), Some(other)) if share(&words(other), &words(title)) >= SHARED => {
            Some(fact(title, Provenance::TextRule, CONFIRMED))
        }
        (Some(title), _) => {
            let whole = named_kind(clues).map(|kind| format!("{title} – {kind}"));
            Some(fact(whole.as_deref().unwrap_or(title), Provenance::TextRule, IN_TEXT))
        }
        (None, Some(title)) => Some(fact(title.trim(), Provenance::FileMetadata, IN_PROPERTIES)),
        (None, None) => None,
    }
}

/// A line below the title that names the document where the title names a body or a meeting only: "DECLARACIÓN DE
/// ASUNCIÓN" below "VI CONFERENCIA SUDAMERICANA", "PLAN DE TRABAJO 2011" below the name of a commission.
fn named_kind<'a>(clues: &Clues<'a>) -> Option<&'a str> {
    let names = |line: &&str| {
        let folded = fold(line);
        let begins = NAMED_KINDS.iter().any(|kind| folded.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ')));
        begins && !is_generic_heading(line) && line.split_whitespace().count() <= NAMED_KIND_WORDS
    };
    clues.opening.lines.iter().map(String::as_str).take(NAMED_KIND_LINES).find(names)
}

/// Whether a title in a file's metadata is one, and of this text: not left over from a program, a template or a file
/// name, and written with words of the first page.
fn is_trusted(title: &str, clues: &Clues<'_>) -> bool {
    let folded = fold(title.trim());
    let left_over = LEFT_OVER
        .iter()
        .any(|start| folded.strip_prefix(start).is_some_and(|rest| !rest.contains(' ') || *start == "microsoft word"));
    let is_file = FILE_ENDINGS.iter().any(|ending| folded.ends_with(ending)) || folded.contains(['_', '\\']);
    let is_software = clues.properties.software.as_deref().is_some_and(|software| fold(software) == folded);
    let words = words(title);
    let names_enough = words.len() >= 2 && folded.contains(' ');
    let opening = clues.opening.letterhead.iter().chain(&clues.opening.title).chain(&clues.opening.lines);
    let first_page = clues.passages.iter().take(FIRST_PAGE).map(|passage| &passage.text);
    let of_text: BTreeSet<String> = opening.chain(first_page).flat_map(|text| content_words(text)).collect();
    names_enough
        && !left_over
        && !is_file
        && !is_software
        && !is_generic_heading(title)
        && share(&words, &of_text) >= SHARED
}

fn words(text: &str) -> BTreeSet<String> {
    content_words(text).collect()
}

/// Share of some words that others have.
fn share(words: &BTreeSet<String>, others: &BTreeSet<String>) -> f64 {
    if words.is_empty() {
        return 0.0;
    }
    let shared = words.intersection(others).count();
    // Titles have fewer words than a float can count.
    f64::from(u32::try_from(shared).unwrap_or(u32::MAX)) / f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX))
}

//! Citations as text: how to refer to a document, or to a passage of it, in a footnote.
//!
//! ```text
//! GCIM – IOM Workshop on Regional Consultative Processes: Summary report, Geneva, 14–15 April 2005, para. 21
//! └ title ──────────────────────────────────────────────┘ └ type ──────┘  └ venue  └ date ────────┘ └ place ┘
//! ```
//!
//! What is unknown is left out. The type is left out where the title says it. A short title ("Final declaration")
//! does not say which meeting it is of: the event, or else the process, follows it. Everything but titles and
//! names is in the language of the reader.
//!
//! For reference managers, a [`Reference`] writes the same facts as RIS and BibTeX; its fields make CSL-JSON and the metadata of pages.

mod bibtex;
mod date;
mod line;
mod place;
mod reference;
mod ris;

use rcp_corpus::analysis::words;
use rcp_corpus::model::{Document, Language, Passage};
use rcp_corpus::taxonomy::{Labels, Taxonomy};

pub use date::{format_date, format_date_range};
use line::clean_line;
pub(crate) use place::cited_place;
pub use place::passage_label;
pub use reference::Reference;

/// Longest title in a citation, in characters.
const MAX_TITLE_CHARS: usize = 300;

/// Longest name of an event, process or venue in a citation, in characters.
const MAX_NAME_CHARS: usize = 160;

/// A title of so many words says of itself what it is about.
const TELLING_TITLE_WORDS: usize = 5;

/// Labels of a document's concepts that a citation uses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// Label of its type.
    pub document_type: Option<&'a Labels>,
    /// Label of the first process it belongs to.
    pub process: Option<&'a Labels>,
}

impl<'a> Names<'a> {
    /// The labels that a document's concepts have in the schemes.
    #[must_use]
    pub fn of(document: &Document, taxonomy: &'a Taxonomy) -> Names<'a> {
        let label = |facet: &str| {
            let id = document.concepts(facet).next()?;
            taxonomy.concept(facet, id).map(|concept| &concept.label)
        };
        Names { document_type: label("type"), process: label("rcp") }
    }
}

/// How to cite a document, on one line without control characters.
///
/// ```no_run
/// # fn example(document: &rcp_corpus::model::Document, taxonomy: &rcp_corpus::taxonomy::Taxonomy) {
/// use rcp_corpus::model::Language;
/// use rcp_query::citation::{Names, citation};
///
/// let text = citation(document, Names::of(document, taxonomy), Language::En);
/// # }
/// ```
#[must_use]
pub fn citation(document: &Document, names: Names<'_>, ui: Language) -> String {
    let event = document.event.as_ref().map(|event| clean_line(&event.value.name, MAX_NAME_CHARS));
    let process = names.process.map(|labels| clean_line(labels.get(ui), MAX_NAME_CHARS));
    let source = event.or(process).filter(|source| !source.is_empty());
    let title = document.title.as_ref().map(|title| clean_line(&title.value, MAX_TITLE_CHARS));

    let mut parts = Vec::new();
    match (title.filter(|title| !title.is_empty()), source) {
        (Some(title), Some(source)) if !is_telling(&title) && !says_phrase(&title, &source) => {
            parts.extend([with_type(title, names.document_type, ui), source]);
        }
        (Some(name), _) | (None, Some(name)) => parts.push(with_type(name, names.document_type, ui)),
        (None, None) => parts.push(with_type(file_name(document), names.document_type, ui)),
    }
    if let Some(venue) = document.venue.as_ref().map(|venue| clean_line(&venue.value, MAX_NAME_CHARS))
        && !parts.iter().any(|part| says_phrase(part, &venue))
    {
        parts.push(venue);
    }
    match (&document.date, &document.year) {
        (Some(date), _) => parts.push(format_date_range(&date.value, ui)),
        (None, Some(year)) => parts.push(year.value.to_string()),
        (None, None) => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// How to cite a passage: the [`citation`] of its document, and where it stands in it.
#[must_use]
pub fn passage_citation(of_document: &str, passage: &Passage, ui: Language) -> String {
    format!("{of_document}, {}", place::cited_place(passage, ui))
}

/// The name of the file, or the id where the name has nothing to show.
fn file_name(document: &Document) -> String {
    let file = document.source.file.as_str();
    let name = clean_line(file.rsplit('/').next().unwrap_or(file), MAX_NAME_CHARS);
    if name.is_empty() { document.id.to_string() } else { name }
}

/// The title, then the type unless the title says it in any language.
fn with_type(title: String, document_type: Option<&Labels>, ui: Language) -> String {
    match document_type {
        Some(labels) if !labels.iter().any(|(_, label)| says_words(&title, label)) => {
            let label = clean_line(labels.get(ui), MAX_NAME_CHARS);
            format!("{title}: {label}")
        }
        _ => title,
    }
}

fn is_telling(title: &str) -> bool {
    words(title).len() >= TELLING_TITLE_WORDS
}

/// Whether every word of a label stands in a text, in whatever order.
fn says_words(text: &str, label: &str) -> bool {
    let said = words(text);
    words(label).iter().all(|word| said.iter().any(|other| other.folded == word.folded))
}

/// Whether a name stands in a text, word by word.
fn says_phrase(text: &str, name: &str) -> bool {
    let (said, name) = (words(text), words(name));
    let begins = |rest: &[_]| same_words(rest, &name);
    name.is_empty() || said.windows(name.len()).any(begins)
}

fn same_words(left: &[rcp_corpus::analysis::Word], right: &[rcp_corpus::analysis::Word]) -> bool {
    left.iter().map(|word| &word.folded).eq(right.iter().map(|word| &word.folded))
}

#[cfg(test)]
mod tests;

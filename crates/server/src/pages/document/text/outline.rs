//! The outline of a document: its headings, read off the heading paths of its passages.

use rcp_corpus::model::Language;
use rcp_query::response::EvidencePassage;

use super::Addresses;

/// A heading of a document.
#[derive(Debug)]
pub(super) struct Heading {
    /// Place of the first passage below it.
    pub(super) at: usize,
    /// Headings above it.
    pub(super) depth: usize,
    pub(super) text: String,
    pub(super) language: Language,
}

/// The headings in order.
#[derive(Debug)]
pub(super) struct Outline(pub(super) Vec<Heading>);

/// A line of the list of contents, with those below it.
#[derive(Debug)]
pub(in crate::pages::document) struct Contents {
    pub(in crate::pages::document) text: String,
    pub(in crate::pages::document) url: String,
    pub(in crate::pages::document) lang: &'static str,
    /// How deep it stands, from 0, at most [`DEEPEST`].
    pub(in crate::pages::document) depth: usize,
}

/// Deepest heading in the list of contents.
const DEEPEST: usize = 3;

/// Id of the element of a heading, by its place among all of them.
pub(super) fn heading_id(place: usize) -> String {
    format!("heading-{}", place + 1)
}

/// The headings: of each path what the path of the passage before does not begin with.
pub(super) fn outline(passages: &[EvidencePassage]) -> Outline {
    let mut headings = Vec::new();
    let mut last: &[String] = &[];
    for (at, passage) in passages.iter().map(|it| &it.passage).enumerate() {
        let path = &passage.heading_path;
        let known = last.iter().zip(path).take_while(|(last, own)| last == own).count();
        let new = path.iter().enumerate().skip(known);
        headings.extend(new.map(|(depth, text)| Heading { at, depth, text: text.clone(), language: passage.language }));
        last = path;
    }
    Outline(headings)
}

impl Outline {
    /// The list of contents; nothing where there are not at least two headings.
    pub(super) fn contents(&self, addresses: &Addresses<'_>) -> Vec<Contents> {
        let Outline(headings) = self;
        if headings.len() < 2 {
            return Vec::new();
        }
        let lines = headings.iter().enumerate().filter(|(_, heading)| heading.depth <= DEEPEST);
        let lines = lines.map(|(place, heading)| Contents {
            text: heading.text.clone(),
            url: addresses.anchor(heading.at, &heading_id(place)),
            lang: heading.language.code(),
            depth: heading.depth,
        });
        lines.collect()
    }
}

//! [`Column`]: what a row of an export holds, the same for every format that has columns.

use rcp_corpus::model::Label;
use rcp_query::export::ExportRow;
use rcp_query::request::Unit;
use serde::Serialize;

use crate::responses::{Labels, document_url};

/// A column of an export.
pub(crate) struct Column {
    /// Its name: the header of CSV, the key in NDJSON.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) description: &'static str,
    fill: fn(&ExportRow, &Words<'_>) -> Cell,
}

/// What a row is put into words with.
pub(crate) struct Words<'a> {
    pub(crate) labels: Labels<'a>,
    /// Public address of the server; empty where it is not known.
    pub(crate) site: &'a str,
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Cell {
    /// What is not known, or does not exist.
    Nothing,
    /// A text as it is, with nothing escaped.
    Text(String),
    Number(i64),
    List(Vec<String>),
}

impl Column {
    /// What a row holds here.
    pub(crate) fn cell(&self, row: &ExportRow, words: &Words<'_>) -> Cell {
        (self.fill)(row, words)
    }
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Cell {
    fn text(text: Option<impl ToString>) -> Cell {
        text.map_or(Cell::Nothing, |text| Cell::Text(text.to_string()))
    }

    fn number(number: Option<impl Into<i64>>) -> Cell {
        number.map_or(Cell::Nothing, |number| Cell::Number(number.into()))
    }
}

/// The columns of a unit, in their order.
pub(crate) fn columns(unit: Unit) -> &'static [&'static Column] {
    match unit {
        Unit::Documents => DOCUMENT_COLUMNS,
        Unit::Passages => PASSAGE_COLUMNS,
    }
}

/// The column of a unit with this name.
pub(crate) fn column(unit: Unit, name: &str) -> Option<&'static Column> {
    columns(unit).iter().find(|column| column.name == name).copied()
}

const DOCUMENT_COLUMNS: &[&Column] = &[
    &DOCUMENT,
    &TITLE,
    &TYPE,
    &TYPE_LABEL,
    &DATE,
    &YEAR,
    &LANGUAGES,
    &RCPS,
    &RCP_LABELS,
    &REGIONS,
    &REGION_LABELS,
    &THEMES,
    &THEME_LABELS,
    &COUNTRIES,
    &COUNTRY_LABELS,
    &MENTIONS,
    &MENTION_LABELS,
    &EVENT,
    &VENUE,
    &CITATION,
    &URL,
    &FILE,
    &SOURCE_URL,
    &MEDIA_TYPE,
    &PAGES,
    &SHA256,
    &WORK,
    &SAME_TEXT,
    &ADDED,
    &CHANGED,
];

const PASSAGE_COLUMNS: &[&Column] = &[
    &DOCUMENT,
    &PASSAGE,
    &LABEL,
    &TEXT,
    &CITATION,
    &URL,
    &LANG,
    &KIND,
    &PAGE,
    &HEADINGS,
    &FOOTNOTE_OF,
    &THEMES,
    &THEME_LABELS,
    &COUNTRIES,
    &COUNTRY_LABELS,
    &MENTIONS,
    &MENTION_LABELS,
    &TITLE,
    &TYPE,
    &TYPE_LABEL,
    &DATE,
    &YEAR,
    &RCPS,
    &RCP_LABELS,
    &REGIONS,
    &REGION_LABELS,
    &FILE,
    &SOURCE_URL,
    &ADDED,
    &CHANGED,
];

macro_rules! columns {
    ($($column:ident $name:literal $description:literal $fill:expr;)*) => {$(
        const $column: Column = Column { name: $name, description: $description, fill: $fill };
    )*};
}
columns! {
    DOCUMENT "document" "Id of the document."
        |row, _| Cell::Text(row.document.document.id.to_string());
    TITLE "title" "Title of the document, or its file's name where none is known."
        |row, _| Cell::Text(row.document.document.display_title().to_owned());
    TYPE "type" "Type of the document, by id."
        |row, _| Cell::text(row.document.document.concepts("type").next());
    TYPE_LABEL "type_label" "Its type in words."
        |row, words| Cell::text(words.labels.concepts(&row.document.document, "type").into_iter().next().map(|of| of.label));
    DATE "date" "Date or range of dates of the document (ISO 8601), cut to what is known."
        |row, _| Cell::text(row.document.document.date.as_ref().map(|date| &date.value));
    YEAR "year" "Year the document is filed under."
        |row, _| Cell::number(row.document.document.year.as_ref().map(|year| year.value));
    LANGUAGES "languages" "Languages of its text, the most used first."
        |row, _| Cell::List(row.document.document.languages.iter().map(ToString::to_string).collect());
    RCPS "rcps" "Processes that the document belongs to, by id."
        |row, _| ids(&row.document.document.labels, "rcp");
    RCP_LABELS "rcp_labels" "The same in words."
        |row, words| in_words(&row.document.document.labels, "rcp", words);
    REGIONS "regions" "Regions of the document, by id."
        |row, _| ids(&row.document.document.labels, "region");
    REGION_LABELS "region_labels" "The same in words."
        |row, words| in_words(&row.document.document.labels, "region", words);
    THEMES "themes" "Themes by id; a passage's are its own."
        |row, _| ids(own_labels(row), "theme");
    THEME_LABELS "theme_labels" "The same in words."
        |row, words| in_words(own_labels(row), "theme", words);
    COUNTRIES "countries" "Countries named, by id; in a passage those that it names itself."
        |row, _| ids(own_labels(row), "country");
    COUNTRY_LABELS "country_labels" "The same in words."
        |row, words| in_words(own_labels(row), "country", words);
    MENTIONS "mentions" "Processes named, by id; in a passage those that it names itself."
        |row, _| ids(own_labels(row), "mentions");
    MENTION_LABELS "mention_labels" "The same in words."
        |row, words| in_words(own_labels(row), "mentions", words);
    EVENT "event" "Name of the meeting it comes from."
        |row, _| Cell::text(row.document.document.event.as_ref().map(|event| &event.value.name));
    VENUE "venue" "Where the meeting took place."
        |row, _| Cell::text(row.document.document.venue.as_ref().map(|venue| &venue.value));
    CITATION "citation" "How to cite the row."
        |row, _| Cell::Text(row.passage.as_ref().map_or(&row.document.citation, |passage| &passage.citation).clone());
    URL "url" "Permanent address of the row; relative to the server's where its public address is not known."
        |row, words| Cell::Text(url(row, words));
    FILE "file" "Path of the file in the corpus folder."
        |row, _| Cell::Text(row.document.document.source.file.clone());
    SOURCE_URL "source_url" "Public address of the original, where it is known."
        |row, _| Cell::text(row.document.document.source.url.as_ref());
    MEDIA_TYPE "media_type" "Media type of the file, found by content."
        |row, _| Cell::Text(row.document.document.source.media_type.clone());
    PAGES "pages" "Number of pages, where the format has pages."
        |row, _| Cell::number(row.document.document.source.pages);
    SHA256 "sha256" "SHA-256 of the file."
        |row, _| Cell::Text(row.document.document.source.sha256.clone());
    WORK "work" "Shared by the language versions of one work."
        |row, _| Cell::text(row.document.document.work.as_ref().map(|work| &work.value));
    SAME_TEXT "same_text" "Shared by documents with nearly the same text: the id of the first of them."
        |row, _| Cell::text(row.document.document.same_text.as_ref().map(|same| &same.value));
    ADDED "added" "First time the document was indexed (UTC)."
        |row, _| Cell::Text(row.document.document.added.to_string());
    CHANGED "changed" "Last time its text or facts changed (UTC)."
        |row, _| Cell::Text(row.document.document.changed.to_string());
    PASSAGE "passage" "Id of the passage in its document."
        |row, _| Cell::text(row.passage.as_ref().map(|of| &of.passage.id));
    LABEL "label" "What to call the passage."
        |row, _| Cell::text(row.passage.as_ref().map(|of| &of.label));
    TEXT "text" "The whole text of the passage."
        |row, _| Cell::text(row.passage.as_ref().map(|of| &of.passage.text));
    LANG "lang" "Language of the passage, `und` where it is not known."
        |row, _| Cell::text(row.passage.as_ref().map(|of| of.passage.language));
    KIND "kind" "Kind of passage: `paragraph`, `list-item`, `table-row`, `footnote`, `preambular` or `operative`."
        |row, _| Cell::text(row.passage.as_ref().map(|of| of.passage.kind.name()));
    PAGE "page" "Page the passage starts on, where the format has pages."
        |row, _| Cell::number(row.passage.as_ref().and_then(|of| of.passage.page));
    HEADINGS "headings" "Headings above the passage, outermost first."
        |row, _| Cell::List(row.passage.as_ref().map(|of| of.passage.heading_path.clone()).unwrap_or_default());
    FOOTNOTE_OF "footnote_of" "Of a footnote, the passage that refers to it."
        |row, _| Cell::text(row.passage.as_ref().and_then(|of| of.passage.footnote_of.as_ref()));
}

/// The labels of what a row is.
fn own_labels(row: &ExportRow) -> &[Label] {
    row.passage.as_ref().map_or(&row.document.document.labels, |of| &of.passage.labels)
}

fn ids(labels: &[Label], facet: &str) -> Cell {
    Cell::List(labels.iter().filter(|label| label.facet == facet).map(|label| label.concept.clone()).collect())
}

fn in_words(labels: &[Label], facet: &str, words: &Words<'_>) -> Cell {
    let of_facet = labels.iter().filter(|label| label.facet == facet);
    Cell::List(of_facet.map(|label| words.labels.concept(facet, &label.concept).label).collect())
}

fn url(row: &ExportRow, words: &Words<'_>) -> String {
    let document = format!("{}{}", words.site, document_url(&row.document.document.id));
    row.passage.as_ref().map_or(document.clone(), |of| format!("{document}#{}", of.passage.id))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_of_a_unit_has_a_name_of_its_own() {
        for unit in [Unit::Documents, Unit::Passages] {
            let names: BTreeSet<&str> = columns(unit).iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns(unit).len(), "{unit:?}");
            assert!(names.iter().all(|name| column(unit, name).is_some_and(|column| column.name == *name)));
        }
    }
}

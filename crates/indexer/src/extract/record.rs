//! A record of JSON Lines, or a JSON file that is one: a document as another program made it.
//!
//! `text` is read as a text file is; `paragraphs` are taken as they are. The title stands above both.

use serde::Deserialize;

use super::paragraphs::{Paragraph, Style, blocks};
use super::{Block, BlockKind, ExtractError, Extracted, MAX_BLOCKS, Properties, clean, text};

/// The content of a record; its other keys are metadata.
#[derive(Debug, Deserialize)]
struct Record {
    title: Option<String>,
    text: Option<String>,
    paragraphs: Option<Vec<RecordParagraph>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a paragraph is a string, or an object with text, number, heading and page")]
enum RecordParagraph {
    Text(String),
    Parts(Parts),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    text: String,
    /// Its printed number: `21`, `II.3`.
    number: Option<Number>,
    /// The heading above it.
    heading: Option<String>,
    /// Page it starts on, counted from 1.
    page: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Text(String),
    Value(u32),
}

/// Level of the headings that paragraphs name.
const HEADING: u8 = 2;

/// Reads a record.
pub(super) fn read(json: &str) -> Result<Extracted, ExtractError> {
    let refused = |why: &str| ExtractError::Record { why: why.to_owned() };
    let record: Record = serde_json::from_str(json).map_err(|error| refused(&error.to_string()))?;
    let (pages, mut blocks) = match (record.text, record.paragraphs) {
        (Some(text), None) if text.trim().is_empty() => return Err(ExtractError::Empty),
        (Some(text), None) => {
            let Extracted { pages, blocks, .. } = text::read(&text)?;
            (pages, blocks)
        }
        (None, Some(parts)) if parts.len() > MAX_BLOCKS => return Err(ExtractError::TooLong { limit: MAX_BLOCKS }),
        (None, Some(parts)) => (pages(&parts), blocks(paragraphs(parts))),
        (Some(_), Some(_)) => return Err(refused("it has both text and paragraphs; keep one")),
        (None, None) => return Err(refused("a record needs text or paragraphs")),
    };
    let title = record.title.map(|title| clean(&title)).filter(|title| !title.is_empty());
    if blocks.is_empty() {
        return Err(ExtractError::Empty);
    }
    if let Some(title) = &title {
        // The text may begin with it.
        if blocks.first().is_some_and(|block| block.text.to_lowercase() == title.to_lowercase()) {
            blocks.remove(0);
        }
        let kind = BlockKind::Heading(1);
        blocks.insert(0, Block { kind, text: title.clone(), page: None, marker: None, notes: Vec::new() });
    }
    let properties = Properties { title, ..Properties::default() };
    Ok(Extracted { media_type: "application/json".to_owned(), pages, properties, blocks })
}

fn pages(parts: &[RecordParagraph]) -> Option<u32> {
    let page = |part: &RecordParagraph| match part {
        RecordParagraph::Text(_) => None,
        RecordParagraph::Parts(parts) => parts.page,
    };
    parts.iter().filter_map(page).max()
}

fn paragraphs(parts: Vec<RecordParagraph>) -> Vec<Paragraph> {
    let mut paragraphs = Vec::with_capacity(parts.len());
    let mut above: Option<String> = None;
    for part in parts {
        let Parts { text, number, heading, page } = match part {
            RecordParagraph::Text(text) => Parts { text, number: None, heading: None, page: None },
            RecordParagraph::Parts(parts) => parts,
        };
        if let Some(heading) = heading.filter(|heading| above.as_ref() != Some(heading)) {
            let style = Style::Heading(HEADING);
            paragraphs.push(Paragraph { style, text: heading.clone(), page, ..Paragraph::default() });
            above = Some(heading);
        }
        let number = number.map(|number| match number {
            // Printed numbers end with punctuation.
            Number::Text(text) if text.ends_with(char::is_alphanumeric) => format!("{text}."),
            Number::Text(text) => text,
            Number::Value(value) => format!("{value}."),
        });
        paragraphs.push(Paragraph { text, number, page, ..Paragraph::default() });
    }
    paragraphs
}

//! Bytes to [`Extracted`]: blocks of clean text with their kind, page and printed number.
//!
//! What a file is, its content says, not its name (`format`). Each format has a reader: `pdf`, `office` (DOCX, ODT),
//! `rtf`, `doc` (legacy Word), `html`, `record` (a line of JSON Lines), `text` (plain text, Markdown). Readers
//! of formats with paragraphs give what the file says of each; `paragraphs` judges for all of them what it is. A
//! format that is not read is refused with its name, never indexed as empty.

mod clean;
mod contact;
mod doc;
mod draft;
mod encoding;
mod format;
mod heading;
mod html;
mod hyphen;
mod number;
mod office;
mod paragraphs;
mod pdf;
mod record;
mod rtf;
mod text;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use format::Format;

pub use clean::clean;
pub use contact::is_contact;
pub(crate) use contact::without_addresses;
pub(crate) use heading::heading_number;
pub use number::{Marker, MarkerStyle};

/// Most lines or paragraphs of a file: some 5,000 pages.
const MAX_BLOCKS: usize = 300_000;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Media type found by content: `application/pdf`, `application/msword`, `application/rtf`, those of DOCX and ODT,
    /// `text/html`, `text/plain`, `text/markdown`, `application/json` for a record.
    pub media_type: String,
    /// Number of pages, where the file has them: PDF, Word files that were laid out, texts with form feeds.
    pub pages: Option<u32>,
    /// What the file's own metadata says.
    pub properties: Properties,
    /// The text in reading order.
    pub blocks: Vec<Block>,
}

/// What a file says of itself (PDF info, Word and RTF properties, HTML and Markdown head, title of a record). Often left over from a template: inference
/// weighs it against the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Properties {
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Language tag, as written: `es-HN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Day on which it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Date>,
    /// Day on which it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// The program that wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
}

/// A piece of text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind of text it is.
    pub kind: BlockKind,
    /// Plain text in normal form C, on one line, without markup, artefacts and its printed number.
    pub text: String,
    /// Page it starts on, counted from 1, where the file has pages.
    pub page: Option<u32>,
    /// Printed number, where it has one.
    pub marker: Option<Marker>,
    /// Numbers of the footnotes it refers to, as printed.
    pub notes: Vec<String>,
}

/// What kind of text a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading with its level: 1 is the outermost.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A text with a bullet or a printed number; whether the number is that of a paragraph is decided later, over
    /// the whole document.
    ListItem,
    /// A row of a table, ` | ` between its cells.
    TableRow,
    /// A footnote or endnote.
    Footnote,
    /// Lines with names, telephone numbers, addresses.
    Contact,
}

/// A file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// No text in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than the settings allow.
    #[error("the file has more than {limit} bytes, the limit (extraction.max_file_bytes in index.toml)")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// More lines than a document has: each may become a passage, which takes a hundred times its memory.
    #[error("the file has more than {limit} lines or paragraphs; split it into its documents")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// It holds more, unpacked, than its size lets expect: a zip or entity bomb, or a damaged file.
    #[error("{what} of the file goes beyond the limit of {limit}; it is damaged or made to do harm")]
    Bomb {
        /// What goes beyond.
        what: &'static str,
        /// The limit, with its unit.
        limit: String,
    },
    /// It opens with a password only.
    #[error("encrypted")]
    Encrypted,
    /// Pages without a text layer.
    #[error("no text: scan")]
    Scan,
    /// A file of a known format that breaks its rules.
    #[error("the {format} file is damaged: {why}")]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A format that is known but not read.
    #[error("{format} is not supported; convert the file to PDF, DOCX, ODT, RTF, HTML or text")]
    Unsupported {
        /// Name of the format.
        format: &'static str,
    },
    /// A picture: it has no text.
    #[error("the file is a picture ({format}), not a text")]
    Picture {
        /// Name of the format.
        format: &'static str,
    },
    /// JSON that is no document.
    #[error("the JSON is no record of a document: {why}")]
    Record {
        /// What is wrong with it.
        why: String,
    },
    /// Bytes that are no text at all.
    #[error("the file is neither a document nor a text: byte {position} is a control character")]
    Binary {
        /// Position of the first control character, counted from 0.
        position: usize,
    },
}

/// Reads a file's bytes.
///
/// ```
/// use rcp_indexer::extract::{BlockKind, extract};
///
/// let extracted = extract("# Report\n\n21. The private sector\nwas **consulted**.¹\n".as_bytes(), 1_000)?;
/// assert_eq!(extracted.blocks[0].kind, BlockKind::Heading(1));
/// assert_eq!(extracted.blocks[1].text, "The private sector was consulted.");
/// assert_eq!(extracted.blocks[1].marker.as_ref().map(|marker| marker.number.as_str()), Some("21"));
/// # Ok::<(), rcp_indexer::extract::ExtractError>(())
/// ```
///
/// # Errors
/// [`ExtractError`] says what the bytes are and what to do about it. Text of more than `limit` bytes, or of more lines
/// than any document has, is refused before anything is read.
pub fn extract(bytes: &[u8], limit: u64) -> Result<Extracted, ExtractError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(ExtractError::TooLarge { limit });
    }
    let extracted = match Format::of(bytes)? {
        Format::Pdf => pdf::read(bytes)?,
        Format::Zip => office::read(bytes)?,
        Format::Ole => doc::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Html => html::read(&encoding::decode(bytes, encoding::declared(bytes))?)?,
        Format::Json => record::read(&encoding::decode(bytes, None)?)?,
        Format::Text => text::read(&encoding::decode(bytes, None)?)?,
    };
    if extracted.blocks.is_empty() {
        return Err(ExtractError::Empty);
    }
    Ok(extracted)
}

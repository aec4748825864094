//! Bytes to [`Extracted`]: blocks of clean text with their kind, page and printed number.
//!
//! Plain text and Markdown are read here. What a file is, its content says, not its name; a format that is not read
//! yet is refused with its name, never indexed as empty.

mod blocks;
mod clean;
mod contact;
mod detect;
mod heading;
mod lines;
mod number;
mod table;

use serde::{Deserialize, Serialize};

pub use clean::clean;
pub use contact::is_contact;
pub use number::{Marker, MarkerStyle};

/// Name and version of this extractor. A change of the version extracts every file again.
pub const EXTRACTOR: &str = "rcp-text/1";

/// Most lines of a file: some 5,000 pages.
const MAX_LINES: usize = 300_000;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Media type found by content: `text/plain` or `text/markdown`.
    pub media_type: String,
    /// Number of pages, where the file has page breaks (form feeds).
    pub pages: Option<u32>,
    /// The text in reading order.
    pub blocks: Vec<Block>,
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
    #[error("the file has more than {limit} lines; split it into its documents")]
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// A format that is known but not read.
    #[error("{format} is not supported yet; convert the file to UTF-8 text or Markdown")]
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
    /// Bytes that are no UTF-8 text.
    #[error("byte {position} is not valid UTF-8; save the text as UTF-8 (other encodings are not supported yet)")]
    NotUtf8 {
        /// Position of the first wrong byte, counted from 0.
        position: usize,
    },
    /// Bytes that are no text at all.
    #[error("the file holds a zero byte at position {position}: it is not a text")]
    Binary {
        /// Position of the first zero byte, counted from 0.
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
    let text = detect::decode(bytes)?;
    if lines::count_ends(text) > MAX_LINES {
        return Err(ExtractError::TooManyLines { limit: MAX_LINES });
    }
    let media_type = detect::text_media_type(text);
    let (lines, pages) = lines::lines(text);
    let blocks = blocks::blocks(&lines);
    if blocks.is_empty() {
        return Err(ExtractError::Empty);
    }
    Ok(Extracted { media_type: media_type.to_owned(), pages, blocks })
}

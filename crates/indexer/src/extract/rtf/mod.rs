//! RTF files: groups and control words, read without recursion in one pass.

mod destinations;
mod encodings;
mod reader;
mod story;
mod tokens;

use super::paragraphs::blocks;
use super::{ExtractError, Extracted};
use reader::Reader;
use tokens::Tokens;

/// Reads an RTF file.
pub(super) fn read(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let mut reader = Reader::new();
    for token in Tokens::new(bytes) {
        reader.read(token)?;
    }
    let (paragraphs, properties) = reader.finish();
    Ok(Extracted { media_type: "application/rtf".to_owned(), pages: None, properties, blocks: blocks(paragraphs) })
}

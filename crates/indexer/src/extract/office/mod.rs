//! Office containers (ZIP archives): DOCX and ODT, told apart by what is in them.

use super::{ExtractError, Extracted};

/// Reads a file of this format.
pub(super) fn read(_bytes: &[u8]) -> Result<Extracted, ExtractError> {
    Err(ExtractError::Unsupported { format: "a ZIP container" })
}

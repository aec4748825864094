//! Legacy Word files (DOC).

use super::{ExtractError, Extracted};

/// Reads a file of this format.
pub(super) fn read(_bytes: &[u8]) -> Result<Extracted, ExtractError> {
    Err(ExtractError::Unsupported { format: "legacy Word (DOC)" })
}

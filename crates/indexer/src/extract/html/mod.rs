//! HTML pages: the main text, without menus, banners and other boilerplate.

use super::{ExtractError, Extracted};

/// Reads a file of this format.
pub(super) fn read(_bytes: &[u8]) -> Result<Extracted, ExtractError> {
    Err(ExtractError::Unsupported { format: "HTML" })
}

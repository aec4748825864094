//! API keys: who may see which restricted collections.
//!
//! A key is a text, `rcp_ID_SECRET`, that is shown once, when it is made ([`KeyText`]). A file keeps what each key
//! grants, and of the key only its SHA-256 ([`KeysFile`]). The secret is 256 random bits: nobody can try them out, so the
//! hash need not be slow, as that of a password must. The id is no secret: it finds the entry, and stands in logs.
//!
//! A server follows the file (`held`): what is revoked is refused within a second. A file that cannot be read
//! grants nothing, until it can be read again.

mod error;
mod file;
mod held;
mod key;
#[cfg(test)]
mod tests;
mod text;

pub use error::KeysError;
pub use file::KeysFile;
pub(crate) use held::{HeldKeys, Refusal, follow};
pub use key::Key;
pub use text::KeyText;

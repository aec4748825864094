//! The bare engine, to compare with: tantivy's own writer, queries and collectors over the same token strings.

mod query;
mod search;
mod tokenizer;
mod write;

pub use query::query;
pub use search::BareIndex;
pub use write::{BareRows, Schemas, write_plain, write_rows};

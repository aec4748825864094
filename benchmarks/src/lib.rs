//! What indexing and searching cost, beside the engine alone.
//!
//! - [`corpus`]: synthetic corpora with the statistics of natural ones;
//! - [`queries`]: queries of every shape, drawn from an index;
//! - [`records`]: a corpus in memory, ready to be built;
//! - [`process`]: the real binary as a black box;
//! - [`bare`]: the same by tantivy alone;
//! - [`mod@table`]: everything measured, beside each other; [`measure`] and [`report`] put it into numbers and words.

pub mod bare;
pub mod corpus;
pub mod measure;
pub mod process;
pub mod queries;
pub mod records;
pub mod report;
pub mod table;

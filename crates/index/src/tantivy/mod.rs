//! The tantivy engine: one collection's documents, passages and vocabulary in a folder.
//!
//! The only module that knows tantivy. tantivy stores postings, positions, columns and documents; matching, scoring,
//! filtering, counting and ordering are ours, so that another engine can be held to the same answers:
//!
//! - [`mod@write`]: records to a folder, one segment per unit;
//! - [`directory`]: folders of files, to be read or to be written;
//! - [`collection`]: a folder opened read-only, its columns at hand;
//! - [`group`]: a token or phrase of a synonym group as a cursor over records;
//! - [`words`]: the union of leaves: match, covered words and score in one pass;
//! - [`clause`], [`filter`]: the boolean tree, and conditions that do not score;
//! - [`meter`]: the work of an answer, counted against its budget;
//! - [`bm25`]: the formula, with statistics summed over a scope;
//! - [`count`], [`cross`], [`order`], [`select`]: facets, cross-tabs, order, and the pass over the matches that feeds both;
//! - [`mod@scan`]: every match in corpus order, one at a time;
//! - [`evidence`]: best passages of a document;
//! - [`explain`]: what leaves score on given records;
//! - [`backend`]: [`crate::backend::IndexBackend`] over the collections of a scope;
//! - [`mod@walk`]: everything in a collection compared with everything else in it, for `rcp-search check`.

mod backend;
mod bm25;
mod clause;
mod collection;
mod count;
mod cross;
mod directory;
mod evidence;
mod explain;
mod filter;
mod group;
mod meter;
mod order;
mod scan;
mod schema;
mod select;
mod walk;
mod words;
mod write;

pub(crate) use collection::CollectionIndex;
pub(crate) use walk::walk;
pub(crate) use write::CollectionWriter;

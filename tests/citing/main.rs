//! Citations over a real index: every format read by parsers that are not ours, and every reference that is given out
//! resolved again.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where it stopped")]

mod corpus;
mod directory;
mod foreign;
mod formats;
mod moved;
mod originals;
mod pages;
mod resolving;

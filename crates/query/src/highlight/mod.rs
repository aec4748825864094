//! Highlighting: which words of a passage match, and which part of a long passage to show.
//!
//! ```text
//! leaves of the plan --Highlighter::new--> Highlighter
//! passage text --corpus::analysis--> tokens --Highlighter::mark--> marks --segments--> segments
//! ```
//!
//! The engine is not asked: a token is marked if it is a member of a scoring leaf, a phrase only where all of it
//! stands. So a stop word of the query is not marked, and every mark can be justified.

mod matcher;
mod segment;
mod sentence;
mod window;

use std::ops::Range;

pub use matcher::Highlighter;
pub use segment::segments;

/// Length above which a passage is shown in part, in characters.
pub const MAX_SHOWN_CHARS: usize = 600;

/// Stands for left-out text in a segment of its own that is not marked.
pub const ELISION: &str = "…";

/// A marked part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// Bits of the typed words it stands for (see [`rcp_index::plan::Leaf::words`]).
    pub words: u64,
}

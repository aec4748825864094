//! Highlighting: which words of a passage match, and which part of a long passage to show.
//!
//! ```text
//! groups of the query --Query::highlighter--> Highlighter
//! passage text --corpus::analysis--> tokens --Highlighter::mark--> marks --segments--> segments
//! ```
//!
//! The engine is not asked: a token is marked if it is a member of a group that scores, a phrase only where all of it
//! stands. So a stop word of the query is not marked, nor what a NOT excludes, and every mark can be justified. What is
//! found by an expansion alone is told from what was typed, word by word.

mod marker;
mod matcher;
mod merge;
mod segment;
mod sentence;
mod window;

use std::ops::Range;

pub use marker::Marker;
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
    /// Whether it is found by expansions alone.
    pub expanded: bool,
}

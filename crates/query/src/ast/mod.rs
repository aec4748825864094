//! The query language: [`parse`] turns query text into an [`Ast`] and warnings. It never fails.
//!
//! | written | means |
//! |---|---|
//! | `labour migration` | a [`Kind::Sequence`]: how many of its items must match is the request's `match` |
//! | `"private sector"` | the exact words in this order; every double quote mark is one: `“ ” „ « » ＂` |
//! | `"return reintegration"~5` | in this order, with at most five words between them in all |
//! | `-asylum`, `-"best practice"`, `-(a b)`, `NOT asylum` | must not match |
//! | `a AND b`, `a OR b` | both, either; operators are upper case |
//! | `(a OR b) c` | grouping |
//! | `migrat*` | words that begin so |
//! | `gaborone~1`, `gaborone~2` | words at most one or two typing errors away; `gaborone~` is `~1` |
//! | `title:health`, `country:"El Salvador"`, `rcp:(rcm OR sacm)` | in this field |
//! | `year:2009`, `year:2009..2013`, `year:2009..`, `year:..2013` | in these years; `2009-2013` is read too |
//!
//! Juxtaposition binds tightest, then AND, then OR, so that alternatives of several words need no parentheses:
//!
//! ```
//! use rcp_query::ast::{explicit, parse};
//!
//! let read = |text| parse(text, &["rcp"]).0.root.map(|root| explicit(&root));
//! assert_eq!(read("migrant workers OR labour migration").as_deref(), Some("((migrant workers) OR (labour migration))"));
//! assert_eq!(read("a b AND c OR d").as_deref(), Some("(((a b) AND c) OR d)"));
//! assert_eq!(read("a -b (c OR d)").as_deref(), Some("(a -b (c OR d))"));
//! ```
//!
//! A minus is an operator only at the start of a word (`inter-State` is one word, ` - ` a dash). Words stay as
//! typed: analysis splits, folds and stems them later, and may find several tokens in one (`inter-State`, `l'école`,
//! `RCM/SACM`). Text is given in normal form C.
//!
//! The tree is small whatever the text: at most [`MAX_WORDS`] words, nested at most [`MAX_DEPTH`] deep. So code that
//! walks it may recurse; the parser itself does not.

mod evidence;
mod group;
mod leaf;
mod lexer;
mod parser;
mod print;

use std::ops::Range;

pub use parser::parse;
pub use print::explicit;

/// Most words in a query, counted as the analysis counts them; the rest is cut (`too_many_words`).
pub const MAX_WORDS: usize = 64;

/// Deepest nesting of parentheses; deeper ones are ignored, not their content (`too_deep`).
pub const MAX_DEPTH: usize = 20;

/// Largest slop of a phrase (`slop_too_large`).
pub const MAX_SLOP: u32 = 50;

/// Most typing errors of a fuzzy word (`distance_too_large`).
pub const MAX_DISTANCE: u8 = 2;

/// Most warnings given on one query.
pub const MAX_WARNINGS: usize = 20;

/// Name of the field whose values are years.
pub const YEAR_FIELD: &str = "year";

/// A query text, understood. Printed by `Display` in the query language; parsed again, it is the same tree.
///
/// ```
/// use rcp_query::ast::parse;
///
/// let (ast, warnings) = parse("«private  sector» AND (migra* OR", &[]);
/// assert_eq!(ast.to_string(), "\"private sector\" AND migra*");
/// let codes: Vec<&str> = warnings.iter().map(|warning| warning.code).collect();
/// assert_eq!(codes, ["unclosed_parenthesis", "dangling_operator"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ast {
    /// The tree; `None` when the text holds nothing to look for.
    pub root: Option<Node>,
}

/// A node of the tree with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Byte range in the query text, on character borders. Parentheses around a group are outside of it.
    pub span: Range<usize>,
}

/// What a node of the tree is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A word as typed, without the punctuation around it. The analysis finds at least one token in it.
    Word(String),
    /// Words in this order.
    Phrase {
        /// The words as typed, one space between, no quote marks.
        text: String,
        /// Extra positions allowed between the words in all.
        slop: u32,
    },
    /// The beginning of a word: at least two letters or digits.
    Prefix(String),
    /// A word with typing errors.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// Errors allowed: 1 or 2.
        distance: u8,
    },
    /// Years, both ends included; at least one is given. Stands only in the field [`YEAR_FIELD`].
    Years {
        /// First year.
        from: Option<i16>,
        /// Last year.
        to: Option<i16>,
    },
    /// A tree to be looked for in one field. Holds no other field.
    Field {
        /// One of the known names, as the caller writes it.
        name: String,
        /// What to look for.
        value: Box<Node>,
    },
    /// Items side by side, at least two: the `match` of the request decides how many must match.
    Sequence(Vec<Node>),
    /// All of at least two.
    And(Vec<Node>),
    /// One of at least two.
    Or(Vec<Node>),
    /// Must not match. Never holds another `Not`.
    Not(Box<Node>),
}

#[cfg(test)]
mod tests;

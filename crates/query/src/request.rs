//! [`SearchRequest`]: what a caller asks for, free of HTTP.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rcp_corpus::model::{DocumentId, Language};

pub use rcp_index::plan::{Sort, Unit};

/// A search for documents or passages.
///
/// ```
/// use rcp_query::request::{SearchRequest, Unit};
///
/// let mut request = SearchRequest::new(Unit::Documents, "sovereignty");
/// request.filters.entry("rcp".to_owned()).or_default().include.push("rcm".to_owned());
/// assert_eq!(request.limit, 10);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// Documents or passages.
    pub unit: Unit,
    /// Query text; empty asks for everything that the filters let through.
    pub query: String,
    /// How many of the words must match.
    pub match_mode: MatchMode,
    /// Whether names of concepts also find their equivalents in other wordings and languages.
    pub expand: bool,
    /// Expansions that are not wanted, by [`crate::response::Expansion::term`], at most
    /// [`SearchRequest::MAX_EXPAND_EXCLUDE`]. Letter case and accents do not matter.
    pub expand_exclude: Vec<String>,
    /// Whether words that the scope holds nowhere are read as the nearest ones that it holds.
    pub correct: bool,
    /// Selections by facet.
    pub filters: BTreeMap<String, Selection>,
    /// Further conditions, all of which must hold. Counts of a facet ignore what is selected of it in `filters`; they
    /// never ignore these.
    pub conditions: Vec<Condition>,
    /// Only these documents, or passages of them; empty: all. At most [`SearchRequest::MAX_DOCUMENTS`].
    pub documents: Vec<DocumentId>,
    /// First year, included.
    pub year_from: Option<i16>,
    /// Last year, included.
    pub year_to: Option<i16>,
    /// First day, included.
    pub date_from: Option<Date>,
    /// Last day, included.
    pub date_to: Option<Date>,
    /// Added at this time or later.
    pub added_since: Option<Timestamp>,
    /// Order of the hits.
    pub sort: Sort,
    /// Hits to return, at most [`SearchRequest::MAX_LIMIT`].
    pub limit: usize,
    /// Hits to skip, at most [`SearchRequest::MAX_OFFSET`].
    pub offset: usize,
    /// Goes on behind the last hit of an earlier answer: its `next_cursor`.
    pub cursor: Option<String>,
    /// Facets to count; empty counts none.
    pub facets: Vec<String>,
    /// Values of a facet at each level of its hierarchy, at most [`SearchRequest::MAX_FACET_LIMIT`].
    pub facet_limit: usize,
    /// Evidence passages a document, at most [`SearchRequest::MAX_PASSAGES`].
    pub passages: usize,
    /// Whether each hit tells how its score is made up.
    pub explain: bool,
    /// Language of the labels in the answer.
    pub ui: Language,
}

/// What is selected in one facet. Included values are joined by OR; excluded ones must not be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Concept ids (or years, language codes, event ids); `none` stands for documents without a value.
    pub include: Vec<String>,
    /// The same, to be left out.
    pub exclude: Vec<String>,
}

/// A condition on documents or passages that does not score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A facet has a value, or a narrower one; `none` stands for having no value.
    Value {
        /// Name of the facet.
        facet: String,
        /// Concept id (or year, language code, event id).
        value: String,
    },
    /// The year lies in the range, both ends included.
    Years {
        /// First year.
        from: Option<i16>,
        /// Last year.
        to: Option<i16>,
    },
    /// The condition does not hold.
    Not(Box<Condition>),
    /// At least one of the conditions holds.
    Any(Vec<Condition>),
}

/// How many of the typed words a match must cover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MatchMode {
    /// Of one or two words all, of three or four at least half, of five or more one.
    #[default]
    Most,
    /// All words.
    All,
    /// One word.
    Any,
}

impl SearchRequest {
    /// Most hits an answer can hold.
    pub const MAX_LIMIT: u16 = 100;
    /// Largest offset; use a cursor to go further.
    pub const MAX_OFFSET: u16 = 1_000;
    /// Most evidence passages a document.
    pub const MAX_PASSAGES: u16 = 10;
    /// Most expansions that a request leaves out.
    pub const MAX_EXPAND_EXCLUDE: usize = 20;
    /// Most documents that a request names.
    pub const MAX_DOCUMENTS: usize = 100;
    /// Most values an answer gives of one facet.
    pub const MAX_FACET_LIMIT: u16 = 1_000;

    /// A request with the defaults of the API: ten hits, three passages each, no facets, labels in English.
    #[must_use]
    pub fn new(unit: Unit, query: &str) -> SearchRequest {
        SearchRequest {
            unit,
            query: query.to_owned(),
            match_mode: MatchMode::default(),
            expand: true,
            expand_exclude: Vec::new(),
            correct: true,
            filters: BTreeMap::new(),
            conditions: Vec::new(),
            documents: Vec::new(),
            year_from: None,
            year_to: None,
            date_from: None,
            date_to: None,
            added_since: None,
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            cursor: None,
            facets: Vec::new(),
            facet_limit: 20,
            passages: 3,
            explain: false,
            ui: Language::En,
        }
    }
}

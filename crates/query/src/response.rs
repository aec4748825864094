//! What a search answers, free of HTTP: the server turns it into the shapes of the API.

use std::collections::BTreeMap;

use rcp_corpus::model::{Document, Language, Passage};
pub use rcp_index::backend::{Coverage, Unsearchable};

/// Answer to a [`crate::request::SearchRequest`].
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResponse {
    /// All matches.
    pub total: u64,
    /// Those among them that cover every typed word.
    pub total_all_words: u64,
    /// Different documents among the matches.
    pub total_documents: u64,
    /// Whether the work that a request may cause ended before all was seen: totals and counts are then of what was.
    pub partial: bool,
    /// Identifies content and settings of the scope.
    pub index_version: String,
    /// Goes on behind the last hit; `None` at the end.
    pub next_cursor: Option<String>,
    /// What was understood.
    pub interpretation: Interpretation,
    /// The query for the passages that [`DocumentHit::passages_total`] counts, to be asked with
    /// [`crate::request::MatchMode::Any`] of the document and without filters. It leaves out fields
    /// and what must not match, and joins by OR what the query joins by AND. Empty where no text is looked for.
    pub evidence_query: String,
    /// What is searchable in the scope.
    pub coverage: Coverage,
    /// The hits.
    pub hits: Hits,
    /// Facets in the order asked for.
    pub facets: Vec<Facet>,
}

/// Hits of one unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Hits {
    /// Documents with evidence passages.
    Documents(Vec<DocumentHit>),
    /// Passages.
    Passages(Vec<PassageHit>),
}

/// How the score of a hit is made up: the parts add up to it, but for rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreExplanation {
    /// The parts, in the order in which they are added.
    pub parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub enum ScorePart {
    /// First stage: a word in a field, `boost × idf(df, records) × tf / (tf + k1 × (1 − b + b × length / mean length))`.
    Word(WordPart),
    /// Second stage: the document's best passage.
    Passage {
        /// What it adds.
        score: f32,
    },
    /// Second stage: neighbouring words of the query that stand close together.
    Proximity {
        /// What it adds.
        score: f32,
    },
    /// Second stage: how recent the document is.
    Recency {
        /// What it adds.
        score: f32,
    },
    /// Second stage: the type of the document.
    Type {
        /// What it adds.
        score: f32,
    },
}

/// A word, or a group of words that count as one, in a field of a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct WordPart {
    /// Name of the field: `title_stem`.
    pub field: &'static str,
    /// The tokens and phrases that count as one word; the first few where there are many.
    pub terms: Vec<String>,
    /// Terms that are not shown.
    pub more_terms: usize,
    /// How often they stand in the field, each occurrence with its weight.
    pub frequency: f32,
    /// Documents or passages that have one of them.
    pub df: u64,
    /// Documents or passages that have the field.
    pub records: u64,
    /// Words of the field, as the index keeps its length.
    pub length: u32,
    /// Mean length of the field.
    pub mean_length: f32,
    /// Weight of the field, times how often the word was typed.
    pub boost: f32,
    /// What it adds.
    pub score: f32,
}

impl ScorePart {
    /// What the part adds to the score.
    #[must_use]
    pub fn score(&self) -> f32 {
        match self {
            ScorePart::Word(word) => word.score,
            ScorePart::Passage { score }
            | ScorePart::Proximity { score }
            | ScorePart::Recency { score }
            | ScorePart::Type { score } => *score,
        }
    }
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentHit {
    /// The document.
    pub document: Document,
    /// Its title, or its file's name, cut into marked and unmarked segments.
    pub title: Vec<Segment>,
    /// Its score.
    pub score: f32,
    /// How to cite it, as text.
    pub citation: String,
    /// Its best passages; for a match in title, headings or facts alone, the passage that shows it best.
    pub passages: Vec<EvidencePassage>,
    /// Passages of it whose own text matches.
    pub passages_total: u64,
    /// How its score is made up, where the request asks for it.
    pub explanation: Option<ScoreExplanation>,
}

/// A passage that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageHit {
    /// The document it belongs to.
    pub document: Document,
    /// Its title, or its file's name, cut into marked and unmarked segments.
    pub title: Vec<Segment>,
    /// The passage with its marked text.
    pub passage: EvidencePassage,
    /// Its score.
    pub score: f32,
    /// How its score is made up, where the request asks for it.
    pub explanation: Option<ScoreExplanation>,
}

/// A passage as evidence: its text cut into marked and unmarked segments.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidencePassage {
    /// The passage.
    pub passage: Passage,
    /// What to call it: `para. 21`, or the passage's heading where it has no number.
    pub label: String,
    /// Its text, or the sentences around the matches of a long one. Joined, they are plain text.
    pub segments: Vec<Segment>,
    /// How to cite it, as text.
    pub citation: String,
}

/// A piece of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Plain text, not escaped.
    pub text: String,
    /// Whether it matches the query.
    pub matched: bool,
    /// Whether it matches only by an [`Expansion`].
    pub expanded: bool,
}

/// What was made of the query text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interpretation {
    /// The query as understood, printed in the query language.
    pub query: String,
    /// Set when nothing matched and fewer words were asked for.
    pub relaxed: Option<Relaxation>,
    /// Words that the scope holds nowhere, and what was looked for instead, in the order of the query text.
    pub corrections: Vec<Correction>,
    /// Other names of what was typed that were looked for too, at most [`Interpretation::MAX_EXPANSIONS`].
    pub expansions: Vec<Expansion>,
    /// Filters that the typed words may mean; none of them is applied.
    pub suggested_filters: Vec<SuggestedFilter>,
    /// What was not understood or was cut, in the order of its place in the query text.
    pub warnings: Vec<Warning>,
}

impl Interpretation {
    /// Most expansions of a query.
    pub const MAX_EXPANSIONS: usize = 20;
}

/// A word that the scope holds nowhere, read as the nearest ones that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed.
    pub from: String,
    /// The words looked for instead, the most likely first. Never empty.
    pub to: Vec<String>,
    /// Byte range in the query text.
    pub span: std::ops::Range<usize>,
}

/// Another name of a concept that the query names, looked for at a lower weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// The typed words that name the concept.
    pub from: String,
    /// The name looked for beside them; also what leaves it out again ([`crate::request::SearchRequest::expand_exclude`]).
    pub term: String,
    /// Language of the name; undetermined for abbreviations and proper names that belong to none.
    pub language: Language,
    /// Scheme of the concept.
    pub scheme: String,
    /// Id of the concept in its scheme.
    pub concept: String,
    /// Weight of an occurrence, above 0 and at most 1.
    pub weight: f32,
    /// Documents that the answer has through this name alone.
    pub documents: u64,
    /// Byte range of the typed words in the query text.
    pub span: std::ops::Range<usize>,
}

/// A filter that typed words may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedFilter {
    /// Name of the facet.
    pub facet: String,
    /// Value to select.
    pub value: String,
    /// Its label in the language of the request.
    pub label: String,
    /// The typed words.
    pub from: String,
    /// Byte range of the typed words in the query text.
    pub span: std::ops::Range<usize>,
}

/// The query was answered with fewer words than `match` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relaxation {
    /// Words of the query.
    pub words: u32,
    /// Words that every hit has at least.
    pub required: u32,
}

/// Something in the query text that was not taken as the user may have meant it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable code: `unclosed_quote`, `unknown_value`, `too_many_words` …
    pub code: &'static str,
    /// What happened, in words for the user.
    pub message: String,
    /// Byte range in the query text.
    pub span: std::ops::Range<usize>,
}

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// Name of the facet.
    pub name: String,
    /// Values by falling count, then id (years: the latest first); selected ones are always among them. For schemes
    /// with a hierarchy the roots, their narrower concepts below them.
    pub values: Vec<FacetValue>,
    /// Values that have a count, before `facet_limit`.
    pub total_values: usize,
    /// Whether `facet_limit` cut the list.
    pub truncated: bool,
    /// Matches without a value.
    pub missing: u64,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetValue {
    /// Concept id, year, language code or event id.
    pub value: String,
    /// Label in the language of the request.
    pub label: String,
    /// Every way from a root of the scheme to the value.
    pub paths: Vec<Vec<String>>,
    /// Matches that have it, ignoring what is selected in this facet.
    pub count: u64,
    /// Total of the answer if the value joined the selection.
    pub count_if_added: u64,
    /// Whether the request selects it.
    pub selected: bool,
    /// Narrower concepts with a count.
    pub children: Vec<FacetValue>,
}

/// A document as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentView {
    /// The document.
    pub document: Document,
    /// How to cite it, as text.
    pub citation: String,
}

/// The passages of one document, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PassagesView {
    /// The document.
    pub document: DocumentView,
    /// Its passages, unmarked (one segment each).
    pub passages: Vec<EvidencePassage>,
}

/// A scheme with counts, as a directory.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemeView {
    /// Id of the scheme.
    pub scheme: String,
    /// Documents by facet that the scheme feeds, then by concept id; ancestors are counted too.
    pub counts: BTreeMap<String, BTreeMap<String, u64>>,
}

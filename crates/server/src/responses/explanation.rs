//! [`ScoreExplanation`]: how the score of a hit is made up.

use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

/// How the score of a hit is made up: the parts add up to it, but for rounding.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct ScoreExplanation {
    /// The parts, in the order in which they are added.
    pub(crate) parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct ScorePart {
    /// First stage: `word`, a word in a field. Second stage, for the first 100 hits: `passage`, the document's best
    /// passage; `proximity`, words of the query that stand close together; `recency` and `type` of the document.
    #[schema(example = "word")]
    pub(crate) part: &'static str,
    /// What it adds.
    #[schema(example = 1.75)]
    pub(crate) score: f32,
    /// Of a word, what its score is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub(crate) word: Option<WordPart>,
}

/// A word, or a group of words that count as one, in a field of a hit. It adds
/// `boost × ln(1 + (records − df + 0.5) / (df + 0.5)) × frequency / (frequency + k1 × (1 − b + b × length / mean_length))`; of facts, b is 0.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct WordPart {
    /// The field: `body`, `title`, `headings` or `facts`, by `stem` or as written (`exact`).
    #[schema(example = "body_stem")]
    pub(crate) field: &'static str,
    /// The terms that count as one word; the first few where there are many.
    #[schema(example = json!(["labour"]))]
    pub(crate) terms: Vec<String>,
    /// Terms that are not shown.
    #[schema(minimum = 0, example = 0)]
    pub(crate) more_terms: usize,
    /// How often they stand in the field, each occurrence with its weight.
    #[schema(minimum = 0, example = 3)]
    pub(crate) frequency: f32,
    /// Documents or passages that have one of them.
    #[schema(minimum = 0, example = 2)]
    pub(crate) df: u64,
    /// Documents or passages that have the field.
    #[schema(minimum = 0, example = 5)]
    pub(crate) records: u64,
    /// Words of the field, as the index keeps its length.
    #[schema(minimum = 0, example = 1200)]
    pub(crate) length: u32,
    /// Mean length of the field.
    #[schema(minimum = 0, example = 1534.5)]
    pub(crate) mean_length: f32,
    /// Weight of the field, times how often the word was typed.
    #[schema(minimum = 0, example = 1)]
    pub(crate) boost: f32,
}

impl From<domain::ScoreExplanation> for ScoreExplanation {
    fn from(explanation: domain::ScoreExplanation) -> ScoreExplanation {
        ScoreExplanation { parts: explanation.parts.into_iter().map(ScorePart::from).collect() }
    }
}

impl From<domain::ScorePart> for ScorePart {
    fn from(part: domain::ScorePart) -> ScorePart {
        let score = part.score();
        let (part, word) = match part {
            domain::ScorePart::Word(word) => ("word", Some(word.into())),
            domain::ScorePart::Passage { .. } => ("passage", None),
            domain::ScorePart::Proximity { .. } => ("proximity", None),
            domain::ScorePart::Recency { .. } => ("recency", None),
            domain::ScorePart::Type { .. } => ("type", None),
        };
        ScorePart { part, score, word }
    }
}

impl From<domain::WordPart> for WordPart {
    fn from(word: domain::WordPart) -> WordPart {
        let domain::WordPart { field, terms, more_terms, frequency, df, records, length, mean_length, boost, .. } =
            word;
        WordPart { field, terms, more_terms, frequency, df, records, length, mean_length, boost }
    }
}

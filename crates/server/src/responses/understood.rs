//! What was read into the words of a query: [`Correction`], [`Expansion`], [`SuggestedFilter`].

use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

/// A word that no document holds, read as the nearest ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Correction {
    /// The word as typed.
    #[schema(example = "smugling")]
    pub(crate) from: String,
    /// The words looked for instead, the most likely first.
    #[schema(example = json!(["smuggling"]))]
    pub(crate) to: Vec<String>,
    /// Where it begins in the query text, in bytes of UTF-8.
    #[schema(minimum = 0, example = 0)]
    pub(crate) start: usize,
    /// Where it ends.
    #[schema(minimum = 0, example = 8)]
    pub(crate) end: usize,
}

/// Another name of a concept that the query names, looked for too.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Expansion {
    /// The typed words.
    #[schema(example = "trata de personas")]
    pub(crate) from: String,
    /// The name looked for beside them; given as `expand_exclude`, it is left out.
    #[schema(example = "human trafficking")]
    pub(crate) term: String,
    /// Language of the name, `und` for abbreviations and names that belong to none.
    #[schema(example = "en")]
    pub(crate) lang: &'static str,
    /// Scheme of the concept.
    #[schema(example = "theme")]
    pub(crate) scheme: String,
    /// The concept.
    #[schema(example = "trafficking-smuggling.trafficking")]
    pub(crate) concept: String,
    /// How much an occurrence counts, beside 1 for the typed words.
    #[schema(minimum = 0, maximum = 1, example = 0.5)]
    pub(crate) weight: f32,
    /// Documents that the answer has through this name alone.
    #[schema(minimum = 0, example = 2)]
    pub(crate) documents: u64,
    /// Where the typed words begin in the query text, in bytes of UTF-8.
    #[schema(minimum = 0, example = 0)]
    pub(crate) start: usize,
    /// Where they end.
    #[schema(minimum = 0, example = 17)]
    pub(crate) end: usize,
}

/// A filter that typed words may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SuggestedFilter {
    /// Parameter to give.
    #[schema(example = "rcp")]
    pub(crate) facet: String,
    /// Value to give.
    #[schema(example = "rcm")]
    pub(crate) value: String,
    /// Its label.
    #[schema(example = "Regional Conference on Migration (RCM)")]
    pub(crate) label: String,
    /// The typed words.
    #[schema(example = "RCM")]
    pub(crate) from: String,
    /// Where they begin in the query text, in bytes of UTF-8.
    #[schema(minimum = 0, example = 0)]
    pub(crate) start: usize,
    /// Where they end.
    #[schema(minimum = 0, example = 3)]
    pub(crate) end: usize,
}

impl From<domain::Correction> for Correction {
    fn from(correction: domain::Correction) -> Correction {
        let domain::Correction { from, to, span } = correction;
        Correction { from, to, start: span.start, end: span.end }
    }
}

impl From<domain::Expansion> for Expansion {
    fn from(expansion: domain::Expansion) -> Expansion {
        let domain::Expansion { from, term, language, scheme, concept, weight, documents, span } = expansion;
        let lang = language.code();
        Expansion { from, term, lang, scheme, concept, weight, documents, start: span.start, end: span.end }
    }
}

impl From<domain::SuggestedFilter> for SuggestedFilter {
    fn from(filter: domain::SuggestedFilter) -> SuggestedFilter {
        let domain::SuggestedFilter { facet, value, label, from, span } = filter;
        SuggestedFilter { facet, value, label, from, start: span.start, end: span.end }
    }
}

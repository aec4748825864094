//! [`Suggestions`]: what to offer while someone types, as an object and as browsers read it.

use std::ops::Range;

use rcp_query::suggest as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::document::document_url;
use super::passage::Segment;

/// What to offer while someone types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// What answered.
    pub(crate) meta: SuggestMeta,
    /// The whole text with its misspelt words corrected; null where there are none.
    #[schema(required = true, example = json!(null))]
    pub(crate) did_you_mean: Option<String>,
    /// The suggestions: concepts, then phrases and words, then titles; in each those first that begin as typed, then
    /// those in more documents.
    pub(crate) suggestions: Vec<Suggestion>,
}

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SuggestMeta {
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// A text to search for instead of what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Suggestion {
    /// `concept`, `phrase`, `word` or `title`.
    #[schema(example = "phrase")]
    pub(crate) kind: &'static str,
    /// The text to search for.
    #[schema(example = "labour migration")]
    pub(crate) text: String,
    /// The text in pieces: what was typed is a match. Plain text: escape it before it becomes HTML.
    pub(crate) segments: Vec<Segment>,
    /// Documents that have it; in very large collections at least so many.
    #[schema(minimum = 0, example = 2)]
    pub(crate) documents: u64,
    /// Of a concept, the parameter to filter by.
    #[schema(required = true, example = json!(null))]
    pub(crate) facet: Option<String>,
    /// Of a concept, the value to filter by.
    #[schema(required = true, example = json!(null))]
    pub(crate) value: Option<String>,
    /// Of a concept, its label in the language of the request.
    #[schema(required = true, example = json!(null))]
    pub(crate) label: Option<String>,
    /// Of a concept, the name that was typed, where it is not the label: another language, an abbreviation.
    #[schema(required = true, example = json!(null))]
    pub(crate) name: Option<String>,
    /// Of a title, the document.
    #[schema(required = true, example = json!(null))]
    pub(crate) document: Option<String>,
    /// Of a title, the document's address, relative to the server's.
    #[schema(required = true, example = json!(null))]
    pub(crate) url: Option<String>,
}

/// Suggestions as browsers read them: what was typed, the texts, a description of each, an address of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = Vec<serde_json::Value>, example = json!(["labour mig", ["labour migration"], [""], ["/search?q=labour+migration"]]))]
pub(crate) struct OpenSearchSuggestions((String, Vec<String>, Vec<String>, Vec<String>));

impl From<domain::SuggestResponse> for Suggestions {
    fn from(response: domain::SuggestResponse) -> Suggestions {
        Suggestions {
            meta: SuggestMeta { index_version: response.index_version },
            did_you_mean: response.did_you_mean,
            suggestions: response.suggestions.into_iter().map(Suggestion::from).collect(),
        }
    }
}

impl From<domain::Suggestion> for Suggestion {
    fn from(suggestion: domain::Suggestion) -> Suggestion {
        let domain::Suggestion { text, matched, documents, meaning } = suggestion;
        let (mut facet, mut value, mut label, mut name, mut document, mut url) = (None, None, None, None, None, None);
        let kind = match meaning {
            domain::Meaning::Concept { facet: f, value: v, label: l, name: n } => {
                (facet, value, label, name) = (Some(f), Some(v), Some(l), n);
                "concept"
            }
            domain::Meaning::Title { document: id } => {
                (url, document) = (Some(document_url(&id)), Some(id.to_string()));
                "title"
            }
            domain::Meaning::Phrase => "phrase",
            domain::Meaning::Word => "word",
        };
        let segments = segments(&text, matched);
        Suggestion { kind, text, segments, documents, facet, value, label, name, document, url }
    }
}

impl OpenSearchSuggestions {
    /// The answer to a text as it was typed.
    pub(crate) fn new(typed: String, response: domain::SuggestResponse) -> OpenSearchSuggestions {
        let (mut texts, mut descriptions, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
        // Browsers know no "did you mean": it is one more suggestion.
        if let Some(text) = response.did_you_mean {
            addresses.push(search_page(&text));
            descriptions.push(String::new());
            texts.push(text);
        }
        for suggestion in response.suggestions.into_iter().map(Suggestion::from) {
            addresses.push(suggestion.url.unwrap_or_else(|| search_page(&suggestion.text)));
            descriptions.push(suggestion.name.unwrap_or_default());
            texts.push(suggestion.text);
        }
        OpenSearchSuggestions((typed, texts, descriptions, addresses))
    }
}

/// Address of the page with the results for a text.
fn search_page(text: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
    format!("/search?{query}")
}

fn segments(text: &str, matched: Option<Range<usize>>) -> Vec<Segment> {
    let Range { start, end } = matched.unwrap_or(0..0);
    let pieces = [(&text[..start], false), (&text[start..end], true), (&text[end..], false)];
    let pieces = pieces.into_iter().filter(|(text, _)| !text.is_empty());
    pieces.map(|(text, matched)| Segment { text: text.to_owned(), matched, expanded: false }).collect()
}

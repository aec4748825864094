//! [`ListedDocument`]: a document as a line of a list.

use rcp_corpus::model::{Document, Language};
use rcp_query::request::{SearchRequest, Selection, Unit};
use rcp_query::response::{DocumentHit, Hits, SearchResponse};

use super::frame::Frame;
use crate::responses::{Labels, document_url};

/// A document as a line of a list.
#[derive(Debug)]
pub(super) struct ListedDocument {
    pub(super) title: String,
    pub(super) url: String,
    /// Language of the title, where the document has but one.
    pub(super) lang: Option<&'static str>,
    /// Date, type and languages, as far as they are known.
    pub(super) facts: Vec<String>,
}

impl ListedDocument {
    pub(super) fn new(document: &Document, labels: &Labels<'_>, frame: &Frame) -> ListedDocument {
        let t = frame.t;
        let date = document.date.as_ref().map(|date| t.date(&date.value));
        let date = date.or_else(|| document.year.as_ref().map(|year| year.value.to_string()));
        let types = labels.concepts(document, "type").into_iter().map(|concept| concept.label);
        let known = document.languages.iter().filter(|language| **language != Language::Undetermined);
        let languages = known.map(|language| t.language_name(*language)).collect::<Vec<_>>().join(", ");
        let facts = date.into_iter().chain(types).chain([languages]).filter(|fact| !fact.is_empty()).collect();
        ListedDocument {
            title: document.display_title().to_owned(),
            url: frame.href(&document_url(&document.id)),
            lang: <[Language; 1]>::try_from(document.languages.as_slice()).ok().map(|[language]| language.code()),
            facts,
        }
    }
}

/// A search for all documents that have a value in a facet: without hits, facets or evidence.
pub(super) fn documents_with(facet: &str, value: &str, ui: Language) -> SearchRequest {
    let mut request = SearchRequest { limit: 0, passages: 0, ui, ..SearchRequest::new(Unit::Documents, "") };
    let include = vec![value.to_owned()];
    request.filters.insert(facet.to_owned(), Selection { include, ..Selection::default() });
    request
}

/// The documents of an answer.
pub(super) fn found(response: SearchResponse) -> Vec<Document> {
    let Hits::Documents(hits) = response.hits else { return Vec::new() };
    hits.into_iter().map(|DocumentHit { document, .. }| document).collect()
}

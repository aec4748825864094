//! What the indexer hands over: documents and passages as tokens, facet values and stored facts.

use std::collections::BTreeMap;

use rcp_corpus::model::{Document, Passage};

use crate::plan::Text;

/// A document ready to be indexed, with its passages in order.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRecord {
    /// What is stored and given back.
    pub document: Document,
    /// Tokens of each text; one value per passage in the body (curated title first in [`Text::Title`]).
    pub texts: BTreeMap<Text, Vec<Tokens>>,
    /// Facet values, every ancestor included, sorted and without repetition.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Folded title to sort by.
    pub sort_title: Option<String>,
    /// The passages to index, in order.
    pub passages: Vec<PassageRecord>,
}

/// A passage ready to be indexed.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageRecord {
    /// What is stored and given back.
    pub passage: Passage,
    /// Tokens of each text (body, title, headings).
    pub texts: BTreeMap<Text, Vec<Tokens>>,
    /// Facet values: the document's process, region, type and year, and the passage's own theme, country,
    /// mentions and language.
    pub facets: BTreeMap<String, Vec<String>>,
}

/// One text in both forms: tokens with a space between, exactly one a position;
/// [`rcp_corpus::analysis::FILLER`] for each removed position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Folded stems, a filler for each stop word.
    pub stems: String,
    /// Folded words as written.
    pub exact: String,
}

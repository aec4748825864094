//! What the indexer hands over: documents and passages as tokens, facet values and stored facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rcp_corpus::analysis::{Analyzer, Token, exact_string, stem_string};
use rcp_corpus::completion::CompletionBuilder;
use rcp_corpus::model::{Document, Language, Passage};

use crate::plan::{Form, Text};

/// A document ready to be indexed, with its passages in order.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRecord {
    /// What is stored and given back.
    pub document: Document,
    /// Tokens of each text; one value per passage in the body (curated title first in [`Text::Title`]).
    pub texts: BTreeMap<Text, Vec<Tokens>>,
    /// Facet values, every ancestor included, sorted and without repetition.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Beginning of the folded title, to sort by.
    pub sort_title: Option<String>,
    /// The passages to index, in order.
    pub passages: Vec<PassageRecord>,
}

impl DocumentRecord {
    /// Adds what can be offered from the document: its title, and the phrases of the passages that are indexed.
    pub fn complete(&self, builder: &mut CompletionBuilder) {
        for passage in &self.passages {
            for text in passage.texts.get(&Text::Body).into_iter().flatten() {
                builder.add_text(&passage.passage.text, &text.tokens);
            }
        }
        builder.end_document(self.document.id.as_str(), self.document.title.as_ref().map(|title| title.value.as_str()));
    }
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

/// One text as [`rcp_corpus::analysis::Analyzer`] made it: an engine gets it as one string a form, a space between
/// the tokens, exactly one a position, [`rcp_corpus::analysis::FILLER`] for each removed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The tokens in order. Shared: the body of a document holds the texts of its passages, and every passage the title.
    pub tokens: Arc<[Token]>,
    /// Language they were analysed in.
    pub language: Language,
}

impl Tokens {
    /// Analyses a text in normal form C.
    #[must_use]
    pub fn new(analyzer: &Analyzer, text: &str, language: Language) -> Tokens {
        Tokens { tokens: analyzer.analyze(text, language).into(), language }
    }

    /// The string to index in a form.
    #[must_use]
    pub fn string(&self, form: Form) -> String {
        match form {
            Form::Stem => stem_string(&self.tokens),
            Form::Exact => exact_string(&self.tokens),
        }
    }

    /// Number of tokens in a form, removed positions left out.
    #[must_use]
    pub fn count(&self, form: Form) -> u64 {
        let counted = |token: &&Token| form == Form::Exact || token.stem.is_some();
        self.tokens.iter().filter(counted).count() as u64
    }
}

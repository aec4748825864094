//! What the indexer hands over: documents and passages as tokens, facet values and stored facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rcp_corpus::analysis::{Analyzer, FILLER, Token, exact_string, stem_string};
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
                builder.add_text(&passage.passage.text, &text.tokens());
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
///
/// It is kept so, for a document of some hundred pages has a hundred thousand words, and as [`Token`]s each would take
/// twenty times its length. Shared: the body of a document holds the texts of its passages, and every passage the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Language they were analysed in.
    pub language: Language,
    text: Arc<TokenText>,
}

#[derive(Debug, PartialEq, Eq)]
struct TokenText {
    exact: String,
    stems: String,
    places: Box<[Place]>,
}

/// Where a token stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    start: u32,
    end: u32,
    joined: bool,
}

impl Tokens {
    /// Analyses a text in normal form C. Of one longer than 4 GB, the beginning.
    #[must_use]
    pub fn new(analyzer: &Analyzer, text: &str, language: Language) -> Tokens {
        let mut tokens = analyzer.analyze(text, language);
        let place = |token: &Token| {
            let (start, end) = (u32::try_from(token.span.start).ok()?, u32::try_from(token.span.end).ok()?);
            Some(Place { start, end, joined: token.joined })
        };
        let places: Box<[Place]> = tokens.iter().map_while(place).collect();
        tokens.truncate(places.len());
        let text = TokenText { exact: exact_string(&tokens), stems: stem_string(&tokens), places };
        Tokens { language, text: Arc::new(text) }
    }

    /// The tokens in order.
    #[must_use]
    pub fn tokens(&self) -> Vec<Token<&str>> {
        let TokenText { exact, stems, places } = self.text.as_ref();
        let words = exact.split(' ').zip(stems.split(' '));
        let token = |(place, (exact, stem)): (&Place, (_, _))| Token {
            span: place.start as usize..place.end as usize,
            exact,
            stem: Some(stem).filter(|stem| *stem != FILLER),
            joined: place.joined,
        };
        places.iter().zip(words).map(token).collect()
    }

    /// The string to index in a form.
    #[must_use]
    pub fn string(&self, form: Form) -> &str {
        match form {
            Form::Stem => &self.text.stems,
            Form::Exact => &self.text.exact,
        }
    }

    /// Number of tokens in a form, removed positions left out.
    #[must_use]
    pub fn count(&self, form: Form) -> u64 {
        let fillers = match form {
            Form::Stem => self.text.stems.matches(FILLER).count(),
            Form::Exact => 0,
        };
        (self.text.places.len() - fillers) as u64
    }
}

#[cfg(test)]
mod tests {
    use rcp_corpus::analysis::AnalysisSettings;

    use super::*;

    #[test]
    fn tokens_are_as_they_were_analysed() {
        let stop_words = [(Language::En, ["the", "of"].map(str::to_owned).into())].into();
        let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
        for text in ["The freedom of co-operation, the 4th", "of-fice", "of", "…", ""] {
            let kept = Tokens::new(&analyzer, text, Language::En);
            let owned = |token: Token<&str>| Token {
                span: token.span,
                exact: token.exact.to_owned(),
                stem: token.stem.map(str::to_owned),
                joined: token.joined,
            };
            let analysed = analyzer.analyze(text, Language::En);
            let stems = analysed.iter().filter(|token| token.stem.is_some()).count();
            assert_eq!((kept.count(Form::Exact), kept.count(Form::Stem)), (analysed.len() as u64, stems as u64));
            assert_eq!(kept.tokens().into_iter().map(owned).collect::<Vec<_>>(), analysed, "{text:?}");
        }
    }
}

//! What a case is, and where it is written.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rcp_query::request::{MatchMode, SearchRequest, Unit};
use serde::Deserialize;

use crate::corpus::{Corpus, corpus};

/// A query with what its answer must be like.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Tells it from all others.
    pub(crate) name: String,
    /// What is typed.
    pub(crate) query: String,
    /// Language of the query and, after `->`, of what it is to find.
    pub(crate) languages: Languages,
    /// What must hold.
    pub(crate) expect: Expectation,
    /// Why a reader of the documents expects this.
    pub(crate) why: String,
    /// What is searched, each for itself.
    #[serde(default = "whole_corpus")]
    corpora: Vec<String>,
    /// Selections by facet; `not_` before the name of one excludes.
    #[serde(default)]
    filters: BTreeMap<String, Vec<String>>,
    /// First and last year.
    years: Option<[i16; 2]>,
    /// `all` or `any` instead of the default.
    #[serde(rename = "match")]
    match_mode: Option<String>,
    /// Passages are asked for although the expectation names none.
    #[serde(default)]
    passages: bool,
    /// Without expansion it must fail, or find what it expects further down.
    #[serde(default)]
    pub(crate) needs_expansion: bool,
    /// Why it does not hold yet. It fails as soon as it holds.
    pub(crate) known_gap: Option<String>,
}

/// The languages of a case: `es`, `es->en`, `fr->en,es`.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Languages {
    /// Language of the query.
    pub(crate) of_query: String,
    /// Languages of what is to be found.
    pub(crate) of_documents: Vec<String>,
}

/// What an answer must be like. A document is given by its id, a passage by `ID: WORDS OF IT`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Expectation {
    /// One of these is the first hit.
    First(Vec<Reference>),
    /// All of these stand before everything else.
    Leading(Vec<Reference>),
    /// All of these are among the first hits.
    Found {
        all: Vec<Reference>,
        within: usize,
        /// None of these is anywhere in the answer.
        #[serde(default)]
        without: Vec<Reference>,
    },
    /// The first of these is found, and each stands before the next one, which may be missing.
    Before(Vec<Reference>),
    /// The answer holds these and nothing else.
    Only(Vec<Reference>),
    /// Other wordings get the same answer: the same set, or the same first hits.
    Same {
        #[serde(rename = "as")]
        wordings: Vec<String>,
        first: Option<usize>,
    },
    /// Nothing matches.
    Nothing,
}

/// A document, or a passage of it by some of its words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Reference {
    pub(crate) document: String,
    pub(crate) words: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

fn whole_corpus() -> Vec<String> {
    vec!["all".to_owned()]
}

/// Every case of the folder.
pub(crate) fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/relevance");
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
        files.sort();
        let read = |path: &std::path::PathBuf| {
            let text = fs::read_to_string(path).unwrap();
            toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).case
        };
        files.iter().flat_map(read).collect()
    })
}

impl Case {
    /// Whether what it is to find is in other languages than its query.
    pub(crate) fn is_cross_language(&self) -> bool {
        !self.languages.of_documents.contains(&self.languages.of_query)
    }

    pub(crate) fn corpora(&self) -> Vec<&'static Corpus> {
        self.corpora.iter().map(|name| corpus(name)).collect()
    }

    /// Other wordings with the same answer.
    pub(crate) fn wordings(&self) -> &[String] {
        match &self.expect {
            Expectation::Same { wordings, .. } => wordings,
            _ => &[],
        }
    }

    /// The request for a wording of the query.
    pub(crate) fn request(&self, query: &str, expand: bool) -> SearchRequest {
        let unit = if self.passages || self.expect.asks_for_passages() { Unit::Passages } else { Unit::Documents };
        let mut request = SearchRequest { limit: 100, passages: 0, expand, ..SearchRequest::new(unit, query) };
        for (facet, values) in &self.filters {
            let (name, is_excluded) = facet.strip_prefix("not_").map_or((&**facet, false), |name| (name, true));
            let selection = request.filters.entry(name.to_owned()).or_default();
            let list = if is_excluded { &mut selection.exclude } else { &mut selection.include };
            list.extend(values.iter().cloned());
        }
        if let Some([from, to]) = self.years {
            (request.year_from, request.year_to) = (Some(from), Some(to));
        }
        request.match_mode = match self.match_mode.as_deref() {
            None => MatchMode::Most,
            Some("all") => MatchMode::All,
            Some("any") => MatchMode::Any,
            Some(other) => panic!("{}: match is `all` or `any`, not {other:?}", self.name),
        };
        request
    }
}

impl Expectation {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Expectation::First(_) => "first",
            Expectation::Leading(_) => "leading",
            Expectation::Found { .. } => "found",
            Expectation::Before(_) => "before",
            Expectation::Only(_) => "only",
            Expectation::Same { .. } => "same",
            Expectation::Nothing => "nothing",
        }
    }

    /// Everything it names.
    pub(crate) fn references(&self) -> Vec<&Reference> {
        match self {
            Expectation::First(all) | Expectation::Leading(all) | Expectation::Before(all) | Expectation::Only(all) => {
                all.iter().collect()
            }
            Expectation::Found { all, without, .. } => all.iter().chain(without).collect(),
            Expectation::Same { .. } | Expectation::Nothing => Vec::new(),
        }
    }

    pub(crate) fn asks_for_passages(&self) -> bool {
        self.references().iter().any(|reference| reference.words.is_some())
    }
}

impl From<String> for Languages {
    fn from(text: String) -> Languages {
        let (query, documents) = text.split_once("->").unwrap_or((&text, &text));
        let of_documents = documents.split(',').map(str::to_owned).collect();
        Languages { of_query: query.to_owned(), of_documents }
    }
}

impl fmt::Display for Languages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}->{}", self.of_query, self.of_documents.join(","))
    }
}

impl From<String> for Reference {
    fn from(text: String) -> Reference {
        match text.split_once(": ") {
            Some((document, words)) => Reference { document: document.to_owned(), words: Some(words.to_owned()) },
            None => Reference { document: text, words: None },
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.document)?;
        self.words.iter().try_for_each(|words| write!(formatter, ": {words}"))
    }
}

//! From occurrences to labels: which concepts a document and each of its passages are labelled with, and why.
//!
//! Pure functions of the text and the taxonomy. Every label carries the words it rests on.
//!
//! - A scheme with a [`super::Classification`] assigns concepts by the density of their phrases: [`assignments`].
//! - A scheme with `mentioned_as` labels the names that stand in running text: [`Mentions`].
//!
//! [`annotate`] does both for a document and its passages.

mod density;
mod mentions;

use crate::analysis::words;
use crate::model::{Evidence, Label, Language, PassageId, Provenance};

use super::{Matcher, Occurrence, Taxonomy};

pub use density::{Assignment, Rank, assignments};
pub use mentions::Mentions;

/// Most occurrences that a label shows as its evidence: the first of the text.
const MAX_EVIDENCE: usize = 20;

/// A piece of a document: a passage, a heading, or its title.
#[derive(Debug, Clone, Copy)]
pub struct Text<'t> {
    /// Plain text in normal form C.
    pub text: &'t str,
    /// Language it is written in.
    pub language: Language,
    /// Whether it is a heading or the title; a phrase there counts double.
    pub heading: bool,
    /// The passage it is; `None` for headings and titles.
    pub passage: Option<&'t PassageId>,
}

/// A piece of a document with what was found in it.
#[derive(Debug, Clone)]
pub struct MatchedText<'m, 't> {
    /// The piece.
    pub source: Text<'t>,
    /// Its number of words.
    pub words: usize,
    /// Names and phrases in it, as [`Matcher::find`] gives them.
    pub occurrences: Vec<Occurrence<'m>>,
}

impl<'m, 't> MatchedText<'m, 't> {
    /// Looks for names and phrases in a piece of a document.
    #[must_use]
    pub fn new(matcher: &'m Matcher, source: Text<'t>) -> MatchedText<'m, 't> {
        let words = words(source.text);
        let occurrences = matcher.find_in(source.text, &words, source.language);
        MatchedText { source, words: words.len(), occurrences }
    }

    fn evidence(&self, occurrence: &Occurrence<'_>) -> Evidence {
        Evidence {
            passage: self.source.passage.cloned(),
            span: self.source.passage.map(|_| occurrence.span.clone()),
            surface: self.source.text[occurrence.span.clone()].to_owned(),
        }
    }
}

/// The labels that the text of a document supports.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Labels of the document.
    pub document: Vec<Label>,
    /// Labels of each text, in the order in which the texts were given.
    pub texts: Vec<Vec<Label>>,
}

/// Labels a document and each of its passages by what their text says.
///
/// `texts` is the whole document in reading order: title, headings, passages. `known` are labels that it has from
/// elsewhere (its curated metadata): a process that they name may be mentioned by its abbreviation alone.
///
/// ```
/// use rcp_corpus::model::Language;
/// use rcp_corpus::taxonomy::classify::{Text, annotate};
/// use rcp_corpus::taxonomy::{Matcher, Scheme, Taxonomy};
///
/// let scheme: Scheme = toml::from_str(r#"
///     id = "rcp"
///     label = { en = "Process" }
///     facets = ["rcp", "mentions"]
///     mentioned_as = "mentions"
///     [[concept]]
///     id = "sacm"
///     label = { en = "South American Conference on Migration" }
///     weak_aliases = ["CSM"]
/// "#)?;
/// let taxonomy = Taxonomy::new(vec![scheme])?;
/// let matcher = Matcher::new(&taxonomy);
/// let text = |text| Text { text, language: Language::En, heading: false, passage: None };
///
/// let alone = annotate(&taxonomy, &matcher, &[text("A CSM for every site")], &[]);
/// assert!(alone.document.is_empty());
///
/// let texts = [text("The South American Conference on Migration met."), text("The CSM agreed.")];
/// let annotation = annotate(&taxonomy, &matcher, &texts, &[]);
/// assert_eq!(annotation.document[0].concept, "sacm");
/// assert_eq!(annotation.texts[1][0].evidence[0].surface, "CSM");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn annotate(taxonomy: &Taxonomy, matcher: &Matcher, texts: &[Text<'_>], known: &[Label]) -> Annotation {
    let matched: Vec<MatchedText<'_, '_>> = texts.iter().map(|&text| MatchedText::new(matcher, text)).collect();
    let mentions = Mentions::new(taxonomy, &matched, known);
    let mut document: Vec<Label> = Vec::new();
    for scheme in taxonomy.schemes() {
        document.extend(assignments(taxonomy, scheme, &matched).iter().filter_map(Assignment::label));
    }
    document.extend(mentions.labels(&matched));
    let of_text = |text: &MatchedText<'_, '_>| {
        let mut labels = density::touched(taxonomy, text);
        labels.extend(mentions.labels(std::slice::from_ref(text)));
        labels
    };
    let texts = matched.iter().map(of_text).collect();
    Annotation { document, texts }
}

fn text_label(facet: &str, concept: &str, confidence: f32, evidence: Vec<Evidence>) -> Label {
    let (facet, concept) = (facet.to_owned(), concept.to_owned());
    Label { facet, concept, confidence, provenance: Provenance::TextRule, evidence }
}

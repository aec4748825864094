//! From occurrences to labels: which concepts a document and each of its passages are labelled with, and why.
//!
//! Pure functions of the text and the taxonomy. Every label carries the words it rests on.
//!
//! - A scheme with a [`super::Classification`] assigns concepts by the density of their phrases: [`assignments`].
//! - A scheme with `mentioned_as` labels the names that stand in running text: [`Mentions`].
//! - A scheme with a [`super::Belonging`] tells which of them a document belongs to: [`belonging()`].
//!
//! [`annotate`] does all of it for a document and its passages.

mod belonging;
mod density;
mod mentions;

use std::ops::Range;

use crate::analysis::words;
use crate::model::{Evidence, Label, Language, PassageId, Provenance};

use super::{Matcher, Occurrence, Role, Taxonomy};

pub use belonging::belonging;
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
    /// Where it stands.
    pub place: Place,
    /// The passage it is; `None` for headings and titles.
    pub passage: Option<&'t PassageId>,
}

/// Where a piece of a document stands. A phrase outside the body counts double.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The title, or another line of the title page.
    Title,
    /// A heading above the first passage.
    FirstHeading,
    /// A later heading.
    Heading,
    /// A passage.
    Body,
}

/// Most words between a name and the cue that tells how it is meant: "secretariat (of the) RCM".
const MAX_CUE_GAP: usize = 2;

/// Most bytes that so many words have.
const MAX_CUE_GAP_BYTES: usize = 60;

/// Most words between a person's cue and the family name: "Mr (Michael) Jordan".
const MAX_FIRST_NAMES: usize = 1;

/// A piece of a document with what was found in it.
#[derive(Debug, Clone)]
pub struct MatchedText<'m, 't> {
    /// The piece.
    pub source: Text<'t>,
    /// Its number of words.
    pub words: usize,
    /// Names and phrases in it, as [`Matcher::find`] gives them, without the names of persons.
    pub occurrences: Vec<Occurrence<'m>>,
}

impl<'m, 't> MatchedText<'m, 't> {
    /// Looks for names and phrases in a piece of a document.
    #[must_use]
    pub fn new(matcher: &'m Matcher, source: Text<'t>) -> MatchedText<'m, 't> {
        let words = words(source.text);
        let found = matcher.find_in(source.text, &words, source.language);
        let is_person = |name: &Occurrence<'_>| {
            let person = |cue: &&Occurrence<'_>| cue.role == Role::Person && cue.scheme == name.scheme;
            let mut gaps = found.iter().filter(person).filter_map(|cue| words_between(source.text, cue, name));
            name.role == Role::Name && gaps.any(|gap| gap <= MAX_FIRST_NAMES)
        };
        let occurrences = found.iter().filter(|found| !is_person(found)).cloned().collect();
        MatchedText { source, words: words.len(), occurrences }
    }

    /// Whether a cue of the scheme stands right before an occurrence, at most two words away.
    #[must_use]
    pub fn follows(&self, occurrence: &Occurrence<'_>, cue: Role) -> bool {
        let near = |cue: &Occurrence<'_>| {
            words_between(self.source.text, cue, occurrence).is_some_and(|gap| gap <= MAX_CUE_GAP)
        };
        self.has_cue(occurrence, cue, near)
    }

    /// Whether a cue stands right before or after an occurrence: "RCM Technical Secretariat".
    fn is_beside(&self, occurrence: &Occurrence<'_>, cue: Role) -> bool {
        let after = |cue: &Occurrence<'_>| words_between(self.source.text, occurrence, cue) == Some(0);
        self.follows(occurrence, cue) || self.has_cue(occurrence, cue, after)
    }

    /// Whether the scheme of an occurrence has a cue that is near it and no part of a longer name
    /// ("Conference on Migration").
    fn has_cue(&self, occurrence: &Occurrence<'_>, role: Role, near: impl Fn(&Occurrence<'_>) -> bool) -> bool {
        let in_name = |cue: &Occurrence<'_>| {
            let holds = |span: &Range<usize>| {
                span.start <= cue.span.start && cue.span.end <= span.end && cue.span.len() < span.len()
            };
            self.occurrences.iter().any(|found| found.role == Role::Name && holds(&found.span))
        };
        let cues = self.occurrences.iter().filter(|cue| cue.role == role && cue.scheme == occurrence.scheme);
        cues.filter(|cue| near(cue)).any(|cue| !in_name(cue))
    }

    /// The words of an occurrence, and where they stand.
    #[must_use]
    pub fn evidence(&self, occurrence: &Occurrence<'_>) -> Evidence {
        self.at(occurrence.span.clone())
    }

    /// The words in a byte range of the text, and where they stand; none for a range that cuts a letter.
    #[must_use]
    pub fn at(&self, span: Range<usize>) -> Evidence {
        Evidence {
            passage: self.source.passage.cloned(),
            surface: self.source.text.get(span.clone()).unwrap_or_default().to_owned(),
            span: self.source.passage.map(|_| span),
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
/// `texts` is the whole document in reading order: title, headings, passages; `file_title` the title in the file's own
/// properties. `known` are labels that it has from elsewhere (its curated metadata): a process that they name may be
/// mentioned by its abbreviation alone.
///
/// ```
/// use rcp_corpus::model::Language;
/// use rcp_corpus::taxonomy::classify::{MatchedText, Place, Text, annotate};
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
/// let text = |text| {
///     MatchedText::new(&matcher, Text { text, language: Language::En, place: Place::Body, passage: None })
/// };
///
/// let alone = annotate(&taxonomy, &[text("A CSM for every site")], None, &[]);
/// assert!(alone.document.is_empty());
///
/// let texts = [text("The South American Conference on Migration met."), text("The CSM agreed.")];
/// let annotation = annotate(&taxonomy, &texts, None, &[]);
/// assert_eq!(annotation.document[0].concept, "sacm");
/// assert_eq!(annotation.texts[1][0].evidence[0].surface, "CSM");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn annotate(
    taxonomy: &Taxonomy,
    texts: &[MatchedText<'_, '_>],
    file_title: Option<&MatchedText<'_, '_>>,
    known: &[Label],
) -> Annotation {
    let mentions = Mentions::new(taxonomy, texts, known);
    let mut document: Vec<Label> = Vec::new();
    for scheme in taxonomy.schemes() {
        document.extend(belonging(taxonomy, scheme, texts, file_title, &mentions));
        document.extend(assignments(taxonomy, scheme, texts).iter().filter_map(Assignment::label));
    }
    document.extend(mentions.labels(texts));
    let of_text = |text: &MatchedText<'_, '_>| {
        let mut labels = density::touched(taxonomy, text);
        labels.extend(mentions.labels(std::slice::from_ref(text)));
        labels
    };
    let texts = texts.iter().map(of_text).collect();
    Annotation { document, texts }
}

/// Words between two occurrences of one phrase; `None` where a sign parts them, where they are far apart or in the
/// other order.
fn words_between(text: &str, first: &Occurrence<'_>, second: &Occurrence<'_>) -> Option<usize> {
    let between = text.get(first.span.end..second.span.start)?;
    let parted = [',', ';', ':', '(', ')', '[', ']', '|', '–', '—', '"', '“', '”', '«', '»'];
    (between.len() <= MAX_CUE_GAP_BYTES && !between.contains(parted)).then(|| words(between).len())
}

fn text_label(facet: &str, concept: &str, confidence: f32, evidence: Vec<Evidence>) -> Label {
    let (facet, concept) = (facet.to_owned(), concept.to_owned());
    Label { facet, concept, confidence, provenance: Provenance::TextRule, evidence }
}

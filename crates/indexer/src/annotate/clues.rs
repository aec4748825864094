//! What the rules for facts read: the title block, the passages, the file's own metadata, the processes found.

use std::ops::Range;

use rcp_corpus::analysis::fold;
use rcp_corpus::model::{Evidence, Fact, Language, Passage, Provenance};

use super::Annotator;
use crate::extract::Properties;
use crate::passages::Opening;

/// Shortest word that tells something of a title, in bytes.
const CONTENT_WORD: usize = 4;

/// What is known of a document when its facts are looked for.
pub(super) struct Clues<'a> {
    pub(super) annotator: &'a Annotator<'a>,
    pub(super) language: Language,
    pub(super) opening: &'a Opening,
    pub(super) headings: &'a [(String, Language)],
    pub(super) passages: &'a [Passage],
    pub(super) properties: &'a Properties,
    /// Ids of the processes it belongs to.
    pub(super) processes: Vec<&'a str>,
}

impl Clues<'_> {
    /// The lines of the title block, the title first.
    pub(super) fn title_block(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.opening.title.iter().chain(&self.opening.lines).map(String::as_str)
    }

    /// Whether a text names a country.
    pub(super) fn names_country(&self, text: &str) -> bool {
        let scheme = self.annotator.taxonomy.scheme_of_facet("country").map(|scheme| scheme.id.as_str());
        self.annotator.matcher.find(text, self.language).iter().any(|found| Some(found.scheme) == scheme)
    }
}

/// A value that a rule read in the text.
pub(super) fn read<T>(value: T, confidence: f32, evidence: Evidence) -> Fact<T> {
    Fact { value, provenance: Provenance::TextRule, confidence, evidence: vec![evidence] }
}

/// Words that stand in a heading or the title block.
pub(super) fn above_text(surface: &str) -> Evidence {
    Evidence { passage: None, span: None, surface: surface.to_owned() }
}

/// Words that stand in a passage.
pub(super) fn in_passage(passage: &Passage, span: Range<usize>) -> Evidence {
    let surface = passage.text.get(span.clone()).unwrap_or_default().to_owned();
    Evidence { passage: Some(passage.id.clone()), span: Some(span), surface }
}

/// The folded words of a text that are long enough to tell something.
pub(super) fn content_words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= CONTENT_WORD && word.contains(char::is_alphabetic))
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

//! [`SuggestRequest`] to [`SuggestResponse`]: what to offer while someone types.
//!
//! ```text
//! typed text ──┬─ concepts     names of every kind and language, in memory       ──┐
//!              ├─ phrases      phrases and words of the texts, of the scope       ─┼─ mix ──> suggestions
//!              ├─ titles       of the documents of the scope                      ──┘
//!              └─ understand   the words that no document has, corrected          ──────> did you mean
//! ```
//!
//! **Order.** Of `limit` suggestions, three of eight are concepts, two of eight titles, the others phrases and words; what
//! one of them leaves free goes to phrases and words, then to concepts, then to titles. They stand in the order concepts,
//! phrases and words, titles. In each, those come first that begin as typed (not one of their later words), then those in
//! more documents, then the order of the folded text. Phrases that complete all of the typed text stand before those that
//! complete its last words. A text that is equal when folded to what is typed, to a concept or to a title is no other
//! suggestion; a concept is one of each facet.

mod concepts;
mod mark;
mod typed;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rcp_corpus::analysis::words;
use rcp_corpus::completion::{Found, Kind};
use rcp_corpus::model::{DocumentId, Language};
use rcp_index::backend::{BackendError, IndexBackend};
use rcp_index::plan::Unit;
use rcp_index::scope::Scope;
use unicode_normalization::UnicodeNormalization;

pub(crate) use concepts::ConceptBeginnings;
pub(crate) use mark::beginning;

use crate::SearchError;
use crate::request::SearchRequest;
use crate::response::Correction;
use crate::snapshot::Snapshot;
use mark::marked;
use typed::{Tail, Typed};

/// Letters and digits that the last words need, so that something is offered: as many as a prefix of the query language.
const MIN_CHARS: usize = 2;

/// Completions of a kind that are looked at in each collection; more than are shown, for some fall out as repeated.
const LOOKED_AT: usize = 4 * SuggestRequest::MAX_LIMIT as usize;

/// What someone has typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestRequest {
    /// The text as typed.
    pub text: String,
    /// Suggestions at most, no more than [`SuggestRequest::MAX_LIMIT`].
    pub limit: usize,
    /// Language of the labels of concepts.
    pub ui: Language,
}

impl SuggestRequest {
    /// Most suggestions of an answer.
    pub const MAX_LIMIT: u16 = 20;
}

/// What to offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestResponse {
    /// The suggestions, best first.
    pub suggestions: Vec<Suggestion>,
    /// The whole text with its misspelt words corrected; `None` where there are none.
    pub did_you_mean: Option<String>,
    /// Identifies content and settings of the scope.
    pub index_version: String,
}

/// A text to search for instead of what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text.
    pub text: String,
    /// Byte range in the text of what was typed; `None` where a concept was found by another name.
    pub matched: Option<Range<usize>>,
    /// Documents that have it.
    pub documents: u64,
    /// What it is.
    pub meaning: Meaning,
}

/// What a suggestion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A concept, which can be filtered by.
    Concept {
        /// Name of the facet.
        facet: String,
        /// Value to select.
        value: String,
        /// Its label in the language of the request.
        label: String,
        /// The name that what was typed begins, where it is not the label.
        name: Option<String>,
    },
    /// The title of a document.
    Title {
        /// Id of the document.
        document: DocumentId,
    },
    /// Words that often stand side by side.
    Phrase,
    /// A word.
    Word,
}

/// Tells completions of several collections apart.
type Key = (bool, String, Option<String>);

impl Snapshot {
    /// What to offer to someone who has typed a text. Blocks.
    ///
    /// # Errors
    /// When the index fails.
    pub fn suggest(&self, scope: &Scope, request: &SuggestRequest) -> Result<SuggestResponse, SearchError> {
        let did_you_mean = self.corrected(scope, &request.text, request.ui)?;
        let mut suggestions = self.complete(scope, &request.text, request)?;
        if let Some(corrected) = did_you_mean.as_ref().filter(|_| suggestions.is_empty()) {
            suggestions = self.complete(scope, corrected, request)?;
        }
        Ok(SuggestResponse { suggestions, did_you_mean, index_version: self.version(scope) })
    }

    fn complete(&self, scope: &Scope, text: &str, request: &SuggestRequest) -> Result<Vec<Suggestion>, SearchError> {
        let text: String = text.nfc().collect();
        let typed = Typed::new(&text);
        let tails: Vec<Tail<'_>> = typed.tails().filter(|tail| tail.prefix.chars().count() >= MIN_CHARS).collect();
        let mut concepts = Vec::new();
        let (mut phrases, mut titles) = (Vec::new(), Vec::new());
        for tail in &tails {
            concepts.extend(self.concepts(scope, tail, request.ui)?);
            let (of_texts, of_titles) = self.completions(scope, tail);
            phrases.extend(of_texts);
            titles.extend(of_titles);
        }
        let mut kept_concepts: Vec<Suggestion> = Vec::new();
        for concept in concepts {
            if !kept_concepts.iter().any(|kept| kept.meaning == concept.meaning) {
                kept_concepts.push(concept);
            }
        }
        // A concept may be what is typed: it offers a filter. A phrase may not.
        let folded = |suggestion: &Suggestion| Typed::new(&suggestion.text).folded();
        let mut seen: BTreeSet<String> = kept_concepts.iter().map(folded).chain([typed.folded()]).collect();
        titles.retain(|title| seen.insert(folded(title)));
        phrases.retain(|phrase| seen.insert(folded(phrase)));
        Ok(mix(request.limit, kept_concepts, phrases, titles))
    }

    fn concepts(&self, scope: &Scope, tail: &Tail<'_>, ui: Language) -> Result<Vec<Suggestion>, SearchError> {
        let named = self.beginnings.starting_with(&self.settings.taxonomy, &tail.prefix, ui);
        let facets: BTreeSet<&str> = named.iter().map(|named| named.facet).collect();
        let counts = if named.is_empty() { BTreeMap::new() } else { self.counts(scope, facets)? };
        let count = |facet: &str, id: &str| {
            counts.get(facet).and_then(|counts| counts.values.get(id)).map_or(0, |count| count.count)
        };
        let mut counted: Vec<_> =
            named.into_iter().map(|named| (count(named.facet, &named.concept.id), named)).collect();
        counted.retain(|&(documents, ref named)| documents > 0 && (tail.head.is_empty() || named.at_start));
        counted.sort_by_cached_key(|(documents, named)| {
            (!named.at_start, Reverse(*documents), Typed::new(named.label).folded())
        });
        let suggestion = |(documents, named): (u64, concepts::Named<'_>)| {
            let text = format!("{}{}", tail.head, named.label);
            Suggestion {
                matched: if named.name == named.label { marked(&text, tail) } else { None },
                text,
                documents,
                meaning: Meaning::Concept {
                    facet: named.facet.to_owned(),
                    value: named.concept.id.clone(),
                    label: named.label.to_owned(),
                    name: (named.name != named.label).then(|| named.name.to_owned()),
                },
            }
        };
        Ok(counted.into_iter().map(suggestion).collect())
    }

    /// Phrases and words, and titles, that go on from a tail.
    fn completions(&self, scope: &Scope, tail: &Tail<'_>) -> (Vec<Suggestion>, Vec<Suggestion>) {
        // By whether it is a title, folded text, and document of a title.
        let mut found: BTreeMap<Key, Found> = BTreeMap::new();
        for completions in self.generation.completions(scope) {
            for new in completions.starting_with(&tail.prefix, LOOKED_AT) {
                let is_title = new.completion.kind == Kind::Title;
                let document = is_title.then(|| new.completion.document.clone());
                // What is behind a head goes on from it; a title is offered whole.
                if !tail.head.is_empty() && (is_title || !new.at_start) {
                    continue;
                }
                let known = found.entry((is_title, Typed::new(&new.completion.text).folded(), document));
                known.and_modify(|known| known.completion.documents += new.completion.documents).or_insert(new);
            }
        }
        let mut sorted: Vec<(Key, Found)> = found.into_iter().collect();
        sorted.sort_by_key(|(_, found)| (!found.at_start, Reverse(found.completion.documents)));
        let (titles, phrases): (Vec<Found>, Vec<Found>) =
            sorted.into_iter().map(|(_, found)| found).partition(|found| found.completion.kind == Kind::Title);
        let suggestions = |found: Vec<Found>| found.into_iter().filter_map(|found| suggestion(found, tail)).collect();
        (suggestions(phrases), suggestions(titles))
    }

    /// A text with its misspelt words corrected; `None` where there are none. The last word is not finished as long as a
    /// word begins so.
    fn corrected(&self, scope: &Scope, text: &str, ui: Language) -> Result<Option<String>, BackendError> {
        let request = SearchRequest { ui, ..SearchRequest::new(Unit::Documents, text) };
        let mut corrections = self.spelt(scope, self.understand(scope, &request)?.3.corrections);
        if let Some(last) = corrections.last().filter(|last| last.span.end == text.len()) {
            let beginning = words(&last.from).pop().map(|word| word.folded).unwrap_or_default();
            if self.generation.vocabularies(scope).iter().any(|vocabulary| vocabulary.has_beginning(&beginning)) {
                corrections.pop();
            }
        }
        if corrections.is_empty() {
            return Ok(None);
        }
        Ok(replaced(text, &corrections))
    }

    /// Corrections with their words as the texts write them, accents and all.
    pub(crate) fn spelt(&self, scope: &Scope, corrections: Vec<Correction>) -> Vec<Correction> {
        let completions = if corrections.is_empty() { Vec::new() } else { self.generation.completions(scope) };
        let spelt = |word: &str| completions.iter().find_map(|completions| completions.spelling(word));
        let spelt = |words: &String| {
            let words: Vec<String> =
                words.split(' ').map(|word| spelt(word).unwrap_or_else(|| word.to_owned())).collect();
            words.join(" ")
        };
        let spelt = |correction: Correction| Correction { to: correction.to.iter().map(spelt).collect(), ..correction };
        corrections.into_iter().map(spelt).collect()
    }
}

/// A text with its corrected words in place of the typed ones; `None` where their places are not in it.
fn replaced(text: &str, corrections: &[Correction]) -> Option<String> {
    let mut corrected = String::with_capacity(text.len());
    let mut at = 0;
    for Correction { to, span, .. } in corrections {
        corrected.push_str(text.get(at..span.start)?);
        corrected.push_str(to.first()?);
        at = span.end;
    }
    corrected.push_str(text.get(at..)?);
    Some(corrected)
}

fn suggestion(found: Found, tail: &Tail<'_>) -> Option<Suggestion> {
    let completion = found.completion;
    let text = format!("{}{}", tail.head, completion.text);
    let meaning = match completion.kind {
        Kind::Title => Meaning::Title { document: DocumentId::new(&completion.document).ok()? },
        Kind::Phrase => Meaning::Phrase,
        Kind::Word => Meaning::Word,
    };
    Some(Suggestion { matched: marked(&text, tail), text, documents: u64::from(completion.documents), meaning })
}

/// The best of each kind, as many as the order of this module gives them.
fn mix(limit: usize, concepts: Vec<Suggestion>, phrases: Vec<Suggestion>, titles: Vec<Suggestion>) -> Vec<Suggestion> {
    let there_are = [concepts.len(), phrases.len(), titles.len()];
    let shares = [limit * 3 / 8, limit - limit * 3 / 8 - limit / 4, limit / 4];
    let mut take = [0, 1, 2].map(|kind: usize| there_are[kind].min(shares[kind]));
    for kind in [1, 0, 2] {
        let free = limit - take.iter().sum::<usize>();
        take[kind] += free.min(there_are[kind] - take[kind]);
    }
    let lists = [concepts, phrases, titles].into_iter().zip(take);
    lists.flat_map(|(list, take)| list.into_iter().take(take)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_kind_leaves_free_goes_to_the_others() {
        let list = |name: &str, length: usize| -> Vec<Suggestion> {
            let one =
                |at| Suggestion { text: format!("{name}{at}"), matched: None, documents: 1, meaning: Meaning::Word };
            (0..length).map(one).collect()
        };
        for (limit, lengths, expected) in [
            (8, [9, 9, 9], "c0 c1 c2 p0 p1 p2 t0 t1"),
            (8, [0, 9, 9], "p0 p1 p2 p3 p4 p5 t0 t1"),
            (8, [9, 1, 0], "c0 c1 c2 c3 c4 c5 c6 p0"),
            (8, [1, 1, 9], "c0 p0 t0 t1 t2 t3 t4 t5"),
            (1, [9, 9, 9], "p0"),
            (1, [9, 0, 9], "c0"),
            (3, [1, 0, 1], "c0 t0"),
        ] {
            let [concepts, phrases, titles] = lengths;
            let mixed = mix(limit, list("c", concepts), list("p", phrases), list("t", titles));
            let texts: Vec<&str> = mixed.iter().map(|suggestion| suggestion.text.as_str()).collect();
            assert_eq!(texts.join(" "), expected, "{limit} {lengths:?}");
        }
    }
}

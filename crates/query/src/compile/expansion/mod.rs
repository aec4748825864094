//! Concept expansion: words that name a concept also find its other names, and the filters they may mean.

mod phrase;
mod suggest;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::names::{Found, Name, Typed, name_key};
use rcp_index::plan::{Form, Member, Phrase};

use super::group::{Expanded, Group};
use super::term::Term;
use super::understand::Context;
use crate::response::{Expansion, Interpretation, SuggestedFilter};
use phrase::{Phrases, contains, exact, is_word, joins, merge, shares_a_word};

/// A term of the query with its place.
pub(super) struct Placed {
    pub(super) term: Term,
    /// As typed; of a word that was corrected, what it was read as.
    pub(super) surface: String,
    /// Byte range in the query text.
    pub(super) span: Range<usize>,
}

/// Neighbouring words of a query and the groups that were made of them.
pub(super) struct Run<'r> {
    pub(super) terms: &'r [&'r Placed],
    /// The terms that each of the last groups covers.
    pub(super) covered: &'r [Range<usize>],
    /// Whether they are the whole query.
    pub(super) whole: bool,
}

impl Run<'_> {
    /// Byte range of some of its words, of which there is one at least, in the query text.
    fn span(&self, words: &Range<usize>) -> Range<usize> {
        self.terms[words.start].span.start..self.terms[words.end - 1].span.end
    }
}

/// What expansion adds to a query, while its runs are read one after the other.
pub(super) struct Expander<'a> {
    context: &'a Context<'a>,
    /// Names that are not wanted, in the form in which they are compared.
    excluded: BTreeSet<String>,
    pub(super) expansions: Vec<Expansion>,
    /// The phrase of each expansion.
    expanded: Vec<Phrase>,
    phrases: Phrases<'a>,
    pub(super) suggested: Vec<SuggestedFilter>,
}

/// Another name of a concept that the scope may hold.
struct Candidate<'n> {
    name: &'n Name,
    weight: f32,
    /// In stem form.
    phrase: Phrase,
}

/// A concept that is named, with its candidates, the most useful first.
struct Named<'n> {
    found: Found<'n>,
    candidates: Vec<Candidate<'n>>,
}

impl<'a> Expander<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Expander<'a> {
        let phrases = Phrases::new(&context.lexicon);
        let excluded = context.wants.expand_exclude.iter().map(|term| name_key(term)).collect();
        Expander { context, excluded, expansions: Vec::new(), expanded: Vec::new(), phrases, suggested: Vec::new() }
    }

    /// Reads what the words of a run name: adds the other names to its groups, and suggests filters where they are
    /// looked for in all texts.
    pub(super) fn read(&mut self, run: &Run<'_>, groups: &mut [Group], in_all_texts: bool) {
        let found = self.found(run);
        if in_all_texts {
            self.suggest(run, &found);
        }
        if self.context.wants.expand {
            self.expand(run, found, groups);
        }
    }

    fn expand(&mut self, run: &Run<'_>, mut found: Vec<Found<'a>>, groups: &mut [Group]) {
        found.retain(|found| found.concept.equivalent);
        found.sort_by_key(|found| (std::cmp::Reverse(found.words.len()), found.words.start));
        let mut named: Vec<Named<'a>> = Vec::new();
        for one in &found {
            // A name inside a longer one yields to it, unless that has no other name here.
            if named.iter().any(|other| is_inside(&one.words, &other.found.words)) {
                continue;
            }
            let candidates = self.candidates(one, is_ambiguous(one, &found));
            if !candidates.is_empty() {
                named.push(Named { found: one.clone(), candidates });
            }
        }
        named.sort_by_key(|named| named.found.words.start);
        // Concepts take turns, so that one with many names leaves room for the others.
        let longest = named.iter().map(|named| named.candidates.len()).max().unwrap_or(0);
        for turn in 0..longest {
            for named in &named {
                if let Some(candidate) = named.candidates.get(turn) {
                    self.join(candidate, &named.found, run, groups);
                }
            }
        }
    }

    /// What the words of a run name.
    fn found(&self, run: &Run<'_>) -> Vec<Found<'a>> {
        let typed: Vec<Typed<'_>> = run
            .terms
            .iter()
            .map(|placed| Typed {
                surface: &placed.surface,
                folded: &placed.term.word.folded,
                joined: placed.term.word.joined,
                optional: placed.term.resolution.optional,
            })
            .collect();
        let mut found = self.context.names.find(&typed, self.context.lexicon.analyzer);
        for one in &mut found {
            let is_alone = run.whole && one.words == (0..run.terms.len());
            let surface: String = run.terms[one.words.clone()].iter().map(|placed| placed.surface.as_str()).collect();
            let concept = one.concept;
            one.names.retain(|&name| {
                let name = &concept.names[name];
                let is_everyday = name.risky && !name.abbreviation && !is_alone;
                // In small letters an abbreviation counts where it is no word.
                let is_written = surface.chars().filter(|c| c.is_uppercase()).count() > 1;
                !is_everyday && (!name.abbreviation || is_written || !is_word(&self.context.lexicon, &name.key))
            });
        }
        found.retain(|found| !found.names.is_empty());
        found
    }

    /// The other names of a concept that the scope may hold: those of other languages before synonyms; the preferred one
    /// of each language, then abbreviations, then the others.
    fn candidates(&mut self, found: &Found<'a>, is_ambiguous: bool) -> Vec<Candidate<'a>> {
        let names = &found.concept.names;
        let typed: Vec<&Name> = found.names.iter().map(|&name| &names[name]).collect();
        let is_typed_language =
            |name: &Name| name.language != Language::Undetermined && typed.iter().any(|t| t.language == name.language);
        let settings = &self.context.expansion;
        let mut ranked = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let key = &name.key;
            let is_typed = typed.iter().any(|typed| typed.key == *key);
            let is_excluded = self.excluded.contains(key);
            if is_typed || is_excluded || (name.abbreviation && is_word(&self.context.lexicon, key)) {
                continue;
            }
            // What counts only as written is short or ambiguous, whatever its form.
            let is_short = name.abbreviation || name.as_written;
            let mut weight = match name {
                _ if is_short => settings.abbreviation,
                Name { risky: true, .. } => settings.everyday_word,
                name if is_typed_language(name) => settings.same_language,
                _ => settings.other_language,
            };
            if is_ambiguous {
                weight *= settings.ambiguous;
            }
            let is_preferred = !names[..place].iter().any(|other| other.language == name.language);
            if weight > 0.0
                && let Some(phrase) = self.phrases.of(name)
            {
                let rank = (is_typed_language(name), !is_preferred, !name.abbreviation, place);
                ranked.push((rank, Candidate { name, weight, phrase }));
            }
        }
        ranked.sort_by_key(|&(rank, _)| rank);
        let mut candidates: Vec<Candidate<'a>> = Vec::new();
        for (_, one) in ranked {
            // Names that differ in endings alone are one: the preferred one, with the stems of all.
            let same =
                candidates.iter_mut().find(|known| known.weight == one.weight && joins(&known.phrase, &one.phrase));
            match same {
                Some(known) => merge(&mut known.phrase, &one.phrase),
                None => candidates.push(one),
            }
        }
        // A longer name that holds a shorter one is found by it, and must not count twice.
        let covers = |other: &Candidate<'_>, one: &Candidate<'_>| {
            other.weight >= one.weight && other.phrase != one.phrase && contains(&one.phrase, &other.phrase)
        };
        let is_covered: Vec<bool> =
            candidates.iter().map(|one| candidates.iter().any(|other| covers(other, one))).collect();
        let mut is_covered = is_covered.into_iter();
        candidates.retain(|_| is_covered.next() == Some(false));
        candidates
    }

    /// Adds a name to the group of each word that it replaces. Where a group holds a word of the name already, the name
    /// is left out of that group: it is found by that word.
    fn join(&mut self, candidate: &Candidate<'_>, found: &Found<'_>, run: &Run<'_>, groups: &mut [Group]) {
        let known = self.expanded.iter().position(|phrase| *phrase == candidate.phrase);
        if known.is_none() && self.expansions.len() == Interpretation::MAX_EXPANSIONS {
            return;
        }
        let expansion = known.unwrap_or(self.expansions.len());
        let first = groups.len() - run.covered.len();
        let replaced = |covered: &Range<usize>| covered.start >= found.words.start && covered.end <= found.words.end;
        // An everyday word says less than the typed words that it is one of.
        let mut of_name = run.covered.iter().zip(&groups[first..]).filter(|(covered, _)| replaced(covered));
        if candidate.name.risky && of_name.any(|(_, group)| shares_a_word(group, &candidate.phrase)) {
            return;
        }
        let mut has_joined = false;
        for (covered, group) in run.covered.iter().zip(&mut groups[first..]) {
            let is_known = group.expanded.iter().any(|expanded| expanded.expansion == expansion);
            let phrase = match group.form {
                Form::Stem => candidate.phrase.clone(),
                Form::Exact => exact(candidate.name),
            };
            // Stop words are not replaced, but they may be abbreviations (EU).
            let counts = group.words != 0 || found.words.len() == 1;
            if replaced(covered) && counts && !is_known && !shares_a_word(group, &phrase) {
                let member = Member { phrase, weight: candidate.weight };
                group.expanded.push(Expanded { expansion, member });
                has_joined = true;
            }
        }
        if has_joined && known.is_none() {
            self.expanded.push(candidate.phrase.clone());
            let span = run.span(&found.words);
            self.expansions.push(Expansion {
                from: self.context.text.get(span.clone()).unwrap_or_default().to_owned(),
                term: candidate.name.text.clone(),
                language: candidate.name.language,
                scheme: found.concept.scheme.clone(),
                concept: found.concept.concept.clone(),
                weight: candidate.weight,
                documents: 0,
                span,
            });
        }
    }
}

/// Whether an abbreviation at this place stands for several things that share no full name.
fn is_ambiguous(one: &Found<'_>, all: &[Found<'_>]) -> bool {
    let full_names = |found: &Found<'_>| -> Vec<String> {
        found.concept.names.iter().filter(|name| !name.abbreviation).map(|name| name.key.clone()).collect()
    };
    let is_abbreviation = one.names.iter().all(|&name| one.concept.names[name].abbreviation);
    let own = full_names(one);
    let is_other = |other: &&Found<'_>| {
        other.words == one.words
            && !std::ptr::eq(other.concept, one.concept)
            && !full_names(other).iter().any(|name| own.contains(name))
    };
    is_abbreviation && all.iter().any(|other| is_other(&other))
}

fn is_inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}

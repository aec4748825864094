//! Concept expansion: words that name a concept also find its other names, and the filters they may mean.

use std::ops::Range;

use rcp_corpus::analysis::Word;
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::names::{Found, Name, Typed, name_key};
use rcp_index::plan::{Form, Member, Phrase, Slot};

use super::group::{Expanded, Group};
use super::term::{Lexicon, Term};
use super::understand::Context;
use crate::response::{Expansion, Interpretation, SuggestedFilter};

/// Most filters that are suggested.
const MAX_SUGGESTED: usize = 5;

/// Least bytes that a word and its stem have in common where the scope is asked for the stem.
const MIN_COMMON_BYTES: usize = 3;

/// Numbers that are taken for years.
const YEARS: Range<u16> = 1900..2100;

/// A term of the query with its place.
pub(super) struct Placed {
    pub(super) term: Term,
    /// As typed.
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

/// What expansion adds to a query, while its runs are read one after the other.
pub(super) struct Expander<'a> {
    context: &'a Context<'a>,
    pub(super) expansions: Vec<Expansion>,
    /// The phrase of each expansion.
    phrases: Vec<Phrase>,
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
        Expander { context, expansions: Vec::new(), phrases: Vec::new(), suggested: Vec::new() }
    }

    /// Adds to the groups of a run the other names of what its words name.
    pub(super) fn expand(&mut self, run: &Run<'_>, groups: &mut [Group]) {
        if !self.context.wants.expand {
            return;
        }
        let mut found = self.found(run);
        found.retain(|found| found.concept.equivalent);
        found.sort_by_key(|found| (std::cmp::Reverse(found.words.len()), found.words.start));
        let mut named: Vec<Named<'a>> = Vec::new();
        for place in 0..found.len() {
            let one = &found[place];
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

    /// Suggests the filters that the words of a run may mean.
    pub(super) fn suggest(&mut self, run: &Run<'_>) {
        let found = self.found(run);
        let mut suggested: Vec<SuggestedFilter> = Vec::new();
        for one in &found {
            let scheme = self.context.taxonomy.scheme(&one.concept.scheme);
            let Some(facet) = scheme.and_then(|scheme| scheme.facets.first()) else { continue };
            let concept = self.context.taxonomy.concept(facet, &one.concept.concept);
            let hidden = found.iter().any(|other| is_inside(&one.words, &other.words));
            if let Some(concept) = concept.filter(|_| !hidden) {
                let label = concept.label.get(self.context.wants.ui).to_owned();
                suggested.push(suggestion(run, &one.words, facet, &concept.id, label));
            }
        }
        for (place, placed) in run.terms.iter().enumerate() {
            let year = &placed.term.word.folded;
            let apart = !placed.term.word.joined && !run.terms.get(place + 1).is_some_and(|next| next.term.word.joined);
            if apart && year.len() == 4 && year.parse().is_ok_and(|year| YEARS.contains(&year)) {
                suggested.push(suggestion(run, &(place..place + 1), "year", year, year.clone()));
            }
        }
        suggested.sort_by_key(|filter| filter.span.start);
        for filter in suggested {
            let known =
                self.suggested.iter().any(|other| (&other.facet, &other.value) == (&filter.facet, &filter.value));
            if !known && self.suggested.len() < MAX_SUGGESTED {
                self.suggested.push(filter);
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
                let is_written = surface.starts_with(char::is_uppercase);
                !is_everyday && (!name.abbreviation || is_written || !self.is_word(&name_key(&name.text)))
            });
        }
        found.retain(|found| !found.names.is_empty());
        found
    }

    /// The other names of a concept that the scope may hold: those of other languages before synonyms, full names
    /// before abbreviations, preferred ones first.
    fn candidates(&self, found: &Found<'a>, is_ambiguous: bool) -> Vec<Candidate<'a>> {
        let names = &found.concept.names;
        let typed: Vec<&Name> = found.names.iter().map(|&name| &names[name]).collect();
        let is_typed_language =
            |name: &Name| name.language != Language::Undetermined && typed.iter().any(|t| t.language == name.language);
        let settings = &self.context.expansion;
        let mut ranked = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let key = name_key(&name.text);
            let is_typed = typed.iter().any(|typed| name_key(&typed.text) == key);
            let is_excluded = self.context.wants.expand_exclude.iter().any(|term| name_key(term) == key);
            if is_typed || is_excluded || (name.abbreviation && self.is_word(&key)) {
                continue;
            }
            let mut weight = match name {
                Name { abbreviation: true, .. } => settings.abbreviation,
                Name { risky: true, .. } => settings.everyday_word,
                name if is_typed_language(name) => settings.same_language,
                _ => settings.other_language,
            };
            if is_ambiguous {
                weight *= settings.ambiguous;
            }
            let preference = names[..place].iter().filter(|other| other.language == name.language).count();
            if weight > 0.0
                && let Some(phrase) = self.phrase(name)
            {
                let rank = (is_typed_language(name), name.abbreviation, preference, place);
                ranked.push((rank, Candidate { name, weight, phrase }));
            }
        }
        ranked.sort_by_key(|&(rank, _)| rank);
        let mut candidates: Vec<Candidate<'a>> = Vec::new();
        for place in 0..ranked.len() {
            let (_, one) = &ranked[place];
            // A longer name that holds a shorter one is found by it, and must not count twice.
            let is_covered = ranked.iter().enumerate().any(|(other_place, (_, other))| {
                let is_other = other.phrase != one.phrase || other_place < place;
                is_other && other.weight >= one.weight && contains(&one.phrase, &other.phrase)
            });
            if !is_covered {
                candidates.push(Candidate { name: one.name, weight: one.weight, phrase: one.phrase.clone() });
            }
        }
        candidates
    }

    /// A name as a phrase of stems, with a gap for each stop word; `None` where the scope lacks one of its words.
    fn phrase(&self, name: &Name) -> Option<Phrase> {
        let lexicon = &self.context.lexicon;
        let mut slots = Vec::new();
        for (offset, term) in (0..).zip(lexicon.terms(&name.text)) {
            if self.is_gap(&term.word, name.language) {
                continue;
            }
            let mut tokens = term.resolution.stems;
            let own = match (name.abbreviation || term.word.fixed, name.language) {
                (true, _) | (_, Language::Undetermined) => term.word.folded.clone(),
                (_, language) => lexicon.analyzer.stem(&name.text[term.word.span.clone()], language),
            };
            if term.resolution.documents == 0
                && !tokens.iter().chain([&own]).any(|stem| lexicon.holds(&term.word, stem))
            {
                return None;
            }
            tokens.push(own);
            tokens.sort_unstable();
            tokens.dedup();
            slots.push(Slot { offset, tokens });
        }
        let first = slots.first()?.offset;
        slots.iter_mut().for_each(|slot| slot.offset -= first);
        Some(Phrase { slots, slop: 0 })
    }

    fn is_gap(&self, word: &Word, language: Language) -> bool {
        let analyzer = self.context.lexicon.analyzer;
        let is_stop_word = |language| analyzer.is_stop_word(&word.folded, language);
        !word.fixed
            && match language {
                Language::Undetermined => Language::ANALYSED.into_iter().any(is_stop_word),
                known => is_stop_word(known),
            }
    }

    /// Whether an abbreviation is an everyday word too: a stop word, or one with forms of its own (commit, committed).
    fn is_word(&self, folded: &str) -> bool {
        let analyzer = self.context.lexicon.analyzer;
        Language::ANALYSED.into_iter().any(|language| analyzer.is_stop_word(folded, language))
            || self.context.lexicon.has_forms(folded)
    }

    /// Adds a name to the group of each word that it replaces. Where a group holds a word of the name already, the name
    /// is left out of that group: it is found by that word.
    fn join(&mut self, candidate: &Candidate<'_>, found: &Found<'_>, run: &Run<'_>, groups: &mut [Group]) {
        let known = self.phrases.iter().position(|phrase| *phrase == candidate.phrase);
        if known.is_none() && self.expansions.len() == Interpretation::MAX_EXPANSIONS {
            return;
        }
        let expansion = known.unwrap_or(self.expansions.len());
        let first = groups.len() - run.covered.len();
        let mut has_joined = false;
        for (covered, group) in run.covered.iter().zip(&mut groups[first..]) {
            let is_replaced = covered.start >= found.words.start && covered.end <= found.words.end;
            let is_known = group.expanded.iter().any(|expanded| expanded.expansion == expansion);
            let phrase = match group.form {
                Form::Stem => candidate.phrase.clone(),
                Form::Exact => exact(candidate.name),
            };
            if is_replaced && !is_known && !shares_a_word(group, &phrase) {
                let member = Member { phrase, weight: candidate.weight };
                group.expanded.push(Expanded { expansion, member });
                has_joined = true;
            }
        }
        if has_joined && known.is_none() {
            self.phrases.push(candidate.phrase.clone());
            let Range { start, end } = found.words.clone();
            let from: Vec<&str> = run.terms[start..end].iter().map(|placed| placed.surface.as_str()).collect();
            self.expansions.push(Expansion {
                from: from.join(" "),
                term: candidate.name.text.clone(),
                language: candidate.name.language,
                scheme: found.concept.scheme.clone(),
                concept: found.concept.concept.clone(),
                weight: candidate.weight,
                documents: 0,
                span: run.terms[start].span.start..run.terms[end - 1].span.end,
            });
        }
    }
}

fn suggestion(run: &Run<'_>, words: &Range<usize>, facet: &str, value: &str, label: String) -> SuggestedFilter {
    let typed = &run.terms[words.clone()];
    let from: Vec<&str> = typed.iter().map(|placed| placed.surface.as_str()).collect();
    let span = typed[0].span.start..typed[typed.len() - 1].span.end;
    SuggestedFilter { facet: facet.to_owned(), value: value.to_owned(), label, from: from.join(" "), span }
}

/// Whether an abbreviation at this place stands for several things that share no full name.
fn is_ambiguous(one: &Found<'_>, all: &[Found<'_>]) -> bool {
    let full_names = |found: &Found<'_>| -> Vec<String> {
        found.concept.names.iter().filter(|name| !name.abbreviation).map(|name| name_key(&name.text)).collect()
    };
    let is_abbreviation = one.names.iter().all(|&name| one.concept.names[name].abbreviation);
    let own = full_names(one);
    let is_other = |other: &&Found<'_>| {
        other.words == one.words
            && other.concept != one.concept
            && !full_names(other).iter().any(|name| own.contains(name))
    };
    is_abbreviation && all.iter().any(|other| is_other(&other))
}

fn is_inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}

/// Whether a phrase stands in another one: wherever the other matches, it does.
fn contains(whole: &Phrase, part: &Phrase) -> bool {
    whole.slots.windows(part.slots.len()).any(|slots| {
        let base = slots[0].offset;
        slots.iter().zip(&part.slots).all(|(slot, wanted)| {
            slot.offset - base == wanted.offset && slot.tokens.iter().all(|token| wanted.tokens.contains(token))
        })
    })
}

/// Whether a word of a phrase is one that the group looks for anyway.
fn shares_a_word(group: &Group, phrase: &Phrase) -> bool {
    let own = group.members.iter().filter(|member| member.phrase.slots.len() == 1);
    let own: Vec<&String> = own.flat_map(|member| &member.phrase.slots[0].tokens).collect();
    phrase.slots.iter().flat_map(|slot| &slot.tokens).any(|token| own.contains(&token))
}

impl Lexicon<'_> {
    /// Whether the scope holds a stem that a word of its own, not in the scope as written, would be given.
    fn holds(&self, word: &Word, stem: &str) -> bool {
        let common = word.folded.bytes().zip(stem.bytes()).take_while(|(one, other)| one == other).count();
        let Some(prefix) = word.folded.get(..common).filter(|prefix| prefix.len() >= MIN_COMMON_BYTES) else {
            return false;
        };
        let mut forms = self.vocabularies.iter().flat_map(|vocabulary| vocabulary.starting_with(prefix));
        forms.any(|(_, entry)| entry.stems.iter().any(|other| other == stem))
    }

    /// Whether the scope holds words that are forms of this one, its plural apart.
    fn has_forms(&self, folded: &str) -> bool {
        let mut longer = self.vocabularies.iter().flat_map(|vocabulary| vocabulary.starting_with(folded));
        longer.any(|(form, entry)| {
            let ending = form.strip_prefix(folded).unwrap_or_default();
            !matches!(ending, "" | "s")
                && (matches!(ending, "ed" | "ing") || entry.stems.iter().any(|stem| stem == folded))
        })
    }
}

/// A name as a phrase of words as written.
fn exact(name: &Name) -> Phrase {
    let words = rcp_corpus::analysis::words(&name.text);
    let slot = |(offset, word): (u32, Word)| Slot { offset, tokens: vec![word.folded] };
    Phrase { slots: (0..).zip(words).map(slot).collect(), slop: 0 }
}

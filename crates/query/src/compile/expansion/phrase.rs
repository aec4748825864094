//! Names as phrases of the tokens that the scope has.

use std::collections::HashMap;

use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::names::Name;
use rcp_corpus::vocabulary::resolve;
use rcp_index::plan::{Phrase, Slot};

use super::super::group::Group;
use super::super::term::Lexicon;

/// Least bytes that a word and its stem have in common where the scope is asked for the stem.
const MIN_COMMON_BYTES: usize = 3;

/// Endings of which one tells a word from an abbreviation, where its stem is that.
const ENDINGS: [&str; 12] = ["er", "ment", "ments", "es", "e", "a", "o", "as", "os", "ar", "ent", "ez"];

/// Makes names into phrases; names share words, and each is looked up once a query.
pub(super) struct Phrases<'a> {
    lexicon: &'a Lexicon<'a>,
    /// The stems that a word of a language has in the scope; none for a word that the scope lacks.
    known: HashMap<(Language, String), Option<Vec<String>>>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(lexicon: &'a Lexicon<'a>) -> Phrases<'a> {
        Phrases { lexicon, known: HashMap::new() }
    }

    /// A name as a phrase of stems, with a gap for each stop word; `None` where the scope lacks one of its words.
    pub(super) fn of(&mut self, name: &Name) -> Option<Phrase> {
        // Abbreviations are not stemmed.
        let language = if name.abbreviation { Language::Undetermined } else { name.language };
        let mut slots = Vec::new();
        for (offset, word) in (0..).zip(words(&name.text)) {
            if !is_gap(self.lexicon, &word, language) {
                let surface = &name.text[word.span.clone()];
                let key = (language, surface.to_owned());
                let stems = self.known.entry(key).or_insert_with(|| stems(self.lexicon, surface, &word, language));
                slots.push(Slot { offset, tokens: stems.clone()? });
            }
        }
        let first = slots.first()?.offset;
        slots.iter_mut().for_each(|slot| slot.offset -= first);
        Some(Phrase { slots, slop: 0 })
    }
}

fn is_gap(lexicon: &Lexicon<'_>, word: &Word, language: Language) -> bool {
    let is_stop_word = |language| lexicon.analyzer.is_stop_word(&word.folded, language);
    !word.fixed
        && match language {
            Language::Undetermined => Language::ANALYSED.into_iter().any(is_stop_word),
            known => is_stop_word(known),
        }
}

/// The stems that the scope has of a word of a name: those that it would be given in its language, and those that the
/// texts gave it. Without a language, its plural is looked for too: stemmers leave `RCPs` as it is.
fn stems(lexicon: &Lexicon<'_>, surface: &str, word: &Word, language: Language) -> Option<Vec<String>> {
    let is_kept = word.fixed || language == Language::Undetermined;
    let own = if is_kept { word.folded.clone() } else { lexicon.analyzer.stem(surface, language) };
    let plural = if is_kept { format!("{}s", word.folded) } else { String::new() };
    let entry = |folded: &str| {
        let entries = lexicon.vocabularies.iter().filter_map(|vocabulary| vocabulary.get(folded));
        entries.filter(|entry| entry.documents > 0).flat_map(|entry| entry.stems).collect::<Vec<String>>()
    };
    let plurals = entry(&plural);
    let mut stems = if !entry(&word.folded).is_empty() {
        resolve(lexicon.vocabularies, lexicon.analyzer, surface, word).stems
    } else if !plurals.is_empty() || holds(lexicon, word, &own) {
        Vec::new()
    } else {
        return None;
    };
    stems.extend(plurals);
    stems.push(own);
    stems.sort_unstable();
    stems.dedup();
    Some(stems)
}

/// Whether the scope has words of a stem that begin as a word does.
fn holds(lexicon: &Lexicon<'_>, word: &Word, stem: &str) -> bool {
    let common = word.folded.bytes().zip(stem.bytes()).take_while(|(one, other)| one == other).count();
    let Some(prefix) = word.folded.get(..common).filter(|prefix| prefix.len() >= MIN_COMMON_BYTES) else {
        return false;
    };
    let mut forms = lexicon.vocabularies.iter().flat_map(|vocabulary| vocabulary.starting_with(prefix));
    forms.any(|(_, entry)| entry.stems.iter().any(|other| other == stem))
}

/// Whether an abbreviation is an everyday word too: a stop word, or one of which the scope has forms (commit,
/// committed) beside its plural.
pub(super) fn is_word(lexicon: &Lexicon<'_>, folded: &str) -> bool {
    let is_stop_word = |language| lexicon.analyzer.is_stop_word(folded, language);
    let doubled = folded.chars().last().map(|last| format!("{folded}{last}"));
    let verbs = [folded].into_iter().chain(doubled.as_deref()).flat_map(|base| ["ed", "ing"].map(|end| (base, end)));
    let mut forms = verbs.chain(ENDINGS.map(|ending| (folded, ending)));
    Language::ANALYSED.into_iter().any(is_stop_word)
        || forms.any(|(base, ending)| {
            let form = format!("{base}{ending}");
            let mut entries = lexicon.vocabularies.iter().filter_map(|vocabulary| vocabulary.get(&form));
            entries.any(|entry| matches!(ending, "ed" | "ing") || entry.stems.iter().any(|stem| stem == folded))
        })
}

/// Whether a phrase stands in another one: wherever the other matches, it does.
pub(super) fn contains(whole: &Phrase, part: &Phrase) -> bool {
    whole.slots.windows(part.slots.len()).any(|slots| {
        let base = slots[0].offset;
        slots.iter().zip(&part.slots).all(|(slot, wanted)| {
            slot.offset - base == wanted.offset && slot.tokens.iter().all(|token| wanted.tokens.contains(token))
        })
    })
}

/// Whether two phrases have the same words in the same places, but for their endings.
pub(super) fn joins(one: &Phrase, other: &Phrase) -> bool {
    one.slots.len() == other.slots.len()
        && one.slots.iter().zip(&other.slots).all(|(slot, same)| {
            slot.offset == same.offset && slot.tokens.iter().any(|token| same.tokens.contains(token))
        })
}

/// Adds the tokens of a phrase to those of one that it [joins].
pub(super) fn merge(phrase: &mut Phrase, other: &Phrase) {
    for (slot, added) in phrase.slots.iter_mut().zip(&other.slots) {
        slot.tokens.extend_from_slice(&added.tokens);
        slot.tokens.sort_unstable();
        slot.tokens.dedup();
    }
}

/// Whether a word of a phrase is one that the group looks for anyway.
pub(super) fn shares_a_word(group: &Group, phrase: &Phrase) -> bool {
    let own = group.members.iter().filter(|member| member.phrase.slots.len() == 1);
    let own: Vec<&String> = own.flat_map(|member| &member.phrase.slots[0].tokens).collect();
    phrase.slots.iter().flat_map(|slot| &slot.tokens).any(|token| own.contains(&token))
}

/// A name as a phrase of words as written.
pub(super) fn exact(name: &Name) -> Phrase {
    let slot = |(offset, word): (u32, Word)| Slot { offset, tokens: vec![word.folded] };
    Phrase { slots: (0..).zip(words(&name.text)).map(slot).collect(), slop: 0 }
}

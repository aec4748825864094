//! Typed words to synonym groups, with the vocabularies of a scope.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rcp_corpus::analysis::{Analyzer, Word, edge, fold, words};
use rcp_corpus::vocabulary::{Resolution, Vocabulary, resolve};
use rcp_index::plan::{Form, Member, Phrase, Slot};

/// Most forms that a prefix or a word with typing errors stands for: the most frequent ones.
pub(super) const MAX_FORMS: usize = 1_000;

/// Most readings of a phrase whose compounds can be written joined or apart.
const MAX_READINGS: usize = 8;

/// The vocabularies and the analysis that words are resolved with.
pub(crate) struct Lexicon<'a> {
    pub(crate) vocabularies: &'a [Arc<Vocabulary>],
    pub(crate) analyzer: &'a Analyzer,
}

/// A word of the query after analysis.
pub(super) struct Term {
    pub(super) word: Word,
    pub(super) resolution: Resolution,
}

/// Members of a group, before it has bits.
pub(super) struct Meaning {
    pub(super) form: Form,
    pub(super) members: Vec<Member>,
    /// Terms it covers, counted from its first.
    pub(super) covers: usize,
}

/// Forms of a prefix or a word with typing errors.
pub(super) struct Forms {
    pub(super) members: Vec<Member>,
    /// Whether there were more than [`MAX_FORMS`].
    pub(super) too_many: bool,
}

impl Lexicon<'_> {
    /// The terms of a typed text.
    pub(super) fn terms(&self, typed: &str) -> Vec<Term> {
        words(typed).into_iter().map(|word| self.term(typed, word)).collect()
    }

    fn term(&self, typed: &str, word: Word) -> Term {
        let surface = &typed[word.span.clone()];
        Term { resolution: resolve(self.vocabularies, self.analyzer, surface, &word), word }
    }

    /// What the first of some neighbouring terms means: the compound that it begins, else the word itself.
    ///
    /// A compound is a run of hyphenated terms, or two neighbours, whose joined form the vocabulary holds; it means the
    /// joined word and the phrase of its parts, so that `co-operation`, `co operation` and `cooperation` are one.
    /// Neighbours of which one is a stop word are one only where the texts hyphenate them (`on line`, not `a part`).
    pub(super) fn meaning(&self, terms: &[&Term]) -> Meaning {
        let hyphenated = 1 + terms.iter().skip(1).take_while(|term| term.word.joined).count();
        for run in [hyphenated, 2.min(terms.len())] {
            if let Some(members) = self.compound(&terms[..run]) {
                return Meaning { form: Form::Stem, members, covers: run };
            }
        }
        Meaning { form: Form::Stem, members: self.word_members(&terms[0].resolution), covers: 1 }
    }

    /// What a word means that is a stop word wherever the texts have it: the word as written.
    pub(super) fn literal(&self, term: &Term) -> Meaning {
        Meaning { form: Form::Exact, members: vec![Member::term(&term.word.folded)], covers: 1 }
    }

    fn compound(&self, terms: &[&Term]) -> Option<Vec<Member>> {
        let (_, tail) = terms.split_first().filter(|(_, tail)| !tail.is_empty())?;
        let parts: Vec<String> = terms.iter().map(|term| term.word.folded.clone()).collect();
        let mut resolutions = self.joined(&parts).into_iter().filter_map(|joined| {
            let word = words(&joined).into_iter().next()?;
            Some(self.term(&joined, word).resolution)
        });
        let mut resolution = resolutions.next()?;
        for other in resolutions {
            resolution.stems.extend(other.stems);
            resolution.compounds.extend(other.compounds);
        }
        let is_written_so = resolution.compounds.contains(&parts);
        let is_meant = tail.iter().all(|term| term.word.joined) || terms.iter().all(|term| !term.resolution.optional);
        if !is_written_so && !is_meant {
            return None;
        }
        if !is_written_so {
            resolution.compounds.push(parts);
        }
        resolution.stems.sort_unstable();
        resolution.stems.dedup();
        resolution.compounds.sort_unstable();
        resolution.compounds.dedup();
        Some(self.word_members(&resolution))
    }

    /// The joined forms of some parts that the vocabulary holds. Spanish doubles an r between vowels
    /// (`extra-regional`, `extrarregional`).
    fn joined(&self, parts: &[String]) -> Vec<String> {
        let doubled = parts.iter().fold(String::new(), |joined, part| {
            let is_doubled = part.starts_with('r') && joined.ends_with(['a', 'e', 'i', 'o', 'u']);
            joined + if is_doubled { "r" } else { "" } + part
        });
        let mut forms = vec![parts.concat(), doubled];
        forms.dedup();
        forms.retain(|form| self.vocabularies.iter().any(|vocabulary| vocabulary.get(form).is_some()));
        forms
    }

    /// Stems of a word, and the phrases of the compounds that it is the joined form of.
    fn word_members(&self, resolution: &Resolution) -> Vec<Member> {
        let stems = resolution.stems.iter().map(|stem| Member::term(stem));
        stems.chain(resolution.compounds.iter().filter_map(|parts| self.apart(parts))).collect()
    }

    /// The phrase of a compound's parts in their stems. A stop word at an end has its own there ([`edge`]); others leave
    /// a gap.
    fn apart(&self, parts: &[String]) -> Option<Member> {
        let mut slots = Vec::new();
        for (offset, part) in (0..).zip(parts) {
            let Term { word, resolution } = self.terms(part).into_iter().next()?;
            let mut tokens = resolution.stems;
            if resolution.optional {
                if offset > 0 && offset + 1 < parts.len() {
                    continue;
                }
                tokens.push(edge(&word.folded));
            }
            slots.push(Slot { offset: u32::try_from(offset).ok()?, tokens });
        }
        phrase(slots, 0)
    }

    /// Readings of a quoted phrase in words as written: each compound joined or apart.
    pub(super) fn phrase(&self, typed: &str, slop: u32) -> Vec<Member> {
        let written: Vec<Word> = words(typed);
        let mut readings: Vec<Vec<String>> = vec![Vec::new()];
        let mut at = 0;
        while at < written.len() {
            let choices = self.choices(&written[at..]);
            let covers = choices.covers;
            readings = readings
                .iter()
                .flat_map(|head| choices.readings.iter().map(move |tail| [head.as_slice(), tail].concat()))
                .take(MAX_READINGS)
                .collect();
            at += covers;
        }
        readings.into_iter().filter_map(|reading| phrase(slots(reading), slop)).collect()
    }

    /// How the first of some words of a phrase can be written.
    fn choices(&self, written: &[Word]) -> Choices {
        let hyphenated = 1 + written.iter().skip(1).take_while(|word| word.joined).count();
        for covers in [hyphenated, 2.min(written.len())] {
            let parts: Vec<String> = written[..covers].iter().map(|word| word.folded.clone()).collect();
            let joined = parts.concat();
            if covers > 1 && self.documents(&joined) > 0 {
                return Choices { covers, readings: vec![parts, vec![joined]] };
            }
        }
        let word = &written[0].folded;
        let compounds = self.vocabularies.iter().filter_map(|v| v.get(word)).flat_map(|entry| entry.compounds);
        Choices { covers: 1, readings: [vec![word.clone()]].into_iter().chain(compounds).collect() }
    }

    fn documents(&self, folded: &str) -> u64 {
        self.vocabularies.iter().filter_map(|v| v.get(folded)).map(|entry| u64::from(entry.documents)).sum()
    }

    /// The words that begin with a prefix. In `co-operat*` they stand behind `co`, or are joined to it.
    pub(super) fn starting_with(&self, prefix: &str) -> Forms {
        self.forms_behind(prefix, |last| self.forms(|vocabulary| vocabulary.starting_with(last), |_| 1.0))
    }

    /// The words within an edit distance; those further off weigh less.
    pub(super) fn within(&self, typed: &str, distance: u8) -> Forms {
        self.forms_behind(typed, |last| self.near(last, distance))
    }

    /// Forms of a typed text, which is a word or, with hyphens, several: the last one has the forms. The others stand
    /// before it, or are joined to it.
    fn forms_behind(&self, typed: &str, forms_of: impl Fn(&str) -> Forms) -> Forms {
        let mut before: Vec<String> = words(typed).into_iter().map(|word| word.folded).collect();
        let Some(last) = before.pop() else { return forms_of(&fold(typed)) };
        let forms = forms_of(&last);
        if before.is_empty() {
            return forms;
        }
        let mut joined = forms_of(&(before.concat() + &last));
        let tokens: Vec<String> =
            forms.members.into_iter().flat_map(|member| member.phrase.slots).flat_map(|slot| slot.tokens).collect();
        if !tokens.is_empty() {
            let mut apart = slots(before);
            let offset = apart.last().map_or(0, |slot| slot.offset + 1);
            apart.push(Slot { offset, tokens });
            joined.members.extend(phrase(apart, 0));
        }
        Forms { too_many: joined.too_many || forms.too_many, ..joined }
    }

    fn near(&self, word: &str, distance: u8) -> Forms {
        let near: BTreeMap<String, ()> = self
            .vocabularies
            .iter()
            .flat_map(|vocabulary| vocabulary.within(word, 1))
            .map(|(form, _)| (form, ()))
            .collect();
        let weight = |form: &str| match form {
            same if same == word => 1.0,
            form if near.contains_key(form) => 0.5,
            _ => 0.25,
        };
        self.forms(|vocabulary| vocabulary.within(word, distance), weight)
    }

    fn forms(
        &self,
        find: impl Fn(&Vocabulary) -> Vec<(String, rcp_corpus::vocabulary::Entry)>,
        weight: impl Fn(&str) -> f32,
    ) -> Forms {
        let mut documents: BTreeMap<String, u64> = BTreeMap::new();
        for (form, entry) in self.vocabularies.iter().flat_map(|vocabulary| find(vocabulary)) {
            *documents.entry(form).or_default() += u64::from(entry.documents);
        }
        let mut forms: Vec<(String, u64)> = documents.into_iter().collect();
        forms.sort_by_key(|&(_, documents)| Reverse(documents));
        let too_many = forms.len() > MAX_FORMS;
        forms.truncate(MAX_FORMS);
        let member = |(form, _): (String, u64)| Member { weight: weight(&form), ..Member::term(&form) };
        Forms { members: forms.into_iter().map(member).collect(), too_many }
    }
}

struct Choices {
    covers: usize,
    readings: Vec<Vec<String>>,
}

fn slots(words: Vec<String>) -> Vec<Slot> {
    (0..).zip(words).map(|(offset, word)| Slot { offset, tokens: vec![word] }).collect()
}

/// A phrase with weight 1; `None` without a slot. Offsets are counted from the first slot.
fn phrase(mut slots: Vec<Slot>, slop: u32) -> Option<Member> {
    let first = slots.first()?.offset;
    slots.iter_mut().for_each(|slot| slot.offset -= first);
    Some(Member { phrase: Phrase { slots, slop }, weight: 1.0 })
}

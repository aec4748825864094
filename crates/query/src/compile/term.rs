//! Typed words to synonym groups, with the vocabularies of a scope.

use std::sync::Arc;

use rcp_corpus::analysis::{Analyzer, Word, edge, words};
use rcp_corpus::vocabulary::{Resolution, Vocabulary, other_numbers, resolve};
use rcp_index::plan::{Form, Member, Phrase, Slot};

/// Most readings of a phrase whose compounds can be written joined or apart.
const MAX_READINGS: usize = 8;

/// Prefixes of English, Spanish and French that are no words, or hardly ever: `inter state` is "inter-State".
const PREFIXES: [&str; 21] = [
    "anti", "co", "extra", "infra", "inter", "intra", "macro", "meta", "micro", "mono", "multi", "non", "post", "pre",
    "pseudo", "quasi", "semi", "sub", "supra", "trans", "ultra",
];

/// The vocabularies and the analysis that words are resolved with.
pub(crate) struct Lexicon<'a> {
    pub(crate) vocabularies: &'a [Arc<Vocabulary>],
    pub(crate) analyzer: &'a Analyzer,
}

/// A word of the query after analysis.
pub(super) struct Term {
    pub(super) word: Word,
    pub(super) resolution: Resolution,
    /// What it stands for where it was corrected; empty: for what its resolution says.
    pub(super) corrected: Vec<Member>,
}

/// Members of a group, before it has bits.
pub(super) struct Meaning {
    pub(super) form: Form,
    pub(super) members: Vec<Member>,
    /// Terms it covers, counted from its first.
    pub(super) covers: usize,
}

impl Lexicon<'_> {
    /// The terms of a typed text.
    pub(super) fn terms(&self, typed: &str) -> Vec<Term> {
        words(typed).into_iter().map(|word| self.term(typed, word)).collect()
    }

    fn term(&self, typed: &str, word: Word) -> Term {
        let surface = &typed[word.span.clone()];
        Term { resolution: resolve(self.vocabularies, self.analyzer, surface, &word), word, corrected: Vec::new() }
    }

    /// What the first of some neighbouring terms means: the compound that it begins, else the word itself.
    ///
    /// A compound is a run of hyphenated terms, or two neighbours that are one word ([`Lexicon::is_one_word`]), whose
    /// joined form the vocabulary holds; it means the joined word and the phrase of its parts, so that `co-operation`,
    /// `co operation` and `cooperation` are one.
    /// Neighbours of which one is a stop word are one only where the texts hyphenate them (`on line`, not `a part`).
    pub(super) fn meaning(&self, terms: &[&Term]) -> Meaning {
        let hyphenated = 1 + terms.iter().skip(1).take_while(|term| term.word.joined).count();
        let pair = matches!(terms, [first, second, ..] if self.is_one_word(first, second));
        for (run, allowed) in [(hyphenated, true), (2.min(terms.len()), pair)] {
            if let Some(members) = allowed.then(|| self.compound(&terms[..run])).flatten() {
                return Meaning { form: Form::Stem, members, covers: run };
            }
        }
        Meaning { form: Form::Stem, members: self.members(terms[0]), covers: 1 }
    }

    /// Whether two words that were typed apart may be one word: the first is but a prefix, or the texts write them as one
    /// at least as often as they have the rarer one. `heat transfer` are two words although some text hyphenates them or
    /// lost the space: as one they would not find "transfer of heat", and count for less than two. Where one is a stop
    /// word, nothing is decided here.
    fn is_one_word(&self, first: &Term, second: &Term) -> bool {
        let is_optional = first.resolution.optional || second.resolution.optional;
        if PREFIXES.contains(&first.word.folded.as_str()) {
            return true;
        }
        let joined = self.joined(&[first, second].map(|term| term.word.folded.clone()));
        let joined: u64 = joined.iter().map(|form| self.documents(form)).sum();
        is_optional || (joined > 0 && joined >= first.resolution.documents.min(second.resolution.documents))
    }

    /// What the texts have for a term joined to the one before it or behind it: `inter state` also finds "interstate", by
    /// either word.
    pub(super) fn joined_with_neighbours(&self, terms: &[&Term], at: usize) -> Vec<Member> {
        let pairs = terms.windows(2).enumerate().filter(|(first, _)| *first == at || first + 1 == at);
        let pairs = pairs.filter(|(_, pair)| pair.iter().all(|term| !term.resolution.optional));
        let forms = pairs.flat_map(|(_, pair)| self.joined(&[pair[0], pair[1]].map(|term| term.word.folded.clone())));
        let stems = forms.filter(|form| self.documents(form) > 0).flat_map(|form| {
            let word = words(&form).into_iter().next();
            word.map_or_else(Vec::new, |word| self.term(&form, word).resolution.stems)
        });
        stems.map(|stem| Member::term(&stem)).collect()
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

    /// The joined forms of some parts that the vocabulary holds, in one number or the other. Spanish doubles an r between vowels
    /// (`extra-regional`, `extrarregional`).
    fn joined(&self, parts: &[String]) -> Vec<String> {
        let doubled = parts.iter().fold(String::new(), |joined, part| {
            let is_doubled = part.starts_with('r') && joined.ends_with(['a', 'e', 'i', 'o', 'u']);
            joined + if is_doubled { "r" } else { "" } + part
        });
        let mut forms = vec![parts.concat(), doubled];
        forms.dedup();
        forms.retain(|form| self.is_known(form) || other_numbers(form).iter().any(|number| self.is_known(number)));
        forms
    }

    /// Whether the vocabulary holds a folded word, if only as the joined form of a compound.
    pub(super) fn is_known(&self, folded: &str) -> bool {
        self.vocabularies.iter().any(|vocabulary| vocabulary.get(folded).is_some())
    }

    /// What a term stands for when it is no part of a compound.
    pub(super) fn members(&self, term: &Term) -> Vec<Member> {
        if term.corrected.is_empty() { self.word_members(&term.resolution) } else { term.corrected.clone() }
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
            let Term { word, resolution, .. } = self.terms(part).into_iter().next()?;
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

    /// Documents that have a folded word.
    pub(super) fn documents(&self, folded: &str) -> u64 {
        self.vocabularies.iter().filter_map(|v| v.get(folded)).map(|entry| u64::from(entry.documents)).sum()
    }
}

struct Choices {
    covers: usize,
    readings: Vec<Vec<String>>,
}

pub(super) fn slots(words: Vec<String>) -> Vec<Slot> {
    (0..).zip(words).map(|(offset, word)| Slot { offset, tokens: vec![word] }).collect()
}

/// A phrase with weight 1; `None` without a slot. Offsets are counted from the first slot.
pub(super) fn phrase(mut slots: Vec<Slot>, slop: u32) -> Option<Member> {
    let first = slots.first()?.offset;
    slots.iter_mut().for_each(|slot| slot.offset -= first);
    Some(Member { phrase: Phrase { slots, slop }, weight: 1.0 })
}

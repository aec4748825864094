//! [`Matcher`]: finds the names and phrases of every scheme in a text.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::overlap::hidden;
use super::pattern::Pattern;
use super::trie::{Trie, TrieHit};
use super::{Concept, Scheme, Taxonomy};
use crate::analysis::{Word, words};
use crate::model::Language;

/// What kind of wording an [`Occurrence`] is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A label, alias or former name, in any language.
    Name,
    /// A weak alias or abbreviation, written with the same capitals.
    WeakName,
    /// A strong phrase.
    Strong,
    /// A weak phrase.
    Weak,
    /// A title phrase.
    Title,
    /// A body phrase.
    Body,
    /// A cue of the scheme, of no concept: what follows is a topic.
    Topic,
    /// A cue: what it stands beside wrote or held it.
    Author,
    /// A cue: the members of what follows speak.
    Member,
    /// A cue: the sentence tells of a meeting.
    Held,
    /// A cue: the names behind it stand aside.
    Aside,
    /// A cue: what follows is a person.
    Person,
}

/// A name or phrase of a concept, found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Occurrence<'m> {
    /// Id of the scheme.
    pub scheme: &'m str,
    /// Id of the concept; where it was replaced, of the one that replaced it. Empty for a cue.
    pub concept: &'m str,
    /// What kind of wording it is.
    pub role: Role,
    /// The name or phrase as the scheme writes it: tells different phrases of a concept apart.
    pub phrase: &'m str,
    /// Byte range in the text, on whole words.
    pub span: Range<usize>,
}

/// Finds the names and phrases of every scheme in a text.
///
/// Words are compared as [`crate::analysis::words`] gives them, never parts of words; a hyphen is as good as a space,
/// and a compound is found whether it is written with a hyphen or as one word. All patterns are in one tree that is
/// walked from every word of the text, so the time grows with the text and not with the number of patterns.
///
/// ```
/// use rcp_corpus::model::Language;
/// use rcp_corpus::taxonomy::{Matcher, Role, Scheme, Taxonomy};
///
/// let scheme: Scheme = toml::from_str(r#"
///     id = "country"
///     label = { en = "Country" }
///     facets = ["country"]
///     [[concept]]
///     id = "gn"
///     label = { en = "Guinea", es = "Guinea", fr = "Guinée" }
///     [[concept]]
///     id = "pg"
///     label = { en = "Papua New Guinea", es = "Papúa Nueva Guinea" }
/// "#)?;
/// let matcher = Matcher::new(&Taxonomy::new(vec![scheme])?);
/// let text = "La Guinée et la Papua New Guinea";
/// let found = matcher.find(text, Language::Fr);
/// let found: Vec<_> = found.iter().map(|found| (found.concept, found.role, &text[found.span.clone()])).collect();
/// assert_eq!(found, [("gn", Role::Name, "Guinée"), ("pg", Role::Name, "Papua New Guinea")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Matcher {
    trie: Trie,
    entries: Vec<Entry>,
}

/// What a pattern stands for, and when it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Entry {
    scheme: String,
    meaning: Meaning,
    text: String,
    anchored: bool,
    languages: Languages,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Meaning {
    Concept {
        id: String,
        role: Role,
        /// Whether it is a full name of a scheme whose names in running text are facts of their own.
        is_mention: bool,
    },
    /// A proper name in which the phrases of the entry's scheme do not count.
    Mask,
}

/// A set of languages, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Languages(u8);

impl Languages {
    const ALL: Languages = Languages(u8::MAX);

    fn of(language: Language) -> Languages {
        Languages(1 << language as u8)
    }

    /// The passages whose wording a language has: its own, and those of unknown language.
    fn reading(language: Language) -> Languages {
        match language {
            Language::Undetermined => Languages::ALL,
            known => Languages(Languages::of(known).0 | Languages::of(Language::Undetermined).0),
        }
    }

    fn contains(self, language: Language) -> bool {
        self.0 & Languages::of(language).0 != 0
    }
}

impl Matcher {
    /// A matcher for every concept and mask of a taxonomy.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Matcher {
        let mut builder = Builder { trie: Trie::new(), entries: Vec::new(), known: HashSet::new() };
        for (scheme, concept, current) in taxonomy.concepts_with_current() {
            builder.add_names(scheme, concept, &current.id);
            for (&language, phrases) in &concept.phrases {
                let lists = [
                    (Role::Strong, &phrases.strong),
                    (Role::Weak, &phrases.weak),
                    (Role::Title, &phrases.title),
                    (Role::Body, &phrases.body),
                ];
                builder.add_phrases(scheme, &lists, Languages::reading(language), &current.id);
            }
        }
        for scheme in taxonomy.schemes() {
            for phrase in scheme.classification.iter().flat_map(|classification| &classification.mask) {
                builder.add(Pattern::phrase(phrase).ok(), phrase, scheme, Meaning::Mask, Languages::ALL);
            }
            for (&language, cues) in &scheme.cues {
                let lists = [
                    (Role::Topic, &cues.topic),
                    (Role::Author, &cues.author),
                    (Role::Member, &cues.member),
                    (Role::Held, &cues.held),
                    (Role::Aside, &cues.aside),
                    (Role::Person, &cues.person),
                ];
                builder.add_phrases(scheme, &lists, Languages::reading(language), "");
            }
        }
        Matcher { trie: builder.trie, entries: builder.entries }
    }

    /// What stands in a text in normal form C, in order of start, longer first.
    ///
    /// - Names count in every language, those of one word that a scheme with `mentioned_as` writes with a capital only
    ///   with a capital; a longer name hides the shorter names of any concept inside it (a weak one
    ///   hides weak ones only).
    /// - Phrases count in their own language, and all of them where the language is undetermined. A longer strong or
    ///   weak phrase hides the shorter ones of the same concept inside it.
    /// - Strong and weak phrases do not count where they share a word with a mask of their scheme or with a name of a
    ///   scheme whose names in running text are facts of their own (`mentioned_as`).
    #[must_use]
    pub fn find(&self, text: &str, language: Language) -> Vec<Occurrence<'_>> {
        self.find_in(text, &words(text), language)
    }

    /// As [`Matcher::find`], with the words of the text.
    pub(super) fn find_in(&self, text: &str, words: &[Word], language: Language) -> Vec<Occurrence<'_>> {
        let mut hits = self.trie.find(words);
        hits.retain(|hit| self.counts(hit, text, words, language));
        let hits = self.without_masked(hits, words.len());
        let hits = self.without_hidden(&hits);
        let mut occurrences: Vec<Occurrence<'_>> =
            hits.iter().filter_map(|hit| self.occurrence(hit, byte_span(hit, words))).collect();
        occurrences.sort_by_key(|found| {
            (found.span.start, std::cmp::Reverse(found.span.end), found.scheme, found.concept, found.role)
        });
        // Two phrases of one concept at one place (`refugee*`, `refugees`) are one occurrence, the stronger.
        occurrences.dedup_by(|next, kept| {
            next.span == kept.span
                && (next.scheme, next.concept) == (kept.scheme, kept.concept)
                && next.role.stronger() == kept.role.stronger()
        });
        occurrences
    }

    fn counts(&self, hit: &TrieHit, text: &str, words: &[Word], language: Language) -> bool {
        let entry = &self.entries[hit.entry];
        entry.languages.contains(language)
            && (!entry.anchored || hit.start == 0)
            && match entry.meaning {
                Meaning::Concept { role: Role::WeakName, .. } => {
                    letters(&text[byte_span(hit, words)]) == letters(&entry.text)
                }
                // A lone word in small letters is no proper name: `irán` is "they will go", `turkey` a bird.
                Meaning::Concept { role: Role::Name, is_mention: true, .. } if hit.end - hit.start == 1 => {
                    !starts_small(&text[byte_span(hit, words)]) || starts_small(&entry.text)
                }
                _ => true,
            }
    }

    fn without_masked(&self, mut hits: Vec<TrieHit>, words: usize) -> Vec<TrieHit> {
        let mut by_names = vec![false; words];
        let mut by_masks: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        for hit in &hits {
            let entry = &self.entries[hit.entry];
            match entry.meaning {
                Meaning::Concept { is_mention: true, .. } => by_names[hit.start..hit.end].fill(true),
                Meaning::Mask => {
                    let masked = by_masks.entry(&entry.scheme).or_insert_with(|| vec![false; words]);
                    masked[hit.start..hit.end].fill(true);
                }
                Meaning::Concept { .. } => {}
            }
        }
        hits.retain(|hit| {
            let entry = &self.entries[hit.entry];
            let blanked = |masked: &Vec<bool>| masked[hit.start..hit.end].contains(&true);
            match entry.role() {
                Some(Role::Strong | Role::Weak) => {
                    !blanked(&by_names) && !by_masks.get(entry.scheme.as_str()).is_some_and(blanked)
                }
                other => other.is_some(),
            }
        });
        hits
    }

    fn without_hidden(&self, hits: &[TrieHit]) -> Vec<TrieHit> {
        let firm: Vec<_> = hits.iter().map(|hit| (self.rivals(hit, true), hit.start..hit.end)).collect();
        let all: Vec<_> = hits.iter().map(|hit| (self.rivals(hit, false), hit.start..hit.end)).collect();
        let (hidden_by_firm, hidden_by_any) = (hidden(&firm), hidden(&all));
        let visible = |position: &usize| match self.entries[hits[*position].entry].role() {
            Some(Role::WeakName) => !hidden_by_any[*position],
            _ => !hidden_by_firm[*position],
        };
        (0..hits.len()).filter(visible).map(|position| hits[position].clone()).collect()
    }

    /// Hits with the same answer compete for the same place: names with all names, phrases with those of their
    /// concept.
    fn rivals(&self, hit: &TrieHit, weak_names_apart: bool) -> (Option<Role>, &str, &str) {
        let entry = &self.entries[hit.entry];
        match &entry.meaning {
            Meaning::Concept { role: Role::WeakName, .. } if weak_names_apart => (Some(Role::WeakName), "", ""),
            Meaning::Concept { role: Role::Name | Role::WeakName, .. } => (Some(Role::Name), "", ""),
            Meaning::Concept { id, role, .. } => (Some(role.stronger()), &entry.scheme, id),
            Meaning::Mask => (None, "", ""),
        }
    }

    fn occurrence(&self, hit: &TrieHit, span: Range<usize>) -> Option<Occurrence<'_>> {
        let entry = &self.entries[hit.entry];
        match &entry.meaning {
            Meaning::Concept { id, role, .. } => {
                Some(Occurrence { scheme: &entry.scheme, concept: id, role: *role, phrase: &entry.text, span })
            }
            Meaning::Mask => None,
        }
    }
}

impl Role {
    /// The role that a weak one is the weak form of; else the role itself.
    fn stronger(self) -> Role {
        match self {
            Role::WeakName => Role::Name,
            Role::Weak => Role::Strong,
            other => other,
        }
    }
}

impl Entry {
    fn role(&self) -> Option<Role> {
        match self.meaning {
            Meaning::Concept { role, .. } => Some(role),
            Meaning::Mask => None,
        }
    }
}

/// A matcher that is being filled.
struct Builder {
    trie: Trie,
    entries: Vec<Entry>,
    known: HashSet<Entry>,
}

impl Builder {
    fn add_names(&mut self, scheme: &Scheme, concept: &Concept, id: &str) {
        let labels = concept.label.iter().map(|(_, label)| label);
        let other_names = concept.aliases.iter().chain(&concept.former_names).chain(&concept.parts).map(String::as_str);
        let is_mention = scheme.mentioned_as.is_some();
        for name in labels.chain(other_names) {
            let meaning = Meaning::Concept { id: id.to_owned(), role: Role::Name, is_mention };
            self.add(Pattern::name(name).ok(), name, scheme, meaning, Languages::ALL);
        }
        for name in concept.weak_aliases.iter().chain(&concept.abbreviation) {
            let meaning = Meaning::Concept { id: id.to_owned(), role: Role::WeakName, is_mention: false };
            self.add(Pattern::name(name).ok(), name, scheme, meaning, Languages::ALL);
        }
    }

    fn add_phrases(&mut self, scheme: &Scheme, lists: &[(Role, &Vec<String>)], languages: Languages, id: &str) {
        for &(role, phrases) in lists {
            for phrase in phrases {
                let meaning = Meaning::Concept { id: id.to_owned(), role, is_mention: false };
                self.add(Pattern::phrase(phrase).ok(), phrase, scheme, meaning, languages);
            }
        }
    }

    /// Adds a pattern; `None` (a text that can match nothing) cannot come from a checked taxonomy.
    fn add(&mut self, pattern: Option<Pattern>, text: &str, scheme: &Scheme, meaning: Meaning, languages: Languages) {
        let Some(pattern) = pattern else { return };
        let anchored = pattern.anchored;
        let entry = Entry { scheme: scheme.id.clone(), meaning, text: text.nfc().collect(), anchored, languages };
        if self.known.insert(entry.clone()) {
            for words in pattern.variants() {
                self.trie.insert(&words, self.entries.len());
            }
            self.entries.push(entry);
        }
    }
}

fn byte_span(hit: &TrieHit, words: &[Word]) -> Range<usize> {
    // A hit covers at least one word, for no pattern is empty.
    words[hit.start].span.start..words[hit.end - 1].span.end
}

fn starts_small(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

/// Letters and digits of a text, with their capitals and accents: what a weak alias is compared by.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

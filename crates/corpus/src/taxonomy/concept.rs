//! [`Scheme`] and [`Concept`]: what a file of `index-config/schemes/` holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Language;

/// A controlled vocabulary: one file of `index-config/schemes/`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Name of the scheme, the same as the file's name without its ending: `rcp`.
    pub id: String,
    /// What the scheme is called on a page.
    pub label: Labels,
    /// Facets that its concepts feed: `["rcp", "mentions"]`. Empty for schemes that only give names.
    #[serde(default)]
    pub facets: Vec<String>,
    /// Facet fed by a name of a concept that stands in running text: `mentions` for processes, `country` for
    /// countries. Without it, names in the text are no labels. A name of one word that is written with a capital here
    /// counts only with a capital there (Iran is no Spanish verb): write common nouns in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentioned_as: Option<String>,
    /// Remarks for the people who edit the file.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where the facts come from.
    #[serde(default)]
    pub source: Vec<String>,
    /// How wording assigns its concepts to a document; `None` where only names, curators or implication do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification: Option<Classification>,
    /// How a document is told to belong to one of its concepts; `None` where only curators and implication do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub belonging: Option<Belonging>,
    /// Wording around names and title phrases that tells how they are meant, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cues: BTreeMap<Language, Cues>,
    /// The concepts, in display order.
    #[serde(default, rename = "concept")]
    pub concepts: Vec<Concept>,
}

/// One concept of a scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Stable id, used as facet value: `rcm`, `protection-rights.consular`.
    pub id: String,
    /// Preferred label (SKOS prefLabel).
    pub label: Labels,
    /// Short form shown beside the label: `RCM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    /// Wider concepts (SKOS broader); some concepts have two.
    #[serde(default)]
    pub broader: Vec<String>,
    /// Other full names (SKOS altLabel), any language. They identify the concept wherever they stand.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names it had before; they identify it as aliases do.
    #[serde(default)]
    pub former_names: Vec<String>,
    /// Short or ambiguous forms: matched with their case, and counted only beside a full name.
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    /// Names of what is a part of it (`New Mexico` of the United States): they identify it in a text and hide shorter
    /// names in themselves, but say less than it, so that no query is expanded with them or by them.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Concepts of other facets that follow from belonging to this one: `{ region = ["south-america"] }`.
    #[serde(default)]
    pub implies: BTreeMap<String, Vec<String>>,
    /// The concept that replaced this one, when an id was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// Groups of exact equivalents in several languages, for query expansion and suggestion.
    #[serde(default)]
    pub names: Vec<NameGroup>,
    /// Wording that classifies documents, by language. Never used to expand a query.
    #[serde(default)]
    pub phrases: BTreeMap<Language, Phrases>,
    /// Remarks for readers of the directory and for the people who edit the file.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What could not be confirmed.
    #[serde(default)]
    pub doubts: Vec<String>,
    /// Where the facts come from.
    #[serde(default)]
    pub source: Vec<String>,
    /// Further facts by name (members, founding year, ISO code …), shown as they are.
    #[serde(default)]
    pub attributes: BTreeMap<String, serde_json::Value>,
}

impl Concept {
    /// Every wording that names it, in any language: labels, abbreviation, aliases, former names, weak aliases and
    /// equivalent terms.
    pub fn every_name(&self) -> impl Iterator<Item = &str> {
        let labels = self.label.iter().map(|(_, label)| label);
        let lists = [&self.aliases, &self.former_names, &self.weak_aliases].into_iter();
        let terms = self.names.iter().flat_map(|group| group.terms.values());
        let others = lists.chain(terms).flatten().map(String::as_str);
        labels.chain(self.abbreviation.as_deref()).chain(others)
    }
}

/// A label in the languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// English; every label has it.
    pub en: String,
    /// Spanish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub es: Option<String>,
    /// French.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fr: Option<String>,
}

impl Labels {
    /// The label in a language, English where there is none.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let translated = match language {
            Language::Es => self.es.as_deref(),
            Language::Fr => self.fr.as_deref(),
            Language::En | Language::Undetermined => None,
        };
        translated.unwrap_or(&self.en)
    }

    /// Every label there is, with its language.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        let english = std::iter::once((Language::En, self.en.as_str()));
        let spanish = self.es.as_deref().map(|label| (Language::Es, label));
        let french = self.fr.as_deref().map(|label| (Language::Fr, label));
        english.chain(spanish).chain(french)
    }
}

/// Terms of one meaning: each may stand for every other one, within a language and across languages.
///
/// In a file: `{ en = ["human trafficking"], es = ["trata de personas"], risk = { es = ["trata"] }, why = "…" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "NameGroupEntry", into = "NameGroupEntry")]
pub struct NameGroup {
    /// Terms by language, the preferred one first. A language without terms is absent.
    pub terms: BTreeMap<Language, Vec<String>>,
    /// Terms that mislead if taken apart or taken alone, by language.
    pub risk: BTreeMap<Language, Vec<String>>,
    /// Why they are risky, for the person who edits the file.
    pub why: Option<String>,
}

/// A [`NameGroup`] as a file writes it. (A flattened map would accept every key, and lose the line of an error.)
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameGroupEntry {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    en: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    es: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fr: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    und: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    risk: BTreeMap<Language, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl From<NameGroupEntry> for NameGroup {
    fn from(entry: NameGroupEntry) -> NameGroup {
        let NameGroupEntry { en, es, fr, und, risk, why } = entry;
        let by_language = [(Language::En, en), (Language::Es, es), (Language::Fr, fr), (Language::Undetermined, und)];
        let terms = by_language.into_iter().filter(|(_, terms)| !terms.is_empty()).collect();
        NameGroup { terms, risk, why }
    }
}

impl From<NameGroup> for NameGroupEntry {
    fn from(group: NameGroup) -> NameGroupEntry {
        let NameGroup { mut terms, risk, why } = group;
        let mut take = |language| terms.remove(&language).unwrap_or_default();
        NameGroupEntry {
            en: take(Language::En),
            es: take(Language::Es),
            fr: take(Language::Fr),
            und: take(Language::Undetermined),
            risk,
            why,
        }
    }
}

/// Indicator phrases of a concept in one language.
///
/// Phrases are compared after [`crate::analysis::fold`], as whole words. `*` at the end of a word stands for
/// any ending, inside a word for any letters; a leading `^` binds a title phrase to the start of the title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Phrases that name the concept. In a scheme with `mentioned_as` they vouch for its weak names ("technical
    /// secretariat of the RCM"); in a scheme that has neither that nor a classification they label a document whose
    /// title has them, where nothing else feeds the facet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strong: Vec<String>,
    /// Phrases that hint at it; in a scheme with body phrases, headings that support it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<String>,
    /// Phrases that decide when they stand in a title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<String>,
    /// Phrases that support the concept when several stand in the text; `^` binds one to the start of a passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
}

/// How the concepts of a scheme are assigned to a document. Every number is data: it can be tuned without a release.
///
/// With `score` = sum over phrases of weight × min(count, cap) and
/// `density` = score / √(words / 100), compared with the highest density among the concepts that are not background.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// Weight of a strong phrase.
    pub strong: f32,
    /// Weight of a weak phrase.
    pub weak: f32,
    /// Occurrences of one phrase that count at most, so that one repeated word cannot decide a document.
    pub cap_per_phrase: u32,
    /// At most so many concepts are primary.
    pub primary_limit: usize,
    /// Share of the highest density that a primary concept needs.
    pub primary_density: f32,
    /// Strong hits that a primary concept needs.
    pub primary_hits: u32,
    /// Different strong phrases that a primary concept needs.
    pub primary_distinct: u32,
    /// Share of the highest density that a secondary concept needs.
    pub secondary_density: f32,
    /// Strong hits that a secondary concept needs; one in a heading counts twice, one in the title is enough.
    pub secondary_hits: u32,
    /// Concepts that nearly every document touches: they need more to be assigned.
    #[serde(default)]
    pub background: Vec<String>,
    /// Share of the highest density that a background concept needs.
    #[serde(default)]
    pub background_density: f32,
    /// Strong hits that a background concept needs; one in a title or heading counts twice.
    #[serde(default)]
    pub background_hits: u32,
    /// Words of a document of ordinary length. In one of *n* times as many, the cap and the hits that a concept needs
    /// are √*n* times as high: a long document touches everything. 0: they are the same for all.
    #[serde(default)]
    pub ordinary_words: u32,
    /// In a document of fewer words one strong hit is enough for a secondary concept that has `primary_density` and
    /// is among the `primary_limit` densest: an agenda or a notice names its subjects once. 0: never.
    #[serde(default)]
    pub short_words: u32,
    /// Concepts that texts name by the way: one hit is not enough for them however short the document is.
    #[serde(default)]
    pub incidental: Vec<String>,
    /// Proper names that are blanked before matching: they name bodies, not topics. `*` as in phrases.
    #[serde(default)]
    pub mask: Vec<String>,
}

/// Wording around a name or title phrase, in one language: phrases of [`Phrases`]' form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Before it in a title: it is what the document speaks of, not what it is or whose it is ("contribution to").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topic: Vec<String>,
    /// Before or after a name: who wrote or held it ("technical secretariat").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// Before a name: who speaks in the first sentence ("member countries").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member: Vec<String>,
    /// Anywhere in the first sentence: it tells of a meeting ("was held").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<String>,
    /// In that sentence: names behind it stand aside, as supporters, observers or topics ("with the support of").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<String>,
    /// Before a name: it is a person's ("Mr").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub person: Vec<String>,
}

/// How a document is told to belong to a concept whose names stand in it. Every number is data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belonging {
    /// Concepts that a title may name: a document about more of them belongs to none.
    pub most: usize,
    /// How often a concept must stand beside words of authorship; once is enough for the only one that is named.
    pub author_names: u32,
    /// How often a concept must be named in the text that does not say so in its title.
    pub names: u32,
    /// How many times more often than any other.
    pub dominance: u32,
    /// How often it must be named where that is at least `dense_share` of the words.
    pub dense_names: u32,
    /// Names per word of a text that speaks of one concept all the time.
    pub dense_share: f32,
}

//! Concepts by the density of their phrases: [`assignments`].

use std::collections::{BTreeMap, HashMap};

use super::super::overlap::counted;
use super::super::{Classification, Concept, Occurrence, Role, Scheme, Taxonomy};
use super::{MAX_EVIDENCE, MatchedText, Place, text_label};
use crate::model::{Evidence, Label};

/// Confidence of a concept that a passage touches: one strong phrase stands in it.
const TOUCHED_CONFIDENCE: f32 = 0.7;

/// How much a document is about a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rank {
    /// It is one of its few subjects.
    Primary,
    /// It is treated.
    Secondary,
    /// It is one that nearly every document touches, and stands out even so.
    Background,
    /// It is touched; not a facet value of the document.
    Touched,
}

impl Rank {
    /// Confidence of a label of this rank, a judgement; `None` where the document is not labelled.
    #[must_use]
    pub fn confidence(self) -> Option<f32> {
        match self {
            Rank::Primary => Some(0.9),
            Rank::Secondary => Some(0.7),
            Rank::Background => Some(0.6),
            Rank::Touched => None,
        }
    }
}

/// A concept that a document touches, with the numbers that decided its rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// Facet it feeds: the first of its scheme.
    pub facet: String,
    /// Id of the concept.
    pub concept: String,
    /// How much the document is about it.
    pub rank: Rank,
    /// Sum over its phrases of weight × min(count, cap).
    pub score: f32,
    /// Score / √(words / 100).
    pub density: f32,
    /// Occurrences of strong phrases.
    pub strong_hits: u32,
    /// The same, those in titles and headings twice.
    pub raised_hits: u32,
    /// Different strong phrases.
    pub distinct: u32,
    /// Whether a strong phrase stands in the title.
    pub in_title: bool,
    /// Its strong phrases, the first ones of the text.
    pub evidence: Vec<Evidence>,
}

impl Assignment {
    /// The label of the document; `None` for a concept that it only touches.
    #[must_use]
    pub fn label(&self) -> Option<Label> {
        let confidence = self.rank.confidence()?;
        Some(text_label(&self.facet, &self.concept, confidence, self.evidence.clone()))
    }
}

/// Assigns the concepts of a scheme to a document by the rule of its [`Classification`].
///
/// A root concept is judged by its own phrases and those of all its narrower concepts; where phrases share words, only
/// the longest counts:
///
/// - `score` = Σ over phrases of weight × min(count, `cap_per_phrase`); `density` = score / √(words / 100);
/// - *D* = the highest density among the roots that are not background;
/// - **primary**: density ≥ `primary_density` × D, at least `primary_hits` strong occurrences of at least
///   `primary_distinct` phrases; only the `primary_limit` densest;
/// - **secondary**: density ≥ `secondary_density` × *D* and at least `secondary_hits` strong occurrences, those in a
///   heading counted twice; or one in the title;
/// - **background** concepts: density ≥ `background_density` × D and at least `background_hits` strong occurrences,
///   counted like those;
/// - what else has a strong phrase is **touched**.
///
/// In a document of fewer than `short_words` one strong occurrence makes a concept secondary if it is among the
/// `primary_limit` densest, has `primary_density` and is not `incidental`. In one longer than `ordinary_words` the cap
/// and the hits are higher, by the square root of its length.
///
/// The square root makes documents of different length comparable: a long one repeats itself. Example: 3 strong
/// phrases (weight 3) in 400 words have density 9 / √4 = 4.5.
///
/// A narrower concept follows its root: it has the rank of the root if it has `secondary_hits` of its own (titles and
/// headings twice) and its root, or one of them, is assigned. The answer is in order of rank, then density, roots
/// before their narrower concepts. Without a classification it is empty.
#[must_use]
pub fn assignments(taxonomy: &Taxonomy, scheme: &Scheme, texts: &[MatchedText<'_, '_>]) -> Vec<Assignment> {
    let (Some(classification), Some(facet)) = (&scheme.classification, scheme.facets.first()) else {
        return Vec::new();
    };
    let words: usize = texts.iter().map(|text| text.words).sum();
    let classification = &for_length(classification, words);
    let tallies = tallies(taxonomy, scheme, facet, texts);
    let assignment = |concept: &Concept| -> Option<Assignment> {
        let tally = tallies.get(&concept.id)?;
        (tally.strong_hits > 0).then(|| tally.assignment(facet, &concept.id, classification, words))
    };
    let (roots, narrower): (Vec<&Concept>, Vec<&Concept>) =
        scheme.concepts.iter().partition(|concept| concept.broader.is_empty());

    let mut roots: Vec<Assignment> = roots.into_iter().filter_map(assignment).collect();
    rank_roots(&mut roots, classification, words < classification.short_words as usize);
    let mut assigned = roots.clone();
    for narrower in narrower.into_iter().filter_map(assignment) {
        let above = taxonomy.with_ancestors(facet, &narrower.concept);
        let root_rank = roots.iter().filter(|root| above.contains(&root.concept.as_str())).map(|root| root.rank).min();
        let enough = narrower.raised_hits >= classification.secondary_hits;
        let rank = if enough { root_rank.unwrap_or(Rank::Touched) } else { Rank::Touched };
        assigned.push(Assignment { rank, ..narrower });
    }
    // A stable sort: equal densities stay in display order, and roots before narrower concepts of their density.
    assigned.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.density.total_cmp(&a.density)));
    assigned
}

/// The concepts with a strong phrase in one text, as its labels.
pub(super) fn touched(taxonomy: &Taxonomy, text: &MatchedText<'_, '_>) -> Vec<Label> {
    let mut labels = Vec::new();
    for scheme in taxonomy.schemes().iter().filter(|scheme| scheme.classification.is_some()) {
        let mut by_concept: BTreeMap<&str, Vec<Evidence>> = BTreeMap::new();
        for occurrence in strong_of(scheme, text) {
            let evidence = by_concept.entry(occurrence.concept).or_default();
            if evidence.len() < MAX_EVIDENCE {
                evidence.push(text.evidence(occurrence));
            }
        }
        let facet = scheme.facets.first().map_or("", String::as_str);
        labels.extend(
            by_concept.into_iter().map(|(concept, evidence)| text_label(facet, concept, TOUCHED_CONFIDENCE, evidence)),
        );
    }
    labels
}

fn strong_of<'s>(scheme: &'s Scheme, text: &'s MatchedText<'_, '_>) -> impl Iterator<Item = &'s Occurrence<'s>> {
    text.occurrences.iter().filter(|found| found.role == Role::Strong && found.scheme == scheme.id)
}

/// The rule for a document of so many words: in one longer than ordinary, the cap and the hits grow with the square
/// root of its length.
fn for_length(rule: &Classification, words: usize) -> Classification {
    let times = words as f32 / rule.ordinary_words as f32;
    let factor = if rule.ordinary_words > 0 && times > 1.0 { times.sqrt() } else { 1.0 };
    // Counts below the checked limits times the root of a word count: far inside the range of the type.
    let grown = |count: u32| (count as f32 * factor).round() as u32;
    Classification {
        cap_per_phrase: grown(rule.cap_per_phrase),
        primary_hits: grown(rule.primary_hits),
        secondary_hits: grown(rule.secondary_hits),
        background_hits: grown(rule.background_hits),
        ..rule.clone()
    }
}

fn rank_roots(roots: &mut [Assignment], rule: &Classification, is_short: bool) {
    let is_background = |root: &Assignment| rule.background.contains(&root.concept);
    let highest = roots.iter().filter(|root| !is_background(root)).map(|root| root.density).fold(0.0, f32::max);
    roots.sort_by(|a, b| b.density.total_cmp(&a.density));
    let dense = |root: &Assignment, share: f32| root.density >= share * highest;
    let mut primaries = 0;
    for (position, root) in roots.iter_mut().enumerate() {
        let named_once = is_short
            && position < rule.primary_limit
            && root.strong_hits > 0
            && dense(root, rule.primary_density)
            && !rule.incidental.contains(&root.concept);
        root.rank = if is_background(root) {
            let enough = dense(root, rule.background_density) && root.raised_hits >= rule.background_hits;
            if enough { Rank::Background } else { Rank::Touched }
        } else if primaries < rule.primary_limit
            && dense(root, rule.primary_density)
            && root.strong_hits >= rule.primary_hits
            && root.distinct >= rule.primary_distinct
        {
            primaries += 1;
            Rank::Primary
        } else if root.in_title
            || named_once
            || (dense(root, rule.secondary_density) && root.raised_hits >= rule.secondary_hits)
        {
            Rank::Secondary
        } else {
            Rank::Touched
        };
    }
}

/// What was counted of a concept and its narrower ones.
#[derive(Default)]
struct Tally<'m> {
    /// Occurrences of each phrase.
    counts: BTreeMap<(Role, &'m str, &'m str), u32>,
    strong_hits: u32,
    raised_hits: u32,
    in_title: bool,
    evidence: Vec<Evidence>,
}

impl<'m> Tally<'m> {
    /// Adds what one text holds; where phrases share words, one counts.
    fn add(&mut self, text: &MatchedText<'_, '_>, mut found: Vec<&Occurrence<'m>>) {
        found.sort_by_key(|found| found.role);
        let spans: Vec<_> = found.iter().map(|found| found.span.clone()).collect();
        let mut found: Vec<&Occurrence<'m>> =
            found.into_iter().zip(counted(&spans)).filter(|(_, counted)| *counted).map(|(found, _)| found).collect();
        found.sort_by_key(|found| found.span.start);
        for found in found {
            *self.counts.entry((found.role, found.concept, found.phrase)).or_default() += 1;
            if found.role == Role::Strong {
                self.strong_hits += 1;
                self.in_title |= text.source.place == Place::Title;
                self.raised_hits += if text.source.place == Place::Body { 1 } else { 2 };
                if self.evidence.len() < MAX_EVIDENCE {
                    self.evidence.push(text.evidence(found));
                }
            }
        }
    }

    fn assignment(&self, facet: &str, concept: &str, rule: &Classification, words: usize) -> Assignment {
        let weight = |role: Role| if role == Role::Strong { rule.strong } else { rule.weak };
        let counted =
            |(&(role, ..), &count): (&(Role, &str, &str), &u32)| weight(role) * count.min(rule.cap_per_phrase) as f32;
        let score: f32 = self.counts.iter().map(counted).sum();
        let distinct = self.counts.keys().filter(|(role, ..)| *role == Role::Strong).count();
        Assignment {
            facet: facet.to_owned(),
            concept: concept.to_owned(),
            rank: Rank::Touched,
            score,
            density: score / (words.max(1) as f32 / 100.0).sqrt(),
            strong_hits: self.strong_hits,
            raised_hits: self.raised_hits,
            distinct: u32::try_from(distinct).unwrap_or(u32::MAX),
            in_title: self.in_title,
            evidence: self.evidence.clone(),
        }
    }
}

/// Counts the phrases of a scheme for every concept that has some, itself or below it.
fn tallies<'m>(
    taxonomy: &Taxonomy,
    scheme: &Scheme,
    facet: &str,
    texts: &'m [MatchedText<'m, '_>],
) -> HashMap<String, Tally<'m>> {
    let upward = |concept: &Concept| taxonomy.with_ancestors(facet, &concept.id);
    let above: HashMap<&str, Vec<&str>> =
        scheme.concepts.iter().map(|concept| (concept.id.as_str(), upward(concept))).collect();
    let mut tallies: HashMap<String, Tally<'m>> = HashMap::new();
    for text in texts {
        let mut found_for: BTreeMap<&str, Vec<&Occurrence<'m>>> = BTreeMap::new();
        for found in text.occurrences.iter().filter(|found| found.scheme == scheme.id) {
            if matches!(found.role, Role::Strong | Role::Weak) {
                for &concept in above.get(found.concept).into_iter().flatten() {
                    found_for.entry(concept).or_default().push(found);
                }
            }
        }
        for (concept, found) in found_for {
            tallies.entry(concept.to_owned()).or_default().add(text, found);
        }
    }
    tallies
}

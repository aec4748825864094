//! Names in running text: [`Mentions`].

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Occurrence, Role, Scheme, Taxonomy};
use super::{MAX_EVIDENCE, MatchedText, text_label};
use crate::model::{Evidence, Label};

/// Confidence of a concept that is mentioned by a full name.
const NAME_CONFIDENCE: f32 = 0.9;

/// Confidence of a concept that a text mentions by an abbreviation alone.
const WEAK_NAME_CONFIDENCE: f32 = 0.7;

/// Most bytes between a full name and the abbreviation that it defines: ` (“`.
const MAX_DEFINITION_GAP: usize = 8;

/// Which names count as mentions in one document.
///
/// A full name counts wherever it stands. A weak name (`CSM`) counts only where the document also has a full name of
/// its concept, or is known to have to do with it; and where the document defines it for one concept, "South American
/// Conference on Migration (CSM)", it counts for no other.
#[derive(Debug, Clone)]
pub struct Mentions<'m> {
    /// Facet of each scheme whose names count.
    facets: BTreeMap<String, String>,
    /// Concepts whose weak names count.
    established: BTreeSet<(String, String)>,
    /// Scheme, weak name, and the concepts it is defined for.
    defined: BTreeMap<(&'m str, &'m str), BTreeSet<&'m str>>,
}

impl<'m> Mentions<'m> {
    /// Reads a whole document: its texts, and the labels it has from elsewhere.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy, texts: &[MatchedText<'m, '_>], known: &[Label]) -> Mentions<'m> {
        let facet = |scheme: &Scheme| scheme.mentioned_as.as_ref().map(|facet| (scheme.id.clone(), facet.clone()));
        let facets: BTreeMap<String, String> = taxonomy.schemes().iter().filter_map(facet).collect();
        let mut established: BTreeSet<(String, String)> = known
            .iter()
            .filter_map(|label| {
                let scheme = taxonomy.scheme_of_facet(&label.facet)?;
                Some((scheme.id.clone(), label.concept.clone()))
            })
            .collect();
        let mut defined: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for text in texts {
            for found in text.occurrences.iter().filter(|found| matches!(found.role, Role::Name | Role::Strong)) {
                let scheme = facets.get_key_value(found.scheme).map(|(scheme, _)| scheme);
                let Some(scheme) = scheme else { continue };
                let belongs_with = implied(taxonomy, scheme, found.concept);
                let concepts = belongs_with.iter().map(String::as_str).chain([found.concept]);
                established.extend(concepts.map(|concept| (scheme.clone(), concept.to_owned())));
            }
            for weak in definitions(text) {
                defined.entry((weak.scheme, weak.phrase)).or_default().insert(weak.concept);
            }
        }
        Mentions { facets, established, defined }
    }

    /// The mentions in some texts of the document, as labels in order of scheme and concept.
    #[must_use]
    pub fn labels(&self, texts: &[MatchedText<'_, '_>]) -> Vec<Label> {
        let mut found: BTreeMap<(&str, &str), (f32, Vec<Evidence>)> = BTreeMap::new();
        for text in texts {
            for occurrence in text.occurrences.iter().filter(|occurrence| self.counts(occurrence)) {
                let (confidence, evidence) = found.entry((occurrence.scheme, occurrence.concept)).or_default();
                let is_name = occurrence.role == Role::Name;
                *confidence = confidence.max(if is_name { NAME_CONFIDENCE } else { WEAK_NAME_CONFIDENCE });
                if evidence.len() < MAX_EVIDENCE {
                    evidence.push(text.evidence(occurrence));
                }
            }
        }
        let label = |((scheme, concept), (confidence, evidence)): ((&str, &str), (f32, Vec<Evidence>))| {
            let facet = self.facets.get(scheme)?;
            Some(text_label(facet, concept, confidence, evidence))
        };
        found.into_iter().filter_map(label).collect()
    }

    /// Whether an occurrence is a mention.
    pub(super) fn counts(&self, occurrence: &Occurrence<'_>) -> bool {
        let elsewhere = || {
            let concepts = self.defined.get(&(occurrence.scheme, occurrence.phrase));
            concepts.is_some_and(|concepts| !concepts.contains(occurrence.concept))
        };
        let established = || self.established.contains(&(occurrence.scheme.to_owned(), occurrence.concept.to_owned()));
        match occurrence.role {
            _ if !self.facets.contains_key(occurrence.scheme) => false,
            Role::Name => true,
            Role::WeakName => established() && !elsewhere(),
            _ => false,
        }
    }
}

/// The weak names that stand in brackets behind a full name of their concept.
fn definitions<'o, 'm>(text: &'o MatchedText<'m, '_>) -> impl Iterator<Item = &'o Occurrence<'m>> {
    let names = text.occurrences.iter().filter(|found| found.role == Role::Name);
    let ends: BTreeSet<(&str, &str, usize)> = names.map(|name| (name.scheme, name.concept, name.span.end)).collect();
    text.occurrences.iter().filter(move |weak| {
        let start = weak.span.start;
        let near = |end: usize| (weak.scheme, weak.concept, end);
        weak.role == Role::WeakName
            && ends
                .range(near(start.saturating_sub(MAX_DEFINITION_GAP))..near(start))
                .any(|&(.., end)| is_definition_gap(text.source.text.get(end..start)))
    })
}

/// Concepts of the same scheme that a concept implies: a joint meeting names those that meet.
fn implied<'t>(taxonomy: &'t Taxonomy, scheme: &str, concept: &str) -> &'t [String] {
    let facet = taxonomy.scheme(scheme).and_then(|scheme| scheme.facets.first());
    let implies = facet.and_then(|facet| taxonomy.concept(facet, concept)?.implies.get(facet));
    implies.map_or(&[], Vec::as_slice)
}

fn is_definition_gap(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        between.contains(['(', '['])
            && !between.contains(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '.' | ';'))
    })
}

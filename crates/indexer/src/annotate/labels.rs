//! Labels of a document and of its passages.

use rcp_corpus::model::{Evidence, Label, Language, Passage, Provenance};
use rcp_corpus::taxonomy::classify::{self, Text};

use super::Annotator;
use super::document_type::document_type;
use crate::metadata::Metadata;

/// Facet of the processes that a document belongs to.
const BELONGS_TO: &str = "rcp";

/// Confidence of a process that the title names.
const IN_TITLE_CONFIDENCE: f32 = 0.9;

/// Labels the passages, and returns the labels of the document: curated facets as they are, the others by the text.
pub(super) fn labels(
    annotator: &Annotator<'_>,
    metadata: &Metadata,
    title_block: &[&str],
    language: Language,
    headings: &[(String, Language)],
    passages: &mut [Passage],
) -> Vec<Label> {
    let curated = metadata.labels();
    let above = title_block
        .iter()
        .map(|line| (*line, language))
        .chain(headings.iter().map(|(heading, language)| (heading.as_str(), *language)));
    let mut texts: Vec<Text<'_>> =
        above.map(|(text, language)| Text { text, language, heading: true, passage: None }).collect();
    let headings_count = texts.len();
    texts.extend(passages.iter().map(|passage| Text {
        text: &passage.text,
        language: passage.language,
        heading: false,
        passage: Some(&passage.id),
    }));
    let annotation = classify::annotate(annotator.taxonomy, annotator.matcher, &texts, &curated);
    let in_title = if title_block.is_empty() { None } else { annotation.texts.first() };
    let belongs_to = in_title.map(|labels| named_processes(annotator, labels)).unwrap_or_default();
    let inferred = belongs_to
        .into_iter()
        .chain(document_type(annotator, title_block, language))
        .chain(annotation.document)
        .filter(|label| !metadata.decides(&label.facet));
    let mut labels: Vec<Label> = curated.iter().cloned().chain(inferred).collect();
    let implied: Vec<Label> =
        implied(annotator, &labels).into_iter().filter(|label| !metadata.decides(&label.facet)).collect();
    labels.extend(implied);
    without_own_mentions(annotator, metadata, &mut labels);
    let of_passages: Vec<Vec<Label>> = annotation.texts.into_iter().skip(headings_count).collect();
    for (passage, labels) in passages.iter_mut().zip(of_passages) {
        passage.labels = labels;
    }
    labels
}

/// The processes that the title names: it belongs to them. Related bodies that are no consultation mechanism
/// (`attributes.is_iscm = false`) are mentioned only.
fn named_processes(annotator: &Annotator<'_>, in_title: &[Label]) -> Vec<Label> {
    let Some(scheme) = annotator.taxonomy.scheme_of_facet(BELONGS_TO) else { return Vec::new() };
    let is_process = |label: &&Label| {
        let concept = annotator.taxonomy.concept(BELONGS_TO, &label.concept);
        let related = concept.and_then(|concept| concept.attributes.get("is_iscm"));
        scheme.mentioned_as.as_ref() == Some(&label.facet)
            && concept.is_some()
            && related.and_then(serde_json::Value::as_bool) != Some(false)
    };
    let belongs =
        |label: &Label| Label { facet: BELONGS_TO.to_owned(), confidence: IN_TITLE_CONFIDENCE, ..label.clone() };
    in_title.iter().filter(is_process).map(belongs).collect()
}

/// What follows from the processes a document belongs to: their region and kind.
fn implied(annotator: &Annotator<'_>, labels: &[Label]) -> Vec<Label> {
    let mut implied: Vec<Label> = Vec::new();
    for label in labels.iter().filter(|label| label.facet == BELONGS_TO) {
        let Some(concept) = annotator.taxonomy.concept(BELONGS_TO, &label.concept) else { continue };
        let pairs = concept.implies.iter().flat_map(|(facet, ids)| ids.iter().map(move |id| (facet, id)));
        for (facet, id) in pairs {
            if implied.iter().any(|label| label.facet == *facet && label.concept == *id) {
                continue;
            }
            implied.push(Label {
                facet: facet.clone(),
                concept: id.clone(),
                confidence: label.confidence,
                provenance: Provenance::Implied,
                evidence: vec![Evidence { passage: None, span: None, surface: concept.label.en.clone() }],
            });
        }
    }
    implied
}

/// A document that belongs to a process does not merely mention it.
fn without_own_mentions(annotator: &Annotator<'_>, metadata: &Metadata, labels: &mut Vec<Label>) {
    let mentioned = annotator.taxonomy.scheme_of_facet(BELONGS_TO).and_then(|scheme| scheme.mentioned_as.clone());
    let Some(mentioned) = mentioned.filter(|facet| !metadata.decides(facet)) else { return };
    let own: Vec<String> =
        labels.iter().filter(|label| label.facet == BELONGS_TO).map(|label| label.concept.clone()).collect();
    labels.retain(|label| label.facet != mentioned || !own.contains(&label.concept));
}

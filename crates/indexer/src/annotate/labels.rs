//! Labels of a document and of its passages.

use rcp_corpus::model::{Evidence, Label, Language, Passage, Provenance};
use rcp_corpus::taxonomy::classify::{self, MatchedText, Place, Text};
use rcp_corpus::taxonomy::{Occurrence, Role, Scheme};

use super::Annotator;
use super::document_type::document_type;
use crate::metadata::Metadata;

/// Facet of the processes that a document belongs to.
const BELONGS_TO: &str = "rcp";

/// Confidence of a concept that a phrase of the title names.
const IN_TITLE_CONFIDENCE: f32 = 0.7;

/// Headings above the first passage that may tell what a document without a title page is.
const FIRST_HEADINGS: usize = 8;

/// The title page of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    /// Its lines, the title first.
    pub(super) title_block: &'a [&'a str],
    /// The title in the file's own properties.
    pub(super) file_title: Option<&'a str>,
    /// The language of the document.
    pub(super) language: Language,
}

/// Labels the passages, and returns the labels of the document: curated facets as they are, the others by the text.
pub(super) fn labels(
    annotator: &Annotator<'_>,
    metadata: &Metadata,
    sheet: &Sheet<'_>,
    headings: &[(String, Language)],
    passages: &mut [Passage],
) -> Vec<Label> {
    let curated = metadata.labels();
    let texts = texts(annotator, sheet, headings, passages);
    let file_title = sheet.file_title.map(|title| line(annotator, title, sheet.language, Place::Title));
    let annotation = classify::annotate(annotator.taxonomy, &texts, file_title.as_ref(), &curated);
    let inferred = document_type(annotator, &texts, file_title.as_ref()).into_iter().chain(annotation.document);
    let inferred = inferred.filter(|label| !metadata.decides(&label.facet));
    let mut labels: Vec<Label> = curated.iter().cloned().chain(inferred).collect();
    let implied: Vec<Label> =
        implied(annotator, &labels).into_iter().filter(|label| !metadata.decides(&label.facet)).collect();
    labels.extend(implied);
    let in_title = in_title(annotator, metadata, &texts, &labels);
    labels.extend(in_title);
    without_own_mentions(annotator, metadata, &mut labels);
    let of_passages: Vec<Vec<Label>> = annotation.texts.into_iter().skip(texts.len() - passages.len()).collect();
    for (passage, labels) in passages.iter_mut().zip(of_passages) {
        passage.labels = labels;
    }
    labels
}

/// The pieces of a document with what was found in them: title page, headings, then the passages.
fn texts<'m, 't>(
    annotator: &Annotator<'m>,
    sheet: &Sheet<'t>,
    headings: &'t [(String, Language)],
    passages: &'t [Passage],
) -> Vec<MatchedText<'m, 't>> {
    let above_first = passages.first().map(|passage| {
        let nearest = passage.heading_path.last();
        headings.iter().position(|(heading, _)| Some(heading) == nearest).map_or(0, |position| position + 1)
    });
    let first = above_first.unwrap_or(headings.len()).min(FIRST_HEADINGS);
    let place = |position: usize| if position < first { Place::FirstHeading } else { Place::Heading };
    // A line that goes on ("The Ministers, meeting in …,") is no line of a title page.
    let of_line = |text: &str| if text.ends_with([',', ';']) { Place::Body } else { Place::Title };
    let title = sheet.title_block.iter().map(|text| line(annotator, text, sheet.language, of_line(text)));
    let headings = headings.iter().enumerate();
    let headings = headings.map(|(position, (heading, language))| line(annotator, heading, *language, place(position)));
    let body = passages.iter().map(|passage| {
        let Passage { text, language, id, .. } = passage;
        let source = Text { text, language: *language, place: Place::Body, passage: Some(id) };
        MatchedText::new(annotator.matcher, source)
    });
    title.chain(headings).chain(body).collect()
}

fn line<'m, 't>(annotator: &Annotator<'m>, text: &'t str, language: Language, place: Place) -> MatchedText<'m, 't> {
    MatchedText::new(annotator.matcher, Text { text, language, place, passage: None })
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

/// What phrases of the title name in schemes that neither classify nor mention (regions), where nothing else feeds the
/// facet: "in the Horn of Africa". Of phrases inside each other the longest counts.
fn in_title(
    annotator: &Annotator<'_>,
    metadata: &Metadata,
    texts: &[MatchedText<'_, '_>],
    labels: &[Label],
) -> Vec<Label> {
    let mut named: Vec<Label> = Vec::new();
    let plain = |scheme: &&Scheme| scheme.classification.is_none() && scheme.mentioned_as.is_none();
    for scheme in annotator.taxonomy.schemes().iter().filter(plain) {
        let Some(facet) = scheme.facets.first() else { continue };
        if metadata.decides(facet) || labels.iter().any(|label| label.facet == *facet) {
            continue;
        }
        for line in texts.iter().filter(|text| text.source.place == Place::Title) {
            let phrase = |found: &&Occurrence<'_>| found.scheme == scheme.id && found.role == Role::Strong;
            let phrases = || line.occurrences.iter().filter(phrase);
            let inside = |found: &Occurrence<'_>| {
                phrases().any(|other| {
                    other.span.start <= found.span.start
                        && found.span.end <= other.span.end
                        && other.span.len() > found.span.len()
                })
            };
            for found in phrases().filter(|found| !inside(found)) {
                if !named.iter().any(|label| label.facet == *facet && label.concept == found.concept) {
                    named.push(Label {
                        facet: facet.clone(),
                        concept: found.concept.to_owned(),
                        confidence: IN_TITLE_CONFIDENCE,
                        provenance: Provenance::TextRule,
                        evidence: vec![line.evidence(found)],
                    });
                }
            }
        }
    }
    named
}

/// A document that belongs to a process does not merely mention it.
fn without_own_mentions(annotator: &Annotator<'_>, metadata: &Metadata, labels: &mut Vec<Label>) {
    let mentioned = annotator.taxonomy.scheme_of_facet(BELONGS_TO).and_then(|scheme| scheme.mentioned_as.clone());
    let Some(mentioned) = mentioned.filter(|facet| !metadata.decides(facet)) else { return };
    let own: Vec<String> =
        labels.iter().filter(|label| label.facet == BELONGS_TO).map(|label| label.concept.clone()).collect();
    labels.retain(|label| label.facet != mentioned || !own.contains(&label.concept));
}

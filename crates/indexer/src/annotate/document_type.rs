//! The kind of a document, by the phrases of its title block.

use std::cmp::Reverse;

use rcp_corpus::model::{Evidence, Label, Language, Provenance};
use rcp_corpus::taxonomy::{Role, Scheme};

use super::Annotator;

/// Facet that the kind of a document feeds.
const FACET: &str = "type";

/// Confidence of a line that says nothing else ("CONCEPT NOTE").
const WHOLE_LINE_CONFIDENCE: f32 = 0.9;

/// Confidence of a phrase inside a title.
const IN_TITLE_CONFIDENCE: f32 = 0.8;

/// The kind that a title block tells: the phrase that is a whole line, else that of the highest priority
/// (`attributes.priority` in the scheme), else the one that stands first, the longest of them. `None` without a title
/// phrase: a bare "Background" decides nothing.
pub(super) fn document_type(annotator: &Annotator<'_>, title_block: &[&str], language: Language) -> Option<Label> {
    let scheme = annotator.taxonomy.scheme_of_facet(FACET)?;
    let mut candidates = Vec::new();
    for (line_number, line) in title_block.iter().enumerate() {
        for found in annotator.matcher.find(line, language) {
            if found.scheme != scheme.id || found.role != Role::Title {
                continue;
            }
            let whole = found.span == (0..line.len());
            let place = (Reverse(line_number), Reverse(found.span.start), found.span.len());
            let surface = line.get(found.span.clone()).unwrap_or_default();
            candidates.push(((whole, priority(scheme, found.concept), place), found.concept, surface));
        }
    }
    let ((whole, ..), concept, surface) = candidates.into_iter().max_by(|(a, ..), (b, ..)| a.cmp(b))?;
    Some(Label {
        facet: FACET.to_owned(),
        concept: concept.to_owned(),
        confidence: if whole { WHOLE_LINE_CONFIDENCE } else { IN_TITLE_CONFIDENCE },
        provenance: Provenance::TextRule,
        evidence: vec![Evidence { passage: None, span: None, surface: surface.to_owned() }],
    })
}

fn priority(scheme: &Scheme, concept: &str) -> i64 {
    let concept = scheme.concepts.iter().find(|candidate| candidate.id == concept);
    concept.and_then(|concept| concept.attributes.get("priority")).and_then(serde_json::Value::as_i64).unwrap_or(0)
}

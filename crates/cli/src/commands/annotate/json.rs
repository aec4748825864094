//! What is known about a document as a line of JSON.

use std::collections::BTreeSet;

use rcp_corpus::model::{Document, Evidence, Fact, Label, Language, Passage, Provenance};
use rcp_indexer::annotate::Annotated;
use serde_json::{Value, json};

/// Facets whose concepts have a key of their own, with that key.
const CONCEPTS: [(&str, &str); 5] =
    [("rcp", "rcps"), ("mentions", "mentions"), ("region", "regions"), ("theme", "themes"), ("country", "countries")];

/// The line of a document.
pub(super) fn document(file: &str, annotated: &Annotated) -> Value {
    let Annotated { document, headings, passages } = annotated;
    let mut line = json!({
        "file": file,
        "id": document.id.as_str(),
        "title": document.title.as_ref().map(|fact| &fact.value),
        "doc_type": document.concepts("type").next(),
        "languages": document.languages.iter().map(|language| language.code()).collect::<Vec<_>>(),
        "year": document.year.as_ref().map(|fact| fact.value),
        "date": document.date.as_ref().map(|fact| fact.value.to_string()),
        "venue": document.venue.as_ref().map(|fact| &fact.value),
        "event": document.event.as_ref().map(|fact| json!({
            "id": fact.value.id(), "series": fact.value.series, "ordinal": fact.value.ordinal, "name": fact.value.name,
        })),
        "media_type": document.source.media_type,
        "pages": document.source.pages,
        "paragraphs": paragraphs(headings, passages),
        "evidence": evidence(document),
    });
    for (facet, key) in CONCEPTS {
        line[key] = json!(document.concepts(facet).collect::<Vec<_>>());
    }
    line
}

/// The line of a file that cannot be read.
pub(super) fn failure(file: &str, why: &str) -> Value {
    json!({"file": file, "error": why})
}

/// The whole text in reading order: the lines of the title page and the headings (kind `heading`), and the passages.
fn paragraphs(headings: &[(String, Language)], passages: &[Passage]) -> Vec<Value> {
    let heading =
        |(text, language): &(String, Language)| json!({"kind": "heading", "text": text, "lang": language.code()});
    let above: BTreeSet<&String> = passages.iter().flat_map(|passage| &passage.heading_path).collect();
    let title_page = headings.iter().take_while(|(text, _)| !above.contains(text)).count();
    let (before, mut waiting) = headings.split_at(title_page);
    let mut paragraphs: Vec<Value> = before.iter().map(heading).collect();
    for next in passages {
        // Headings are in reading order, each once: those up to the last one above this passage come first.
        let above = waiting.iter().rposition(|(text, _)| next.heading_path.contains(text)).map_or(0, |last| last + 1);
        let (before, rest) = waiting.split_at(above);
        paragraphs.extend(before.iter().map(heading));
        waiting = rest;
        paragraphs.push(passage(next));
    }
    paragraphs.extend(waiting.iter().map(heading));
    paragraphs
}

fn passage(passage: &Passage) -> Value {
    let of_facet = |facet: &str| {
        let labels = passage.labels.iter().filter(|label| label.facet == facet);
        labels.map(|label| label.concept.as_str()).collect::<Vec<_>>()
    };
    json!({
        "id": passage.id.as_str(),
        "number": passage.number,
        "page": passage.page,
        "lang": passage.language.code(),
        "kind": passage.kind.name(),
        "footnote_of": passage.footnote_of.as_ref().map(rcp_corpus::model::PassageId::as_str),
        "heading_path": passage.heading_path,
        "text": passage.text,
        "mentions": of_facet("mentions"),
        "themes": of_facet("theme"),
        "countries": of_facet("country"),
    })
}

/// Every value with its source, in the order in which the line has them.
fn evidence(document: &Document) -> Vec<Value> {
    let mut entries = Vec::new();
    entries.extend(document.title.as_ref().map(|fact| of_fact("title", &json!(fact.value), fact)));
    entries.extend(labels(document, "type", "doc_type"));
    entries.extend(document.date.as_ref().map(|fact| of_fact("date", &json!(fact.value.to_string()), fact)));
    entries.extend(document.year.as_ref().map(|fact| of_fact("year", &json!(fact.value), fact)));
    entries.extend(document.venue.as_ref().map(|fact| of_fact("venue", &json!(fact.value), fact)));
    entries.extend(document.event.as_ref().map(|fact| of_fact("event", &json!(fact.value.id()), fact)));
    for (facet, key) in CONCEPTS {
        entries.extend(labels(document, facet, key));
    }
    entries
}

fn labels<'a>(document: &'a Document, facet: &'a str, key: &'a str) -> impl Iterator<Item = Value> {
    let labels = document.labels.iter().filter(move |label| label.facet == facet);
    labels.map(move |Label { concept, provenance, confidence, evidence, .. }| {
        entry(key, &json!(concept), *provenance, *confidence, evidence)
    })
}

fn of_fact<T>(key: &str, value: &Value, fact: &Fact<T>) -> Value {
    entry(key, value, fact.provenance, fact.confidence, &fact.evidence)
}

fn entry(key: &str, value: &Value, provenance: Provenance, confidence: f32, evidence: &[Evidence]) -> Value {
    json!({"field": key, "value": value, "provenance": provenance, "confidence": confidence, "evidence": evidence})
}

//! The kind of a document: by the phrases of its title, else by its structure, else by the file's own title.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rcp_corpus::model::{Evidence, Label, Provenance};
use rcp_corpus::taxonomy::classify::{MatchedText, Place};
use rcp_corpus::taxonomy::{Concept, Occurrence, Role, Scheme};

use super::Annotator;
use super::timetable::{hours, is_timetable};

/// Facet that the kind of a document feeds.
const FACET: &str = "type";

/// Confidence of a line that says nothing else ("CONCEPT NOTE").
const WHOLE_LINE_CONFIDENCE: f32 = 0.9;

/// Confidence of a phrase inside a title.
const IN_TITLE_CONFIDENCE: f32 = 0.8;

/// Confidence of what the structure of the text tells.
const STRUCTURE_CONFIDENCE: f32 = 0.6;

/// Confidence of a phrase in the file's own title.
const FILE_CONFIDENCE: f32 = 0.5;

/// Different body phrases that tell a kind, unless its `attributes.body_needed` says otherwise.
const BODY_NEEDED: i64 = 3;

/// Hours that a timetable shows as its evidence: its first.
const MAX_HOURS: usize = 20;

/// Passages among which the line with the kind of a document without a title page stands.
const FIRST_LINES: usize = 8;

/// Words of text for which one body phrase more is needed: a long text has some of every kind.
const WORDS_PER_PHRASE: usize = 3_000;

/// A title phrase in a line, with its rank among others: whether it is the whole line, whether it begins it, its
/// priority, and where it stands.
type Candidate<'c> = (Rank, &'c MatchedText<'c, 'c>, &'c Occurrence<'c>);

type Rank = (bool, bool, i64, (Reverse<usize>, Reverse<usize>, usize));

/// The kind of a document; `None` where nothing tells it: a bare "Background" decides nothing.
///
/// 1. A title phrase in the title page, else in a heading above the first passage, unless a `topic` cue stands before
///    it ("on the declaration") or the heading is a weak phrase ("Presentation"): the phrase that is a whole line, else
///    one that begins its line, else that of the highest priority (`attributes.priority` in the scheme), else the one
///    that stands first, the longest of them. A kind that carries others (`attributes.carries` names the broader
///    one) yields to one of them that begins another line: a press note with a declaration. Else a phrase that is all of
///    one of the first eight passages.
/// 2. The hours of a timetable (`attributes.structure = "timetable"`); else the kind with the most different body
///    phrases, headings among its weak phrases included, of those that have as many as they need
///    (`attributes.body_needed`, and one more for every 3,000 words); of equals that of the highest priority.
/// 3. A title phrase in the file's own title.
pub(super) fn document_type(
    annotator: &Annotator<'_>,
    texts: &[MatchedText<'_, '_>],
    file_title: Option<&MatchedText<'_, '_>>,
) -> Option<Label> {
    let scheme = annotator.taxonomy.scheme_of_facet(FACET)?;
    let at = |place| texts.iter().filter(move |text: &&MatchedText<'_, '_>| text.source.place == place);
    let kind = |line: &&MatchedText<'_, '_>| line.occurrences.iter().any(|found| is_kind(scheme, line, found));
    by_title(scheme, at(Place::Title))
        .or_else(|| by_title(scheme, at(Place::FirstHeading)))
        .or_else(|| by_title(scheme, at(Place::Body).take(FIRST_LINES).filter(kind)))
        .or_else(|| by_structure(scheme, texts))
        .or_else(|| {
            let label = by_title(scheme, file_title.into_iter())?;
            Some(Label { confidence: FILE_CONFIDENCE, provenance: Provenance::FileMetadata, ..label })
        })
}

fn by_title<'t, 'm: 't, 's: 't>(
    scheme: &Scheme,
    lines: impl Iterator<Item = &'t MatchedText<'m, 's>>,
) -> Option<Label> {
    let mut candidates: Vec<Candidate<'t>> = Vec::new();
    for (line_number, line) in lines.enumerate() {
        let is_heading = line.source.place == Place::FirstHeading;
        if is_heading && line.occurrences.iter().any(|found| of(scheme, Role::Weak, found) && is_line(line, found)) {
            continue;
        }
        for found in line.occurrences.iter().filter(|found| of(scheme, Role::Title, found)) {
            if line.follows(found, Role::Topic) {
                continue;
            }
            let whole = is_line(line, found);
            let begins = found.span.start == 0;
            let place = (Reverse(line_number), Reverse(found.span.start), found.span.len());
            candidates.push((
                (whole, begins, number(scheme, found.concept, "priority").unwrap_or(0), place),
                line,
                found,
            ));
        }
    }
    let ((whole, ..), line, found) = best(scheme, candidates)?;
    let confidence = if whole { WHOLE_LINE_CONFIDENCE } else { IN_TITLE_CONFIDENCE };
    Some(label(found.concept, confidence, vec![line.evidence(found)]))
}

/// The first candidate by its rank, or what it carries: "PRESS NOTE 12" above "Declaration of Lima".
fn best<'c>(scheme: &Scheme, candidates: Vec<Candidate<'c>>) -> Option<Candidate<'c>> {
    let concept = |id: &str| scheme.concepts.iter().find(|concept| concept.id == id);
    let first = candidates.iter().max_by(|(a, ..), (b, ..)| a.cmp(b)).cloned()?;
    let carried = concept(first.2.concept).and_then(|concept| attribute(concept, "carries"));
    let Some(carried) = carried else { return Some(first) };
    let is_carried = |((_, begins, _, place), _, found): &Candidate<'_>| {
        *begins
            && place.0 != first.0.3.0
            && concept(found.concept).is_some_and(|concept| concept.broader.iter().any(|above| above == carried))
    };
    let inside = candidates.into_iter().filter(is_carried).max_by(|(a, ..), (b, ..)| a.cmp(b));
    Some(inside.unwrap_or(first))
}

fn by_structure(scheme: &Scheme, texts: &[MatchedText<'_, '_>]) -> Option<Label> {
    let body = || texts.iter().filter(|text| text.source.place == Place::Body);
    let words: usize = body().map(|text| text.words).sum();
    let timetable = scheme.concepts.iter().find(|concept| attribute(concept, "structure") == Some("timetable"));
    let hours: Vec<Evidence> = body().flat_map(|text| hours(text.source.text).map(|hour| text.at(hour))).collect();
    if let Some(timetable) = timetable.filter(|_| is_timetable(hours.len(), words)) {
        return Some(label(&timetable.id, STRUCTURE_CONFIDENCE, hours.into_iter().take(MAX_HOURS).collect()));
    }
    let mut found: BTreeMap<&str, BTreeMap<&str, Evidence>> = BTreeMap::new();
    for text in texts {
        let heading = text.source.place != Place::Body;
        let supports =
            |found: &&Occurrence<'_>| of(scheme, Role::Body, found) || (heading && of(scheme, Role::Weak, found));
        for phrase in text.occurrences.iter().filter(supports) {
            found.entry(phrase.concept).or_default().entry(phrase.phrase).or_insert_with(|| text.evidence(phrase));
        }
    }
    let more = i64::try_from(words / WORDS_PER_PHRASE).unwrap_or(i64::MAX);
    let needed = |concept: &str| number(scheme, concept, "body_needed").unwrap_or(BODY_NEEDED).saturating_add(more);
    let supported = found
        .into_iter()
        .filter(|(concept, phrases)| i64::try_from(phrases.len()).is_ok_and(|count| count >= needed(concept)));
    let (concept, phrases) =
        supported.max_by_key(|(concept, phrases)| (phrases.len(), number(scheme, concept, "priority")))?;
    Some(label(concept, STRUCTURE_CONFIDENCE, phrases.into_values().collect()))
}

/// Whether a title phrase is a whole line: "LIST OF PARTICIPANTS".
fn is_kind(scheme: &Scheme, line: &MatchedText<'_, '_>, found: &Occurrence<'_>) -> bool {
    of(scheme, Role::Title, found) && is_line(line, found)
}

fn is_line(line: &MatchedText<'_, '_>, found: &Occurrence<'_>) -> bool {
    found.span == (0..line.source.text.trim_end_matches([':', '.', ' ']).len())
}

fn of(scheme: &Scheme, role: Role, found: &Occurrence<'_>) -> bool {
    found.scheme == scheme.id && found.role == role
}

fn label(concept: &str, confidence: f32, evidence: Vec<Evidence>) -> Label {
    let (facet, concept) = (FACET.to_owned(), concept.to_owned());
    Label { facet, concept, confidence, provenance: Provenance::TextRule, evidence }
}

fn attribute<'c>(concept: &'c Concept, name: &str) -> Option<&'c str> {
    concept.attributes.get(name).and_then(serde_json::Value::as_str)
}

fn number(scheme: &Scheme, concept: &str, name: &str) -> Option<i64> {
    let concept = scheme.concepts.iter().find(|candidate| candidate.id == concept);
    concept.and_then(|concept| concept.attributes.get(name)).and_then(serde_json::Value::as_i64)
}

//! What a document belongs to, told from what it mentions: [`belonging`].

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Belonging, Occurrence, Role, Scheme, Taxonomy};
use super::{MAX_EVIDENCE, MatchedText, Mentions, Place, text_label};
use crate::model::{Evidence, Label, Provenance};

/// Confidence of a concept that the title names.
const TITLE_CONFIDENCE: f32 = 0.9;

/// Confidence of a concept that the heading above the first passage names.
const HEADING_CONFIDENCE: f32 = 0.8;

/// Confidence of a concept that the text speaks of all the time.
const DENSITY_CONFIDENCE: f32 = 0.8;

/// Confidence of a concept whose secretariat or presidency wrote the text.
const AUTHOR_CONFIDENCE: f32 = 0.75;

/// Confidence of a concept whose members speak in the first sentence.
const MEMBER_CONFIDENCE: f32 = 0.75;

/// Confidence of a concept of whose meeting the first sentence tells.
const HELD_CONFIDENCE: f32 = 0.7;

/// Confidence of a concept that is the subject of the first sentence.
const SUBJECT_CONFIDENCE: f32 = 0.6;

/// Confidence of a concept that only the file's own title names.
const FILE_CONFIDENCE: f32 = 0.6;

/// Passages at the beginning and at the end in which a text says who wrote it.
const EDGE: usize = 2;

/// Most bytes of a first sentence before the name of those who speak in it.
const MAX_OPENING: usize = 400;

/// Most bytes before the subject of the first sentence: an article.
const MAX_ARTICLE: usize = 4;

/// Words that a sentence at least has; a line of less is a date or a place.
const MIN_SENTENCE_WORDS: usize = 8;

/// Bytes of a first sentence that are read: it may list the governments of a region.
const MAX_SENTENCE: usize = 2_000;

/// Letters of the last word of a sentence, at least, unless it begins small: `Mr.`, `St.` and `1.` end none.
const MIN_LAST_WORD: usize = 4;

/// Concept of a scheme with the words that speak for it.
type Found<'m> = BTreeMap<&'m str, Vec<Evidence>>;

/// Tells which concepts of a scheme a document belongs to, by the first of these that answers:
///
/// 1. the title names them, not as a mere topic ("contribution to the …"), with those that another line of the title
///    page tells as its authors; else any line of the title page names them;
/// 2. a heading above the first passage names them;
/// 3. those whose secretariat, presidency or chair speaks (`author` cues: `author_names` times and twice as often as
///    any other, or once at the beginning or end of a text that names no other), with the one that is named `names`
///    times and `dominance` times as often as any other, or `dense_names` times in a text of which its names are
///    `dense_share`, or else with those whose members speak in the first sentence, or of whose meeting it tells (it has
///    a `held` cue, and the last cue before the name is no `aside` cue), or the subject of that sentence;
/// 4. the title in the file's own properties names them.
///
/// A document that names more than `most` of them in that place is about them and belongs to none. A concept that
/// implies others of its scheme stands for them: a joint meeting for those that meet. One that is no process itself
/// (`attributes.is_iscm = false`) counts only where no process does. Names count as [`Mentions`] has it. Without a
/// [`Belonging`] the answer is empty.
#[must_use]
pub fn belonging(
    taxonomy: &Taxonomy,
    scheme: &Scheme,
    texts: &[MatchedText<'_, '_>],
    file_title: Option<&MatchedText<'_, '_>>,
    mentions: &Mentions<'_>,
) -> Vec<Label> {
    let (Some(rule), Some(facet)) = (&scheme.belonging, scheme.facets.first()) else { return Vec::new() };
    let document = Reader { taxonomy, scheme, facet, rule, mentions };
    let at = |place| texts.iter().filter(move |text: &&MatchedText<'_, '_>| text.source.place == place);
    let in_title = document.named(at(Place::Title).take(1), &[]);
    if !in_title.is_empty() {
        let authors = document.named(at(Place::Title).skip(1), &[Role::Author]);
        return document.labels(vec![(TITLE_CONFIDENCE, in_title), (TITLE_CONFIDENCE, authors)]);
    }
    for (place, confidence) in [(Place::Title, TITLE_CONFIDENCE), (Place::FirstHeading, HEADING_CONFIDENCE)] {
        let named = document.named(at(place), &[]);
        if !named.is_empty() {
            return document.labels(vec![(confidence, named)]);
        }
    }
    let body: Vec<&MatchedText<'_, '_>> = at(Place::Body).collect();
    let authors = (AUTHOR_CONFIDENCE, document.authors(&body));
    let dominant = (DENSITY_CONFIDENCE, document.dominant(&body));
    let about = if dominant.1.is_empty() { document.opening(&body) } else { dominant };
    let labels = document.labels(vec![about, authors]);
    if !labels.is_empty() {
        return labels;
    }
    let mut labels = document.labels(vec![(FILE_CONFIDENCE, document.named(file_title.into_iter(), &[]))]);
    for label in &mut labels {
        label.provenance = Provenance::FileMetadata;
    }
    labels
}

/// A document that is read for the concepts of one scheme.
struct Reader<'r> {
    taxonomy: &'r Taxonomy,
    scheme: &'r Scheme,
    facet: &'r str,
    rule: &'r Belonging,
    mentions: &'r Mentions<'r>,
}

impl<'r> Reader<'r> {
    /// The names of the scheme in a text that count as mentions.
    fn names<'t>(&self, text: &'t MatchedText<'_, '_>) -> impl Iterator<Item = &'t Occurrence<'t>> {
        text.occurrences.iter().filter(|found| found.scheme == self.scheme.id && self.mentions.counts(found))
    }

    /// What a document that names a concept may belong to: the concept, or those it stands for.
    fn processes(&self, concept: &str) -> Vec<&'r str> {
        let Some(concept) = self.taxonomy.concept(self.facet, concept) else { return Vec::new() };
        match concept.implies.get(self.facet) {
            Some(implied) => implied.iter().map(String::as_str).collect(),
            None => vec![&concept.id],
        }
    }

    fn is_process(&self, concept: &str) -> bool {
        let concept = self.taxonomy.concept(self.facet, concept);
        let attribute = concept.and_then(|concept| concept.attributes.get("is_iscm"));
        attribute.and_then(serde_json::Value::as_bool) != Some(false)
    }

    /// What stands in some lines as more than a topic, beside all these cues.
    fn named<'t, 'm: 't, 's: 't>(
        &self,
        lines: impl Iterator<Item = &'t MatchedText<'m, 's>>,
        cues: &[Role],
    ) -> Found<'r> {
        let mut named = Found::new();
        for line in lines {
            let beside = |name: &Occurrence<'_>| cues.iter().all(|&cue| line.is_beside(name, cue));
            for name in self.names(line).filter(|name| !line.follows(name, Role::Topic) && beside(name)) {
                self.add(&mut named, line, name);
            }
        }
        named
    }

    fn authors(&self, body: &[&MatchedText<'_, '_>]) -> Found<'r> {
        let mut spoken = Found::new();
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut all, mut at_edge) = (BTreeSet::new(), false);
        for (position, text) in body.iter().enumerate() {
            for name in self.names(text) {
                let processes = self.processes(name.concept);
                all.extend(processes.clone());
                if text.is_beside(name, Role::Author) {
                    at_edge |= position < EDGE || position + EDGE >= body.len();
                    self.add(&mut spoken, text, name);
                    processes.into_iter().for_each(|process| *times.entry(process).or_default() += 1);
                }
            }
        }
        let enough = if all.len() == 1 && at_edge { 1 } else { self.rule.author_names };
        spoken.retain(|concept, _| times[concept] >= enough && is_ahead(&times, concept, 2));
        spoken
    }

    fn dominant(&self, body: &[&MatchedText<'_, '_>]) -> Found<'r> {
        let mut found = Found::new();
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for text in body {
            for name in self.names(text) {
                self.add(&mut found, text, name);
                self.processes(name.concept).into_iter().for_each(|process| *times.entry(process).or_default() += 1);
            }
        }
        let words: usize = body.iter().map(|text| text.words).sum();
        let enough = |count: u32| {
            let dense = count as f32 >= self.rule.dense_share * words as f32;
            count >= self.rule.names || (count >= self.rule.dense_names && dense)
        };
        found.retain(|concept, _| enough(times[concept]) && is_ahead(&times, concept, self.rule.dominance));
        found
    }

    /// Those whose members speak in the first sentence, or of whose meeting it tells, or its subject.
    fn opening(&self, body: &[&MatchedText<'_, '_>]) -> (f32, Found<'r>) {
        let sentence = body.iter().find(|text| text.words >= MIN_SENTENCE_WORDS);
        let mut members = Found::new();
        for text in body.iter().take(EDGE) {
            for name in self.names(text).filter(|name| name.span.start <= MAX_OPENING) {
                if text.follows(name, Role::Member) {
                    self.add(&mut members, text, name);
                }
            }
        }
        if !members.is_empty() {
            return (MEMBER_CONFIDENCE, members);
        }
        let held = sentence.map(|text| self.held(text)).unwrap_or_default();
        if !held.is_empty() {
            return (HELD_CONFIDENCE, held);
        }
        let mut subject = Found::new();
        for first in body.first().into_iter().chain(sentence) {
            if let Some(name) = self.names(first).find(|name| name.span.start <= MAX_ARTICLE) {
                self.add(&mut subject, first, name);
                break;
            }
        }
        (SUBJECT_CONFIDENCE, subject)
    }

    /// What the first sentence of a text names beside words of meeting, where nothing parts the two.
    fn held(&self, text: &MatchedText<'_, '_>) -> Found<'r> {
        let end = first_sentence(text.source.text);
        let cues = |role: Role| {
            let of_scheme = move |cue: &&Occurrence<'_>| cue.role == role && cue.scheme == self.scheme.id;
            text.occurrences.iter().filter(of_scheme).map(|cue| cue.span.clone()).filter(move |span| span.end <= end)
        };
        let mut found = Found::new();
        if cues(Role::Held).next().is_none() {
            return found;
        }
        for name in self.names(text).filter(|name| name.span.end <= end && !text.follows(name, Role::Topic)) {
            let nearest = |role: Role| cues(role).map(|cue| cue.end).filter(|&cue| cue <= name.span.start).max();
            if nearest(Role::Aside) <= nearest(Role::Held) {
                self.add(&mut found, text, name);
            }
        }
        found
    }

    fn add(&self, found: &mut Found<'r>, text: &MatchedText<'_, '_>, name: &Occurrence<'_>) {
        for process in self.processes(name.concept) {
            let evidence = found.entry(process).or_default();
            if evidence.len() < MAX_EVIDENCE {
                evidence.push(text.evidence(name));
            }
        }
    }

    /// Labels for what was found, the surer first; none where it is too much.
    fn labels(&self, found: Vec<(f32, Found<'r>)>) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for (confidence, found) in found {
            for (concept, evidence) in found {
                if !labels.iter().any(|label| label.concept == concept) {
                    labels.push(text_label(self.facet, concept, confidence, evidence));
                }
            }
        }
        if labels.iter().any(|label| self.is_process(&label.concept)) {
            labels.retain(|label| self.is_process(&label.concept));
        }
        if labels.len() > self.rule.most { Vec::new() } else { labels }
    }
}

/// Where the first sentence of a text ends.
fn first_sentence(text: &str) -> usize {
    let mut stops = text.match_indices(". ").map(|(stop, _)| stop);
    let ends = |stop: usize| {
        let before = text[..stop].chars().rev().take_while(|c| c.is_alphanumeric());
        let (length, first) = before.fold((0, None), |(length, _), c| (length + 1, Some(c)));
        length >= MIN_LAST_WORD || first.is_some_and(char::is_lowercase)
    };
    stops.find(|&stop| ends(stop)).unwrap_or(text.len()).min(MAX_SENTENCE)
}

/// Whether a concept was counted so many times as often as any other.
fn is_ahead(times: &BTreeMap<&str, u32>, concept: &str, factor: u32) -> bool {
    let own = times.get(concept).copied().unwrap_or_default();
    times.iter().all(|(other, &count)| *other == concept || own >= factor.saturating_mul(count))
}

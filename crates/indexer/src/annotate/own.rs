//! Sentences that say when and where a document's own meeting was held.
//!
//! A text tells of many meetings: the one before, the next, those of others. A sentence counts when its subject is the
//! meeting of the title (the same ordinal, or the words of the title), or "this meeting", or when the text begins with
//! it. Everything else is about another meeting.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::{DateRange, Language, Passage, PassageKind, Precision};

use super::clues::{Clues, content_words};
use super::dates::{dateline, posted, title_block};
use super::words::{BEGINNINGS, DELEGATES, GATHERED, HELD, OTHER_MEETING, SURVEYS, THE, THIS, TOWARDS_OTHER};
use crate::dates;
use crate::ordinals;
use crate::passages::{JOINING, MEETINGS, is_generic_heading};

/// The verbs of [`HELD`] by their first word: every word of a text is looked up.
static HELD_BY_WORD: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut verbs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for verb in HELD {
        verbs.entry(verb.split([' ', '\'', '-']).next().unwrap_or(verb)).or_default().push(verb);
    }
    verbs
});

/// Passages among which a declaration says where its delegates gather.
const OPENING: usize = 3;

/// Passages among which "the workshop" is the document's own.
const NEAR_TOP: usize = 6;

/// Words before a meeting's word that tell which meeting it is.
const BEFORE: usize = 7;

/// Words after it that tell the same.
const AFTER: usize = 3;

/// Longest time from a meeting to the news of it, in days.
const POSTED_WITHIN: i32 = 120;

/// Words before the meeting of those who held it.
const ITS: [&str; 2] = ["its", "their"];

/// Words of a sentence after which no subject begins.
const SUBJECT: usize = 10;

/// Share of the words of a subject that the title has where both mean one meeting, in percent.
const SHARED: usize = 60;

/// What identifies the document's own meeting.
pub(super) struct Own {
    ordinal: Option<u16>,
    /// Whether there is no title block.
    untitled: bool,
    /// Telling words of the title block; none where it is about another meeting.
    words: BTreeSet<String>,
}

/// How surely a statement is about the document's own meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ownership {
    /// "The workshop" at the beginning of the text.
    Definite,
    /// Its ordinal, its name, or "this meeting".
    Named,
}

/// A sentence that says that the document's own meeting was or will be held.
pub(super) struct Statement<'a> {
    pub(super) passage: &'a Passage,
    /// Byte range of the sentence in the passage.
    pub(super) sentence: Range<usize>,
    /// Byte range of the verb in the passage.
    pub(super) verb: Range<usize>,
    pub(super) ownership: Ownership,
}

impl Own {
    /// What the title block tells of the meeting, which has this ordinal.
    pub(super) fn new(clues: &Clues<'_>, ordinal: Option<u16>) -> Own {
        let words: BTreeSet<String> = clues.title_block().flat_map(content_words).collect();
        let other = words.iter().any(|word| TOWARDS_OTHER.contains(&word.as_str()));
        Own { ordinal, untitled: words.is_empty(), words: if other { BTreeSet::new() } else { words } }
    }

    /// Every statement about the document's own meeting, in order.
    pub(super) fn statements<'a>(&self, clues: &Clues<'a>) -> Vec<Statement<'a>> {
        let told = |passage: &&Passage| !matches!(passage.kind, PassageKind::Footnote | PassageKind::Contact);
        let mut statements = Vec::new();
        for (place, passage) in clues.passages.iter().filter(told).enumerate() {
            for (number, sentence) in sentences(&passage.text).into_iter().enumerate() {
                let text = passage.text.get(sentence.clone()).unwrap_or_default();
                let found =
                    Sentence { text, words: words(text), language: passage.language, place, first: number == 0 };
                let surveys = || self.words.iter().any(|word| SURVEYS.contains(&word.as_str()));
                let lead = place == 0 && number == 0 && is_lead(passage, &found) && !surveys();
                let told = self.in_sentence(clues, &found, lead);
                statements.extend(told.into_iter().map(|(verb, ownership)| Statement {
                    passage,
                    verb: sentence.start + verb.start..sentence.start + verb.end,
                    sentence: sentence.clone(),
                    ownership,
                }));
            }
        }
        statements
    }

    /// The verbs of a sentence that tell of the document's own meeting; a lead tells what its text is about.
    fn in_sentence(&self, clues: &Clues<'_>, sentence: &Sentence<'_>, lead: bool) -> Vec<(Range<usize>, Ownership)> {
        let mut told = Vec::new();
        let mut at = 0;
        while at < sentence.words.len() {
            let gathered = (sentence.place < OPENING && sentence.first && (lead || !sentence.text.ends_with('.')))
                .then(|| phrase_at(&sentence.words, at, &GATHERED))
                .flatten()
                .filter(|_| sentence.words.iter().take(at).any(|word| DELEGATES.contains(&word.folded.as_str())));
            let first = sentence.words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
            let held = HELD_BY_WORD.get(first).and_then(|verbs| phrase_at(&sentence.words, at, verbs));
            let Some(length) = gathered.or(held) else {
                at += 1;
                continue;
            };
            let ownership = if gathered.is_some() {
                Some(if sentence.text.ends_with('.') { Ownership::Definite } else { Ownership::Named })
            } else {
                let names = names_of_processes(clues, sentence);
                let told = lead && self.is_told_by_lead(clues, sentence);
                self.subject(sentence, &names, at, at + length).or(told.then_some(Ownership::Definite))
            };
            let span = sentence
                .words
                .get(at..at + length)
                .and_then(|verb| Some(verb.first()?.span.start..verb.last()?.span.end));
            told.extend(span.zip(ownership));
            at += length;
        }
        told
    }

    /// Whether the subject of a verb is the document's own meeting: the nearest meeting before the verb, else, as in
    /// "se celebró en Quito la IX Conferencia", after it.
    fn subject(
        &self,
        sentence: &Sentence<'_>,
        names: &[Range<usize>],
        verb: usize,
        after_verb: usize,
    ) -> Option<Ownership> {
        if verb == 0
            && sentence.first
            && sentence.place < OPENING
            && sentence.meeting(after_verb..after_verb + SUBJECT, names).is_none()
        {
            return Some(Ownership::Definite);
        }
        // Clause by clause, from the verb back.
        let mut end = verb;
        while end > 0 {
            let start = (0..end - 1).rev().find(|&at| sentence.is_cut_after(at)).map_or(0, |at| at + 1);
            if let Some(meeting) = sentence.meeting(start..end, names) {
                let head = sentence.head(start..meeting).and_then(|head| self.is_numbered(sentence, start..head));
                return head.or_else(|| self.is_own(sentence, start..end, meeting));
            }
            end = start;
        }
        // In English the subject stands before its verb; "the group held its fourth meeting" says what was held.
        let its = sentence.words.get(after_verb).is_some_and(|word| ITS.contains(&word.folded.as_str()));
        let end = if sentence.language == Language::En && !its { after_verb } else { sentence.words.len() };
        let meeting = sentence.first_meeting(after_verb..end.min(after_verb + 3 * SUBJECT), names)?;
        let start = (after_verb..meeting).rev().find(|&at| sentence.is_cut_after(at)).map_or(after_verb, |at| at + 1);
        let end = (meeting..end).find(|&at| sentence.is_cut_after(at)).map_or(end, |at| at + 1);
        self.is_own(sentence, start..end, meeting)
    }

    /// Whether the lead of a text tells of its own meeting: of a text without a title block, of one with a date in it
    /// whose process the lead names, or of news that was posted soon after the meeting.
    fn is_told_by_lead(&self, clues: &Clues<'_>, sentence: &Sentence<'_>) -> bool {
        let scheme = clues.annotator.taxonomy.scheme_of_facet("rcp").map(|scheme| scheme.id.as_str());
        let found = clues.annotator.matcher.find(sentence.text, sentence.language);
        let names_own =
            || found.iter().any(|found| Some(found.scheme) == scheme && clues.processes.contains(&found.concept));
        let near = |line: DateRange| {
            let found = dates::find(sentence.text, sentence.language).into_iter().filter_map(|date| date.when.date());
            found.into_iter().any(|date| {
                date.end <= line.end && date.end.until(line.end).is_ok_and(|time| time.get_days() <= POSTED_WITHIN)
            })
        };
        let other = self.ordinal.is_some() && !ordinals::find(sentence.text).is_empty();
        self.untitled
            || (!other && names_own() && title_block(clues).is_some())
            || (!other && posted(clues).is_some_and(|posted| near(posted.value)))
            || (!other && dateline(clues).is_some_and(|line| near(line.range)))
    }

    /// Whether a clause begins with the ordinal of the document's own meeting.
    fn is_numbered(&self, sentence: &Sentence<'_>, before: Range<usize>) -> Option<Ownership> {
        let words = sentence.words.get(before)?;
        let text = sentence.text.get(words.first()?.span.start..words.last()?.span.end)?;
        let (own, ordinals) = (self.ordinal?, ordinals::find(text));
        let numbered = ordinals.len() == 1 && ordinals.iter().any(|ordinal| ordinal.value == own);
        let other = words.iter().any(|word| OTHER_MEETING.contains(&word.folded.as_str()));
        (numbered && !other).then_some(Ownership::Named)
    }

    /// Whether a meeting that a sentence names in a range of its words is the document's own.
    fn is_own(&self, sentence: &Sentence<'_>, range: Range<usize>, meeting: usize) -> Option<Ownership> {
        let start = range.start.max(meeting.saturating_sub(BEFORE));
        let before = sentence.words.get(start..meeting)?;
        let says = |words: &[&str], within: usize| {
            before.iter().rev().take(within).any(|word| words.contains(&word.folded.as_str()))
        };
        // In Spanish and French "a" is no article.
        let other = before.iter().any(|word| {
            let article = ["a", "an"].contains(&word.folded.as_str());
            OTHER_MEETING.contains(&word.folded.as_str()) && (!article || sentence.language == Language::En)
        });
        // In Spanish and French what tells another meeting also stands after it: "la reunión anterior".
        let after = sentence.words.get(meeting + 1..range.end.min(meeting + 1 + AFTER)).unwrap_or_default();
        let told_after = sentence.language != Language::En
            && after.iter().any(|word| word.folded.len() > 3 && OTHER_MEETING.contains(&word.folded.as_str()));
        if other || told_after {
            return None;
        }
        let named = sentence.text.get(sentence.words.get(start)?.span.start..sentence.words.get(meeting)?.span.end)?;
        let ordinal = ordinals::find(named).last().map(|found| found.value);
        // "The contribution to the dialogue" does not begin with the dialogue.
        let article = sentence.words.first().is_some_and(|word| THE.contains(&word.folded.as_str()));
        let joined = sentence.words.iter().take(meeting).skip(1).any(|word| JOINING.contains(&word.folded.as_str()));
        let begins = article && !joined && meeting < SUBJECT;
        match (ordinal, self.ordinal) {
            (Some(ordinal), Some(own)) if ordinal != own => return None,
            (Some(_), Some(_)) => return Some(Ownership::Named),
            (Some(_), None) if sentence.place > 0 || !sentence.first || !begins => return None,
            _ => {}
        }
        if says(&THIS, 3) {
            return Some(Ownership::Named);
        }
        let last = sentence.words.get(range.end.checked_sub(1)?)?;
        let phrase: BTreeSet<String> =
            content_words(sentence.text.get(sentence.words.get(start)?.span.start..last.span.end)?).collect();
        let shared = phrase.intersection(&self.words).count();
        if shared >= 2 && shared * 100 >= phrase.len() * SHARED {
            return Some(Ownership::Named);
        }
        let its_kind = sentence.words.get(meeting).is_some_and(|word| self.words.contains(&word.folded));
        let near = sentence.place < if its_kind { NEAR_TOP } else { OPENING - 1 };
        (begins && near && (its_kind || self.untitled)).then_some(Ownership::Definite)
    }
}

/// A sentence with its words.
struct Sentence<'a> {
    text: &'a str,
    words: Vec<Word>,
    language: Language,
    /// Place of its passage in the document, counted from 0.
    place: usize,
    /// Whether it is the first of its passage.
    first: bool,
}

impl Sentence<'_> {
    /// Whether a sign that parts clauses stands between a word and the next.
    fn is_cut_after(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else { return false };
        let between = self.text.get(word.span.end..next.span.start).unwrap_or_default();
        between.contains([',', ';', ':'])
            || matches!(between, " – " | " — ")
            || (between.contains(['(', ')']) && !self.is_abbreviated(at))
    }

    /// Whether the parenthesis that begins or ends after a word holds an abbreviation and nothing else:
    /// "the Dialogue (MIDSA) meeting".
    fn is_abbreviated(&self, at: usize) -> bool {
        let gap = |at: usize| {
            let (word, next) = (self.words.get(at)?, self.words.get(at + 1)?);
            self.text.get(word.span.end..next.span.start)
        };
        let holds = |at: usize| gap(at) == Some(" (") && gap(at + 1).is_some_and(|gap| gap.starts_with(") "));
        let capitals = |at: usize| {
            let word = self.words.get(at).and_then(|word| self.text.get(word.span.clone()));
            word.is_some_and(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 2)
        };
        (holds(at) && capitals(at + 1)) || at.checked_sub(1).is_some_and(|before| holds(before) && capitals(at))
    }

    /// The first meeting of a range of words, where only names and words that join follow it: it is what the rest
    /// belongs to, as in "the second meeting for the fifth conference".
    fn head(&self, range: Range<usize>) -> Option<usize> {
        let first = range.clone().find(|&at| self.is_meeting(at))?;
        self.is_linked(first + 1..range.end).then_some(first)
    }

    /// The last meeting of a range of words; words inside the name of a process are none, but a name is one where the
    /// range has no other.
    fn meeting(&self, range: Range<usize>, names: &[Range<usize>]) -> Option<usize> {
        let inside = |at: &usize| {
            self.words.get(*at).is_some_and(|word| names.iter().any(|name| name.contains(&word.span.start)))
        };
        let own_word = range.clone().rev().find(|at| self.is_meeting(*at) && !inside(at));
        let name = range.clone().rev().find(|&at| inside(&at) && (at == range.start || !inside(&(at - 1))));
        let is_name = || range.clone().any(|at| self.is_meeting(at));
        match (own_word, name) {
            (Some(own_word), Some(name)) if own_word < name && !self.is_linked(own_word + 1..name) => Some(name),
            (Some(own_word), _) => Some(own_word),
            (None, name) => name.filter(|_| is_name()),
        }
    }

    /// Whether the words between a meeting and a process make it a meeting of the process: words that join, names, and
    /// one word more. "This meeting could contribute to the dialogue" is not of the dialogue.
    fn is_linked(&self, between: Range<usize>) -> bool {
        let others = self.words.get(between).unwrap_or_default().iter().filter(|word| {
            let capital = self.text.get(word.span.clone()).is_some_and(|word| word.starts_with(char::is_uppercase));
            !capital && !JOINING.contains(&word.folded.as_str())
        });
        others.count() <= 1
    }

    /// The first meeting of a range of words, be it in the name of a process.
    fn first_meeting(&self, range: Range<usize>, names: &[Range<usize>]) -> Option<usize> {
        let first = range.clone().find(|&at| self.is_meeting(at))?;
        let named = names.iter().find(|name| self.words.get(first).is_some_and(|word| name.contains(&word.span.start)));
        let start = named.and_then(|name| {
            range.clone().find(|&at| self.words.get(at).is_some_and(|word| name.contains(&word.span.start)))
        });
        Some(start.unwrap_or(first))
    }

    fn is_meeting(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| MEETINGS.contains(&word.folded.as_str()))
    }
}

/// Whether the first sentence of a text tells the days of what the text is about, as news and communiqués do; not how
/// a process began, and not below "Background".
fn is_lead(passage: &Passage, sentence: &Sentence<'_>) -> bool {
    let days = |date: &dates::WrittenDate| date.when.date().is_some_and(|range| range.precision == Precision::Day);
    let begins = (0..sentence.words.len()).any(|at| phrase_at(&sentence.words, at, &BEGINNINGS).is_some());
    let other = sentence.words.iter().map(|word| word.folded.as_str()).any(|word| {
        OTHER_MEETING.contains(&word)
            && word.len() > 3
            && !["other", "several", "various", "otra", "otro"].contains(&word)
    });
    !begins
        && !other
        && !passage.heading_path.iter().any(|heading| is_generic_heading(heading))
        && dates::find(sentence.text, sentence.language).iter().any(days)
}

/// Byte ranges of the names of processes in a sentence.
fn names_of_processes(clues: &Clues<'_>, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let scheme = clues.annotator.taxonomy.scheme_of_facet("rcp").map(|scheme| scheme.id.as_str());
    let found = clues.annotator.matcher.find(sentence.text, sentence.language);
    let named = found.into_iter().filter(|found| Some(found.scheme) == scheme && !found.concept.is_empty());
    named.map(|found| found.span).collect()
}

/// Count of the words of the longest phrase that stands at a word.
pub(super) fn phrase_at(words: &[Word], at: usize, phrases: &[&str]) -> Option<usize> {
    let length = |phrase: &&str| {
        let mut parts = phrase.split([' ', '\'', '-']);
        let mut length = 0;
        parts
            .all(|part| {
                length += 1;
                words.get(at + length - 1).is_some_and(|word| word.folded == part)
            })
            .then_some(length)
    };
    phrases.iter().filter_map(length).max()
}

/// Byte ranges of the sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, sign) in text.match_indices(['.', '!', '?', ';']) {
        let end = at + sign.len();
        let begins = text.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
        let initial = text.get(start..at).is_some_and(|before| {
            let word = before.rsplit([' ', '.']).next().unwrap_or_default();
            sign == "." && word.chars().count() <= 2 && !word.chars().any(|c| c.is_ascii_digit())
        });
        if begins.is_some_and(|c| c.is_uppercase() || sign == ";") && !initial {
            sentences.push(start..end);
            start = end + 1;
        }
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

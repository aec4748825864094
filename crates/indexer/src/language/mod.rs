//! Language of passages: each its own where it can be told, else that of its neighbours, else that of its section,
//! else that of the document.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::{Language, PassageKind};
use whatlang::{Detector, Lang, Script};

use crate::passages::Piece;
use words::Tongue;

/// Fewest letters from which a language is told by them.
const MIN_LETTERS: usize = 40;

/// Fewest letters from which a language that is none of the settings' is believed.
const MIN_LETTERS_OTHER: usize = 200;

/// Letters of a text that are looked at.
const MAX_LETTERS: usize = 4_000;

/// Characters of a passage that are looked at: enough to tell.
const PASSAGE_HEAD: usize = 500;

/// Smallest part of a document's letters, in percent, that makes a language one of its own: a quotation or a title in
/// another language does not.
const MIN_SHARE: usize = 5;

/// Letters that make it one in any case: some pages.
const MANY_LETTERS: usize = 5_000;

/// Tells languages of the settings apart.
pub struct LanguageDetector {
    allowed: Vec<Lang>,
    detector: Detector,
}

impl LanguageDetector {
    /// A detector that answers with one of these languages or [`Language::Undetermined`].
    #[must_use]
    pub fn new(languages: &[Language]) -> LanguageDetector {
        let allowed: Vec<Lang> = languages.iter().copied().filter_map(to_whatlang).collect();
        LanguageDetector { detector: Detector::with_allowlist(allowed.clone()), allowed }
    }

    /// Language of a text; `None` when it is too short or too mixed to tell.
    ///
    /// [`Language::Undetermined`] when it is certainly none of the languages: another script, or reliably another
    /// language in a text of some length. Function words tell most texts; the letters of a text, which take many times
    /// longer to judge, are asked where the words do not tell.
    #[must_use]
    pub fn detect(&self, text: &str) -> Option<Language> {
        if self.allowed.is_empty() {
            return None;
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS).count();
        let end = text.char_indices().nth(2 * MAX_LETTERS).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or(text);
        if let Some(tongue) = words::tell(text) {
            let language = from_tongue(tongue).filter(|language| self.allows(*language));
            // A neighbour's word or two in a short text prove nothing.
            let other = (letters >= MIN_LETTERS).then_some(Language::Undetermined);
            return language.or(other);
        }
        if letters < MIN_LETTERS {
            return None;
        }
        if whatlang::detect_script(text) != Some(Script::Latin) {
            return Some(Language::Undetermined);
        }
        if letters >= MIN_LETTERS_OTHER
            && let Some(info) = whatlang::detect(text).filter(whatlang::Info::is_reliable)
        {
            // Told from all languages, it is also told from the allowed ones: no need to look twice.
            let allowed = self.allowed.contains(&info.lang());
            return if allowed { from_whatlang(info.lang()) } else { Some(Language::Undetermined) };
        }
        match self.allowed.as_slice() {
            [] => None,
            [only] => from_whatlang(*only),
            _ => self
                .detector
                .detect(text)
                .filter(whatlang::Info::is_reliable)
                .and_then(|info| from_whatlang(info.lang())),
        }
    }

    fn allows(&self, language: Language) -> bool {
        to_whatlang(language).is_some_and(|language| self.allowed.contains(&language))
    }

    /// Whether a text is reliably of a language when all languages are allowed.
    fn is_certain(text: &str, language: Language) -> bool {
        words::tell(text).and_then(from_tongue) == Some(language)
            || whatlang::detect(text)
                .is_some_and(|info| info.is_reliable() && from_whatlang(info.lang()) == Some(language))
    }
}

fn from_tongue(tongue: Tongue) -> Option<Language> {
    match tongue {
        Tongue::English => Some(Language::En),
        Tongue::Spanish => Some(Language::Es),
        Tongue::French => Some(Language::Fr),
        Tongue::Portuguese | Tongue::Italian | Tongue::German => None,
    }
}

fn to_whatlang(language: Language) -> Option<Lang> {
    match language {
        Language::En => Some(Lang::Eng),
        Language::Es => Some(Lang::Spa),
        Language::Fr => Some(Lang::Fra),
        Language::Undetermined => None,
    }
}

fn head(text: &str) -> &str {
    text.char_indices().nth(PASSAGE_HEAD).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn from_whatlang(language: Lang) -> Option<Language> {
    match language {
        Lang::Eng => Some(Language::En),
        Lang::Spa => Some(Language::Es),
        Lang::Fra => Some(Language::Fr),
        _ => None,
    }
}

/// Sets the language of every piece; returns the languages of the document, the one with most letters first.
///
/// Running text votes; rows of tables, footnotes and contact data do not, unless there is nothing else: their names and
/// titles are often of another language.
pub(crate) fn assign(detector: &LanguageDetector, pieces: &mut [Piece]) -> Vec<Language> {
    let told = told(detector, pieces);
    let only_rows = !pieces.iter().any(votes);
    let mut document = Votes::default();
    let mut sections: BTreeMap<usize, Votes> = BTreeMap::new();
    for (piece, told) in pieces.iter().zip(&told) {
        if let Some(language) = told.filter(|_| only_rows || votes(piece)) {
            sections.entry(piece.section).or_default().add(language, &piece.passage.text);
            document.add(language, &piece.passage.text);
        }
    }
    let untold = || detector.detect(&sample(pieces.iter()));
    let fallback = document.winner().or_else(untold).unwrap_or(Language::Undetermined);
    let neighbours = neighbours(pieces, &told);
    let mut final_votes = Votes::default();
    for ((piece, told), neighbours) in pieces.iter_mut().zip(told).zip(neighbours) {
        let of_section = || sections.get(&piece.section).and_then(Votes::winner).unwrap_or(fallback);
        piece.passage.language = told.or(neighbours).unwrap_or_else(of_section);
        if only_rows || votes(piece) {
            final_votes.add(piece.passage.language, &piece.passage.text);
        }
    }
    final_votes.of_document()
}

fn votes(piece: &Piece) -> bool {
    !matches!(piece.passage.kind, PassageKind::TableRow | PassageKind::Footnote | PassageKind::Contact)
}

/// What each piece tells by itself.
///
/// In a text of another language, every short passage looks like the nearest allowed one (Portuguese like Spanish).
/// So where the document as a whole or the section is told to be of another language, a short passage is believed to
/// be of an allowed one only if it is told from all languages that there are.
fn told(detector: &LanguageDetector, pieces: &[Piece]) -> Vec<Option<Language>> {
    let is_foreign = |sample: &str| detector.detect(sample) == Some(Language::Undetermined);
    let foreign_document = is_foreign(&sample(pieces.iter()));
    let mut foreign: BTreeSet<usize> = BTreeSet::new();
    for of_section in pieces.chunk_by(|one, next| one.section == next.section) {
        if let [first, ..] = of_section
            && (foreign_document || is_foreign(&sample(of_section.iter())))
        {
            foreign.insert(first.section);
        }
    }
    let tell = |piece: &Piece| {
        let text = head(&piece.passage.text);
        let told = detector.detect(text)?;
        let doubtful = foreign.contains(&piece.section) && !LanguageDetector::is_certain(text, told);
        Some(if doubtful { Language::Undetermined } else { told })
    };
    pieces.iter().map(tell).collect()
}

/// The beginning of what pieces say together.
fn sample<'a>(pieces: impl Iterator<Item = &'a Piece>) -> String {
    let mut sample = String::new();
    for piece in pieces {
        if sample.len() >= MAX_LETTERS {
            break;
        }
        sample.push_str(head(&piece.passage.text));
        sample.push(' ');
    }
    sample
}

/// For each piece the language that is told on both sides of it in its section, or on the only side that there is.
fn neighbours(pieces: &[Piece], told: &[Option<Language>]) -> Vec<Option<Language>> {
    let nearest = |order: &mut dyn Iterator<Item = usize>| {
        let mut nearest = vec![None; pieces.len()];
        let mut last: Option<(usize, Language)> = None;
        for index in order {
            let section = pieces.get(index).map_or(0, |piece| piece.section);
            if let Some(place) = nearest.get_mut(index) {
                *place = last.filter(|(of, _)| *of == section).map(|(_, language)| language);
            }
            if let Some(language) = told.get(index).copied().flatten() {
                last = Some((section, language));
            }
        }
        nearest
    };
    let above: Vec<Option<Language>> = nearest(&mut (0..pieces.len()));
    let below: Vec<Option<Language>> = nearest(&mut (0..pieces.len()).rev());
    let agreed = |(above, below): (Option<Language>, Option<Language>)| match (above, below) {
        (Some(above), Some(below)) => (above == below).then_some(above),
        (above, below) => above.or(below),
    };
    above.into_iter().zip(below).map(agreed).collect()
}

/// Letters by language.
#[derive(Debug, Default)]
struct Votes {
    letters: BTreeMap<Language, usize>,
}

impl Votes {
    fn add(&mut self, language: Language, text: &str) {
        *self.letters.entry(language).or_default() += text.chars().filter(|c| c.is_alphabetic()).count();
    }

    fn winner(&self) -> Option<Language> {
        self.ranked().first().copied()
    }

    /// The languages that are more than a quotation, the most used first.
    fn of_document(&self) -> Vec<Language> {
        let all: usize = self.letters.values().sum();
        let counts = |letters: usize| letters >= MANY_LETTERS || letters * 100 >= all * MIN_SHARE;
        let ranked = self.ranked().into_iter();
        ranked.filter(|language| self.letters.get(language).is_some_and(|letters| counts(*letters))).collect()
    }

    fn ranked(&self) -> Vec<Language> {
        let mut ranked: Vec<(usize, Language)> =
            self.letters.iter().map(|(language, letters)| (*letters, *language)).collect();
        ranked.sort_by_key(|(letters, language)| (std::cmp::Reverse(*letters), *language));
        ranked.into_iter().map(|(_, language)| language).collect()
    }
}

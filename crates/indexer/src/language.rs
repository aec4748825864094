//! Language of passages: each its own where it is long enough to tell, else that of its section, else that of the
//! document.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::model::Language;
use whatlang::{Detector, Lang, Script};

use crate::passages::Piece;

/// Fewest letters from which a language is told.
const MIN_LETTERS: usize = 40;

/// Fewest letters from which a language outside the allow-list is believed.
const MIN_LETTERS_OTHER: usize = 200;

/// Letters of a text that are looked at.
const MAX_LETTERS: usize = 4_000;

/// Characters of a passage that are looked at: enough to tell, and telling is what takes longest in reading a text.
const PASSAGE_HEAD: usize = 500;

/// Tells languages of the settings apart.
pub struct LanguageDetector {
    allowed: Vec<Lang>,
    detector: Detector,
}

impl LanguageDetector {
    /// A detector that answers with one of these languages or [`Language::Undetermined`].
    #[must_use]
    pub fn new(languages: &[Language]) -> LanguageDetector {
        let allowed: Vec<Lang> = languages
            .iter()
            .filter_map(|language| match language {
                Language::En => Some(Lang::Eng),
                Language::Es => Some(Lang::Spa),
                Language::Fr => Some(Lang::Fra),
                Language::Undetermined => None,
            })
            .collect();
        LanguageDetector { detector: Detector::with_allowlist(allowed.clone()), allowed }
    }

    /// Language of a text; `None` when it is too short or too mixed to tell.
    ///
    /// [`Language::Undetermined`] when it is certainly none of the languages: another script, or reliably another
    /// language in a text of some length.
    #[must_use]
    pub fn detect(&self, text: &str) -> Option<Language> {
        let letters = text.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS).count();
        if letters < MIN_LETTERS {
            return None;
        }
        let end = text.char_indices().nth(2 * MAX_LETTERS).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or(text);
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

    /// Whether a text is reliably of a language when all languages are allowed.
    fn is_certain(text: &str, language: Language) -> bool {
        whatlang::detect(text).is_some_and(|info| info.is_reliable() && from_whatlang(info.lang()) == Some(language))
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
/// In a text of another language, every short passage looks like the nearest allowed one (Portuguese like Spanish).
/// So where the document as a whole or the section is told to be of another language, a short passage is believed to
/// be of an allowed one only if it is told from all languages that there are.
pub(crate) fn assign(detector: &LanguageDetector, pieces: &mut [Piece]) -> Vec<Language> {
    let mut samples: BTreeMap<usize, String> = BTreeMap::new();
    let mut whole = String::new();
    for piece in pieces.iter() {
        for sample in [&mut whole, samples.entry(piece.section).or_default()] {
            if sample.len() < MAX_LETTERS {
                sample.push_str(&piece.passage.text);
                sample.push(' ');
            }
        }
    }
    let is_foreign = |sample: &str| detector.detect(sample) == Some(Language::Undetermined);
    let foreign_document = is_foreign(&whole);
    let foreign: BTreeSet<usize> = samples
        .iter()
        .filter(|(_, sample)| foreign_document || is_foreign(sample))
        .map(|(section, _)| *section)
        .collect();
    let told: Vec<Option<Language>> = pieces
        .iter()
        .map(|piece| {
            let text = head(&piece.passage.text);
            let told = detector.detect(text)?;
            let doubtful = foreign.contains(&piece.section) && !LanguageDetector::is_certain(text, told);
            Some(if doubtful { Language::Undetermined } else { told })
        })
        .collect();
    let mut document = Votes::default();
    let mut sections: BTreeMap<usize, (Votes, String)> = BTreeMap::new();
    for (piece, told) in pieces.iter().zip(&told) {
        let (votes, untold) = sections.entry(piece.section).or_default();
        match told {
            Some(language) => {
                votes.add(*language, &piece.passage.text);
                document.add(*language, &piece.passage.text);
            }
            None if untold.len() < MAX_LETTERS => {
                untold.push_str(&piece.passage.text);
                untold.push(' ');
            }
            None => {}
        }
    }
    let fallback = document.winner().or_else(|| detector.detect(&whole)).unwrap_or(Language::Undetermined);
    let of_section: BTreeMap<usize, Language> = sections
        .iter()
        .map(|(section, (votes, untold))| {
            (*section, votes.winner().or_else(|| detector.detect(untold)).unwrap_or(fallback))
        })
        .collect();
    let mut final_votes = Votes::default();
    for (piece, told) in pieces.iter_mut().zip(told) {
        let of_section = of_section.get(&piece.section).copied().unwrap_or(fallback);
        piece.passage.language = told.unwrap_or(of_section);
        final_votes.add(piece.passage.language, &piece.passage.text);
    }
    final_votes.ranked()
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

    fn ranked(&self) -> Vec<Language> {
        let mut ranked: Vec<(usize, Language)> =
            self.letters.iter().map(|(language, letters)| (*letters, *language)).collect();
        ranked.sort_by_key(|(letters, language)| (std::cmp::Reverse(*letters), *language));
        ranked.into_iter().map(|(_, language)| language).collect()
    }
}

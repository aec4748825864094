//! [`Analyzer`]: words to tokens of a language.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::fold_word;
use super::{AnalysisSettings, FILLER, Word, fold, spelling, words};
use crate::model::Language;

/// Longest word that is stemmed, in bytes; longer ones are no words of a language.
const MAX_STEMMED_BYTES: usize = 60;

/// A word of a text, in both forms in which it is indexed: as strings of its own, or as parts of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<S = String> {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The word, folded.
    pub exact: S,
    /// Its folded stem; `None` for a stop word, [`edge`] for one at an end of a hyphenated compound.
    pub stem: Option<S>,
    /// Whether only a hyphen stands between this word and the one before it.
    pub joined: bool,
}

/// Turns text into tokens: Snowball stems of the accented word, then folded.
///
/// Stemming before folding keeps what the accents tell the stemmer (`migración` and `migraciones` meet, `migracion`
/// alone would not); the [`crate::vocabulary`] resolves what people type without accents.
///
/// ```
/// use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
/// use rcp_corpus::model::Language;
///
/// let analyzer = Analyzer::new(&AnalysisSettings::default());
/// let stems = |text| analyzer.analyze(text, Language::Es).into_iter().map(|token| token.stem).collect::<Vec<_>>();
/// assert_eq!(stems("migración"), stems("migraciones"));
/// ```
#[derive(Debug, Clone)]
pub struct Analyzer {
    // Looked up for every word of every text, never listed: hashed.
    stop_words: HashMap<Language, HashSet<String>>,
    stems: HashMap<Language, HashMap<String, String>>,
    /// The same stems by folded word: those of all its spellings.
    folded: HashMap<Language, HashMap<String, Vec<String>>>,
}

impl Analyzer {
    /// An analyzer with the given stop words and stem overrides.
    #[must_use]
    pub fn new(settings: &AnalysisSettings) -> Analyzer {
        let stop_words =
            settings.stop_words.iter().map(|(language, words)| (*language, words.iter().cloned().collect()));
        let stems = settings.stems.iter().map(|(language, stems)| (*language, stems.clone().into_iter().collect()));
        let folded = settings.stems.iter().map(|(language, stems)| {
            let mut folded: HashMap<String, Vec<String>> = HashMap::new();
            for (spelling, stem) in stems {
                folded.entry(fold(spelling)).or_default().push(fold(stem));
            }
            (*language, folded)
        });
        Analyzer { stop_words: stop_words.collect(), stems: stems.collect(), folded: folded.collect() }
    }

    /// The tokens of a text in normal form C, one a position.
    #[must_use]
    pub fn analyze(&self, text: &str, language: Language) -> Vec<Token> {
        self.tokens(text, language, |_| true)
    }

    /// As [`Analyzer::analyze`], for those who look for some stems: words that cannot have a stem with one of these
    /// first letters are left without. Most of the work of analysis is stemming.
    #[must_use]
    pub fn analyze_for(&self, text: &str, language: Language, initials: &BTreeSet<char>) -> Vec<Token> {
        let stems = self.stems.get(&language);
        // Stemmers change endings; what an override changes is anyone's choice.
        self.tokens(text, language, |word| {
            word.folded.chars().next().is_some_and(|first| initials.contains(&first))
                || stems.is_some_and(|stems| {
                    stems.contains_key(lower_case(&text[word.span.clone()], &word.folded).as_ref())
                })
        })
    }

    /// The tokens of a text; a word that is not to be stemmed gets no stem.
    fn tokens(&self, text: &str, language: Language, is_stemmed: impl Fn(&Word) -> bool) -> Vec<Token> {
        let stemmer = stemmer(language);
        let token = |word: Word| {
            let surface = &text[word.span.clone()];
            let stem = if !is_stemmed(&word) {
                None
            } else if word.fixed {
                Some(word.folded.clone())
            } else if self.is_stop(surface, &word.folded, language) {
                None
            } else {
                Some(self.stem_with(stemmer.as_ref(), surface, &word.folded, language))
            };
            Token { span: word.span, exact: word.folded, stem, joined: word.joined }
        };
        let mut tokens: Vec<Token> = words(text).into_iter().map(token).collect();
        keep_edges(&mut tokens);
        tokens
    }

    /// The folded stem of a single word as typed, stop word or not.
    #[must_use]
    pub fn stem(&self, surface: &str, language: Language) -> String {
        self.stem_with(stemmer(language).as_ref(), surface, &fold_word(surface), language)
    }

    /// Whether a folded word is a stop word of the language.
    #[must_use]
    pub fn is_stop_word(&self, folded: &str, language: Language) -> bool {
        self.stop_words.get(&language).is_some_and(|words| words.contains(folded))
    }

    /// Whether a word, as written and folded, is a stop word of the language. One with an accent and a stem of its own in
    /// `stems.toml` is none, although it folds to one (`pays sûr`).
    #[must_use]
    pub fn is_stop(&self, surface: &str, folded: &str, language: Language) -> bool {
        let is_overridden = || !surface.is_ascii() && self.overridden(surface, folded, language).is_some();
        self.is_stop_word(folded, language) && !is_overridden()
    }

    /// The stem that a word has by `stems.toml`, folded.
    #[must_use]
    pub fn overridden(&self, surface: &str, folded: &str, language: Language) -> Option<String> {
        let stem = self.stems.get(&language)?.get(lower_case(surface, folded).as_ref())?;
        Some(fold(stem))
    }

    /// The stems that `stems.toml` gives to other spellings of a word: `traite` is not what is meant by `traité`.
    /// A word typed without accents may be any of them: then there are none.
    #[must_use]
    pub fn other_spellings(&self, surface: &str, folded: &str, language: Language) -> Vec<String> {
        let listed = self.folded.get(&language).and_then(|words| words.get(folded)).filter(|_| !surface.is_ascii());
        let mut stems = listed.cloned().unwrap_or_default();
        if !stems.is_empty() {
            let own = self.stem(surface, language);
            stems.retain(|stem| *stem != own);
        }
        stems
    }

    fn stem_with(&self, stemmer: Option<&Stemmer>, surface: &str, folded: &str, language: Language) -> String {
        let Some(stemmer) = stemmer else { return folded.to_owned() };
        if !is_stemmable(folded) {
            return ordinal(folded).unwrap_or_else(|| folded.to_owned());
        }
        let overrides = self.stems.get(&language);
        let overridden = |spelling: &str| overrides?.get(spelling).map(|stem| fold(stem));
        let mut lower = lower_case(surface, folded);
        if let Some(stem) = overridden(&lower) {
            return stem;
        }
        if let Some(regular) = spelling::regular(&lower, language) {
            if let Some(stem) = overridden(&regular) {
                return stem;
            }
            lower = Cow::Owned(regular);
        }
        let stem = stemmer.stem(&lower);
        // Most stems are plain already: nothing to fold.
        if stem.bytes().all(|byte| byte.is_ascii_lowercase()) { stem.into_owned() } else { fold(&stem) }
    }
}

/// A word in lower case with its accents, without apostrophes and the like. Where there are no accents, it is the
/// folded word.
fn lower_case<'a>(surface: &str, folded: &'a str) -> Cow<'a, str> {
    if surface.is_ascii() {
        return Cow::Borrowed(folded);
    }
    Cow::Owned(surface.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
}

/// Stop words at the ends of hyphenated compounds get a stem that no word has, so that the compound can be searched
/// (`on-going`, `follow-up`); between others they leave a gap as everywhere (`whole-of-government`).
fn keep_edges(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let joins_next = tokens.get(at + 1).is_some_and(|next| next.joined);
        if tokens[at].stem.is_none() && tokens[at].joined != joins_next {
            tokens[at].stem = Some(edge(&tokens[at].exact));
        }
    }
}

/// The stem of a stop word at an end of a hyphenated compound: no word holds a hyphen.
#[must_use]
pub fn edge(folded: &str) -> String {
    format!("{folded}-")
}

/// Numerals with an ending are one in all languages: `4th`, `4º`, `4.ª`, `4e`, `4ème` -> `4o`.
fn ordinal(folded: &str) -> Option<String> {
    const ENDINGS: [&str; 27] = [
        "st", "nd", "rd", "th", "o", "a", "os", "as", "ro", "ra", "er", "do", "da", "to", "ta", "mo", "ma", "vo", "va",
        "no", "na", "re", "e", "eme", "ere", "ieme", "nde",
    ];
    let letters = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &folded[..folded.len() - letters.len()];
    (matches!(digits.len(), 1..=3) && ENDINGS.contains(&letters)).then(|| format!("{digits}o"))
}

/// Only words of Latin letters are stemmed: the stemmers know no others, and rust-stemmers panics on some Greek.
fn is_stemmable(folded: &str) -> bool {
    folded.len() <= MAX_STEMMED_BYTES && folded.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn stemmer(language: Language) -> Option<Stemmer> {
    let algorithm = match language {
        Language::En => Algorithm::English,
        Language::Es => Algorithm::Spanish,
        Language::Fr => Algorithm::French,
        Language::Undetermined => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// The exact form of a text: folded words with a space between.
#[must_use]
pub fn exact_string(tokens: &[Token]) -> String {
    join(tokens.iter().map(|token| token.exact.as_str()))
}

/// The stem form of a text: folded stems with a space between, [`FILLER`] for each stop word.
#[must_use]
pub fn stem_string(tokens: &[Token]) -> String {
    join(tokens.iter().map(|token| token.stem.as_deref().unwrap_or(FILLER)))
}

fn join<'a>(tokens: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for token in tokens {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(token);
    }
    joined
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn analyzer() -> Analyzer {
        let stop_words = BTreeMap::from([
            (Language::En, BTreeSet::from(["the", "of", "us"].map(str::to_owned))),
            (Language::Fr, BTreeSet::from(["l", "de"].map(str::to_owned))),
        ]);
        let stems = BTreeMap::from([(
            Language::En,
            BTreeMap::from(
                [("international", "international"), ("gaol", "jail")]
                    .map(|(word, stem)| (word.to_owned(), stem.to_owned())),
            ),
        )]);
        Analyzer::new(&AnalysisSettings { stop_words, stems })
    }

    #[track_caller]
    fn check(language: Language, text: &str, stems: &str) {
        assert_eq!(stem_string(&analyzer().analyze(text, language)), stems.replace('_', FILLER), "{text:?}");
    }

    #[test]
    fn stems_are_those_of_the_accented_word() {
        check(Language::Es, "migración migraciones región regiones", "migracion migracion region region");
        check(Language::Fr, "réfugié réfugiés réfugiée", "refugi refugi refugi");
        check(Language::En, "organizations migrated", "organ migrat");
    }

    #[test]
    fn stop_words_leave_a_filler_and_overrides_win() {
        check(Language::En, "freedom of movement", "freedom _ movement");
        check(Language::En, "international internal", "international intern");
        check(Language::Fr, "l'école de Genève", "_ ecol _ genev");
    }

    #[test]
    fn a_dotted_abbreviation_is_no_stop_word() {
        check(Language::En, "the U.S. and us", "_ us and _");
    }

    #[test]
    fn a_stop_word_at_an_end_of_a_compound_has_a_stem_of_its_own() {
        check(Language::En, "the of-fice, out-of-court; of-of", "_ of- fice out _ court of- of-");
    }

    #[test]
    fn ordinals_are_one_in_all_languages() {
        check(Language::En, "4th 21st 4 1990s", "4o 21o 4 1990s");
        check(Language::Es, "4º 4.ª 4ta 1er", "4o 4o 4o 1o");
        check(Language::Fr, "4e 4ème 1re", "4o 4o 1o");
    }

    #[test]
    fn an_accent_with_a_stem_of_its_own_is_no_stop_word() {
        let settings = AnalysisSettings {
            stop_words: [(Language::Fr, BTreeSet::from(["sur".to_owned()]))].into(),
            stems: [(Language::Fr, BTreeMap::from([("sûr".to_owned(), "sure".to_owned())]))].into(),
        };
        let analyzer = Analyzer::new(&settings);
        assert_eq!(stem_string(&analyzer.analyze("sur un pays sûr", Language::Fr)), format!("{FILLER} un pay sure"));
        assert_eq!(analyzer.other_spellings("sur", "sur", Language::Fr), [""; 0]);
        assert_eq!(analyzer.other_spellings("sûr", "sur", Language::Fr), [""; 0]);
        assert_eq!(analyzer.other_spellings("sùr", "sur", Language::Fr), ["sure"]);
    }

    #[test]
    fn other_scripts_and_languages_are_kept_whole() {
        check(Language::Undetermined, "organizations of", "organizations of");
        check(Language::En, "ΜΕΤΑΝΑΣΤΕΥΣΗ organizations", "μεταναστευση organ");
    }

    /// What is left out for some initials has no stem that begins with one of them.
    #[track_caller]
    fn assert_stems_of_initials(text: &str, language: Language) {
        let whole = analyzer().analyze(text, language);
        let all: BTreeSet<char> = whole.iter().filter_map(|token| token.stem.as_deref()?.chars().next()).collect();
        for initials in all.iter().map(|&initial| BTreeSet::from([initial])).chain([BTreeSet::new(), all.clone()]) {
            let wanted = |token: &&Token| {
                token.stem.as_deref().and_then(|stem| stem.chars().next()).is_some_and(|c| initials.contains(&c))
            };
            let some = analyzer().analyze_for(text, language, &initials);
            assert_eq!(some.len(), whole.len());
            assert!(whole.iter().filter(wanted).eq(some.iter().filter(wanted)), "{text:?} for {initials:?}");
        }
    }

    #[test]
    fn an_override_may_change_the_first_letter() {
        let text = "gaol and internal";
        assert_stems_of_initials(text, Language::En);
        let tokens = analyzer().analyze_for(text, Language::En, &BTreeSet::from(['j']));
        let stems: Vec<_> = tokens.into_iter().map(|token| token.stem).collect();
        assert_eq!(stems, [Some("jail".to_owned()), None, None]);
    }

    proptest! {
        /// The exact form is a text whose exact form it is.
        #[test]
        fn words_as_written_stay_when_they_are_read_again(text in "[a-zA-Zéœñß0-9α-ωа-я .,'’+-]{0,60}") {
            let exact = exact_string(&analyzer().analyze(&text, Language::En));
            let again = exact_string(&analyzer().analyze(&exact, Language::En));
            prop_assert_eq!(exact, again);
        }

        #[test]
        fn stems_begin_as_their_words_do(text in "([a-zà-ÿœ]{1,12} ){1,5}|\\PC{0,30}", language in 0..4usize) {
            let languages = [Language::En, Language::Es, Language::Fr, Language::Undetermined];
            assert_stems_of_initials(&text, languages[language]);
        }

        #[test]
        fn both_forms_have_one_token_a_position(text in "(\\PC|[a-z ]){0,80}", language in 0..4usize) {
            let language = [Language::En, Language::Es, Language::Fr, Language::Undetermined][language];
            let tokens = analyzer().analyze(&text, language);
            for form in [exact_string(&tokens), stem_string(&tokens)] {
                let positions = form.split(' ').filter(|token| !token.is_empty()).count();
                prop_assert_eq!(positions, tokens.len());
            }
        }
    }
}

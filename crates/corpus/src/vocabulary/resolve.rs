//! [`resolve`]: from a typed word to the stems to search for.

use std::collections::BTreeSet;

use super::Vocabulary;
use crate::analysis::{Analyzer, Word};
use crate::model::Language;

/// What a typed word stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Stems to search for, sorted. Empty for a word that is a stop word wherever the texts have it.
    pub stems: Vec<String>,
    /// Documents that have the word as typed (folded), over all vocabularies: 0 for a word that no text has.
    pub documents: u64,
    /// Parts of the compounds that the word, its plural or its singular is the joined form of: `cooperation` also stands
    /// for `co-operation`.
    pub compounds: Vec<Vec<String>>,
    /// Whether it is a stop word of some language: it scores where it has stems, but is never required.
    pub optional: bool,
}

/// Resolves a typed word in the vocabularies of a scope.
///
/// The folded word decides, so accents need not be typed: its stems are all those that its spellings were given in
/// the texts (`refugie` finds what `réfugié` was stemmed to). Only where a spelling without accents has a stem of its
/// own does who types an accent not mean it (`traité` is not `traite`).
///
/// In a language whose texts lack the word, it has the stem that it would have there if its plural or singular stands
/// in them. Where that is so in no language, it is stemmed as typed: in each language, or, where single words are
/// overridden, in those that know it. Endings that people type without their
/// accent are restored before (`-cion` as `-ción`, `-e` as `-é`), so that singular and plural still meet.
///
/// `surface` is the word as typed, `word` what [`crate::analysis::words`] made of it.
#[must_use]
pub fn resolve(vocabularies: &[impl AsRef<Vocabulary>], analyzer: &Analyzer, surface: &str, word: &Word) -> Resolution {
    let mut stems = BTreeSet::new();
    let mut compounds = BTreeSet::new();
    let mut languages = BTreeSet::new();
    let mut documents = 0;
    let numbers = other_numbers(&word.folded);
    for vocabulary in vocabularies {
        compounds.extend(with_doubled_r(vocabulary.as_ref(), &word.folded));
        compounds.extend(numbers.iter().filter_map(|number| vocabulary.as_ref().get(number)).flat_map(|e| e.compounds));
        let Some(entry) = vocabulary.as_ref().get(&word.folded) else { continue };
        documents += u64::from(entry.documents);
        compounds.extend(entry.compounds);
        stems.extend(entry.stems);
        if entry.documents > 0 {
            languages.extend(entry.languages);
        }
    }
    if word.fixed {
        if documents == 0 {
            stems.insert(word.folded.clone());
        }
    } else {
        let typed = |language| stems_as_typed(analyzer, surface, word, language);
        for language in Language::ANALYSED {
            if languages.contains(&language) {
                let others = analyzer.other_spellings(surface, &word.folded, language);
                stems.retain(|stem| !others.contains(stem));
                // Texts that have lost their accents hold the plural with another stem.
                let plural = word.folded.ends_with("cion").then(|| restored_spanish(&word.folded)).flatten();
                if language == Language::Es {
                    stems.extend(plural.map(|restored| analyzer.stem(&restored, language)));
                }
            } else {
                stems.extend(seen_in_other_number(vocabularies, &word.folded, typed(language), language));
            }
        }
        if documents == 0 && stems.is_empty() {
            let overridden = |language| analyzer.overridden(surface, &word.folded, language);
            stems.extend(Language::ANALYSED.into_iter().filter_map(overridden));
        }
        if documents == 0 && stems.is_empty() {
            stems.extend(Language::ANALYSED.into_iter().flat_map(typed));
        }
    }
    let is_stop_word = |language: &Language| analyzer.is_stop_word(&word.folded, *language);
    let optional = !word.fixed && Language::ANALYSED.iter().any(is_stop_word);
    Resolution { stems: stems.into_iter().collect(), documents, compounds: compounds.into_iter().collect(), optional }
}

/// What may be the plural or the singular of a folded word.
#[must_use]
pub fn other_numbers(folded: &str) -> Vec<String> {
    let shorter = ["s", "es"].into_iter().filter_map(|ending| folded.strip_suffix(ending)).map(str::to_owned);
    ["s", "es"].map(|ending| format!("{folded}{ending}")).into_iter().chain(shorter).collect()
}

/// Compounds that Spanish joins by doubling an r: `extrarregional` stands for `extra-regional`.
fn with_doubled_r(vocabulary: &Vocabulary, folded: &str) -> Vec<Vec<String>> {
    let Some(border) = folded.find("rr").map(|at| at + 1) else { return Vec::new() };
    let single = [&folded[..border - 1], &folded[border..]].concat();
    let is_parted_there = |parts: &Vec<String>| parts.first().is_some_and(|first| first.len() == border - 1);
    let compounds = vocabulary.get(&single).map(|entry| entry.compounds).unwrap_or_default();
    compounds.into_iter().filter(is_parted_there).collect()
}

/// The stems that a word would have in texts of a language; none for a stop word.
fn stems_as_typed(analyzer: &Analyzer, surface: &str, word: &Word, language: Language) -> BTreeSet<String> {
    if analyzer.is_stop(surface, &word.folded, language) {
        return BTreeSet::new();
    }
    let restored = match language {
        Language::Es => restored_spanish(&word.folded),
        Language::Fr => restored_french(&word.folded),
        _ => None,
    };
    [Some(surface.to_owned()), restored].into_iter().flatten().map(|form| analyzer.stem(&form, language)).collect()
}

/// Those of some stems that the plural or the singular of a word was given in texts of a language.
fn seen_in_other_number(
    vocabularies: &[impl AsRef<Vocabulary>],
    folded: &str,
    mut stems: BTreeSet<String>,
    language: Language,
) -> BTreeSet<String> {
    let numbers = other_numbers(folded);
    let entries = vocabularies.iter().flat_map(|v| numbers.iter().filter_map(|number| v.as_ref().get(number)));
    let seen: BTreeSet<String> =
        entries.filter(|entry| entry.languages.contains(&language)).flat_map(|entry| entry.stems).collect();
    stems.retain(|stem| seen.contains(stem));
    stems
}

/// `migracion` -> `migración`, `garantia` -> `garantía`.
fn restored_spanish(folded: &str) -> Option<String> {
    let restored = |ending: &str, accented: &str| folded.strip_suffix(ending).map(|head| format!("{head}{accented}"));
    restored("cion", "ción").or_else(|| restored("ia", "ía")).or_else(|| restored("ias", "ías"))
}

/// `refugie` -> `refugié`, `deplacees` -> `deplacées`, `frontiere` -> `frontière`.
fn restored_french(folded: &str) -> Option<String> {
    let endings = [("ieres", "ières"), ("iere", "ière"), ("ees", "ées"), ("ee", "ée"), ("es", "és"), ("e", "é")];
    let (head, accented) =
        endings.into_iter().find_map(|(ending, accented)| Some((folded.strip_suffix(ending)?, accented)))?;
    (head.len() > 2).then(|| format!("{head}{accented}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::super::tests::vocabulary;
    use super::*;
    use crate::analysis::{AnalysisSettings, fold, words};

    fn resolved(texts: &[(&str, Language)], typed: &str) -> Resolution {
        let stop_words = [(Language::Fr, BTreeSet::from(["sur".to_owned()]))].into();
        let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
        let vocabularies = [Arc::new(vocabulary(texts))];
        let word = words(typed).remove(0);
        resolve(&vocabularies, &analyzer, typed, &word)
    }

    /// Every form of the query finds the stem of every form in the text.
    #[track_caller]
    fn check_meet(language: Language, forms: &[&str], queries: &[&str]) {
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        for form in forms {
            let stem = analyzer.stem(form, language);
            for query in queries {
                let stems = resolved(&[(form, language)], query).stems;
                assert!(stems.contains(&stem), "{query} should find {form}: {stems:?} has no {stem}");
            }
        }
    }

    #[test]
    fn accents_and_plurals_need_not_be_typed() {
        check_meet(
            Language::Es,
            &["migración", "migraciones"],
            &["migracion", "migración", "migraciones", "MIGRACION"],
        );
        check_meet(Language::Es, &["región", "regiones"], &["region", "región", "regiones"]);
        check_meet(Language::Fr, &["réfugié", "réfugiés"], &["refugie", "réfugié", "refugies", "réfugiés"]);
        check_meet(Language::En, &["return", "returns"], &["return", "returns"]);
    }

    #[test]
    fn a_text_that_lost_its_accents_is_found_by_the_accented_word() {
        let texts = [("migracion", Language::Es), ("migraciones", Language::Es)];
        let both = resolved(&texts, "migración").stems;
        assert_eq!(both, resolved(&texts, "migracion").stems);
    }

    #[test]
    fn words_of_one_spelling_in_two_languages_have_both_stems() {
        let texts = [("communications", Language::En), ("communications", Language::Fr)];
        assert_eq!(resolved(&texts, "communications").stems, ["commun", "communic"]);
    }

    #[test]
    fn stop_words_of_any_language_are_optional() {
        let resolution = resolved(&[("América del Sur", Language::Es)], "sur");
        assert!(resolution.optional && resolution.stems == ["sur"]);
        assert!(!resolved(&[("América", Language::Es)], "america").optional);
    }

    #[test]
    fn compounds_are_told() {
        let resolution = resolved(&[("co-operation", Language::En)], "cooperation");
        assert_eq!(resolution.compounds, [["co", "operation"]]);
        assert_eq!(resolution.documents, 0);
    }

    #[test]
    fn a_word_has_its_stem_in_a_language_that_only_has_its_other_number() {
        let texts = [("communication", Language::En), ("communications", Language::Fr)];
        assert_eq!(resolved(&texts, "communication").stems, ["commun", "communic"]);
        let texts = [("communication", Language::En), ("communal", Language::Fr)];
        assert_eq!(resolved(&texts, "communication").stems, ["communic"]);
    }

    #[test]
    fn who_types_an_accent_means_it_where_spellings_are_told_apart() {
        let stems = [(Language::Fr, [("traite".to_owned(), "trafficking".to_owned())].into())].into();
        let analyzer = Analyzer::new(&AnalysisSettings { stems, ..AnalysisSettings::default() });
        let mut builder = super::super::VocabularyBuilder::default();
        builder.add_text(&analyzer.analyze("la traite et le traité", Language::Fr), Language::Fr);
        let vocabulary = Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap());
        let stems = |typed: &str| resolve(&[Arc::clone(&vocabulary)], &analyzer, typed, &words(typed)[0]).stems;
        assert_eq!(stems("traité"), ["trait"]);
        assert_eq!(stems("traite"), ["trafficking", "trait"]);
    }

    #[test]
    fn a_doubled_r_joins_a_compound() {
        let resolution = resolved(&[("extra-regional", Language::Es)], "extrarregional");
        assert_eq!(resolution.compounds, [["extra", "regional"]]);
        assert!(resolved(&[("extrar-egional", Language::Es)], "extrarregional").compounds.is_empty());
    }

    /// The word as it may be typed: another case, without accents, apart, with other apostrophes and hyphens.
    fn typed_otherwise(word: &str) -> Vec<String> {
        let upper = word.to_uppercase();
        let others = [("'", "’"), ("'", "ʼ"), ("-", "\u{2010}"), ("-", "\u{2011}")];
        let others = others.map(|(usual, other)| word.replace(usual, other));
        [word.to_owned(), upper, fold(word), word.nfd().collect::<String>().nfc().collect()]
            .into_iter()
            .chain(others)
            .collect()
    }

    proptest! {
        #[test]
        fn a_word_finds_its_own_text_however_it_is_typed(
            word in "[a-zéèêàçñóíáúüœ]{1,9}(['-][a-zéèñóíœ]{1,9}){0,2}",
            language in 0..3usize,
        ) {
            let language = Language::ANALYSED[language];
            let analyzer = Analyzer::new(&AnalysisSettings::default());
            let vocabularies = [Arc::new(vocabulary(&[(&word, language)]))];
            let tokens = analyzer.analyze(&word, language);
            for typed in typed_otherwise(&word) {
                let query = words(&typed);
                prop_assert_eq!(query.len(), tokens.len(), "{}", typed);
                for (word, token) in query.iter().zip(&tokens) {
                    let stems = resolve(&vocabularies, &analyzer, &typed[word.span.clone()], word).stems;
                    prop_assert!(token.stem.as_ref().is_some_and(|stem| stems.contains(stem)), "{} {:?}", typed, stems);
                }
            }
        }
    }
}

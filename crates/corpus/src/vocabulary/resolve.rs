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
    /// Parts of the compounds that the word is the joined form of: `cooperation` also stands for `co-operation`.
    pub compounds: Vec<Vec<String>>,
    /// Whether it is a stop word of some language: it scores where it has stems, but is never required.
    pub optional: bool,
}

/// Resolves a typed word in the vocabularies of a scope.
///
/// The folded word decides, so accents need not be typed: its stems are all those that its spellings were given in
/// the texts (`refugie` finds what `réfugié` was stemmed to). A word that no text has is stemmed as typed in every
/// analysed language, and with the endings restored that people type without their accent (`-cion` as `-ción`, `-e`
/// as `-é`), so that singular and plural still meet.
///
/// `surface` is the word as typed, `word` what [`crate::analysis::words`] made of it.
#[must_use]
pub fn resolve(vocabularies: &[impl AsRef<Vocabulary>], analyzer: &Analyzer, surface: &str, word: &Word) -> Resolution {
    let mut stems = BTreeSet::new();
    let mut compounds = BTreeSet::new();
    let mut documents = 0;
    for vocabulary in vocabularies {
        let Some(entry) = vocabulary.as_ref().get(&word.folded) else { continue };
        documents += u64::from(entry.documents);
        compounds.extend(entry.compounds);
        stems.extend(entry.stems);
        if entry.languages.contains(&Language::Es) {
            stems.extend(restored_spanish(&word.folded).map(|restored| analyzer.stem(&restored, Language::Es)));
        }
    }
    if documents == 0 {
        stems.extend(stems_as_typed(analyzer, surface, word));
    }
    let is_stop_word = |language: &Language| analyzer.is_stop_word(&word.folded, *language);
    let optional = !word.fixed && Language::ANALYSED.iter().any(is_stop_word);
    Resolution { stems: stems.into_iter().collect(), documents, compounds: compounds.into_iter().collect(), optional }
}

fn stems_as_typed(analyzer: &Analyzer, surface: &str, word: &Word) -> BTreeSet<String> {
    if word.fixed {
        return BTreeSet::from([word.folded.clone()]);
    }
    let mut stems: BTreeSet<String> = Language::ANALYSED
        .iter()
        .filter(|&&language| !analyzer.is_stop_word(&word.folded, language))
        .map(|&language| analyzer.stem(surface, language))
        .collect();
    stems.extend(restored_spanish(&word.folded).map(|restored| analyzer.stem(&restored, Language::Es)));
    stems.extend(restored_french(&word.folded).map(|restored| analyzer.stem(&restored, Language::Fr)));
    stems
}

/// `migracion` -> `migración`.
fn restored_spanish(folded: &str) -> Option<String> {
    folded.strip_suffix("cion").map(|head| format!("{head}ción"))
}

/// `refugie` -> `refugié`, `refugies` -> `refugiés`.
fn restored_french(folded: &str) -> Option<String> {
    let (head, ending) = match folded.strip_suffix("es") {
        Some(head) => (head, "és"),
        None => (folded.strip_suffix('e')?, "é"),
    };
    (head.len() > 2).then(|| format!("{head}{ending}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::vocabulary;
    use super::*;
    use crate::analysis::{AnalysisSettings, words};

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
}

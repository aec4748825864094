//! Checks of `index.toml` and `analysis/`: numbers in range, words that the analysis can meet.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::{ExpansionSettings, FieldBoosts, IndexSettings, SecondStageSettings};
use crate::analysis::{FILLER, words};
use crate::model::Language;
use crate::taxonomy::Step;

/// What is wrong, and where.
pub(super) type Fault = (Vec<Step>, String);

/// Words of one language, or stems of its words, as a file of `analysis/` gives them.
pub(super) type ByLanguage<T> = BTreeMap<Language, T>;

/// Largest weight of a field; what is larger is a slip of the pen.
const MAX_BOOST: f32 = 100.0;

/// Largest BM25 `k1`; from there on it is as good as none.
const MAX_K1: f32 = 10.0;

/// Longest time for one file, in seconds: an hour.
const MAX_TIMEOUT: u64 = 3_600;

/// Least memory for reading a file, in bytes: the program itself takes a good part of it.
const MIN_MEMORY: u64 = 128 << 20;

/// Checks the numbers of `index.toml`.
pub(super) fn check_index(settings: &IndexSettings) -> Result<(), Fault> {
    let extraction = &settings.extraction;
    if extraction.languages.is_empty() {
        return Err(fault(&["extraction", "languages"], "name at least one language, as in [\"en\", \"es\", \"fr\"]"));
    }
    if extraction.max_file_bytes == 0 {
        return Err(fault(&["extraction", "max_file_bytes"], "must be 1 or more"));
    }
    if !(1..=MAX_TIMEOUT).contains(&extraction.timeout_seconds) {
        return Err(fault(&["extraction", "timeout_seconds"], format!("use a number from 1 to {MAX_TIMEOUT}")));
    }
    if extraction.max_memory_bytes < MIN_MEMORY {
        return Err(fault(&["extraction", "max_memory_bytes"], format!("must be {MIN_MEMORY} or more")));
    }
    let ranking = &settings.ranking;
    in_range(ranking.k1, MAX_K1, &["ranking", "k1"])?;
    in_range(ranking.b, 1.0, &["ranking", "b"])?;
    check_boosts("documents", ranking.documents)?;
    check_boosts("passages", ranking.passages)?;
    check_second_stage(&ranking.second_stage)?;
    let ExpansionSettings { same_language, other_language, abbreviation, everyday_word, ambiguous } =
        settings.expansion;
    let weights = [
        ("same_language", same_language),
        ("other_language", other_language),
        ("abbreviation", abbreviation),
        ("everyday_word", everyday_word),
        ("ambiguous", ambiguous),
    ];
    weights.into_iter().try_for_each(|(key, weight)| in_range(weight, 1.0, &["expansion", key]))
}

fn check_second_stage(second: &SecondStageSettings) -> Result<(), Fault> {
    let SecondStageSettings { passage, proximity, recency, recency_half_life, types } = second;
    let place = |key| ["ranking", "second_stage", key];
    for (key, weight) in [("passage", passage), ("proximity", proximity), ("recency", recency)] {
        in_range(*weight, MAX_BOOST, &place(key))?;
    }
    if !(recency_half_life.is_finite() && *recency_half_life > 0.0) {
        return Err(fault(&place("recency_half_life"), "use a number of years above 0"));
    }
    for (document_type, weight) in types {
        in_range(*weight, MAX_BOOST, &["ranking", "second_stage", "types", document_type])?;
    }
    Ok(())
}

fn check_boosts(table: &str, boosts: FieldBoosts) -> Result<(), Fault> {
    let FieldBoosts { body, title, headings, facts } = boosts;
    for (key, boost) in [("body", body), ("title", title), ("headings", headings), ("facts", facts)] {
        in_range(boost, MAX_BOOST, &["ranking", table, key])?;
    }
    Ok(())
}

fn in_range(value: f32, largest: f32, place: &[&str]) -> Result<(), Fault> {
    if value.is_finite() && (0.0..=largest).contains(&value) {
        return Ok(());
    }
    Err(fault(place, format!("{value} is out of range: use a number from 0 to {largest}")))
}

/// The stop words, folded as the analysis compares them.
pub(super) fn stop_words(file: &ByLanguage<Vec<String>>) -> Result<ByLanguage<BTreeSet<String>>, Fault> {
    let mut stop_words = BTreeMap::new();
    for (&language, listed) in file {
        analysed(language)?;
        let mut folded = BTreeSet::new();
        for (position, word) in listed.iter().enumerate() {
            let Some(single) = single_word(word) else {
                let place = vec![Step::Key(language.code().to_owned()), Step::Index(position)];
                return Err((place, format!("{word:?} is not one word; list its words apart")));
            };
            folded.insert(single);
        }
        stop_words.insert(language, folded);
    }
    Ok(stop_words)
}

/// Checks the stems of single words.
pub(super) fn check_stems(stems: &ByLanguage<BTreeMap<String, String>>) -> Result<(), Fault> {
    for (&language, overrides) in stems {
        analysed(language)?;
        for (word, stem) in overrides {
            let place = [language.code(), word];
            if single_word(word).is_none() || *word != word.to_lowercase() {
                return Err(fault(&place, format!("{word:?} is not one word in lower case")));
            }
            if stem.is_empty() || stem.contains(char::is_whitespace) || stem.contains(FILLER) {
                return Err(fault(&place, format!("{stem:?} is no stem: it must not be empty or hold a space")));
            }
        }
    }
    Ok(())
}

fn analysed(language: Language) -> Result<(), Fault> {
    if Language::ANALYSED.contains(&language) {
        return Ok(());
    }
    Err(fault(&[language.code()], "words without a known language are kept whole: use en, es or fr"))
}

/// The folded word, where the text is exactly one.
fn single_word(text: &str) -> Option<String> {
    let mut found = words(text).into_iter();
    match (found.next(), found.next()) {
        (Some(word), None) if word.span == (0..text.len()) => Some(word.folded),
        _ => None,
    }
}

fn fault(place: &[&str], message: impl Display) -> Fault {
    (place.iter().map(|&key| Step::Key(key.to_owned())).collect(), message.to_string())
}

//! What the project's own `index-config/analysis/` does with words that people search for.

use std::path::Path;

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::Language;
use rcp_corpus::settings::{Settings, SettingsError};

fn analyzer() -> Result<Analyzer, SettingsError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config");
    Ok(Analyzer::new(&Settings::load(&folder)?.analysis))
}

#[test]
fn words_of_different_meaning_have_different_stems() {
    let analyzer = analyzer().unwrap();
    for (language, one, other) in [
        (Language::En, "united", "units"),
        (Language::En, "international", "internal"),
        (Language::En, "organization", "organs"),
        (Language::En, "policy", "police"),
        (Language::Es, "costa", "costos"),
        (Language::Es, "casa", "casos"),
        (Language::Es, "Martín", "Martinica"),
        (Language::Es, "trata", "tratado"),
        (Language::Fr, "australe", "Australie"),
        (Language::Fr, "Guyana", "Guyane"),
        (Language::Fr, "arabe", "Arabie"),
        (Language::Fr, "départ", "départements"),
        (Language::Fr, "traite", "traité"),
    ] {
        assert_ne!(analyzer.stem(one, language), analyzer.stem(other, language), "{one} {other}");
    }
}

#[test]
fn forms_of_one_word_have_one_stem() {
    let analyzer = analyzer().unwrap();
    for (language, forms) in [
        (Language::En, ["organisation", "organizations", "organised"]),
        (Language::En, ["child", "children", "child"]),
        (Language::Es, ["niño", "niñas", "niños"]),
        (Language::Es, ["mujer", "mujeres", "mujer"]),
        (Language::Fr, ["étranger", "étrangère", "étrangers"]),
        (Language::Fr, ["régional", "régionale", "régionaux"]),
    ] {
        let [first, others @ ..] = forms.map(|form| analyzer.stem(form, language));
        assert!(others.iter().all(|other| *other == first), "{forms:?}");
    }
}

#[test]
fn words_with_a_meaning_of_their_own_are_no_stop_words() {
    let analyzer = analyzer().unwrap();
    for (language, words) in [
        (Language::En, "who us may will not without against all no sea more"),
        (Language::Es, "haya este sur no sin todos contra estado"),
        (Language::Fr, "est sans non sud contre or"),
    ] {
        let stopped: Vec<&str> = words.split(' ').filter(|word| analyzer.is_stop_word(word, language)).collect();
        assert!(stopped.is_empty(), "{language}: {stopped:?}");
    }
}

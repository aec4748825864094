//! The table of words that must meet and must not: text to tokens and vocabulary, query to leaves, leaves over tokens.

use std::path::Path;
use std::sync::Arc;

use rcp_corpus::analysis::{Analyzer, Token};
use rcp_corpus::model::Language;
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::ast;

#[path = "../../tests/words/table.rs"]
mod table;

use table::{Pair, pairs};

fn settings() -> Settings {
    Settings::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config")).unwrap()
}

fn tokens(analyzer: &Analyzer, text: &str, language: Language) -> Vec<Token> {
    analyzer.analyze(&text.nfc().collect::<String>(), language)
}

fn vocabulary<'p>(analyzer: &Analyzer, texts: impl IntoIterator<Item = (&'p str, Language)>) -> Arc<Vocabulary> {
    let mut builder = VocabularyBuilder::default();
    for (text, language) in texts {
        builder.add_text(&tokens(analyzer, text, language), language);
        builder.end_document();
    }
    Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap())
}

/// Whether a query covers all its words with a text.
fn finds(
    settings: &Settings,
    analyzer: &Analyzer,
    names: &ConceptNames,
    vocabulary: &Arc<Vocabulary>,
    pair: &Pair,
) -> bool {
    let text: &str = &pair.query.nfc().collect::<String>();
    let (ast, _) = ast::parse(text, &[]);
    let (lexicon, taxonomy) =
        (Lexicon { vocabularies: std::slice::from_ref(vocabulary), analyzer }, &settings.taxonomy);
    let wants = Wants { expand: false, expand_exclude: &[], correct: false, ui: Language::En };
    let expansion = &settings.index.expansion;
    let query = understand(&ast, &Context { text, lexicon, taxonomy, names, expansion, facets: &[], wants });
    let shown: String = pair.text.nfc().collect();
    let marks = query.highlighter().mark(&shown, pair.language, analyzer);
    let covered = marks.iter().fold(0, |words, mark| words | mark.words);
    query.words() != 0 && covered == query.words()
}

#[test]
fn words_meet_as_the_table_says() {
    let (settings, pairs) = (settings(), pairs());
    let analyzer = Analyzer::new(&settings.analysis);
    let names = ConceptNames::new(&settings.taxonomy, &analyzer);
    let all = vocabulary(&analyzer, pairs.iter().map(|pair| (pair.text.as_str(), pair.language)));
    let mut wrong = Vec::new();
    for pair in &pairs {
        let alone = vocabulary(&analyzer, [(pair.text.as_str(), pair.language)]);
        for (corpus, vocabulary) in [("alone", &alone), ("all", &all)] {
            if finds(&settings, &analyzer, &names, vocabulary, pair) != pair.meets {
                let (meets, Pair { language, text, query, .. }) =
                    (if pair.meets { "finds" } else { "does not find" }, pair);
                wrong.push(format!("{language} {corpus}: {query:?} {meets} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

//! The table of words that must meet and must not, over one index of all its texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rcp_corpus::model::Language;
use rcp_corpus::settings::Settings;
use rcp_query::Scope;
use rcp_query::request::{MatchMode, SearchRequest};
use unicode_normalization::UnicodeNormalization;

use super::{documents, ids, index_of};

#[path = "../words/table.rs"]
mod table;

#[test]
fn an_index_finds_what_the_table_says() {
    let pairs = table::pairs();
    let texts: BTreeSet<(Language, String)> =
        pairs.iter().map(|pair| (pair.language, pair.text.nfc().collect())).collect();
    let names: Vec<String> = (0..texts.len()).map(|number| format!("text{number:04}")).collect();
    let passages: Vec<[&str; 1]> = texts.iter().map(|(_, text)| [text.as_str()]).collect();
    let samples: Vec<super::Sample<'_>> = (names.iter().zip(&texts).zip(&passages))
        .map(|((name, (language, _)), passages)| (name.as_str(), *language, 2000, &[][..], "Zzyzx", &passages[..]))
        .collect();
    let settings = Settings::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config")).unwrap();
    let index = index_of(settings, &samples);

    let mut answers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for pair in &pairs {
        let found = answers.entry(&pair.query).or_insert_with(|| {
            let request = SearchRequest {
                match_mode: MatchMode::All,
                expand: false,
                correct: false,
                limit: usize::from(SearchRequest::MAX_LIMIT),
                passages: 0,
                ..documents(&pair.query)
            };
            let answer = index.searcher.search(&Scope::public(), &request).unwrap();
            assert!(answer.total <= u64::from(SearchRequest::MAX_LIMIT), "{}", pair.query);
            ids(&answer).into_iter().collect()
        });
        let text = (pair.language, pair.text.nfc().collect());
        let at = texts.iter().position(|other| *other == text).unwrap();
        if found.contains(&names[at]) != pair.meets {
            let meets = if pair.meets { "should find" } else { "should not find" };
            wrong.push(format!("{:?} {meets} {:?} ({})", pair.query, pair.text, pair.language));
        }
    }
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

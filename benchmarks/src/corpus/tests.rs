//! The statistics of what is written are those of natural texts, and the same seed writes the same bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::LazyLock;

use rcp_corpus::model::Language;
use rcp_corpus::settings::Settings;
use tempfile::TempDir;

use super::*;
use crate::records::{Records, records};

/// Passages of the corpus that the statistics are taken from.
const PASSAGES: u64 = 1_500;

/// A corpus, read; made when it is first asked for.
static SAMPLE: LazyLock<(Records, Written)> = LazyLock::new(|| {
    let settings = settings();
    let (folder, written) = corpus(PASSAGES, 1, &settings);
    (records(folder.path(), &settings, u64::MAX).unwrap(), written)
});

fn settings() -> Settings {
    Settings::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../index-config")).unwrap()
}

fn corpus(passages: u64, seed: u64, settings: &Settings) -> (TempDir, Written) {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), CorpusOptions { passages, seed }, &settings.taxonomy, &mut |_| ()).unwrap();
    (folder, written)
}

/// Every file with its bytes, by its path in the folder.
fn files(folder: &TempDir) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.path().to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.insert(path.strip_prefix(folder.path()).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The words of all passages in a language, in lower case, in order.
fn words_of(made: &Records, language: Language) -> Vec<String> {
    let passages = made.records.iter().flat_map(|record| &record.passages).map(|passage| &passage.passage);
    let texts = passages.filter(|passage| passage.language == language).map(|passage| passage.text.as_str());
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '\''));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// How often each word stands in a text, falling.
fn frequencies(words: &[String]) -> Vec<f64> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<f64> = counts.into_values().map(f64::from).collect();
    counts.sort_by(|a, b| b.total_cmp(a));
    counts
}

#[track_caller]
fn is_within(what: &str, value: f64, bounds: std::ops::Range<f64>) {
    assert!(bounds.contains(&value), "{what}: {value} is not in {bounds:?}");
}

#[test]
fn a_seed_writes_the_same_bytes_and_another_one_others() {
    let settings = settings();
    let (first, written) = corpus(200, 5, &settings);
    let (again, _) = corpus(200, 5, &settings);
    let (other, _) = corpus(200, 6, &settings);
    assert_eq!(files(&first), files(&again));
    assert_ne!(files(&first), files(&other));
    let bytes: usize = files(&first).iter().filter(|(path, _)| is_document(path)).map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(written.bytes, bytes as u64);
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "txt" || ending == "md")
}

#[test]
fn a_longer_corpus_begins_with_the_shorter_one() {
    let settings = settings();
    let (short, _) = corpus(150, 5, &settings);
    let (long, _) = corpus(300, 5, &settings);
    let (short, long) = (files(&short), files(&long));
    // The last document of the shorter one is cut.
    let whole = short.keys().filter(|path| is_document(path)).rev().skip(1);
    assert!(whole.clone().count() > 1);
    for path in whole {
        assert_eq!(short.get(path), long.get(path), "{}", path.display());
    }
}

#[test]
fn what_is_there_is_kept_and_what_is_something_else_is_refused() {
    let settings = settings();
    let (folder, written) = corpus(50, 5, &settings);
    let ask = |passages| {
        let options = CorpusOptions { passages, seed: 5 };
        write(folder.path(), options, &settings.taxonomy, &mut |_| panic!("nothing is to be written"))
    };
    assert_eq!(ask(50).unwrap(), written);
    assert!(ask(60).unwrap_err().to_string().contains("something else"));
}

#[test]
fn passages_are_read_as_they_were_written_in_their_language_and_described() {
    let (made, written) = &*SAMPLE;
    assert_eq!(made.records.len() as u64, written.documents);
    let share = made.passages as f64 / PASSAGES as f64;
    is_within("passages found of those written", share, 0.995..1.005);

    let languages: BTreeSet<_> = made.records.iter().map(|record| record.document.languages.clone()).collect();
    assert!(Language::ANALYSED.iter().all(|&language| languages.contains(&vec![language])), "{languages:?}");
    let passages = made.records.iter().flat_map(|record| {
        let expected = record.document.source.file.rsplit(['-', '.']).nth(1).unwrap();
        record.passages.iter().map(move |passage| passage.passage.language.code() == expected)
    });
    let right = passages.clone().filter(|&right| right).count() as f64 / passages.count() as f64;
    is_within("passages in the language they were written in", right, 0.99..1.01);

    for facet in ["rcp", "theme", "type", "region", "year", "country", "lang"] {
        let with = made.records.iter().filter(|record| record.facets.contains_key(facet)).count() as f64;
        is_within(facet, with / made.records.len() as f64, 0.85..1.01);
    }
    let numbered = made.records.iter().flat_map(|record| &record.passages);
    let numbered = numbered.filter(|passage| passage.passage.number.is_some()).count() as f64;
    is_within("numbered passages", numbered / made.passages as f64, 0.3..0.7);
}

#[test]
fn words_are_spread_as_in_natural_texts() {
    let (made, _) = &*SAMPLE;
    let english = words_of(made, Language::En);
    let spanish = words_of(made, Language::Es);
    let share =
        |words: &[String], word: &str| words.iter().filter(|found| *found == word).count() as f64 / words.len() as f64;
    is_within("the", share(&english, "the"), 0.05..0.07);
    is_within("de", share(&spanish, "de"), 0.055..0.085);
    is_within("words of a passage", (english.len() + spanish.len()) as f64 / made.passages as f64, 50.0..90.0);

    // Zipf: frequency falls by about one order of magnitude for each one of the rank.
    let frequent = frequencies(&english);
    let slope = (frequent[999] / frequent[9]).log10() / 2.0;
    is_within("Zipf's exponent", -slope, 0.8..1.4);

    // Heaps: twice the text has more words, but not twice as many.
    let (half, all) = (frequencies(&english[..english.len() / 2]).len() as f64, frequent.len() as f64);
    is_within("Heaps' exponent", (all / half).log2(), 0.4..0.8);
    let once = frequent.iter().filter(|&&count| count == 1.0).count() as f64;
    is_within("words that stand only once", once / all, 0.3..0.65);
}

#[test]
fn words_come_in_bursts_and_phrases_in_many_documents() {
    let (made, _) = &*SAMPLE;
    let texts: Vec<String> = made
        .records
        .iter()
        .map(|record| record.passages.iter().map(|passage| passage.passage.text.to_lowercase() + " ").collect())
        .collect();
    // A word that stands in a document stands there several times: more often than if it were strewn evenly.
    let mut documents: HashMap<&str, (f64, f64)> = HashMap::new();
    for text in &texts {
        let mut here: BTreeMap<&str, f64> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3) {
            *here.entry(word).or_default() += 1.0;
        }
        for (word, count) in here {
            let (in_documents, in_all) = documents.entry(word).or_default();
            *in_documents += 1.0;
            *in_all += count;
        }
    }
    let rare: Vec<(f64, f64)> = documents.into_values().filter(|(_, all)| (4.0..12.0).contains(all)).collect();
    let (in_documents, in_all) = rare.iter().fold((0.0, 0.0), |sums, word| (sums.0 + word.0, sums.1 + word.1));
    is_within("times that a rare word stands in its documents", in_all / in_documents, 1.45..4.0);

    let with = texts.iter().filter(|text| text.contains("human rights") || text.contains("derechos humanos")).count();
    is_within("documents with a phrase", with as f64 / texts.len() as f64, 0.2..0.9);
}

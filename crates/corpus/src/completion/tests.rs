//! What is offered, and that a damaged file shows.

use super::*;
use crate::analysis::{AnalysisSettings, Analyzer};
use crate::model::Language;

fn bytes(documents: &[(&str, &str)]) -> Vec<u8> {
    let stop_words = [(Language::En, ["the", "of", "on", "and"].map(str::to_owned).into())].into();
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
    let mut builder = CompletionBuilder::default();
    for (at, (title, text)) in documents.iter().enumerate() {
        builder.add_text(text, &analyzer.analyze(text, Language::En));
        builder.end_document(&format!("d{at}"), Some(title).filter(|title| !title.is_empty()).copied());
    }
    builder.finish().unwrap()
}

fn completions(documents: &[(&str, &str)]) -> Completions {
    Completions::from_bytes(&bytes(documents)).unwrap()
}

/// The completions of a beginning as `text(documents)`, titles as `document:text`.
#[track_caller]
fn check(completions: &Completions, prefix: &str, expected: &[&str]) {
    let print = |found: Found| match found.completion {
        Completion { kind: Kind::Title, text, document, .. } => format!("{document}:{text}"),
        Completion { text, documents, .. } => format!("{text}({documents})"),
    };
    let found: Vec<String> = completions.starting_with(prefix, 3).into_iter().map(print).collect();
    assert_eq!(found, expected, "{prefix:?}");
}

#[test]
fn phrases_of_several_documents_are_offered_as_most_of_them_write_them() {
    let completions = completions(&[
        ("", "Labour  migration. Labour migration and Labour migration"),
        ("", "The labour migration of Québec, of 2009 workers"),
        ("", "labour\nmigration, the freedom of movement, Québec"),
        ("", "Freedom of movement! of 2009 workers. one single phrase"),
    ]);
    check(&completions, "lab", &["labour migration(3)", "labour(3)"]);
    check(&completions, "labour ", &["labour migration(3)"]);
    check(&completions, "mig", &["labour migration(3)", "migration(3)"]);
    check(&completions, "free", &["freedom of movement(2)", "freedom(2)"]);
    check(&completions, "queb", &["Québec(2)"]);
    // Neither over punctuation, nor to or from a stop word or a number; nothing of one document.
    for nothing in ["migration labour", "2009", "freedom of movement quebec", "single"] {
        check(&completions, nothing, &[]);
    }
    assert_eq!(completions.spelling("quebec").as_deref(), Some("Québec"));
    assert_eq!(completions.spelling("queb"), None);
    assert_eq!(completions.spelling("labour migration"), None);
}

#[test]
fn what_only_begins_a_longer_phrase_is_left_out() {
    let text = "The Regional Conference on Migration met";
    let completions = completions(&[("", text), ("", text), ("", "A regional conference")]);
    check(&completions, "regional c", &["Regional Conference(3)", "Regional Conference on Migration(2)"]);
    // `Conference on Migration` goes on with `met` wherever it stands.
    let found = completions.starting_with("conference on", 9);
    assert!(found.iter().all(|found| found.completion.text != "Conference on Migration"), "{found:?}");
}

#[test]
fn no_phrase_ends_in_a_stop_word() {
    let completions = completions(&[("", "freedom of movement"), ("", "freedom of speech")]);
    check(&completions, "free", &["freedom(2)"]);
}

#[test]
fn what_begins_so_itself_comes_first() {
    let completions = completions(&[("A compact", ""), ("Compact two", ""), ("Compact one", "")]);
    check(&completions, "comp", &["d2:Compact one", "d1:Compact two", "d0:A compact"]);
}

#[test]
fn titles_are_found_by_any_of_their_words() {
    let completions =
        completions(&[("The Global  Compact for Migration", ""), ("Compact of Bogotá", ""), ("", ""), ("...", "")]);
    check(&completions, "compact", &["d1:Compact of Bogotá", "d0:The Global Compact for Migration"]);
    check(&completions, "bogota", &["d1:Compact of Bogotá"]);
    check(&completions, "global compact for mig", &["d0:The Global Compact for Migration"]);
    check(&completions, "act", &[]);
    let long = "a title that goes on and on for much longer than any key that is kept of it";
    let completions = super::Completions::from_bytes(&bytes(&[(long, "")])).unwrap();
    check(&completions, "that goes on and on for much longer than any key that is k", &[&format!("d0:{long}")]);
    check(&completions, "that goes on and on for much longer than any key that is x", &[]);
}

#[test]
fn rare_phrases_go_where_there_are_too_many() {
    let analyzer = Analyzer::new(&AnalysisSettings::default());
    let mut builder = CompletionBuilder::default();
    let once = |document: usize| (0..40_000).map(move |word| format!("w{document}x{word} ")).collect::<String>();
    for document in 0..8 {
        let text = format!("orderly return. {}. orderly return", once(document));
        builder.add_text(&text, &analyzer.analyze(&text, Language::En));
        builder.end_document("d", None);
    }
    assert!(builder.len() <= 1 << 16);
    let completions = Completions::from_bytes(&builder.finish().unwrap()).unwrap();
    let found = completions.starting_with("orderly r", 3);
    assert_eq!(found.len(), 1);
    assert!((5..=8).contains(&found[0].completion.documents), "{found:?}");
}

#[test]
fn every_damaged_byte_shows_when_all_is_read() {
    let bytes = bytes(&[("One title", "labour migration"), ("Another", "labour migration")]);
    let read = |bytes: &[u8]| -> Result<Vec<Completion>, CompletionError> {
        let mut all = Vec::new();
        Completions::from_bytes(bytes)?.each(|completion| all.push(completion.clone()))?;
        Ok(all)
    };
    let sound = read(&bytes).unwrap();
    assert_eq!(sound.len(), 5);
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(read(&damaged).map_or(true, |all| all != sound), "bit {bit}");
    }
    for cut in 0..bytes.len() {
        assert!(read(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(matches!(read(&[&bytes[..], b"x"].concat()), Err(CompletionError::Entry(5))));
}

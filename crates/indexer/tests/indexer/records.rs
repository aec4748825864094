//! JSON Lines: many documents in one file.

use std::fs;

use proptest::prelude::*;
use rcp_corpus::model::State;
use rcp_indexer::extract::{ExtractError, extract};

use crate::corpus::Corpus;
use crate::extracting::shown;
use crate::running::{check_failures, ids, manifest};

#[track_caller]
fn check(json: &str, expected: &[&str]) {
    let extracted = extract(json.as_bytes(), 100_000).unwrap();
    assert_eq!(extracted.blocks.iter().map(shown).collect::<Vec<_>>(), expected);
    assert_eq!(extracted.media_type, "application/json");
}

#[test]
fn a_record_has_a_text_or_paragraphs_and_a_title_above() {
    check(
        r#"{"id": 1, "title": "Final report", "text": "1. They met in\nLima.\n\n2. They left."}"#,
        &["h1: Final report", "item 1: They met in Lima.", "item 2: They left."],
    );
    check(
        r##"{"title": "Final report", "text": "# FINAL REPORT\n\nThey met."}"##,
        &["h1: Final report", "text: They met."],
    );
    check(
        r#"{"title": "Declaración", "paragraphs": ["Reunidos en Lima,", {"text": "Cooperar.", "number": 21, "heading": "Acuerdos", "page": 3},
            {"text": "Volver.", "number": "II.3", "heading": "Acuerdos"}, {"text": "(a) Partir."}]}"#,
        &[
            "h1: Declaración",
            "text: Reunidos en Lima,",
            "h2: Acuerdos",
            "item 21: Cooperar.",
            "item II.3: Volver.",
            "item a: Partir.",
        ],
    );
    let extracted = extract(br#"{"paragraphs": [{"text": "A", "page": 2}, "B"]}"#, 1_000).unwrap();
    assert_eq!((extracted.pages, extracted.blocks[0].page), (Some(2), Some(2)));
}

#[test]
fn json_that_is_no_record_is_refused() {
    for (json, why) in [
        (r#"{"id": 1}"#, "a record needs text or paragraphs"),
        (r#"{"text": "a", "paragraphs": []}"#, "both text and paragraphs"),
        (r#"{"text": 3}"#, "invalid type"),
        (r#"{"paragraphs": [{"txt": "a"}]}"#, "a paragraph is a string, or an object"),
        (r#"{"text": "a"} {"text": "b"}"#, "trailing characters"),
    ] {
        let refused = extract(json.as_bytes(), 1_000).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    assert_eq!(extract(br#"{"title": "a", "text": " "}"#, 1_000), Err(ExtractError::Empty));
    assert_eq!(extract(br#"{"title": "a", "paragraphs": []}"#, 1_000), Err(ExtractError::Empty));
    let deep = format!("{{\"text\": \"a\", \"x\": {}", "[".repeat(100_000));
    assert!(matches!(extract(deep.as_bytes(), 1_000_000), Err(ExtractError::Record { .. })));
}

const RECORDS: &str = r#"{"id": "lima", "title": "Lima", "text": "The conference met in Lima for two days.", "countries": ["pe"]}
{"_id": "Quito 2018/1", "title": "Quito", "text": "They met in Quito for one day.", "metadata": {"any": 1}}

{"text": "Nobody gave it an id or a title."}
{"id": "broken", "text": "It has no end
{"id": "wrong", "text": "It met.", "themes": ["helth"]}
{"id": "lima", "text": "Another with the same id."}
{"id": "secret", "text": "Not for everyone.", "collection": "drafts"}
"#;

#[test]
fn each_record_is_a_document_and_a_broken_one_stops_nothing() {
    let corpus = Corpus::new(&[("sub/corpus.data", RECORDS), ("a.txt", "A text beside it, of one sentence.")]);
    let report = corpus.run().unwrap();
    check_failures(
        &report.failures,
        &[
            ("sub/corpus.data:5", "sub/corpus.data:5: record: "),
            ("sub/corpus.data:6", "sub/corpus.data:6: themes: \"helth\" is no concept"),
            ("sub/corpus.data:7", "its id \"lima\" is that of a document before it"),
        ],
    );
    assert_eq!(ids(&corpus, "public"), ["a", "lima", "quito-2018-1", "sub-corpus-4"]);
    assert_eq!(ids(&corpus, "drafts"), ["secret"]);
    let unsearchable = &manifest(&corpus).collections["public"].unsearchable;
    assert_eq!(unsearchable.len(), 3);
    assert!(unsearchable.iter().all(|file| matches!(file.state, State::Failed { .. })));
    let again = corpus.run().unwrap();
    assert_eq!((again.published, again.extracted), (false, 0));
    // One record changes: it alone is read.
    fs::write(corpus.path("sub/corpus.data"), RECORDS.replace("two days", "ten days")).unwrap();
    let changed = corpus.run().unwrap();
    assert_eq!((changed.published, changed.extracted), (true, 1));
}

#[test]
fn metadata_beside_the_file_is_that_of_its_records() {
    let records = "{\"id\": \"a\", \"text\": \"One sentence.\"}\n{\"id\": \"b\", \"text\": \"Another.\", \"collection\": \"open\"}\n";
    let corpus = Corpus::new(&[("c.jsonl", records), ("c.meta.toml", "collection = \"closed\"")]);
    corpus.run().unwrap();
    assert_eq!((ids(&corpus, "closed"), ids(&corpus, "open")), (vec!["a".to_owned()], vec!["b".to_owned()]));
    corpus.write("c.meta.toml", "colection = \"closed\"");
    let failures = corpus.run_with(|options| options.rebuild = true).unwrap_err().to_string();
    assert!(failures.contains("c.meta.toml:1"), "{failures}");
}

#[test]
fn without_manifests_a_record_is_its_content_alone() {
    let corpus = Corpus::new(&[(
        "c.jsonl",
        "{\"id\": \"a\", \"title\": \"T\", \"text\": \"One sentence.\", \"collection\": \"drafts\", \"themes\": [\"helth\"]}",
    )]);
    let report = corpus.run_with(|options| options.manifests = false).unwrap();
    assert_eq!((report.failures.len(), ids(&corpus, "public")), (0, vec!["a".to_owned()]));
}

proptest! {
    #[test]
    fn no_json_makes_it_panic(json in "\\{\"text\": *(\"[^\"\\\\]{0,60}\"|[0-9]|\\[|null)(, *\"(title|paragraphs)\": *(\"\\PC{0,9}\"|\\[[0-9\",{}:a-z]{0,20}\\]?))?\\}?") {
        let _ = extract(json.as_bytes(), 10_000);
    }
}

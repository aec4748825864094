//! Rows as a faulty writer might write them, sound files all of them: each fault is found by the rule for it.

use std::collections::BTreeMap;
use std::path::Path;

use ::tantivy::schema::OwnedValue;
use ::tantivy::{Index, IndexWriter, TantivyDocument};
use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
use rcp_corpus::completion::CompletionBuilder;
use rcp_corpus::model::{Document, DocumentId, Event, Fact, Label, Language, Passage, PassageId, Provenance, Source};
use rcp_corpus::vocabulary::VocabularyBuilder;
use serde::Serialize;

use super::super::schema::{self, SplitTokenizer};
use super::super::write::days;
use super::*;
use crate::generation::{CollectionManifest, DocumentStamp, FieldStatistics, Findings};
use crate::plan::Field;

const FACETS: [&str; 4] = ["event", "lang", "theme", "year"];

/// Values by column.
type Row = BTreeMap<String, Vec<OwnedValue>>;

/// A collection of two documents with three passages in all, each with the text "migration".
struct Rows {
    documents: Vec<Row>,
    passages: Vec<Row>,
    vocabulary: Vec<u8>,
    completion: Vec<u8>,
    content: CollectionManifest,
}

fn document(id: &str) -> Document {
    let source = Source {
        file: format!("{id}.txt"),
        url: None,
        sha256: "0".repeat(64),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "test".to_owned(),
    };
    Document {
        title: Some(Fact::curated("Übersicht".to_owned())),
        event: Some(Fact::curated(Event {
            series: "rcm".to_owned(),
            ordinal: Some(4),
            edition: None,
            name: "Fourth".to_owned(),
        })),
        date: Some(Fact::curated("2013-05/2013-06".parse().unwrap())),
        year: Some(Fact::curated(2013)),
        languages: vec![Language::Fr, Language::En],
        labels: vec![label("return")],
        ..Document::new(DocumentId::new(id).unwrap(), "public", source)
    }
}

fn label(theme: &str) -> Label {
    let (facet, concept) = ("theme".to_owned(), theme.to_owned());
    Label { facet, concept, confidence: 1.0, provenance: Provenance::Curated, evidence: Vec::new() }
}

fn passage(ordinal: u32) -> Passage {
    let id = PassageId::new(&format!("n{ordinal}")).unwrap();
    Passage { labels: vec![label("return")], ..Passage::new(id, ordinal, Language::En, "migration") }
}

fn text(value: &str) -> OwnedValue {
    OwnedValue::Str(value.to_owned())
}

fn stored(value: &impl Serialize) -> Vec<OwnedValue> {
    vec![OwnedValue::Bytes(serde_json::to_vec(value).unwrap())]
}

fn row(ordinal: u64, languages: &[&str], columns: &[(&str, OwnedValue)]) -> Row {
    let facet =
        |facet: &str, values: &[&str]| (schema::facet_column(facet), values.iter().copied().map(text).collect());
    let mut row: Row = columns.iter().map(|(name, value)| ((*name).to_owned(), vec![value.clone()])).collect();
    row.extend([facet("event", &["rcm-4"]), facet("lang", languages), facet("year", &["2013"])]);
    row.extend([facet("theme", &["parent", "return"])]);
    row.extend(["body_stem", "body_exact"].map(|field| (field.to_owned(), vec![text("migration")])));
    row.insert(schema::ORDINAL.to_owned(), vec![OwnedValue::U64(ordinal)]);
    row
}

fn sound() -> Rows {
    let mut content = CollectionManifest::default();
    let (mut documents, mut passages) = (Vec::new(), Vec::new());
    for (at, (id, ordinals)) in (0..).zip([("a", &[0, 2][..]), ("b", &[1])]) {
        let document = document(id);
        let date = document.date.as_ref().unwrap().value;
        let first = passages.len() as u64;
        for &ordinal in ordinals {
            let columns =
                [(schema::DOCUMENT, OwnedValue::U64(at)), (schema::PASSAGE, OwnedValue::U64(u64::from(ordinal)))];
            let mut row = row(passages.len() as u64, &["en"], &columns);
            row.insert(schema::STORED.to_owned(), stored(&passage(ordinal)));
            passages.push(row);
        }
        let mut row = row(
            at,
            &["en", "fr"],
            &[
                (schema::ID, text(id)),
                (schema::SORT_TITLE, text("ubers")),
                (schema::DATE_START, OwnedValue::I64(days(date.start))),
                (schema::DATE_END, OwnedValue::I64(days(date.end))),
                (schema::YEAR, OwnedValue::I64(2013)),
                (schema::ADDED, OwnedValue::I64(0)),
                (schema::FIRST_PASSAGE, OwnedValue::U64(first)),
                (schema::PASSAGE_COUNT, OwnedValue::U64(ordinals.len() as u64)),
            ],
        );
        row.insert(schema::STORED.to_owned(), stored(&document));
        documents.push(row);
        content.documents.insert(document.id.clone(), DocumentStamp::of(&document).unwrap());
    }
    let fields = |unit, holders| -> BTreeMap<String, FieldStatistics> {
        let body = |field: &Field| if field.name().starts_with("body") { holders } else { 0 };
        Field::all(unit)
            .map(|field| (field.name().to_owned(), body(&field)))
            .map(|(name, n)| (name, FieldStatistics { tokens: n, holders: n }))
            .collect()
    };
    content.statistics.documents = documents.len() as u64;
    content.statistics.passages = passages.len() as u64;
    content.statistics.document_fields = fields(Unit::Documents, 2);
    content.statistics.passage_fields = fields(Unit::Passages, 3);
    Rows {
        documents,
        passages,
        vocabulary: vocabulary(&["migration"], 2),
        completion: completion(&["a", "b"], "Übersicht"),
        content,
    }
}

/// The vocabulary of this many documents, each with these words.
fn vocabulary(words: &[&str], documents: usize) -> Vec<u8> {
    let analyzer = Analyzer::new(&AnalysisSettings::default());
    let mut builder = VocabularyBuilder::default();
    for _ in 0..documents {
        for word in words {
            builder.add_text(&analyzer.analyze(word, Language::Undetermined), Language::En);
        }
        builder.end_document();
    }
    builder.finish().unwrap()
}

/// The completions of documents with these ids and one title, each with one word.
fn completion(ids: &[&str], title: &str) -> Vec<u8> {
    let analyzer = Analyzer::new(&AnalysisSettings::default());
    let mut builder = CompletionBuilder::default();
    for id in ids {
        builder.add_text("migration", &analyzer.analyze("migration", Language::En));
        builder.end_document(id, Some(title));
    }
    builder.finish().unwrap()
}

fn write(folder: &Path, unit: Unit, rows: &[Row]) {
    let folder = folder.join(super::folder(unit));
    std::fs::create_dir_all(&folder).unwrap();
    let schema = schema::schema(unit, &FACETS.map(str::to_owned));
    let index = Index::create_in_dir(&folder, schema.clone()).unwrap();
    index.tokenizers().register(schema::SPLIT, SplitTokenizer::default());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
    for row in rows {
        let mut document = TantivyDocument::new();
        for (column, values) in row {
            for value in values {
                document.add_field_value(schema.get_field(column).unwrap(), value);
            }
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
}

/// What a walk through these rows finds.
fn findings(rows: &Rows) -> Findings {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Unit::Documents, &rows.documents);
    write(folder.path(), Unit::Passages, &rows.passages);
    std::fs::write(folder.path().join("vocabulary"), &rows.vocabulary).unwrap();
    std::fs::write(folder.path().join("completion"), &rows.completion).unwrap();
    let facets = FACETS.map(str::to_owned);
    let published = Published { folder: folder.path(), name: "public", content: &rows.content, facets: &facets };
    let mut show = |_, _| {};
    let mut walk = Walk::new(&mut show);
    super::walk(&published, &mut walk);
    walk.into_findings()
}

/// Makes the rows faulty, and expects a problem.
#[track_caller]
fn check(fault: impl FnOnce(&mut Rows), expected: &str) {
    let mut rows = sound();
    fault(&mut rows);
    let problems = findings(&rows).problems;
    assert!(problems.iter().any(|problem| problem == expected), "{expected:?} should be among {problems:#?}");
}

/// Another value in a column of the last document or passage.
#[track_caller]
fn check_column(unit: Unit, column: &str, values: &[OwnedValue]) {
    let change = |rows: &mut Rows| {
        let rows = if unit == Unit::Documents { &mut rows.documents } else { &mut rows.passages };
        rows.last_mut().unwrap().insert(column.to_owned(), values.to_vec());
    };
    let who = if unit == Unit::Documents { "document b" } else { "document b, passage record 2 (n1)" };
    check(change, &format!("{who}: the column {column} differs from the stored record"));
}

#[test]
fn sound_rows_have_no_problem() {
    let findings = findings(&sound());
    assert_eq!(findings.problems, [""; 0]);
    // The body twice in each unit, and two ids.
    assert_eq!((findings.terms, findings.postings, findings.tokens), (6, 12, 12));
}

#[test]
fn a_column_is_that_of_its_record() {
    let (one, signed) = (|number| [OwnedValue::U64(number)], |number| [OwnedValue::I64(number)]);
    for name in [schema::DATE_START, schema::DATE_END, schema::YEAR, schema::ADDED] {
        check_column(Unit::Documents, name, &signed(7));
        check_column(Unit::Documents, name, &[]);
    }
    for name in [schema::FIRST_PASSAGE, schema::ORDINAL] {
        check_column(Unit::Documents, name, &one(0));
    }
    check_column(Unit::Documents, schema::PASSAGE_COUNT, &[OwnedValue::U64(1), OwnedValue::U64(1)]);
    let too_few = |rows: &mut Rows| drop(rows.documents[1].insert(schema::PASSAGE_COUNT.to_owned(), one(0).to_vec()));
    check(too_few, "1 passages belong to no document");
    check_column(Unit::Documents, schema::SORT_TITLE, &[text("other")]);
    check_column(Unit::Documents, schema::ID, &[text("a")]);
    for name in [schema::DOCUMENT, schema::PASSAGE, schema::ORDINAL] {
        check_column(Unit::Passages, name, &one(0));
        check_column(Unit::Passages, name, &[]);
        check_column(Unit::Passages, name, &[OwnedValue::U64(1), OwnedValue::U64(2)]);
    }
}

#[test]
fn facets_are_sorted_and_hold_what_the_record_says() {
    for unit in [Unit::Documents, Unit::Passages] {
        check_column(unit, "facet_year", &[text("2014")]);
        check_column(unit, "facet_year", &[]);
        check_column(unit, "facet_event", &[text("rcm")]);
        check_column(unit, "facet_lang", &[text("es")]);
        check_column(unit, "facet_theme", &[text("parent")]);
        check_column(unit, "facet_theme", &[text("return"), text("parent")]);
        check_column(unit, "facet_theme", &[text("return"), text("return")]);
    }
}

#[test]
fn documents_and_passages_stand_in_their_order() {
    check(|rows| rows.documents.swap(0, 1), "document a stands behind one of the same or a later id");
    check(
        |rows| rows.documents.swap(0, 1),
        "documents, field id: the term \"a\" does not stand for record 0 (a) alone",
    );
    check(|rows| drop(rows.documents.pop()), "it holds 1 documents, and the manifest counts 2");
    check(|rows| drop(rows.documents.pop()), "1 passages belong to no document");
    check(|rows| drop(rows.passages.pop()), "it holds 2 passages, and the manifest counts 3");
    check(|rows| rows.passages.swap(0, 1), "document a, passage record 1: its ordinal 0 does not rise");
    let repeat = |rows: &mut Rows| {
        let twice = Passage { ordinal: 2, ..passage(0) };
        rows.passages[1].insert(schema::STORED.to_owned(), stored(&twice));
    };
    check(repeat, "document a, passage record 1: the id n0 occurs twice");
    let no_record = |rows: &mut Rows| drop(rows.passages[1].remove(schema::STORED));
    check(no_record, "document a, passage record 1: a record has no stored value");
}

#[test]
fn the_vocabulary_is_that_of_the_texts() {
    check(
        |rows| rows.vocabulary = vocabulary(&["migration"], 3),
        "vocabulary: the word \"migration\" is said to be in 3 documents and is in 2",
    );
    check(
        |rows| rows.vocabulary = vocabulary(&[], 2),
        "vocabulary: it has 0 of the 1 terms of the documents' exact fields",
    );
    let other_stem = |rows: &mut Rows| {
        for document in &mut rows.documents {
            document.insert("body_stem".to_owned(), vec![text("migr")]);
        }
    };
    check(other_stem, "vocabulary: the stem \"migration\" of the word \"migration\" is in no document");
}

#[test]
fn completions_are_those_of_the_documents() {
    check(
        |rows| rows.completion = completion(&["a", "b", "c"], "Übersicht"),
        "completion: \"migration\" is said to be in 3 documents, and one of its words is in 2",
    );
    check(
        |rows| rows.completion = completion(&["a", "c"], "Übersicht"),
        "completion: it has a title of \"c\", which is no document",
    );
    check(
        |rows| rows.completion = completion(&["a", "b"], "Other"),
        "completion: the title of a is offered as \"Other\"",
    );
    check(
        |rows| rows.completion.extend(b"x"),
        "completion: the completions are damaged at entry 3; run `rcp-search index --rebuild`",
    );
}

#[test]
fn statistics_are_those_of_the_postings() {
    let longer = |rows: &mut Rows| drop(rows.passages[0].insert("body_exact".to_owned(), vec![text("one two")]));
    check(longer, "passages, field body_exact has 4 tokens in 3 records, and the manifest says 3 tokens in 3 records");
}

#[test]
fn of_many_problems_some_are_listed_and_the_others_counted() {
    let mut rows = sound();
    rows.content.documents.clear();
    rows.content.files.insert("vocabulary".to_owned(), crate::generation::FileStamp { length: 0, xxh3: String::new() });
    for row in rows.documents.iter_mut().chain(&mut rows.passages) {
        row.retain(|column, _| column == schema::STORED || column == schema::ID || column == schema::PASSAGE_COUNT);
    }
    let findings = findings(&rows);
    assert_eq!(findings.problems.len(), 20);
    assert!(findings.more_problems > 0);
}

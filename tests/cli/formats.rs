//! Files of every format, from the folder to an answer: some of the documents of `tests/fixtures`.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Sandbox, project};

/// A document in each language and all its formats, and what cannot be read.
const FILES: [&str; 24] = [
    "en01.libreoffice.pdf",
    "en01.chromium.pdf",
    "en01.reportlab.pdf",
    "en01.fpdf2.pdf",
    "en01.weasyprint.pdf",
    "en01.byhand.docx",
    "en01.libreoffice.docx",
    "en01.pandoc.docx",
    "en01.libreoffice.odt",
    "en01.libreoffice.rtf",
    "en01.libreoffice.doc",
    "en01.libreoffice.html",
    "es02.reportlab.pdf",
    "es02.byhand.docx",
    "es06.utf16.txt",
    "fr03.fpdf2.pdf",
    "fr03.byhand.docx",
    "fr03.pandoc.odt",
    "fr07.pandoc.md",
    "harvest.jsonl",
    "mixed-scan.pdf",
    "scan.pdf",
    "encrypted.pdf",
    "encrypted.docx",
];

/// The files in an index, and the report of its run: done, with failures.
fn indexed() -> (Sandbox, Value) {
    let sandbox = Sandbox::new();
    for file in FILES {
        let bytes = fs::read(project("tests/fixtures/files").join(file)).unwrap();
        sandbox.write(&format!("corpus/{file}"), bytes);
    }
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.run(&["index", &corpus, "--json"]).expect(3).json();
    (sandbox, report)
}

/// Asks for a phrase of one paragraph: each of these files has it under this number and, where it has pages, on this
/// one.
#[track_caller]
fn check(sandbox: &Sandbox, phrase: &str, number: Option<&str>, expected: &[(&str, Option<u64>)]) {
    let answer = sandbox.json(&["search", &format!("\"{phrase}\""), "-n", "30"]);
    let hits = answer["hits"].as_array().unwrap();
    for (file, page) in expected {
        let hit = hits.iter().find(|hit| hit["source"]["file"] == *file);
        let hit = hit.unwrap_or_else(|| panic!("{phrase:?} is not found in {file}"));
        let passage = &hit["passages"][0];
        if let Some(number) = number {
            assert_eq!(passage["label"], format!("para. {number}"), "{file}");
        }
        if let Some(page) = page {
            assert_eq!(passage["page"], *page, "{file}");
        }
    }
}

#[test]
fn a_paragraph_is_found_in_every_format_with_page_and_printed_number() {
    let (sandbox, report) = indexed();
    let failures: Vec<(&str, &str)> = report["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failure| (failure["file"].as_str().unwrap(), failure["why"].as_str().unwrap()))
        .collect();
    let why = |file: &str| failures.iter().find(|(failed, _)| *failed == file).map_or("", |(_, why)| *why);
    for (file, expected) in [("scan.pdf", "scan"), ("encrypted.pdf", "encrypted"), ("encrypted.docx", "encrypted")] {
        assert!(why(file).contains(expected), "{file}: {failures:?}");
    }
    assert_eq!(failures.len(), 3, "{failures:?}");

    let of_english = [
        ("en01.libreoffice.pdf", Some(2)),
        ("en01.chromium.pdf", Some(2)),
        ("en01.reportlab.pdf", Some(2)),
        ("en01.fpdf2.pdf", Some(2)),
        ("en01.weasyprint.pdf", Some(3)),
        ("en01.byhand.docx", None),
        ("en01.libreoffice.docx", None),
        ("en01.pandoc.docx", None),
        ("en01.libreoffice.odt", None),
        ("en01.libreoffice.rtf", None),
        ("en01.libreoffice.doc", None),
        ("en01.libreoffice.html", None),
        ("mixed-scan.pdf", Some(2)),
    ];
    check(&sandbox, "bring orientation closer to the villages", Some("12"), &of_english);
    let of_spanish = [("es02.reportlab.pdf", Some(3)), ("es02.byhand.docx", None)];
    check(&sandbox, "sistemas de protección de la infancia de los tres países", None, &of_spanish);
    let of_french = [("fr03.fpdf2.pdf", Some(2)), ("fr03.byhand.docx", None), ("fr03.pandoc.odt", None)];
    check(&sandbox, "comités de vigilance", Some("5"), &of_french);
    // The text without accents, from a text in UTF-16, and a line of JSON.
    check(&sandbox, "insercion socioeconomica", None, &[("es06.utf16.txt", None)]);
    check(&sandbox, "partnership for migration", None, &[("harvest.jsonl", None)]);

    let coverage = &sandbox.json(&["search", "migration"])["coverage"];
    assert_eq!(coverage["without_text"], 3, "{coverage}");
}

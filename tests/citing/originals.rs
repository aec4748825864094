//! The files that documents were read from.

use std::fs;

use serde_json::Value;

use crate::corpus::{Corpus, fixtures, project};

fn original(id: &str) -> String {
    format!("/v1/documents/{id}/original")
}

#[tokio::test]
async fn originals_are_given_out_byte_for_byte_and_nothing_of_them_runs() {
    let corpus = fixtures();
    let mut media_types = std::collections::BTreeSet::new();
    for document in corpus.documents() {
        let (status, headers, body) = corpus.fetch("GET", &original(document.id.as_str())).await;
        let file = &document.source.file;
        assert_eq!((status.as_u16(), &headers["content-type"]), (200, &document.source.media_type.parse().unwrap()));
        assert!(body == fs::read(project("tests/fixtures/files").join(file)).unwrap(), "{file}");
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff");
        let is_pdf = document.source.media_type == "application/pdf";
        assert!(header("content-disposition").starts_with(if is_pdf { "inline; " } else { "attachment; " }), "{file}");
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && (is_pdf || policy.starts_with("sandbox; ")), "{policy}");
        media_types.insert(document.source.media_type);
    }
    assert!(media_types.contains("text/html") && media_types.contains("application/pdf"), "{media_types:?}");
}

#[tokio::test]
async fn a_head_tells_the_length_alone() {
    let document = &fixtures().documents()[0];
    let (status, headers, body) = fixtures().fetch("HEAD", &original(document.id.as_str())).await;
    let length = fs::metadata(project("tests/fixtures/files").join(&document.source.file)).unwrap().len();
    assert_eq!((status.as_u16(), headers["content-length"].to_str().unwrap()), (200, &*length.to_string()));
    assert!(body.is_empty());
}

#[tokio::test]
async fn what_changed_since_it_was_indexed_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("kept", "A kept report.\n"), ("changed", "A report.\n"), ("gone", "A lost report.\n")] {
        fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("changed.meta.toml"), "url = 'https://example.org/changed.txt'\n").unwrap();
    let corpus = Corpus::of(folder.path());
    fs::write(folder.path().join("changed.txt"), "A secret.\n").unwrap();
    fs::remove_file(folder.path().join("gone.txt")).unwrap();
    assert_eq!(corpus.send(&original("kept")).await.2, "A kept report.\n");
    for (id, status, code) in
        [("changed", 410, "original_changed"), ("gone", 404, "no_original"), ("other", 404, "unknown_document")]
    {
        let (actual, problem) = corpus.get(&original(id)).await;
        assert_eq!((actual, &problem["code"]), (status, &Value::from(code)), "{problem}");
    }
}

//! Documents as pages at their permanent addresses.

use std::fs;

use serde_json::Value;

use crate::corpus::{Corpus, SITE, seeds};

const ID: &str = "gcim-iom-workshop-2005-report";

#[tokio::test]
async fn a_permanent_address_shows_the_document_and_each_passage_under_its_id() {
    let (status, headers, page) = seeds().send(&format!("/documents/{ID}")).await;
    assert_eq!((status.as_u16(), headers["content-type"].to_str().unwrap()), (200, "text/html; charset=utf-8"));
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; style-src 'self'"));
    let document = seeds().documents().into_iter().find(|document| document.id.as_str() == ID).unwrap();
    for passage in seeds().passages(&document, rcp_corpus::model::Language::En) {
        assert_eq!(page.matches(&format!("<p id=\"{}\" ", passage.passage.id)).count(), 1, "{}", passage.passage.id);
    }
    assert!(page.contains("Geneva, Switzerland <small>(from a curator)</small>"), "{page}");
    let (status, problem) = seeds().get("/documents/nothing").await;
    assert_eq!((status, &problem["code"]), (404, &Value::from("unknown_document")));
}

#[tokio::test]
async fn a_page_tells_programs_what_it_shows() {
    let (_, _, page) = seeds().send(&format!("/documents/{ID}")).await;
    for element in [
        "<meta name=\"citation_title\" content=\"GCIM – IOM Workshop on Regional Consultative Processes\">",
        "<meta name=\"citation_publication_date\" content=\"2005/04/14\">",
        &format!("<meta name=\"citation_public_url\" content=\"{SITE}/documents/{ID}\">"),
        &format!("<link rel=\"canonical\" href=\"{SITE}/documents/{ID}\">"),
        &format!(
            "<link rel=\"alternate\" type=\"application/x-research-info-systems\" href=\"/v1/documents/{ID}/citation?format=ris\""
        ),
    ] {
        assert!(page.contains(element), "{element} is not in {page}");
    }
    let data = json_ld(&page);
    assert_eq!(data["@type"], "Report");
    assert_eq!(
        (&data["temporalCoverage"], &data["inLanguage"]),
        (&"2005-04-14/2005-04-15".into(), &Value::from(vec!["en"]))
    );
    assert_eq!(data["isPartOf"]["@id"], format!("{SITE}/#dataset"));
    assert_eq!(json_ld(&seeds().send("/").await.2)["dataset"]["@id"], "/#dataset");
}

/// The one block of JSON-LD of a page.
fn json_ld(page: &str) -> Value {
    let (_, behind) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(behind.split_once("</script>").unwrap().0).unwrap()
}

#[tokio::test]
async fn hostile_text_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "</script><script>alert(1)</script>\" onload=x '<img src=x>";
    let metadata = format!("id = 'hostile'\ntitle = '''{hostile}'''\nvenue = '''{hostile}'''\n");
    fs::write(folder.path().join("hostile.meta.toml"), metadata).unwrap();
    fs::write(folder.path().join("hostile.txt"), format!("{hostile}\n\n1. A text with {hostile} in it.\n")).unwrap();
    let corpus = Corpus::of(folder.path());
    let page = corpus.send("/documents/hostile").await.2;
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    let (head, body) = page.split_once("<script type").unwrap();
    let without_data = format!("{head}{}", body.split_once("</script>").unwrap().1);
    assert!(!page.contains("<img") && !without_data.contains("\" onload"), "{page}");
    assert_eq!(json_ld(&page)["recordedAt"], Value::Null);
    assert!(json_ld(&page)["name"].as_str().unwrap().starts_with("</script><script>"));
}

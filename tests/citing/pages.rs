//! Documents as pages at their permanent addresses.

use std::fs;

use serde_json::Value;

use rcp_corpus::model::Language;
use rcp_query::Scope;
use rcp_query::request::{MatchMode, SearchRequest, Unit};
use rcp_query::response::Hits;

use crate::corpus::{Corpus, SITE, fixtures, seeds};

const ID: &str = "gcim-iom-workshop-2005-report";

#[tokio::test]
async fn a_permanent_address_shows_the_document_and_each_passage_under_its_id() {
    let (status, headers, page) = seeds().send(&format!("/documents/{ID}")).await;
    assert_eq!((status.as_u16(), headers["content-type"].to_str().unwrap()), (200, "text/html; charset=utf-8"));
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; style-src 'self'"));
    let document = seeds().documents().into_iter().find(|document| document.id.as_str() == ID).unwrap();
    for passage in seeds().passages(&document, rcp_corpus::model::Language::En) {
        assert_eq!(page.matches(&format!(" id=\"{}\"", passage.passage.id)).count(), 1, "{}", passage.passage.id);
    }
    assert!(page.contains("<bdi>Geneva, Switzerland</bdi></li></ul> <small>(from a curator)</small>"), "{page}");
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
    // The script of every page, and the data.
    assert_eq!(page.matches("<script").count(), 2, "{page}");
    let (head, body) = page.split_once("<script type=\"application/ld+json\"").unwrap();
    let without_data = format!("{head}{}", body.split_once("</script>").unwrap().1);
    assert!(!page.contains("<img") && !without_data.contains("\" onload"), "{page}");
    assert_eq!(json_ld(&page)["recordedAt"], Value::Null);
    assert!(json_ld(&page)["name"].as_str().unwrap().starts_with("</script><script>"));
}

/// A corpus of files with these names and contents.
fn corpus_of(files: &[(&str, String)]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    Corpus::of(folder.path())
}

/// The text of a page, as a reader sees it.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// What a search counts as the evidence of a document is what its page marks, and no link of it leads astray.
#[tokio::test]
async fn a_page_marks_the_passages_that_a_search_counts() {
    let corpora = [
        (seeds(), "private sector"),
        (seeds(), "RCM OR sovereignty"),
        (fixtures(), "migration"),
        (seeds(), "\"human rights\""),
    ];
    let mut marked = 0;
    for (corpus, query) in corpora {
        let request = SearchRequest { match_mode: MatchMode::Any, ..SearchRequest::new(Unit::Documents, query) };
        let found = corpus.searcher.search(&Scope::public(), &request).unwrap();
        let Hits::Documents(hits) = found.hits else { panic!("documents were asked for") };
        for hit in hits {
            let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
            let page = corpus.send(&format!("/documents/{}?q={encoded}&match=any", hit.document.id)).await.2;
            let ids: Vec<&str> = matched_ids(&page);
            assert_eq!(ids.len() as u64, hit.passages_total, "{query}: {}", hit.document.id);
            for (place, id) in ids.iter().enumerate() {
                let next = ids.get(place + 1).map(|next| format!("<a href=\"#{next}\" title=\"Next match\">"));
                assert!(next.is_none_or(|next| page.contains(&next)), "{query}: {} {id}", hit.document.id);
            }
            marked += ids.len();
        }
    }
    assert!(marked > 20, "{marked}");
}

/// Ids of the passages that are marked as matches, in order.
fn matched_ids(page: &str) -> Vec<&str> {
    let elements =
        page.split('<').filter(|element| element.starts_with("div class=\"passage ") || element.starts_with("tr "));
    let matched = elements.filter(|element| element.contains(" match\""));
    matched.map(|element| element.split("id=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn evidence_of_a_fact_leads_to_the_passage_that_says_it() {
    let text = "Summary report\n\n1. The meeting took place in Lima, Peru, on 3 and 4 May 2011.\n\n\
                2. Consular protection and consular services were discussed by the delegations of Peru and Chile.\n";
    let corpus = corpus_of(&[("report.txt", text.to_owned())]);
    let page = corpus.send("/documents/report").await.2;
    let facts = page.split_once("id=\"facts\"").unwrap().1;
    assert!(facts.contains("read in the text"), "{facts}");
    for at in facts.match_indices("<a href=\"#").map(|(at, found)| at + found.len()) {
        let id = facts[at..].split('"').next().unwrap();
        assert!(page.contains(&format!(" id=\"{id}\"")), "nothing is named {id}");
    }
    assert!(facts.contains("<q><bdi>") && facts.contains("<a href=\"#p2\">Summary report, item 2</a>"), "{facts}");
}

#[tokio::test]
async fn a_long_document_is_shown_in_parts_and_each_passage_is_found() {
    let paragraphs: String = (1..=2_100)
        .map(|n| format!("{n}. Paragraph {n} tells of {}.\n\n", if n % 700 == 0 { "returns" } else { "pathways" }))
        .collect();
    let corpus = corpus_of(&[("long.txt", format!("A long report\n\n{paragraphs}"))]);
    let first = corpus.send("/documents/long").await.2;
    assert!(first.contains(" id=\"n1000\"") && !first.contains(" id=\"n1001\""), "the first part holds other passages");
    assert!(first.contains("<a href=\"/documents/long?part=3\">"), "no link to the last part");
    assert!(text_of(&first).contains("2,100 paragraphs, shown in parts"));
    for (address, holds) in
        [("part=3", "n2100"), ("passage=n1500", "n1500"), ("passage=none", "p1"), ("part=999", "n2001")]
    {
        let page = corpus.send(&format!("/documents/long?{address}")).await.2;
        assert!(page.contains(&format!(" id=\"{holds}\"")), "{address}");
    }
    let marked = corpus.send("/documents/long?q=returns&part=2").await.2;
    assert!(text_of(&marked).contains("3 paragraphs with “returns”"), "counted over the whole document");
    assert_eq!(matched_ids(&marked), ["n1400"]);
    assert!(marked.contains("<a href=\"/documents/long?q=returns#p700\" title=\"Previous match\">"), "{marked}");
    assert!(
        marked.contains("<a href=\"/documents/long?part=3&#38;q=returns#n2100\" title=\"Next match\">"),
        "{marked}"
    );
}

#[tokio::test]
async fn versions_and_documents_of_the_same_event_are_named() {
    let of = |title: &str, language: &str, more: &str| {
        format!(
            "title = '{title}'\nlanguages = ['{language}']\ndate = '2009-09-22'\nrcps = ['sacm']\n{more}\nevent = {{ series = 'sacm', ordinal = 9, name = 'Ninth conference' }}\n"
        )
    };
    let work = "work = 'declaration-2009'";
    let corpus = corpus_of(&[
        ("declaration-en.txt", "Declaration\n\n1. The countries agree on the rights of migrants.\n".to_owned()),
        ("declaration-en.meta.toml", of("Declaration on rights", "en", work)),
        ("declaration-es.txt", "Declaración\n\n1. Los países acuerdan los derechos de los migrantes.\n".to_owned()),
        ("declaration-es.meta.toml", of("Declaración sobre derechos", "es", work)),
        ("report-en.txt", "Report\n\n1. The conference heard of consular services.\n".to_owned()),
        ("report-en.meta.toml", of("Report of the conference", "en", "")),
    ]);
    let page = corpus.send("/documents/declaration-en").await.2;
    assert!(page.contains("<a href=\"/documents/declaration-es\" hreflang=\"es\">Spanish</a>"), "{page}");
    let of_event = page.split_once("id=\"event\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(of_event.contains("/documents/report-en") && !of_event.contains("declaration"), "{of_event}");
    let spanish = corpus.send("/documents/declaration-es?ui=es").await.2;
    assert!(
        spanish.contains("<h2 id=\"text\">Texto</h2>") && spanish.contains("/documents/declaration-en?ui=es"),
        "{spanish}"
    );
}

#[tokio::test]
async fn chosen_documents_and_passages_are_cited_together() {
    let document = seeds().documents().into_iter().find(|document| document.id.as_str() == ID).unwrap();
    let passages = seeds().passages(&document, Language::En);
    let (passage, citation) = (&passages[0].passage.id, &passages[0].citation);
    let page = seeds().send(&format!("/cite?document={ID}&passage={ID}%23{passage}&document=nothing")).await.2;
    let text = text_of(&page);
    assert!(text.contains(citation.as_str()), "{citation} is not in {text}");
    assert_eq!((text.matches("TY  - RPRT").count(), text.matches("@techreport{").count()), (2, 2), "{text}");
    assert!(page.contains("<code>nothing</code>"), "{page}");
    let one = seeds().send(&format!("/cite?document={ID}")).await.2;
    assert!(one.contains(&format!("/v1/documents/{ID}/citation?format=ris")), "{one}");
    let (status, problem) = seeds().get("/cite?passage=p1").await;
    assert_eq!((status, &problem["code"]), (400, &Value::from("invalid_parameter")));
}

#[tokio::test]
async fn a_reference_is_resolved_to_one_several_or_none() {
    for (reference, says, leads) in [
        ("GCIM–IOM Workshop 2005, para. 21", "It means this", Some(format!("/documents/{ID}?passage=p21#p21"))),
        ("Regional Consultative Processes", "It may mean", None),
        ("Zirconium conference 1850", "Nothing here is meant by it", None),
    ] {
        let encoded: String = form_urlencoded::byte_serialize(reference.as_bytes()).collect();
        let (status, _, page) = seeds().send(&format!("/cite?ref={encoded}")).await;
        assert!(status.is_success() && page.contains(says), "{reference}: {page}");
        assert!(leads.is_none_or(|address| page.contains(&address)), "{reference}: {page}");
    }
}

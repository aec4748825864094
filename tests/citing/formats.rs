//! Every document and passage in every format.

use proptest::prelude::*;
use rcp_corpus::model::{DateRange, DocumentId, Language, PassageId};
use rcp_query::citation::Reference;
use rcp_query::cite::Cited;
use rcp_query::response::DocumentView;
use serde_json::Value;

use crate::corpus::{Corpus, SITE, fixtures, seeds};
use crate::foreign::{check_bibtex, check_csl, check_ris};

/// The references to every document and every passage of a corpus.
fn references(corpus: &Corpus) -> Vec<Reference> {
    let taxonomy = &corpus.searcher.settings().taxonomy;
    let mut references = Vec::new();
    for document in corpus.documents() {
        let view = DocumentView { document: document.clone(), citation: String::new() };
        let passages = corpus.passages(&document, Language::En).into_iter().map(Some);
        for passage in passages.chain([None]) {
            let cited = Cited { document: view.clone(), passage };
            references.push(cited.reference(taxonomy, Some(SITE), Language::En));
        }
    }
    references
}

#[test]
fn other_programs_read_every_reference_as_it_is_meant() {
    for corpus in [seeds(), fixtures()] {
        let references = references(corpus);
        assert!(references.len() > 100, "{}", references.len());
        for reference in &references {
            check_ris(&reference.ris(), reference);
            check_bibtex(&reference.bibtex(), reference);
        }
        let mut keys: Vec<String> = references.iter().map(|reference| reference.key(':')).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), references.len());
    }
}

#[test]
fn records_may_follow_each_other() {
    let references = references(seeds());
    let ris: String = references.iter().map(Reference::ris).collect();
    let parsed = biblib::CitationParser::parse(&biblib::RisParser::new(), &ris).unwrap();
    assert_eq!(parsed.len(), references.len());
    let bibtex: String = references.iter().map(Reference::bibtex).collect();
    assert_eq!(biblatex::Bibliography::parse(&bibtex).unwrap().len(), references.len());
}

#[tokio::test]
async fn every_format_is_served_under_its_media_type() {
    let (corpus, id) = (seeds(), "gcim-iom-workshop-2005-report");
    let document = corpus.documents().into_iter().find(|document| document.id.as_str() == id).unwrap();
    let all = references(corpus);
    for passage in [None, Some("p21")] {
        let is_meant = |reference: &&Reference| {
            reference.document == document.id && reference.passage.as_ref().map(PassageId::as_str) == passage
        };
        let reference = all.iter().find(is_meant).unwrap();
        let at = passage.map(|passage| format!("&passage={passage}")).unwrap_or_default();
        let name = passage.map_or(id.to_owned(), |passage| format!("{id}-{passage}"));
        for (format, media_type, ending) in [
            ("text", "text/plain; charset=utf-8", None),
            ("ris", "application/x-research-info-systems", Some("ris")),
            ("bibtex", "application/x-bibtex", Some("bib")),
            ("csl", "application/vnd.citationstyles.csl+json", Some("json")),
        ] {
            let path = format!("/v1/documents/{id}/citation?format={format}{at}");
            let (status, headers, body) = corpus.send(&path).await;
            assert_eq!((status.as_u16(), headers["content-type"].to_str().unwrap()), (200, media_type), "{body}");
            let disposition = headers.get("content-disposition").map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(disposition, ending.map(|ending| format!("attachment; filename=\"{name}.{ending}\"")));
            match format {
                "ris" => assert_eq!(body, reference.ris()),
                "bibtex" => assert_eq!(body, reference.bibtex()),
                "csl" => check_csl(&body, reference),
                _ => {
                    assert!(
                        body.contains("Geneva") && body.ends_with(passage.map_or("2005", |_| "para. 21")),
                        "{body}"
                    );
                }
            }
        }
    }
    for (path, code) in [
        ("/v1/documents/nothing/citation", "unknown_document"),
        ("/v1/documents/gcim-iom-workshop-2005-report/citation?passage=p99", "unknown_passage"),
        ("/v1/documents/gcim-iom-workshop-2005-report/citation?passage=P%0D%0A", "unknown_passage"),
    ] {
        let (status, problem) = corpus.get(path).await;
        assert_eq!((status, &problem["code"]), (404, &Value::from(code)), "{problem}");
    }
}

#[tokio::test]
async fn labels_and_places_are_in_the_language_asked_for() {
    let path = "/v1/documents/gcim-iom-workshop-2005-report/citation?passage=p21&ui=es";
    assert!(seeds().send(path).await.2.ends_with("14 y 15 de abril de 2005, párr. 21"));
    assert!(seeds().send(&format!("{path}&format=ris")).await.2.contains("SE  - párr. 21\r\n"));
}

/// One line as a reference has it, of whatever text: made by the same way as those of documents.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[{}\\\\&%$#_~^\"@,=<>a-z ]{0,40}",
        r"(\r\nER  - \r\n|\nTY  - JOUR|\}\n@article\{x,|\u{202E}|\\end\{document\}|[A-Z]{2}  - x| ){1,4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_metadata_can_break_out_of_its_field(
        title in hostile(), event in hostile(), venue in hostile(), url in hostile(), number in hostile(), heading in hostile(),
        date in prop::option::of(prop::sample::select(vec!["2005", "2004-05", "2003-12/2004-05", "2005-04-14", "2005-04-14/2005-04-15"])),
        pages in prop::option::of(0_u32..500),
    ) {
        use rcp_corpus::model::{Document, Event, Fact, Passage, PassageKind, Source};
        let source = Source {
            file: "a.pdf".to_owned(), url: Some(format!("https://example.org/{url}")), sha256: String::new(),
            media_type: "application/pdf".to_owned(), pages, extractor: "pdf".to_owned(),
        };
        let event = Event { series: "s".to_owned(), ordinal: None, edition: None, name: event };
        let date: Option<DateRange> = date.map(|date| date.parse().unwrap());
        let document = Document {
            title: Some(Fact::curated(title)), event: Some(Fact::curated(event)), venue: Some(Fact::curated(venue)),
            date: date.map(Fact::curated), year: date.map(|date| Fact::curated(date.year())),
            languages: vec![Language::En, Language::Undetermined, Language::Fr],
            ..Document::new(DocumentId::new("a-1").unwrap(), "public", source)
        };
        let passage = Passage {
            number: Some(number), heading_path: vec![heading], page: pages, kind: PassageKind::ListItem,
            ..Passage::new(PassageId::new("s1-p1").unwrap(), 3, Language::En, "")
        };
        for site in [None, Some(SITE)] {
            let reference = Reference::new(&document, &seeds().searcher.settings().taxonomy, site, Language::Fr);
            for reference in [reference.clone().at(&passage, site, Language::Es), reference] {
                check_ris(&reference.ris(), &reference);
                check_bibtex(&reference.bibtex(), &reference);
            }
        }
    }
}

//! References resolved: those that the server gives out, and those that people write.

use std::collections::BTreeMap;

use form_urlencoded as form;
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::names::name_key;
use serde_json::Value;

use crate::corpus::{Corpus, SITE, fixtures, seeds};

/// A document, and a passage of it.
type Meant = (String, Option<String>);

/// Every citation, or every so-manieth, leads to what it was given out for; one that several have, as far as words tell, leads
/// to all of them. A document of which nothing is known but its file is cited by that, which is no description.
async fn check_round_trip(corpus: &Corpus, every: usize) {
    let mut cited: BTreeMap<String, (String, Vec<Meant>)> = BTreeMap::new();
    let mut give_out = |citation: String, meant: Meant| {
        cited.entry(name_key(&citation)).or_insert((citation, Vec::new())).1.push(meant);
    };
    for ui in Language::ANALYSED {
        for document in corpus.documents() {
            if document.title.is_none() && document.event.is_none() && document.concepts("rcp").next().is_none() {
                continue;
            }
            let id = document.id.to_string();
            let view = corpus.searcher.snapshot().documents(
                &rcp_query::Scope::public(),
                std::slice::from_ref(&document.id),
                ui,
            );
            let view = view.unwrap().pop().unwrap().unwrap();
            give_out(view.citation, (id.clone(), None));
            for passage in corpus.passages(&document, ui) {
                give_out(passage.citation, (id.clone(), Some(passage.passage.id.to_string())));
            }
        }
    }
    for (reference, mut meant) in cited.into_values().step_by(every) {
        meant.sort();
        meant.dedup();
        let (status, answer) = corpus.get(&path(&reference)).await;
        let mut found = candidates(&answer);
        found.sort();
        let is_cut = meant.len() > 20;
        assert_eq!(status, if meant.len() == 1 { 200 } else { 300 }, "{reference}: {meant:?}: {answer}");
        assert!(found == meant || (is_cut && found.iter().all(|one| meant.contains(one))), "{reference}: {found:?}");
    }
}

fn path(reference: &str) -> String {
    format!("/v1/cite?ref={}", form::byte_serialize(reference.as_bytes()).collect::<String>())
}

fn candidates(answer: &Value) -> Vec<(String, Option<String>)> {
    let candidates = answer["candidates"].as_array().map_or(&[][..], Vec::as_slice);
    let ids = candidates
        .iter()
        .map(|one| (one["document"].as_str().unwrap().to_owned(), one["passage"].as_str().map(str::to_owned)));
    ids.collect()
}

#[tokio::test]
async fn every_citation_of_the_samples_leads_back() {
    check_round_trip(seeds(), 1).await;
}

#[tokio::test]
async fn citations_of_documents_in_every_format_lead_back() {
    check_round_trip(fixtures(), 17).await;
}

/// Expects a status and candidates as `document` or `document#passage`.
async fn check(reference: &str, status: u16, expected: &[&str]) {
    let (actual, answer) = seeds().get(&path(reference)).await;
    let found = candidates(&answer).into_iter();
    let mut found: Vec<String> =
        found.map(|(id, passage)| passage.map_or(id.clone(), |passage| format!("{id}#{passage}"))).collect();
    found.sort();
    assert_eq!((actual, found), (status, expected.iter().map(|&id| id.to_owned()).collect()), "{reference}: {answer}");
}

const WORKSHOP: &str = "gcim-iom-workshop-2005-report";

#[tokio::test]
async fn addresses_and_ids_lead_to_what_they_name() {
    let passage = format!("{WORKSHOP}#p21");
    for reference in [
        format!("{SITE}/documents/{passage}"),
        format!("/documents/{passage}"),
        passage.clone(),
        format!("{WORKSHOP}, para 21"),
        format!("{WORKSHOP} § 21"),
        format!("{WORKSHOP}; párr. 21"),
        format!("{WORKSHOP} p21"),
    ] {
        check(&reference, 200, &[&passage]).await;
    }
    check(&format!("{SITE}/documents/{WORKSHOP}"), 200, &[WORKSHOP]).await;
    check(WORKSHOP, 200, &[WORKSHOP]).await;
    for nothing in ["/documents/nothing#p1", "nothing#p1"] {
        check(nothing, 404, &[]).await;
    }
    for nothing in ["#p99", ", para. 99"] {
        check(&format!("{WORKSHOP}{nothing}"), 404, &[]).await;
    }
}

#[tokio::test]
async fn what_people_write_leads_to_what_they_mean() {
    let passage = format!("{WORKSHOP}#p21");
    for reference in [
        "GCIM–IOM Workshop 2005, para. 21",
        "GCIM-IOM workshop (2005), para 21",
        "gcim iom workshop 2005 paragraph 21",
        "GCIM-IOM workshop, Geneva, April 2005, párr. 21",
        "GCIM-IOM workshop 2005, paragraphe 21",
        "Paragraph 21 of the GCIM-IOM workshop of 2005",
        "Summary report of the GCIM-IOM workshop, § 21",
    ] {
        check(reference, 200, &[&passage]).await;
    }
    for reference in [
        "4th global meeting 2013",
        "Fourth global meeting, Lima",
        "cuarta reunión global 2013",
        "IV global meeting 2013",
    ] {
        let (status, answer) = seeds().get(&path(reference)).await;
        let found = candidates(&answer);
        assert!(
            found.is_empty() || (status, found[0].0.as_str()) == (200, "global-rcp-meeting-2013-rcm-report"),
            "{answer}"
        );
    }
    check("4th global meeting 2013", 200, &["global-rcp-meeting-2013-rcm-report"]).await;
    check("Overview of the RCM, 2004", 200, &["rcm-overview-2004"]).await;
}

#[tokio::test]
async fn what_may_mean_several_means_all_of_them() {
    check(
        "global meeting of chairs and secretariats",
        300,
        &[WORKSHOP, "global-rcp-meeting-2009-background", "global-rcp-meeting-2013-rcm-report"],
    )
    .await;
    // One word is not enough to be certain of it.
    check("overview", 300, &["rcm-overview-2004"]).await;
}

#[tokio::test]
async fn nothing_is_guessed() {
    for reference in [
        "GCIM–IOM Workshop 2006, para. 21",
        "GCIM–IOM Workshop 2005, para. 99",
        "GCIM workshop on fisheries 2005",
        "5th global meeting 2013",
        "zirconium",
        "para. 21",
        "...",
    ] {
        check(reference, 404, &[]).await;
    }
    let (_, problem) = seeds().get(&path("GCIM–IOM Workshop 2005, para. 99")).await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("GCIM–IOM Workshop 2005") && detail.contains("para. 99"), "{detail}");
    assert_eq!(problem["code"], "unknown_reference");
    let (status, problem) = seeds().get("/v1/cite").await;
    assert_eq!((status, &problem["invalid_params"][0]["name"]), (400, &Value::from("ref")));
}

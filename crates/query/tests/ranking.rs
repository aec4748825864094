//! Ranking over an index of a few hundred made-up documents: the second stage, explanations, and pages that go through
//! everything.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
use rcp_corpus::model::{Document, DocumentId, Fact, Language, Passage, PassageId, Source};
use rcp_corpus::settings::{
    ExpansionSettings, ExtractionSettings, FieldBoosts, Fingerprints, IndexSettings, RankingSettings,
    SecondStageSettings, Settings,
};
use rcp_corpus::taxonomy::{Scheme, Taxonomy};
use rcp_index::generation::{Build, BuildSettings, Steps, Store};
use rcp_index::plan::Text;
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};
use rcp_query::request::{MatchMode, SearchRequest, Unit};
use rcp_query::response::{Hits, ScoreExplanation, ScorePart, SearchResponse};
use rcp_query::{Scope, Searcher};
use serde_json::json;
use tempfile::TempDir;

const WORDS: [&str; 12] = [
    "labour",
    "migration",
    "border",
    "visa",
    "return",
    "health",
    "data",
    "asylum",
    "family",
    "remittance",
    "training",
    "protection",
];

/// Documents whose words follow no pattern, and two that differ in the order of their words alone.
fn texts() -> Vec<(String, i16, Vec<String>)> {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut texts: Vec<(String, i16, Vec<String>)> = (0..240)
        .map(|number| {
            let passages = (0..1 + next(4)).map(|_| {
                let words: Vec<&str> = (0..4 + next(20)).map(|_| WORDS[next(12) as usize]).collect();
                words.join(" ")
            });
            let passages = passages.collect();
            (format!("d{number:03}"), 2000 + next(20) as i16, passages)
        })
        .collect();
    let filler = "they met again in the spring to speak of many things".to_owned();
    texts.push(("x-apart".to_owned(), 2010, vec![format!("zinc {filler} copper")]));
    texts.push(("x-close".to_owned(), 2010, vec![format!("zinc copper {filler}")]));
    texts
}

fn settings(recency: f32) -> Settings {
    let boosts = |body| FieldBoosts { body, title: 0.5, headings: 0.0, facts: 0.0 };
    let second_stage =
        SecondStageSettings { passage: 0.5, proximity: 0.5, recency, recency_half_life: 5.0, types: BTreeMap::new() };
    let ranking = RankingSettings { k1: 1.2, b: 0.75, documents: boosts(1.0), passages: boosts(1.0), second_stage };
    let extraction = ExtractionSettings {
        languages: Vec::new(),
        index_contacts: false,
        max_file_bytes: 1,
        timeout_seconds: 1,
        max_memory_bytes: 1,
    };
    let scheme = json!({"id": "rcp", "label": {"en": "Process"}, "facets": ["rcp"], "concept": [
        {"id": "rcm", "label": {"en": "Regional Conference"}},
    ]});
    let [extraction_print, annotation, analysis, query] = ["e", "n", "a", "q"].map(str::to_owned);
    Settings {
        index: IndexSettings { extraction, ranking, expansion: ExpansionSettings::default() },
        taxonomy: Taxonomy::new(vec![serde_json::from_value::<Scheme>(scheme).unwrap()]).unwrap(),
        analysis: AnalysisSettings::default(),
        fingerprints: Fingerprints { extraction: extraction_print, annotation, analysis, query },
    }
}

fn record(analyzer: &Analyzer, id: &str, year: i16, passages: &[String]) -> DocumentRecord {
    let tokens = |text: &str| Tokens::new(analyzer, text, Language::En);
    let title = format!("{} meeting", passages[0].split(' ').next().unwrap());
    let rcps = if year % 2 == 0 { vec!["rcm".to_owned()] } else { Vec::new() };
    let facets: BTreeMap<String, Vec<String>> = [("rcp".to_owned(), rcps)].into();
    let passage = |(ordinal, text): (u32, &String)| PassageRecord {
        passage: Passage::new(PassageId::new(&format!("n{ordinal}")).unwrap(), ordinal, Language::En, text),
        texts: [(Text::Body, vec![tokens(text)]), (Text::Title, vec![tokens(&title)])].into(),
        facets: facets.clone(),
    };
    let source = Source {
        file: format!("{id}.txt"),
        url: None,
        sha256: "0".repeat(64),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "plain 1".to_owned(),
    };
    DocumentRecord {
        document: Document {
            title: Some(Fact::curated(title.clone())),
            year: Some(Fact::curated(year)),
            ..Document::new(DocumentId::new(id).unwrap(), "public", source)
        },
        texts: [(Text::Body, passages.iter().map(|text| tokens(text)).collect()), (Text::Title, vec![tokens(&title)])]
            .into(),
        sort_title: None,
        passages: (0..).zip(passages).map(passage).collect(),
        facets,
    }
}

/// A folder with the published index, made once.
fn store() -> Store {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let (settings, store) = (settings(0.0), Store::new(folder.path()));
        let analyzer = Analyzer::new(&settings.analysis);
        let lock = store.lock().unwrap();
        let build = BuildSettings { fingerprints: settings.fingerprints, facets: vec!["rcp".to_owned()] };
        let mut build = Build::begin(&lock, None, build, Steps::default()).unwrap();
        for (id, year, passages) in texts() {
            build.add(&record(&analyzer, &id, year, &passages)).unwrap();
        }
        build.publish(BTreeMap::new(), Timestamp::UNIX_EPOCH).unwrap();
        drop(lock);
        folder
    });
    Store::new(folder.path())
}

fn searcher(recency: f32) -> Searcher {
    Searcher::open(store().root(), Arc::new(settings(recency))).unwrap()
}

fn request(unit: Unit, query: &str, limit: usize) -> SearchRequest {
    SearchRequest { limit, passages: 0, match_mode: MatchMode::Any, ..SearchRequest::new(unit, query) }
}

fn ids(response: &SearchResponse) -> Vec<String> {
    match &response.hits {
        Hits::Documents(hits) => hits.iter().map(|hit| hit.document.id.to_string()).collect(),
        Hits::Passages(hits) => {
            hits.iter().map(|hit| format!("{}#{}", hit.document.id, hit.passage.passage.id)).collect()
        }
    }
}

fn scores(response: &SearchResponse) -> Vec<(f32, Option<ScoreExplanation>)> {
    match &response.hits {
        Hits::Documents(hits) => hits.iter().map(|hit| (hit.score, hit.explanation.clone())).collect(),
        Hits::Passages(hits) => hits.iter().map(|hit| (hit.score, hit.explanation.clone())).collect(),
    }
}

/// All hits in pages of `limit`, by cursors.
fn paged(searcher: &Searcher, unit: Unit, query: &str, limit: usize) -> (Vec<String>, Vec<f32>) {
    let (mut found, mut found_scores) = (Vec::new(), Vec::new());
    let mut request = request(unit, query, limit);
    loop {
        let response = searcher.search(&Scope::public(), &request).unwrap();
        found.extend(ids(&response));
        found_scores.extend(scores(&response).into_iter().map(|(score, _)| score));
        assert!(found.len() as u64 <= response.total, "there is no end");
        match response.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => {
                assert_eq!(found.len() as u64, response.total);
                return (found, found_scores);
            }
        }
    }
}

#[test]
fn pages_of_any_size_go_through_everything_in_one_order() {
    let searcher = searcher(0.3);
    for (unit, query) in [(Unit::Documents, "labour migration visa"), (Unit::Passages, "border health")] {
        let (expected, scores) = paged(&searcher, unit, query, 100);
        assert!(expected.len() > 150, "{}", expected.len());
        assert_eq!(expected.iter().collect::<BTreeSet<_>>().len(), expected.len(), "each comes once");
        assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
        for limit in [7, 33, 50] {
            assert_eq!(paged(&searcher, unit, query, limit).0, expected, "pages of {limit}");
        }
        for offset in [0, 5, 93, 99, 100, 101, 140] {
            let request = SearchRequest { offset, ..request(unit, query, 10) };
            let page = ids(&searcher.search(&Scope::public(), &request).unwrap());
            assert_eq!(page, expected[offset..(offset + 10).min(expected.len())], "from {offset} on");
        }
    }
}

#[test]
fn the_parts_of_an_explanation_add_up_to_the_score() {
    let searcher = searcher(0.3);
    let queries = [
        "labour",
        "labour labour migration",
        "labour migration -visa",
        "labour OR (migration AND border) OR (rcp:rcm data)",
        "(labour OR rcp:rcm) (migration OR -visa)",
        "\"labour migration\" border",
        "migr* helth~1",
        "title:labour migration",
        "rcp:rcm",
    ];
    for unit in [Unit::Documents, Unit::Passages] {
        for query in queries {
            let request = SearchRequest { explain: true, offset: 80, ..request(unit, query, 40) };
            let response = searcher.search(&Scope::public(), &request).unwrap();
            assert!(query == "rcp:rcm" || response.total > 0);
            for (score, explanation) in scores(&response) {
                let sum: f32 = explanation.unwrap().parts.iter().map(ScorePart::score).sum();
                assert!((score - sum).abs() <= score * 1e-5, "{query}: {score} is not {sum}");
            }
        }
    }
}

#[test]
fn only_who_asks_gets_an_explanation() {
    let response = searcher(0.0).search(&Scope::public(), &request(Unit::Documents, "labour", 1)).unwrap();
    assert!(matches!(scores(&response)[..], [(_, None)]));
}

#[test]
fn words_that_stand_together_come_first() {
    for unit in [Unit::Documents, Unit::Passages] {
        for query in ["zinc copper", "copper zinc"] {
            let found = ids(&searcher(0.0).search(&Scope::public(), &request(unit, query, 2)).unwrap());
            assert!(found[0].starts_with("x-close") && found[1].starts_with("x-apart"), "{query}: {found:?}");
        }
    }
}

/// Half as much for every five years that a hit is older than the newest.
#[test]
fn recency_is_a_part_of_the_first_score_that_halves_with_age() {
    let request = SearchRequest { explain: true, ..request(Unit::Documents, "labour", 100) };
    let response = searcher(0.5).search(&Scope::public(), &request).unwrap();
    let years: BTreeMap<String, i16> = texts().into_iter().map(|(id, year, _)| (id, year)).collect();
    let found: Vec<(i16, ScoreExplanation)> = ids(&response)
        .into_iter()
        .zip(scores(&response))
        .map(|(id, (_, explanation))| (years[&id], explanation.unwrap()))
        .collect();
    let newest = found.iter().map(|(year, _)| *year).max().unwrap();
    for (year, ScoreExplanation { parts }) in found {
        let sum = |wanted: fn(&ScorePart) -> bool| {
            parts.iter().filter(|part| wanted(part)).map(ScorePart::score).sum::<f32>()
        };
        let first = sum(|part| matches!(part, ScorePart::Word(_)));
        let expected = first * 0.5 * 0.5_f32.powf(f32::from(newest - year) / 5.0);
        let recency = sum(|part| matches!(part, ScorePart::Recency { .. }));
        assert!((recency - expected).abs() < expected * 1e-4, "{year}: {recency} is not {expected}");
    }
}

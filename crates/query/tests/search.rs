//! Whole searches over a small made-up index: text to hits, evidence, marks, facets and cursors.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rcp_corpus::analysis::{AnalysisSettings, Analyzer, fold};
use rcp_corpus::model::{Document, DocumentId, Fact, Language, Passage, PassageId, Source};
use rcp_corpus::settings::{
    ExpansionSettings, ExtractionSettings, FieldBoosts, Fingerprints, IndexSettings, RankingSettings,
    SecondStageSettings, Settings,
};
use rcp_corpus::taxonomy::{Scheme, Taxonomy};
use rcp_index::generation::{Build, BuildSettings, Steps, Store};
use rcp_index::plan::Text;
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};
use rcp_query::request::{MatchMode, SearchRequest, Sort, Unit};
use rcp_query::response::{EvidencePassage, FacetValue, Hits, SearchResponse};
use rcp_query::{Scope, SearchError, Searcher};
use serde_json::json;
use tempfile::TempDir;

#[path = "search/exports.rs"]
mod exports;
#[path = "search/forms.rs"]
mod forms;
#[path = "search/hostile.rs"]
mod hostile;
#[path = "search/orders.rs"]
mod orders;
#[path = "search/paging.rs"]
mod paging;
#[path = "search/similar.rs"]
mod similar;
#[path = "search/tables.rs"]
mod tables;
#[path = "search/words.rs"]
mod words;

/// Id, language, year, processes, title, passages.
type Sample<'t> = (&'t str, Language, i16, &'t [&'t str], &'t str, &'t [&'t str]);

const DOCUMENTS: [Sample<'static>; 6] = [
    (
        "coast",
        Language::En,
        2005,
        &["rcm"],
        "Health at the coast",
        &[
            "The private sector and the cross-fertilization of ideas.",
            "Sovereignty of the coast. WHO takes part.",
            "A sector that is private.",
        ],
    ),
    (
        "dialogue",
        Language::En,
        2009,
        &["sacm"],
        "The 5+5 Dialogue",
        &["Ministers of the 5+5 met.", "Labour and visas."],
    ),
    ("labour", Language::En, 2013, &["rcm", "sacm"], "Labour", &["Labour migration, visas and borders.", "Visas."]),
    (
        "migracion",
        Language::Es,
        2011,
        &[],
        "Declaración",
        &["La migración en la región.", "Las migraciones laborales."],
    ),
    ("refugies", Language::Fr, 2013, &[], "Réunion", &["Un réfugié arrive.", "Les réfugiés et l’État."]),
    ("zeta", Language::En, 2020, &[], "Zeta", &["Crossfertilization of borders.", "Borders of borders."]),
];

fn settings() -> Settings {
    let stop = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let stop_words = [
        (Language::En, stop(&["the", "of", "and", "who", "a", "at", "that", "is"])),
        (Language::Es, stop(&["la", "en", "las"])),
        (Language::Fr, stop(&["un", "les", "et", "l"])),
    ];
    let schemes = [json!({"id": "rcp", "label": {"en": "Process"}, "facets": ["rcp"], "concept": [
        {"id": "rcm", "label": {"en": "Regional Conference"}}, {"id": "sacm", "label": {"en": "South American Conference"}},
    ]})];
    let schemes = schemes.into_iter().map(|scheme| serde_json::from_value::<Scheme>(scheme).unwrap()).collect();
    let boosts = |facts| FieldBoosts { body: 1.0, title: 0.5, headings: 0.5, facts };
    let second_stage = SecondStageSettings {
        passage: 0.5,
        proximity: 0.5,
        recency: 0.1,
        recency_half_life: 5.0,
        types: BTreeMap::new(),
    };
    let ranking = RankingSettings { k1: 1.2, b: 0.75, documents: boosts(0.5), passages: boosts(0.0), second_stage };
    let extraction = ExtractionSettings {
        languages: Vec::new(),
        index_contacts: false,
        max_file_bytes: 1,
        timeout_seconds: 1,
        max_memory_bytes: 1,
    };
    let [extraction_print, annotation, analysis, query] = ["e", "n", "a", "q"].map(str::to_owned);
    Settings {
        index: IndexSettings { extraction, ranking, expansion: ExpansionSettings::default() },
        taxonomy: Taxonomy::new(schemes).unwrap(),
        analysis: AnalysisSettings { stop_words: stop_words.into(), ..AnalysisSettings::default() },
        fingerprints: Fingerprints { extraction: extraction_print, annotation, analysis, query },
    }
}

fn record(settings: &Settings, (id, language, year, rcps, title, passages): Sample<'_>) -> DocumentRecord {
    let analyzer = Analyzer::new(&settings.analysis);
    let tokens = |text: &str| Tokens::new(&analyzer, text, language);
    let facets: BTreeMap<String, Vec<String>> = [
        ("rcp".to_owned(), rcps.iter().map(|&rcp| rcp.to_owned()).collect()),
        ("year".to_owned(), vec![year.to_string()]),
        ("lang".to_owned(), vec![language.code().to_owned()]),
    ]
    .into();
    let passage = |(ordinal, &text): (u32, &&str)| PassageRecord {
        passage: Passage::new(PassageId::new(&format!("n{ordinal}")).unwrap(), ordinal, language, text),
        texts: [(Text::Body, vec![tokens(text)]), (Text::Title, vec![tokens(title)])].into(),
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
            title: Some(Fact::curated(title.to_owned())),
            year: Some(Fact::curated(year)),
            languages: vec![language],
            ..Document::new(DocumentId::new(id).unwrap(), "public", source)
        },
        texts: [(Text::Body, passages.iter().map(|text| tokens(text)).collect()), (Text::Title, vec![tokens(title)])]
            .into(),
        sort_title: Some(fold(title)),
        passages: (0..).zip(passages).map(passage).collect(),
        facets,
    }
}

struct Index {
    searcher: Searcher,
    store: Store,
    _folder: TempDir,
}

fn publish(store: &Store, settings: &Settings, documents: &[Sample<'_>]) {
    publish_records(store, settings, documents.iter().map(|document| record(settings, *document)));
}

fn publish_records(store: &Store, settings: &Settings, records: impl IntoIterator<Item = DocumentRecord>) {
    let lock = store.lock().unwrap();
    let previous = store.current_manifest().unwrap();
    let facets = settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
    let build_settings = BuildSettings { fingerprints: settings.fingerprints.clone(), facets };
    let mut build = Build::begin(&lock, previous.as_ref(), build_settings, Steps::default()).unwrap();
    let mut records: Vec<DocumentRecord> = records.into_iter().collect();
    records.sort_by_key(|record| (record.document.collection.clone(), record.document.id.clone()));
    for record in records {
        build.add(&record).unwrap();
    }
    build.publish(BTreeMap::new(), Timestamp::UNIX_EPOCH).unwrap();
}

fn index() -> Index {
    index_of(settings(), &DOCUMENTS)
}

fn index_of(settings: Settings, documents: &[Sample<'_>]) -> Index {
    let records: Vec<DocumentRecord> = documents.iter().map(|document| record(&settings, *document)).collect();
    index_of_records(settings, records)
}

fn index_of_records(settings: Settings, records: impl IntoIterator<Item = DocumentRecord>) -> Index {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
    let store = Store::new(folder.path().join("index"));
    publish_records(&store, &settings, records);
    let searcher = Searcher::open(store.root(), Arc::new(settings)).unwrap();
    Index { searcher, store, _folder: folder }
}

fn documents(query: &str) -> SearchRequest {
    SearchRequest::new(Unit::Documents, query)
}

fn search(request: &SearchRequest) -> SearchResponse {
    index().searcher.search(&Scope::public(), request).unwrap()
}

fn ids(response: &SearchResponse) -> Vec<String> {
    match &response.hits {
        Hits::Documents(hits) => hits.iter().map(|hit| hit.document.id.to_string()).collect(),
        Hits::Passages(hits) => {
            hits.iter().map(|hit| format!("{}#{}", hit.document.id, hit.passage.passage.id)).collect()
        }
    }
}

fn sorted(mut ids: Vec<String>) -> String {
    ids.sort();
    ids.join(" ")
}

/// Compares the documents found, in the order of their ids.
#[track_caller]
fn check(query: &str, expected: &str) {
    assert_eq!(sorted(ids(&search(&documents(query)))), expected, "{query}");
}

/// The passages of a hit, what matches in brackets.
fn evidence(response: &SearchResponse, id: &str) -> Vec<String> {
    let marked = |passage: &EvidencePassage| {
        let segments = passage.segments.iter();
        segments.map(|s| if s.matched { format!("[{}]", s.text) } else { s.text.clone() }).collect::<String>()
    };
    let Hits::Documents(hits) = &response.hits else { return Vec::new() };
    let hit = hits.iter().filter(|hit| hit.document.id.as_str() == id);
    hit.flat_map(|hit| hit.passages.iter().map(marked)).collect()
}

#[test]
fn words_are_found_however_they_are_typed() {
    for query in ["migracion", "migración", "migraciones", "MIGRACIONES", "migracio\u{301}n"] {
        check(query, "migracion");
    }
    for query in ["réfugié", "refugie", "réfugiés", "refugies", "RÉFUGIÉS", "l'etat"] {
        check(query, "refugies");
    }
    for query in ["cross-fertilization", "cross fertilization", "crossfertilization", "Cross‑Fertilization"] {
        check(query, "coast zeta");
    }
    check("5+5", "dialogue");
    check("WHO", "coast");
    check("the who", "coast");
    check("visa", "dialogue labour");
}

#[test]
fn every_form_of_a_word_has_the_same_answer() {
    let scores = |query: &str| {
        let Hits::Documents(hits) = search(&documents(query)).hits else { return Vec::new() };
        hits.into_iter().map(|hit| (hit.document.id, hit.score.to_bits(), hit.passages)).collect()
    };
    for forms in [["migracion", "migración", "migraciones"], ["refugie", "réfugié", "réfugiés"]] {
        let answers = forms.map(scores);
        assert!(!answers[0].is_empty() && answers[0] == answers[1] && answers[1] == answers[2], "{answers:#?}");
    }
}

#[test]
fn the_query_language_reaches_the_index() {
    check("\"private sector\"", "coast");
    check("\"private sector\" OR visas", "coast dialogue labour");
    check("visas -\"labour migration\"", "dialogue");
    check("-visas", "coast migracion refugies zeta");
    check("title:labour", "labour");
    check("rcp:rcm", "coast labour");
    check("rcp:rcm AND rcp:sacm", "labour");
    check("rcp:none", "migracion refugies zeta");
    check("year:2009..2011", "dialogue migracion");
    check("lang:français OR lang:es", "migracion refugies");
    check("bord*", "labour zeta");
    check("sovereignity~", "coast");
    check("", "coast dialogue labour migracion refugies zeta");
}

#[test]
fn fewer_words_are_asked_for_when_nothing_has_them_all() {
    let response = search(&documents("sovereignty visas"));
    assert_eq!(sorted(ids(&response)), "coast dialogue labour");
    let relaxed = response.interpretation.relaxed.unwrap();
    assert_eq!((relaxed.words, relaxed.required, response.total_all_words), (2, 1, 0));
    assert_eq!(search(&documents("labour visas")).interpretation.relaxed, None);
    let strict = SearchRequest { match_mode: MatchMode::All, ..documents("sovereignty visas") };
    assert_eq!(search(&strict).total, 0);
    let any = SearchRequest { match_mode: MatchMode::Any, ..documents("sovereignty visas") };
    assert_eq!((search(&any).total, search(&any).interpretation.relaxed), (3, None));
}

/// Where fewer words help nothing either, the counts are those of the query as it was asked.
#[test]
fn an_answer_without_hits_is_that_of_the_query_as_asked() {
    let mut request = documents("sovereignty visas");
    request.filters.entry("year".to_owned()).or_default().include.push("1999".to_owned());
    request.facets = vec!["year".to_owned()];
    let response = search(&request);
    assert_eq!((response.total, response.interpretation.relaxed), (0, None));
    let counts: Vec<(&str, u64)> =
        response.facets[0].values.iter().map(|value| (value.value.as_str(), value.count)).collect();
    assert_eq!(counts, [("1999", 0)]);
}

#[test]
fn evidence_shows_the_best_passages_with_their_matches() {
    let response = search(&documents("private sector"));
    assert_eq!(
        evidence(&response, "coast"),
        ["A [sector] that is [private].", "The [private] [sector] and the cross-fertilization of ideas."]
    );
    let quoted = search(&documents("\"private sector\""));
    assert_eq!(evidence(&quoted, "coast"), ["The [private sector] and the cross-fertilization of ideas."]);
    let by_title = search(&documents("health"));
    assert_eq!(evidence(&by_title, "coast"), ["The private sector and the cross-fertilization of ideas."]);
    let spanish = search(&documents("migracion"));
    assert_eq!(evidence(&spanish, "migracion").len(), 2);
    assert!(evidence(&spanish, "migracion").contains(&"Las [migraciones] laborales.".to_owned()));
}

#[test]
fn passages_are_hits_by_their_own_text() {
    let found = |query: &str| sorted(ids(&search(&SearchRequest::new(Unit::Passages, query))));
    assert_eq!(found("health"), "");
    assert_eq!(found("coast"), "coast#n1");
    assert_eq!(found("visas"), "dialogue#n1 labour#n0 labour#n1");
    // The title of `labour` has the word too: its second passage is not refused for that.
    assert_eq!(found("visas -labour"), "labour#n1");
    assert_eq!(found("health sovereignty"), "coast#n1");
}

fn counts(values: &[FacetValue]) -> String {
    let count = |value: &FacetValue| {
        let selected = if value.selected { "!" } else { "" };
        format!("{}{selected} {}/{}", value.value, value.count, value.count_if_added)
    };
    values.iter().map(count).collect::<Vec<_>>().join(", ")
}

#[test]
fn facets_count_around_their_own_selection() {
    let mut request = documents("");
    request.filters.entry("rcp".to_owned()).or_default().include.push("rcm".to_owned());
    request.facets = vec!["year".to_owned(), "rcp".to_owned()];
    let response = search(&request);
    let names: Vec<&str> = response.facets.iter().map(|facet| facet.name.as_str()).collect();
    assert_eq!(names, ["year", "rcp"]);
    assert_eq!(counts(&response.facets[0].values), "2013 1/1, 2005 1/1");
    assert_eq!(counts(&response.facets[1].values), "rcm! 2/2, sacm 2/3");
    assert_eq!(response.facets[1].missing, 3);
}

#[test]
fn filters_narrow_the_answer() {
    let mut request = documents("");
    let rcp = request.filters.entry("rcp".to_owned()).or_default();
    rcp.include = vec!["none".to_owned(), "sacm".to_owned()];
    rcp.exclude = vec!["rcm".to_owned()];
    (request.year_from, request.year_to) = (Some(2009), Some(2013));
    assert_eq!(sorted(ids(&search(&request))), "dialogue migracion refugies");
    request.filters.clear();
    request.filters.entry("rcp".to_owned()).or_default().exclude = vec!["none".to_owned()];
    assert_eq!(sorted(ids(&search(&request))), "dialogue labour");
}

#[test]
fn cursors_lead_through_everything_once() {
    let Index { searcher, .. } = &index();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in [Sort::Relevance, Sort::Title, Sort::DateDescending, Sort::Corpus] {
            let match_mode = MatchMode::Any;
            let whole =
                SearchRequest { sort, match_mode, limit: 100, ..SearchRequest::new(unit, "sovereignty visas borders") };
            let expected = ids(&searcher.search(&Scope::public(), &whole).unwrap());
            assert!(expected.len() > 2);
            let (mut request, mut found) = (SearchRequest { limit: 2, ..whole }, Vec::new());
            loop {
                let response = searcher.search(&Scope::public(), &request).unwrap();
                assert_eq!(response.total, expected.len() as u64);
                found.extend(ids(&response));
                request.cursor = response.next_cursor;
                if request.cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "{sort:?} {unit:?}");
        }
    }
}

/// The words that the first page did without are not asked for again on the next one.
#[test]
fn a_relaxed_answer_goes_on_relaxed() {
    let Index { searcher, .. } = &index();
    let mut request = SearchRequest { limit: 2, ..documents("sovereignty visas") };
    let first = searcher.search(&Scope::public(), &request).unwrap();
    request.cursor = first.next_cursor.clone();
    let second = searcher.search(&Scope::public(), &request).unwrap();
    assert_eq!((second.total, ids(&second).len()), (3, 1));
    assert_eq!(second.interpretation, first.interpretation);
}

#[test]
fn a_cursor_belongs_to_its_request_and_version() {
    let Index { searcher, store, .. } = &index();
    let first = searcher.search(&Scope::public(), &SearchRequest { limit: 1, ..documents("visas") }).unwrap();
    let cursor = first.next_cursor;
    let answer = |request: SearchRequest| {
        searcher.search(&Scope::public(), &SearchRequest { cursor: cursor.clone(), ..request })
    };
    assert!(answer(SearchRequest { limit: 5, ..documents("visas") }).is_ok());
    for other in [
        documents("labour"),
        SearchRequest::new(Unit::Passages, "visas"),
        SearchRequest { sort: Sort::Title, ..documents("visas") },
        SearchRequest { year_from: Some(2000), ..documents("visas") },
        SearchRequest { match_mode: MatchMode::All, ..documents("visas") },
        SearchRequest { documents: vec![DocumentId::new("labour").unwrap()], ..documents("visas") },
    ] {
        assert!(matches!(answer(other), Err(SearchError::InvalidCursor)));
    }
    let invented = SearchRequest { cursor: Some("bm9uc2Vuc2U".to_owned()), ..documents("visas") };
    assert!(matches!(searcher.search(&Scope::public(), &invented), Err(SearchError::InvalidCursor)));
    // A newer generation that withdraws documents closes the older one at once.
    publish(store, searcher.settings(), &DOCUMENTS[..DOCUMENTS.len() - 1]);
    assert!(searcher.refresh().unwrap());
    assert!(matches!(answer(documents("visas")), Err(SearchError::CursorExpired)));
}

#[test]
fn what_does_not_exist_is_named_with_what_does() {
    let Index { searcher, .. } = &index();
    let message = |request: &SearchRequest| searcher.search(&Scope::public(), request).unwrap_err().to_string();
    let colour = SearchRequest { facets: vec!["colour".to_owned()], ..documents("") };
    assert!(message(&colour).starts_with("there is no facet \"colour\""));
    let mut value = documents("");
    value.filters.entry("rcp".to_owned()).or_default().include.push("rcn".to_owned());
    assert_eq!(message(&value), "\"rcn\" is not a value of rcp; the nearest are rcm");
    let response = searcher.search(&Scope::public(), &documents("rcp:rcn visas")).unwrap();
    assert_eq!(response.interpretation.warnings[0].code, "unknown_value");
}

#[test]
fn equal_requests_have_equal_answers() {
    let request = SearchRequest { facets: vec!["rcp".to_owned(), "year".to_owned()], ..documents("visas borders") };
    assert_eq!(search(&request), search(&request));
}

//! Each shape of query, facets, and evidence.

use divan::Bencher;
use rcp_benchmarks::queries::DEFAULT_FACETS;
use rcp_query::Scope;
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::{Hits, SearchResponse};

use crate::sample::Sample;

/// A query with the documents that it finds.
struct Asked {
    name: &'static str,
    text: &'static str,
    total: u64,
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const ASKED: [Asked; 10] = [
    Asked { name: "1 word", text: "trafficking", total: 8 },
    Asked { name: "2 words", text: "migration cooperation", total: 12 },
    Asked { name: "4 words", text: "labour migration policies regional", total: 12 },
    Asked { name: "8 words", text: "trata de personas protección victims border asylum health", total: 12 },
    Asked {
        name: "20 words",
        text: "migrants states international regional cooperation development protection rights process labour national \
               government policy information members human border participants meeting refugees",
        total: 12,
    },
    Asked { name: "phrase", text: "\"human rights\"", total: 3 },
    Asked { name: "phrase with slop", text: "\"human trafficking\"~3", total: 5 },
    Asked { name: "prefix", text: "migr*", total: 12 },
    Asked { name: "fuzzy", text: "migraton~1", total: 10 },
    Asked { name: "all", text: "", total: 12 },
];

fn search(request: &SearchRequest) -> SearchResponse {
    Sample::get().searcher.search(&Scope::public(), request).expect("it answers")
}

#[divan::bench(args = ASKED)]
fn shape(bencher: Bencher<'_, '_>, asked: &Asked) {
    let mut request = SearchRequest::new(Unit::Documents, asked.text);
    request.passages = 0;
    bencher.bench(|| assert_eq!(search(&request).total, asked.total));
}

#[divan::bench]
fn filter(bencher: Bencher<'_, '_>) {
    let mut request = SearchRequest::new(Unit::Documents, "");
    request.filters.entry("lang".to_owned()).or_default().include.push("es".to_owned());
    request.passages = 0;
    bencher.bench(|| assert_eq!(search(&request).total, 4));
}

#[divan::bench]
fn facets(bencher: Bencher<'_, '_>) {
    let mut request = SearchRequest::new(Unit::Documents, "migration cooperation");
    request.facets = DEFAULT_FACETS.map(str::to_owned).into();
    request.passages = 0;
    bencher.bench(|| {
        let answer = search(&request);
        let counts = answer.facets.iter().map(|facet| facet.values.iter().map(|value| value.count).sum::<u64>());
        assert_eq!(counts.collect::<Vec<_>>(), [18, 30, 24, 12, 12, 12, 25]);
    });
}

#[divan::bench]
fn evidence(bencher: Bencher<'_, '_>) {
    let request = SearchRequest::new(Unit::Documents, "migration cooperation");
    bencher.bench(|| {
        let Hits::Documents(hits) = search(&request).hits else { panic!("documents were asked for") };
        let shown = hits.iter().map(|hit| hit.passages.len()).sum::<usize>();
        let matching = hits.iter().map(|hit| hit.passages_total).sum::<u64>();
        assert_eq!((hits.len(), shown, matching), (10, 30, 271));
    });
}

#[divan::bench]
fn passages(bencher: Bencher<'_, '_>) {
    let request = SearchRequest::new(Unit::Passages, "migration cooperation");
    bencher.bench(|| assert_eq!(search(&request).total, 173));
}

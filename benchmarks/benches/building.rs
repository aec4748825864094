//! From text to an index that answers.

use divan::Bencher;
use divan::counter::BytesCount;
use rcp_corpus::analysis::Analyzer;
use rcp_index::generation::Steps;
use rcp_query::{Scope, Searcher};

use crate::sample::Sample;

/// Tokens of the sample's passages.
const TOKENS: usize = 31_605;

#[divan::bench]
fn analysis(bencher: Bencher<'_, '_>) {
    let sample = Sample::get();
    let analyzer = Analyzer::new(&sample.settings.analysis);
    let passages = || sample.made.records.iter().flat_map(|record| &record.passages).map(|passage| &passage.passage);
    let bytes: usize = passages().map(|passage| passage.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let tokens: usize = passages().map(|passage| analyzer.analyze(&passage.text, passage.language).len()).sum();
        assert_eq!(tokens, TOKENS);
    });
}

#[divan::bench(sample_count = 20)]
fn building(bencher: Bencher<'_, '_>) {
    let sample = Sample::get();
    let folder = || tempfile::tempdir().expect("a folder");
    bencher.counter(BytesCount::new(sample.made.bytes)).with_inputs(folder).bench_refs(|folder| {
        let manifest = sample.made.build(folder.path(), &sample.settings, Steps::default()).expect("it is built");
        assert_eq!(manifest.collections["public"].statistics.passages, sample.made.passages);
    });
}

#[divan::bench]
fn start_up() {
    let sample = Sample::get();
    let searcher = Searcher::open(&sample.index(), sample.settings.clone()).expect("it opens");
    let coverage = searcher.snapshot().coverage(&Scope::public());
    assert_eq!(coverage.searchable, sample.made.records.len() as u64);
}

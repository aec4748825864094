//! The dearest requests that can be written: time, memory, and whether the budget ended them.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rcp_corpus::model::{DocumentId, Language};
use rcp_corpus::settings::Settings;
use rcp_index::backend::IndexBackend;
use rcp_index::generation::{OpenGeneration, Reader, Store};
use rcp_index::scope::PUBLIC;
use rcp_query::compare::CompareRequest;
use rcp_query::request::{MatchMode, SearchRequest, Sort, Unit};
use rcp_query::suggest::SuggestRequest;
use rcp_query::{Scope, Searcher, Snapshot};
use serde_json::json;

use super::say;
use super::worst::{anonymous_memory, peak_of};
use crate::queries::DEFAULT_FACETS;
use crate::report::Section;

/// Words of a query at most.
const WORDS: usize = 64;

/// Most bytes of a query text in a body.
const BYTES: usize = 16_000;

/// Runs of each; the longest counts.
const RUNS: usize = 3;

/// Measures each text as a search for documents and for passages and as a table, with everything that a request may
/// ask for; then similar documents and suggestions.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn requests(index: &Path, settings: &Arc<Settings>) -> anyhow::Result<Vec<Section>> {
    let generation = Reader::open(Store::new(index))?.current();
    let texts = texts(&generation, settings)?;
    let ids: Vec<DocumentId> = generation
        .manifest()
        .collections
        .get(PUBLIC)
        .context("the index is empty")?
        .documents
        .keys()
        .cloned()
        .collect();
    drop(generation);
    let searcher = Searcher::open(index, Arc::clone(settings))?;
    let snapshot = searcher.snapshot();
    let before = anonymous_memory();
    let mut section = Section::new(
        "The dearest requests",
        &["query", "documents: max ms", "partial", "passages: max ms", "partial", "table: max ms", "partial", "MB"],
    );
    for (name, text) in &texts {
        say(&format!("requests: {name}"));
        let mut row = vec![json!(name)];
        let peak = peak_of(|| {
            for unit in [Unit::Documents, Unit::Passages] {
                let (first, mut deep) = (dear(unit, text), dear(unit, text));
                deep.offset = usize::from(SearchRequest::MAX_OFFSET);
                let partial = |request: &SearchRequest| -> anyhow::Result<bool> {
                    Ok(searcher.search(&Scope::public(), request)?.partial)
                };
                row.extend(longest(|| Ok(partial(&first)? | partial(&deep)?))?);
            }
            let request = CompareRequest::new(dear(Unit::Passages, text), "theme", "country");
            row.extend(longest(|| Ok(snapshot.compare(&Scope::public(), &request)?.partial))?);
            Ok(())
        })?;
        row.push(json!(peak.saturating_sub(before) as f64 / 1e6));
        section.row(row);
    }
    section.note(
        "The first hundred hits and a hundred from the thousandth on, one after the other, ten passages each, explained, seven facets of a thousand values; tables of \
         themes and countries. The texts are made of the most frequent beginnings and words of the index. One thread, warm.",
    );
    let mut sections = vec![section];
    sections.push(others(&snapshot, &ids, &texts)?);
    Ok(sections)
}

/// Similar documents, and suggestions.
fn others(snapshot: &Snapshot, ids: &[DocumentId], texts: &[(&'static str, String)]) -> anyhow::Result<Section> {
    say("requests: similar documents, suggestions");
    let mut section = Section::new("The dearest of the others", &["request", "max ms", "partial", "requests"]);
    let (mut similar, mut is_partial) = (Duration::ZERO, false);
    let some: Vec<&DocumentId> = ids.iter().step_by((ids.len() / 100).max(1)).collect();
    for id in &some {
        let start = Instant::now();
        let answer = snapshot.similar(&Scope::public(), id, &dear(Unit::Documents, ""))?;
        similar = similar.max(start.elapsed());
        is_partial |= answer.is_some_and(|answer| answer.partial);
    }
    section.row(vec![
        json!("similar documents"),
        json!(similar.as_secs_f64() * 1e3),
        json!(is_partial),
        json!(some.len()),
    ]);
    let mut suggesting = Duration::ZERO;
    for (_, text) in texts {
        let request = SuggestRequest { text: text.clone(), limit: 20, ui: Language::Fr };
        let start = Instant::now();
        snapshot.suggest(&Scope::public(), &request)?;
        suggesting = suggesting.max(start.elapsed());
    }
    section.row(vec![json!("suggestions"), json!(suggesting.as_secs_f64() * 1e3), json!(false), json!(texts.len())]);
    Ok(section)
}

/// A request that asks for everything there is.
fn dear(unit: Unit, text: &str) -> SearchRequest {
    let mut request = SearchRequest::new(unit, text);
    request.match_mode = MatchMode::Most;
    request.sort = Sort::Relevance;
    request.limit = usize::from(SearchRequest::MAX_LIMIT);
    request.passages = usize::from(SearchRequest::MAX_PASSAGES);
    request.facets = DEFAULT_FACETS.map(str::to_owned).into();
    request.facet_limit = usize::from(SearchRequest::MAX_FACET_LIMIT);
    request.explain = true;
    request
}

/// The longest of some runs in milliseconds, and whether the budget ended it.
fn longest(run: impl Fn() -> anyhow::Result<bool>) -> anyhow::Result<[serde_json::Value; 2]> {
    let (mut longest, mut is_partial) = (Duration::ZERO, false);
    for _ in 0..RUNS {
        let start = Instant::now();
        is_partial |= run()?;
        longest = longest.max(start.elapsed());
    }
    Ok([json!(longest.as_secs_f64() * 1e3), json!(is_partial)])
}

/// Query texts that cost as much as texts can, by what they are made of.
fn texts(generation: &OpenGeneration, settings: &Settings) -> anyhow::Result<Vec<(&'static str, String)>> {
    let vocabulary = generation.vocabularies(&Scope::public()).pop().context("the index has no vocabulary")?;
    let mut ranked: Vec<(u32, String)> =
        vocabulary.starting_with("").into_iter().map(|(word, entry)| (entry.documents, word)).collect();
    ranked.sort_by(|left, right| right.cmp(left));
    let letters = |word: &&String| word.chars().all(char::is_alphabetic);
    let words: Vec<&String> = ranked.iter().map(|(_, word)| word).filter(letters).collect();
    let long: Vec<&String> = words.iter().filter(|word| word.chars().count() >= 8).take(WORDS).copied().collect();
    let mut beginnings: Vec<String> = Vec::new();
    for word in &words {
        let beginning: String = word.chars().take(2).collect();
        if beginning.chars().count() == 2 && !beginnings.contains(&beginning) {
            beginnings.push(beginning);
        }
        if beginnings.len() == WORDS {
            break;
        }
    }
    let prefixes: Vec<String> = beginnings.iter().map(|beginning| format!("{beginning}*")).collect();
    let first = |count: usize| words.iter().take(count).map(|word| word.as_str());
    let phrases = |slop: &str| {
        let pairs: Vec<&str> = first(WORDS).collect();
        pairs.chunks(2).map(|pair| format!("{:?}{slop}", pair.join(" "))).collect::<Vec<_>>().join(" ")
    };
    let mistyped = |word: &&String| format!("{word}zz");
    let names = settings.taxonomy.schemes().iter().flat_map(|scheme| &scheme.concepts);
    let names: Vec<&str> = names.flat_map(|concept| concept.label.iter().map(|(_, label)| label)).collect();
    let mut all_names = names.join(" ");
    while all_names.len() > BYTES {
        all_names.pop();
    }
    Ok(vec![
        ("64 frequent words", first(WORDS).collect::<Vec<_>>().join(" ")),
        ("64 times the most frequent word", vec![words[0].as_str(); WORDS].join(" ")),
        ("64 prefixes of two letters", prefixes.join(" ")),
        ("64 such prefixes with AND", prefixes.join(" AND ")),
        ("64 such prefixes with OR, nested", format!("{}{}{}", "(".repeat(18), prefixes.join(" OR "), ")".repeat(18))),
        ("one word without 63 such prefixes", format!("{} -{}", words[0], prefixes[1..].join(" -"))),
        ("64 such prefixes in titles", format!("title:{}", prefixes.join(" title:"))),
        ("64 long words within distance 2", long.iter().map(|word| format!("{word}~2")).collect::<Vec<_>>().join(" ")),
        ("64 long misspelt words", long.iter().map(mistyped).collect::<Vec<_>>().join(" ")),
        ("a phrase of 64 words, slop 50", format!("{:?}~50", first(WORDS).collect::<Vec<_>>().join(" "))),
        ("32 phrases of two words, slop 50", phrases("~50")),
        ("names of concepts, as many as fit", all_names),
        ("nothing", String::new()),
    ])
}

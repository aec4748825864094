//! Title, date, venue and event of small made-up documents, with the project's own settings.
//!
//! `facts/seen*.toml` are what the rules were tuned with: all of it must hold. `facts/unseen*.toml` were written after
//! that and are a measure: a floor holds them. A case that changes the rules moves to the seen ones.

use std::fs;
use std::path::PathBuf;

use rcp_corpus::model::{DocumentId, Event, Source};
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;
use rcp_indexer::annotate::{Annotated, Annotator};
use rcp_indexer::extract::{Properties, extract};
use rcp_indexer::metadata::Metadata;
use rcp_indexer::passages::read;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(rename = "case")]
    cases: Vec<Case>,
}

/// A document with the facts that its text tells; a fact that is left out must stay unknown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    properties: Properties,
    title: Option<String>,
    date: Option<String>,
    venue: Option<String>,
    /// Series and ordinal of the event.
    event: Option<String>,
}

fn project(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

fn cases(file: &str) -> Vec<Case> {
    let path = project("crates/indexer/tests/indexer/facts").join(file);
    toml::from_str::<Cases>(&fs::read_to_string(path).unwrap()).unwrap().cases
}

fn annotate(case: &Case, settings: &Settings, matcher: &Matcher) -> Annotated {
    let extraction = &settings.index.extraction;
    let mut reading = read(extract(case.text.as_bytes(), extraction.max_file_bytes).unwrap(), extraction);
    reading.properties = case.properties.clone();
    let annotator = Annotator { taxonomy: &settings.taxonomy, matcher, index_contacts: false };
    let source = Source {
        file: "a.txt".to_owned(),
        url: None,
        sha256: String::new(),
        media_type: reading.media_type.clone(),
        pages: None,
        extractor: String::new(),
    };
    annotator.annotate(DocumentId::new("a").unwrap(), source, reading, &Metadata::default())
}

/// What was right and wrong.
#[derive(Default)]
struct Score {
    right: usize,
    /// Facts that are claimed and not told, or told otherwise.
    wrong: Vec<String>,
    /// Facts that are told and not found.
    missed: Vec<String>,
}

impl Score {
    fn add(&mut self, case: &str, fact: &str, found: Option<String>, expected: Option<&str>) {
        match (found, expected) {
            (found, expected) if found.as_deref() == expected => self.right += 1,
            (None, Some(expected)) => self.missed.push(format!("{case}: {fact}: {expected:?} not found")),
            (Some(found), expected) => self.wrong.push(format!("{case}: {fact}: {found:?} instead of {expected:?}")),
            (None, None) => {}
        }
    }
}

fn score(file: &str) -> Score {
    let settings = Settings::load(&project("index-config")).unwrap();
    let matcher = Matcher::new(&settings.taxonomy);
    let mut score = Score::default();
    for case in cases(file) {
        let annotated = annotate(&case, &settings, &matcher);
        let document = annotated.document;
        for fact in
            [document.date.as_ref().map(|fact| &fact.evidence), document.venue.as_ref().map(|fact| &fact.evidence)]
        {
            for evidence in fact.into_iter().flatten() {
                let (Some(id), Some(span)) = (&evidence.passage, &evidence.span) else { continue };
                let passage = annotated.passages.iter().find(|passage| passage.id == *id).unwrap();
                assert_eq!(passage.text.get(span.clone()), Some(evidence.surface.as_str()), "{}", case.name);
            }
        }
        assert_eq!(
            document.year.as_ref().map(|year| year.value),
            document.date.as_ref().map(|date| date.value.year()),
            "{}",
            case.name
        );
        score.add(&case.name, "title", document.title.map(|fact| fact.value), case.title.as_deref());
        score.add(&case.name, "date", document.date.map(|fact| fact.value.to_string()), case.date.as_deref());
        score.add(&case.name, "venue", document.venue.map(|fact| fact.value), case.venue.as_deref());
        // The date tells the edition.
        let event = document.event.map(|fact| Event { edition: None, ..fact.value }.id());
        score.add(&case.name, "event", event, case.event.as_deref());
    }
    score
}

#[test]
fn the_facts_of_a_text_are_read_and_no_others() {
    for (file, cases) in [("seen.toml", 92), ("seen_first.toml", 40), ("seen_longer.toml", 20)] {
        let Score { wrong, missed, right } = score(file);
        assert!(wrong.is_empty() && missed.is_empty(), "{file}:\n{}\n{}", wrong.join("\n"), missed.join("\n"));
        assert_eq!(right, 4 * cases, "{file}");
    }
}

#[test]
fn texts_that_nobody_tuned_on_are_read_as_well() {
    for (file, least, most_wrong) in [("unseen.toml", 72, 4), ("unseen_second.toml", 115, 2)] {
        let Score { wrong, missed, right } = score(file);
        let told = format!("{file}: {right} right\nwrong:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
        assert!(right >= least && wrong.len() <= most_wrong, "{told}");
    }
}

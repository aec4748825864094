//! Memory of indexing by the binary, over a corpus and over its first quarter: what grows with the number of documents.

use std::path::Path;

use anyhow::{Context as _, ensure};
use rcp_corpus::settings::Settings;
use serde_json::{Value, json};

use super::{Place, say};
use crate::corpus::{self, CorpusOptions};
use crate::process::{Binary, IndexRun, STAGES, Stages};
use crate::report::Section;

/// The smaller corpus is so much smaller.
const PART: u64 = 4;

/// Indexes both corpora from nothing. With the same seed the smaller one is the beginning of the larger one.
///
/// # Errors
/// When the corpus is not ours, a run fails, or there is too little to do to tell its stages apart.
pub(super) fn memory(binary: &Binary, place: &Place, settings: &Settings) -> anyhow::Result<Section> {
    let whole = place.generated.context("memory is measured over synthetic corpora: leave --folder out")?;
    let part = CorpusOptions { passages: whole.passages / PART, ..whole };
    let folder = tempfile::tempdir()?;
    let columns = [&["documents", "passages"][..], &STAGES, &["seconds"]].concat();
    let mut section = Section::new("Memory of indexing, MB", &columns);
    let mut measure = |corpus: &Path, options: CorpusOptions| -> anyhow::Result<(u64, Stages)> {
        say(&format!("memory: {} passages", options.passages));
        let documents = corpus::write(corpus, options, &settings.taxonomy, &mut |_| ())?.documents;
        let IndexRun { took, stages, .. } = binary.index(corpus, &folder.path().join(documents.to_string()))?;
        ensure!(stages.iter().all(|&most| most > 0), "{} passages are too few to see the stages", options.passages);
        let counts = [documents, options.passages].map(Value::from);
        let megabytes = stages.map(|most| json!(most as f64 / 1e6));
        section.row(counts.into_iter().chain(megabytes).chain([json!(took.as_secs_f64())]));
        Ok((documents, stages))
    };
    let (fewer, before) = measure(&folder.path().join("corpus"), part)?;
    let (more, after) = measure(&place.corpus, whole)?;
    let documents = more.saturating_sub(fewer).max(1) as f64;
    let grown =
        before.iter().zip(after).map(|(&before, after)| json!((after as f64 - before as f64) / 1e3 / documents));
    section.row([json!("kB a document more"), json!("")].into_iter().chain(grown).chain([json!("")]));
    section.note(
        "The most anonymous memory (RssAnon) of the process in each stage; the workers that read files are processes of \
         their own.",
    );
    Ok(section)
}

//! Memory of indexing by the binary, over a corpus and over its first quarter: what grows with the number of documents.

use std::path::Path;

use anyhow::{Context as _, ensure};
use rcp_corpus::settings::Settings;
use serde_json::{Value, json};

use super::{Place, say};
use crate::corpus::{self, CorpusOptions};
use crate::process::{Binary, IndexRun, STAGES};
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
    let columns = [&["documents", "passages"][..], &STAGES, &["with mapped files", "seconds"]].concat();
    let mut section = Section::new("Memory of indexing, MB", &columns);
    let mut measure = |corpus: &Path, options: CorpusOptions| -> anyhow::Result<(u64, Vec<u64>)> {
        say(&format!("memory: {} passages", options.passages));
        let documents = corpus::write(corpus, options, &settings.taxonomy, &mut |_| ())?.documents;
        let IndexRun { took, stages, peak_memory } =
            binary.index(corpus, &folder.path().join(documents.to_string()))?;
        ensure!(stages.iter().all(|&most| most > 0), "{} passages are too few to see the stages", options.passages);
        let counts = [documents, options.passages].map(Value::from);
        let most: Vec<u64> = stages.into_iter().chain([peak_memory]).collect();
        let megabytes = most.iter().map(|&most| json!(most as f64 / 1e6));
        section.row(counts.into_iter().chain(megabytes).chain([json!(took.as_secs_f64())]));
        Ok((documents, most))
    };
    let (fewer, before) = measure(&folder.path().join("corpus"), part)?;
    let (more, after) = measure(&place.corpus, whole)?;
    let documents = more.saturating_sub(fewer).max(1) as f64;
    let grown =
        before.iter().zip(after).map(|(&before, after)| json!((after as f64 - before as f64) / 1e3 / documents));
    section.row([json!("kB a document more"), json!("")].into_iter().chain(grown).chain([json!("")]));
    section.note(
        "The most anonymous memory (RssAnon) of the process in each stage, and the most with the files that the system maps \
         for it (VmHWM); the workers that read files are processes of their own.",
    );
    Ok(section)
}
